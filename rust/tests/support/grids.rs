//! Small grids.

use arcbatt_native::value::Grid;

/// A grid from its rows, a digit a cell.
pub fn grid(rows: &[&str]) -> Grid {
    let cells: Vec<u8> = rows.iter().flat_map(|row| row.bytes().map(|digit| digit - b'0')).collect();
    Grid::of(rows.len(), rows[0].len(), &cells)
}
