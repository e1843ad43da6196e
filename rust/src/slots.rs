//! Slots: values packed for a device, and read from what it gives.
//!
//! A slot is a header of 32 bytes (kind and count as 32 bits, 16 bytes for numbers or a box, the fuel of the call as 64
//! bits) and a body; `src/arcbatt/engine/cuda/kernels/value.cuh` is where that layout comes from.

use crate::value::{Grid, Indices, Value};

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
const GRID: i32 = 4;
const MASK: i32 = 5;
const OBJECT: i32 = 6;
const SET: i32 = 7;

/// The value in a slot; None where it holds none.
pub fn value_of(slot: &[u8]) -> Option<Value> {
    Slot::at(slot, 0).map(|slot| slot.value())
}

/// A slot that holds a value.
pub struct Slot<'a> {
    header: &'a [u8],
    body: &'a [u8],
}

impl<'a> Slot<'a> {
    /// The slot at an offset; None where it holds no value, or no slot can be.
    pub fn at(bytes: &'a [u8], offset: usize) -> Option<Slot<'a>> {
        let (header, body) = bytes.get(offset..)?.split_at_checked(HEADER)?;
        let slot = Slot { header, body };
        let [height, width] = [slot.half(4), slot.half(5)];
        let is_box = |most: usize| [height, width].iter().all(|side| (1..=most as i32).contains(side));
        let needed = match slot.half(0) {
            INT | BOOL | PAIR => 0,
            GRID if is_box(SIDE) => (height * width) as usize,
            MASK if slot.half(1) == 0 || is_box(SPAN) => MASK_BYTES,
            OBJECT if slot.half(1) == 0 => MASK_BYTES,
            OBJECT if is_box(SIDE) => MASK_BYTES + (height * width) as usize,
            SET if is_box(SIDE) => SEATS + (height * width) as usize,
            SET if slot.half(1) == 0 => 0,
            _ => return None,
        };
        (body.len() >= needed).then_some(slot)
    }

    fn half(&self, number: usize) -> i32 {
        i32::from_le_bytes(self.header[4 * number..][..4].try_into().unwrap_or_default())
    }

    fn whole(&self, number: usize) -> i64 {
        i64::from_le_bytes(self.header[8 * number..][..8].try_into().unwrap_or_default())
    }

    /// The fuel of the call that gave the value.
    pub fn fuel(&self) -> i64 {
        self.whole(3)
    }

    /// The value.
    pub fn value(&self) -> Value {
        let [height, width] = [self.half(4) as usize, self.half(5) as usize];
        match self.half(0) {
            INT => Value::Int(self.whole(1)),
            BOOL => Value::Bool(self.whole(1) != 0),
            PAIR => Value::pair(self.whole(1), self.whole(2)),
            GRID => Value::Grid(Grid::of(height, width, &self.body[..height * width])),
            SET if self.half(1) == 0 => Value::empty_set(),
            SET => self.set_of_objects(height, width),
            kind => {
                let Some(places) = self.places() else { return Value::empty_set() };
                match kind {
                    OBJECT => self.object(places, width),
                    _ => Value::Indices(places),
                }
            }
        }
    }

    /// The locations of a mask or an object; None when there are none.
    fn places(&self) -> Option<Indices> {
        let mut rows = [0u64; SPAN];
        for (row, bytes) in rows.iter_mut().zip(self.body.chunks_exact(8)) {
            *row = u64::from_le_bytes(bytes.try_into().unwrap_or_default());
        }
        let height = usize::try_from(self.half(4)).unwrap_or(0).min(rows.len());
        Indices::of_rows(i64::from(self.half(2)), i64::from(self.half(3)), &rows[..height])
    }

    fn object(&self, places: Indices, width: usize) -> Value {
        let (top, left) = (places.top(), places.left());
        let seats = &self.body[MASK_BYTES..];
        let color = |(row, column): (i64, i64)| {
            seats.get((row - top) as usize * width + (column - left) as usize).copied().unwrap_or(0)
        };
        let colors: Vec<u8> = places.places().map(color).collect();
        Value::object(places, &colors)
    }

    /// The objects of a window. They share no location, so that canonical order is that of their first seats.
    fn set_of_objects(&self, height: usize, width: usize) -> Value {
        let [numbers, colors] = [&self.body[..height * width], &self.body[SEATS..][..height * width]];
        let mut places = [usize::MAX; 256];
        let mut found: Vec<([u64; SIDE], Vec<u8>)> = Vec::new();
        for (seat, (number, color)) in numbers.iter().zip(colors).enumerate().filter(|(_, (number, _))| **number > 0) {
            let place = &mut places[usize::from(*number)];
            if *place == usize::MAX {
                *place = found.len();
                found.push(([0; SIDE], Vec::new()));
            }
            let (rows, colors) = &mut found[*place];
            rows[seat / width] |= 1 << (seat % width);
            colors.push(*color);
        }
        let (top, left) = (i64::from(self.half(2)), i64::from(self.half(3)));
        let object = |(rows, colors): &([u64; SIDE], Vec<u8>)| {
            Indices::of_rows(top, left, &rows[..height]).map(|places| Value::object(places, colors))
        };
        match found.iter().map(object).collect::<Option<Vec<Value>>>() {
            Some(objects) if !objects.is_empty() => Value::set_in_order(objects),
            _ => Value::empty_set(),
        }
    }
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
