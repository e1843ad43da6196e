//! Goal `joined`: grids that are the parts of the output, beside or above each other. The last steps are calls of
//! `hconcat` or `vconcat`.
//!
//! Example: the left half of the output is `I` and the right half is `rot180(I)`; both are expressions.

use std::collections::HashMap;

use super::frame::goal::Goal;
use super::frame::sample_grids::{SampleGrids, key_of};
use super::frame::shapes::Shapes;
use super::frame::source::Source;
use super::frame::splitting::split;
use super::frame::steps::{Proposal, Steps};
use super::frame::task::TaskSamples;
use crate::value::Grid;

/// The ways in which outputs are split: the call that joins the parts, and how many they are.
const WAYS: [(&str, usize); 4] = [("hconcat", 2), ("vconcat", 2), ("hconcat", 3), ("vconcat", 3)];

/// A way in which the outputs are made of parts, and those found so far with their costs.
struct Split {
    join: &'static str,
    parts: Vec<Option<(Source, u32)>>,
}

/// The parts that are looked for.
struct Joined {
    splits: Vec<Split>,
    /// By the key of a part on the demo samples: the number of its split, and its place there.
    places: HashMap<u64, Vec<(usize, usize)>>,
    shapes: Shapes,
}

/// The goal.
pub fn goal(task: &TaskSamples) -> Box<dyn Goal> {
    Box::new(Joined::new(task.target.outputs()))
}

impl Goal for Joined {
    fn name(&self) -> &'static str {
        "joined"
    }

    fn shapes(&self) -> Shapes {
        self.shapes.clone()
    }

    fn see_grids(&mut self, _: &TaskSamples, grids: &SampleGrids<'_>, proposals: &mut Vec<Proposal>) {
        if !self.shapes.have(grids.first_shape()) {
            return;
        }
        for &(split, part) in self.places.get(&grids.key()).into_iter().flatten() {
            let split = &mut self.splits[split];
            if split.parts[part].is_none() {
                split.parts[part] = Some((grids.source, grids.cost));
                proposals.extend(split.joined());
            }
        }
    }
}

impl Joined {
    /// The parts of these outputs, one for each demo sample.
    fn new(outputs: &[Grid]) -> Joined {
        let mut found = Joined { splits: Vec::new(), places: HashMap::new(), shapes: Shapes::default() };
        for (join, count) in WAYS {
            if let Some(parts) = split(outputs, join == "hconcat", count) {
                for (part, grids) in parts.iter().enumerate() {
                    if grids.first().is_some_and(|first| found.shapes.add(first)) {
                        found.places.entry(key_of(grids)).or_default().push((found.splits.len(), part));
                    }
                }
                found.splits.push(Split { join, parts: vec![None; count] });
            }
        }
        found
    }
}

impl Split {
    /// What joins the parts; None as long as one is missing.
    fn joined(&self) -> Option<Proposal> {
        let parts: Option<Vec<(Source, u32)>> = self.parts.iter().copied().collect();
        let parts = parts?;
        let mut steps = Steps::default();
        let mut grids = Vec::with_capacity(parts.len());
        for (source, _) in &parts {
            grids.push(source.part(&mut steps));
        }
        let whole = grids.into_iter().reduce(|whole, part| steps.call(self.join, [whole, part]))?;
        Some(steps.proposal(whole, parts.iter().map(|(_, cost)| cost).sum()))
    }
}
