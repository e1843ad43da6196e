//! Painting: grids with some cells changed, by patches.
//!
//! Targets outside the grid are skipped, negative ones too; nothing wraps around. The result is a grid of the same rows.

use super::colors::{most_color, most_common};
use super::grids::first_width;
use super::layout::{fitted_with, grid_of, places_of, rows_of};
use super::patches::shifted;
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::value::{Grid, Indices, SPAN, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("cover", 2, grid_and_patch, cover),
    primitive("fill", 3, grid_and_last, fill),
    primitive("move", 3, grid_and_move, move_),
    primitive("paint", 2, grid_and_patch, paint),
    primitive("underfill", 3, grid_and_last, underfill),
    primitive("underpaint", 2, grid_and_patch, underpaint),
];

const TOO_SHORT: Fail = Fail::error("IndexError: a row is shorter than the first");
const NOT_A_CELL: Fail = Fail::error("TypeError: an object holds cells only");

fn grid_and_patch(arguments: &[&Value]) -> i64 {
    work::cells_of(arguments[0]) + work::length_of(arguments[1])
}

fn grid_and_last(arguments: &[&Value]) -> i64 {
    work::cells_of(arguments[0]) + work::length_of(arguments[2])
}

fn grid_and_move(arguments: &[&Value]) -> i64 {
    work::cells_of(arguments[0]) + 3 * work::length_of(arguments[1])
}

fn fill(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, value, patch] = *arguments else { unreachable!("the arity is checked") };
    filled(context, grid, value, patch)
}

/// The grid with the locations of a patch set to a value.
fn filled(context: &mut Context, grid: &Value, value: &Value, patch: &Value) -> Res {
    if let (Value::Grid(grid), Some(color), Some(places)) = (grid, value.color(), patch.window()) {
        return Ok(changed(grid, |cells| fill_places(cells, grid, places, (0, 0), color, None)));
    }
    if let (Value::Grid(grid), Some(color), Some(places)) = (grid, value.color(), patch.spread()) {
        context.pulse(places.len())?;
        return Ok(changed(grid, |cells| {
            each_inside(grid, places, |at, _| cells[at] = color);
        }));
    }
    if let (Value::Grid(_), true) = (grid, patch.is_empty()) {
        return Ok(grid.clone());
    }
    let width = first_width(grid)?;
    let mut rows = rows_of(grid)?;
    let places = targets(patch, rows.len(), width)?;
    context.pulse(places.len())?;
    for (row, column) in places {
        *rows[row].get_mut(column).ok_or(TOO_SHORT)? = value.clone();
    }
    fitted_with(grid_of(rows), &[value])
}

/// Calls for each location that lies in a grid with the place of its cell, and with its own number.
#[inline]
fn each_inside(grid: &Grid, places: impl Iterator<Item = (i64, i64)>, mut visit: impl FnMut(usize, usize)) {
    let (height, width) = (grid.height(), grid.width());
    for ((row, column), number) in places.zip(0..) {
        // A negative number becomes a large one.
        if (row as usize) < height && (column as usize) < width {
            visit(row as usize * width + column as usize, number);
        }
    }
}

/// The cells of a general container, when all its elements are compact ones.
fn plain_cells(object: &Value) -> Option<impl Iterator<Item = (u8, i32, i32)>> {
    let cell = |item: &Value| match item {
        Value::Cell(color, row, column) => Some((*color, *row, *column)),
        _ => None,
    };
    let items = object.slice()?;
    items.iter().all(|item| matches!(item, Value::Cell(..))).then(|| items.iter().filter_map(cell))
}

/// A copy of a grid, changed.
#[inline]
fn changed(grid: &Grid, change: impl FnOnce(&mut [u8])) -> Value {
    Value::Grid(grid.changed(change))
}

/// The locations of a patch that lie inside a rectangle at the origin.
fn targets(patch: &Value, height: usize, width: usize) -> Res<Vec<(usize, usize)>> {
    if patch.length()? == 0 {
        return Ok(Vec::new());
    }
    let inside = |(row, column): (i64, i64)| {
        let (row, column) = (usize::try_from(row).ok()?, usize::try_from(column).ok()?);
        (row < height && column < width).then_some((row, column))
    };
    Ok(places_of(patch)?.into_iter().filter_map(inside).collect())
}

