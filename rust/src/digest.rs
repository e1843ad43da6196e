//! Digests: 128 bits that stand for a value. Equal values have equal digests; others, practically never.
//!
//! They tell outcomes apart within one run and are neither stored nor meant to withstand an attack.

use crate::value::{Value, text_of};

/// Two lanes of a multiplicative hash, odd multipliers of random bits.
const LANES: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];

#[derive(Clone, Copy)]
struct Mixer([u64; 2]);

impl Mixer {
    #[inline]
    fn add(&mut self, word: u64) {
        self.0[0] = (self.0[0] ^ word).wrapping_mul(LANES[0]).rotate_left(31);
        self.0[1] = (self.0[1].wrapping_add(word)).wrapping_mul(LANES[1]).rotate_left(27);
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.add(u64::from_le_bytes(last));
        self.add(bytes.len() as u64);
    }

    /// Whatever the form, equal values add the same words: numbers one, pairs of small numbers two, tuples of bytes one
    /// for eight, cells two.
    fn add_value(&mut self, value: &Value) {
        if let Some(number) = value.number() {
            self.add(number as u64);
        } else if let Some(pair) = value.numbers().and_then(packed) {
            self.add(1 << 63 | 1);
            self.add(pair);
        } else if let Value::Indices(places) = value {
            self.add_places(places.places());
        } else if let Value::Places(_) = value {
            self.add_places(value.spread().into_iter().flatten());
        } else if let Value::Row(grid, row) = value {
            self.add_row(grid.row(*row as usize));
        } else if let Value::Grid(grid) = value
            && grid.width() != 2
        {
            self.add(1 << 63 | 2);
            self.add(grid.height() as u64);
            grid.cells().chunks_exact(grid.width()).for_each(|row| self.add_row(row));
        } else if let Some(cells) = value.colored_places() {
            self.add(1 << 63 | 3);
            self.add(cells.len() as u64);
            cells.for_each(|(color, row, column)| self.add_cell(color, packed((row, column)).unwrap_or_default()));
        } else if let Some((color, place)) = cell_of(value) {
            self.add_cell(color, place);
        } else if let Some(cells) = bytes_of(value) {
            self.add_row(&cells);
        } else if let Ok(items) = value.items() {
            self.add(1 << 63 | if value.is_tuple() { 2 } else { 3 });
            self.add(items.len() as u64);
            match value.slice() {
                Some(items) => items.iter().for_each(|item| self.add_value(item)),
                None => items.for_each(|item| self.add_value(&item)),
            }
        } else if matches!(value, Value::None) {
            self.add(1 << 63 | 4);
        } else {
            self.add(1 << 63 | 5);
            self.add_bytes(text_of(value).as_bytes());
        }
    }

    fn add_places(&mut self, places: impl Iterator<Item = (i64, i64)> + Clone) {
        self.add(1 << 63 | 3);
        self.add(places.clone().count() as u64);
        for place in places {
            self.add(1 << 63 | 1);
            self.add(packed(place).unwrap_or_default());
        }
    }

    /// A tuple of bytes, at least one and not two.
    fn add_row(&mut self, cells: &[u8]) {
        self.add(1 << 63 | 6);
        self.add_bytes(cells);
    }

    /// A cell: a byte for its color, a pair of small numbers for its place.
    #[inline]
    fn add_cell(&mut self, color: u8, place: u64) {
        self.add(1 << 63 | 7 | u64::from(color) << 8);
        self.add(place);
    }

    fn digest(mut self) -> u128 {
        for _ in 0..3 {
            self.add(0);
            self.0 = [self.0[0] ^ self.0[1] >> 29, self.0[1] ^ self.0[0] >> 31];
        }
        u128::from(self.0[0]) << 64 | u128::from(self.0[1])
    }
}

/// The numbers of a general tuple of bytes, bools among them, at least one and not two.
fn bytes_of(value: &Value) -> Option<Vec<u8>> {
    let items = value.slice().filter(|items| value.is_tuple() && !matches!(items.len(), 0 | 2))?;
    items.iter().map(|item| u8::try_from(item.number()?).ok()).collect()
}

/// Color and place of a tuple that is a cell.
fn cell_of(value: &Value) -> Option<(u8, u64)> {
    match value {
        Value::Cell(color, row, column) => Some((*color, packed((i64::from(*row), i64::from(*column)))?)),
        Value::Tuple(tuple) => match tuple.items() {
            [color, place] => Some((u8::try_from(color.number()?).ok()?, packed(place.numbers()?)?)),
            _ => None,
        },
        _ => None,
    }
}

/// Two numbers of 32 bits in one word.
fn packed((first, second): (i64, i64)) -> Option<u64> {
    let (first, second) = (i32::try_from(first).ok()?, i32::try_from(second).ok()?);
    Some(u64::from(first as u32) << 32 | u64::from(second as u32))
}

/// The digest of a grid of that height with these cells.
pub fn of_grid(height: usize, cells: &[u8]) -> u128 {
    let mut mixer = Mixer([1, 2]);
    mixer.add(height as u64);
    mixer.add_bytes(cells);
    mixer.digest()
}

/// The digest of any value that is no grid of ARC.
pub fn of_value(value: &Value) -> u128 {
    let mut mixer = Mixer([3, 4]);
    mixer.add_value(value);
    mixer.digest()
}
