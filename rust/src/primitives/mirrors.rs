//! Turns and mirrors of grids, mirrors of patches within their own bounding box.
//!
//! Where rows become columns, uneven rows are cut to the shortest.

use super::grids::{bounded_grid, copy_row};
use super::layout::{Extent, extent, grid_of, is_object, rows_of};
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::{claim, list};
use crate::value::weight::{bounded, checked};
use crate::value::{Grid, Indices, Multi, SPAN, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("cmirror", 1, work::cells, cmirror),
    primitive("dmirror", 1, work::cells, dmirror),
    primitive("hmirror", 1, work::cells, hmirror),
    primitive("rot180", 1, work::cells, rot180),
    primitive("rot270", 1, work::cells, rot270),
    primitive("rot90", 1, work::cells, rot90),
    primitive("vmirror", 1, work::cells, vmirror),
];

/// Bits of a window, a row each.
type Bits = [u64; SPAN as usize];

fn rot90(context: &mut Context, arguments: &[&Value]) -> Res {
    let rows = match arguments[0] {
        Value::Grid(grid) => return turned(grid, true, false),
        tuple => reversed(tuple)?,
    };
    transposed(context, &Value::tuple(rows), false)
}

fn rot270(context: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0] {
        Value::Grid(grid) => turned(grid, false, true),
        tuple if tuple.is_tuple() => transposed(context, tuple, true),
        _ => Err(NOT_A_TUPLE),
    }
}

fn rot180(_: &mut Context, arguments: &[&Value]) -> Res {
    if let Value::Grid(grid) = arguments[0] {
        return Ok(Value::Grid(Grid::build(grid.height(), grid.width(), |cells| reverse_into(cells, grid.cells()))));
    }
    reversed_rows(reversed(arguments[0])?)
}

fn hmirror(_: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0] {
        Value::Grid(grid) => {
            let width = grid.width();
            Ok(Value::Grid(Grid::build(grid.height(), width, |cells| {
                for row in 0..grid.height() {
                    copy_row(cells, row * width, grid.cells(), (grid.height() - 1 - row) * width, width);
                }
            })))
        }
        Value::Indices(places) => Ok(Value::indices(upside_down(places))),
        Value::Mono(color, places) => Ok(Value::mono(*color, upside_down(places))),
        Value::Multi(multi) => Ok(object(upside_down(multi.places()), &colors_upward(multi))),
        tuple if tuple.is_tuple() => Ok(Value::tuple(reversed(tuple)?)),
        patch => {
            let Extent { top, bottom, .. } = extent(patch)?;
            remapped(patch, |i, j| (i128::from(top) + i128::from(bottom) - i, j))
        }
    }
}

fn vmirror(_: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0] {
        Value::Grid(grid) => {
            let width = grid.width();
            Ok(Value::Grid(Grid::build(grid.height(), width, |cells| {
                for (to, from) in cells.chunks_exact_mut(width).zip(grid.cells().chunks_exact(width)) {
                    reverse_into(to, from);
                }
            })))
        }
        Value::Indices(places) => Ok(Value::indices(left_to_right(places))),
        Value::Mono(color, places) => Ok(Value::mono(*color, left_to_right(places))),
        Value::Multi(multi) => {
            let mut colors = colors_upward(multi);
            colors.reverse();
            Ok(object(left_to_right(multi.places()), &colors))
        }
        tuple if tuple.is_tuple() => reversed_rows(tuple.listed()?),
        patch => {
            let Extent { left, right, .. } = extent(patch)?;
            remapped(patch, |i, j| (i, i128::from(left) + i128::from(right) - j))
        }
    }
}

fn dmirror(context: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0] {
        Value::Grid(grid) => turned(grid, false, false),
        tuple if tuple.is_tuple() => transposed(context, tuple, false),
        patch => diagonal(patch, false),
    }
}

fn cmirror(context: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0] {
        Value::Grid(grid) => turned(grid, true, true),
        tuple if tuple.is_tuple() => {
            let rows = reversed_rows(reversed(tuple)?)?;
            transposed(context, &rows, false)
        }
        patch => diagonal(patch, true),
    }
}

const NOT_A_TUPLE: Fail = Fail::error("TypeError: a grid is a tuple, and so is a row");

/// The elements of a tuple in reverse.
fn reversed(tuple: &Value) -> Res<Vec<Value>> {
    if !tuple.is_tuple() {
        return Err(NOT_A_TUPLE);
    }
    let mut items: Vec<Value> = tuple.listed()?;
    items.reverse();
    Ok(items)
}

/// The grid of these rows, each in reverse; all must be tuples.
fn reversed_rows(rows: Vec<Value>) -> Res {
    claim::<Value>(rows.iter().map(Value::count).sum::<usize>() + rows.len());
    let rows: Res<Vec<Value>> = rows.iter().map(|row| reversed(row).map(Value::tuple)).collect();
    Ok(Value::tuple(rows?))
}

