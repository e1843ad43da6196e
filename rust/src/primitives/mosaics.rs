//! Mosaics: grids that are symmetric or periodic but for the cells of one color, which hides what is there.
//!
//! The twin of `mosaics.py`. What reads a grid of bytes writes bytes; everything else goes the same way with ints.

use super::numbers::{Size, compact, grid_of_bytes, grid_of_ints, number_of, numbers_of};
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::Res;
use crate::value::Value;

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("periodic", 2, lines, periodic),
    primitive("symmetric", 2, lines, symmetric),
    primitive("tile", 2, lines, tile),
];

/// All cells for each row and column.
fn lines(arguments: &[&Value]) -> i64 {
    let (count, height) = (work::cells_of(arguments[0]), work::length_of(arguments[0]));
    if height == 0 { 0 } else { count * (height + count / height) }
}

fn symmetric(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, color] = *arguments else { unreachable!("the arity is checked") };
    if let Some((size, grid, color)) = compact(grid, color)? {
        let mended = mirrored(context, size, grid.cells(), color)?;
        return Ok(grid_of_bytes(size, |cells| cells.copy_from_slice(&mended)));
    }
    let (size, cells) = numbers_of(context, grid)?;
    let mended = mirrored(context, size, &cells, number_of(color)?)?;
    Ok(grid_of_ints(size, |cells| cells.copy_from_slice(&mended)))
}

fn periodic(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, color] = *arguments else { unreachable!("the arity is checked") };
    if let Some((size, grid, color)) = compact(grid, color)? {
        let mended = repeated(context, size, grid.cells(), color)?;
        return Ok(grid_of_bytes(size, |cells| cells.copy_from_slice(&mended)));
    }
    let (size, cells) = numbers_of(context, grid)?;
    let mended = repeated(context, size, &cells, number_of(color)?)?;
    Ok(grid_of_ints(size, |cells| cells.copy_from_slice(&mended)))
}

fn tile(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, color] = *arguments else { unreachable!("the arity is checked") };
    if let Some((size, grid, color)) = compact(grid, color)? {
        let (size, part) = one_tile(context, size, grid.cells(), color)?;
        return Ok(grid_of_bytes(size, |cells| cells.copy_from_slice(&part)));
    }
    let (size, cells) = numbers_of(context, grid)?;
    let (size, part) = one_tile(context, size, &cells, number_of(color)?)?;
    Ok(grid_of_ints(size, |cells| cells.copy_from_slice(&part)))
}

/// An axis: its kind, and a number that says where it lies.
#[derive(Clone, Copy)]
struct Mirror {
    kind: usize,
    at: i64,
}

impl Mirror {
    /// What lies opposite of a place.
    #[inline]
    fn opposite(self, (row, column): (i64, i64)) -> (i64, i64) {
        match self.kind {
            0 => (row, self.at - column),
            1 => (self.at - row, column),
            2 => (column + self.at, row - self.at),
            _ => (self.at - column, self.at - row),
        }
    }

    /// The axes of a kind, the nearest to the middle first.
    fn all(kind: usize, size: Size) -> Vec<Mirror> {
        let (height, width) = (size.height as i64, size.width as i64);
        let (range, middle) = match kind {
            0 => (0..2 * width - 1, 2 * (width - 1)),
            1 => (0..2 * height - 1, 2 * (height - 1)),
            2 => (1 - width..height, height - width),
            _ => (0..height + width - 1, height + width - 2),
        };
        let mut mirrors: Vec<Mirror> = range.map(|at| Mirror { kind, at }).collect();
        mirrors.sort_by_key(|mirror| (2 * mirror.at - middle).abs());
        mirrors
    }
}

/// Row and column of a cell.
fn place_of(size: Size, at: usize) -> (i64, i64) {
    ((at / size.width) as i64, (at % size.width) as i64)
}

/// The cells with those of the color replaced by what lies opposite of them.
fn mirrored<T: Copy + PartialEq>(context: &mut Context, size: Size, cells: &[T], color: T) -> Res<Vec<T>> {
    let mut cells = cells.to_vec();
    let known: Vec<(i64, i64)> =
        (0..cells.len()).filter(|at| cells[*at] != color).map(|at| place_of(size, at)).collect();
    let mut hidden: Vec<usize> = (0..cells.len()).filter(|at| cells[*at] == color).collect();
    let mut mirrors = Vec::new();
    for kind in 0..4 {
        mirrors.extend(best_mirror(context, kind, size, &cells, color, &known)?);
    }
    for _ in 0..size.height + size.width {
        context.pulse(hidden.len())?;
        let seen = |at: usize| {
            let mut opposite = mirrors.iter().filter_map(|mirror| size.place(mirror.opposite(place_of(size, at))));
            opposite.find(|other| cells[*other] != color).map(|other| (at, cells[other]))
        };
        let found: Vec<(usize, T)> = hidden.iter().filter_map(|at| seen(*at)).collect();
        if found.is_empty() {
            break;
        }
        for (at, cell) in found {
            cells[at] = cell;
        }
        hidden.retain(|at| cells[*at] == color);
    }
    Ok(cells)
}

