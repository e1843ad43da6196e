//! Goals about the elements of a container: which one the output is (`chosen`), and what color each object becomes
//! (`recolored`).

use super::chosen::wanted_elements;
use super::properties::Property;
use super::recolored::wanted_colors;
use super::target::Target;
use crate::context::Context;
use crate::search::answer::Answer;
use crate::value::{Grid, Value, greater, less};

/// Most elements of one sample.
const MOST_ELEMENTS: usize = 60;
/// Most answers of one kind for one container.
const MOST_ANSWERS: usize = 5;

/// The elements of a container on each sample; None where it is none of objects or grids, or has too many.
pub fn elements_of(values: &[Value]) -> Option<Vec<Vec<Value>>> {
    let mut found = Vec::with_capacity(values.len());
    for value in values {
        let items = value.slice()?;
        let is_element = |item: &Value| matches!(item, Value::Mono(..) | Value::Multi(_) | Value::Grid(_));
        if items.is_empty() || items.len() > MOST_ELEMENTS || !items.iter().all(is_element) {
            return None;
        }
        found.push(items.to_vec());
    }
    Some(found)
}

/// Whether the elements are grids.
fn are_grids(elements: &[Vec<Value>]) -> bool {
    elements.iter().flatten().all(|element| matches!(element, Value::Grid(_)))
}

/// The properties that objects and grids are told apart by.
pub struct Elements {
    of_objects: Vec<Property>,
    of_grids: Vec<Property>,
}

/// An expression that gives a container of elements.
pub struct Container {
    /// Its number.
    pub entry: u32,
    /// Its cost.
    pub cost: u32,
}

impl Elements {
    /// All properties.
    pub fn new(context: &mut Context) -> Elements {
        Elements { of_objects: Property::of_objects(context), of_grids: Property::of_grids(context) }
    }

    /// Looks for answers that choose one element, or that recolor each object of the input.
    pub fn offer(
        &self,
        context: &mut Context,
        target: &Target,
        inputs: &[Grid],
        (entry, cost): (u32, u32),
        values: &[Value],
        found: &mut Vec<Answer>,
    ) {
        let Some(elements) = elements_of(values) else { return };
        let demos = &elements[..target.demos()];
        let container = Container { entry, cost };
        let are_grids = are_grids(&elements);
        let properties = if are_grids { &self.of_grids } else { &self.of_objects };
        let wanted = wanted_elements(target, inputs, demos);
        let wishes = if are_grids { None } else { wanted_colors(target, inputs, demos) };
        if wanted.is_none() && wishes.is_none() {
            return;
        }
        let (mut chosen, mut colored) = (Vec::new(), Vec::new());
        for property in properties {
            let Some(told) = properties_of(context, property, demos) else { continue };
            if let Some(wanted) = &wanted {
                container.choose(property, &told, wanted, are_grids, &mut chosen);
            }
            if let Some(wishes) = &wishes {
                container.recolor(property, &told, wishes, &mut colored);
            }
        }
        for mut answers in [chosen, colored] {
            answers.sort_by_key(|answer: &Answer| answer.cost);
            answers.truncate(MOST_ANSWERS);
            found.extend(answers);
        }
    }
}

/// The property of each element; None where one has none.
fn properties_of(context: &mut Context, property: &Property, elements: &[Vec<Value>]) -> Option<Vec<Vec<Value>>> {
    let of_all = |context: &mut Context, items: &Vec<Value>| {
        items.iter().map(|item| property.of(context, item)).collect::<Option<Vec<Value>>>()
    };
    elements.iter().map(|items| of_all(context, items)).collect()
}

/// The element that `argmax` (`argmin`) chooses: the first that is not less (greater) than another.
pub fn extreme(told: &[Value], name: &str) -> Option<usize> {
    let better = if name == "argmax" { greater } else { less };
    let mut best = 0;
    for (place, value) in told.iter().enumerate() {
        if better(value, &told[best]).ok()? {
            best = place;
        }
    }
    (!told.is_empty()).then_some(best)
}
