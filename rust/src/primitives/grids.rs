//! Grids: reading a cell, making, joining and comparing grids, exchanging colors.

use super::layout::{Extent, block, colors_of_rows, fitted_with, grid_of, pair, rows_of};
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::{claim, list};
use crate::value::weight::{bounded, checked, weigh, weigh_container};
use crate::value::{Grid, Indices, SPAN, Value, key_of};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("asindices", 1, area, asindices),
    primitive("asobject", 1, work::cells, asobject),
    primitive("canvas", 2, canvas_cells, canvas),
    primitive("cellwise", 3, work::cells, cellwise),
    primitive("hconcat", 2, both, hconcat),
    primitive("index", 2, work::none, index),
    primitive("ofcolor", 2, work::cells, ofcolor),
    primitive("replace", 3, work::cells, replace),
    primitive("switch", 3, work::cells, switch),
    primitive("vconcat", 2, both, vconcat),
];

/// Rows times the length of the first row.
fn area(arguments: &[&Value]) -> i64 {
    match arguments[0] {
        Value::Grid(grid) => grid.cells().len() as i64,
        grid if grid.is_tuple() => match grid.at(0) {
            Ok(row) if row.is_tuple() => work::length_of(grid) * work::length_of(&row),
            _ => 0,
        },
        _ => 0,
    }
}

/// Rows times columns that a size asks for, at least one column a row.
fn canvas_cells(arguments: &[&Value]) -> i64 {
    if let Value::Pair(height, width) = arguments[1] {
        return (i64::from(*height).max(0) * i64::from(*width).max(1)).min(1 << 40);
    }
    match (arguments[1].at(0), arguments[1].at(1)) {
        (Ok(Value::Int(height)), Ok(Value::Int(width))) => {
            (i128::from(height.max(0)) * i128::from(width.max(1))).min(1 << 40) as i64
        }
        _ => 0,
    }
}

/// Cells of two grids.
fn both(arguments: &[&Value]) -> i64 {
    work::cells_of(arguments[0]) + work::cells_of(arguments[1])
}

/// Length of the first row of a tuple of rows.
#[inline]
pub(super) fn first_width(grid: &Value) -> Res<usize> {
    match grid {
        Value::Grid(grid) => Ok(grid.width()),
        _ => grid.at(0)?.length(),
    }
}

/// So many empty rows.
pub(super) fn empty_rows(count: usize) -> Value {
    Value::tuple(vec![Value::empty_tuple(); count])
}

/// Fails when a grid of this size would pass the bound on parts.
#[inline]
pub(super) fn bounded_grid(height: usize, width: usize) -> Res<()> {
    bounded(height as i128 * (width as i128 + 1)).map(|_| ())
}

fn index(_: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, loc] = *arguments else { unreachable!("the arity is checked") };
    let (row, column) = pair(loc)?;
    let (height, width) = (grid.length()?, first_width(grid)?);
    if !(0..height as i64).contains(&row) || !(0..width as i64).contains(&column) {
        return Ok(Value::None);
    }
    match grid {
        Value::Grid(grid) => Ok(Value::Int(i64::from(grid.cell(row as usize, column as usize)))),
        _ => grid.at(row as usize)?.at(column as usize),
    }
}

fn canvas(_: &mut Context, arguments: &[&Value]) -> Res {
    let [value, dimensions] = *arguments else { unreachable!("the arity is checked") };
    let size = |place| match dimensions {
        Value::Pair(height, width) => Ok(i64::from(if place == 0 { *height } else { *width })),
        _ => dimensions.at(place)?.number().ok_or(Fail::error("TypeError: a size is an int")),
    };
    let height = size(0)?;
    if height <= 0 {
        return Ok(Value::empty_tuple());
    }
    let width = size(1)?.max(0);
    bounded(i128::from(height) * (i128::from(width) + 1))?;
    let (height, width) = (height as usize, width as usize);
    match value.color() {
        Some(color) if width > 0 => Ok(Value::Grid(Grid::build(height, width, |cells| cells.fill(color)))),
        _ => {
            claim::<Value>(width.max(height));
            let row = Value::tuple(vec![value.clone(); width]);
            fitted_with(Value::tuple(vec![row; height]), &[value])
        }
    }
}

