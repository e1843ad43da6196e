//! Values of the DSL, in forms made for ARC.
//!
//! A value has exactly one form, whatever built it: the constructors see to that. What ARC programs handle has a compact
//! one ([`Grid`], [`Indices`], [`Object`](Value::Mono), rows, locations and cells); everything else (bools in tuples,
//! huge numbers, ragged grids, sets of anything) is a [`Tuple`] or a [`Set`] of values. All are immutable and shared.
//!
//! Equality and order are those of the python engine: a bool equals the int it stands for.

mod cells;
pub mod fail;
mod function;
mod grid;
pub mod hash;
pub mod identity;
mod indices;
mod items;
pub mod names;
mod order;
mod sequence;
mod spread;
pub mod weight;

pub use cells::Multi;
pub use function::{Builder, Function, text_of};
pub use grid::{Grid, row_of};
pub use indices::{Indices, SPAN};
pub use items::Items;
pub use order::{canonical, equal, greater, less};
pub use sequence::{Set, Tuple};
pub use spread::{Spread, key_of, place_of};

use crate::memory::claim;
use fail::{Fail, Res};

/// A value of the DSL.
#[derive(Clone, Debug)]
pub enum Value {
    /// None.
    None,
    /// A bool.
    Bool(bool),
    /// An int of 64 bits.
    Int(i64),
    /// A tuple of two ints that fit into 32 bits: a location, an offset, a size.
    Pair(i32, i32),
    /// The tuple `(color, (row, column))` with a color from 0 to 255.
    Cell(u8, i32, i32),
    /// A tuple of ints from 0 to 255, not two of them: one row of a grid.
    Row(Grid, u32),
    /// A tuple of at least one row, all of the same length, at least 1, and of ints from 0 to 255.
    Grid(Grid),
    /// Any other tuple.
    Tuple(Tuple),
    /// A set of locations within a window; not empty.
    Indices(Indices),
    /// A set of cells of one color (0 to 255) within a window; not empty.
    Mono(u8, Indices),
    /// A set of cells of several colors within a window, no two on one location.
    Multi(Multi),
    /// A set of locations that no window holds.
    Places(Spread),
    /// A set of cells with colors from 0 to 255 that no window holds, or of which some share a location.
    Cells(Spread),
    /// Any other set.
    Set(Set),
    /// A primitive as a function, by its number in the table of primitives or after them among the user's.
    Primitive(u16),
    /// A function that a program built.
    Function(Function),
}

impl Value {
    /// The empty tuple.
    pub fn empty_tuple() -> Value {
        Value::Tuple(Tuple::new(Vec::new()))
    }

    /// The empty set.
    pub fn empty_set() -> Value {
        Value::Set(Set::new(Vec::new()))
    }

    /// The tuple of two ints.
    pub fn pair(first: i64, second: i64) -> Value {
        match (i32::try_from(first), i32::try_from(second)) {
            (Ok(first), Ok(second)) => Value::Pair(first, second),
            _ => Value::Tuple(Tuple::of_two([Value::Int(first), Value::Int(second)])),
        }
    }

    /// The tuple `(color, place)`.
    pub fn cell(color: &Value, place: &Value) -> Value {
        match (color, place) {
            (Value::Int(color @ 0..=255), Value::Pair(row, column)) => Value::Cell(*color as u8, *row, *column),
            _ => sequence::tuple_of_two(color, place),
        }
    }

    /// A tuple of these items, in its one form.
    pub fn tuple(items: Vec<Value>) -> Value {
        sequence::tuple_of(items)
    }

    /// A set of these items, in any order and with repeats; of equal ones the first is kept.
    pub fn set(items: Vec<Value>) -> Value {
        sequence::set_of(items)
    }

    /// A set of items that stand in canonical order without repeats, such as some of the items of a set.
    pub fn set_in_order(items: Vec<Value>) -> Value {
        sequence::set_in_order(items)
    }

    /// A tuple or a set of these items: the kind of the other value. For a set they may come in any order.
    pub fn like(container: &Value, items: Vec<Value>) -> Value {
        if container.is_tuple() { Value::tuple(items) } else { Value::set(items) }
    }

    /// The set of these locations, in any order and with repeats.
    pub fn places(places: &[(i64, i64)]) -> Value {
        match Indices::of_places(places) {
            Some(indices) => Value::Indices(indices),
            None => Value::set(places.iter().map(|&(row, column)| Value::pair(row, column)).collect()),
        }
    }

    /// The set of some indices; None stands for the empty set.
    pub fn indices(indices: Option<Indices>) -> Value {
        indices.map_or_else(Value::empty_set, Value::Indices)
    }

    /// The object of one color on some indices; None stands for the empty set.
    pub fn mono(color: u8, indices: Option<Indices>) -> Value {
        indices.map_or_else(Value::empty_set, |indices| Value::Mono(color, indices))
    }

    /// Whether it is a tuple.
    #[inline]
    pub fn is_tuple(&self) -> bool {
        matches!(self, Value::Pair(..) | Value::Cell(..) | Value::Row(..) | Value::Grid(_) | Value::Tuple(_))
    }

    /// Whether it is a set.
    #[inline]
    pub fn is_set(&self) -> bool {
        matches!(
            self,
            Value::Indices(_) | Value::Mono(..) | Value::Multi(_) | Value::Places(_) | Value::Cells(_) | Value::Set(_)
        )
    }

    /// Whether it is a tuple or a set.
    #[inline]
    pub fn is_container(&self) -> bool {
        self.is_tuple() || self.is_set()
    }

