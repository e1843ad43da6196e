//! Identity: whether two values are the same in every respect, what a bool is and an int is not included. Finer than
//! equality, and never wrong when it says yes; it may say no of large values, so that it stays cheap.

use super::hash::{with_bytes, with_places, with_word};
use super::{Builder, Function, Value};

/// Values of more parts, and grids of more cells, are the same only if they share their memory.
const FEW_PARTS: u32 = 64;
const FEW_CELLS: usize = 4_096;
/// Most values that are compared with others: functions may share parts, so that there are more of them than memory.
const MOST_LOOKS: usize = 256;

/// Whether two values are the same for whatever may be done with them. A no may be wrong.
pub fn same(a: &Value, b: &Value) -> bool {
    alike(a, b, &mut MOST_LOOKS.clone())
}

/// Whether two functions were built from the same in the same way. A no may be wrong.
pub fn same_function(a: &Function, b: &Function) -> bool {
    built_alike(a, b, &mut MOST_LOOKS.clone())
}

fn alike(a: &Value, b: &Value, looks: &mut usize) -> bool {
    if *looks == 0 {
        return false;
    }
    *looks -= 1;
    match (a, b) {
        (Value::None, Value::None) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Pair(..), Value::Pair(..)) | (Value::Cell(..), Value::Cell(..)) => a == b,
        (Value::Primitive(a), Value::Primitive(b)) => a == b,
        (Value::Row(a, i), Value::Row(b, j)) => {
            let (a, b) = (a.row(*i as usize), b.row(*j as usize));
            std::ptr::eq(a, b) || a.len() <= FEW_CELLS && a == b
        }
        (Value::Grid(a), Value::Grid(b)) => a.is_same(b) || a.cells().len() <= FEW_CELLS && a == b,
        (Value::Indices(a), Value::Indices(b)) => a == b,
        (Value::Mono(color, a), Value::Mono(other, b)) => color == other && a == b,
        (Value::Multi(a), Value::Multi(b)) => a == b,
        (Value::Places(a), Value::Places(b)) | (Value::Cells(a), Value::Cells(b)) => std::ptr::eq(a.keys(), b.keys()),
        (Value::Tuple(a), Value::Tuple(b)) => {
            a.is_same(b) || a.weight().parts <= FEW_PARTS && all_alike(a.items(), b.items(), looks)
        }
        (Value::Set(a), Value::Set(b)) => {
            a.is_same(b) || a.weight().parts <= FEW_PARTS && all_alike(a.items(), b.items(), looks)
        }
        (Value::Function(a), Value::Function(b)) => built_alike(a, b, looks),
        _ => false,
    }
}

fn all_alike(a: &[Value], b: &[Value], looks: &mut usize) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b, looks))
}

fn built_alike(a: &Function, b: &Function, looks: &mut usize) -> bool {
    a.address() == b.address()
        || a.builder() == b.builder() && a.hash() == b.hash() && all_alike(a.parts(), b.parts(), looks)
}

/// A hash with a value in it; values that are the same have the same.
pub fn with_value(hash: u64, value: &Value) -> u64 {
    let two = |first: i32, second: i32| (first as u32 as u64) << 32 | second as u32 as u64;
    match value {
        Value::None => with_word(hash, 1),
        Value::Bool(truth) => with_word(hash, 2 + u64::from(*truth)),
        Value::Int(number) => with_word(hash ^ 1, *number as u64),
        Value::Pair(first, second) => with_word(hash ^ 2, two(*first, *second)),
        Value::Cell(color, row, column) => with_word(hash ^ 3 ^ u64::from(*color) << 8, two(*row, *column)),
        Value::Row(grid, row) => with_cells(hash ^ 4, grid.row(*row as usize)),
        Value::Grid(grid) => with_cells(with_word(hash ^ 5, grid.height() as u64), grid.cells()),
        Value::Indices(places) => with_places(hash ^ 6, places),
        Value::Mono(color, places) => with_places(hash ^ 7 ^ u64::from(*color) << 8, places),
        Value::Multi(multi) => with_bytes(with_places(hash ^ 8, multi.places()), multi.colors()),
        Value::Places(spread) | Value::Cells(spread) => with_word(hash ^ 9, address_of(spread.keys())),
        Value::Tuple(tuple) => with_items(hash ^ 10, tuple.items(), tuple.weight().parts),
        Value::Set(set) => with_items(hash ^ 11, set.items(), set.weight().parts),
        Value::Primitive(number) => with_word(hash ^ 12, u64::from(*number)),
        Value::Function(function) => with_word(hash ^ 13, function.hash()),
    }
}

fn address_of<T>(slice: &[T]) -> u64 {
    slice.as_ptr() as u64
}

fn with_cells(hash: u64, cells: &[u8]) -> u64 {
    if cells.len() <= FEW_CELLS { with_bytes(hash, cells) } else { with_word(hash, address_of(cells)) }
}

fn with_items(hash: u64, items: &[Value], parts: u32) -> u64 {
    if parts > FEW_PARTS {
        return with_word(hash, address_of(items));
    }
    items.iter().fold(with_word(hash, items.len() as u64), with_value)
}

/// The hash of a function out of what built it and its parts.
pub fn hash_of_built(builder: Builder, parts: &[Value]) -> u64 {
    let number = match builder {
        Builder::Compose => 0,
        Builder::Chain => 1,
        Builder::Matcher => 2,
        Builder::Fork => 3,
        Builder::Power => 4,
        Builder::RightBind(left) => 8 + u64::from(left),
        Builder::LeftBind(left) => 16 + u64::from(left),
    };
    parts.iter().fold(with_word(0, number), with_value)
}
