//! The interface of a goal.

use super::sample_elements::SampleElements;
use super::sample_grids::SampleGrids;
use super::sample_patches::SamplePatches;
use super::shapes::Shapes;
use super::steps::Proposal;
use super::task::TaskSamples;
use crate::context::Context;

/// Most answers of one goal: where it is met easily, answers of other goals are worth more than another of its kind.
const MOST_ANSWERS: u32 = 256;

/// How far a search is when a level of cost is done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Level {
    /// Expressions that were looked at.
    pub nodes: u64,
    /// Fuel that was spent, that of the goals included.
    pub fuel: u64,
    /// Fuel that may still be spent; None where it is not bounded.
    pub left: Option<u64>,
}

impl Level {
    /// So much work, an eighth of a unit of fuel each, or a twelfth of what may still be spent where that is less.
    pub fn share(&self, work: i64) -> i64 {
        self.left.map_or(work, |left| work.min(i64::try_from(left / 3 * 2).unwrap_or(i64::MAX)))
    }
}

/// A last step of programs, looked for in the values of each new expression instead of being enumerated.
///
/// A goal implements the `see` methods for what it can use, and pushes what it proposes. All samples are shown, demo
/// samples first; test samples have no output. A proposal has to be right on all demo samples, which is checked by an
/// engine later. It must depend on nothing but the task and what was seen before, in that order.
pub trait Goal: Send {
    /// The word by which answers name the goal. No two goals have the same.
    fn name(&self) -> &'static str;

    /// Most answers in a search; further ones are dropped.
    fn most_answers(&self) -> u32 {
        MOST_ANSWERS
    }

    /// Shapes, on the first demo sample, of the grids that it can use beside those with the output's shape. Fixed.
    fn shapes(&self) -> Shapes {
        Shapes::default()
    }

    /// Sees an expression that gives grids which have the outputs' shapes, or one of [`Goal::shapes`]: a goal checks.
    fn see_grids(&mut self, _task: &TaskSamples, _grids: &SampleGrids<'_>, _proposals: &mut Vec<Proposal>) {}

    /// Sees an expression that gives objects or indices.
    fn see_patches(&mut self, _task: &TaskSamples, _patches: &SamplePatches<'_>, _proposals: &mut Vec<Proposal>) {}

    /// Sees an expression that gives containers of objects or of grids. Calls that are made here are paid for.
    fn see_elements(
        &mut self,
        _context: &mut Context,
        _task: &TaskSamples,
        _elements: &SampleElements<'_>,
        _proposals: &mut Vec<Proposal>,
    ) {
    }

    /// Looks for what takes several expressions, when all of one cost were seen. Calls that are made here are paid for;
    /// returns the work beyond them, to be paid for.
    fn close_level(
        &mut self,
        _context: &mut Context,
        _task: &TaskSamples,
        _level: Level,
        _proposals: &mut Vec<Proposal>,
    ) -> i64 {
        0
    }
}
