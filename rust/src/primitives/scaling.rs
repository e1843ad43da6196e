//! Making grids and objects larger or smaller by a whole factor.

use super::grids::{bounded_grid, copy_row, empty_rows, first_width};
use super::layout::{Extent, extent, grid_of, is_object, rows_of};
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::{claim, list};
use crate::value::weight::{bounded, checked, weigh, weigh_container};
use crate::value::{Grid, Indices, SPAN, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("downscale", 2, work::cells, downscale),
    primitive("hupscale", 2, |arguments| scaled(arguments, 1), hupscale),
    primitive("upscale", 2, |arguments| scaled(arguments, 2), upscale),
    primitive("vupscale", 2, |arguments| scaled(arguments, 1), vupscale),
];

/// Cells, and cells times the factor to a power; no more than the cells for a factor that is no positive int.
fn scaled(arguments: &[&Value], power: u32) -> i64 {
    let cells = work::cells_of(arguments[0]);
    match arguments[1] {
        Value::Int(factor @ 1..) => cells + cells * (*factor).min(1 << 20).pow(power),
        _ => cells,
    }
}

/// The factor, which must be an int.
fn factor_of(factor: &Value) -> Res<i64> {
    factor.number().ok_or(Fail::error("TypeError: a factor is an int"))
}

fn hupscale(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, factor] = *arguments else { unreachable!("the arity is checked") };
    if let Value::Grid(grid) = grid {
        let factor = factor_of(factor)?;
        bounded(grid.height() as i128 + grid.cells().len() as i128 * i128::from(factor))?;
        if factor <= 0 {
            return Ok(empty_rows(grid.height()));
        }
        let factor = factor as usize;
        return Ok(Value::Grid(Grid::build(grid.height(), grid.width() * factor, |cells| {
            stretch_into(cells, grid.cells(), factor);
        })));
    }
    let rows = rows_of(grid)?;
    let count: usize = rows.iter().map(Vec::len).sum();
    if count == 0 {
        return Ok(grid_of(rows));
    }
    let factor = factor_of(factor)?;
    bounded(rows.len() as i128 + count as i128 * i128::from(factor))?;
    let factor = factor.max(0) as usize;
    context.pulse(count * factor)?;
    claim::<Value>(count * factor);
    let rows: Vec<Value> = rows.iter().map(|row| stretched(row, factor)).collect();
    weigh(&rows, 1)?;
    Ok(Value::tuple(rows))
}

/// The row with every cell repeated.
fn stretched(row: &[Value], factor: usize) -> Value {
    let mut cells = list(row.len() * factor);
    cells.extend(row.iter().flat_map(|cell| std::iter::repeat_n(cell, factor)).cloned());
    Value::tuple(cells)
}

/// Writes every cell so many times, one after the other.
#[inline]
fn stretch_into(to: &mut [u8], cells: &[u8], factor: usize) {
    match factor {
        1 => to.copy_from_slice(cells),
        2 => stretch_by::<2>(to, cells),
        3 => stretch_by::<3>(to, cells),
        4 => stretch_by::<4>(to, cells),
        5 => stretch_by::<5>(to, cells),
        _ => {
            for (to, cell) in to.chunks_exact_mut(factor).zip(cells) {
                to.fill(*cell);
            }
        }
    }
}

/// [`stretch_into`] by a factor known when this is compiled.
#[inline]
fn stretch_by<const FACTOR: usize>(to: &mut [u8], cells: &[u8]) {
    for (to, cell) in to.chunks_exact_mut(FACTOR).zip(cells) {
        to.copy_from_slice(&[*cell; FACTOR]);
    }
}

fn vupscale(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, factor] = *arguments else { unreachable!("the arity is checked") };
    let count = grid.length()?;
    if count == 0 {
        return Ok(Value::empty_tuple());
    }
    let factor = factor_of(factor)?.max(0);
    bounded(count as i128 * i128::from(factor))?;
    let factor = factor as usize;
    if factor == 0 {
        return Ok(Value::empty_tuple());
    }
    if let Value::Grid(grid) = grid {
        let (height, width) = (grid.height() * factor, grid.width());
        bounded_grid(height, width)?;
        return Ok(Value::Grid(Grid::build(height, width, |cells| {
            for row in 0..height {
                copy_row(cells, row * width, grid.cells(), row / factor * width, width);
            }
        })));
    }
    context.pulse(count * factor)?;
    let mut rows = list(count * factor);
    rows.extend(grid.items()?.flat_map(|row| std::iter::repeat_n(row, factor)));
    weigh(&rows, 1)?;
    Ok(Value::tuple(rows))
}

/// Fills rows with copies of one.
#[inline]
fn repeat_into(rows: &mut [u8], row: &[u8]) {
    for to in rows.chunks_exact_mut(row.len()) {
        to.copy_from_slice(row);
    }
}

fn upscale(context: &mut Context, arguments: &[&Value]) -> Res {
    let [element, factor] = *arguments else { unreachable!("the arity is checked") };
    if element.length()? == 0 {
        return Ok(element.clone());
    }
    match element {
        Value::Grid(grid) => upscaled_grid(grid, factor_of(factor)?.max(0)),
        _ if element.is_tuple() => upscaled_tuple(context, element, factor),
        _ => upscaled_object(context, element, factor_of(factor)?.max(0)),
    }
}

