//! General tuples and sets, and the one form of a container.

use std::cmp::Ordering;

use triomphe::ThinArc;

use super::Value;
use super::cells::object_of_cells;
use super::grid::{Grid, row_of};
use super::indices::Indices;
use super::order::canonical;
use super::spread::key_of;
use super::weight::{MAX_SIZE, Weight};
use crate::memory::{claim, list};

/// A tuple that has no compact form; nothing is allocated for the empty one.
#[derive(Clone, Debug)]
pub struct Tuple(Option<ThinArc<Weight, Value>>);

/// A set that has no compact form: its elements in canonical order. Nothing is allocated for the empty one.
#[derive(Clone, Debug)]
pub struct Set(Option<ThinArc<Weight, Value>>);

/// What an empty container weighs.
const EMPTY: Weight = Weight { parts: 0, depth: 1, functions: 0 };

macro_rules! sequence {
    ($name:ident) => {
        impl $name {
            /// The elements as they are; [`Value::tuple`] and [`Value::set`] find the right form.
            pub(super) fn new(items: Vec<Value>) -> $name {
                if items.is_empty() {
                    return $name(None);
                }
                claim::<Value>(items.len());
                let weight = Weight::around(&items);
                $name(Some(ThinArc::from_header_and_iter(weight, items.into_iter())))
            }

            /// Number of elements.
            #[inline]
            pub fn len(&self) -> usize {
                self.items().len()
            }

            /// Whether there is no element.
            #[inline]
            pub fn is_empty(&self) -> bool {
                self.0.is_none()
            }

            /// The elements.
            #[inline]
            pub fn items(&self) -> &[Value] {
                self.0.as_ref().map_or(&[], |shared| &shared.slice)
            }

            /// What it weighs, its elements included.
            #[inline]
            pub fn weight(&self) -> Weight {
                self.0.as_ref().map_or(EMPTY, |shared| shared.header.header)
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

impl Tuple {
    /// The tuple of two items as they are.
    pub(super) fn of_two(items: [Value; 2]) -> Tuple {
        let weight = Weight::around(&items);
        Tuple(Some(ThinArc::from_header_and_iter(weight, items.into_iter())))
    }
}

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

/// The tuple of two items in its one form.
pub fn tuple_of_two(first: &Value, second: &Value) -> Value {
    match (first, second) {
        (Value::Int(first), Value::Int(second)) => return Value::pair(*first, *second),
        (Value::Int(color @ 0..=255), Value::Pair(row, column)) => return Value::Cell(*color as u8, *row, *column),
        (Value::Row(..) | Value::Pair(..), Value::Row(..) | Value::Pair(..)) => {
            if let Some(grid) = grid_of_items(&[first.clone(), second.clone()]) {
                return Value::Grid(grid);
            }
        }
        _ => {}
    }
    Value::Tuple(Tuple::of_two([first.clone(), second.clone()]))
}

fn row_of_items(items: &[Value]) -> Option<Value> {
    let mut cells = list(items.len());
    for item in items {
        cells.push(item.color()?);
    }
    Some(row_of(&cells))
}

fn grid_of_items(items: &[Value]) -> Option<Grid> {
    let width = items[0].len()?;
    if width * items.len() > MAX_SIZE {
        return None; // rows that share memory must not be copied so often
    }
    let mut cells = list(width * items.len());
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
    if let Some(numbers) = items.iter().map(Value::int).collect::<Option<Vec<i64>>>() {
        return Value::Set(Set::new(distinct(numbers).into_iter().map(Value::Int).collect()));
    }
    if items.len() > 1 {
        sort(&mut items);
        items.dedup_by(|later, first| canonical(first, later) == Ordering::Equal);
    }
    Value::Set(Set::new(items))
}

/// A set in its one form, of items in canonical order without repeats.
pub fn set_in_order(items: Vec<Value>) -> Value {
    debug_assert!(items.windows(2).all(|two| canonical(&two[0], &two[1]) == Ordering::Less));
    compact(&items).unwrap_or_else(|| Value::Set(Set::new(items)))
}

/// Sorts items by canonical order, equal ones staying in their order.
///
/// Many sets of one kind are distinguished by their first elements, which compare as numbers.
fn sort(items: &mut Vec<Value>) {
    if items.len() < 3 {
        return items.sort_by(canonical);
    }
    // What the sorting takes beside them.
    claim::<Value>(items.len());
    let mut keys = list(items.len());
    for item in items.iter() {
        match first_key(item) {
            Some(key) => keys.push(key),
            None => {
                drop(keys);
                return items.sort_by(canonical);
            }
        }
    }
    let are_places = |item: &Value| matches!(item, Value::Indices(_) | Value::Places(_));
    let are_cells = |item: &Value| matches!(item, Value::Mono(..) | Value::Multi(_) | Value::Cells(_));
    let full = || items.iter().filter(|item| !item.is_empty());
    if !full().all(are_places) && !full().all(are_cells) {
        return items.sort_by(canonical);
    }
    claim::<(u64, u32)>(2 * items.len());
    let mut order: Vec<(u64, u32)> = keys.into_iter().zip(0..).collect();
    order.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| canonical(&items[a.1 as usize], &items[b.1 as usize])));
    claim::<Value>(items.len());
    *items = order.into_iter().map(|(_, index)| std::mem::replace(&mut items[index as usize], Value::None)).collect();
}

/// A number by which sets of locations, or of cells, compare as far as their first elements tell; 0 of the empty set.
fn first_key(set: &Value) -> Option<u64> {
    let place = |places: &Indices| {
        let (row, column) = places.places().next()?;
        key_of(row, column)
    };
    match set {
        Value::Set(set) if set.is_empty() => Some(0),
        Value::Indices(places) => Some(place(places)? + 1),
        Value::Places(spread) => Some(spread.keys().first()? + 1),
        // The last cell within reach takes all 64 bits; what shares its number is distinguished by all elements.
        Value::Mono(color, places) => Some((place(places)? << 8 | u64::from(*color)).saturating_add(1)),
        Value::Multi(multi) => Some((place(multi.places())? << 8 | u64::from(multi.colors()[0])).saturating_add(1)),
        Value::Cells(spread) => Some(spread.keys().first()?.saturating_add(1)),
        _ => None,
    }
}

fn compact(items: &[Value]) -> Option<Value> {
    match items.first()? {
        Value::Pair(..) => compact_places(items),
        Value::Cell(..) => compact_cells(items),
        _ => None,
    }
}

fn compact_places(items: &[Value]) -> Option<Value> {
    let mut places = list(items.len());
    for item in items {
        match item {
            Value::Pair(row, column) => places.push((i64::from(*row), i64::from(*column))),
            _ => return None,
        }
    }
    if let Some(indices) = Indices::of_places(&places) {
        return Some(Value::Indices(indices));
    }
    let mut keys = list(places.len());
    for (row, column) in places {
        keys.push(key_of(row, column)?);
    }
    Some(Value::spread_places(&distinct(keys)))
}

fn compact_cells(items: &[Value]) -> Option<Value> {
    let mut cells = list(items.len());
    for item in items {
        match item {
            Value::Cell(color, row, column) => cells.push((*color, i64::from(*row), i64::from(*column))),
            _ => return None,
        }
    }
    if let Some(object) = object_of_cells(cells.iter().copied()) {
        return Some(object);
    }
    let mut keys = list(cells.len());
    for (color, row, column) in cells {
        keys.push(key_of(row, column)? << 8 | u64::from(color));
    }
    Some(Value::spread_cells(&distinct(keys)))
}

/// Numbers in ascending order, each once.
fn distinct<T: Ord>(mut numbers: Vec<T>) -> Vec<T> {
    if !numbers.is_sorted() {
        numbers.sort_unstable();
    }
    numbers.dedup();
    numbers
}
