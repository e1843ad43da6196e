//! How the primitives read patches and grids; the twin of `layout.py`.
//!
//! A **patch** is an object or indices, in a set or a tuple. One element decides which: it is a cell when its second
//! member is a tuple. A patch that mixes cells and locations fails wherever its rows or columns are read.
//!
//! A **grid** is a tuple of rows. Where it is only walked, rows and the grid itself may also be sets.

use super::spreads;
use crate::fail::{Fail, Res};
use crate::memory::{claim, list};
use crate::value::weight::{bounded, weigh_container};
use crate::value::{Indices, Value};

const NOT_A_LOCATION: Fail = Fail::error("TypeError: a location is a pair of ints");
const MIXED: Fail = Fail::error("TypeError: a patch mixes cells, locations or something else");
const EMPTY: Fail = Fail::error("ValueError: an empty patch has no place");

/// First row, first column, last row and last column of a patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// First row.
    pub top: i64,
    /// First column.
    pub left: i64,
    /// Last row.
    pub bottom: i64,
    /// Last column.
    pub right: i64,
}

/// Whether a patch is taken for cells rather than locations, by its first element; a failure when there is none.
pub fn is_object(patch: &Value) -> Res<bool> {
    match patch {
        Value::Indices(_) | Value::Places(_) => Ok(false),
        Value::Mono(..) | Value::Multi(_) | Value::Cells(_) => Ok(true),
        _ => match patch.items()?.next() {
            None => Err(EMPTY),
            Some(element) => Ok(element.at(1)?.is_tuple()),
        },
    }
}

/// The location that an element of a patch has, with whether it is a cell's; a failure when it is neither.
fn place_of(element: &Value) -> Res<(bool, i64, i64)> {
    if let Some((row, column)) = element.numbers() {
        return Ok((false, row, column));
    }
    if let Value::Cell(_, row, column) = element {
        return Ok((true, i64::from(*row), i64::from(*column)));
    }
    // A color may be anything: with a location for one, a cell has the form of a grid.
    if !element.is_tuple() || element.count() != 2 {
        return Err(NOT_A_LOCATION);
    }
    element.at(1)?.numbers().map(|(row, column)| (true, row, column)).ok_or(NOT_A_LOCATION)
}

/// The locations of all elements of a patch, as often as they occur; fails as `lanes` of the python engine does: on an
/// empty patch, on a mixed one, and where a location is not a pair of ints.
pub fn places_of(patch: &Value) -> Res<Vec<(i64, i64)>> {
    if let Some(window) = patch.window() {
        return Ok(window.places().collect());
    }
    if let Some(spread) = patch.spread() {
        claim::<(i64, i64)>(spread.len());
        return Ok(spread.collect());
    }
    let mut places = list(patch.count());
    let mut are_cells = None;
    for element in patch.items()? {
        let (is_cell, row, column) = place_of(&element)?;
        if *are_cells.get_or_insert(is_cell) != is_cell {
            return Err(MIXED);
        }
        places.push((row, column));
    }
    if places.is_empty() { Err(EMPTY) } else { Ok(places) }
}

/// The extent of a patch; fails as [`places_of`].
#[inline]
pub fn extent(patch: &Value) -> Res<Extent> {
    if let Some(window) = patch.window() {
        return Ok(Extent { top: window.top(), left: window.left(), bottom: window.bottom(), right: window.right() });
    }
    if let Value::Places(spread) | Value::Cells(spread) = patch
        && let Some(mut places) = patch.spread()
        && let (Some((top, _)), (left, right)) = (places.next(), spread.columns())
    {
        let bottom = places.last().map_or(top, |(row, _)| row);
        return Ok(Extent { top, left, bottom, right });
    }
    let places = places_of(patch)?;
    let (row, column) = places[0];
    let mut extent = Extent { top: row, left: column, bottom: row, right: column };
    for (row, column) in places {
        extent.top = extent.top.min(row);
        extent.bottom = extent.bottom.max(row);
        extent.left = extent.left.min(column);
        extent.right = extent.right.max(column);
    }
    Ok(extent)
}

/// The distinct rows and the distinct columns of a patch, ascending; fails as [`places_of`].
pub fn lanes(patch: &Value) -> Res<(Vec<i64>, Vec<i64>)> {
    let places = places_of(patch)?;
    let (mut rows, mut columns): (Vec<i64>, Vec<i64>) = places.into_iter().unzip();
    for lane in [&mut rows, &mut columns] {
        lane.sort_unstable();
        lane.dedup();
    }
    Ok((rows, columns))
}

/// The locations of a patch that is not empty, as values and as often as they occur; what they hold is not checked.
///
/// Of a patch that is not an object these are its elements themselves. Fails on a patch that mixes cells and locations.
pub fn locations(patch: &Value) -> Res<Vec<Value>> {
    if is_object(patch)? {
        let mut places = list(patch.count());
        for element in patch.items()? {
            // Whatever unpacks into two would do, but only tuples pass.
            if !element.is_tuple() || element.count() != 2 {
                return Err(MIXED);
            }
            let place = element.at(1)?;
            if !place.is_tuple() {
                return Err(MIXED);
            }
            places.push(place);
        }
        return Ok(places);
    }
    let elements: Vec<Value> = patch.listed()?;
    for element in &elements {
        if element.at(1)?.is_tuple() {
            return Err(MIXED);
        }
    }
    Ok(elements)
}

