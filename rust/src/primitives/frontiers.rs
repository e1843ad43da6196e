//! Rows and columns of a single color.

use super::grids::{empty_rows, first_width};
use super::layout::{grid_of, rows_of};
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::list;
use crate::value::weight::{bounded, weigh};
use crate::value::{Grid, Indices, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] =
    &[primitive("compress", 1, work::cells, compress), primitive("frontiers", 1, work::cells, frontiers)];

/// The numbers of the rows and of the columns that hold one color only.
struct Uniform {
    rows: Vec<usize>,
    columns: Vec<usize>,
}

impl Uniform {
    fn of_grid(grid: &Grid) -> Uniform {
        let width = grid.width();
        let rows = (0..grid.height()).filter(|row| grid.row(*row).iter().all(|cell| *cell == grid.row(*row)[0]));
        // A byte a column: 0 as long as all cells equal the one above.
        let mut differing = vec![0u8; width];
        for (above, below) in grid.cells().chunks_exact(width).zip(grid.cells().chunks_exact(width).skip(1)) {
            for ((differs, a), b) in differing.iter_mut().zip(above).zip(below) {
                *differs |= a ^ b;
            }
        }
        Uniform { rows: rows.collect(), columns: (0..width).filter(|column| differing[*column] == 0).collect() }
    }

    /// Columns are looked for as far as the shortest row goes.
    fn of_rows(rows: &[Vec<Value>]) -> Uniform {
        let is_uniform = |row: &Vec<Value>| row.first().is_some_and(|first| row.iter().all(|cell| cell == first));
        let width = rows.iter().map(Vec::len).min().unwrap_or(0);
        Uniform {
            rows: (0..rows.len()).filter(|row| is_uniform(&rows[*row])).collect(),
            columns: (0..width).filter(|column| rows.iter().all(|row| row[*column] == rows[0][*column])).collect(),
        }
    }

    fn bounded(&self, height: usize, width: usize) -> Res<()> {
        let (height, width) = (height as i128, width as i128);
        bounded(self.rows.len() as i128 * (1 + 5 * width) + self.columns.len() as i128 * (1 + 5 * height)).map(|_| ())
    }
}

fn frontiers(context: &mut Context, arguments: &[&Value]) -> Res {
    let width = first_width(arguments[0])?;
    if let Value::Grid(grid) = arguments[0] {
        return frontiers_of_grid(context, grid);
    }
    let rows = rows_of(arguments[0])?;
    context.pulse(rows.iter().map(Vec::len).sum())?;
    let uniform = Uniform::of_rows(&rows);
    uniform.bounded(rows.len(), width)?;
    let mut found = list(uniform.rows.len() + uniform.columns.len());
    let cell = |i: usize, j: usize| {
        let color = rows[i].get(j).ok_or(Fail::error("IndexError: a row is shorter than the first"))?;
        Ok(Value::cell(color, &Value::pair(i as i64, j as i64)))
    };
    for &i in &uniform.rows {
        let cells: Res<Vec<Value>> = (0..width).map(|j| cell(i, j)).collect();
        found.push(Value::set(cells?));
    }
    for &j in &uniform.columns {
        let cells: Res<Vec<Value>> = (0..rows.len()).map(|i| cell(i, j)).collect();
        found.push(Value::set(cells?));
    }
    weigh(&found, 1)?;
    Ok(Value::set(found))
}

fn frontiers_of_grid(context: &mut Context, grid: &Grid) -> Res {
    let (height, width) = (grid.height(), grid.width());
    let uniform = Uniform::of_grid(grid);
    uniform.bounded(height, width)?;
    let (last_row, last_column) = (height as i64 - 1, width as i64 - 1);
    let row = |i: usize| line(grid.cell(i, 0), [i as i64, 0, i as i64, last_column]);
    let column = |j: usize| line(grid.cell(0, j), [0, j as i64, last_row, j as i64]);
    context.pulse(uniform.rows.len() * width + uniform.columns.len() * height)?;
    if height == 1 || width == 1 {
        return Ok(Value::set(
            uniform.rows.into_iter().map(row).chain(uniform.columns.into_iter().map(column)).collect(),
        ));
    }
    // Canonical order: the first row, then the columns, which begin in it, then the other rows.
    let first = usize::from(uniform.rows.first() == Some(&0));
    let mut found = list(uniform.rows.len() + uniform.columns.len());
    found.extend(uniform.rows[..first].iter().copied().map(row));
    found.extend(uniform.columns.iter().copied().map(column));
    found.extend(uniform.rows[first..].iter().copied().map(row));
    Ok(Value::set_in_order(found))
}

/// The object of one color on a row or a column, given by its bounds.
fn line(color: u8, [top, left, bottom, right]: [i64; 4]) -> Value {
    if let Some(places) = Indices::block(top, left, bottom, right) {
        return Value::Mono(color, places);
    }
    let cells: Vec<(u8, i64, i64)> = if top == bottom {
        (left..=right).map(|j| (color, top, j)).collect()
    } else {
        (top..=bottom).map(|i| (color, i, left)).collect()
    };
    Value::cells(&cells)
}

fn compress(context: &mut Context, arguments: &[&Value]) -> Res {
    if let Value::Grid(grid) = arguments[0] {
        return Ok(compressed(grid));
    }
    if !arguments[0].is_tuple() {
        return Err(Fail::error("TypeError: a grid is a tuple"));
    }
    let rows = rows_of(arguments[0])?;
    context.pulse(rows.iter().map(Vec::len).sum())?;
    let uniform = Uniform::of_rows(&rows);
    let kept = without(rows, &uniform.rows).into_iter();
    Ok(grid_of(kept.map(|row| without(row, &uniform.columns)).collect()))
}

/// The items but those at some places, which ascend.
fn without<T>(items: Vec<T>, places: &[usize]) -> Vec<T> {
    let mut places = places.iter().peekable();
    items.into_iter().enumerate().filter(|(i, _)| places.next_if_eq(&i).is_none()).map(|(_, item)| item).collect()
}

fn compressed(grid: &Grid) -> Value {
    let uniform = Uniform::of_grid(grid);
    if uniform.rows.is_empty() && uniform.columns.is_empty() {
        return Value::Grid(grid.clone());
    }
    let rows = without((0..grid.height()).collect(), &uniform.rows);
    let columns = without((0..grid.width()).collect(), &uniform.columns);
    if rows.is_empty() || columns.is_empty() {
        return empty_rows(rows.len());
    }
    Value::Grid(Grid::build(rows.len(), columns.len(), |cells| {
        for (to, row) in cells.chunks_exact_mut(columns.len()).zip(&rows) {
            let from = grid.row(*row);
            for (to, column) in to.iter_mut().zip(&columns) {
                *to = from[*column];
            }
        }
    }))
}
