//! Sets of locations or cells that no window holds: joined and compared by their sorted numbers.

use super::layout::{Extent, extent};
use crate::memory::list;
use crate::value::{Indices, Value, key_of, place_of};

/// Elements are put in order by seats while there are at most so many seats for each.
const DENSE: usize = 4;

/// Whether a set is a spread one.
pub fn is_spread(set: &Value) -> bool {
    matches!(set, Value::Places(_) | Value::Cells(_))
}

/// All elements of some sets, when all that are not empty are compact sets of locations, or all of cells.
///
/// It is for sets that no window holds together: others are joined sooner by their bits.
pub fn united(parts: &[&Value]) -> Option<Value> {
    let parts: Vec<&Value> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    let first = parts.first()?;
    let are_places = matches!(first, Value::Indices(_) | Value::Places(_));
    let count = parts.iter().map(|part| part.count()).sum();
    if let [a, b] = parts[..] {
        let keys = match are_places {
            true => joined(&a.place_keys()?, &b.place_keys()?),
            false => joined(&a.cell_keys()?, &b.cell_keys()?),
        };
        return Some(if are_places { Value::spread_places(&keys) } else { Value::spread_cells(&keys) });
    }
    if let Some(board) = Board::around(&parts, count, are_places) {
        return board.filled(&parts, count);
    }
    let mut keys: Vec<u64> = list(count);
    for part in parts {
        keys.extend_from_slice(&if are_places { part.place_keys()? } else { part.cell_keys()? });
    }
    if !keys.is_sorted() {
        keys.sort_unstable();
    }
    keys.dedup();
    Some(if are_places { Value::spread_places(&keys) } else { Value::spread_cells(&keys) })
}

/// The numbers of two ascending lists in one.
fn joined(mine: &[u64], theirs: &[u64]) -> Vec<u64> {
    let mut keys = vec![0; mine.len() + theirs.len()];
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(a), Some(b)) = (mine.get(i), theirs.get(j)) {
        keys[count] = *a.min(b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
        count += 1;
    }
    keys.truncate(count);
    keys.extend_from_slice(&mine[i..]);
    keys.extend_from_slice(&theirs[j..]);
    keys
}

/// Seats for all locations of a box, to put locations or cells in order that fill a good part of it.
struct Board {
    /// Row by row: 0 for none, else the color and 1; a location is a color 0.
    seats: Vec<u16>,
    extent: Extent,
    width: usize,
    are_places: bool,
}

impl Board {
    /// A board for sets of locations, or of cells, with so many elements in all; None when it would not pay, and when
    /// there are other sets among them.
    fn around(parts: &[&Value], count: usize, are_places: bool) -> Option<Board> {
        let is_fit = |part: &Value| match part {
            Value::Indices(_) | Value::Places(_) => are_places,
            Value::Mono(..) | Value::Multi(_) | Value::Cells(_) => !are_places,
            _ => false,
        };
        let mut box_: Option<Extent> = None;
        for part in parts {
            let other = is_fit(part).then(|| extent(part).ok())??;
            let known = box_.unwrap_or(other);
            box_ = Some(Extent {
                top: known.top.min(other.top),
                left: known.left.min(other.left),
                bottom: known.bottom.max(other.bottom),
                right: known.right.max(other.right),
            });
        }
        let extent = box_?;
        key_of(extent.top, extent.left)?;
        key_of(extent.bottom, extent.right)?;
        let (height, width) = ((extent.bottom - extent.top + 1) as usize, (extent.right - extent.left + 1) as usize);
        let seats = height.checked_mul(width).filter(|seats| *seats <= DENSE * count)?;
        Some(Board { seats: vec![0; seats], extent, width, are_places })
    }

    /// All elements of the parts, which the board is made for.
    fn filled(mut self, parts: &[&Value], count: usize) -> Option<Value> {
        let mut others = Vec::new();
        for part in parts {
            match part {
                Value::Cells(spread) => self.seat(spread.keys().iter().map(|key| cell_of(*key)), &mut others),
                Value::Places(spread) => {
                    self.seat(spread.keys().iter().map(|key| (0, place_of(*key))), &mut others);
                }
                Value::Indices(places) => self.seat(places.places().map(|place| (0, place)), &mut others),
                _ => {
                    let cells = part.colored_places().into_iter().flatten();
                    self.seat(cells.map(|(color, row, column)| (color, (row, column))), &mut others);
                }
            }
        }
        let mut keys = self.keys(count)?;
        let Extent { top, left, bottom, right } = self.extent;
        if self.are_places {
            return Some(Value::places_within(&keys, left, right));
        }
        if others.is_empty() && Indices::fits(top, left, bottom, right) {
            return Some(Value::spread_cells(&keys));
        }
        if !others.is_empty() {
            others.sort_unstable();
            others.dedup();
            keys.append(&mut others);
            keys.sort();
        }
        Some(Value::cells_apart(&keys))
    }

    /// Seats elements; those that find another color on their seat join the others.
    #[inline]
    fn seat(&mut self, elements: impl Iterator<Item = (u8, (i64, i64))>, others: &mut Vec<u64>) {
        for (color, (row, column)) in elements {
            let index = (row - self.extent.top) as usize * self.width + (column - self.extent.left) as usize;
            let (seat, mark) = (&mut self.seats[index], 1 + u16::from(color));
            if *seat == 0 {
                *seat = mark;
            } else if *seat != mark
                && let Some(key) = key_of(row, column)
            {
                others.push(key << 8 | u64::from(color));
            }
        }
    }