/// The two ints of a location, offset or size; a set of two gives them in canonical order.
#[inline]
pub fn pair(value: &Value) -> Res<(i64, i64)> {
    if let Value::Pair(first, second) = value {
        return Ok((i64::from(*first), i64::from(*second)));
    }
    let mut items = value.items()?;
    match (items.next(), items.next(), items.next()) {
        (Some(first), Some(second), None) => match (first.number(), second.number()) {
            (Some(first), Some(second)) => Ok((first, second)),
            _ => Err(Fail::error("TypeError: a pair of ints is wanted")),
        },
        _ => Err(Fail::error("ValueError: a pair of ints is wanted")),
    }
}

/// The rows of a grid as lists of values; fails on what is no container of containers.
pub fn rows_of(grid: &Value) -> Res<Vec<Vec<Value>>> {
    claim::<Value>(grid.weight().parts as usize);
    grid.items()?.map(|row| row.listed()).collect()
}

/// A grid of these rows.
pub fn grid_of(rows: Vec<Vec<Value>>) -> Value {
    claim::<Value>(rows.iter().map(Vec::len).sum::<usize>() + rows.len());
    Value::tuple(rows.into_iter().map(Value::tuple).collect())
}

/// The value itself, when it stays within the bounds of a value: to be asked of grids in which containers are cells.
pub fn fitted(value: Value) -> Res {
    weigh_container(&value, 1)?;
    Ok(value)
}

/// The grid itself, weighed when one of the values added to it is a container.
pub fn fitted_with(grid: Value, added: &[&Value]) -> Res {
    if added.iter().any(|value| value.is_container()) { fitted(grid) } else { Ok(grid) }
}

/// Rows and columns that the python engine has cells of colors 0 to 9 at hand for: those are made of ints.
const SIDE: i64 = 30;

/// Whether a color is a number from 0 to 9.
fn is_common(color: &Value) -> bool {
    color.number().is_some_and(|color| (0..10).contains(&color))
}

/// The colors of a grid as its objects have them: ints for bools, where all are common and no row or column is too far.
pub fn colors_of_rows(mut rows: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
    let is_near = rows.len() <= SIDE as usize && rows.iter().all(|row| row.len() <= SIDE as usize);
    if is_near && rows.iter().flatten().all(is_common) {
        rows.iter_mut().flatten().for_each(|color| *color = color.number().map_or(Value::None, Value::Int));
    }
    rows
}

/// Whether a moved object has ints for bools: it is a set of cells of common colors, none too far, and not moved far.
pub fn moves_plainly(patch: &Value, down: i128, right: i128) -> bool {
    let near = 0..SIDE;
    let is_near =
        |place: &Value| place.numbers().is_some_and(|(row, column)| near.contains(&row) && near.contains(&column));
    let is_plain = |cell: &Value| {
        cell.is_tuple()
            && cell.count() == 2
            && cell.at(0).is_ok_and(|color| is_common(&color))
            && cell.at(1).is_ok_and(|place| is_near(&place))
    };
    let most = i128::from(SIDE);
    matches!(patch, Value::Set(set) if down.abs() <= most && right.abs() <= most && set.items().iter().all(is_plain))
}

/// All locations of a box, bounds included; fails when they are too many.
pub fn block(extent: Extent) -> Res {
    let Extent { top, left, bottom, right } = extent;
    let (height, width) = (i128::from(bottom) - i128::from(top) + 1, i128::from(right) - i128::from(left) + 1);
    // Bounds that differ by 64 bits and more cannot overflow a product of 128 bits.
    bounded(height.clamp(0, 1 << 62) * width.clamp(0, 1 << 62) * 3)?;
    if let Some(block) = Indices::block(top, left, bottom, right) {
        return Ok(Value::Indices(block));
    }
    if let Some(block) = spreads::block(top, left, bottom, right) {
        return Ok(block);
    }
    let rows = top..=bottom;
    let mut places = list((height.max(0) * width.max(0)) as usize);
    places.extend(rows.flat_map(|row| (left..=right).map(move |column| Value::pair(row, column))));
    Ok(Value::set(places))
}

/// The locations on the edge of a box, bounds included; fails when they are too many.
pub fn ring(extent: Extent) -> Res {
    let Extent { top, left, bottom, right } = extent;
    bounded(6 * (i128::from(bottom) - i128::from(top) + i128::from(right) - i128::from(left) + 2))?;
    if Indices::fits(top, left, bottom, right) {
        let (height, width) = ((bottom - top + 1) as usize, (right - left + 1) as usize);
        let full = u64::MAX >> (64 - width);
        let mut rows = [1 | 1 << (width - 1); 64];
        rows[0] = full;
        rows[height - 1] = full;
        let inside = height.saturating_sub(2) * width.saturating_sub(2);
        return Ok(Value::indices(Indices::tight(top, left, width, height * width - inside, &rows[..height])));
    }
    let mut places = Vec::new();
    for row in top..=bottom {
        places.extend([Value::pair(row, left), Value::pair(row, right)]);
    }
    for column in left..=right {
        places.extend([Value::pair(top, column), Value::pair(bottom, column)]);
    }
    Ok(Value::set(places))
}
