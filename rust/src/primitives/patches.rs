//! Patches: between cells and locations, moving, coloring.

use super::layout::{Extent, extent, fitted, is_object, locations, moves_plainly, pair};
use super::masks::full;
use super::spreads;
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::list;
use crate::value::weight::{bounded, checked};
use crate::value::{Grid, Indices, SPAN, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("normalize", 1, work::length, normalize),
    primitive("recolor", 2, patch_length, recolor),
    primitive("shift", 2, work::length, shift),
    primitive("toindices", 1, work::length, toindices),
    primitive("toobject", 2, work::length, toobject),
];

fn patch_length(arguments: &[&Value]) -> i64 {
    work::length_of(arguments[1])
}

fn toindices(_: &mut Context, arguments: &[&Value]) -> Res {
    indices_of(arguments[0])
}

/// The locations of a patch; none of anything empty. Locations in a tuple stay in a tuple.
pub(super) fn indices_of(patch: &Value) -> Res {
    match patch {
        Value::Indices(_) => return Ok(patch.clone()),
        Value::Mono(_, places) => return Ok(Value::Indices(places.clone())),
        Value::Multi(multi) => return Ok(Value::Indices(multi.places().clone())),
        Value::Places(_) => return Ok(patch.clone()),
        _ => {}
    }
    if let Some(places) = spreads::locations(patch) {
        return Ok(places);
    }
    if patch.length()? == 0 {
        return Ok(Value::empty_set());
    }
    let places = locations(patch)?;
    Ok(if is_object(patch)? { Value::set(places) } else { patch.clone() })
}

fn toobject(_: &mut Context, arguments: &[&Value]) -> Res {
    let [patch, grid] = *arguments else { unreachable!("the arity is checked") };
    if let (Some(places), Value::Grid(grid)) = (patch.window(), grid) {
        return Ok(cut_out(places, grid));
    }
    let height = grid.length()? as i64;
    let width = grid.at(0)?.length()? as i64;
    if patch.length()? == 0 {
        return Ok(Value::empty_set());
    }
    let mut inside = Vec::new();
    for place in locations(patch)? {
        let (row, column) = place.numbers().ok_or(Fail::error("TypeError: a location is a pair of ints"))?;
        if (0..height).contains(&row) && (0..width).contains(&column) {
            inside.push((row as usize, column as usize, place));
        }
    }
    bounded(5 * inside.len() as i128)?;
    let mut cells = list(inside.len());
    for (row, column, place) in inside {
        cells.push(Value::cell(&cell_at(grid, row, column)?, &place));
    }
    fitted(Value::set(cells))
}

/// The cell of a grid in any form.
fn cell_at(grid: &Value, row: usize, column: usize) -> Res {
    match (grid, grid.slice()) {
        (Value::Grid(grid), _) if row < grid.height() && column < grid.width() => {
            Ok(Value::Int(i64::from(grid.cell(row, column))))
        }
        (_, Some(rows)) if row < rows.len() => rows[row].at(column),
        _ => grid.at(row)?.at(column),
    }
}

/// The cells of a grid at these places, those outside left out.
pub(super) fn cut_out(places: &Indices, grid: &Grid) -> Value {
    let (height, width) = (grid.height() as i64, grid.width() as i64);
    if places.top() >= 0 && places.left() >= 0 && places.bottom() < height && places.right() < width {
        return colored(places.clone(), grid);
    }
    let mut rows = [0; SPAN as usize];
    let columns = columns_within(places.left(), width);
    for (to, (row, bits)) in rows.iter_mut().zip((places.top()..).zip(places.rows())) {
        *to = if (0..height).contains(&row) { bits & columns } else { 0 };
    }
    match Indices::of_rows(places.top(), places.left(), &rows[..places.height()]) {
        None => Value::empty_set(),
        Some(places) => colored(places, grid),
    }
}

/// The columns from 0 to before the width, as bits from the column `left` on.
fn columns_within(left: i64, width: i64) -> u64 {
    if left >= width || left <= -SPAN {
        return 0;
    }
    let upto = full((width - left).min(SPAN) as usize);
    if left < 0 { upto & u64::MAX << -left } else { upto }
}

/// The cells of a grid at these places, all of them inside.
fn colored(places: Indices, grid: &Grid) -> Value {
    let mut colors = list(places.len());
    let (top, left) = (places.top() as usize, places.left() as usize);
    for (i, bits) in places.rows().iter().enumerate() {
        let (cells, mut bits) = (&grid.row(top + i)[left..], *bits);
        while bits != 0 {
            colors.push(cells[bits.trailing_zeros() as usize]);
            bits &= bits - 1;
        }
    }
    Value::object(places, &colors)
}

