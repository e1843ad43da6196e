//! Goal `chosen`: the output is one element of a container, which a property distinguishes. The last steps choose
//! it, and cut it out of the input if it is an object.
//!
//! Example: the output is the largest object, and the expression is `objects(I, T, F, T)`.

use super::frame::goal::Goal;
use super::frame::properties::{Property, extreme};
use super::frame::sample_elements::SampleElements;
use super::frame::source::{box_of, cut};
use super::frame::steps::{Proposal, Steps};
use super::frame::target::Target;
use super::frame::task::TaskSamples;
use crate::context::Context;
use crate::search::answer::Part;
use crate::value::{Grid, Value};

/// Most answers for one container.
const MOST_ANSWERS: usize = 5;

struct ChosenElement;

/// The goal.
pub fn goal(_: &TaskSamples) -> Box<dyn Goal> {
    Box::new(ChosenElement)
}

impl Goal for ChosenElement {
    fn name(&self) -> &'static str {
        "chosen"
    }

    fn see_elements(
        &mut self,
        context: &mut Context,
        task: &TaskSamples,
        elements: &SampleElements<'_>,
        proposals: &mut Vec<Proposal>,
    ) {
        let Some(wanted) = wanted_elements(&task.target, &task.inputs, &elements.demos) else { return };
        for known in elements.properties(context) {
            Choice { elements, property: known.property, values: &known.values, wanted: &wanted }.propose(proposals);
        }
        proposals.sort_by_key(|proposal| proposal.cost);
        proposals.truncate(MOST_ANSWERS);
    }
}

/// For each demo sample which elements the output is; None where on one it is none.
fn wanted_elements(target: &Target, inputs: &[Grid], elements: &[Vec<Value>]) -> Option<Vec<Vec<bool>>> {
    let mut found = Vec::with_capacity(elements.len());
    let mut has_others = false;
    for ((output, input), items) in target.outputs().iter().zip(inputs).zip(elements) {
        let marks: Vec<bool> = items.iter().map(|item| is_output(item, input, output)).collect();
        if !marks.contains(&true) {
            return None;
        }
        has_others |= marks.contains(&false);
        found.push(marks);
    }
    has_others.then_some(found)
}

/// Whether an element, cut out of the input if it is an object, is the output.
fn is_output(element: &Value, input: &Grid, output: &Grid) -> bool {
    match element {
        Value::Grid(grid) => grid == output,
        patch => box_of(patch) == Some((output.height(), output.width())) && cut(patch, input).as_ref() == Some(output),
    }
}

/// A property that may distinguish the wanted elements.
struct Choice<'a, 'e> {
    elements: &'a SampleElements<'e>,
    property: &'a Property,
    /// The property of each element, by demo sample.
    values: &'a [Vec<Value>],
    /// Whether each element is wanted, by demo sample.
    wanted: &'a [Vec<bool>],
}

impl Choice<'_, '_> {
    /// Proposes to choose the largest, the smallest, the rarest, the commonest, and that of a certain value.
    fn propose(&self, proposals: &mut Vec<Proposal>) {
        for name in ["argmax", "argmin"] {
            if self.is_right(|values| extreme(values, name)) {
                proposals.push(self.by_rank(name));
            }
        }
        for (name, is_most) in [("leastcommon", false), ("mostcommon", true)] {
            if self.is_right(|values| of_count(values, is_most)) {
                proposals.push(self.by_frequency(name));
            }
        }
        let first = self.wanted[0].iter().position(|wanted| *wanted).map(|place| &self.values[0][place]);
        if let Some(value) = first.filter(|value| value.number().is_some())
            && self.is_right(|values| values.iter().position(|other| other == value))
        {
            proposals.push(self.by_value(value));
        }
    }

    /// Whether a choice by the property of all elements is wanted on each demo sample.
    fn is_right(&self, choice: impl Fn(&[Value]) -> Option<usize>) -> bool {
        self.values.iter().zip(self.wanted).all(|(values, wanted)| choice(values).is_some_and(|place| wanted[place]))
    }

    fn by_rank(&self, name: &str) -> Proposal {
        let mut steps = Steps::default();
        let key = self.property.written(&mut steps);
        let element = steps.call(name, [Part::Entry(self.elements.entry), key]);
        self.returned(steps, element)
    }

    fn by_frequency(&self, name: &str) -> Proposal {
        let mut steps = Steps::default();
        let key = self.property.written(&mut steps);
        let items = steps.call("totuple", [Part::Entry(self.elements.entry)]);
        let keys = steps.call("apply", [key.clone(), items]);
        let value = steps.call(name, [keys]);
        self.matching(steps, key, value)
    }

    fn by_value(&self, value: &Value) -> Proposal {
        let mut steps = Steps::default();
        let key = self.property.written(&mut steps);
        self.matching(steps, key, Part::Leaf(value.clone()))
    }

    /// The proposal that returns the element whose property has this value.
    fn matching(&self, mut steps: Steps, key: Part, value: Part) -> Proposal {
        let test = steps.call("matcher", [key, value]);
        let element = steps.call("extract", [Part::Entry(self.elements.entry), test]);
        self.returned(steps, element)
    }

    /// The proposal that returns an element, cut out of the input if it is an object.
    fn returned(&self, mut steps: Steps, element: Part) -> Proposal {
        let result = if self.elements.are_grids { element } else { steps.call("subgrid", [element, Part::Input]) };
        steps.proposal(result, self.elements.cost + self.property.cost)
    }
}

/// The only element with the rarest value, or the first with the commonest; None where several values are as rare
/// (common).
fn of_count(values: &[Value], is_most: bool) -> Option<usize> {
    let counts: Vec<usize> = values.iter().map(|value| values.iter().filter(|other| *other == value).count()).collect();
    let wanted = if is_most { counts.iter().max() } else { counts.iter().min() }?;
    let place = counts.iter().position(|count| count == wanted)?;
    let is_only = values.iter().zip(&counts).all(|(value, count)| count != wanted || *value == values[place]);
    is_only.then_some(place)
}
