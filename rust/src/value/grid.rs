//! Grids: a byte a cell, row by row.

use triomphe::{Arc, ThinArc};

use super::Value;

/// What grids of up to so many cells begin with; a grid of ARC has at most 900.
static ZEROS: [u8; 4096] = [0; 4096];

#[derive(Clone, Copy, Debug)]
struct Size {
    height: u32,
    width: u32,
}

/// A grid of at least one row and one column, cells 0 to 255, in shared memory.
#[derive(Clone, Debug)]
pub struct Grid(ThinArc<Size, u8>);

impl Grid {
    /// A grid whose cells a function writes, row by row, into a slice of zeros; height and width are at least 1.
    #[inline]
    pub fn build(height: usize, width: usize, write: impl FnOnce(&mut [u8])) -> Grid {
        let count = height * width;
        if let Some(zeros) = ZEROS.get(..count) {
            return Grid::of(height, width, zeros).written(write);
        }
        let mut cells = vec![0; count];
        write(&mut cells);
        Grid::of(height, width, &cells)
    }

    /// A copy that a function changes, a slice of its cells row by row.
    #[inline]
    pub fn changed(&self, change: impl FnOnce(&mut [u8])) -> Grid {
        Grid(ThinArc::from_header_and_slice(self.0.header.header, self.cells())).written(change)
    }

    /// The grid itself, changed; nobody else may have a share in it.
    #[inline]
    fn written(mut self, write: impl FnOnce(&mut [u8])) -> Grid {
        self.0.with_arc_mut(|shared| {
            if let Some(grid) = Arc::get_mut(shared) {
                write(grid.slice_mut());
            }
        });
        self
    }

    /// The grid of these cells, row by row.
    #[inline]
    pub fn of(height: usize, width: usize, cells: &[u8]) -> Grid {
        debug_assert!(height * width == cells.len() && !cells.is_empty());
        let size = Size { height: height as u32, width: width as u32 };
        Grid(ThinArc::from_header_and_slice(size, cells))
    }

    /// Number of rows.
    #[inline]
    pub fn height(&self) -> usize {
        self.0.header.header.height as usize
    }

    /// Number of columns.
    #[inline]
    pub fn width(&self) -> usize {
        self.0.header.header.width as usize
    }

    /// All cells, row by row.
    #[inline]
    pub fn cells(&self) -> &[u8] {
        &self.0.slice
    }

    /// The cells of a row.
    #[inline]
    pub fn row(&self, row: usize) -> &[u8] {
        let width = self.width();
        &self.cells()[row * width..][..width]
    }

    /// The cell at a row and a column.
    #[inline]
    pub fn cell(&self, row: usize, column: usize) -> u8 {
        self.cells()[row * self.width() + column]
    }

    /// A row as a value.
    #[inline]
    pub fn row_value(&self, row: usize) -> Value {
        match *self.row(row) {
            [first, second] => Value::Pair(i32::from(first), i32::from(second)),
            _ => Value::Row(self.clone(), row as u32),
        }
    }

    /// How often each color occurs.
    pub fn histogram(&self) -> [u32; 256] {
        let mut counts = [0; 256];
        for &cell in self.cells() {
            counts[cell as usize] += 1;
        }
        counts
    }

    /// Whether two are the same grid in memory.
    pub fn is_same(&self, other: &Grid) -> bool {
        std::ptr::eq(self.cells(), other.cells())
    }
}

impl PartialEq for Grid {
    fn eq(&self, other: &Grid) -> bool {
        self.is_same(other) || (self.width() == other.width() && self.cells() == other.cells())
    }
}

/// A tuple of these bytes: a pair or a row. There is at least one.
pub fn row_of(cells: &[u8]) -> Value {
    match *cells {
        [first, second] => Value::Pair(i32::from(first), i32::from(second)),
        _ => Value::Row(Grid::of(1, cells.len(), cells), 0),
    }
}
