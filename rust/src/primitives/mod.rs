//! The primitives by theme, as in the python package's `dsl`, and the one table of them.
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
mod extents;
mod frontiers;
mod functions;
mod grids;
mod joining;
mod lines;
mod logic;
mod masks;
mod mirrors;
mod objects;
mod painting;
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
use crate::value::Value;

/// One function of the DSL.
#[derive(Clone, Copy)]
pub struct Primitive {
    /// Its name in the registry.
    pub name: &'static str,
    /// Number of parameters, all required.
    pub arity: usize,
    /// Bound on the elements that a call touches or builds, from its arguments; never negative.
    pub work: fn(&[&Value]) -> i64,
    /// The implementation; it gets as many arguments as the arity says.
    pub call: fn(&mut Context, &[&Value]) -> Res,
}

/// A primitive of these parts.
const fn primitive(
    name: &'static str,
    arity: usize,
    work: fn(&[&Value]) -> i64,
    call: fn(&mut Context, &[&Value]) -> Res,
) -> Primitive {
    Primitive { name, arity, work, call }
}

const THEMES: [&[Primitive]; 20] = [
    arithmetic::PRIMITIVES,
    boxes::PRIMITIVES,
    choosing::PRIMITIVES,
    colors::PRIMITIVES,
    containers::PRIMITIVES,
    cutting::PRIMITIVES,
    extents::PRIMITIVES,
    frontiers::PRIMITIVES,
    functions::PRIMITIVES,
    grids::PRIMITIVES,
    lines::PRIMITIVES,
    logic::PRIMITIVES,
    mirrors::PRIMITIVES,
    objects::PRIMITIVES,
    painting::PRIMITIVES,
    patches::PRIMITIVES,
    patterns::PRIMITIVES,
    relations::PRIMITIVES,
    scaling::PRIMITIVES,
    shapes::PRIMITIVES,
];

/// All primitives; a place in this table is a primitive's number.
pub static TABLE: [Primitive; 160] = table();

const fn table() -> [Primitive; 160] {
    let mut found = [THEMES[0][0]; 160];
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
    assert!(count == found.len(), "the table has a place for each primitive");
    found
}

static NUMBERS: LazyLock<HashMap<&'static str, u16>> =
    LazyLock::new(|| TABLE.iter().enumerate().map(|(number, item)| (item.name, number as u16)).collect());

/// The number of a primitive of the DSL; None when there is none of that name.
pub fn number_of(name: &str) -> Option<u16> {
    NUMBERS.get(name).copied()
}

/// The name of a primitive, the user's own ones included.
pub fn name_of(number: u16) -> String {
    TABLE.get(usize::from(number)).map_or_else(|| user::name(number), |item| item.name.to_owned())
}
