//! General tuples and sets, and the one form of a container.

use std::cmp::Ordering;

use triomphe::ThinArc;

use super::cells::object_of_cells;
use super::grid::{Grid, row_of};
use super::indices::Indices;
use super::spread::key_of;
use super::order::canonical;
use super::weight::Weight;
use super::Value;

/// A tuple that has no compact form.
#[derive(Clone, Debug)]
pub struct Tuple(ThinArc<Weight, Value>);

/// A set that has no compact form: its elements in canonical order.
#[derive(Clone, Debug)]
pub struct Set(ThinArc<Weight, Value>);

macro_rules! sequence {
    ($name:ident) => {
        impl $name {
            /// The elements as they are; [`Value::tuple`] and [`Value::set`] find the right form.
            pub(super) fn new(items: Vec<Value>) -> $name {
                let weight = Weight::around(&items);
                $name(ThinArc::from_header_and_iter(weight, items.into_iter()))
            }

            /// Number of elements.
            #[inline]
            pub fn len(&self) -> usize {
                self.0.slice.len()
            }

            /// The elements.
            #[inline]
            pub fn items(&self) -> &[Value] {
                &self.0.slice
            }

            /// What it weighs, its elements included.
            #[inline]
            pub fn weight(&self) -> Weight {
                self.0.header.header
            }

            /// Whether two are the same in memory.
            #[inline]
            pub fn is_same(&self, other: &$name) -> bool {
                std::ptr::eq(self.items(), other.items())
            }
        }
    };
}

sequence!(Tuple);
sequence!(Set);

/// A tuple in its one form.
pub fn tuple_of(items: Vec<Value>) -> Value {
    match &items[..] {
        [] => {}
        [Value::Int(first), Value::Int(second)] => return Value::pair(*first, *second),
        [Value::Int(color @ 0..=255), Value::Pair(row, column)] => return Value::Cell(*color as u8, *row, *column),
        [Value::Int(_), ..] => {
            if let Some(row) = row_of_items(&items) {
                return row;
            }
        }
        [Value::Row(..) | Value::Pair(..), ..] => {
            if let Some(grid) = grid_of_items(&items) {
                return Value::Grid(grid);
            }
        }
        _ => {}
    }
    Value::Tuple(Tuple::new(items))
}

fn row_of_items(items: &[Value]) -> Option<Value> {
    let mut cells = Vec::with_capacity(items.len());
    for item in items {
        cells.push(item.color()?);
    }
    Some(row_of(&cells))
}

fn grid_of_items(items: &[Value]) -> Option<Grid> {
    let width = items[0].len()?;
    let mut cells = Vec::with_capacity(width * items.len());
    for item in items {
        match item {
            Value::Row(grid, row) if grid.width() == width => cells.extend_from_slice(grid.row(*row as usize)),
            Value::Pair(first @ 0..=255, second @ 0..=255) if width == 2 => {
                cells.extend_from_slice(&[*first as u8, *second as u8]);
            }
            _ => return None,
        }
    }
    Some(Grid::of(items.len(), width, &cells))
}

/// A set in its one form, of items in any order and with repeats.
pub fn set_of(mut items: Vec<Value>) -> Value {
    if let Some(set) = compact(&items) {
        return set;
    }
    if items.len() > 1 {
        items.sort_by(canonical);
        items.dedup_by(|later, first| canonical(first, later) == Ordering::Equal);
    }
    Value::Set(Set::new(items))
}

/// A set in its one form, of items in canonical order without repeats.
pub fn set_in_order(items: Vec<Value>) -> Value {
    debug_assert!(items.windows(2).all(|two| canonical(&two[0], &two[1]) == Ordering::Less));
    compact(&items).unwrap_or_else(|| Value::Set(Set::new(items)))
}

fn compact(items: &[Value]) -> Option<Value> {
    match items.first()? {
        Value::Pair(..) => compact_places(items),
        Value::Cell(..) => compact_cells(items),
        _ => None,
    }
}

fn compact_places(items: &[Value]) -> Option<Value> {
    let mut places = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Value::Pair(row, column) => places.push((i64::from(*row), i64::from(*column))),
            _ => return None,
        }
    }
    if let Some(indices) = Indices::of_places(&places) {
        return Some(Value::Indices(indices));
    }
    let keys: Option<Vec<u64>> = places.iter().map(|(row, column)| key_of(*row, *column)).collect();
    Some(Value::spread_places(&sorted(keys?)))
}

fn compact_cells(items: &[Value]) -> Option<Value> {
    let mut cells = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Value::Cell(color, row, column) => cells.push((*color, i64::from(*row), i64::from(*column))),
            _ => return None,
        }
    }
    if let Some(object) = object_of_cells(cells.iter().copied()) {
        return Some(object);
    }
    let keys: Option<Vec<u64>> =
        cells.iter().map(|(color, row, column)| Some(key_of(*row, *column)? << 8 | u64::from(*color))).collect();
    Some(Value::spread_cells(&sorted(keys?)))
}

/// Numbers in ascending order, each once.
fn sorted(mut keys: Vec<u64>) -> Vec<u64> {
    if !keys.is_sorted() {
        keys.sort_unstable();
    }
    keys.dedup();
    keys
}