/// Copies bytes in reverse into a slice of the same length.
#[inline]
fn reverse_into(to: &mut [u8], from: &[u8]) {
    let mut ends = to.chunks_exact_mut(8);
    let mut words = from.rchunks_exact(8);
    for (to, from) in ends.by_ref().zip(words.by_ref()) {
        to.copy_from_slice(&word_of(from).swap_bytes().to_le_bytes());
    }
    for (to, from) in ends.into_remainder().iter_mut().zip(words.remainder().iter().rev()) {
        *to = *from;
    }
}

/// Eight bytes, the first the lowest.
#[inline]
fn word_of(bytes: &[u8]) -> u64 {
    u64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
}

/// The columns of a tuple of rows, as far as the shortest reaches; first or last column first.
fn transposed(context: &mut Context, rows: &Value, from_last: bool) -> Res {
    let rows = rows_of(rows)?;
    let count = rows.iter().map(Vec::len).min().unwrap_or(0);
    bounded(count as i128 * (rows.len() as i128 + 1))?;
    context.pulse(count * rows.len())?;
    claim::<Value>(count * rows.len());
    let column = |j: usize| rows.iter().map(|row| row[j].clone()).collect();
    Ok(grid_of(if from_last { (0..count).rev().map(column).collect() } else { (0..count).map(column).collect() }))
}

/// A grid whose rows are the columns of another. `upward` reads the columns from the last row up, `from_last` takes the
/// last column first.
fn turned(grid: &Grid, upward: bool, from_last: bool) -> Res {
    let (height, width) = (grid.height(), grid.width());
    bounded_grid(width, height)?;
    Ok(Value::Grid(Grid::build(width, height, |cells| {
        turn_into(cells, grid.cells(), height, width, upward, from_last);
    })))
}

/// Writes the columns of a grid of that size as rows; `upward` and `from_last` as for [`turned`].
#[inline]
pub fn turn_into(cells: &mut [u8], from: &[u8], height: usize, width: usize, upward: bool, from_last: bool) {
    let row = |i: usize| &from[(if upward { height - 1 - i } else { i }) * width..][..width];
    let place = |j: usize| if from_last { width - 1 - j } else { j };
    if height < 8 || width < 8 {
        for i in 0..height {
            for (j, cell) in row(i).iter().enumerate() {
                cells[place(j) * height + i] = *cell;
            }
        }
        return;
    }
    // Blocks of 8 x 8; the last ones overlap those before.
    for i in (0..height).step_by(8).map(|i| i.min(height - 8)) {
        for j in (0..width).step_by(8).map(|j| j.min(width - 8)) {
            let block: [u64; 8] = std::array::from_fn(|k| word_of(&row(i + k)[j..j + 8]));
            for (k, column) in transposed_bytes(block).into_iter().enumerate() {
                let at = place(j + k) * height + i;
                cells[at..at + 8].copy_from_slice(&column.to_le_bytes());
            }
        }
    }
}

/// Rows and columns of 8 x 8 bytes exchanged.
#[inline]
fn transposed_bytes(mut rows: [u64; 8]) -> [u64; 8] {
    let mut exchange = |i: usize, step: usize, low: u64| {
        let swap = ((rows[i] >> (8 * step)) ^ rows[i + step]) & low;
        rows[i + step] ^= swap;
        rows[i] ^= swap << (8 * step);
    };
    for i in [0, 1, 2, 3] {
        exchange(i, 4, 0x0000_0000_ffff_ffff);
    }
    for i in [0, 1, 4, 5] {
        exchange(i, 2, 0x0000_ffff_0000_ffff);
    }
    for i in [0, 2, 4, 6] {
        exchange(i, 1, 0x00ff_00ff_00ff_00ff);
    }
    rows
}

/// A patch mirrored at a diagonal, the upper left corner kept: the main one, or the other.
fn diagonal(patch: &Value, is_counter: bool) -> Res {
    if let Some(mirrored) = patch.window().and_then(|places| diagonal_window(patch, places, is_counter)) {
        return Ok(mirrored);
    }
    let Extent { top, left, bottom, right } = extent(patch)?;
    let [top, left, bottom, right] = [top, left, bottom, right].map(i128::from);
    checked(top + right - left)?;
    checked(left + bottom - top)?;
    if is_counter {
        remapped(patch, |i, j| (top + right - j, left + bottom - i))
    } else {
        remapped(patch, |i, j| (j + top - left, i + left - top))
    }
}

