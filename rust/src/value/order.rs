//! Equality, canonical order, and the order of Python's `<`.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::fail::{Fail, Res};
use super::{Items, Tuple, Value};

/// Canonical order, the one order in which a set is walked; equal exactly when Python's `==` says so.
///
/// Numbers, then tuples, then sets, then functions by their text, then None. Tuples go lexicographic, but cells go by row,
/// column and color; among ordinary tuples a cell stands right after `(row, column, color)`. Sets go by their elements.
pub fn canonical(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Pair(a, b), Value::Pair(c, d)) => (a, b).cmp(&(c, d)),
        (Value::Cell(color, row, column), Value::Cell(other, other_row, other_column)) => {
            (row, column, color).cmp(&(other_row, other_column, other))
        }
        (Value::Row(grid, row), Value::Row(other, other_row)) if row == other_row && grid.is_same(other) => {
            Ordering::Equal
        }
        (Value::Row(grid, row), Value::Row(other, other_row)) => {
            grid.row(*row as usize).cmp(other.row(*other_row as usize))
        }
        (Value::Grid(a), Value::Grid(b)) if a.is_same(b) => Ordering::Equal,
        // Rows of one width compare as all cells do; of two widths the first rows differ already.
        (Value::Grid(a), Value::Grid(b)) if a.width() == b.width() => a.cells().cmp(b.cells()),
        (Value::Grid(a), Value::Grid(b)) => a.row(0).cmp(b.row(0)),
        (Value::Indices(a), Value::Indices(b)) => a.order(b),
        (Value::Mono(..) | Value::Multi(_), Value::Mono(..) | Value::Multi(_)) => objects(a, b),
        (Value::Places(a), Value::Places(b)) | (Value::Cells(a), Value::Cells(b))
            if std::ptr::eq(a.keys(), b.keys()) =>
        {
            Ordering::Equal
        }
        (Value::Places(a), Value::Places(b)) | (Value::Cells(a), Value::Cells(b)) => a.keys().cmp(b.keys()),
        (Value::Tuple(a), Value::Tuple(b)) if a.is_same(b) => Ordering::Equal,
        (Value::Tuple(a), Value::Tuple(b)) if !may_be_cell(a) && !may_be_cell(b) => in_turn(a.items(), b.items()),
        (Value::Set(a), Value::Set(b)) if a.is_same(b) => Ordering::Equal,
        (Value::Set(a), Value::Set(b)) => in_turn(a.items(), b.items()),
        _ => general(a, b),
    }
}

/// Lexicographic order of elements.
fn in_turn(a: &[Value], b: &[Value]) -> Ordering {
    for (mine, theirs) in a.iter().zip(b) {
        match canonical(mine, theirs) {
            Ordering::Equal => {}
            decided => return decided,
        }
    }
    a.len().cmp(&b.len())
}

fn objects(a: &Value, b: &Value) -> Ordering {
    if let (Value::Multi(a), Value::Multi(b)) = (a, b)
        && a == b
    {
        return Ordering::Equal;
    }
    if let (Value::Mono(color, places), Value::Mono(other, others)) = (a, b)
        && color == other
    {
        return places.order(others);
    }
    let by_place = |(color, row, column)| (row, column, color);
    match (a.colored_places(), b.colored_places()) {
        (Some(a), Some(b)) => a.map(by_place).cmp(b.map(by_place)),
        _ => general(a, b),
    }
}

fn general(a: &Value, b: &Value) -> Ordering {
    if let (Some(a), Some(b)) = (a.number(), b.number()) {
        return a.cmp(&b);
    }
    match (Items::of(a), Items::of(b)) {
        (Some(mine), Some(theirs)) if a.is_set() == b.is_set() => {
            if a.is_set() {
                return lexicographic(mine, theirs);
            }
            match (cell_key(a), cell_key(b)) {
                (None, None) => lexicographic(mine, theirs),
                (Some(mine), Some(theirs)) => {
                    mine.place.cmp(&theirs.place).then_with(|| canonical(&mine.color, &theirs.color))
                }
                (Some(mine), None) => lexicographic(mine.members(), theirs).then(Ordering::Greater),
                (None, Some(theirs)) => lexicographic(mine, theirs.members()).then(Ordering::Less),
            }
        }
        _ => match (a, b) {
            (Value::Primitive(mine), Value::Primitive(theirs)) if mine == theirs => Ordering::Equal,
            _ if a.is_function() && b.is_function() => super::function::text_of(a).cmp(&super::function::text_of(b)),
            _ => kind(a).cmp(&kind(b)),
        },
    }
}

fn lexicographic(a: impl Iterator<Item = Value>, mut b: impl Iterator<Item = Value>) -> Ordering {
    for mine in a {
        match b.next() {
            None => return Ordering::Greater,
            Some(theirs) => match canonical(&mine, &theirs) {
                Ordering::Equal => {}
                decided => return decided,
            },
        }
    }
    if b.next().is_some() { Ordering::Less } else { Ordering::Equal }
}

