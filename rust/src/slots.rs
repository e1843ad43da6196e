//! Slots: values packed for a device, as `src/arcbatt/engine/cuda/kernels/value.cuh` says; [`crate::seeds`] reads them.

use crate::search::form::Form;
use crate::seeds;
use crate::value::{Indices, Value};

/// Bytes of the header: kind and count, a number or two or a box, the fuel of the call.
pub const HEADER: usize = 32;
/// Most rows and columns of a set of locations.
pub const SPAN: usize = 64;
/// Bytes of its rows, a word of 64 bits each.
pub const MASK_BYTES: usize = 8 * SPAN;
/// Most rows and columns of the box of an object.
pub const SIDE: usize = 30;
/// Bytes for the colors of an object, one for each seat of its box: 900, rounded up.
pub const SEATS: usize = 912;

const INT: i32 = 1;
const BOOL: i32 = 2;
const PAIR: i32 = 3;
const MASK: i32 = 5;
const OBJECT: i32 = 6;

/// Bytes of the slot of a single value that is no grid; None for any other form.
pub fn size_of(form: &Form) -> Option<usize> {
    match form {
        Form::Color | Form::Count | Form::Truth | Form::Offset => Some(HEADER),
        Form::Indices => Some(HEADER + MASK_BYTES),
        Form::Object => Some(HEADER + MASK_BYTES + SEATS),
        _ => None,
    }
}

/// The value in a slot; None where it holds none.
pub fn value_of(slot: &[u8]) -> Option<Value> {
    seeds::value_of(slot)
}

/// Writes the slot of a value behind what is there; false, and nothing of use is written, when it has none.
pub fn put_slot(bytes: &mut Vec<u8>, value: &Value) -> bool {
    let place = |bytes: &mut Vec<u8>, kind: i32, places: &Indices| {
        put_header(bytes, kind, places.len() as i32);
        let sizes = [places.top(), places.left(), places.height() as i64, places.width() as i64];
        sizes.iter().for_each(|size| bytes.extend_from_slice(&(*size as i32).to_le_bytes()));
        bytes.extend_from_slice(&1i64.to_le_bytes());
        let rows = places.rows().iter().copied().chain(std::iter::repeat(0)).take(SPAN);
        rows.for_each(|row| bytes.extend_from_slice(&row.to_le_bytes()));
    };
    match value {
        Value::Int(number) => put_numbers(bytes, INT, *number, 0),
        Value::Bool(truth) => put_numbers(bytes, BOOL, i64::from(*truth), 0),
        Value::Pair(first, second) => put_numbers(bytes, PAIR, i64::from(*first), i64::from(*second)),
        Value::Indices(places) => place(bytes, MASK, places),
        Value::Mono(color, places) if is_small(places) => {
            place(bytes, OBJECT, places);
            put_seats(bytes, places, std::iter::repeat(*color));
        }
        Value::Multi(multi) if is_small(multi.places()) => {
            place(bytes, OBJECT, multi.places());
            put_seats(bytes, multi.places(), multi.colors().iter().copied());
        }
        _ => return false,
    }
    true
}

fn is_small(places: &Indices) -> bool {
    places.height().max(places.width()) <= SIDE
}

fn put_header(bytes: &mut Vec<u8>, kind: i32, count: i32) {
    bytes.extend_from_slice(&kind.to_le_bytes());
    bytes.extend_from_slice(&count.to_le_bytes());
}

fn put_numbers(bytes: &mut Vec<u8>, kind: i32, first: i64, second: i64) {
    put_header(bytes, kind, 0);
    [first, second, 1].iter().for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
}

/// Writes a color for each seat of the box, 0 where there is no cell.
fn put_seats(bytes: &mut Vec<u8>, places: &Indices, colors: impl Iterator<Item = u8>) {
    let start = bytes.len();
    bytes.resize(start + SEATS, 0);
    for ((row, column), color) in places.places().zip(colors) {
        let seat = (row - places.top()) as usize * places.width() + (column - places.left()) as usize;
        bytes[start + seat] = color;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let places = Indices::of_places(&[(-3, 7), (0, 5), (2, 9)]).unwrap();
        let values = [
            Value::Int(-5),
            Value::Bool(true),
            Value::Pair(-3, 4),
            Value::Indices(places.clone()),
            Value::Mono(7, places.clone()),
            Value::object(places, &[1, 2, 3]),
        ];
        for value in values {
            let mut bytes = Vec::new();
            assert!(put_slot(&mut bytes, &value));
            assert_eq!(value_of(&bytes), Some(value));
        }
    }

    #[test]
    fn what_has_no_slot_is_left_out() {
        let far = Indices::of_places(&[(0, 0), (40, 1)]).unwrap();
        assert!(put_slot(&mut Vec::new(), &Value::Indices(far.clone())));
        assert!(!put_slot(&mut Vec::new(), &Value::Mono(1, far)));
        assert!(!put_slot(&mut Vec::new(), &Value::empty_tuple()));
    }
}
