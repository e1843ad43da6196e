//! Parts of grids: windows, halves, equal parts.
//!
//! Windows are cut as Python slices cut: too far is cut off, a negative start counts from the far edge.

use std::ops::Range;

use super::extents::ulcorner;
use super::grids::{copy_row, empty_rows, first_width};
use super::layout::{Extent, extent, rows_of};
use super::work::floor_div;
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::list;
use crate::value::weight::{bounded, checked, weigh};
use crate::value::{Grid, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("bottomhalf", 1, work::length, bottomhalf),
    primitive("crop", 3, work::cells, crop),
    primitive("hsplit", 2, parts, hsplit),
    primitive("lefthalf", 1, work::cells, lefthalf),
    primitive("righthalf", 1, work::cells, righthalf),
    primitive("subgrid", 2, patch_and_cells, subgrid),
    primitive("tophalf", 1, work::length, tophalf),
    primitive("trim", 1, work::cells, trim),
    primitive("vsplit", 2, parts, vsplit),
];

const NOT_A_TUPLE: Fail = Fail::error("TypeError: a grid is a tuple, and so is a row");
const NOT_AN_INT: Fail = Fail::error("TypeError: an int is wanted");

fn patch_and_cells(arguments: &[&Value]) -> i64 {
    work::length_of(arguments[0]) + work::cells_of(arguments[1])
}

/// Cells, and a row for every row of every part.
fn parts(arguments: &[&Value]) -> i64 {
    match arguments[1] {
        Value::Int(n @ 1..) => work::cells_of(arguments[0]) + (work::length_of(arguments[0]) + 1) * (*n).min(1 << 20),
        _ => 0,
    }
}

/// A slice of Python, as it was asked for.
#[derive(Clone, Copy)]
struct Slice {
    start: i128,
    stop: i128,
}

impl Slice {
    /// So many from a start on.
    fn from(start: i64, count: i64) -> Slice {
        Slice { start: i128::from(start), stop: i128::from(start) + i128::from(count) }
    }

    /// The places that it covers of so many.
    #[inline]
    fn within(self, length: usize) -> Range<usize> {
        let place = |bound: i128| {
            let from_end = if bound < 0 { length as i128 } else { 0 };
            (bound + from_end).clamp(0, length as i128) as usize
        };
        let start = place(self.start);
        start..place(self.stop).max(start)
    }
}

/// Rows and columns of a grid of bytes.
#[inline]
fn window(grid: &Grid, rows: Range<usize>, columns: Range<usize>) -> Value {
    if rows.is_empty() || columns.is_empty() {
        return empty_rows(rows.len());
    }
    let width = grid.width();
    if columns.len() == width {
        return Value::Grid(Grid::of(rows.len(), width, &grid.cells()[rows.start * width..rows.end * width]));
    }
    Value::Grid(Grid::build(rows.len(), columns.len(), |cut| {
        for (i, row) in rows.enumerate() {
            copy_row(cut, i * columns.len(), grid.cells(), row * width + columns.start, columns.len());
        }
    }))
}

/// A part of a tuple.
fn cut(tuple: &Value, slice: Slice) -> Res {
    if !tuple.is_tuple() {
        return Err(NOT_A_TUPLE);
    }
    let places = slice.within(tuple.count());
    Ok(match tuple {
        Value::Grid(grid) => window(grid, places, 0..grid.width()),
        _ => {
            let mut kept = list(places.len());
            kept.extend(tuple.items()?.skip(places.start).take(places.len()));
            Value::tuple(kept)
        }
    })
}

/// The rows within one slice of a grid, each cut by another.
fn cropped(grid: &Value, rows: Slice, columns: Slice) -> Res {
    if let Value::Grid(grid) = grid {
        return Ok(window(grid, rows.within(grid.height()), columns.within(grid.width())));
    }
    let rows: Res<Vec<Value>> = cut(grid, rows)?.items()?.map(|row| cut(&row, columns)).collect();
    Ok(Value::tuple(rows?))
}

/// The slice from a member of start on, of the length that the same member of another tuple says.
fn slice_of(start: &Value, dims: &Value, place: usize) -> Res<Slice> {
    match (start.at(place)?.number(), dims.at(place)?.number()) {
        (Some(start), Some(count)) => Ok(Slice::from(start, count)),
        _ => Err(NOT_AN_INT),
    }
}

fn crop(_: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, start, dims] = *arguments else { unreachable!("the arity is checked") };
    let rows = slice_of(start, dims, 0)?;
    // Where there is no row the columns are not looked at.
    if grid.is_tuple() && rows.within(grid.count()).is_empty() {
        return Ok(Value::empty_tuple());
    }
    cropped(grid, rows, slice_of(start, dims, 1)?)
}

