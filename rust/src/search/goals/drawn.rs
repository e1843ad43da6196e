//! A grid for each sample, as goals look at it: where it lies, without a copy.

use std::borrow::Cow;

use crate::search::grids::Packed;
use crate::value::Grid;

/// Grids of an expression that have the outputs' shapes on the demo samples.
pub struct Drawn<'a> {
    /// The cells of all demo samples, end to end as in the target.
    pub cells: Cow<'a, [u8]>,
    grids: Grids<'a>,
    demos: usize,
}

#[derive(Clone, Copy)]
enum Grids<'a> {
    Packed(Packed<'a>),
    Copies(&'a [Grid]),
}

impl<'a> Drawn<'a> {
    /// Grids in a row, the first so many of them those of demo samples.
    pub fn packed(grids: Packed<'a>, demos: usize) -> Drawn<'a> {
        Drawn { cells: grids.first_cells(demos).into(), grids: Grids::Packed(grids), demos }
    }

    /// Grids of their own.
    pub fn copies(grids: &'a [Grid], demos: usize) -> Drawn<'a> {
        let cells: Vec<u8> = grids.iter().take(demos).flat_map(|grid| grid.cells()).copied().collect();
        Drawn { cells: cells.into(), grids: Grids::Copies(grids), demos }
    }

    /// Height, width and cells on each test sample.
    fn tests(&self) -> Vec<(usize, usize, &[u8])> {
        match self.grids {
            Grids::Packed(grids) => {
                grids.iter().skip(self.demos).map(|grid| (grid.height, grid.width, grid.cells())).collect()
            }
            Grids::Copies(grids) => {
                grids.iter().skip(self.demos).map(|grid| (grid.height(), grid.width(), grid.cells())).collect()
            }
        }
    }

    /// Height and width on each test sample.
    pub fn shapes(&self) -> Box<[(u32, u32)]> {
        self.tests().iter().map(|&(height, width, _)| (height as u32, width as u32)).collect()
    }

    /// Whether a cell on some test sample is of such a color.
    pub fn any_test_cell(&self, is_such: impl Fn(u8) -> bool) -> bool {
        self.tests().iter().any(|(_, _, cells)| cells.iter().any(|cell| is_such(*cell)))
    }
}
