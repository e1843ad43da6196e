//! Grids cut into equal parts.

use crate::value::Grid;

/// A grid of that size by its cells.
pub fn made(height: usize, width: usize, cell: impl Fn(usize, usize) -> u8) -> Grid {
    Grid::build(height, width, |cells| {
        for (row, cells) in cells.chunks_exact_mut(width).enumerate() {
            cells.iter_mut().enumerate().for_each(|(column, place)| *place = cell(row, column));
        }
    })
}

/// The grids, each cut into so many equal parts beside or above each other: by part, one for each sample.
pub fn split(grids: &[Grid], is_beside: bool, count: usize) -> Option<Vec<Vec<Grid>>> {
    let side = |grid: &Grid| if is_beside { grid.width() } else { grid.height() };
    if grids.iter().any(|grid| side(grid) % count != 0) {
        return None;
    }
    let part = |grid: &Grid, number: usize| {
        let step = side(grid) / count * number;
        match is_beside {
            true => made(grid.height(), grid.width() / count, |row, column| grid.cell(row, column + step)),
            false => made(grid.height() / count, grid.width(), |row, column| grid.cell(row + step, column)),
        }
    };
    Some((0..count).map(|number| grids.iter().map(|grid| part(grid, number)).collect()).collect())
}
