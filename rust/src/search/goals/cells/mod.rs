//! Goal `cells`: a decision tree over the cells says which color each has in the output. The last steps lay grids over
//! each other and fill, where the questions of the tree hold.
//!
//! Example: cells of the background become 4 where a 3 is seen to the left, and stay as they are elsewhere; the question
//! is `ofcolor(firstseen(I, LEFT, 0), 3)`.
//!
//! The grids that a tree is about have the outputs' shapes: the input, or grids that the enumeration came to. Questions
//! ask for colors in these grids, in fields made of them, see [`fields`], and for what holds the cell among the objects,
//! see [`objects`].

mod fields;
mod ground;
mod objects;
mod questions;
mod roles;
mod scaled;
mod written;

use super::frame::goal::{Goal, Level};
use super::frame::sample_grids::SampleGrids;
use super::frame::sample_patches::SamplePatches;
use super::frame::steps::Proposal;
use super::frame::task::TaskSamples;
use crate::context::Context;
use crate::search::trees::{Bounds, Problem, confirmed, learn, nearest};
use crate::value::Value;
use ground::{Ground, Known};
use questions::Asked;

/// After so many expressions it looks, each time with more of them.
const LOOKS: [u64; 3] = [1_000, 60_000, 400_000];
/// Words of bits that a look may go through.
const WORK: [i64; 3] = [24_000_000, 48_000_000, 160_000_000];
/// Patches of the enumeration that a look takes up.
const MOST_PATCHES: [usize; 3] = [12, 24, 48];
/// Colors of the enumeration that it takes up.
const MOST_COLORS: usize = 12;
/// Most leaves of a tree.
const LEAVES: u32 = 5;
/// Most trees of a look over one ground.
const TREES: usize = 12;
/// Demo samples that are left out, one at a time, to see whether the tree stays the same.
const MOST_LEFT_OUT: usize = 4;
/// What each adds to the cost where it does not.
const DOUBT_COST: u32 = 4;
/// Trees that are almost right over whose grids it looks again.
const NEAREST: usize = 2;
/// What it adds to the cost that a tree is about such a grid.
const NEAREST_COST: u32 = 16;
/// Most grounds of a look.
const GROUNDS: usize = 4;

/// What was seen of the enumeration.
#[derive(Default)]
struct Cells {
    known: Known,
    looks: usize,
}

/// The goal.
pub fn goal(_: &TaskSamples) -> Box<dyn Goal> {
    Box::new(Cells::default())
}

impl Goal for Cells {
    fn name(&self) -> &'static str {
        "cells"
    }

    fn see_grids(&mut self, task: &TaskSamples, grids: &SampleGrids<'_>, _: &mut Vec<Proposal>) {
        if let Some(cells) = grids.near_cells() {
            let pairs = cells.iter().zip(task.target.cells());
            let wrong = pairs.filter(|(cell, wanted)| cell != wanted).count();
            self.known.see_grids(grids.source, grids.cost, wrong, || grids.to_values());
        }
    }

    fn see_patches(&mut self, _: &TaskSamples, patches: &SamplePatches<'_>, _: &mut Vec<Proposal>) {
        let (list, most) = match patches.values.first() {
            Some(Value::Int(_)) => (&mut self.known.colors, MOST_COLORS),
            _ => (&mut self.known.patches, MOST_PATCHES[LOOKS.len() - 1]),
        };
        if list.len() < most {
            list.push((patches.entry, patches.cost, patches.values.to_vec()));
        }
    }

    fn close_level(
        &mut self,
        context: &mut Context,
        task: &TaskSamples,
        level: Level,
        proposals: &mut Vec<Proposal>,
    ) -> i64 {
        let looks = LOOKS.iter().filter(|nodes| **nodes <= level.nodes).count();
        if looks <= self.looks {
            return 0;
        }
        self.looks = looks;
        let look = looks - 1;
        let grounds = self.known.grounds(context, task, MOST_PATCHES[look]);
        let mut work = 0;
        for mut ground in grounds.into_iter().take(GROUNDS) {
            work += look_over(context, task, &mut ground, level.share(WORK[look]), proposals);
        }
        work
    }
}

/// Proposes the trees over one ground; where there is none, those over what the nearest trees give. Returns the work.
fn look_over(
    context: &mut Context,
    task: &TaskSamples,
    ground: &mut Ground,
    work: i64,
    proposals: &mut Vec<Proposal>,
) -> i64 {
    let (asked, mut problem) = problem(context, task, ground);
    let (count, mut spent) = propose(context, ground, &asked, &mut problem, work, 0, proposals);
    if count > 0 {
        return spent;
    }
    let (near, more) = nearest(&problem, NEAREST, work / 8);
    spent += more;
    for tree in near {
        let Some(base) = written::grid(context, ground, &asked, &tree) else { continue };
        ground.rebase(task, base);
        let (asked, mut problem) = self::problem(context, task, ground);
        let (_, more) = propose(context, ground, &asked, &mut problem, work / 4, NEAREST_COST, proposals);
        spent += more;
    }
    spent
}

/// The cells of a ground with questions and choices.
fn problem(context: &mut Context, task: &TaskSamples, ground: &mut Ground) -> (Asked, Problem) {
    roles::add(context, ground);
    let mut asked = Asked::new(task, ground);
    fields::add(context, ground, &mut asked);
    objects::add(context, ground, &mut asked);
    let problem = asked.problem();
    (asked, problem)
}

/// Proposes the trees of a problem, so much dearer; how many, and the work.
fn propose(
    context: &mut Context,
    ground: &mut Ground,
    asked: &Asked,
    problem: &mut Problem,
    work: i64,
    more: u32,
    proposals: &mut Vec<Proposal>,
) -> (usize, i64) {
    let bounds = Bounds { leaves: LEAVES, trees: TREES, work };
    let (trees, spent) = learn(problem, bounds);
    let mut left_out = asked.demos();
    left_out.truncate(if trees.is_empty() { 0 } else { MOST_LEFT_OUT });
    let (confirmed, again) = confirmed(problem, &left_out, &trees, Bounds { work: work / 4, ..bounds });
    for (learned, confirmed) in trees.iter().zip(confirmed) {
        let doubts = left_out.len() as u32 - confirmed;
        proposals.extend(written::proposal(context, ground, asked, learned, more + DOUBT_COST * doubts));
    }
    // Making the questions is work as well.
    (trees.len(), spent + again + asked.work())
}