/// Whether a general tuple has the shape of a cell; what it holds is not looked at.
fn may_be_cell(tuple: &Tuple) -> bool {
    matches!(tuple.items(), [_, place] if place.is_tuple())
}

/// What canonical order goes by in a cell.
struct CellKey<'a> {
    place: (i64, i64),
    color: Cow<'a, Value>,
}

impl CellKey<'_> {
    /// Row, column and color.
    fn members(self) -> impl Iterator<Item = Value> {
        [Value::Int(self.place.0), Value::Int(self.place.1), self.color.into_owned()].into_iter()
    }
}

/// The key of a tuple that is a cell in the sense of canonical order: `(color, (row, column))` with two numbers and a
/// color that is no container.
fn cell_key(value: &Value) -> Option<CellKey<'_>> {
    match value {
        Value::Cell(color, row, column) => {
            Some(CellKey { place: ((*row).into(), (*column).into()), color: Cow::Owned(Value::Int((*color).into())) })
        }
        Value::Tuple(tuple) => match tuple.items() {
            [color, place] if !color.is_container() => {
                Some(CellKey { place: place.numbers()?, color: Cow::Borrowed(color) })
            }
            _ => None,
        },
        _ => None,
    }
}

fn kind(value: &Value) -> u8 {
    match value {
        Value::Bool(_) | Value::Int(_) => 0,
        _ if value.is_tuple() => 1,
        _ if value.is_set() => 2,
        Value::None => 4,
        _ => 3,
    }
}

/// Whether Python's `==` holds.
#[inline]
pub fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Pair(a, b), Value::Pair(c, d)) => a == c && b == d,
        (Value::Grid(a), Value::Grid(b)) => a == b,
        (Value::Indices(a), Value::Indices(b)) => a == b,
        (Value::Mono(color, places), Value::Mono(other, others)) => color == other && places == others,
        (Value::Multi(a), Value::Multi(b)) => a == b,
        (Value::Places(a), Value::Places(b)) | (Value::Cells(a), Value::Cells(b)) => a == b,
        // Compact forms hold ints only and are the one form of what they hold: two of different kinds differ.
        (Value::Indices(_), Value::Mono(..) | Value::Multi(_))
        | (Value::Mono(..) | Value::Multi(_), Value::Indices(_))
        | (Value::Mono(..), Value::Multi(_))
        | (Value::Places(_), Value::Indices(_) | Value::Mono(..) | Value::Multi(_) | Value::Cells(_))
        | (Value::Indices(_) | Value::Mono(..) | Value::Multi(_) | Value::Cells(_), Value::Places(_))
        | (Value::Cells(_), Value::Indices(_) | Value::Mono(..) | Value::Multi(_))
        | (Value::Indices(_) | Value::Mono(..) | Value::Multi(_), Value::Cells(_))
        | (Value::Multi(_), Value::Mono(..))
        | (Value::Grid(_), Value::Row(..) | Value::Pair(..) | Value::Cell(..))
        | (Value::Row(..) | Value::Pair(..) | Value::Cell(..), Value::Grid(_)) => false,
        _ if a.len() != b.len() => false,
        _ => canonical(a, b) == Ordering::Equal,
    }
}

/// Whether Python's `a < b` holds.
///
/// Numbers go by size, tuples lexicographic, sets by proper inclusion; anything else cannot be compared.
pub fn less(a: &Value, b: &Value) -> Res<bool> {
    if let (Some(a), Some(b)) = (a.number(), b.number()) {
        return Ok(a < b);
    }
    if let (Value::Pair(a, b), Value::Pair(c, d)) = (a, b) {
        return Ok((a, b) < (c, d));
    }
    let (Some(mine), Some(theirs)) = (Items::of(a), Items::of(b)) else {
        return Err(Fail::error("TypeError: these values have no order"));
    };
    match (a.is_tuple(), b.is_tuple()) {
        (true, true) => {
            for (mine, theirs) in mine.zip(theirs) {
                if !equal(&mine, &theirs) {
                    return less(&mine, &theirs);
                }
            }
            Ok(a.count() < b.count())
        }
        (false, false) => Ok(a.count() < b.count() && is_subset(a, b)),
        _ => Err(Fail::error("TypeError: a tuple and a set have no order")),
    }
}

/// Whether Python's `a > b` holds.
pub fn greater(a: &Value, b: &Value) -> Res<bool> {
    less(b, a)
}

/// Whether all elements of a set are in another; both walk in canonical order.
fn is_subset(a: &Value, b: &Value) -> bool {
    if let (Value::Indices(a), Value::Indices(b)) = (a, b) {
        return a.difference(b).is_none();
    }
    let (Some(mine), Some(mut theirs)) = (Items::of(a), Items::of(b)) else { return false };
    'next: for item in mine {
        for other in theirs.by_ref() {
            match canonical(&other, &item) {
                Ordering::Less => {}
                Ordering::Equal => continue 'next,
                Ordering::Greater => return false,
            }
        }
        return false;
    }
    true
}
