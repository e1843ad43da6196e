//! Grids of numbers: how they are read, walked through and made, whether their cells are bytes or any ints.

use std::ops::{Add, AddAssign, Range};

use super::grids::bits_of_color;
use super::layout::places_of;
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::{claim, list};
use crate::value::weight::bounded;
use crate::value::{Grid, Indices, SPAN, Value};

const NO_GRID: Fail = Fail::error("TypeError: a grid is a tuple of rows, tuples of one length");
const NO_NUMBERS: Fail = Fail::error("TypeError: a grid of numbers is wanted");
const NO_NUMBER: Fail = Fail::error("TypeError: a number is wanted");

/// Rows and columns of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    /// Number of rows.
    pub height: usize,
    /// Number of columns.
    pub width: usize,
}

/// A kind of number that counts: a byte where no count is larger, else an int.
pub(super) trait Count: Copy + PartialEq + Add<Output = Self> + AddAssign + From<u8> {}

impl Count for u8 {}
impl Count for i64 {}

impl Size {
    /// Number of cells.
    pub fn count(self) -> usize {
        self.height * self.width
    }

    /// The place of a cell, row by row; None outside.
    #[inline]
    pub fn place(self, (row, column): (i64, i64)) -> Option<usize> {
        // A negative number becomes a large one.
        let inside = (row as usize) < self.height && (column as usize) < self.width;
        inside.then(|| row as usize * self.width + column as usize)
    }

    /// The rectangle that both sizes have in common.
    pub fn common(self, other: Size) -> Size {
        Size { height: self.height.min(other.height), width: self.width.min(other.width) }
    }

    /// The same step, as long as it leads into the grid from anywhere; else one that leads out of it from everywhere.
    pub fn step(self, (down, right): (i64, i64)) -> (i64, i64) {
        let (height, width) = (self.height as i64, self.width as i64);
        (down.clamp(-height, height), right.clamp(-width, width))
    }

    /// The rows, and the columns, from which such a step does not leave the grid.
    #[inline]
    pub fn staying(self, step: (i64, i64)) -> (Range<usize>, Range<usize>) {
        let (down, right) = self.step(step);
        let range = |size: usize, step: i64| (-step).max(0) as usize..(size as i64 - step.max(0)).max(0) as usize;
        (range(self.height, down), range(self.width, right))
    }

    /// Calls for each cell whose next one in a direction lies in the grid, with the places of both: for the next cell
    /// before it calls for the cell.
    #[inline]
    pub fn each_next(self, direction: (i64, i64), mut visit: impl FnMut(usize, usize)) {
        let (rows, columns) = self.staying(direction);
        let (down, right) = self.step(direction);
        let ahead = down * self.width as i64 + right;
        let is_forward = ahead < 0;
        for count in 0..rows.len() {
            let row = if is_forward { rows.start + count } else { rows.end - 1 - count };
            let places = row * self.width + columns.start..row * self.width + columns.end;
            if is_forward {
                places.for_each(|place| visit(place, (place as i64 + ahead) as usize));
            } else {
                places.rev().for_each(|place| visit(place, (place as i64 + ahead) as usize));
            }
        }
    }
}

/// The size of a grid of numbers, as far as its rows tell; fails on what is none and past the bound on parts.
pub(super) fn size_of(grid: &Value) -> Res<Size> {
    let size = match grid {
        Value::Grid(grid) => Size { height: grid.height(), width: grid.width() },
        Value::Tuple(rows) => {
            let width = rows.items().first().map_or(0, Value::count);
            if !rows.items().iter().all(|row| row.is_tuple() && row.count() == width) {
                return Err(NO_GRID);
            }
            Size { height: rows.len(), width }
        }
        _ => return Err(NO_GRID),
    };
    bounded(size.height as i128 * (size.width as i128 + 1))?;
    Ok(size)
}

/// The numbers of a grid, row by row, with its size; fails as [`size_of`], and where a cell is no number.
pub(super) fn numbers_of(context: &mut Context, grid: &Value) -> Res<(Size, Vec<i64>)> {
    let size = size_of(grid)?;
    context.pulse(size.count())?;
    if let Value::Grid(grid) = grid {
        return Ok((size, grid.cells().iter().map(|cell| i64::from(*cell)).collect()));
    }
    let mut numbers = list(size.count());
    for row in grid.items()? {
        for cell in row.items()? {
            numbers.push(cell.number().ok_or(NO_NUMBERS)?);
        }
    }
    Ok((size, numbers))
}

