//! The primitives by theme, as in the python package's `dsl`, and the one table of them, which fills the registry.
//!
//! A primitive takes values of any kind and fails where the python engine fails, with the same kind of failure. Most have
//! a fast way for compact forms and a plain one for everything else.

pub mod layout;
pub mod user;
pub mod work;

mod arithmetic;
mod boxes;
mod choosing;
mod colors;
mod containers;
mod cutting;
mod enclosures;
mod extents;
mod fields;
mod floods;
mod frontiers;
mod functions;
mod grids;
mod joining;
mod lines;
mod logic;
mod masks;
mod mirrors;
mod mosaics;
mod motion;
pub(crate) mod numbers;
mod objects;
mod painting;
mod panels;
mod patches;
mod patterns;
mod relations;
mod scaling;
mod sets;
mod shapes;
mod sorting;
mod spreads;

pub(crate) use mirrors::turn_into;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::context::Context;
use crate::fail::Res;
use crate::registry;
use crate::value::Value;

pub use crate::registry::Primitive;
pub use crate::value::names::name_of;

/// A primitive of these parts.
const fn primitive(
    name: &'static str,
    arity: usize,
    work: fn(&[&Value]) -> i64,
    call: fn(&mut Context, &[&Value]) -> Res,
) -> Primitive {
    Primitive { name, arity, work, call }
}

const THEMES: &[&[Primitive]] = &[
    arithmetic::PRIMITIVES,
    boxes::PRIMITIVES,
    choosing::PRIMITIVES,
    colors::PRIMITIVES,
    containers::PRIMITIVES,
    cutting::PRIMITIVES,
    enclosures::PRIMITIVES,
    extents::PRIMITIVES,
    fields::PRIMITIVES,
    floods::PRIMITIVES,
    frontiers::PRIMITIVES,
    functions::PRIMITIVES,
    grids::PRIMITIVES,
    lines::PRIMITIVES,
    logic::PRIMITIVES,
    mirrors::PRIMITIVES,
    mosaics::PRIMITIVES,
    motion::PRIMITIVES,
    objects::PRIMITIVES,
    painting::PRIMITIVES,
    panels::PRIMITIVES,
    patches::PRIMITIVES,
    patterns::PRIMITIVES,
    relations::PRIMITIVES,
    scaling::PRIMITIVES,
    shapes::PRIMITIVES,
];

const fn count() -> usize {
    let (mut count, mut theme) = (0, 0);
    while theme < THEMES.len() {
        count += THEMES[theme].len();
        theme += 1;
    }
    count
}

const fn joined() -> [Primitive; count()] {
    let mut found = [THEMES[0][0]; count()];
    let (mut count, mut theme) = (0, 0);
    while theme < THEMES.len() {
        let mut place = 0;
        while place < THEMES[theme].len() {
            found[count] = THEMES[theme][place];
            count += 1;
            place += 1;
        }
        theme += 1;
    }
    found
}

static TABLE: [Primitive; count()] = joined();

/// All primitives; a place in this table is a primitive's number. From now on the registry has them.
pub fn table() -> &'static [Primitive] {
    registry::fill(&TABLE);
    &TABLE
}

static NUMBERS: LazyLock<HashMap<&'static str, u16>> =
    LazyLock::new(|| table().iter().enumerate().map(|(number, item)| (item.name, number as u16)).collect());

/// The number of a primitive of the DSL; None when there is none of that name.
pub fn number_of(name: &str) -> Option<u16> {
    NUMBERS.get(name).copied()
}
