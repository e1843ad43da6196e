//! Keys: 64 bits that stand for what an expression gives on all samples. Equal outcomes have equal keys; others, as good
//! as never: of ten million outcomes two share one with a chance of three in a million. A shared key loses the later
//! expression and does no other harm, since every answer is compared cell by cell.

use crate::digest;
use crate::value::{Builder, Function, Indices, Value};

/// Odd words of random bits.
const WORDS: [u64; 4] = [0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db, 0x8ebc_6af0_9c88_c6e3, 0x5899_65cc_7537_4cc3];

/// Both halves of a product, folded into one word.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// A key with one more word in it.
#[inline]
pub fn with_word(key: u64, word: u64) -> u64 {
    fold(key ^ WORDS[0], word ^ WORDS[1])
}

#[inline]
fn word(bytes: &[u8], at: usize) -> u64 {
    match bytes[at..].first_chunk::<8>() {
        Some(word) => u64::from_le_bytes(*word),
        None => 0,
    }
}

/// A key with some bytes in it, their number too.
#[inline]
pub fn with_bytes(key: u64, bytes: &[u8]) -> u64 {
    let count = bytes.len();
    if count < 16 {
        let mut last = [0; 16];
        last[..count].copy_from_slice(bytes);
        return with_word(fold(key ^ word(&last, 0), WORDS[2] ^ word(&last, 8)), count as u64);
    }
    let (mut first, mut second) = (key, key ^ WORDS[3]);
    let mut pairs = bytes.chunks_exact(32);
    for pair in pairs.by_ref() {
        first = fold(first ^ word(pair, 0), WORDS[2] ^ word(pair, 8));
        second = fold(second ^ word(pair, 16), WORDS[0] ^ word(pair, 24));
    }
    // The last bytes, some of them a second time.
    if count >= 32 {
        first = fold(first ^ word(bytes, count - 32), WORDS[2] ^ word(bytes, count - 24));
    } else {
        first = fold(first ^ word(bytes, 0), WORDS[2] ^ word(bytes, 8));
    }
    second = fold(second ^ word(bytes, count - 16), WORDS[0] ^ word(bytes, count - 8));
    with_word(fold(first, WORDS[1] ^ second), count as u64)
}

fn with_places(key: u64, places: &Indices) -> u64 {
    let corner = (places.top() as u64) << 32 | places.left() as u64 & 0xffff_ffff;
    let key = with_word(key, corner);
    let key = places.rows().iter().fold(key, |key, row| fold(key ^ row, WORDS[2]));
    with_word(key, places.height() as u64)
}

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