    /// The numbers of what sits there, ascending.
    fn keys(&self, count: usize) -> Option<Vec<u64>> {
        let mut keys = list(count.min(self.seats.len()));
        for (row, seats) in (self.extent.top..).zip(self.seats.chunks_exact(self.width)) {
            let first = key_of(row, self.extent.left)?;
            if self.are_places {
                keys.extend((first..).zip(seats).filter(|(_, mark)| **mark != 0).map(|(key, _)| key));
            } else {
                let taken = (first..).zip(seats).filter(|(_, mark)| **mark != 0);
                keys.extend(taken.map(|(key, mark)| key << 8 | u64::from(mark - 1)));
            }
        }
        Some(keys)
    }
}

/// Color and location of the cell with this number.
#[inline]
fn cell_of(key: u64) -> (u8, (i64, i64)) {
    (key as u8, place_of(key >> 8))
}

/// All locations from one to another that lies in the same row, column or diagonal, the upper one first; None when they
/// lie out of reach.
pub fn line(start: (i64, i64), end: (i64, i64)) -> Option<Value> {
    let (first, last) = (key_of(start.0, start.1)?, key_of(end.0, end.1)?);
    let steps = (end.0 - start.0).max((end.1 - start.1).abs());
    let step = if steps == 0 { 1 } else { (last - first) / steps as u64 };
    let mut keys = vec![first; steps as usize + 1];
    for i in 1..keys.len() {
        keys[i] = keys[i - 1] + step;
    }
    Some(Value::places_within(&keys, start.1.min(end.1), start.1.max(end.1)))
}

/// Those elements of a set that another has (or lacks), when one of them is spread and both are of one kind.
pub fn sifted(a: &Value, b: &Value, is_shared: bool) -> Option<Value> {
    if !is_spread(a) && !is_spread(b) {
        return None;
    }
    if let (Value::Places(mine), Value::Places(theirs)) = (a, b) {
        return Some(Value::spread_places(&sift(mine.keys(), theirs.keys(), is_shared)));
    }
    if let (Some(mine), Some(theirs)) = (a.place_keys(), b.place_keys()) {
        return Some(Value::spread_places(&sift(&mine, &theirs, is_shared)));
    }
    Some(Value::spread_cells(&sift(&a.cell_keys()?, &b.cell_keys()?, is_shared)))
}

fn sift(mine: &[u64], theirs: &[u64], is_shared: bool) -> Vec<u64> {
    let mut kept = vec![0; mine.len()];
    let (mut at, mut count) = (0, 0);
    for &key in mine {
        while at < theirs.len() && theirs[at] < key {
            at += 1;
        }
        let has_both = theirs.get(at) == Some(&key);
        kept[count] = key;
        count += usize::from(has_both == is_shared);
    }
    kept.truncate(count);
    kept
}

/// A spread set moved; None of anything else, and when it would leave the reach of numbers.
pub fn moved(set: &Value, down: i64, right: i64) -> Option<Value> {
    let (spread, shift) = match set {
        Value::Places(spread) => (spread, 0),
        Value::Cells(spread) => (spread, 8),
        _ => return None,
    };
    let (first, last) = (spread.keys().first()?, spread.keys().last()?);
    let (left, far) = spread.columns();
    // The corners of the bounding box stay within reach, so all does.
    let before = key_of(place_of(first >> shift).0, left)?;
    let after = key_of(place_of(first >> shift).0.checked_add(down)?, left.checked_add(right)?)?;
    key_of(place_of(last >> shift).0.checked_add(down)?, far.checked_add(right)?)?;
    let step = after.wrapping_sub(before) << shift;
    let moved = spread.moved(step, right);
    Some(if shift == 0 { Value::Places(moved) } else { Value::Cells(moved) })
}

/// The locations of a spread object; None of anything else.
pub fn locations(object: &Value) -> Option<Value> {
    let Value::Cells(spread) = object else { return None };
    let (left, right) = spread.columns();
    if let Some(window) = Value::window_of_keys(spread.keys(), 8, left, right) {
        return Some(window);
    }
    let mut keys: Vec<u64> = spread.keys().iter().map(|key| key >> 8).collect();
    keys.dedup();
    Some(Value::places_within(&keys, left, right))
}

/// The object of one color on a spread set; None of anything else.
pub fn recolored(color: u8, patch: &Value) -> Option<Value> {
    let places = match patch {
        Value::Places(_) => patch.clone(),
        _ => locations(patch)?,
    };
    if let Value::Indices(places) = places {
        return Some(Value::Mono(color, places));
    }
    let keys: Vec<u64> = places.place_keys()?.iter().map(|key| key << 8 | u64::from(color)).collect();
    Some(Value::cells_apart(&keys))
}

/// Whether a spread set holds a location, or a cell; `color` is None for a location.
pub fn holds(set: &Value, color: Option<i64>, row: i64, column: i64) -> bool {
    let Some(place) = key_of(row, column) else { return false };
    match (set, color.map(u8::try_from)) {
        (Value::Places(spread), None) => spread.keys().binary_search(&place).is_ok(),
        (Value::Cells(spread), Some(Ok(color))) => {
            spread.keys().binary_search(&(place << 8 | u64::from(color))).is_ok()
        }
        _ => false,
    }
}

/// All locations of a box, bounds included; None when they lie out of reach.
pub fn block(top: i64, left: i64, bottom: i64, right: i64) -> Option<Value> {
    if top > bottom || left > right {
        return Some(Value::empty_set());
    }
    key_of(top, left)?;
    key_of(bottom, right)?;
    let mut keys = list(((bottom - top + 1) * (right - left + 1)) as usize);
    for row in top..=bottom {
        let start = key_of(row, left)?;
        keys.extend(start..start + (right - left) as u64 + 1);
    }
    Some(Value::places_within(&keys, left, right))
}
