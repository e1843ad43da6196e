//! Goal: a grid whose colors, each replaced by another, give the outputs.

use super::drawn::Drawn;
use super::source::Source;
use super::steps::{Steps, int};
use super::target::Target;
use crate::search::answer::{Answer, Part};

/// For each color of a grid the color that it becomes; None where the demo samples do not say.
pub type Mapping = [Option<u8>; 10];

/// The mapping that turns these cells into those of the outputs; None when there is none.
pub fn mapping(target: &Target, cells: &[u8]) -> Option<Mapping> {
    let mut found: Mapping = [None; 10];
    for (from, to) in cells.iter().zip(target.cells()) {
        let known = found.get_mut(usize::from(*from))?;
        if *known.get_or_insert(*to) != *to {
            return None;
        }
    }
    Some(found)
}

/// The answer that recolors a grid; None when nothing changes, or all becomes one color.
///
/// A color of a test input's grid that no demo sample has is left as it is, which costs as much as three calls.
pub fn answer(mapping: &Mapping, source: Source, cost: u32, drawn: &Drawn<'_>) -> Option<Answer> {
    let changes: Vec<(u8, u8)> =
        (0..10).zip(mapping).filter_map(|(from, to)| to.filter(|to| *to != from).map(|to| (from, to))).collect();
    let mut results: Vec<u8> = mapping.iter().flatten().copied().collect();
    results.sort_unstable();
    results.dedup();
    if changes.is_empty() || results.len() < 2 {
        return None;
    }
    let unknown = drawn.any_test_cell(|cell| mapping.get(usize::from(cell)).is_none_or(Option::is_none));
    let mut steps = Steps::default();
    let grid = source.part(&mut steps);
    let result = recolored(&mut steps, grid, changes);
    Some(steps.answer(result, cost + if unknown { 12 } else { 0 }, "recoloring"))
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
