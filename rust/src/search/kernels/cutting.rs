//! Parts of grids, as Python slices cut.

use std::ops::Range;

use super::{Made, Operand, copy_row, grid, value};
use crate::search::grids::{Cells, SLACK};
use crate::value::Value;

/// Copies rows and columns of a grid.
#[inline]
fn window(grid: Cells<'_>, room: &mut [u8], work: usize, rows: Range<usize>, columns: Range<usize>) -> Made {
    if rows.is_empty() || columns.is_empty() {
        return Made::nothing(work);
    }
    let (height, width, from) = (rows.len(), columns.len(), grid.with_slack());
    for (to, row) in rows.enumerate() {
        copy_row(room, to * width, from, row * grid.width + columns.start);
    }
    Made::grid(work, height, width)
}

pub fn tophalf(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    window(grid, room, grid.height, 0..grid.height / 2, 0..grid.width)
}

pub fn bottomhalf(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    window(grid, room, grid.height, grid.height - grid.height / 2..grid.height, 0..grid.width)
}

pub fn lefthalf(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    window(grid, room, grid.height * grid.width, 0..grid.height, 0..grid.width / 2)
}

pub fn righthalf(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    let columns = grid.width - grid.width / 2..grid.width;
    window(grid, room, grid.height * grid.width, 0..grid.height, columns)
}

pub fn trim(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    let (rows, columns) = (1..grid.height.saturating_sub(1), 1..grid.width.saturating_sub(1));
    window(grid, room, grid.height * grid.width, rows, columns)
}

/// The places of so many that a slice covers: so many from a start on.
#[inline]
fn slice(start: i64, count: i64, length: usize) -> Range<usize> {
    let length = length as i64;
    let place = |bound: i64| (if bound < 0 { bound + length } else { bound }).clamp(0, length);
    let first = place(start);
    first as usize..place(start + count).max(first) as usize
}

pub fn crop(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    let work = grid.height * grid.width;
    let (&Value::Pair(top, left), &Value::Pair(height, width)) = (value(arguments, 1), value(arguments, 2)) else {
        return Made::nothing(work);
    };
    let rows = slice(top.into(), height.into(), grid.height);
    window(grid, room, work, rows, slice(left.into(), width.into(), grid.width))
}

pub fn subgrid(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let (Some(grid), patch) = (grid(arguments, 1), value(arguments, 0)) else { return Made::nothing(0) };
    let Some(places) = patch.window() else { return Made::nothing(0) };
    let rows = slice(places.top(), places.height() as i64, grid.height);
    let columns = slice(places.left(), places.width() as i64, grid.width);
    window(grid, room, places.len() + grid.height * grid.width, rows, columns)
}

pub fn compress(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    let (height, width, from) = (grid.height, grid.width, grid.with_slack());
    let work = height * width;
    let first = &from[..SLACK];
    let mut differing = [0; SLACK];
    let mut kept = 0;
    let mut rows = [0; SLACK];
    for row in 0..height {
        let cells = &from[row * width..][..SLACK];
        for ((differing, cell), above) in differing.iter_mut().zip(cells).zip(first) {
            *differing |= cell ^ above;
        }
        if cells[1..width].iter().any(|cell| *cell != cells[0]) {
            rows[kept] = row;
            kept += 1;
        }
    }
    let mut columns = [0; SLACK];
    let mut count = 0;
    for (column, differing) in differing[..width].iter().enumerate() {
        if *differing != 0 {
            columns[count] = column;
            count += 1;
        }
    }
    if kept == 0 || count == 0 {
        return Made::nothing(work);
    }
    for (to, row) in room.chunks_exact_mut(count).zip(&rows[..kept]) {
        for (to, column) in to.iter_mut().zip(&columns[..count]) {
            *to = from[row * width + column];
        }
    }
    Made::grid(work, kept, count)
}
