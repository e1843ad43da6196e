//! Colors exchanged, and grids of one color.

use super::{Made, Operand, color, grid, is_side, value};
use crate::value::Value;

pub fn replace(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    let work = grid.height * grid.width;
    let (Some(from), Some(to)) = (color(arguments, 1), color(arguments, 2)) else { return Made::nothing(work) };
    for (new, old) in room.iter_mut().zip(grid.cells()) {
        *new = if *old == from { to } else { *old };
    }
    Made::grid(work, grid.height, grid.width)
}

pub fn switch(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    let work = grid.height * grid.width;
    let (Some(first), Some(second)) = (color(arguments, 1), color(arguments, 2)) else { return Made::nothing(work) };
    for (new, old) in room.iter_mut().zip(grid.cells()) {
        let old_or_second = if *old == first { second } else { *old };
        *new = if *old == second { first } else { old_or_second };
    }
    Made::grid(work, grid.height, grid.width)
}

pub fn canvas(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let &Value::Pair(height, width) = value(arguments, 1) else { return Made::nothing(0) };
    let (height, width) = (height.max(0) as usize, width.max(0) as usize);
    let work = height * width.max(1);
    let Some(color) = color(arguments, 0).filter(|_| is_side(height) && is_side(width)) else {
        return Made::nothing(work);
    };
    room[..height * width].fill(color);
    Made::grid(work, height, width)
}
