//! Sets of locations or cells that no window holds: one sorted number each, which compares as canonical order does.

use std::borrow::Cow;

use triomphe::ThinArc;

use super::Value;

/// Rows and columns lie from `-REACH` to `REACH - 1`.
pub const REACH: i64 = 1 << 27;
const BITS: u32 = 28;
const MASK: u64 = (1 << BITS) - 1;

/// The number of a location: by row, then by column.
#[inline]
pub fn key_of(row: i64, column: i64) -> Option<u64> {
    let inside = -REACH..REACH;
    (inside.contains(&row) && inside.contains(&column)).then(|| number_of(row, column))
}

/// The number of a location within reach.
#[inline]
fn number_of(row: i64, column: i64) -> u64 {
    ((row + REACH) as u64) << BITS | (column + REACH) as u64
}

/// Whether all locations of a window are within reach; None when one is not.
fn check_reach(places: &super::Indices) -> Option<()> {
    key_of(places.top(), places.left())?;
    key_of(places.bottom(), places.right()).map(|_| ())
}

/// The location that a number stands for.
#[inline]
pub fn place_of(key: u64) -> (i64, i64) {
    ((key >> BITS & MASK) as i64 - REACH, (key & MASK) as i64 - REACH)
}

#[derive(Clone, Copy, Debug)]
struct Columns {
    left: i32,
    right: i32,
}

/// A set of at least one location, or of at least one cell; the form says which.
///
/// Of locations these are their numbers, of cells the number of the location times 256 plus the color; ascending, each
/// once. Two cells of different colors may share a location.
#[derive(Clone, Debug)]
pub struct Spread(ThinArc<Columns, u64>);

impl Spread {
    /// The set of these numbers, ascending and each once; there is at least one. `shift` is 8 for cells, else 0.
    fn of_sorted(keys: &[u64], shift: u32) -> Spread {
        let (left, right) = columns_of(keys, shift);
        Spread::within(keys, left, right)
    }

    /// The set of these numbers, as [`Spread::of_sorted`], whose first and last columns are known.
    fn within(keys: &[u64], left: i64, right: i64) -> Spread {
        Spread(ThinArc::from_header_and_slice(Columns { left: left as i32, right: right as i32 }, keys))
    }

    /// The set moved so many rows and columns, all of which stay within reach.
    pub(crate) fn moved(&self, step: u64, right: i64) -> Spread {
        let columns = self.0.header.header;
        let columns = Columns { left: columns.left + right as i32, right: columns.right + right as i32 };
        Spread(ThinArc::from_header_and_iter(columns, self.keys().iter().map(|key| key.wrapping_add(step))))
    }

    /// The numbers.
    #[inline]
    pub fn keys(&self) -> &[u64] {
        &self.0.slice
    }

    /// How many there are.
    #[inline]
    pub fn count(&self) -> usize {
        self.0.slice.len()
    }

    /// First and last column.
    #[inline]
    pub fn columns(&self) -> (i64, i64) {
        let columns = self.0.header.header;
        (i64::from(columns.left), i64::from(columns.right))
    }
}

/// First and last column of these numbers, which `shift` makes those of locations.
fn columns_of(keys: &[u64], shift: u32) -> (i64, i64) {
    let (mut left, mut right) = (MASK as i64, 0);
    for key in keys {
        let column = (key >> shift & MASK) as i64;
        left = left.min(column);
        right = right.max(column);
    }
    (left - REACH, right - REACH)
}

impl PartialEq for Spread {
    fn eq(&self, other: &Spread) -> bool {
        std::ptr::eq(self.keys(), other.keys()) || self.keys() == other.keys()
    }
}

impl Value {
    /// The set of the locations with these numbers, ascending and each once, in its one form.
    pub fn spread_places(keys: &[u64]) -> Value {
        if keys.is_empty() {
            return Value::empty_set();
        }
        let (left, right) = columns_of(keys, 0);
        Value::places_within(keys, left, right)
    }

    /// [`Value::spread_places`] of at least one number, with the first and the last column.
    pub fn places_within(keys: &[u64], left: i64, right: i64) -> Value {
        Value::window_of_keys(keys, 0, left, right).unwrap_or_else(|| Value::Places(Spread::within(keys, left, right)))
    }

    /// [`Value::spread_cells`] of numbers which no window holds, or of which some share a location.
    pub fn cells_apart(keys: &[u64]) -> Value {
        debug_assert!(matches!(Value::spread_cells(keys), Value::Cells(_)));
        Value::Cells(Spread::of_sorted(keys, 8))
    }

    /// The set of the cells with these numbers (that of the location times 256, plus the color), ascending and each
    /// once, in its one form.
    pub fn spread_cells(keys: &[u64]) -> Value {
        let cells = keys.iter().map(|key| {
            let (row, column) = place_of(key >> 8);
            (*key as u8, row, column)
        });
        if keys.is_empty() {
            return Value::empty_set();
        }
        super::cells::object_of_cells(cells).unwrap_or_else(|| Value::Cells(Spread::of_sorted(keys, 8)))
    }

    /// The locations of these ascending numbers, which `shift` makes those of locations, with the first and the last
    /// column; None when no window holds them.
    pub fn window_of_keys(keys: &[u64], shift: u32, left: i64, right: i64) -> Option<Value> {
        let (top, bottom) = (place_of(keys.first()? >> shift).0, place_of(keys.last()? >> shift).0);
        if (bottom - top).max(right - left) >= super::SPAN {
            return None;
        }
        let mut rows = [0; super::SPAN as usize];
        for key in keys {
            let (row, column) = place_of(key >> shift);
            rows[(row - top) as usize] |= 1 << (column - left);
        }
        super::Indices::of_rows(top, left, &rows[..=(bottom - top) as usize]).map(Value::Indices)
    }

    /// The numbers of the locations of a set of locations, ascending: whatever its compact form; None of anything else.
    pub fn place_keys(&self) -> Option<Cow<'_, [u64]>> {
        match self {
            Value::Places(spread) => Some(spread.keys().into()),
            Value::Indices(indices) => {
                check_reach(indices)?;
                Some(indices.places().map(|(row, column)| number_of(row, column)).collect())
            }
            _ => None,
        }
    }

    /// The numbers of the cells of an object, ascending: whatever its compact form; None of anything else.
    pub fn cell_keys(&self) -> Option<Cow<'_, [u64]>> {
        match self {
            Value::Cells(spread) => Some(spread.keys().into()),
            _ => {
                check_reach(self.window()?)?;
                let number = |(color, row, column)| number_of(row, column) << 8 | u64::from(color);
                Some(self.colored_places()?.map(number).collect())
            }
        }
    }

    /// The locations of a compact set of locations or cells, in canonical order (a location of several cells as often);
    /// None of anything else.
    pub fn spread(&self) -> Option<impl ExactSizeIterator<Item = (i64, i64)> + Clone + '_> {
        let (spread, shift) = match self {
            Value::Places(spread) => (spread, 0),
            Value::Cells(spread) => (spread, 8),
            _ => return None,
        };
        Some(spread.keys().iter().map(move |key| place_of(*key >> shift)))
    }
}