/// A grid of bytes and a color that is a byte too, to be handled as such; None of any others. Fails past the bound on parts.
#[inline]
pub(super) fn compact<'a>(grid: &'a Value, color: &Value) -> Res<Option<(Size, &'a Grid, u8)>> {
    match (grid, color.color()) {
        (Value::Grid(cells), Some(color)) => Ok(Some((size_of(grid)?, cells, color))),
        _ => Ok(None),
    }
}

/// For each cell whether it has a color: 1 or 0, with the size of the grid.
pub(super) fn marks_of(context: &mut Context, grid: &Value, color: &Value) -> Res<(Size, Vec<u8>)> {
    if let Some((size, grid, color)) = compact(grid, color)? {
        return Ok((size, grid.cells().iter().map(|cell| u8::from(*cell == color)).collect()));
    }
    let (size, cells) = numbers_of(context, grid)?;
    let color = number_of(color)?;
    Ok((size, cells.iter().map(|cell| u8::from(*cell == color)).collect()))
}

/// The number that an int or a bool is.
#[inline]
pub(super) fn number_of(value: &Value) -> Res<i64> {
    value.number().ok_or(NO_NUMBER)
}

/// The locations of a patch, as often as they occur; none of an empty one.
pub(crate) fn places_in(patch: &Value) -> Res<Vec<(i64, i64)>> {
    if patch.length()? == 0 { Ok(Vec::new()) } else { places_of(patch) }
}

/// The locations of the cells that are marked with 1; fails past the bound on parts.
pub(super) fn places_marked(size: Size, marks: Vec<u8>) -> Res {
    if size.height.max(size.width) <= SPAN as usize {
        let mut rows = [0; SPAN as usize];
        for (bits, marks) in rows.iter_mut().zip(marks.chunks_exact(size.width.max(1))) {
            *bits = bits_of_color(marks, 1);
        }
        return Ok(Value::indices(Indices::of_rows(0, 0, &rows[..size.height])));
    }
    let width = size.width.max(1);
    let marked = marks.iter().enumerate().filter(|(_, mark)| **mark == 1);
    let places: Vec<(i64, i64)> = marked.map(|(at, _)| ((at / width) as i64, (at % width) as i64)).collect();
    bounded(3 * places.len() as i128)?;
    Ok(Value::places(&places))
}

/// The grid of these numbers, row by row, in its one form.
pub(super) fn grid_of_numbers(size: Size, numbers: &[i64]) -> Value {
    if size.count() == 0 {
        return Value::tuple(vec![Value::empty_tuple(); size.height]);
    }
    if numbers.iter().all(|number| (0..=255).contains(number)) {
        return Value::Grid(Grid::build(size.height, size.width, |cells| {
            for (cell, number) in cells.iter_mut().zip(numbers) {
                *cell = *number as u8;
            }
        }));
    }
    claim::<Value>(numbers.len());
    let row = |row: &[i64]| Value::tuple(row.iter().map(|number| Value::Int(*number)).collect());
    Value::tuple(numbers.chunks_exact(size.width).map(row).collect())
}

/// A grid of bytes of this size, which a function writes over zeros.
#[inline]
pub(super) fn grid_of_bytes(size: Size, write: impl FnOnce(&mut [u8])) -> Value {
    Value::Grid(Grid::build(size.height, size.width, write))
}

/// A grid of ints of this size, which a function writes over zeros.
pub(super) fn grid_of_ints(size: Size, write: impl FnOnce(&mut [i64])) -> Value {
    claim::<i64>(size.count());
    let mut numbers = vec![0; size.count()];
    write(&mut numbers);
    grid_of_numbers(size, &numbers)
}

/// Whether counts up to a number, in a grid of this size, can be written as bytes.
#[inline]
pub(super) fn are_small(size: Size, largest: usize) -> bool {
    largest <= 255 && size.count() > 0
}
