//! Keys: 64 bits that stand for what an expression gives on all samples. Equal outcomes have equal keys; others, as good
//! as never: of ten million outcomes two share one with a chance of three in a million. A shared key loses the later
//! expression and does no other harm, since every answer is compared cell by cell.

use crate::digest;
use crate::value::hash::with_places;
pub use crate::value::hash::{with_bytes, with_word};
use crate::value::{Builder, Function, Value};

/// A key with a value in it. Values of different forms are never equal, so the form goes in too.
pub fn with_value(key: u64, value: &Value) -> u64 {
    match value {
        Value::Int(number) => with_word(key, *number as u64),
        Value::Bool(truth) => with_word(key, u64::from(*truth)),
        Value::Pair(first, second) => with_word(key ^ 1, (*first as u32 as u64) << 32 | *second as u32 as u64),
        Value::Grid(grid) => with_bytes(with_word(key ^ 2, grid.height() as u64), grid.cells()),
        Value::Indices(places) => with_places(key ^ 3, places),
        Value::Mono(color, places) => with_places(with_word(key ^ 4, u64::from(*color)), places),
        Value::Multi(multi) => with_bytes(with_places(key ^ 5, multi.places()), multi.colors()),
        Value::Set(set) => with_values(key ^ 6, set.items()),
        Value::Tuple(tuple) => with_values(key ^ 7, tuple.items()),
        Value::Primitive(number) => with_word(key ^ 8, u64::from(*number)),
        Value::Function(function) => with_function(key ^ 9, function),
        _ => {
            let digest = digest::of_value(value);
            with_word(with_word(key ^ 10, digest as u64), (digest >> 64) as u64)
        }
    }
}

fn with_values(key: u64, values: &[Value]) -> u64 {
    let key = with_word(key, values.len() as u64);
    values.iter().fold(key, with_value)
}

fn with_function(key: u64, function: &Function) -> u64 {
    let number = match function.builder() {
        Builder::Compose => 0,
        Builder::Chain => 1,
        Builder::Matcher => 2,
        Builder::Fork => 3,
        Builder::Power => 4,
        Builder::RightBind(left) => 8 + u64::from(left),
        Builder::LeftBind(left) => 16 + u64::from(left),
    };
    with_values(with_word(key, number), function.parts())
}
