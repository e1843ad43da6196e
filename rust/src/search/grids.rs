//! Grids in a row: those of one expression on all samples, one after the other in memory.
//!
//! First come height and width of each, a byte each, then the cells of the first, row by row, then those of the second,
//! and so on. Before and after them lie [`SLACK`] bytes that may be read, so that rows of any length can be copied by the
//! same few instructions.

use crate::value::{Grid, Value};

use super::form::MAX_SIDE;

/// Bytes that may be read before the first cell and after the last.
pub const SLACK: usize = 32;
/// Most cells of a grid.
pub const MOST_CELLS: usize = MAX_SIDE * MAX_SIDE;
/// Bytes of a piece of memory that holds the grids of many expressions.
const PIECE: usize = 1 << 18;

/// One grid somewhere in memory.
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    /// Number of rows, 1 to 30.
    pub height: usize,
    /// Number of columns, 1 to 30.
    pub width: usize,
    bytes: &'a [u8],
    start: usize,
}

impl<'a> Cells<'a> {
    /// All cells, row by row.
    #[inline]
    pub fn cells(&self) -> &'a [u8] {
        &self.bytes[self.start..self.start + self.height * self.width]
    }

    /// The cells with [`SLACK`] bytes after them.
    #[inline]
    pub fn with_slack(&self) -> &'a [u8] {
        &self.bytes[self.start..self.start + self.height * self.width + SLACK]
    }

    /// The cells with [`SLACK`] bytes before them.
    #[inline]
    pub fn after_slack(&self) -> &'a [u8] {
        &self.bytes[self.start - SLACK..self.start + self.height * self.width]
    }

    /// A copy as a value of its own.
    pub fn to_grid(&self) -> Grid {
        Grid::of(self.height, self.width, self.cells())
    }

    /// Whether it equals a grid.
    #[inline]
    pub fn equals(&self, grid: &Grid) -> bool {
        self.height == grid.height() && self.width == grid.width() && self.cells() == grid.cells()
    }
}

/// The grids of one expression.
#[derive(Clone, Copy)]
pub struct Packed<'a> {
    bytes: &'a [u8],
    start: usize,
    samples: usize,
}

impl<'a> Packed<'a> {
    /// Number of samples.
    #[inline]
    pub fn len(&self) -> usize {
        self.samples
    }

    /// Whether there is none: never.
    pub fn is_empty(&self) -> bool {
        self.samples == 0
    }

    /// The grids, sample by sample.
    #[inline]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Cells<'a>> + use<'a> {
        let Packed { bytes, start, samples } = *self;
        let mut at = start + 2 * samples;
        (0..samples).map(move |sample| {
            let (height, width) = (bytes[start + 2 * sample] as usize, bytes[start + 2 * sample + 1] as usize);
            let cells = Cells { height, width, bytes, start: at };
            at += height * width;
            cells
        })
    }

    /// The grid of one sample.
    #[inline]
    pub fn get(&self, sample: usize) -> Cells<'a> {
        let sizes = &self.bytes[self.start..self.start + 2 * self.samples];
        let before: usize = sizes[..2 * sample].chunks_exact(2).map(|size| size[0] as usize * size[1] as usize).sum();
        Cells {
            height: sizes[2 * sample] as usize,
            width: sizes[2 * sample + 1] as usize,
            bytes: self.bytes,
            start: self.start + 2 * self.samples + before,
        }
    }

    /// The grid of one sample, given how many cells the samples before it have.
    #[inline]
    pub fn at(&self, sample: usize, before: usize) -> Cells<'a> {
        let at = self.start + 2 * sample;
        let (height, width) = (self.bytes[at] as usize, self.bytes[at + 1] as usize);
        Cells { height, width, bytes: self.bytes, start: self.start + 2 * self.samples + before }
    }

    /// The cells of the first so many grids, end to end.
    #[inline]
    pub fn first_cells(&self, count: usize) -> &'a [u8] {
        let cells: usize =
            self.sizes()[..2 * count].chunks_exact(2).map(|size| size[0] as usize * size[1] as usize).sum();
        let start = self.start + 2 * self.samples;
        &self.bytes[start..start + cells]
    }

    /// Sizes and cells of all.
    #[inline]
    pub fn bytes(&self) -> &'a [u8] {
        let cells: usize = self.sizes().chunks_exact(2).map(|size| size[0] as usize * size[1] as usize).sum();
        &self.bytes[self.start..self.start + 2 * self.samples + cells]
    }

    /// Height and width of each, a byte each.
    #[inline]
    pub fn sizes(&self) -> &'a [u8] {
        &self.bytes[self.start..self.start + 2 * self.samples]
    }
}

/// Where the grids of a new expression are written, sample by sample.
pub struct Scratch {
    bytes: Vec<u8>,
    samples: usize,
    written: usize,
    end: usize,
}

