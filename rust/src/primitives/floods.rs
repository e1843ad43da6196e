//! Floods: what steps up, down, left and right lead to from the cells of a grid.
//!
//! The twin of `floods.py`. What reads a grid of bytes writes bytes where they do; everything else goes the same way with
//! ints.

use super::enclosures::spread;
use super::grids::bits_of_color;
use super::numbers::{
    Size, compact, grid_of_bytes, grid_of_ints, grid_of_numbers, number_of, numbers_of, places_marked, size_of,
};
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::Res;
use crate::value::{Grid, Indices, SPAN, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("flooded", 3, work::cells, flooded),
    primitive("nearestcolors", 2, work::cells, nearestcolors),
    primitive("regions", 1, work::cells, regions),
];

fn nearestcolors(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, background] = *arguments else { unreachable!("the arity is checked") };
    if let Some((size, grid, background)) = compact(grid, background)? {
        context.pulse(size.count())?;
        return Ok(grid_of_bytes(size, |colors| {
            colors.copy_from_slice(grid.cells());
            draw_near(size, background, colors);
        }));
    }
    let (size, cells) = numbers_of(context, grid)?;
    let background = number_of(background)?;
    Ok(grid_of_ints(size, |colors| {
        colors.copy_from_slice(&cells);
        draw_near(size, background, colors);
    }))
}

/// Writes for each cell the number of the nearest cell other than background over its own.
///
/// The shortest way from above goes down and then aside, the one from below aside and then up.
fn draw_near<T: Copy + Ord>(size: Size, background: T, colors: &mut [T]) {
    let far = (size.height + size.width) as u32;
    let mut steps: Vec<u32> = colors.iter().map(|color| if *color == background { far } else { 0 }).collect();
    let mut lower = |at: usize, from: usize| {
        let found = (steps[from] + 1, colors[from]);
        if found < (steps[at], colors[at]) {
            (steps[at], colors[at]) = found;
        }
    };
    let (height, width) = (size.height, size.width);
    for row in 0..height {
        for column in 0..width {
            let at = row * width + column;
            if row > 0 {
                lower(at, at - width);
            }
            if column > 0 {
                lower(at, at - 1);
            }
        }
    }
    for row in (0..height).rev() {
        for column in (0..width).rev() {
            let at = row * width + column;
            if row + 1 < height {
                lower(at, at + width);
            }
            if column + 1 < width {
                lower(at, at + 1);
            }
        }
    }
}

fn flooded(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, color, background] = *arguments else { unreachable!("the arity is checked") };
    if let Some((size, cells, background)) = compact(grid, background)?
        && let Some(color) = color.color()
    {
        if size.height.max(size.width) <= SPAN as usize {
            return Ok(Value::indices(flooded_window(cells, color, background)));
        }
        return flood_all(context, size, cells.cells(), color, background);
    }
    let (size, cells) = numbers_of(context, grid)?;
    let (color, background) = (number_of(color)?, number_of(background)?);
    flood_all(context, size, &cells, color, background)
}

/// What is flooded in a grid of at most 64 rows and columns, as rows of bits.
fn flooded_window(grid: &Grid, color: u8, background: u8) -> Option<Indices> {
    if color == background {
        return None;
    }
    let height = grid.height();
    let (mut free, mut open) = ([0; SPAN as usize], [0; SPAN as usize]);
    for row in 0..height {
        free[row] = bits_of_color(grid.row(row), background);
        open[row] = bits_of_color(grid.row(row), color);
    }
    spread(&free[..height], &mut open[..height]);
    for (free, open) in free.iter_mut().zip(open) {
        *free &= open;
    }
    Indices::of_rows(0, 0, &free[..height])
}

fn flood_all<T: Copy + PartialEq>(context: &mut Context, size: Size, cells: &[T], color: T, background: T) -> Res {
    context.pulse(size.count())?;
    let mut marks = vec![0; size.count()];
    if color != background {
        let mut found: Vec<usize> = (0..cells.len()).filter(|at| cells[*at] == color).collect();
        while let Some(at) = found.pop() {
            each_neighbor(size, at, |next| {
                if marks[next] == 0 && cells[next] == background {
                    marks[next] = 1;
                    found.push(next);
                }
            });
        }
    }
    places_marked(size, marks)
}

fn regions(context: &mut Context, arguments: &[&Value]) -> Res {
    let sizes = if let Value::Grid(grid) = arguments[0] {
        let size = size_of(arguments[0])?;
        context.pulse(size.count())?;
        (size, region_sizes(size, grid.cells()))
    } else {
        let (size, cells) = numbers_of(context, arguments[0])?;
        (size, region_sizes(size, &cells))
    };
    Ok(grid_of_numbers(sizes.0, &sizes.1))
}

/// The size of the region of each cell.
fn region_sizes<T: Copy + PartialEq>(size: Size, cells: &[T]) -> Vec<i64> {
    let mut sizes = vec![0; cells.len()];
    let mut region = Vec::new();
    for start in 0..cells.len() {
        if sizes[start] != 0 {
            continue;
        }
        region.clear();
        region.push(start);
        sizes[start] = 1;
        let mut done = 0;
        while let Some(&at) = region.get(done) {
            done += 1;
            each_neighbor(size, at, |next| {
                if sizes[next] == 0 && cells[next] == cells[start] {
                    sizes[next] = 1;
                    region.push(next);
                }
            });
        }
        region.iter().for_each(|at| sizes[*at] = done as i64);
    }
    sizes
}

/// Calls for the places above, below, left and right of a place, so far as they lie in the grid.
#[inline]
fn each_neighbor(size: Size, at: usize, mut visit: impl FnMut(usize)) {
    let column = at % size.width;
    if at >= size.width {
        visit(at - size.width);
    }
    if at + size.width < size.count() {
        visit(at + size.width);
    }
    if column > 0 {
        visit(at - 1);
    }
    if column + 1 < size.width {
        visit(at + 1);
    }
}