/// Calls for each row of a grid that places meet: with the cells of the row from some column on, the bits that stand
/// for those cells, and the number of places before the first bit.
#[inline]
fn each_row(
    cells: &mut [u8],
    grid: &Grid,
    places: &Indices,
    (down, right): (i64, i64),
    mut visit: impl FnMut(&mut [u8], u64, usize),
) {
    let (height, width) = (grid.height() as i64, grid.width() as i64);
    let (top, left) = (places.top() + down, places.left() + right);
    if left >= width || left <= -SPAN {
        return;
    }
    let (skipped, first) = if left < 0 { (-left, 0) } else { (0, left) };
    let kept = u64::MAX >> (SPAN - (width - first).min(SPAN));
    let mut before = 0;
    for (i, bits) in places.rows().iter().enumerate() {
        let row = top + i as i64;
        if row >= height {
            break;
        }
        let inside = (bits >> skipped) & kept;
        if row >= 0 && inside != 0 {
            let dropped = (bits & !(u64::MAX << skipped)).count_ones() as usize;
            visit(&mut cells[(row * width + first) as usize..((row + 1) * width) as usize], inside, before + dropped);
        }
        before += bits.count_ones() as usize;
    }
}

/// Sets the cells at places, moved, to a color: all of them, or those of one color only.
#[inline]
fn fill_places(cells: &mut [u8], grid: &Grid, places: &Indices, offset: (i64, i64), color: u8, over: Option<u8>) {
    each_row(cells, grid, places, offset, |row, bits, _| {
        let Some(last) = row.len().checked_sub(8) else {
            return fill_short(row, bits, color, over);
        };
        let mut at = 0;
        while at < 64 && bits >> at != 0 {
            // The last word overlaps the one before, whose cells are done then: once more does not change them.
            let start = at.min(last);
            let word = &mut row[start..start + 8];
            let old = u64::from_le_bytes([word[0], word[1], word[2], word[3], word[4], word[5], word[6], word[7]]);
            let mut marks = marks_of_bits((bits >> start) & 0xff);
            if let Some(over) = over {
                marks &= marks_of_byte(old, over);
            }
            let chosen = (marks << 1).wrapping_sub(marks >> 7);
            let new = (old & !chosen) | ((ONES * u64::from(color)) & chosen);
            word.copy_from_slice(&new.to_le_bytes());
            at += 8;
        }
    });
}

/// [`fill_places`] for a row of fewer than eight cells.
fn fill_short(row: &mut [u8], mut bits: u64, color: u8, over: Option<u8>) {
    while bits != 0 {
        let cell = &mut row[bits.trailing_zeros() as usize];
        if over.is_none_or(|over| over == *cell) {
            *cell = color;
        }
        bits &= bits - 1;
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const LOW: u64 = 0x7f * ONES;

/// Eight bits as the highest bits of eight bytes.
#[inline]
fn marks_of_bits(bits: u64) -> u64 {
    let one_a_byte = (bits * ONES) & 0x8040_2010_0804_0201;
    (one_a_byte + LOW) & !LOW
}

/// Which of eight bytes are this one, marked by the highest bit of each.
#[inline]
fn marks_of_byte(word: u64, byte: u8) -> u64 {
    let differing = word ^ (ONES * u64::from(byte));
    !(((differing & LOW) + LOW) | differing | LOW)
}

/// Draws the cells of a compact object, moved, over all cells or those of one color.
#[inline]
fn draw(cells: &mut [u8], grid: &Grid, object: &Value, offset: (i64, i64), over: Option<u8>) {
    match object {
        Value::Mono(color, places) => fill_places(cells, grid, places, offset, *color, over),
        Value::Multi(multi) => each_row(cells, grid, multi.places(), offset, |row, mut bits, before| {
            for color in &multi.colors()[before..before + bits.count_ones() as usize] {
                let cell = &mut row[bits.trailing_zeros() as usize];
                *cell = if over.is_none_or(|over| over == *cell) { *color } else { *cell };
                bits &= bits - 1;
            }
        }),
        _ => {}
    }
}

fn paint(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, object] = *arguments else { unreachable!("the arity is checked") };
    match (grid, object) {
        (Value::Grid(grid), Value::Mono(..) | Value::Multi(_)) => {
            Ok(changed(grid, |cells| draw(cells, grid, object, (0, 0), None)))
        }
        (Value::Grid(grid), Value::Cells(spread)) => {
            context.pulse(spread.count())?;
            Ok(changed(grid, |cells| {
                let places = object.spread().into_iter().flatten();
                each_inside(grid, places, |at, number| cells[at] = spread.keys()[number] as u8);
            }))
        }
        _ => match plainly_drawn(context, grid, object, None)? {
            Some(painted) => Ok(painted),
            None => drawn(context, grid, object, None),
        },
    }
}

/// A grid with the compact cells of a general container drawn one after the other, over all cells or those of one color;
/// None when there is anything else than such cells.
fn plainly_drawn(context: &mut Context, grid: &Value, object: &Value, over: Option<u8>) -> Res<Option<Value>> {
    let (Value::Grid(grid), Some(drawn)) = (grid, plain_cells(object)) else { return Ok(None) };
    if object.is_empty() {
        return Ok(Some(Value::Grid(grid.clone())));
    }
    context.pulse(object.count())?;
    let (height, width) = (grid.height(), grid.width());
    Ok(Some(changed(grid, |cells| {
        for (color, row, column) in drawn {
            // A negative number becomes a large one.
            if (row as usize) < height && (column as usize) < width {
                let cell = &mut cells[row as usize * width + column as usize];
                *cell = if over.is_none_or(|over| over == *cell) { color } else { *cell };
            }
        }
    })))
}

fn underfill(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, value, patch] = *arguments else { unreachable!("the arity is checked") };
    if let (Value::Grid(grid), Some(color), Some(places)) = (grid, value.color(), patch.window())
        && let Some(background) = most_common(grid.cells())
    {
        return Ok(changed(grid, |cells| fill_places(cells, grid, places, (0, 0), color, Some(background))));
    }
    let background = most_color(context, grid)?;
    let width = first_width(grid)?;
    let mut rows = rows_of(grid)?;
    let places = targets(patch, rows.len(), width)?;
    context.pulse(places.len())?;
    let mut changes = Vec::new();
    for (row, column) in places {
        // A row that is a set has no places, though it could be painted over.
        if grid.at(row)?.is_set() {
            return Err(Fail::error("TypeError: a row is a tuple"));
        }
        if *rows[row].get(column).ok_or(TOO_SHORT)? == background {
            changes.push((row, column));
        }
    }
    for (row, column) in changes {
        rows[row][column] = value.clone();
    }
    fitted_with(grid_of(rows), &[value])
}