fn asindices(_: &mut Context, arguments: &[&Value]) -> Res {
    let height = arguments[0].length()?;
    let width = if height > 0 { first_width(arguments[0])? } else { 0 };
    if let Some(places) = Indices::block(0, 0, height as i64 - 1, width as i64 - 1) {
        return Ok(Value::Indices(places));
    }
    block(Extent { top: 0, left: 0, bottom: height as i64 - 1, right: width as i64 - 1 })
}

fn ofcolor(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, value] = *arguments else { unreachable!("the arity is checked") };
    if let Value::Grid(grid) = grid {
        return match value.number().map(u8::try_from) {
            Some(Ok(color)) => places_of_color(grid, color),
            _ => Ok(Value::empty_set()),
        };
    }
    let rows = rows_of(grid)?;
    context.pulse(rows.iter().map(Vec::len).sum())?;
    let mut places = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let found = row.iter().enumerate().filter(|(_, cell)| *cell == value);
        places.extend(found.map(|(j, _)| (i as i64, j as i64)));
    }
    bounded(3 * places.len() as i128)?;
    Ok(Value::places(&places))
}

fn places_of_color(grid: &Grid, color: u8) -> Res {
    let (height, width) = (grid.height(), grid.width());
    if height <= SPAN as usize && width <= SPAN as usize {
        let mut rows = [0; SPAN as usize];
        for (bits, row) in rows.iter_mut().zip(grid.cells().chunks_exact(width)) {
            *bits = bits_of_color(row, color);
        }
        return Ok(Value::indices(Indices::of_rows(0, 0, &rows[..height])));
    }
    let count_in = |cells: &[u8]| cells.iter().map(|cell| u8::from(*cell == color)).sum::<u8>();
    let count: usize = grid.cells().chunks(255).map(|cells| usize::from(count_in(cells))).sum();
    bounded(3 * count as i128)?;
    let mut keys = list(count);
    let (mut left, mut right) = (i64::MAX, 0);
    for (row, cells) in (0..).zip(grid.cells().chunks_exact(width)) {
        let (start, before) = (key_of(row, 0).unwrap_or_default(), keys.len());
        for (chunk, cells) in cells.chunks(SPAN as usize).enumerate() {
            let (first, mut bits) = (start + (chunk * SPAN as usize) as u64, bits_of_color(cells, color));
            while bits != 0 {
                keys.push(first + u64::from(bits.trailing_zeros()));
                bits &= bits - 1;
            }
        }
        if let [first, ..] = keys[before..] {
            left = left.min((first - start) as i64);
            right = right.max((keys[keys.len() - 1] - start) as i64);
        }
    }
    Ok(if keys.is_empty() { Value::empty_set() } else { Value::places_within(&keys, left, right) })
}

/// The cells of a row of at most 64 that have a color, as bits.
#[inline]
pub(super) fn bits_of_color(row: &[u8], color: u8) -> u64 {
    let mut bits = 0;
    let mut at = 0;
    let mut words = row.chunks_exact(8);
    for word in words.by_ref() {
        let word = u64::from_le_bytes([word[0], word[1], word[2], word[3], word[4], word[5], word[6], word[7]]);
        bits |= equal_bytes(word, color) << at;
        at += 8;
    }
    let rest = words.remainder();
    if !rest.is_empty() {
        let mut word = 0;
        for (i, cell) in rest.iter().enumerate() {
            word |= u64::from(*cell) << (8 * i);
        }
        bits |= (equal_bytes(word, color) & ((1 << rest.len()) - 1)) << at;
    }
    bits
}

/// Which of eight bytes are this one: a bit each, the lowest byte first.
#[inline]
fn equal_bytes(word: u64, byte: u8) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = 0x7f * ONES;
    let differing = word ^ (ONES * u64::from(byte));
    let equal = !(((differing & LOW) + LOW) | differing | LOW) >> 7;
    // Moves the lowest bit of each byte into the highest byte, in order.
    equal.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

fn asobject(context: &mut Context, arguments: &[&Value]) -> Res {
    if let Value::Grid(grid) = arguments[0] {
        return object_of_grid(grid);
    }
    let rows = colors_of_rows(rows_of(arguments[0])?);
    let count = rows.iter().map(Vec::len).sum();
    bounded(5 * count as i128)?;
    context.pulse(count)?;
    let mut cells = list(count);
    for (i, row) in rows.iter().enumerate() {
        cells.extend(row.iter().enumerate().map(|(j, color)| Value::cell(color, &Value::pair(i as i64, j as i64))));
    }
    let object = Value::set(cells);
    weigh_container(&object, 1)?;
    Ok(object)
}

