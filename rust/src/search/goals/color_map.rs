//! Goal `recoloring`: a grid that is the output once each color is replaced by another, the same everywhere. The last
//! steps are calls of `replace` and `switch`.
//!
//! Example: the output is `I` with 1 and 2 exchanged, and the expression is `I`.

use super::frame::goal::Goal;
use super::frame::sample_grids::SampleGrids;
use super::frame::steps::{Proposal, Steps, int};
use super::frame::target::Target;
use super::frame::task::TaskSamples;
use crate::search::answer::Part;

/// What it costs when a test input's grid has a color that is on no demo sample: as much as three calls.
const UNKNOWN_COLOR_COST: u32 = 12;

struct ColorMap;

/// The goal.
pub fn goal(_: &TaskSamples) -> Box<dyn Goal> {
    Box::new(ColorMap)
}

impl Goal for ColorMap {
    fn name(&self) -> &'static str {
        "recoloring"
    }

    fn see_grids(&mut self, task: &TaskSamples, grids: &SampleGrids<'_>, proposals: &mut Vec<Proposal>) {
        if let Some(mapping) = grids.near_cells().and_then(|cells| mapping(&task.target, cells)) {
            proposals.extend(proposal(&mapping, grids));
        }
    }
}

/// For each color of a grid the color that it becomes; None where the demo samples do not say.
type Mapping = [Option<u8>; 10];

/// The mapping that turns these cells into those of the outputs; None when there is none.
fn mapping(target: &Target, cells: &[u8]) -> Option<Mapping> {
    let mut found: Mapping = [None; 10];
    for (from, to) in cells.iter().zip(target.cells()) {
        let known = found.get_mut(usize::from(*from))?;
        if *known.get_or_insert(*to) != *to {
            return None;
        }
    }
    Some(found)
}

/// What recolors a grid; None when nothing changes, or all becomes one color.
///
/// A color of a test input's grid that no demo sample has is left as it is, which costs [`UNKNOWN_COLOR_COST`].
fn proposal(mapping: &Mapping, grids: &SampleGrids<'_>) -> Option<Proposal> {
    let changes: Vec<(u8, u8)> =
        (0..10).zip(mapping).filter_map(|(from, to)| to.filter(|to| *to != from).map(|to| (from, to))).collect();
    let mut results: Vec<u8> = mapping.iter().flatten().copied().collect();
    results.sort_unstable();
    results.dedup();
    if changes.is_empty() || results.len() < 2 {
        return None;
    }
    let unknown = grids.any_test_cell(|cell| mapping.get(usize::from(cell)).is_none_or(Option::is_none));
    let mut steps = Steps::default();
    let grid = grids.source.part(&mut steps);
    let result = recolored(&mut steps, grid, changes);
    Some(steps.proposal(result, grids.cost + if unknown { UNKNOWN_COLOR_COST } else { 0 }))
}

/// Replaces colors one after the other, so that none is replaced twice.
fn recolored(steps: &mut Steps, mut grid: Part, mut changes: Vec<(u8, u8)>) -> Part {
    while !changes.is_empty() {
        // A color that nothing still to be replaced has can be given at once.
        if let Some(place) = changes.iter().position(|(_, to)| changes.iter().all(|(from, _)| from != to)) {
            let (from, to) = changes.remove(place);
            grid = steps.call("replace", [grid, int(from), int(to)]);
        } else if let Some(&(from, to)) = changes.iter().find(|(from, to)| changes.contains(&(*to, *from))) {
            grid = steps.call("switch", [grid, int(from), int(to)]);
            changes.retain(|change| *change != (from, to) && *change != (to, from));
        } else if let Some(place) = changes.iter().position(|(from, _)| changes.iter().any(|(_, to)| from == to)) {
            // A longer cycle: one of its colors waits under a number that is none, and is free for the one before it.
            let (from, to) = changes[place];
            grid = steps.call("replace", [grid, int(from), int(10)]);
            changes[place] = (10, to);
        }
    }
    grid
}
