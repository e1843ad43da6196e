//! Partial fits: on which demo samples expressions are right, and what they cost. No goal needs them; they tell how
//! much of a task it takes to rule out what is cheaper than an answer.

use std::collections::BTreeMap;

use super::source::Source;
use super::steps::{Proposal, Steps};
use super::task::TaskSamples;
use crate::search::grids::Packed;
use crate::value::Grid;

/// Demo samples beyond the first so many are not looked at.
const MOST_DEMOS: usize = 16;
/// Expressions that are kept for each set of demo samples: the first ones, which are the cheapest.
const MOST_SOURCES: usize = 8;

/// An output, with the one of its cells that is looked at first.
struct Wanted {
    height: usize,
    width: usize,
    /// Place of a cell in which the output differs from the input, where there is one: few expressions are right there.
    place: usize,
    /// The color of that cell.
    color: u8,
    output: Grid,
}

impl Wanted {
    fn new(output: &Grid, input: &Grid) -> Wanted {
        let (height, width, cells) = (output.height(), output.width(), output.cells());
        let is_alike = (input.height(), input.width()) == (height, width);
        let differs = |place: &usize| !is_alike || input.cells()[*place] != cells[*place];
        let place = (0..cells.len()).rev().find(differs).unwrap_or(0);
        Wanted { height, width, place, color: cells[place], output: output.clone() }
    }

    #[inline]
    fn equals(&self, height: usize, width: usize, cells: &[u8]) -> bool {
        height == self.height && width == self.width && cells[self.place] == self.color && cells == self.output.cells()
    }
}

/// What is known of a set of demo samples on which some expression is right.
struct Fits {
    lowest: u32,
    /// Expressions that are right on these and on no others, with their costs, in the order in which they came.
    sources: Vec<(Source, u32)>,
}

/// The lowest cost for each set of demo samples on which some expression is right, and a few of the expressions.
pub struct PartialFits {
    wanted: Vec<Wanted>,
    fits: BTreeMap<u16, Fits>,
}

impl PartialFits {
    /// For the demo samples of a task; nothing seen yet.
    pub fn new(task: &TaskSamples) -> PartialFits {
        let pairs = task.target.outputs().iter().zip(&task.inputs).take(MOST_DEMOS);
        PartialFits { wanted: pairs.map(|(output, input)| Wanted::new(output, input)).collect(), fits: BTreeMap::new() }
    }

    /// Takes up grids that an expression of that cost gives, one for each sample.
    #[inline]
    pub fn see_packed(&mut self, source: Source, cost: u32, grids: Packed<'_>) {
        let mut mask = 0;
        for (demo, (wanted, grid)) in self.wanted.iter().zip(grids.iter()).enumerate() {
            mask |= u16::from(wanted.equals(grid.height, grid.width, grid.cells())) << demo;
        }
        self.note(source, cost, mask);
    }

    /// The same with grids of their own.
    pub fn see_copies(&mut self, source: Source, cost: u32, grids: &[Grid]) {
        let mut mask = 0;
        for (demo, (wanted, grid)) in self.wanted.iter().zip(grids).enumerate() {
            mask |= u16::from(wanted.equals(grid.height(), grid.width(), grid.cells())) << demo;
        }
        self.note(source, cost, mask);
    }

    /// Takes up an expression of that cost that is right on these demo samples, bit 0 being the first.
    #[inline]
    pub fn note(&mut self, source: Source, cost: u32, mask: u16) {
        if mask != 0 {
            let fits = self.fits.entry(mask).or_insert(Fits { lowest: cost, sources: Vec::new() });
            fits.lowest = fits.lowest.min(cost);
            if fits.sources.len() < MOST_SOURCES {
                fits.sources.push((source, cost));
            }
        }
    }

    /// The sets, bit 0 being the first demo sample, each with the lowest cost seen; by the sets, ascending.
    pub fn all(&self) -> Vec<(u16, u32)> {
        self.fits.iter().map(|(mask, fits)| (*mask, fits.lowest)).collect()
    }

    /// Programs that are right on some demo samples and not on all that are looked at: those of the largest sets first.
    pub fn near_misses(&self) -> Vec<Proposal> {
        let everywhere = self.wanted.iter().enumerate().fold(0, |mask, (demo, _)| mask | 1 << demo);
        let mut sets: Vec<(&u16, &Fits)> = self.fits.iter().filter(|(mask, _)| **mask != everywhere).collect();
        sets.sort_by_key(|(mask, _)| std::cmp::Reverse(mask.count_ones()));
        let sources = sets.into_iter().flat_map(|(_, fits)| &fits.sources);
        let proposal = |(source, cost): &(Source, u32)| {
            let mut steps = Steps::default();
            let result = source.part(&mut steps);
            steps.proposal(result, *cost)
        };
        sources.map(proposal).collect()
    }
}
