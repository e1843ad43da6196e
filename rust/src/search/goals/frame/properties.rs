//! Properties by which the elements of a container are distinguished, each a function of the DSL.

use super::metered::within;
use super::steps::{Steps, function, int};
use crate::call::{call, call_primitive};
use crate::context::Context;
use crate::primitives::number_of;
use crate::search::answer::Part;
use crate::value::{Value, greater, less};

/// Fuel of one call of a property.
const FUEL: i64 = 20_000;

/// A property: how it is written, and the function that it is.
#[derive(Clone)]
pub struct Property {
    formula: Formula,
    value: Value,
    /// How much more than a plain primitive it costs.
    pub cost: u32,
}

/// How a property is written.
#[derive(Clone, Copy)]
enum Formula {
    /// A primitive.
    Plain(&'static str),
    /// The first after the second.
    After(&'static str, &'static str),
    /// How often a color occurs.
    Counts(u8),
    /// Whether a mirror changes nothing.
    Unchanged(&'static str),
}

const OF_OBJECTS: [Formula; 24] = [
    Formula::Plain("size"),
    Formula::Plain("color"),
    Formula::Plain("height"),
    Formula::Plain("width"),
    Formula::Plain("numcolors"),
    Formula::Plain("square"),
    Formula::Plain("uppermost"),
    Formula::Plain("leftmost"),
    Formula::Plain("lowermost"),
    Formula::Plain("rightmost"),
    Formula::Plain("shape"),
    Formula::Plain("vline"),
    Formula::Plain("hline"),
    Formula::Plain("portrait"),
    Formula::Plain("palette"),
    Formula::Plain("normalize"),
    Formula::Plain("mostcolor"),
    Formula::Plain("leastcolor"),
    Formula::After("size", "delta"),
    Formula::After("size", "backdrop"),
    Formula::After("normalize", "toindices"),
    Formula::Unchanged("vmirror"),
    Formula::Unchanged("hmirror"),
    Formula::Unchanged("dmirror"),
];

const OF_GRIDS: [Formula; 11] = [
    Formula::Plain("identity"),
    Formula::Plain("numcolors"),
    Formula::Plain("mostcolor"),
    Formula::Plain("leastcolor"),
    Formula::Plain("palette"),
    Formula::Plain("height"),
    Formula::Plain("width"),
    Formula::Plain("shape"),
    Formula::Unchanged("vmirror"),
    Formula::Unchanged("hmirror"),
    Formula::Unchanged("dmirror"),
];

/// The properties that elements of a container are distinguished by.
pub struct Properties {
    of_objects: Vec<Property>,
    of_grids: Vec<Property>,
}

impl Properties {
    /// All properties. What making them costs is paid for.
    pub fn new(context: &mut Context) -> Properties {
        Properties { of_objects: made(context, &OF_OBJECTS), of_grids: made(context, &OF_GRIDS) }
    }

    /// Those of grids, or those of objects.
    pub fn of(&self, are_grids: bool) -> &[Property] {
        if are_grids { &self.of_grids } else { &self.of_objects }
    }
}

impl Property {
    /// The property of an element; None where it has none.
    pub fn of(&self, context: &mut Context, element: &Value) -> Option<Value> {
        within(context, FUEL, |context| call(context, &self.value, &[element]).ok())
    }

    /// Writes the steps that make the function.
    pub fn written(&self, steps: &mut Steps) -> Part {
        match self.formula {
            Formula::Plain(name) => function(name),
            Formula::After(outer, inner) => steps.call("compose", [function(outer), function(inner)]),
            Formula::Counts(color) => steps.call("rbind", [function("colorcount"), int(color)]),
            Formula::Unchanged(name) => {
                steps.call("fork", [function("equality"), function("identity"), function(name)])
            }
        }
    }
}

/// The properties of some formulas, and the counts of all colors.
fn made(context: &mut Context, formulas: &[Formula]) -> Vec<Property> {
    let formulas = formulas.iter().copied().chain((0..10).map(Formula::Counts));
    formulas.filter_map(|formula| made_of(context, formula)).collect()
}

fn made_of(context: &mut Context, formula: Formula) -> Option<Property> {
    let primitive = |name: &str| number_of(name).map(Value::Primitive);
    let mut build = |name: &str, parts: &[&Value]| {
        within(context, FUEL, |context| call_primitive(context, number_of(name)?, parts).ok())
    };
    let (value, cost) = match formula {
        // Where an object lies is seldom what matters.
        Formula::Plain(name @ ("uppermost" | "lowermost" | "leftmost" | "rightmost")) => (primitive(name)?, 6),
        Formula::Plain(name) => (primitive(name)?, 0),
        Formula::After(outer, inner) => (build("compose", &[&primitive(outer)?, &primitive(inner)?])?, 6),
        Formula::Counts(color) => (build("rbind", &[&primitive("colorcount")?, &Value::Int(i64::from(color))])?, 4),
        Formula::Unchanged(name) => {
            (build("fork", &[&primitive("equality")?, &primitive("identity")?, &primitive(name)?])?, 6)
        }
    };
    Some(Property { formula, value, cost })
}

/// The element that `argmax` (`argmin`) chooses: the first that is not less (greater) than another.
pub fn extreme(values: &[Value], name: &str) -> Option<usize> {
    let better = if name == "argmax" { greater } else { less };
    let mut best = 0;
    for (place, value) in values.iter().enumerate() {
        if better(value, &values[best]).ok()? {
            best = place;
        }
    }
    (!values.is_empty()).then_some(best)
}
