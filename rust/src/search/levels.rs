//! Levels of cost: which expressions have exactly a cost, in a fixed order.
//!
//! A level is a list of blocks: a production with, for each argument, a range of known entries of one cost. All
//! combinations of a block have the same cost.

use crate::context::Watch;
use crate::fail::Res;

use super::bank::Bank;
use super::grammar::{Grammar, MAX_ARGUMENTS, Rule};

/// A production with a range of entries for each argument, as places among the entries of its kind.
#[derive(Clone, Debug)]
pub struct Block {
    /// Number of the production.
    pub rule: u16,
    /// First place and the one after the last, by argument.
    pub ranges: [(u32, u32); MAX_ARGUMENTS],
    /// Whether the symmetric arguments have one cost, so that their order is to be looked at.
    pub is_twin: bool,
}

impl Block {
    /// Number of combinations, at most; those that symmetry leaves out are counted.
    pub fn combinations(&self, arguments: usize) -> u64 {
        self.ranges[..arguments].iter().fold(1, |count, (start, end)| count.saturating_mul(u64::from(end - start)))
    }
}

/// Blocks between two looks at the clock.
const CHECK_EVERY: usize = 1_024;

/// The blocks of a level: first those whose results the goals are shown, whose number comes with them, then the others,
/// each by production and by the costs of the arguments. Fails only where the whole search is to end.
pub fn blocks_of(grammar: &Grammar, bank: &Bank, cost: u16, watch: &mut Watch) -> Res<(Vec<Block>, usize)> {
    let mut offered = Vec::new();
    let mut others = Vec::new();
    for (number, rule) in grammar.rules.iter().enumerate() {
        let Some(left) = cost.checked_sub(rule.production.cost) else { continue };
        let is_offered = grammar.kinds[usize::from(rule.production.result)].is_offered;
        let blocks = if is_offered { &mut offered } else { &mut others };
        let mut costs = [0; MAX_ARGUMENTS];
        let sharing = Sharing { rule, bank, number: number as u16 };
        sharing.split(usize::from(left), 0, &mut costs, blocks, watch)?;
    }
    let count = offered.len();
    offered.append(&mut others);
    Ok((offered, count))
}

/// A production whose arguments share some cost.
struct Sharing<'a> {
    rule: &'a Rule,
    bank: &'a Bank,
    number: u16,
}

impl Sharing<'_> {
    /// Adds the blocks for all ways to share the cost that is left among the arguments from a place on.
    fn split(
        &self,
        left: usize,
        place: usize,
        costs: &mut [usize; MAX_ARGUMENTS],
        blocks: &mut Vec<Block>,
        watch: &mut Watch,
    ) -> Res<()> {
        let arguments = &self.rule.production.arguments;
        let after = arguments.len() - place - 1;
        let choices = if after == 0 { left..=left } else { 1..=left.saturating_sub(after) };
        for cost in choices {
            let (start, end) = self.bank.range(arguments[place], cost);
            if start == end {
                continue;
            }
            costs[place] = cost;
            if after > 0 {
                self.split(left - cost, place + 1, costs, blocks, watch)?;
            } else if let Some(block) = self.block(costs) {
                if blocks.len().is_multiple_of(CHECK_EVERY) {
                    watch.check()?;
                    watch.afford_bytes(2 * blocks.len() * size_of::<Block>())?;
                }
                blocks.push(block);
            }
        }
        Ok(())
    }

    /// The block for these costs of the arguments; None where symmetry leaves it out.
    fn block(&self, costs: &[usize; MAX_ARGUMENTS]) -> Option<Block> {
        let production = &self.rule.production;
        let mut is_twin = false;
        if let Some((first, second)) = production.symmetric {
            let (first, second) = (costs[usize::from(first)], costs[usize::from(second)]);
            if first > second {
                return None;
            }
            is_twin = first == second;
        }
        let mut ranges = [(0, 0); MAX_ARGUMENTS];
        for (place, kind) in production.arguments.iter().enumerate() {
            ranges[place] = self.bank.range(*kind, costs[place]);
        }
        Some(Block { rule: self.number, ranges, is_twin })
    }
}

/// Where a search stands in a block.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cursor {
    /// Places of the arguments that come next, by argument.
    pub places: [u32; MAX_ARGUMENTS],
}

impl Cursor {
    /// The first combination of a block.
    pub fn start(block: &Block) -> Cursor {
        Cursor { places: block.ranges.map(|(start, _)| start) }
    }

    /// Moves to the next combination; false when there is none left. Of symmetric arguments of one cost the second never
    /// comes before the first, which is the outer one.
    #[inline]
    pub fn step(&mut self, block: &Block, nesting: &[usize], symmetric: Option<(u8, u8)>) -> bool {
        for &place in nesting.iter().rev() {
            self.places[place] += 1;
            if self.places[place] < block.ranges[place].1 {
                if let Some((first, second)) = symmetric
                    && usize::from(first) == place
                {
                    self.places[usize::from(second)] = self.places[place];
                }
                return true;
            }
            self.places[place] = block.ranges[place].0;
        }
        false
    }
}
