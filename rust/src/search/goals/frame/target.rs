//! What is to be found: the demo outputs, laid end to end.

use crate::value::Grid;

/// The demo outputs of a task.
pub struct Target {
    outputs: Vec<Grid>,
    cells: Vec<u8>,
    /// Where each output begins in `cells`.
    starts: Vec<usize>,
    /// The colors of the outputs, ascending.
    pub colors: Vec<u8>,
    /// The most common of them; of equals the smallest.
    pub common: u8,
}

impl Target {
    /// The target of these outputs, one for each demo sample.
    pub fn new(outputs: Vec<Grid>) -> Target {
        let mut cells = Vec::new();
        let mut starts = Vec::new();
        for output in &outputs {
            starts.push(cells.len());
            cells.extend_from_slice(output.cells());
        }
        let mut colors = cells.clone();
        colors.sort_unstable();
        colors.dedup();
        let often = |color: &u8| cells.iter().filter(|cell| *cell == color).count();
        let common = colors.iter().copied().rev().max_by_key(often).unwrap_or(0);
        Target { outputs, cells, starts, colors, common }
    }

    /// The outputs.
    pub fn outputs(&self) -> &[Grid] {
        &self.outputs
    }

    /// All cells of all outputs.
    pub fn cells(&self) -> &[u8] {
        &self.cells
    }

    /// Number of demo samples.
    pub fn demos(&self) -> usize {
        self.outputs.len()
    }

    /// Number of words that hold a bit for each cell.
    pub fn words(&self) -> usize {
        self.cells.len().div_ceil(64)
    }

    /// The place in `cells` of a cell of an output; None outside of it.
    #[inline]
    pub fn place(&self, demo: usize, row: i64, column: i64) -> Option<usize> {
        let output = &self.outputs[demo];
        let (height, width) = (output.height() as i64, output.width() as i64);
        let is_inside = (0..height).contains(&row) && (0..width).contains(&column);
        is_inside.then(|| self.starts[demo] + (row * width + column) as usize)
    }

    /// Whether the first output has this height and width.
    pub fn is_of_shape(&self, shape: (usize, usize)) -> bool {
        self.outputs.first().is_some_and(|output| (output.height(), output.width()) == shape)
    }

    /// Whether grids, one for each sample, have the shapes of the outputs.
    pub fn fits(&self, grids: &[Grid]) -> bool {
        let pairs = self.outputs.iter().zip(grids);
        grids.len() >= self.demos()
            && pairs
                .into_iter()
                .all(|(output, grid)| output.width() == grid.width() && output.height() == grid.height())
    }
}
