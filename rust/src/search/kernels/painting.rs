//! Grids with some cells changed, by patches within a window.

use super::{Made, Operand, color, grid, value};
use crate::search::grids::Cells;
use crate::value::{Indices, Value};

/// The most common color of a grid, the smallest of several.
#[inline]
fn most_color(cells: &[u8]) -> u8 {
    let mut counts = [0u16; 16];
    for cell in cells {
        counts[usize::from(cell & 15)] += 1;
    }
    let mut most = 0;
    for color in 1..counts.len() {
        if counts[color] > counts[most] {
            most = color;
        }
    }
    most as u8
}

/// A copy of a grid.
#[inline]
fn copied(grid: Cells<'_>, room: &mut [u8]) {
    room[..grid.height * grid.width].copy_from_slice(grid.cells());
}

/// Calls for each row of places that meets a grid: with the place of its first cell, the bits of the columns, and how many
/// places of the patch come before the first of them.
#[inline]
fn each_row(grid: &Cells<'_>, places: &Indices, mut visit: impl FnMut(usize, u64, usize)) {
    let full = u64::MAX >> (64 - grid.width);
    let mut before = 0;
    for (offset, row) in places.rows().iter().enumerate() {
        let at = places.top() + offset as i64;
        if at >= grid.height as i64 {
            break;
        }
        if at >= 0 {
            let bits = places.bits(at, 0) & full;
            if bits != 0 {
                visit(at as usize * grid.width, bits, before + places.skipped(at, 0));
            }
        }
        before += row.count_ones() as usize;
    }
}

/// Sets the places to a color, all of them or those that have another.
fn set(grid: &Cells<'_>, room: &mut [u8], places: &Indices, color: u8, only: Option<u8>) {
    each_row(grid, places, |at, mut bits, _| {
        while bits != 0 {
            let cell = &mut room[at + bits.trailing_zeros() as usize];
            bits &= bits - 1;
            if only.is_none_or(|only| *cell == only) {
                *cell = color;
            }
        }
    });
}

/// The grid and the patch of a call, and its work; None where there is no window around the patch.
#[inline]
fn painted<'a>(arguments: &[Operand<'a>], patch: usize) -> Option<(Cells<'a>, &'a Value, &'a Indices, usize)> {
    let (grid, patch) = (grid(arguments, 0)?, value(arguments, patch));
    let places = patch.window()?;
    Some((grid, patch, places, grid.height * grid.width + places.len()))
}

fn filled(arguments: &[Operand<'_>], room: &mut [u8], is_under: bool) -> Made {
    let Some((grid, _, places, work)) = painted(arguments, 2) else { return Made::nothing(0) };
    let Some(color) = color(arguments, 1) else { return Made::nothing(work) };
    copied(grid, room);
    set(&grid, room, places, color, is_under.then(|| most_color(grid.cells())));
    Made::grid(work, grid.height, grid.width)
}

pub fn fill(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    filled(arguments, room, false)
}

pub fn underfill(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    filled(arguments, room, true)
}

pub fn cover(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some((grid, _, places, work)) = painted(arguments, 1) else { return Made::nothing(0) };
    copied(grid, room);
    set(&grid, room, places, most_color(grid.cells()), None);
    Made::grid(work, grid.height, grid.width)
}

fn drawn(arguments: &[Operand<'_>], room: &mut [u8], is_under: bool) -> Made {
    let Some((grid, object, places, work)) = painted(arguments, 1) else { return Made::nothing(0) };
    copied(grid, room);
    let only = is_under.then(|| most_color(grid.cells()));
    match object {
        Value::Mono(color, _) => set(&grid, room, places, *color, only),
        Value::Multi(multi) => each_row(&grid, places, |at, mut bits, mut number| {
            while bits != 0 {
                let cell = &mut room[at + bits.trailing_zeros() as usize];
                bits &= bits - 1;
                if only.is_none_or(|only| *cell == only) {
                    *cell = multi.colors()[number];
                }
                number += 1;
            }
        }),
        _ => return Made::nothing(work),
    }
    Made::grid(work, grid.height, grid.width)
}

pub fn paint(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    drawn(arguments, room, false)
}

pub fn underpaint(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    drawn(arguments, room, true)
}
