//! Goal `objects`: the output is the input with a rule applied to each object: it stays, vanishes, gets another color,
//! moves, or something is painted for it. A small tree of questions about the object says what.
//!
//! Example: objects that touch the border vanish, all others get a frame of color 2.
//!
//! Looked for once, when the enumeration has done a little; nothing that was enumerated is used.

mod colors;
mod crops;
mod families;
mod kit;
mod lists;
mod painters;
mod properties;
mod rules;
mod scene;
mod views;
mod writing;

use super::frame::goal::{Goal, Level};
use super::frame::steps::{Proposal, Steps};
use super::frame::task::TaskSamples;
use super::frame::workbench::{Node, Written};
use crate::context::Context;
use crate::value::Value;
use families::{Changes, Family, covers, families};
use kit::Kit;
use rules::Parts;
use scene::Scene;
use writing::Words;

/// Expressions after which it is the time.
const AFTER: u64 = 1_000;
/// Fuel of all of it.
const FUEL: i64 = 1_500_000;
/// Sets of families that are tried for one way of seeing objects.
const MOST_COVERS: usize = 5;
/// Most answers.
const MOST_ANSWERS: usize = 12;

struct ObjectRules {
    is_done: bool,
}

/// The goal.
pub fn goal(_: &TaskSamples) -> Box<dyn Goal> {
    Box::new(ObjectRules { is_done: false })
}

impl Goal for ObjectRules {
    fn name(&self) -> &'static str {
        "objects"
    }

    fn close_level(
        &mut self,
        context: &mut Context,
        task: &TaskSamples,
        level: Level,
        proposals: &mut Vec<Proposal>,
    ) -> i64 {
        if self.is_done || level.nodes < AFTER {
            return 0;
        }
        self.is_done = true;
        let kit = &mut Kit::new(context, task, FUEL);
        let mut found = Vec::new();
        for scene in views::scenes(kit, task) {
            if !kit.may_go_on() {
                break;
            }
            if task.keeps_shapes {
                look(kit, &scene, &mut found);
            } else {
                crops::look(kit, &scene, &mut found);
            }
        }
        found.sort_by_key(|answer: &Found| answer.cost);
        let mut known: Vec<&Found> = Vec::new();
        for answer in &found {
            if known.len() < MOST_ANSWERS && !known.iter().any(|other| other.tests == answer.tests) {
                known.push(answer);
            }
        }
        proposals.extend(known.into_iter().map(|answer| answer.proposal(kit)));
        0
    }
}

/// A grid that is right on all demo samples.
struct Found {
    node: Node,
    cost: u32,
    /// What it is on the test samples.
    tests: Vec<Value>,
}

impl Found {
    fn new(kit: &Kit, scene: &Scene, node: Node, cost: u32) -> Found {
        let samples = scene.task.target.demos()..scene.task.inputs.len();
        let tests = samples.map(|sample| kit.bench.value(node, sample).clone()).collect();
        Found { node, cost, tests }
    }

    fn proposal(&self, kit: &Kit) -> Proposal {
        let mut steps = Steps::default();
        let part = kit.bench.write(self.node, &mut steps, &mut Written::default());
        let mut proposal = steps.proposal(part, 0);
        proposal.cost = self.cost;
        proposal
    }
}

/// Looks for rules under one way of seeing objects.
fn look(kit: &mut Kit, scene: &Scene, found: &mut Vec<Found>) {
    let changes = Changes::new(scene);
    let colors = colors::colors(kit, scene);
    let mut painters = Vec::new();
    let mut known = Vec::new();
    let mut sets = vec![Vec::new()];
    if changes.count > 0 {
        painters = painters::painters(kit, scene, &changes.places);
        known = families(kit, scene, &changes, &painters, &colors);
        sets = covers(&known, &changes, MOST_COVERS);
    }
    if sets.is_empty() || !kit.may_go_on() {
        return;
    }
    let properties = properties::properties(kit, scene);
    let (asked, questions) = properties::questions(scene, &properties);
    kit.pay((asked.len() * scene.items.len()) as i64);
    let parts = Parts { scene, changes: &changes, painters: &painters, colors: &colors, questions: &questions };
    let words = Words { scene, asked: &asked, properties: &properties, colors: &colors, painters: &painters };
    for set in sets {
        let chosen: Vec<&Family> = set.iter().map(|place| &known[*place]).collect();
        if !kit.may_go_on() {
            break;
        }
        for rule in parts.rules(kit, &chosen) {
            if let Some(node) = words.written(kit, &rule, &chosen)
                && is_right(kit, scene, node)
            {
                found.push(Found::new(kit, scene, node, 10 + scene.price + rule.price));
            }
        }
    }
}

/// Whether a grid is the output on all demo samples.
fn is_right(kit: &Kit, scene: &Scene, node: Node) -> bool {
    let outputs = scene.task.target.outputs().iter().enumerate();
    outputs
        .into_iter()
        .all(|(sample, output)| matches!(kit.bench.value(node, sample), Value::Grid(grid) if grid == output))
}