fn underpaint(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, object] = *arguments else { unreachable!("the arity is checked") };
    if let (Value::Grid(grid), Value::Mono(..) | Value::Multi(_)) = (grid, object)
        && let Some(background) = most_common(grid.cells())
    {
        return Ok(changed(grid, |cells| draw(cells, grid, object, (0, 0), Some(background))));
    }
    let background = most_color(context, grid)?;
    match plainly_drawn(context, grid, object, background.color())? {
        Some(painted) => Ok(painted),
        None => drawn(context, grid, object, Some(&background)),
    }
}

fn cover(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, patch] = *arguments else { unreachable!("the arity is checked") };
    let background = most_color(context, grid)?;
    filled(context, grid, &background, patch)
}

fn move_(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, object, offset] = *arguments else { unreachable!("the arity is checked") };
    if let (Value::Grid(grid), Value::Pair(down, right)) = (grid, offset)
        && let (Value::Mono(..) | Value::Multi(_), Some(places)) = (object, object.window())
        && let Some(background) = most_common(grid.cells())
    {
        let offset = (i64::from(*down), i64::from(*right));
        return Ok(changed(grid, |cells| {
            fill_places(cells, grid, places, (0, 0), background, None);
            draw(cells, grid, object, offset, None);
        }));
    }
    let covered = cover(context, &[grid, object])?;
    let moved = shifted(object, offset)?;
    paint(context, &[&covered, &moved])
}

/// The grid with an object drawn, cell after cell in canonical order; `over` is the one color that may be drawn over.
fn drawn(context: &mut Context, grid: &Value, object: &Value, over: Option<&Value>) -> Res {
    let width = first_width(grid)?;
    let mut rows = rows_of(grid)?;
    context.pulse(object.count())?;
    let mut colors = Vec::new();
    for element in object.items()? {
        if !element.is_tuple() || element.count() != 2 {
            return Err(NOT_A_CELL);
        }
        let color = element.at(0)?;
        let (row, column) = element.at(1)?.numbers().ok_or(NOT_A_CELL)?;
        if (0..rows.len() as i64).contains(&row) && (0..width as i64).contains(&column) {
            let cell = rows[row as usize].get_mut(column as usize).ok_or(TOO_SHORT)?;
            if over.is_none_or(|over| cell == over) {
                *cell = color.clone();
            }
        }
        if color.is_container() {
            colors.push(color);
        }
    }
    let colors: Vec<&Value> = colors.iter().collect();
    fitted_with(grid_of(rows), &colors)
}
