//! Grids joined, and compared cell by cell.

use super::{Made, Operand, color, copy_row, grid, is_side};

pub fn hconcat(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let (Some(a), Some(b)) = (grid(arguments, 0), grid(arguments, 1)) else { return Made::nothing(0) };
    let work = a.height * a.width + b.height * b.width;
    let (height, width) = (a.height.min(b.height), a.width + b.width);
    if !is_side(width) {
        return Made::nothing(work);
    }
    let (left, right) = (a.with_slack(), b.with_slack());
    for row in 0..height {
        copy_row(room, row * width, left, row * a.width);
        copy_row(room, row * width + a.width, right, row * b.width);
    }
    Made::grid(work, height, width)
}

pub fn vconcat(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let (Some(a), Some(b)) = (grid(arguments, 0), grid(arguments, 1)) else { return Made::nothing(0) };
    let (above, below) = (a.cells(), b.cells());
    let work = above.len() + below.len();
    let height = a.height + b.height;
    if a.width != b.width || !is_side(height) {
        return Made::nothing(work);
    }
    room[..above.len()].copy_from_slice(above);
    room[above.len()..work].copy_from_slice(below);
    Made::grid(work, height, a.width)
}

pub fn cellwise(arguments: &[Operand<'_>], room: &mut [u8]) -> Made {
    let (Some(a), Some(b)) = (grid(arguments, 0), grid(arguments, 1)) else { return Made::nothing(0) };
    let work = a.height * a.width;
    let Some(fallback) = color(arguments, 2) else { return Made::nothing(work) };
    if b.height < a.height || b.width < a.width {
        return Made::nothing(work);
    }
    let choose = |cells: &mut [u8], mine: &[u8], theirs: &[u8]| {
        for ((cell, x), y) in cells.iter_mut().zip(mine).zip(theirs) {
            *cell = if x == y { *x } else { fallback };
        }
    };
    if a.width == b.width {
        choose(&mut room[..work], a.cells(), b.cells());
    } else {
        let rows = a.cells().chunks_exact(a.width).zip(b.cells().chunks_exact(b.width));
        for (row, (mine, theirs)) in room.chunks_exact_mut(a.width).zip(rows) {
            choose(row, mine, theirs);
        }
    }
    Made::grid(work, a.height, a.width)
}