impl Scratch {
    /// For so many samples.
    pub fn new(samples: usize) -> Scratch {
        let bytes = vec![0; samples * (2 + MOST_CELLS) + 3 * SLACK];
        Scratch { bytes, samples, written: 0, end: SLACK + 2 * samples }
    }

    /// Forgets what was written.
    #[inline]
    pub fn clear(&mut self) {
        self.written = 0;
        self.end = SLACK + 2 * self.samples;
    }

    /// Where the cells of the next grid go, with room for the largest and [`SLACK`] bytes more.
    #[inline]
    pub fn room(&mut self) -> &mut [u8] {
        &mut self.bytes[self.end..self.end + MOST_CELLS + SLACK]
    }

    /// Notes that a grid of this size, 1 to 30 rows and columns, was written there.
    #[inline]
    pub fn advance(&mut self, height: usize, width: usize) {
        let at = SLACK + 2 * self.written;
        self.bytes[at] = height as u8;
        self.bytes[at + 1] = width as u8;
        self.written += 1;
        self.end += height * width;
    }

    /// Adds a copy of a grid.
    pub fn push(&mut self, grid: &Grid) {
        self.room()[..grid.cells().len()].copy_from_slice(grid.cells());
        self.advance(grid.height(), grid.width());
    }

    /// Takes over sizes and cells as [`Packed::bytes`] gives them, with any bytes after them; false when they are no
    /// grids of ARC for so many samples.
    pub fn load(&mut self, bytes: &[u8]) -> bool {
        self.clear();
        let Some((sizes, cells)) = bytes.split_at_checked(2 * self.samples) else { return false };
        let is_side = |side: &u8| (1..=MAX_SIDE).contains(&usize::from(*side));
        let count = sizes.chunks_exact(2).map(|size| usize::from(size[0]) * usize::from(size[1])).sum();
        let Some(cells) = cells.get(..count) else { return false };
        if !sizes.iter().all(is_side) || cells.iter().any(|cell| *cell > 9) {
            return false;
        }
        self.bytes[SLACK..SLACK + sizes.len()].copy_from_slice(sizes);
        self.bytes[self.end..self.end + count].copy_from_slice(cells);
        self.written = self.samples;
        self.end += count;
        true
    }

    /// Sizes and cells of what was written.
    #[inline]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[SLACK..self.end]
    }

    /// What was written.
    pub fn packed(&self) -> Packed<'_> {
        Packed { bytes: &self.bytes, start: SLACK, samples: self.samples }
    }
}

/// The grids of many expressions, which never move.
#[derive(Default)]
pub struct Arena {
    pieces: Vec<Vec<u8>>,
    /// Where the last piece is free.
    end: usize,
}

/// Where the grids of an expression lie in an arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    piece: u32,
    start: u32,
}

impl Arena {
    /// Keeps what was written.
    #[inline]
    pub fn keep(&mut self, scratch: &Scratch) -> Place {
        let bytes = scratch.bytes();
        let last = self.pieces.last().map_or(0, Vec::len);
        if self.end + bytes.len() + SLACK > last {
            self.pieces.push(vec![0; PIECE.max(bytes.len() + 2 * SLACK)]);
            self.end = SLACK;
        }
        let piece = self.pieces.len() - 1;
        let start = self.end;
        self.pieces[piece][start..start + bytes.len()].copy_from_slice(bytes);
        self.end += bytes.len();
        Place { piece: piece as u32, start: start as u32 }
    }

    /// The grids at a place, for so many samples.
    #[inline]
    pub fn get(&self, place: Place, samples: usize) -> Packed<'_> {
        Packed { bytes: &self.pieces[place.piece as usize], start: place.start as usize, samples }
    }
}

/// The values of an expression, one a sample.
#[derive(Clone, Copy)]
pub enum Values<'a> {
    /// All of them grids of ARC.
    Grids(Packed<'a>),
    /// Any others; where one stands for all samples it is there once. The number is that of the samples.
    Plain(&'a [Value], usize),
}

impl<'a> Values<'a> {
    /// Number of samples.
    pub fn len(&self) -> usize {
        match self {
            Values::Grids(grids) => grids.len(),
            Values::Plain(_, samples) => *samples,
        }
    }

    /// Whether there is none: never.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value on a sample; a grid is copied.
    pub fn value(&self, sample: usize) -> Value {
        match self {
            Values::Grids(grids) => Value::Grid(grids.get(sample).to_grid()),
            Values::Plain(values, _) => values[if values.len() == 1 { 0 } else { sample }].clone(),
        }
    }

    /// Whether one value stands for all samples.
    pub fn is_one(&self) -> bool {
        matches!(self, Values::Plain([_], samples) if *samples > 1)
    }

    /// The grids, where they are such.
    pub fn grids(&self) -> Option<Packed<'a>> {
        match self {
            Values::Grids(grids) => Some(*grids),
            Values::Plain(..) => None,
        }
    }
}