/// [`diagonal`] of a compact patch; None when it would leave 32 bits.
fn diagonal_window(patch: &Value, places: &Indices, is_counter: bool) -> Option<Value> {
    let (height, width) = (places.height(), places.width());
    let (top, left) = (places.top(), places.left());
    if !Indices::fits(top, left, top + width as i64 - 1, left + height as i64 - 1) {
        return None;
    }
    let mut rows = transposed_bits(places);
    if is_counter {
        rows[..width].reverse();
        for bits in &mut rows[..width] {
            *bits = bits.reverse_bits() >> (SPAN as usize - height);
        }
    }
    let mirrored = Indices::of_rows(top, left, &rows[..width]);
    Some(match patch {
        Value::Mono(color, _) => Value::mono(*color, mirrored),
        Value::Multi(multi) => {
            let mut colors = colors_by_column(multi);
            if is_counter {
                colors.reverse();
            }
            object(mirrored, &colors)
        }
        _ => Value::indices(mirrored),
    })
}

/// The bits of a window with rows and columns exchanged.
fn transposed_bits(places: &Indices) -> Bits {
    let mut rows = [0; SPAN as usize];
    let sides = places.height().max(places.width());
    if places.len() <= sides {
        for (i, bits) in places.rows().iter().enumerate() {
            let mut bits = *bits;
            while bits != 0 {
                rows[bits.trailing_zeros() as usize] |= 1 << i;
                bits &= bits - 1;
            }
        }
        return rows;
    }
    rows[..places.height()].copy_from_slice(places.rows());
    let mut step = sides.next_power_of_two() / 2;
    while step > 0 {
        // The columns whose number lacks the bit `step`.
        let low = u64::MAX / ((1 << step) + 1);
        for pair in rows[..sides.next_power_of_two()].chunks_exact_mut(2 * step) {
            let (upper, lower) = pair.split_at_mut(step);
            for (upper, lower) in upper.iter_mut().zip(lower) {
                let swap = ((*upper >> step) ^ *lower) & low;
                *lower ^= swap;
                *upper ^= swap << step;
            }
        }
        step /= 2;
    }
    rows
}

/// The window with its rows in reverse.
fn upside_down(places: &Indices) -> Option<Indices> {
    let mut rows = [0; SPAN as usize];
    for (to, from) in rows.iter_mut().zip(places.rows().iter().rev()) {
        *to = *from;
    }
    Indices::of_rows(places.top(), places.left(), &rows[..places.height()])
}

/// The window with each row in reverse.
fn left_to_right(places: &Indices) -> Option<Indices> {
    let mut rows = [0; SPAN as usize];
    for (to, from) in rows.iter_mut().zip(places.rows()) {
        *to = from.reverse_bits() >> (SPAN as usize - places.width());
    }
    Indices::of_rows(places.top(), places.left(), &rows[..places.height()])
}

/// The object on places that are there, as many as colors.
fn object(places: Option<Indices>, colors: &[u8]) -> Value {
    places.map_or_else(Value::empty_set, |places| Value::object(places, colors))
}

/// Colors of an object row by row, the last row first.
fn colors_upward(multi: &Multi) -> Vec<u8> {
    let mut colors = list(multi.colors().len());
    let mut end = multi.colors().len();
    for bits in multi.places().rows().iter().rev() {
        let start = end - bits.count_ones() as usize;
        colors.extend_from_slice(&multi.colors()[start..end]);
        end = start;
    }
    colors
}

/// Colors of an object column by column.
fn colors_by_column(multi: &Multi) -> Vec<u8> {
    let places = multi.places();
    let mut ends = [0u16; SPAN as usize + 1];
    for (_, column) in places.places() {
        ends[(column - places.left()) as usize + 1] += 1;
    }
    for column in 1..places.width() {
        ends[column] += ends[column - 1];
    }
    let mut colors = vec![0; multi.colors().len()];
    for ((_, column), color) in places.places().zip(multi.colors()) {
        let end = &mut ends[(column - places.left()) as usize];
        colors[usize::from(*end)] = *color;
        *end += 1;
    }
    colors
}

/// The set of a patch's elements with every location replaced; [`extent`] of it did not fail.
pub(super) fn remapped(patch: &Value, place: impl Fn(i128, i128) -> (i128, i128)) -> Res {
    let are_cells = is_object(patch)?;
    let moved = |from: &Value| {
        let (row, column) = from.numbers().ok_or(Fail::error("TypeError: a location is a pair of ints"))?;
        let (row, column) = place(i128::from(row), i128::from(column));
        Ok(Value::pair(checked(row)?, checked(column)?))
    };
    let mut items = list(patch.count());
    for element in patch.items()? {
        items.push(if are_cells { Value::cell(&element.at(0)?, &moved(&element.at(1)?)?) } else { moved(&element)? });
    }
    Ok(Value::set(items))
}
