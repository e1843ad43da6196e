//! Which colors may hide something: read off the demo samples, nothing is called.

use crate::search::goals::frame::task::TaskSamples;
use crate::value::{Grid, Value};

/// A color that no cell has: nothing is hidden.
pub const NO_COLOR: u8 = 10;
/// Colors, a bit each, [`NO_COLOR`] among them.
pub type Colors = u16;
/// Every color.
const ANY: Colors = (1 << (NO_COLOR + 1)) - 1;

/// What becomes of a grid, with the colors that may hide on each demo sample.
#[derive(Default)]
pub struct Hidings {
    /// It has the output's shape: what is hidden is seen.
    pub whole: Option<Vec<Colors>>,
    /// It lies in the upper left corner of the output, and is continued.
    pub larger: Option<Vec<Colors>>,
    /// The output is a tile of it.
    pub tile: Option<Vec<Colors>>,
    /// The output is what was hidden.
    pub part: Option<Vec<Colors>>,
}

impl Hidings {
    /// What may become of grids, one for each sample.
    pub fn new(task: &TaskSamples, grids: &[Value]) -> Hidings {
        let outputs = task.target.outputs();
        let grids: Vec<&Grid> = grids.iter().filter_map(grid_of).collect();
        if grids.len() < outputs.len() {
            return Hidings::default();
        }
        let all =
            |test: &dyn Fn(&Grid, &Grid) -> bool| outputs.iter().zip(&grids).all(|(output, grid)| test(output, grid));
        let colors = |of: &dyn Fn(&Grid, &Grid) -> Option<Colors>| -> Option<Vec<Colors>> {
            outputs.iter().zip(&grids).map(|(output, grid)| of(output, grid)).collect()
        };
        let is_whole = all(&|output, grid| output.height() == grid.height() && output.width() == grid.width());
        let is_larger = all(&|output, grid| output.height() >= grid.height() && output.width() >= grid.width());
        let is_smaller = all(&|output, grid| output.height() <= grid.height() && output.width() <= grid.width());
        let differing = colors(&differing);
        Hidings {
            whole: differing.clone().filter(|colors| is_whole && colors.iter().any(|colors| *colors != ANY)),
            larger: differing.clone().filter(|_| is_larger && !is_whole),
            tile: differing.filter(|_| is_smaller && !is_whole),
            part: if is_smaller && !is_whole { colors(&boxed) } else { None },
        }
    }

    /// Whether nothing can become of them.
    pub fn are_none(&self) -> bool {
        self.whole.is_none() && self.larger.is_none() && self.tile.is_none() && self.part.is_none()
    }
}

/// The one color that cells have which differ in the other grid, of the cells that both have; any if none does, None if
/// several do.
fn differing(other: &Grid, grid: &Grid) -> Option<Colors> {
    let mut colors: Colors = 0;
    for row in 0..grid.height().min(other.height()) {
        for (cell, wanted) in grid.row(row).iter().zip(other.row(row)) {
            if cell != wanted {
                colors |= 1 << (*cell).min(NO_COLOR);
            }
        }
    }
    match colors {
        0 => Some(ANY),
        colors => (colors.count_ones() == 1).then_some(colors),
    }
}

/// The colors of which the box around all cells has the shape of the other grid; None if there are none.
fn boxed(other: &Grid, grid: &Grid) -> Option<Colors> {
    let is_boxed = |color: &u8| {
        let rows = || (0..grid.height()).filter(|row| grid.row(*row).contains(color));
        let columns =
            || (0..grid.width()).filter(|column| (0..grid.height()).any(|row| grid.cell(row, *column) == *color));
        let side =
            |first: Option<usize>, last: Option<usize>| last.zip(first).map_or(0, |(last, first)| last + 1 - first);
        side(rows().next(), rows().last()) == other.height()
            && side(columns().next(), columns().last()) == other.width()
    };
    let colors = (0..NO_COLOR).filter(is_boxed).fold(0, |colors, color| colors | 1 << color);
    (colors != 0).then_some(colors)
}

/// The color that all cells become that differ, on all demo samples.
pub fn painted(task: &TaskSamples, grids: &[Value]) -> Option<u8> {
    let pairs = task.target.outputs().iter().zip(grids.iter().filter_map(grid_of));
    let mut cells =
        pairs.flat_map(|(output, grid)| output.cells().iter().zip(grid.cells())).filter(|(to, from)| to != from);
    let first = *cells.next()?.0;
    cells.all(|(to, _)| *to == first).then_some(first)
}

/// The color that all inputs have and no output, and the one that all outputs have and no input.
pub fn replaced(task: &TaskSamples) -> Option<(u8, u8)> {
    let demos = task.target.demos();
    let only = |have: &[Grid], lack: &[Grid]| {
        let mut colors = (0..10u8).filter(|color| {
            have.iter().all(|grid| grid.cells().contains(color))
                && !lack.iter().any(|grid| grid.cells().contains(color))
        });
        colors.next().filter(|_| colors.next().is_none())
    };
    Some((only(&task.inputs, task.target.outputs())?, only(task.target.outputs(), &task.inputs[..demos])?))
}

/// A value as a grid; None where it is none.
pub fn grid_of(value: &Value) -> Option<&Grid> {
    if let Value::Grid(grid) = value { Some(grid) } else { None }
}
