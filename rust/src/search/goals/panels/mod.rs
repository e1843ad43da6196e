//! Goal `panels`: the output is made of the panels that lines, or equal parts, cut the input into: one of them is given,
//! they are combined cell by cell, each becomes a cell, or each is changed in its place.
//!
//! Example: two panels side by side, and a cell of the output is 3 where both have a 1.
//!
//! Looked for once, when the enumeration has done a little; nothing that was enumerated is used.

mod chosen;
mod combined;
mod cuttings;
mod frame;
mod kit;
mod measures;
mod placed;
mod repeated;
mod roles;
mod rules;
mod single;

use super::frame::goal::{Goal, Level};
use super::frame::steps::{Proposal, Steps};
use super::frame::task::TaskSamples;
use super::frame::workbench::Written;
use crate::context::Context;
use crate::value::Value;
use kit::Kit;

/// Expressions after which it is the time.
const AFTER: u64 = 1_000;
/// Fuel of all calls.
const FUEL: i64 = 1_000_000;
/// Most answers.
const MOST_ANSWERS: usize = 8;

struct Panels {
    is_done: bool,
}

/// The goal.
pub fn goal(_: &TaskSamples) -> Box<dyn Goal> {
    Box::new(Panels { is_done: false })
}

impl Goal for Panels {
    fn name(&self) -> &'static str {
        "panels"
    }

    fn close_level(
        &mut self,
        context: &mut Context,
        task: &TaskSamples,
        level: Level,
        proposals: &mut Vec<Proposal>,
    ) -> i64 {
        if self.is_done || level.nodes < AFTER || task.target.demos() == 0 {
            return 0;
        }
        self.is_done = true;
        let kit = &mut Kit::new(context, task, FUEL);
        let mut found = Vec::new();
        let mut work = 0;
        for cutting in cuttings::cuttings(kit) {
            work += rules::look(kit, &cutting, &mut found);
        }
        found.retain(|(node, _)| kit.is_right(*node));
        found.sort_by_key(|(_, cost)| *cost);
        let mut known: Vec<Vec<Value>> = Vec::new();
        for (node, cost) in found {
            let tests = kit.tests(node);
            if known.len() < MOST_ANSWERS && !known.contains(&tests) {
                known.push(tests);
                let mut steps = Steps::default();
                let part = kit.bench.write(node, &mut steps, &mut Written::default());
                proposals.push(Proposal { cost, ..steps.proposal(part, 0) });
            }
        }
        work
    }
}
