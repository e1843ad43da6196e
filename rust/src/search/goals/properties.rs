//! Properties by which the elements of a container are told apart, each a function of the DSL.

use super::steps::{Steps, function, int};
use crate::call::{call, call_primitive};
use crate::context::Context;
use crate::primitives::number_of;
use crate::search::answer::Part;
use crate::value::Value;

/// Fuel of one call of a property.
const FUEL: i64 = 20_000;

/// A property: how it is written, and the function that it is.
#[derive(Clone)]
pub struct Property {
    kind: Kind,
    value: Value,
    /// How much more than a plain primitive it costs.
    pub cost: u32,
}

#[derive(Clone, Copy)]
enum Kind {
    Plain(&'static str),
    /// The first after the second.
    After(&'static str, &'static str),
    /// How often a color occurs.
    Counts(u8),
    /// Whether a mirror changes nothing.
    Unchanged(&'static str),
}

const OF_OBJECTS: [Kind; 24] = [
    Kind::Plain("size"),
    Kind::Plain("color"),
    Kind::Plain("height"),
    Kind::Plain("width"),
    Kind::Plain("numcolors"),
    Kind::Plain("square"),
    Kind::Plain("uppermost"),
    Kind::Plain("leftmost"),
    Kind::Plain("lowermost"),
    Kind::Plain("rightmost"),
    Kind::Plain("shape"),
    Kind::Plain("vline"),
    Kind::Plain("hline"),
    Kind::Plain("portrait"),
    Kind::Plain("palette"),
    Kind::Plain("normalize"),
    Kind::Plain("mostcolor"),
    Kind::Plain("leastcolor"),
    Kind::After("size", "delta"),
    Kind::After("size", "backdrop"),
    Kind::After("normalize", "toindices"),
    Kind::Unchanged("vmirror"),
    Kind::Unchanged("hmirror"),
    Kind::Unchanged("dmirror"),
];

const OF_GRIDS: [Kind; 11] = [
    Kind::Plain("identity"),
    Kind::Plain("numcolors"),
    Kind::Plain("mostcolor"),
    Kind::Plain("leastcolor"),
    Kind::Plain("palette"),
    Kind::Plain("height"),
    Kind::Plain("width"),
    Kind::Plain("shape"),
    Kind::Unchanged("vmirror"),
    Kind::Unchanged("hmirror"),
    Kind::Unchanged("dmirror"),
];

impl Property {
    /// The properties of objects.
    pub fn of_objects(context: &mut Context) -> Vec<Property> {
        made(context, &OF_OBJECTS)
    }

    /// The properties of grids.
    pub fn of_grids(context: &mut Context) -> Vec<Property> {
        made(context, &OF_GRIDS)
    }

    /// The property of an element; None where it has none.
    pub fn of(&self, context: &mut Context, element: &Value) -> Option<Value> {
        within(context, FUEL, |context| call(context, &self.value, &[element]).ok())
    }

    /// Writes the steps that make the function.
    pub fn written(&self, steps: &mut Steps) -> Part {
        match self.kind {
            Kind::Plain(name) => function(name),
            Kind::After(outer, inner) => steps.call("compose", [function(outer), function(inner)]),
            Kind::Counts(color) => steps.call("rbind", [function("colorcount"), int(color)]),
            Kind::Unchanged(name) => steps.call("fork", [function("equality"), function("identity"), function(name)]),
        }
    }
}

/// Runs with fuel of its own, which is paid for in the end.
fn within<T>(context: &mut Context, fuel: i64, run: impl FnOnce(&mut Context) -> T) -> T {
    let before = context.left;
    context.fill(fuel);
    let result = run(context);
    let used = fuel - context.left;
    context.fill(before - used);
    result
}

/// The properties of some kinds, and the counts of all colors.
fn made(context: &mut Context, kinds: &[Kind]) -> Vec<Property> {
    let kinds = kinds.iter().copied().chain((0..10).map(Kind::Counts));
    kinds.filter_map(|kind| made_of(context, kind)).collect()
}

fn made_of(context: &mut Context, kind: Kind) -> Option<Property> {
    let primitive = |name: &str| number_of(name).map(Value::Primitive);
    let mut build = |name: &str, parts: &[&Value]| {
        within(context, FUEL, |context| call_primitive(context, number_of(name)?, parts).ok())
    };
    let (value, cost) = match kind {
        // Where an object lies is seldom what matters.
        Kind::Plain(name @ ("uppermost" | "lowermost" | "leftmost" | "rightmost")) => (primitive(name)?, 6),
        Kind::Plain(name) => (primitive(name)?, 0),
        Kind::After(outer, inner) => (build("compose", &[&primitive(outer)?, &primitive(inner)?])?, 6),
        Kind::Counts(color) => (build("rbind", &[&primitive("colorcount")?, &Value::Int(i64::from(color))])?, 4),
        Kind::Unchanged(name) => {
            (build("fork", &[&primitive("equality")?, &primitive("identity")?, &primitive(name)?])?, 6)
        }
    };
    Some(Property { kind, value, cost })
}
