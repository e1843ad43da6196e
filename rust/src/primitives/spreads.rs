//! Sets of locations or cells that no window holds: joined and compared by their sorted numbers.

use crate::value::{Value, key_of, place_of};

/// Whether a set is a spread one.
pub fn is_spread(set: &Value) -> bool {
    matches!(set, Value::Places(_) | Value::Cells(_))
}

/// All elements of some sets, when all that are not empty are compact sets of locations, or all of cells.
///
/// It is for sets that no window holds together: others are joined sooner by their bits.
pub fn united(parts: &[&Value]) -> Option<Value> {
    let first = parts.iter().find(|part| !part.is_empty())?;
    let are_places = matches!(first, Value::Indices(_) | Value::Places(_));
    let mut keys: Vec<u64> = Vec::with_capacity(parts.iter().map(|part| part.count()).sum());
    for part in parts.iter().filter(|part| !part.is_empty()) {
        keys.extend(if are_places { part.place_keys()? } else { part.cell_keys()? });
    }
    if !keys.is_sorted() {
        keys.sort_unstable();
    }
    keys.dedup();
    Some(if are_places { Value::spread_places(&keys) } else { Value::spread_cells(&keys) })
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
    let mut kept = Vec::with_capacity(mine.len());
    let mut at = 0;
    for &key in mine {
        while at < theirs.len() && theirs[at] < key {
            at += 1;
        }
        let has_both = at < theirs.len() && theirs[at] == key;
        if has_both == is_shared {
            kept.push(key);
        }
    }
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
    let keys: Vec<u64> = spread.keys().iter().map(|key| key.wrapping_add(step)).collect();
    Some(if shift == 0 { Value::spread_places(&keys) } else { Value::spread_cells(&keys) })
}

/// The locations of a spread object; None of anything else.
pub fn locations(object: &Value) -> Option<Value> {
    let Value::Cells(spread) = object else { return None };
    let mut keys: Vec<u64> = spread.keys().iter().map(|key| key >> 8).collect();
    keys.dedup();
    Some(Value::spread_places(&keys))
}

/// The object of one color on a spread set; None of anything else.
pub fn recolored(color: u8, patch: &Value) -> Option<Value> {
    let places = match patch {
        Value::Places(_) => patch.clone(),
        _ => locations(patch)?,
    };
    let keys: Vec<u64> = places.place_keys()?.iter().map(|key| key << 8 | u64::from(color)).collect();
    Some(Value::spread_cells(&keys))
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
    let mut keys = Vec::with_capacity(((bottom - top + 1) * (right - left + 1)) as usize);
    for row in top..=bottom {
        let start = key_of(row, left)?;
        keys.extend(start..=start + (right - left) as u64);
    }
    Some(Value::spread_places(&keys))
}
