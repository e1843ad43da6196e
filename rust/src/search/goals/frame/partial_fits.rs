//! Partial fits: on which demo samples expressions are right, and what they cost. No goal needs them; they tell how
//! much of a task it takes to rule out what is cheaper than an answer.

use std::collections::BTreeMap;

use super::target::Target;
use crate::search::grids::Packed;
use crate::value::Grid;

/// Demo samples beyond the first so many are not looked at.
pub const MOST_DEMOS: usize = 16;

/// The lowest cost for each set of demo samples on which some expression is right.
#[derive(Default)]
pub struct PartialFits {
    lowest: BTreeMap<u16, u32>,
}

impl PartialFits {
    /// Takes up grids that an expression of that cost gives, one for each sample.
    #[inline]
    pub fn see_packed(&mut self, target: &Target, cost: u32, grids: Packed<'_>) {
        self.see(cost, target.outputs().iter().zip(grids.iter()).map(|(output, grid)| grid.equals(output)));
    }

    /// The same with grids of their own.
    pub fn see_copies(&mut self, target: &Target, cost: u32, grids: &[Grid]) {
        self.see(cost, target.outputs().iter().zip(grids).map(|(output, grid)| grid == output));
    }

    #[inline]
    fn see(&mut self, cost: u32, are_right: impl Iterator<Item = bool>) {
        let mask = (0..MOST_DEMOS).zip(are_right).fold(0, |mask, (demo, is_right)| mask | u16::from(is_right) << demo);
        if mask != 0 {
            self.lowest.entry(mask).and_modify(|lowest| *lowest = cost.min(*lowest)).or_insert(cost);
        }
    }

    /// The sets, bit 0 being the first demo sample, each with the lowest cost seen; by the sets, ascending.
    pub fn all(&self) -> Vec<(u16, u32)> {
        self.lowest.iter().map(|(mask, cost)| (*mask, *cost)).collect()
    }
}
