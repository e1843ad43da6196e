//! Grids of an expression, one for each sample, as goals see them: where they lie, without a copy.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::source::Source;
use super::target::Target;
use crate::search::grids::Packed;
use crate::search::key::{with_bytes, with_word};
use crate::value::{Grid, Value};

/// The grids that a source gives.
pub struct SampleGrids<'a> {
    /// Where they come from.
    pub source: Source,
    /// The cost of that.
    pub cost: u32,
    /// Whether they are the outputs, on the demo samples.
    pub are_outputs: bool,
    /// The cells of all demo samples, end to end as in the target; None where the shapes are not those of the outputs.
    cells: Option<Cow<'a, [u8]>>,
    grids: Grids<'a>,
    demos: usize,
    key: OnceCell<u64>,
}

#[derive(Clone, Copy)]
enum Grids<'a> {
    Packed(Packed<'a>),
    Copies(&'a [Grid]),
}

/// Height, width and cells of one grid.
type Parts<'a> = (usize, usize, &'a [u8]);

impl<'a> SampleGrids<'a> {
    /// Grids in a row.
    pub fn packed(target: &Target, source: Source, cost: u32, grids: Packed<'a>) -> SampleGrids<'a> {
        let pairs = &mut target.outputs().iter().zip(grids.iter());
        let is_alike = pairs.all(|(output, grid)| output.height() == grid.height && output.width() == grid.width);
        let cells = is_alike.then(|| grids.first_cells(target.demos()).into());
        SampleGrids::new(target, source, cost, Grids::Packed(grids), cells)
    }

    /// Grids of their own, at least one.
    pub fn copies(target: &Target, source: Source, cost: u32, grids: &'a [Grid]) -> SampleGrids<'a> {
        let demos = grids.iter().take(target.demos());
        let cells = target.fits(grids).then(|| demos.flat_map(|grid| grid.cells()).copied().collect());
        SampleGrids::new(target, source, cost, Grids::Copies(grids), cells)
    }

    fn new(
        target: &Target,
        source: Source,
        cost: u32,
        grids: Grids<'a>,
        cells: Option<Cow<'a, [u8]>>,
    ) -> SampleGrids<'a> {
        let are_outputs = cells.as_ref().is_some_and(|cells| **cells == *target.cells());
        SampleGrids { source, cost, are_outputs, cells, grids, demos: target.demos(), key: OnceCell::new() }
    }

    /// Whether they have the outputs' shapes on the demo samples.
    pub fn have_output_shapes(&self) -> bool {
        self.cells.is_some()
    }

    /// The cells of all demo samples, end to end as in the target, of grids that have the outputs' shapes and are not the
    /// outputs; None of any others.
    pub fn near_cells(&self) -> Option<&[u8]> {
        self.cells.as_deref().filter(|_| !self.are_outputs)
    }

    /// Height and width on the first sample.
    #[inline]
    pub fn first_shape(&self) -> (usize, usize) {
        match self.grids {
            Grids::Packed(grids) => (grids.get(0).height, grids.get(0).width),
            Grids::Copies(grids) => (grids[0].height(), grids[0].width()),
        }
    }

    /// The key of the grids on the demo samples, as [`key_of`] gives it.
    pub fn key(&self) -> u64 {
        *self.key.get_or_init(|| match self.grids {
            Grids::Packed(grids) => {
                key_of_parts(grids.iter().take(self.demos).map(|grid| (grid.height, grid.width, grid.cells())))
            }
            Grids::Copies(grids) => key_of(&grids[..self.demos.min(grids.len())]),
        })
    }

    /// The grids on the test samples.
    fn tests(&self) -> Vec<Parts<'a>> {
        match self.grids {
            Grids::Packed(grids) => {
                grids.iter().skip(self.demos).map(|grid| (grid.height, grid.width, grid.cells())).collect()
            }
            Grids::Copies(grids) => grids.iter().skip(self.demos).map(parts_of).collect(),
        }
    }

    /// A copy of each grid as a value, demo samples first.
    pub fn to_values(&self) -> Vec<Value> {
        match self.grids {
            Grids::Packed(grids) => grids.iter().map(|grid| Value::Grid(grid.to_grid())).collect(),
            Grids::Copies(grids) => grids.iter().cloned().map(Value::Grid).collect(),
        }
    }

    /// Height and width on each test sample.
    pub fn test_shapes(&self) -> Box<[(u32, u32)]> {
        self.tests().iter().map(|&(height, width, _)| (height as u32, width as u32)).collect()
    }

    /// Whether a cell on some test sample is of such a color.
    pub fn any_test_cell(&self, is_such: impl Fn(u8) -> bool) -> bool {
        self.tests().iter().any(|(_, _, cells)| cells.iter().any(|cell| is_such(*cell)))
    }
}

fn parts_of(grid: &Grid) -> Parts<'_> {
    (grid.height(), grid.width(), grid.cells())
}

/// A key over grids: height, width and cells of each.
pub fn key_of(grids: &[Grid]) -> u64 {
    key_of_parts(grids.iter().map(parts_of))
}

fn key_of_parts<'a>(grids: impl Iterator<Item = Parts<'a>>) -> u64 {
    grids.fold(0, |key, (height, width, cells)| with_bytes(with_word(key, (height << 32 | width) as u64), cells))
}

/// The values as grids; None when one is none.
pub fn grids_of(values: &[Value]) -> Option<Vec<Grid>> {
    fn grid_of(value: &Value) -> Option<Grid> {
        if let Value::Grid(grid) = value { Some(grid.clone()) } else { None }
    }
    values.iter().map(grid_of).collect()
}
