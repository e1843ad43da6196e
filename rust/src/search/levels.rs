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

/// The combinations of a block by their numbers, in the order of a [`Cursor`].
impl Block {
    /// How many there are.
    pub fn count(&self, rule: &Rule) -> u64 {
        self.digits(rule).fold(1, |count, (_, base)| count.saturating_mul(base))
    }

    /// The one of a number below [`Block::count`]. Symmetric arguments are neighbours in the order.
    pub fn at(&self, rule: &Rule, mut number: u64) -> Cursor {
        let mut cursor = Cursor::start(self);
        let digits: Vec<(Digit, u64)> = self.digits(rule).collect();
        for (digit, base) in digits.into_iter().rev() {
            let value = number % base.max(1);
            number /= base.max(1);
            match digit {
                Digit::One(place) => cursor.places[place] += value as u32,
                Digit::Twins(first, second) => {
                    let (outer, inner) = pair_at(self.length(first), value);
                    cursor.places[first] += outer as u32;
                    cursor.places[second] += inner as u32;
                }
            }
        }
        cursor
    }

    fn length(&self, place: usize) -> u64 {
        let (start, end) = self.ranges[place];
        u64::from(end - start)
    }

    /// The arguments, from the one that changes last, each with how many values it takes; two that are symmetric are one.
    fn digits<'a>(&'a self, rule: &'a Rule) -> impl Iterator<Item = (Digit, u64)> + 'a {
        let twins = rule.production.symmetric.filter(|_| self.is_twin);
        let twins = twins.map(|(first, second)| (usize::from(first), usize::from(second)));
        rule.nesting.iter().filter_map(move |place| match twins {
            Some((first, second)) if *place == first => {
                let length = self.length(first);
                Some((Digit::Twins(first, second), length * (length + 1) / 2))
            }
            Some((_, second)) if *place == second => None,
            _ => Some((Digit::One(*place), self.length(*place))),
        })
    }
}

/// What changes as one.
#[derive(Clone, Copy)]
enum Digit {
    One(usize),
    Twins(usize, usize),
}

/// The pair of a number among those of two places below a length, the second not before the first.
fn pair_at(length: u64, number: u64) -> (u64, u64) {
    // The pairs that begin with less than `outer`.
    let before = |outer: u64| outer * length - outer * outer.saturating_sub(1) / 2;
    let (mut low, mut high) = (0, length.saturating_sub(1));
    while low < high {
        let middle = (low + high).div_ceil(2);
        if before(middle) <= number { low = middle } else { high = middle - 1 }
    }
    (low, low + number - before(low))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::number_of;
    use crate::search::form::Form;
    use crate::search::grammar::{Kind, Production};

    /// Rules of a grammar with grids and colors: with four arguments, and with symmetric ones.
    fn grammar() -> Grammar {
        let kinds = vec![Kind { form: Form::Grid, is_offered: true }, Kind { form: Form::Color, is_offered: false }];
        let production = |name: &str, arguments: &[u8], symmetric| Production {
            primitive: number_of(name).unwrap(),
            arguments: arguments.to_vec(),
            result: 0,
            cost: 1,
            symmetric,
            is_distinct: false,
        };
        let productions = vec![
            production("replace", &[0, 1, 1], None),
            production("replace", &[0, 1, 1], Some((1, 2))),
            production("cellwise", &[0, 0, 1], Some((0, 1))),
            production("objects", &[0, 1, 1, 0], None),
        ];
        Grammar::new(kinds, Vec::new(), productions).unwrap()
    }

    #[test]
    fn combinations_by_number_are_those_of_a_cursor() {
        let grammar = grammar();
        for (number, rule) in (0..).zip(&grammar.rules) {
            for is_twin in [false, true] {
                let ranges = if is_twin { [(2, 6); MAX_ARGUMENTS] } else { [(2, 4), (0, 3), (5, 6), (1, 5)] };
                let block = Block { rule: number, ranges, is_twin };
                let symmetric = rule.production.symmetric.filter(|_| is_twin);
                let mut cursor = Cursor::start(&block);
                for place in 0..block.count(rule) {
                    assert_eq!(block.at(rule, place).places[..3], cursor.places[..3]);
                    assert_eq!(cursor.step(&block, &rule.nesting, symmetric), place + 1 < block.count(rule));
                }
            }
        }
    }

    #[test]
    fn pairs_are_numbered_without_gaps() {
        for length in [1, 2, 7, 100_000, u64::from(u32::MAX)] {
            for outer in [0, 1, length / 3, length - 1].into_iter().filter(|outer| *outer < length) {
                let first =
                    u128::from(outer) * u128::from(length) - u128::from(outer) * u128::from(outer.max(1) - 1) / 2;
                let first = u64::try_from(first).unwrap();
                assert_eq!(pair_at(length, first), (outer, outer));
                assert_eq!(pair_at(length, first + length - 1 - outer), (outer, length - 1));
            }
        }
    }
}
