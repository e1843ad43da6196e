//! Containers one after the other: the elements of many as one tuple or set.

use super::sets::united;
use super::spreads;
use crate::fail::{Fail, Res};
use crate::memory::list;
use crate::value::weight::MAX_SIZE;
use crate::value::{Grid, Indices, SPAN, Value};

const NO_CONTAINER: Fail = Fail::error("TypeError: not a container");

/// The pair of any two values.
#[inline]
pub fn two(first: &Value, second: &Value) -> Value {
    match (first, second) {
        (Value::Int(first), Value::Int(second)) => Value::pair(*first, *second),
        (Value::Pair(a @ 0..=255, b @ 0..=255), Value::Pair(c @ 0..=255, d @ 0..=255)) => {
            Value::Grid(Grid::of(2, 2, &[*a as u8, *b as u8, *c as u8, *d as u8]))
        }
        (Value::Row(first, i), Value::Row(second, j)) if first.width() == second.width() => {
            let (first, second) = (first.row(*i as usize), second.row(*j as usize));
            Value::Grid(Grid::build(2, first.len(), |cells| {
                cells[..first.len()].copy_from_slice(first);
                cells[first.len()..].copy_from_slice(second);
            }))
        }
        _ => Value::cell(first, second),
    }
}

/// The tuple of these ints.
#[inline]
pub fn bytes(cells: &[u8]) -> Value {
    match *cells {
        [] => Value::empty_tuple(),
        [first, second] => Value::Pair(i32::from(first), i32::from(second)),
        _ => Value::Row(Grid::of(1, cells.len(), cells), 0),
    }
}

pub fn kept_bytes(cells: &[u8], mut is_kept: impl FnMut(u8) -> bool) -> Value {
    bytes(&cells.iter().copied().filter(|cell| is_kept(*cell)).collect::<Vec<u8>>())
}

/// Whether all rows and columns are numbers from 0 to 255.
pub fn is_in_bytes(places: &Indices) -> bool {
    places.top() >= 0 && places.left() >= 0 && places.bottom() <= 255 && places.right() <= 255
}

/// All elements of all parts, in the kind of a container; sets enter a tuple in canonical order.
///
/// Fails when a part is no container, or the other is none.
pub fn merged(kind: &Value, parts: &[Value]) -> Res {
    if !kind.is_container() || !parts.iter().all(Value::is_container) {
        return Err(NO_CONTAINER);
    }
    let parts: Vec<&Value> = parts.iter().collect();
    if kind.is_tuple() {
        return Ok(joined(&parts));
    }
    Ok(match parts[..] {
        [part] if part.is_set() => part.clone(),
        _ => united(&parts).or_else(|| spreads::united(&parts)).unwrap_or_else(|| Value::set(all_items(&parts))),
    })
}

/// The set of all rows and columns of some places.
pub fn numbers_of(places: &Indices) -> Value {
    let columns = places.rows().iter().fold(0, |columns, row| columns | row);
    let rows = places.rows().iter().zip(places.top()..).filter(|(row, _)| **row != 0).map(|(_, number)| number);
    let columns = (0..SPAN).filter(|column| columns >> column & 1 == 1).map(|column| places.left() + column);
    let mut numbers: Vec<i64> = rows.chain(columns).collect();
    numbers.sort_unstable();
    numbers.dedup();
    Value::set_in_order(numbers.into_iter().map(Value::Int).collect())
}

/// All elements of these containers as a tuple.
pub fn joined(parts: &[&Value]) -> Value {
    let mut full = parts.iter().filter(|part| !part.is_empty());
    match (full.next(), full.next()) {
        (None, _) => return Value::empty_tuple(),
        (Some(tuple), None) if tuple.is_tuple() => return (*tuple).clone(),
        _ => {}
    }
    if let Some(row) = joined_rows(parts) {
        return row;
    }
    joined_grids(parts).unwrap_or_else(|| Value::tuple(all_items(parts)))
}

/// The elements of containers one after the other.
fn all_items(parts: &[&Value]) -> Vec<Value> {
    let mut items = list(parts.iter().map(|part| part.count()).sum());
    for part in parts {
        match part {
            Value::Tuple(_) | Value::Set(_) => items.extend_from_slice(part.slice().unwrap_or_default()),
            Value::Mono(color, places) => {
                items.extend(places.places().map(|(row, column)| Value::Cell(*color, row as i32, column as i32)));
            }
            Value::Multi(multi) => {
                let cells = multi.colors().iter().zip(multi.places().places());
                items.extend(cells.map(|(color, (row, column))| Value::Cell(*color, row as i32, column as i32)));
            }
            Value::Indices(places) => {
                items.extend(places.places().map(|(row, column)| Value::Pair(row as i32, column as i32)));
            }
            _ => items.extend(part.items().into_iter().flatten()),
        }
    }
    items
}

/// The cells of rows one after the other; None when a part is no tuple of bytes.
fn joined_rows(parts: &[&Value]) -> Option<Value> {
    if !matches!(parts.first()?, Value::Row(..) | Value::Pair(..)) {
        return None;
    }
    let mut cells = list(parts.iter().map(|part| part.count()).sum());
    for part in parts {
        match part {
            Value::Row(grid, row) => cells.extend_from_slice(grid.row(*row as usize)),
            Value::Pair(first, second) => cells.extend([u8::try_from(*first).ok()?, u8::try_from(*second).ok()?]),
            _ => return None,
        }
    }
    Some(bytes(&cells))
}

/// The rows of grids of one width one below the other; None when a part is none.
fn joined_grids(parts: &[&Value]) -> Option<Value> {
    let Value::Grid(first) = parts.first()? else {
        return None;
    };
    let mut cells = Vec::new();
    for part in parts {
        match part {
            Value::Grid(grid) if grid.width() == first.width() && cells.len() + grid.cells().len() <= MAX_SIZE => {
                cells.extend_from_slice(grid.cells());
            }
            _ => return None,
        }
    }
    Some(Value::Grid(Grid::of(cells.len() / first.width(), first.width(), &cells)))
}