    /// Whether it is a function.
    pub fn is_function(&self) -> bool {
        matches!(self, Value::Primitive(_) | Value::Function(_))
    }

    /// Number of elements of a container; None of anything else.
    #[inline]
    pub fn len(&self) -> Option<usize> {
        Some(match self {
            Value::Pair(..) | Value::Cell(..) => 2,
            Value::Row(grid, _) => grid.width(),
            Value::Grid(grid) => grid.height(),
            Value::Tuple(tuple) => tuple.len(),
            Value::Indices(indices) | Value::Mono(_, indices) => indices.len(),
            Value::Multi(multi) => multi.places().len(),
            Value::Places(spread) | Value::Cells(spread) => spread.count(),
            Value::Set(set) => set.len(),
            _ => return None,
        })
    }

    /// Number of elements of a container, as Python's `len` gives it.
    #[inline]
    pub fn length(&self) -> Res<usize> {
        self.len().ok_or(Fail::error("TypeError: only a container has a length"))
    }

    /// Number of elements; 0 of what is no container.
    #[inline]
    pub fn count(&self) -> usize {
        self.len().unwrap_or(0)
    }

    /// Whether it is a container without elements.
    #[inline]
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Tuple(tuple) => tuple.is_empty(),
            Value::Set(set) => set.is_empty(),
            _ => false,
        }
    }

    /// The elements of a container in iteration order: a tuple as it stands, a set in canonical order.
    #[inline]
    pub fn items(&self) -> Res<Items<'_>> {
        Items::of(self).ok_or(Fail::error("TypeError: not a container"))
    }

    /// The elements of a container in iteration order, as a list, which is claimed.
    pub fn listed(&self) -> Res<Vec<Value>> {
        let items = self.items()?;
        claim::<Value>(items.len());
        Ok(items.collect())
    }

    /// The elements of a general tuple or set, to be read in place; None for compact forms and what is no container.
    #[inline]
    pub fn slice(&self) -> Option<&[Value]> {
        match self {
            Value::Tuple(tuple) => Some(tuple.items()),
            Value::Set(set) => Some(set.items()),
            _ => None,
        }
    }

    /// The element of a tuple at a place from 0; a failure for a set (which has no places), beyond the end, and for
    /// what is no container.
    #[inline]
    pub fn at(&self, index: usize) -> Res {
        match self {
            Value::Pair(first, second) if index < 2 => {
                Ok(Value::Int(i64::from(if index == 0 { *first } else { *second })))
            }
            Value::Cell(color, row, column) if index < 2 => {
                Ok(if index == 0 { Value::Int(i64::from(*color)) } else { Value::Pair(*row, *column) })
            }
            Value::Row(grid, row) if index < grid.width() => Ok(Value::Int(i64::from(grid.row(*row as usize)[index]))),
            Value::Grid(grid) if index < grid.height() => Ok(grid.row_value(index)),
            Value::Tuple(tuple) if index < tuple.len() => Ok(tuple.items()[index].clone()),
            _ if self.is_tuple() => Err(Fail::error("IndexError: tuple index out of range")),
            _ => Err(Fail::error("TypeError: not a tuple")),
        }
    }

    /// The number that a tuple has at a place from 0, an int or a bool; None when there is none.
    #[inline]
    pub fn number_at(&self, index: usize) -> Option<i64> {
        match self {
            Value::Pair(first, second) if index < 2 => Some(i64::from(if index == 0 { *first } else { *second })),
            Value::Row(grid, row) => grid.row(*row as usize).get(index).map(|cell| i64::from(*cell)),
            Value::Tuple(tuple) => tuple.items().get(index)?.number(),
            Value::Cell(color, ..) if index == 0 => Some(i64::from(*color)),
            _ => None,
        }
    }

    /// The number that an int or a bool is; None of anything else.
    #[inline]
    pub fn number(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            Value::Bool(truth) => Some(i64::from(*truth)),
            _ => None,
        }
    }

    /// The int; None of anything else, bools too.
    #[inline]
    pub fn int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The color that fits into a byte; None of anything else, bools too.
    #[inline]
    pub fn color(&self) -> Option<u8> {
        match self {
            Value::Int(number @ 0..=255) => Some(*number as u8),
            _ => None,
        }
    }

    /// The two numbers of a tuple of exactly two ints or bools; None of anything else.
    #[inline]
    pub fn numbers(&self) -> Option<(i64, i64)> {
        match self {
            Value::Pair(first, second) => Some((i64::from(*first), i64::from(*second))),
            Value::Tuple(tuple) => match tuple.items() {
                [first, second] => Some((first.number()?, second.number()?)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The places of a set of locations or cells within a window; None of anything else.
    #[inline]
    pub fn window(&self) -> Option<&Indices> {
        match self {
            Value::Indices(indices) | Value::Mono(_, indices) => Some(indices),
            Value::Multi(multi) => Some(multi.places()),
            _ => None,
        }
    }

    /// Whether Python takes it for true: all but False, 0, None and empty containers.
    #[inline]
    pub fn is_true(&self) -> bool {
        match self {
            Value::None => false,
            Value::Bool(truth) => *truth,
            Value::Int(number) => *number != 0,
            _ => !self.is_empty(),
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        equal(self, other)
    }
}

impl Eq for Value {}

impl From<bool> for Value {
    fn from(truth: bool) -> Value {
        Value::Bool(truth)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Value {
        Value::Int(number as i64)
    }
}
