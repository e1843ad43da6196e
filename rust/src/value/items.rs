//! Walking through a container, whatever its form.

use super::Value;
use super::grid::Grid;
use super::indices::Places;
use super::spread::place_of;

/// The elements of a container in iteration order.
#[derive(Clone)]
pub struct Items<'a> {
    source: Source<'a>,
}

#[derive(Clone)]
enum Source<'a> {
    Values(std::slice::Iter<'a, Value>),
    Few([Option<Value>; 2], usize),
    Row(std::slice::Iter<'a, u8>),
    Grid(&'a Grid, std::ops::Range<usize>),
    Places(Places<'a>),
    Mono(u8, Places<'a>),
    Multi(std::slice::Iter<'a, u8>, Places<'a>),
    SpreadPlaces(std::slice::Iter<'a, u64>),
    SpreadCells(std::slice::Iter<'a, u64>),
}

impl<'a> Items<'a> {
    /// The elements of a container; None for what is none.
    #[inline]
    pub fn of(container: &'a Value) -> Option<Items<'a>> {
        let source = match container {
            Value::Tuple(tuple) => Source::Values(tuple.items().iter()),
            Value::Set(set) => Source::Values(set.items().iter()),
            Value::Pair(first, second) => {
                Source::Few([Some(Value::Int((*first).into())), Some(Value::Int((*second).into()))], 0)
            }
            Value::Cell(color, row, column) => {
                Source::Few([Some(Value::Int((*color).into())), Some(Value::Pair(*row, *column))], 0)
            }
            Value::Row(grid, row) => Source::Row(grid.row(*row as usize).iter()),
            Value::Grid(grid) => Source::Grid(grid, 0..grid.height()),
            Value::Indices(indices) => Source::Places(indices.places()),
            Value::Mono(color, places) => Source::Mono(*color, places.places()),
            Value::Multi(multi) => Source::Multi(multi.colors().iter(), multi.places().places()),
            Value::Places(spread) => Source::SpreadPlaces(spread.keys().iter()),
            Value::Cells(spread) => Source::SpreadCells(spread.keys().iter()),
            _ => return None,
        };
        Some(Items { source })
    }
}

fn pair((row, column): (i64, i64)) -> Value {
    Value::Pair(row as i32, column as i32)
}

fn cell(color: u8, (row, column): (i64, i64)) -> Value {
    Value::Cell(color, row as i32, column as i32)
}

impl Iterator for Items<'_> {
    type Item = Value;

    #[inline]
    fn next(&mut self) -> Option<Value> {
        match &mut self.source {
            Source::Values(values) => values.next().cloned(),
            Source::Few(items, next) => {
                let item = items.get_mut(*next)?.take();
                *next += 1;
                item
            }
            Source::Row(cells) => cells.next().map(|cell| Value::Int(i64::from(*cell))),
            Source::Grid(grid, rows) => rows.next().map(|row| grid.row_value(row)),
            Source::Places(places) => places.next().map(pair),
            Source::Mono(color, places) => places.next().map(|place| cell(*color, place)),
            Source::Multi(colors, places) => {
                places.next().map(|place| cell(*colors.next().expect("a color a place"), place))
            }
            Source::SpreadPlaces(keys) => keys.next().map(|key| pair(place_of(*key))),
            Source::SpreadCells(keys) => keys.next().map(|key| cell(*key as u8, place_of(*key >> 8))),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match &self.source {
            Source::Values(values) => values.len(),
            Source::Few(items, next) => items.len() - next,
            Source::Row(cells) => cells.len(),
            Source::Grid(_, rows) => rows.len(),
            Source::Places(places) | Source::Mono(_, places) | Source::Multi(_, places) => places.len(),
            Source::SpreadPlaces(keys) | Source::SpreadCells(keys) => keys.len(),
        };
        (left, Some(left))
    }
}

impl ExactSizeIterator for Items<'_> {}