/// The axis of a kind that holds with the most known cells opposite of known ones; None if none has a third of them.
fn best_mirror<T: Copy + PartialEq>(
    context: &mut Context,
    kind: usize,
    size: Size,
    cells: &[T],
    color: T,
    known: &[(i64, i64)],
) -> Res<Option<Mirror>> {
    let (mut best, mut most) = (None, 0);
    if known.is_empty() {
        return Ok(None);
    }
    for mirror in Mirror::all(kind, size) {
        context.pulse(known.len())?;
        if let Some(count) = agreeing(mirror, size, cells, color, known)
            && count > most
            && 3 * count >= known.len()
        {
            (best, most) = (Some(mirror), count);
        }
    }
    Ok(best)
}

/// How many known cells lie opposite of known ones; None where two of these differ.
fn agreeing<T: Copy + PartialEq>(
    mirror: Mirror,
    size: Size,
    cells: &[T],
    color: T,
    known: &[(i64, i64)],
) -> Option<usize> {
    let mut count = 0;
    for place in known {
        if let Some(other) = size.place(mirror.opposite(*place))
            && cells[other] != color
        {
            if cells[other] != cells[place.0 as usize * size.width + place.1 as usize] {
                return None;
            }
            count += 1;
        }
    }
    Some(count)
}

/// A tile that fills the plane: each further row of tiles lies to the right of the one above by the shift.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Lattice {
    area: usize,
    height: usize,
    shift: usize,
    width: usize,
}

impl Lattice {
    fn new(height: usize, width: usize, shift: usize) -> Lattice {
        Lattice { area: height * width, height, shift, width }
    }

    /// The place in the tile, row by row, that the first cell of a row has, and where that row of the tile begins.
    fn start(self, row: usize) -> (usize, usize) {
        let moved = row / self.height * self.shift % self.width;
        ((self.width - moved) % self.width, row % self.height * self.width)
    }

    /// What is known of each place of the tile; None when two cells differ.
    fn known<T: Copy + PartialEq>(self, size: Size, cells: &[T], color: T) -> Option<Vec<T>> {
        let mut known = vec![color; self.area];
        for (row, cells) in cells.chunks_exact(size.width.max(1)).enumerate() {
            let (mut column, first) = self.start(row);
            for cell in cells {
                let place = &mut known[first + column];
                if *cell != color && *cell != *place {
                    if *place != color {
                        return None;
                    }
                    *place = *cell;
                }
                column = if column + 1 == self.width { 0 } else { column + 1 };
            }
        }
        Some(known)
    }
}

/// The smallest tile that holds, and what is known of it.
fn smallest<T: Copy + PartialEq>(
    context: &mut Context,
    size: Size,
    cells: &[T],
    color: T,
) -> Res<Option<(Lattice, Vec<T>)>> {
    let Size { height, width } = size;
    let count = cells.iter().filter(|cell| **cell != color).count();
    if count == 0 {
        return Ok(None);
    }
    let (mut widths, mut heights) = (Vec::new(), Vec::new());
    for columns in 1..=width {
        context.pulse(cells.len())?;
        if Lattice::new(height, columns, 0).known(size, cells, color).is_some() {
            widths.push(columns);
        }
    }
    for rows in 1..=height {
        context.pulse(cells.len())?;
        if Lattice::new(rows, width, 0).known(size, cells, color).is_some() {
            heights.push(rows);
        }
    }
    for lattice in tried(&widths, &heights).into_iter().take(2 * (height + width)) {
        context.pulse(cells.len())?;
        if let Some(known) = lattice.known(size, cells, color) {
            let different = known.iter().filter(|cell| **cell != color).count();
            if 4 * (count - different) >= count {
                return Ok(Some((lattice, known)));
            }
        }
    }
    Ok(None)
}

/// The tiles of which rows repeat by the width, in order, each once; the last of the heights is that of the grid.
fn tried(widths: &[usize], heights: &[usize]) -> Vec<Lattice> {
    let mut tried = Vec::new();
    for &width in widths {
        tried.extend(heights.iter().map(|height| Lattice::new(*height, width, 0)));
        let shifts = [1, 2, 2 * width - 2, width - 1].map(|shift| shift % width);
        tried.extend(shifts.iter().filter(|shift| **shift > 0).map(|shift| Lattice::new(1, width, *shift)));
        if width % 2 == 0 {
            let most = heights.last().map_or(0, |height| height / 2);
            tried.extend((1..=most).map(|height| Lattice::new(height, width, width / 2)));
        }
    }
    tried.sort_unstable();
    tried.dedup();
    tried
}

/// The cells with those of the color replaced by what the smallest tile has there.
fn repeated<T: Copy + PartialEq>(context: &mut Context, size: Size, cells: &[T], color: T) -> Res<Vec<T>> {
    let mut cells = cells.to_vec();
    if let Some((lattice, known)) = smallest(context, size, &cells, color)? {
        for (row, cells) in cells.chunks_exact_mut(size.width).enumerate() {
            let (start, first) = lattice.start(row);
            for (column, cell) in cells.iter_mut().enumerate() {
                if *cell == color {
                    *cell = known[first + (start + column) % lattice.width];
                }
            }
        }
    }
    Ok(cells)
}

/// The smallest tile, with its size; the cells themselves where there is none.
fn one_tile<T: Copy + PartialEq>(context: &mut Context, size: Size, cells: &[T], color: T) -> Res<(Size, Vec<T>)> {
    match smallest(context, size, cells, color)? {
        Some((lattice, known)) => Ok((Size { height: lattice.height, width: lattice.width }, known)),
        None => Ok((size, cells.to_vec())),
    }
}
