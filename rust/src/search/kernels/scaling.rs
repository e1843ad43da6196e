//! Grids made larger or smaller by a whole factor.

use super::{Made, Operand, copy_row, grid, is_side, value};
use crate::search::grids::{Cells, SLACK};

/// A grid and a factor; None where the factor is no int.
#[inline]
fn scaled<'a>(arguments: &[Operand<'a>]) -> Option<(Cells<'a>, i64)> {
    Some((grid(arguments, 0)?, value(arguments, 1).int()?))
}

/// What making a grid larger states as its work: cells, and those of the result for a factor above 0.
#[inline]
fn work_of(cells: usize, factor: i64, power: u32) -> usize {
    if factor > 0 { cells + cells * (factor as usize).pow(power) } else { cells }
}

/// The cells made wider and higher.
fn stretched(grid: Cells<'_>, room: &mut [u8], work: usize, down: i64, across: i64) -> Made {
    let (height, width) = (grid.height as i64 * down, grid.width as i64 * across);
    if down <= 0 || across <= 0 || !is_side(height as usize) || !is_side(width as usize) {
        return Made::nothing(work);
    }
    let (height, width, down, across) = (height as usize, width as usize, down as usize, across as usize);
    let from = grid.with_slack();
    for row in 0..grid.height {
        let at = row * down * width;
        if across == 1 {
            copy_row(room, at, from, row * grid.width);
        } else {
            for (column, cell) in from[row * grid.width..][..grid.width].iter().enumerate() {
                room[at + column * across..][..SLACK].fill(*cell);
            }
        }
        for again in 1..down {
            room.copy_within(at..at + SLACK, at + again * width);
        }
    }
    Made::grid(work, height, width)
}

pub fn hupscale(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some((grid, factor)) = scaled(arguments) else { return Made::nothing(0) };
    stretched(grid, room, work_of(grid.height * grid.width, factor, 1), 1, factor)
}

pub fn vupscale(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some((grid, factor)) = scaled(arguments) else { return Made::nothing(0) };
    stretched(grid, room, work_of(grid.height * grid.width, factor, 1), factor, 1)
}

pub fn upscale(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some((grid, factor)) = scaled(arguments) else { return Made::nothing(0) };
    stretched(grid, room, work_of(grid.height * grid.width, factor, 2), factor, factor)
}

pub fn downscale(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some((grid, factor)) = scaled(arguments) else { return Made::nothing(0) };
    let work = grid.height * grid.width;
    if factor == 0 {
        return Made::nothing(work);
    }
    let step = factor.unsigned_abs() as usize;
    let cells = grid.cells();
    let mut at = 0;
    for row in cells.chunks_exact(grid.width).step_by(step) {
        for cell in row.iter().step_by(step) {
            room[at] = *cell;
            at += 1;
        }
    }
    Made::grid(work, grid.height.div_ceil(step), grid.width.div_ceil(step))
}
