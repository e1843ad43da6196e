//! Objects of several colors: their places, and a color for each in canonical order.

use triomphe::ThinArc;

use super::Value;
use super::indices::{Indices, SPAN};

/// A set of cells on different locations within a window, of at least two colors.
#[derive(Clone, Debug)]
pub struct Multi(ThinArc<Indices, u8>);

impl Multi {
    /// The locations of the cells.
    #[inline]
    pub fn places(&self) -> &Indices {
        &self.0.header.header
    }

    /// The colors of the cells, in canonical order of their locations.
    #[inline]
    pub fn colors(&self) -> &[u8] {
        &self.0.slice
    }
}

impl PartialEq for Multi {
    fn eq(&self, other: &Multi) -> bool {
        std::ptr::eq(self.colors(), other.colors())
            || (self.places() == other.places() && self.colors() == other.colors())
    }
}

/// The object with these colors, one for each place in canonical order.
pub fn object_of(places: Indices, colors: &[u8]) -> Value {
    debug_assert!(places.len() == colors.len());
    match colors.iter().all(|color| *color == colors[0]) {
        true => Value::Mono(colors[0], places),
        false => Value::Multi(Multi(ThinArc::from_header_and_slice(places, colors))),
    }
}

/// The object of these cells, in any order and with repeats; None when there are none, they lie too far apart, or two
/// of different colors share a location.
pub fn object_of_cells(cells: impl Iterator<Item = (u8, i64, i64)> + Clone) -> Option<Value> {
    let (color, row, column) = cells.clone().next()?;
    let (mut top, mut bottom, mut left, mut right, mut is_mono) = (row, row, column, column, true);
    for (other, row, column) in cells.clone() {
        top = top.min(row);
        bottom = bottom.max(row);
        left = left.min(column);
        right = right.max(column);
        is_mono &= other == color;
    }
    if !Indices::fits(top, left, bottom, right) {
        return None;
    }
    let (height, width) = ((bottom - top + 1) as usize, (right - left + 1) as usize);
    let mut rows = [0u64; SPAN as usize];
    if is_mono {
        for (_, row, column) in cells {
            rows[(row - top) as usize] |= 1 << (column - left);
        }
        return Some(Value::mono(color, Indices::of_rows(top, left, &rows[..height])));
    }
    let mut spread = vec![0u8; height * width];
    for (color, row, column) in cells {
        let (i, j) = ((row - top) as usize, (column - left) as usize);
        let bit = 1 << j;
        let seat = &mut spread[i * width + j];
        if rows[i] & bit != 0 && *seat != color {
            return None;
        }
        rows[i] |= bit;
        *seat = color;
    }
    let places = Indices::of_rows(top, left, &rows[..height])?;
    let colors: Vec<u8> =
        places.places().map(|(row, column)| spread[(row - top) as usize * width + (column - left) as usize]).collect();
    Some(object_of(places, &colors))
}

impl Value {
    /// The object with these colors, one for each place in canonical order.
    pub fn object(places: Indices, colors: &[u8]) -> Value {
        object_of(places, colors)
    }

    /// The object of at least two colors on these places, with a color for each seat of their box, row by row.
    pub fn object_of_seats(places: Indices, seats: &[u8]) -> Value {
        let (top, left, width) = (places.top(), places.left(), places.width());
        let color = |(row, column): (i64, i64)| seats[(row - top) as usize * width + (column - left) as usize];
        let colors = places.places().map(color);
        debug_assert!(colors.clone().any(|other| colors.clone().next() != Some(other)));
        Value::Multi(Multi(ThinArc::from_header_and_iter(places.clone(), colors)))
    }

    /// The set of these cells, in any order and with repeats.
    pub fn cells(cells: &[(u8, i64, i64)]) -> Value {
        object_of_cells(cells.iter().copied()).unwrap_or_else(|| {
            let items = cells
                .iter()
                .map(|&(color, row, column)| Value::cell(&Value::Int(i64::from(color)), &Value::pair(row, column)));
            Value::set(items.collect())
        })
    }

    /// The color of each cell of a compact object, in canonical order, with its location; None of anything else.
    pub fn colored_places(&self) -> Option<impl ExactSizeIterator<Item = (u8, i64, i64)> + Clone + '_> {
        let (places, colors, one) = match self {
            Value::Mono(color, places) => (places, &[][..], *color),
            Value::Multi(multi) => (multi.places(), multi.colors(), 0),
            _ => return None,
        };
        let is_mono = colors.is_empty();
        Some(
            places
                .places()
                .enumerate()
                .map(move |(number, (row, column))| (if is_mono { one } else { colors[number] }, row, column)),
        )
    }
}