fn recolor(_: &mut Context, arguments: &[&Value]) -> Res {
    let [value, patch] = *arguments else { unreachable!("the arity is checked") };
    if let (Some(color), Some(places)) = (value.color(), patch.window()) {
        return Ok(Value::Mono(color, places.clone()));
    }
    if let Some(color) = value.color()
        && let Value::Places(spread) | Value::Cells(spread) = patch
    {
        bounded(5 * spread.count() as i128)?;
        if let Some(object) = spreads::recolored(color, patch) {
            return Ok(object);
        }
    }
    if patch.length()? == 0 {
        return Ok(Value::empty_set());
    }
    let places = locations(patch)?;
    bounded(5 * places.len() as i128)?;
    let mut cells = list(places.len());
    cells.extend(places.iter().map(|place| Value::cell(value, place)));
    let result = Value::set(cells);
    if value.number().is_some() { Ok(result) } else { fitted(result) }
}

fn shift(_: &mut Context, arguments: &[&Value]) -> Res {
    shifted(arguments[0], arguments[1])
}

/// A patch moved by an offset; anything empty comes back as it is.
pub(super) fn shifted(patch: &Value, offset: &Value) -> Res {
    if patch.length()? == 0 {
        return Ok(patch.clone());
    }
    let (down, right) = pair(offset)?;
    shift_by(patch, down.into(), right.into())
}

fn normalize(_: &mut Context, arguments: &[&Value]) -> Res {
    normal(arguments[0])
}

/// The patch moved so that its first row and column are 0; anything empty as it is.
pub(super) fn normal(patch: &Value) -> Res {
    if patch.length()? == 0 {
        return Ok(patch.clone());
    }
    let Extent { top, left, .. } = extent(patch)?;
    shift_by(patch, -i128::from(top), -i128::from(left))
}

/// A patch that is not empty, moved by any offset; a set, also of a tuple. Fails when a location would pass 64 bits.
pub(super) fn shift_by(patch: &Value, down: i128, right: i128) -> Res {
    if let Some(moved) = moved_within(patch, down, right) {
        return Ok(moved);
    }
    if let Some(moved) = moved_plainly(patch, down, right) {
        return Ok(moved);
    }
    let Extent { top, left, bottom, right: far } = extent(patch)?;
    for (side, step) in [(top, down), (bottom, down), (left, right), (far, right)] {
        checked(i128::from(side) + step)?;
    }
    let move_place = |place: &Value| -> Res {
        let (row, column) = pair(place)?;
        Ok(Value::pair(checked(i128::from(row) + down)?, checked(i128::from(column) + right)?))
    };
    let is_object = is_object(patch)?;
    let is_plain = moves_plainly(patch, down, right);
    let mut moved = list(patch.count());
    for element in patch.items()? {
        moved.push(match is_object {
            true if is_plain => {
                let color = element.number_at(0).map_or(Value::None, Value::Int);
                Value::cell(&color, &move_place(&element.at(1)?)?)
            }
            true => Value::cell(&element.at(0)?, &move_place(&element.at(1)?)?),
            false => move_place(&element)?,
        });
    }
    Ok(Value::set(moved))
}

/// A general container of compact cells, or of locations, moved; None of anything else, and when it would leave 32 bits.
fn moved_plainly(patch: &Value, down: i128, right: i128) -> Option<Value> {
    let (down, right) = (i32::try_from(down).ok()?, i32::try_from(right).ok()?);
    let mut moved = list(patch.count());
    let items = patch.slice()?;
    if let [Value::Cell(..), ..] = items {
        for item in items {
            let Value::Cell(color, row, column) = item else { return None };
            moved.push(Value::Cell(*color, row.checked_add(down)?, column.checked_add(right)?));
        }
    } else {
        for item in items {
            let Value::Pair(row, column) = item else { return None };
            moved.push(Value::Pair(row.checked_add(down)?, column.checked_add(right)?));
        }
    }
    Some(Value::set(moved))
}

/// A compact set moved; None of anything else, and when it would leave 32 bits.
fn moved_within(patch: &Value, down: i128, right: i128) -> Option<Value> {
    if down == 0 && right == 0 && (patch.window().is_some() || spreads::is_spread(patch)) {
        return Some(patch.clone());
    }
    let (down, right) = (i64::try_from(down).ok()?, i64::try_from(right).ok()?);
    let Some(window) = patch.window() else {
        return spreads::moved(patch, down, right);
    };
    let places = window.moved(down, right)?;
    Some(match patch {
        Value::Mono(color, _) => Value::Mono(*color, places),
        Value::Multi(multi) => Value::object(places, multi.colors()),
        _ => Value::Indices(places),
    })
}