fn subgrid(context: &mut Context, arguments: &[&Value]) -> Res {
    let [patch, grid] = *arguments else { unreachable!("the arity is checked") };
    if patch.is_tuple() {
        return subgrid_of_tuple(context, patch, grid);
    }
    let Extent { top, left, bottom, right } = extent(patch)?;
    let height = checked(i128::from(bottom) - i128::from(top) + 1)?;
    let width = checked(i128::from(right) - i128::from(left) + 1)?;
    cropped(grid, Slice::from(top, height), Slice::from(left, width))
}

/// A tuple is as large as a grid would be; its corner is that of a patch, or the least of its columns when it has more
/// than two.
fn subgrid_of_tuple(context: &mut Context, patch: &Value, grid: &Value) -> Res {
    let corner = ulcorner(context, &[patch])?;
    let (Some(top), Some(left)) = (corner.number_at(0), corner.number_at(1)) else {
        return Err(Fail::error("IndexError: nothing has no corner"));
    };
    let (height, width) = (patch.count() as i64, first_width(patch)? as i64);
    cropped(grid, Slice::from(top, height), Slice::from(left, width))
}

/// How a length is split into equal parts: the length of a part, the step from one to the next, and how many.
fn split(length: usize, n: &Value) -> Res<(i128, i128, i128)> {
    let n = i128::from(n.number().ok_or(NOT_AN_INT)?);
    if n == 0 {
        return Err(Fail::error("ZeroDivisionError: no parts"));
    }
    let part = floor_div(length as i128, n);
    let step = if part * n == length as i128 { part } else { part + 1 };
    Ok((part, step, n))
}

fn hsplit(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, n] = *arguments else { unreachable!("the arity is checked") };
    let (height, width) = (grid.length()? as i128, first_width(grid)?);
    let (part, step, n) = split(width, n)?;
    bounded(n * (1 + height + height * part))?;
    let rows = Slice { start: 0, stop: height };
    cut_into(context, n, |i| cropped(grid, rows, Slice { start: i * step, stop: i * step + part }))
}

fn vsplit(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, n] = *arguments else { unreachable!("the arity is checked") };
    let (height, width) = (grid.length()?, first_width(grid)? as i128);
    let (part, step, n) = split(height, n)?;
    bounded(n * (1 + part + part * width))?;
    let columns = Slice { start: 0, stop: width };
    cut_into(context, n, |i| cropped(grid, Slice { start: i * step, stop: i * step + part }, columns))
}

/// The tuple of so many parts.
fn cut_into(context: &mut Context, n: i128, part: impl Fn(i128) -> Res) -> Res {
    let mut parts = list(n.clamp(0, 64) as usize);
    for i in 0..n {
        parts.push(part(i)?);
        context.pulse(1)?;
    }
    weigh(&parts, 1)?;
    Ok(Value::tuple(parts))
}

fn trim(_: &mut Context, arguments: &[&Value]) -> Res {
    let inner = Slice { start: 1, stop: -1 };
    cropped(arguments[0], inner, inner)
}

fn tophalf(_: &mut Context, arguments: &[&Value]) -> Res {
    let count = arguments[0].length()? as i128;
    cut(arguments[0], Slice { start: 0, stop: count / 2 })
}

fn bottomhalf(_: &mut Context, arguments: &[&Value]) -> Res {
    let count = arguments[0].length()? as i128;
    cut(arguments[0], Slice { start: count - count / 2, stop: count })
}

fn lefthalf(_: &mut Context, arguments: &[&Value]) -> Res {
    halved(arguments[0], |half, _| 0..half)
}

fn righthalf(_: &mut Context, arguments: &[&Value]) -> Res {
    halved(arguments[0], |half, width| width - half..width)
}

/// Some columns of a grid, found from half the width and the width of the shortest row.
fn halved(grid: &Value, columns: impl Fn(usize, usize) -> Range<usize>) -> Res {
    if let Value::Grid(grid) = grid {
        let (half, width) = (grid.width() / 2, grid.width());
        let rows = if half > 0 { 0..grid.height() } else { 0..0 };
        return Ok(window(grid, rows, columns(half, width)));
    }
    if !grid.is_tuple() {
        return Err(NOT_A_TUPLE);
    }
    let rows = rows_of(grid)?;
    let width = rows.iter().map(Vec::len).min().unwrap_or(0);
    let half = width / 2;
    if half == 0 {
        return Ok(Value::empty_tuple());
    }
    let columns = columns(half, width);
    Ok(Value::tuple(rows.into_iter().map(|row| Value::tuple(row[columns.clone()].to_vec())).collect()))
}
