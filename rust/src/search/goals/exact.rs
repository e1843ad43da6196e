//! Goal `exact`: an expression that is the output itself. It needs no last step.
//!
//! Example: the output is the input mirrored, and the expression is `vmirror(I)`.

use super::frame::goal::Goal;
use super::frame::sample_grids::SampleGrids;
use super::frame::source::Source;
use super::frame::steps::{Proposal, Steps};
use super::frame::task::TaskSamples;

struct Exact;

/// The goal.
pub fn goal(_: &TaskSamples) -> Box<dyn Goal> {
    Box::new(Exact)
}

impl Goal for Exact {
    fn name(&self) -> &'static str {
        "exact"
    }

    fn most_answers(&self) -> u32 {
        u32::MAX
    }

    fn see_grids(&mut self, _: &TaskSamples, grids: &SampleGrids<'_>, proposals: &mut Vec<Proposal>) {
        if grids.are_outputs && matches!(grids.source, Source::Entry(_)) {
            let mut steps = Steps::default();
            let result = grids.source.part(&mut steps);
            proposals.push(steps.proposal(result, grids.cost));
        }
    }
}
