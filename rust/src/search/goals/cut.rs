//! Goal `cut`: the output is what the box around a patch holds of the input. The last step is `subgrid`.
//!
//! Example: the output is the part of the input around its largest object, and the expression is that object.

use super::frame::goal::Goal;
use super::frame::sample_grids::SampleGrids;
use super::frame::source::Source;
use super::frame::steps::{Proposal, Steps};
use super::frame::task::TaskSamples;

struct Cut;

/// The goal.
pub fn goal(_: &TaskSamples) -> Box<dyn Goal> {
    Box::new(Cut)
}

impl Goal for Cut {
    fn name(&self) -> &'static str {
        "cut"
    }

    fn see_grids(&mut self, _: &TaskSamples, grids: &SampleGrids<'_>, proposals: &mut Vec<Proposal>) {
        if grids.are_outputs && matches!(grids.source, Source::Cut(_)) {
            let mut steps = Steps::default();
            let result = grids.source.part(&mut steps);
            // The cost of the source has that of the cut in it.
            proposals.push(Proposal { cost: grids.cost, ..steps.proposal(result, grids.cost) });
        }
    }
}
