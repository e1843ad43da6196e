//! Goal: the output is one element of a container, told by a property.

use super::elements::{Container, extreme};
use super::properties::Property;
use super::source::{box_of, cut};
use super::steps::Steps;
use super::target::Target;
use crate::search::answer::{Answer, Part};
use crate::value::{Grid, Value};

/// For each demo sample which elements the output is; None where on one it is none.
pub fn wanted_elements(target: &Target, inputs: &[Grid], elements: &[Vec<Value>]) -> Option<Vec<Vec<bool>>> {
    let mut found = Vec::with_capacity(elements.len());
    let mut tells = false;
    for ((output, input), items) in target.outputs().iter().zip(inputs).zip(elements) {
        let marks: Vec<bool> = items.iter().map(|item| is_output(item, input, output)).collect();
        if !marks.contains(&true) {
            return None;
        }
        tells |= marks.contains(&false);
        found.push(marks);
    }
    tells.then_some(found)
}

/// Whether an element, cut out of the input if it is an object, is the output.
fn is_output(element: &Value, input: &Grid, output: &Grid) -> bool {
    match element {
        Value::Grid(grid) => grid == output,
        patch => box_of(patch) == Some((output.height(), output.width())) && cut(patch, input).as_ref() == Some(output),
    }
}

impl Container {
    /// Answers that choose an element by its property: the largest, the smallest, the rarest, the commonest, or that of
    /// a certain value.
    pub fn choose(
        &self,
        property: &Property,
        told: &[Vec<Value>],
        wanted: &[Vec<bool>],
        are_grids: bool,
        found: &mut Vec<Answer>,
    ) {
        let is_right = |choice: &dyn Fn(&[Value]) -> Option<usize>| {
            told.iter().zip(wanted).all(|(told, wanted)| choice(told).is_some_and(|place| wanted[place]))
        };
        for name in ["argmax", "argmin"] {
            if is_right(&|told| extreme(told, name)) {
                let mut steps = Steps::default();
                let key = property.written(&mut steps);
                let element = steps.call(name, [Part::Entry(self.entry), key]);
                found.push(self.cut(steps, element, property, are_grids, "chosen"));
            }
        }
        for (name, is_most) in [("leastcommon", false), ("mostcommon", true)] {
            if is_right(&|told| of_count(told, is_most)) {
                let mut steps = Steps::default();
                let key = property.written(&mut steps);
                let items = steps.call("totuple", [Part::Entry(self.entry)]);
                let keys = steps.call("apply", [key.clone(), items]);
                let value = steps.call(name, [keys]);
                let test = steps.call("matcher", [key, value]);
                let element = steps.call("extract", [Part::Entry(self.entry), test]);
                found.push(self.cut(steps, element, property, are_grids, "chosen"));
            }
        }
        let first = wanted[0].iter().position(|wanted| *wanted).map(|place| &told[0][place]);
        if let Some(value) = first.filter(|value| value.number().is_some())
            && is_right(&|told| told.iter().position(|other| other == value))
        {
            let mut steps = Steps::default();
            let key = property.written(&mut steps);
            let test = steps.call("matcher", [key, Part::Leaf(value.clone())]);
            let element = steps.call("extract", [Part::Entry(self.entry), test]);
            found.push(self.cut(steps, element, property, are_grids, "chosen"));
        }
    }

    /// The answer that returns an element, cut out of the input if it is an object.
    fn cut(&self, mut steps: Steps, element: Part, property: &Property, are_grids: bool, goal: &'static str) -> Answer {
        let result = if are_grids { element } else { steps.call("subgrid", [element, Part::Input]) };
        steps.answer(result, self.cost + property.cost, goal)
    }
}

/// The only element with the rarest value, or the first with the commonest; None where several values are as rare
/// (common).
fn of_count(told: &[Value], is_most: bool) -> Option<usize> {
    let counts: Vec<usize> = told.iter().map(|value| told.iter().filter(|other| *other == value).count()).collect();
    let wanted = if is_most { counts.iter().max() } else { counts.iter().min() }?;
    let place = counts.iter().position(|count| count == wanted)?;
    let is_only = told.iter().zip(&counts).all(|(value, count)| count != wanted || *value == told[place]);
    is_only.then_some(place)
}
