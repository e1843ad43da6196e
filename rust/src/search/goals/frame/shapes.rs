//! Sets of shapes of grids.

use crate::search::form::MAX_SIDE;
use crate::value::Grid;

/// Some shapes, each of 1 to 30 rows and columns.
#[derive(Clone, Default)]
pub struct Shapes {
    /// By height, a bit for each width.
    widths: [u32; MAX_SIDE + 1],
}

impl Shapes {
    /// Adds the shape of a grid; whether it was within bounds.
    pub fn add(&mut self, grid: &Grid) -> bool {
        let is_within = grid.height() <= MAX_SIDE && grid.width() <= MAX_SIDE;
        if is_within {
            self.widths[grid.height()] |= 1 << grid.width();
        }
        is_within
    }

    /// Adds all shapes of another set.
    pub fn join(&mut self, other: &Shapes) {
        self.widths.iter_mut().zip(other.widths).for_each(|(widths, more)| *widths |= more);
    }

    /// Whether it has the shape of this height and width, of any size.
    #[inline]
    pub fn have(&self, (height, width): (usize, usize)) -> bool {
        width <= MAX_SIDE && self.widths.get(height).is_some_and(|widths| widths >> width & 1 == 1)
    }
}
