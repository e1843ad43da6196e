//! Goal `table`: two grids whose colors in a place, taken together, say the color of the output in that place. The last
//! steps fill where the grids have certain colors.
//!
//! Example: the output has 2 where both halves of the input have 1, and 0 elsewhere; the expressions are the halves.

use super::frame::goal::{Goal, Level};
use super::frame::sample_grids::SampleGrids;
use super::frame::source::Source;
use super::frame::steps::{Proposal, Steps, int};
use super::frame::task::TaskSamples;
use crate::context::Context;
use crate::search::answer::Part;

/// Most grids that are tried with each other.
const MOST: usize = 700;
/// Most colored pairs that an answer may distinguish: more are learned by heart.
const MOST_RULES: usize = 4;
/// Most answers at a time.
const MOST_ANSWERS: usize = 64;
/// Cells that are looked at, about, until two grids turn out to make no table.
const CELLS_A_TRY: i64 = 64;

/// A grid with the outputs' shapes on each demo sample.
struct Candidate {
    source: Source,
    cost: u32,
    /// The cells of all demo samples.
    cells: Box<[u8]>,
    /// Height and width for each test sample.
    shapes: Box<[(u32, u32)]>,
}

/// The grids found so far.
#[derive(Default)]
struct ColorTables {
    candidates: Vec<Candidate>,
    /// So many were tried with each other already.
    tried: usize,
}

/// The goal.
pub fn goal(_: &TaskSamples) -> Box<dyn Goal> {
    Box::new(ColorTables::default())
}

impl Goal for ColorTables {
    fn name(&self) -> &'static str {
        "table"
    }

    fn see_grids(&mut self, _: &TaskSamples, grids: &SampleGrids<'_>, _: &mut Vec<Proposal>) {
        let Some(cells) = grids.near_cells() else { return };
        if self.candidates.len() < MOST && self.candidates.iter().all(|known| *known.cells != *cells) {
            let (source, cost, shapes) = (grids.source, grids.cost, grids.test_shapes());
            self.candidates.push(Candidate { source, cost, cells: cells.into(), shapes });
        }
    }

    /// Tries the grids that came since with all others, the earlier first. The work is the cells looked at, about.
    fn close_level(&mut self, _: &mut Context, task: &TaskSamples, _: Level, proposals: &mut Vec<Proposal>) -> i64 {
        let mut tried: i64 = 0;
        let count = self.candidates.len();
        for second in self.tried..count {
            for first in 0..second {
                let (a, b) = (&self.candidates[first], &self.candidates[second]);
                if a.shapes != b.shapes {
                    continue;
                }
                tried += 1;
                // Where one grid alone decides the output, any other makes a table with it.
                if proposals.len() < MOST_ANSWERS
                    && let Some(table) = Table::of(&a.cells, &b.cells, task.target.cells())
                {
                    proposals.extend(table.proposal(a, b));
                }
            }
        }
        self.tried = count;
        tried * CELLS_A_TRY
    }
}

/// What each pair of colors becomes.
struct Table([[u8; 10]; 10]);

/// What a table has where the demo samples do not say.
const UNKNOWN: u8 = u8::MAX;

impl Table {
    /// The table by which two grids give a third; None when there is none.
    fn of(first: &[u8], second: &[u8], output: &[u8]) -> Option<Table> {
        let mut table = [[UNKNOWN; 10]; 10];
        for ((a, b), to) in first.iter().zip(second).zip(output) {
            let known = table.get_mut(usize::from(*a))?.get_mut(usize::from(*b))?;
            if *known == UNKNOWN {
                *known = *to;
            } else if known != to {
                return None;
            }
        }
        Some(Table(table))
    }

    fn rules(&self) -> impl Iterator<Item = (u8, u8, u8)> + '_ {
        let row = |(a, row): (usize, &'_ [u8; 10])| {
            let row = *row;
            (0..10).map(move |b: usize| (a as u8, b as u8, row[b]))
        };
        self.0.iter().enumerate().flat_map(row).filter(|rule| rule.2 != UNKNOWN)
    }

    /// The shortest program that does what the table says: from the first grid, from the second, from an empty one.
    fn proposal(&self, a: &Candidate, b: &Candidate) -> Option<Proposal> {
        let mut ways: Vec<(Vec<ColorRule>, StartGrid)> = vec![
            (self.merged(|a, _, to| to == a), StartGrid::First),
            (self.merged(|_, b, to| to == b), StartGrid::Second),
        ];
        let mut results: Vec<u8> = self.rules().map(|rule| rule.2).collect();
        results.sort_unstable();
        results.dedup();
        ways.extend(results.iter().map(|color| (self.merged(|_, _, to| to == *color), StartGrid::Plain(*color))));
        let (rules, base) = ways.into_iter().min_by_key(|(rules, base)| {
            rules.iter().map(|rule| rule.calls()).sum::<usize>() + 2 * usize::from(matches!(base, StartGrid::Plain(_)))
        })?;
        if rules.is_empty() || rules.len() > MOST_RULES {
            return None;
        }
        let mut steps = Steps::default();
        let (first, second) = (a.source.part(&mut steps), b.source.part(&mut steps));
        let mut grid = match base {
            StartGrid::First => first.clone(),
            StartGrid::Second => second.clone(),
            StartGrid::Plain(color) => {
                let shape = steps.call("shape", [first.clone()]);
                steps.call("canvas", [int(color), shape])
            }
        };
        for rule in &rules {
            let mut where_ =
                |grid: &Part, color: Option<u8>| color.map(|color| steps.call("ofcolor", [grid.clone(), int(color)]));
            let patch = match (where_(&first, rule.first), where_(&second, rule.second)) {
                (Some(one), Some(other)) => steps.call("intersection", [one, other]),
                (Some(patch), None) | (None, Some(patch)) => patch,
                (None, None) => return None,
            };
            grid = steps.call("fill", [grid, int(rule.to), patch]);
        }
        Some(steps.proposal(grid, a.cost + b.cost))
    }

    /// The rules that are left when some need none, those of one color of either grid taken together.
    fn merged(&self, is_done: impl Fn(u8, u8, u8) -> bool) -> Vec<ColorRule> {
        let mut left: Vec<(u8, u8, u8)> = self.rules().filter(|&(a, b, to)| !is_done(a, b, to)).collect();
        let mut found = Vec::new();
        while let Some(&(a, b, to)) = left.first() {
            let all = |fits: &dyn Fn(u8, u8) -> bool| self.rules().all(|rule| !fits(rule.0, rule.1) || rule.2 == to);
            let rule = if all(&|first, _| first == a) {
                ColorRule { first: Some(a), second: None, to }
            } else if all(&|_, second| second == b) {
                ColorRule { first: None, second: Some(b), to }
            } else {
                ColorRule { first: Some(a), second: Some(b), to }
            };
            left.retain(|&(a, b, _)| {
                rule.first.is_some_and(|first| first != a) || rule.second.is_some_and(|second| second != b)
            });
            found.push(rule);
        }
        found
    }
}

/// What an answer starts from.
#[derive(Clone, Copy)]
enum StartGrid {
    First,
    Second,
    Plain(u8),
}

/// Cells of these colors (None: of any) become another.
struct ColorRule {
    first: Option<u8>,
    second: Option<u8>,
    to: u8,
}

impl ColorRule {
    fn calls(&self) -> usize {
        if self.first.is_some() && self.second.is_some() { 4 } else { 2 }
    }
}
