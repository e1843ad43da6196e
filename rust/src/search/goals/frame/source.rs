//! Sources: the grids that goals work with, each an expression of the bank or what an expression cuts out of the input.

use super::steps::Steps;
use crate::search::answer::Part;
use crate::value::{Grid, Value};

/// What [`Source::Cut`] costs beyond its expression.
pub const CUT_COST: u32 = 4;

/// Where a grid comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// An expression, by its number.
    Entry(u32),
    /// What the box around a patch, an expression, holds of the input.
    Cut(u32),
}

impl Source {
    /// Writes the steps that give the grid.
    pub fn part(self, steps: &mut Steps) -> Part {
        match self {
            Source::Entry(entry) => Part::Entry(entry),
            Source::Cut(entry) => steps.call("subgrid", [Part::Entry(entry), Part::Input]),
        }
    }
}

/// What the boxes around patches hold of the inputs; None where one is no patch or its box leaves the grid.
pub fn cuts_of(patches: &[Value], inputs: &[Grid]) -> Option<Vec<Grid>> {
    patches.iter().zip(inputs).map(|(patch, input)| cut(patch, input)).collect()
}

/// Height and width of the box around a patch; None of what is none.
pub fn box_of(patch: &Value) -> Option<(usize, usize)> {
    patch.window().map(|places| (places.height(), places.width()))
}

/// What the box around a patch holds of a grid; None when it is no patch or its box leaves the grid.
pub fn cut(patch: &Value, input: &Grid) -> Option<Grid> {
    let places = patch.window()?;
    let (top, left) = (usize::try_from(places.top()).ok()?, usize::try_from(places.left()).ok()?);
    let (height, width) = (places.height(), places.width());
    if top + height > input.height() || left + width > input.width() {
        return None;
    }
    Some(Grid::build(height, width, |cells| {
        for (row, cells) in cells.chunks_exact_mut(width).enumerate() {
            cells.copy_from_slice(&input.row(top + row)[left..left + width]);
        }
    }))
}