fn upscaled_grid(grid: &Grid, factor: i64) -> Res {
    let times = i128::from(factor);
    let count = times.saturating_mul(grid.cells().len() as i128).saturating_add(grid.height() as i128);
    bounded(times.saturating_mul(count))?;
    if factor == 0 {
        return Ok(Value::empty_tuple());
    }
    let factor = factor as usize;
    let width = grid.width() * factor;
    Ok(Value::Grid(Grid::build(grid.height() * factor, width, |cells| {
        for (rows, row) in cells.chunks_exact_mut(width * factor).zip(grid.cells().chunks_exact(grid.width())) {
            let (first, others) = rows.split_at_mut(width);
            stretch_into(first, row, factor);
            repeat_into(others, first);
        }
    })))
}

fn upscaled_tuple(context: &mut Context, grid: &Value, factor: &Value) -> Res {
    let rows = rows_of(grid)?;
    let times = i128::from(factor_of(factor)?.max(0));
    let count: usize = rows.iter().map(Vec::len).sum();
    bounded(times.saturating_mul(times.saturating_mul(count as i128).saturating_add(rows.len() as i128)))?;
    let factor = times as usize;
    if factor == 0 {
        return Ok(Value::empty_tuple());
    }
    context.pulse(count * factor * factor)?;
    claim::<Value>(count * factor + rows.len() * factor);
    let rows = rows.iter().map(|row| stretched(row, factor));
    let rows: Vec<Value> = rows.flat_map(|row| std::iter::repeat_n(row, factor)).collect();
    weigh(&rows, 1)?;
    Ok(Value::tuple(rows))
}

fn upscaled_object(context: &mut Context, object: &Value, factor: i64) -> Res {
    let Extent { top, left, bottom, right } = extent(object)?;
    let times = i128::from(factor);
    bounded((5 * object.count() as i128).saturating_mul(times * times))?;
    if factor == 0 {
        return Ok(Value::empty_set());
    }
    let [top, left, bottom, right] = [top, left, bottom, right].map(i128::from);
    let last_row = checked(top + (bottom - top + 1) * times - 1)?;
    let last_column = checked(left + (right - left + 1) * times - 1)?;
    if !is_object(object)? {
        return Err(Fail::error("TypeError: only grids and objects can be made larger"));
    }
    if Indices::fits(top as i64, left as i64, last_row, last_column)
        && let Some(larger) = upscaled_window(object, factor as usize)
    {
        return Ok(larger);
    }
    context.pulse(object.count() * factor as usize * factor as usize)?;
    let mut cells = list(object.count() * factor as usize * factor as usize);
    for cell in object.items()? {
        let color = cell.at(0)?;
        let (row, column) = cell.at(1)?.numbers().ok_or(Fail::error("TypeError: a location is a pair of ints"))?;
        let row = (top + (i128::from(row) - top) * times) as i64;
        let column = (left + (i128::from(column) - left) * times) as i64;
        for i in 0..factor {
            cells.extend((0..factor).map(|j| Value::cell(&color, &Value::pair(row + i, column + j))));
        }
    }
    let larger = Value::set(cells);
    weigh_container(&larger, 1)?;
    Ok(larger)
}

/// A compact object made larger, within a window that can be held; None of any other object.
fn upscaled_window(object: &Value, factor: usize) -> Option<Value> {
    let places = object.window()?;
    let mut rows = [0u64; SPAN as usize];
    for (to, bits) in rows.chunks_exact_mut(factor).zip(places.rows()) {
        to.fill(stretched_bits(*bits, factor));
    }
    let larger = Indices::of_rows(places.top(), places.left(), &rows[..places.height() * factor]);
    match object {
        Value::Mono(color, _) => Some(Value::mono(*color, larger)),
        Value::Multi(multi) => {
            let mut colors = list(multi.colors().len() * factor * factor);
            let mut left = multi.colors();
            for bits in places.rows() {
                let (row, rest) = left.split_at(bits.count_ones() as usize);
                left = rest;
                for _ in 0..factor {
                    colors.extend(row.iter().flat_map(|color| std::iter::repeat_n(*color, factor)));
                }
            }
            larger.map(|larger| Value::object(larger, &colors))
        }
        _ => None,
    }
}

/// Every bit repeated so many times; they fit.
#[inline]
fn stretched_bits(mut bits: u64, factor: usize) -> u64 {
    let block = u64::MAX >> (SPAN as usize - factor);
    let mut stretched = 0;
    while bits != 0 {
        stretched |= block << (bits.trailing_zeros() as usize * factor);
        bits &= bits - 1;
    }
    stretched
}

fn downscale(_: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, factor] = *arguments else { unreachable!("the arity is checked") };
    let width = first_width(grid)?;
    let step = factor_of(factor)?.unsigned_abs();
    if step == 0 {
        return Err(Fail::error("ValueError: a step of 0"));
    }
    let step = usize::try_from(step).unwrap_or(usize::MAX);
    let height = (grid.count() - 1) / step + 1;
    if width == 0 {
        return Ok(empty_rows(height));
    }
    let last = (width - 1) / step * step;
    if let Value::Grid(grid) = grid {
        let columns = last / step + 1;
        return Ok(Value::Grid(Grid::build(height, columns, |cells| {
            let rows = grid.cells().chunks_exact(width).step_by(step);
            for (to, from) in cells.chunks_exact_mut(columns).zip(rows) {
                for (to, from) in to.iter_mut().zip(from.iter().step_by(step)) {
                    *to = *from;
                }
            }
        })));
    }
    for row in grid.items()? {
        row.at(last)?;
    }
    let mut rows = list(height);
    for row in grid.items()?.step_by(step) {
        rows.push(row.items()?.take(width).step_by(step).collect());
    }
    Ok(grid_of(rows))
}
