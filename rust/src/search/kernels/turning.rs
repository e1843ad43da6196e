//! Turns and mirrors.

use super::{Made, Operand, copy_row, grid};
use crate::primitives::turn_into;
use crate::search::grids::SLACK;

/// Bytes in reverse.
#[inline]
fn reversed(bytes: &[u8]) -> [u8; SLACK] {
    let mut turned = [0; SLACK];
    for (to, from) in turned.chunks_exact_mut(8).zip(bytes.rchunks_exact(8)) {
        if let Some(word) = from.first_chunk::<8>() {
            to.copy_from_slice(&u64::from_le_bytes(*word).to_be_bytes());
        }
    }
    turned
}

pub fn hmirror(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    let (height, width, from) = (grid.height, grid.width, grid.with_slack());
    for row in 0..height {
        copy_row(room, row * width, from, (height - 1 - row) * width);
    }
    Made::grid(height * width, height, width)
}

pub fn vmirror(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    let (height, width, from) = (grid.height, grid.width, grid.after_slack());
    for row in 0..height {
        // What ends with the row begins with it in reverse.
        let end = SLACK + (row + 1) * width;
        room[row * width..][..SLACK].copy_from_slice(&reversed(&from[end - SLACK..end]));
    }
    Made::grid(height * width, height, width)
}

pub fn rot180(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    let (count, from) = (grid.height * grid.width, grid.after_slack());
    for at in (0..count).step_by(SLACK) {
        let end = SLACK + count - at;
        room[at..at + SLACK].copy_from_slice(&reversed(&from[end - SLACK..end]));
    }
    Made::grid(count, grid.height, grid.width)
}

#[inline]
fn turned(arguments: &[Operand<'_>], room: &mut [u8], upward: bool, from_last: bool) -> Made {
    let Some(grid) = grid(arguments, 0) else { return Made::nothing(0) };
    let (height, width) = (grid.height, grid.width);
    turn_into(&mut room[..height * width], grid.cells(), height, width, upward, from_last);
    Made::grid(height * width, width, height)
}

pub fn rot90(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    turned(arguments, room, true, false)
}

pub fn rot270(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    turned(arguments, room, false, true)
}

pub fn dmirror(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    turned(arguments, room, false, false)
}

pub fn cmirror(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    turned(arguments, room, true, true)
}