fn object_of_grid(grid: &Grid) -> Res {
    let (height, width) = (grid.height() as i64, grid.width() as i64);
    bounded(5 * grid.cells().len() as i128)?;
    if let Some(places) = Indices::block(0, 0, height - 1, width - 1) {
        return Ok(Value::object(places, grid.cells()));
    }
    let mut keys = list(grid.cells().len());
    for (row, cells) in (0..height).zip(grid.cells().chunks_exact(grid.width())) {
        let start = key_of(row, 0).unwrap_or_default();
        keys.extend((start..).zip(cells).map(|(key, color)| key << 8 | u64::from(*color)));
    }
    Ok(Value::spread_cells(&keys))
}

fn hconcat(_: &mut Context, arguments: &[&Value]) -> Res {
    let [a, b] = *arguments else { unreachable!("the arity is checked") };
    if let (Value::Grid(a), Value::Grid(b)) = (a, b) {
        let (height, left, right) = (a.height().min(b.height()), a.width(), b.width());
        bounded_grid(height, left + right)?;
        return Ok(Value::Grid(Grid::build(height, left + right, |cells| {
            for row in 0..height {
                let at = row * (left + right);
                copy_row(cells, at, a.cells(), row * left, left);
                copy_row(cells, at + left, b.cells(), row * right, right);
            }
        })));
    }
    claim::<Value>(a.general_parts() + b.general_parts());
    let rows: Res<Vec<Value>> = a.items()?.zip(b.items()?).map(|(left, right)| joined(&left, &right)).collect();
    weighed(rows?)
}

/// Copies so many bytes of `from` to a place in `to`. What follows that place, up to 31 bytes, may be overwritten: rows are
/// copied in order, and each next one puts it right. Short rows of any length are copied by the same few instructions.
#[inline]
pub(super) fn copy_row(to: &mut [u8], at: usize, from: &[u8], start: usize, length: usize) {
    if length <= 16
        && let (Some(to), Some(from)) = (to.get_mut(at..at + 16), from.get(start..start + 16))
    {
        to.copy_from_slice(from);
    } else if length <= 32
        && let (Some(to), Some(from)) = (to.get_mut(at..at + 32), from.get(start..start + 32))
    {
        to.copy_from_slice(from);
    } else {
        to[at..at + length].copy_from_slice(&from[start..start + length]);
    }
}

fn vconcat(_: &mut Context, arguments: &[&Value]) -> Res {
    let [a, b] = *arguments else { unreachable!("the arity is checked") };
    match (a, b) {
        (Value::Grid(a), Value::Grid(b)) if a.width() == b.width() => {
            let (height, width) = (a.height() + b.height(), a.width());
            bounded_grid(height, width)?;
            Ok(Value::Grid(Grid::build(height, width, |cells| {
                let (above, below) = cells.split_at_mut(a.cells().len());
                above.copy_from_slice(a.cells());
                below.copy_from_slice(b.cells());
            })))
        }
        _ if a.is_tuple() && b.is_tuple() => weighed(chained(a, b)?),
        _ => joined(a, b),
    }
}

/// Two tuples end to end, or the sum of two ints.
fn joined(a: &Value, b: &Value) -> Res {
    if a.is_tuple() && b.is_tuple() {
        return Ok(Value::tuple(chained(a, b)?));
    }
    match (a.number(), b.number()) {
        (Some(a), Some(b)) => Ok(Value::Int(checked(i128::from(a) + i128::from(b))?)),
        _ => Err(Fail::error("TypeError: only two tuples or two ints can be joined")),
    }
}

/// The elements of two containers, one after the other.
fn chained(a: &Value, b: &Value) -> Res<Vec<Value>> {
    let mut items = list(a.count() + b.count());
    items.extend(a.items()?.chain(b.items()?));
    Ok(items)
}

/// The rows as a grid, when it stays within bounds.
fn weighed(rows: Vec<Value>) -> Res {
    weigh(&rows, 1)?;
    Ok(Value::tuple(rows))
}

fn cellwise(context: &mut Context, arguments: &[&Value]) -> Res {
    let [a, b, fallback] = *arguments else { unreachable!("the arity is checked") };
    let (height, width) = (a.length()?, first_width(a)?);
    if width == 0 {
        return Ok(empty_rows(height));
    }
    if let (Value::Grid(a), Value::Grid(b), Some(fallback)) = (a, b, fallback.color()) {
        return common_cells(a, b, fallback);
    }
    context.pulse(height * width)?;
    claim::<Value>(height * width);
    let mut rows = list(height);
    for i in 0..height {
        let (mine, theirs) = (a.at(i)?, b.at(i)?);
        mine.at(width - 1)?;
        theirs.at(width - 1)?;
        let cells = mine.items()?.zip(theirs.items()?).take(width);
        rows.push(cells.map(|(x, y)| if x == y { x } else { fallback.clone() }).collect());
    }
    fitted_with(grid_of(rows), &[fallback])
}

fn common_cells(a: &Grid, b: &Grid, fallback: u8) -> Res {
    let (height, width) = (a.height(), a.width());
    if b.height() < height || b.width() < width {
        return Err(Fail::error("IndexError: the second grid is smaller than the first"));
    }
    let choose = |cells: &mut [u8], mine: &[u8], theirs: &[u8]| {
        for ((cell, x), y) in cells.iter_mut().zip(mine).zip(theirs) {
            *cell = if x == y { *x } else { fallback };
        }
    };
    Ok(Value::Grid(Grid::build(height, width, |cells| {
        if b.width() == width {
            return choose(cells, a.cells(), b.cells());
        }
        let rows = a.cells().chunks_exact(width).zip(b.cells().chunks_exact(b.width()));
        for (row, (mine, theirs)) in cells.chunks_exact_mut(width).zip(rows) {
            choose(row, mine, theirs);
        }
    })))
}

fn replace(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, replacee, replacer] = *arguments else { unreachable!("the arity is checked") };
    if let Some((grid, from, to)) = exchangeable(grid, replacee, replacer) {
        return Ok(exchanged(&grid, |cell| if cell == from { to } else { cell }));
    }
    let mut rows = rows_of(grid)?;
    context.pulse(rows.iter().map(Vec::len).sum())?;
    for cell in rows.iter_mut().flatten() {
        if cell == replacee {
            *cell = replacer.clone();
        }
    }
    fitted_with(grid_of(rows), &[replacer])
}

fn switch(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, a, b] = *arguments else { unreachable!("the arity is checked") };
    if let Some((grid, first, second)) = exchangeable(grid, a, b) {
        return Ok(exchanged(&grid, |cell| {
            let cell_or_second = if cell == first { second } else { cell };
            if cell == second { first } else { cell_or_second }
        }));
    }
    let mut rows = rows_of(grid)?;
    if a == b {
        return Ok(grid_of(rows));
    }
    context.pulse(rows.iter().map(Vec::len).sum())?;
    for cell in rows.iter_mut().flatten() {
        if cell == a {
            *cell = b.clone();
        } else if cell == b {
            *cell = a.clone();
        }
    }
    fitted_with(grid_of(rows), &[a, b])
}

#[inline]
fn exchanged(grid: &Grid, exchange: impl Fn(u8) -> u8) -> Value {
    Value::Grid(Grid::build(grid.height(), grid.width(), |cells| {
        for (new, old) in cells.iter_mut().zip(grid.cells()) {
            *new = exchange(*old);
        }
    }))
}

/// A grid of bytes and two colors that are bytes. As in the python engine a grid with bools passes for one: its cells
/// become ints.
#[inline]
fn exchangeable(grid: &Value, a: &Value, b: &Value) -> Option<(Grid, u8, u8)> {
    let (a, b) = (a.color()?, b.color()?);
    match grid {
        Value::Grid(grid) => Some((grid.clone(), a, b)),
        Value::Tuple(_) => bytes_of(grid).map(|grid| (grid, a, b)),
        _ => None,
    }
}

/// The grid of a tuple of even rows, tuples of ints and bools from 0 to 255.
fn bytes_of(grid: &Value) -> Option<Grid> {
    let width = first_width(grid).ok()?;
    if width == 0 {
        return None;
    }
    let mut cells = Vec::new();
    for row in grid.slice()? {
        if !row.is_tuple() || row.count() != width {
            return None;
        }
        for cell in row.items().ok()? {
            cells.push(u8::try_from(cell.number()?).ok()?);
        }
    }
    Some(Grid::of(grid.count(), width, &cells))
}
