//! Goal `mosaics`: the output is a grid that is symmetric or periodic but for cells of one color, with what these hide;
//! or only the part that was hidden, the pattern continued on a larger grid, or its tile.
//!
//! Example: `symmetric(I, 4)` where a block of 4 hides a part of a symmetric picture;
//! `subgrid(ofcolor(I, 4), symmetric(I, 4))` where the output is that part.
//!
//! Looked for once, when the enumeration has done a little, in the input and in grids of the outputs' shapes. Nothing is
//! called unless, on every demo sample, all that differs from the output is of one color.

mod hiding;

use super::frame::goal::{Goal, Level};
use super::frame::sample_grids::SampleGrids;
use super::frame::source::Source;
use super::frame::steps::{Proposal, Steps};
use super::frame::task::TaskSamples;
use super::frame::workbench::{Node, Workbench, Written};
use crate::context::Context;
use crate::search::answer::Part;
use crate::value::Value;
use hiding::{Colors, Hidings, NO_COLOR, grid_of, painted, replaced};

/// Expressions after which it is the time.
const AFTER: u64 = 1_000;
/// Fuel of all of it.
const FUEL: i64 = 300_000;
/// Grids of the enumeration that are looked at.
const MOST_GRIDS: usize = 4;
/// Colors that are tried of those which may hide.
const MOST_COLORS: usize = 3;
/// Most answers.
const MOST_ANSWERS: usize = 6;
/// What an answer costs beside its calls.
const COST: u32 = 10;
/// How a part may lie in the output, beside as it is.
const TURNS: [&str; 4] = ["vmirror", "hmirror", "rot180", "dmirror"];

#[derive(Default)]
struct Mosaics {
    is_done: bool,
    /// Grids of the enumeration: number, cost, and value on each sample.
    grids: Vec<(u32, u32, Vec<Value>)>,
}

/// The goal.
pub fn goal(_: &TaskSamples) -> Box<dyn Goal> {
    Box::new(Mosaics::default())
}

impl Goal for Mosaics {
    fn name(&self) -> &'static str {
        "mosaics"
    }

    fn see_grids(&mut self, task: &TaskSamples, grids: &SampleGrids<'_>, _: &mut Vec<Proposal>) {
        if self.is_done || self.grids.len() == MOST_GRIDS || grids.near_cells().is_none() {
            return;
        }
        if let Source::Entry(entry) = grids.source {
            let values = grids.to_values();
            if Hidings::new(task, &values).whole.is_some() {
                self.grids.push((entry, grids.cost, values));
            }
        }
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
        let mut look = Look::new(context, task);
        for base in look.bases(std::mem::take(&mut self.grids)) {
            look.at(base);
        }
        proposals.extend(look.proposals());
        0
    }
}

/// A look for mosaics.
struct Look<'c, 'w, 't> {
    context: &'c mut Context<'w>,
    task: &'t TaskSamples,
    bench: Workbench,
    input: Node,
    /// Fuel that the meter has when the work is to end.
    end: i64,
    /// Grids that are the outputs.
    found: Vec<Node>,
}

impl<'c, 'w, 't> Look<'c, 'w, 't> {
    fn new(context: &'c mut Context<'w>, task: &'t TaskSamples) -> Look<'c, 'w, 't> {
        let mut bench = Workbench::new(task.inputs.len());
        let input = bench.part(Part::Input, task.inputs.iter().cloned().map(Value::Grid).collect(), 1);
        let end = context.left - FUEL;
        Look { context, task, bench, input, end, found: Vec::new() }
    }

    fn call(&mut self, name: &str, operands: &[Node]) -> Option<Node> {
        if self.context.left > self.end { self.bench.call(self.context, name, operands) } else { None }
    }

    fn values(&self, node: Node) -> Vec<Value> {
        (0..self.task.inputs.len()).map(|sample| self.bench.value(node, sample).clone()).collect()
    }

    /// The grids that may be mosaics: the input, also with a color replaced, and others.
    fn bases(&mut self, grids: Vec<(u32, u32, Vec<Value>)>) -> Vec<Node> {
        let mut bases = vec![self.input];
        if let Some((from, to)) = replaced(self.task) {
            let (from, to) = (self.bench.int(i64::from(from)), self.bench.int(i64::from(to)));
            bases.extend(self.call("replace", &[self.input, from, to]));
        }
        let inputs = self.values(self.input);
        for (entry, cost, values) in grids {
            if values != inputs && values.len() == inputs.len() {
                bases.push(self.bench.part(Part::Entry(entry), values, cost));
            }
        }
        bases
    }

    /// Looks at a grid for each sample.
    fn at(&mut self, base: Node) {
        let values = self.values(base);
        let hidings = Hidings::new(self.task, &values);
        if hidings.are_none() {
            return;
        }
        if let Some(colors) = &hidings.whole {
            let painted = painted(self.task, &values);
            for color in self.colors(base, colors) {
                self.whole(base, color, painted);
            }
        }
        if let Some(colors) = &hidings.larger {
            for color in self.colors(base, colors) {
                self.larger(base, color);
            }
        }
        if let Some(colors) = &hidings.tile {
            for color in self.colors(base, colors) {
                let tile = self.call("tile", &[base, color]);
                self.find(tile);
            }
        }
        if let Some(colors) = &hidings.part {
            for color in self.colors(base, colors) {
                self.part(base, color);
            }
        }
    }

    /// The colors that may hide: constants, and roles that each sample has a color for.
    fn colors(&mut self, base: Node, allowed: &[Colors]) -> Vec<Node> {
        let always = allowed.iter().fold(Colors::MAX, |all, colors| all & colors);
        let constants = (0..=NO_COLOR).rev().filter(|color| always >> color & 1 == 1).take(MOST_COLORS);
        let mut found: Vec<Node> = constants.map(|color| self.bench.int(i64::from(color))).collect();
        for role in self.roles(base) {
            let is_allowed = |(sample, colors): (usize, &Colors)| {
                self.bench.value(role, sample).color().is_some_and(|color| color < NO_COLOR && colors >> color & 1 == 1)
            };
            if allowed.iter().enumerate().all(is_allowed) {
                found.push(role);
            }
        }
        found
    }

    /// Colors of each sample: the rarest, the commonest, those of the largest rectangles.
    fn roles(&mut self, base: Node) -> Vec<Node> {
        let mut roles: Vec<Node> =
            ["leastcolor", "mostcolor"].iter().filter_map(|name| self.call(name, &[base])).collect();
        roles.extend(self.rectangle(base, "partition", &[]));
        roles.extend(self.rectangle(base, "objects", &[true, false, false]));
        roles
    }

    /// The color of the largest of some objects that fill the boxes around them.
    fn rectangle(&mut self, base: Node, view: &str, flags: &[bool]) -> Option<Node> {
        let mut operands = vec![base];
        operands.extend(flags.iter().map(|flag| self.bench.leaf((*flag).into())));
        let objects = self.call(view, &operands)?;
        let names = ["equality", "toindices", "backdrop", "size"];
        let [equality, toindices, backdrop, size] = names.map(|name| self.bench.function(name));
        let is_full = self.call("fork", &[equality, toindices, backdrop])?;
        let full = self.call("sfilter", &[objects, is_full])?;
        let largest = self.call("argmax", &[full, size])?;
        self.call("color", &[largest])
    }

    /// A grid mended in every way.
    fn mended(&mut self, base: Node, color: Node) -> Vec<Node> {
        let mut mended = Vec::new();
        for [first, second] in [["symmetric", "periodic"], ["periodic", "symmetric"]] {
            if let Some(once) = self.call(first, &[base, color]) {
                mended.push(once);
                mended.extend(self.call(second, &[once, color]));
            }
        }
        mended
    }

    /// What is hidden is seen, in its color or in one.
    fn whole(&mut self, base: Node, color: Node, painted: Option<u8>) {
        for mended in self.mended(base, color) {
            self.find(Some(mended));
            let Some(painted) = painted else { continue };
            let painted = self.bench.int(i64::from(painted));
            let before = self.call("ofcolor", &[base, color]);
            let after = self.call("ofcolor", &[mended, color]);
            if let (Some(before), Some(after)) = (before, after)
                && let Some(seen) = self.call("difference", &[before, after])
            {
                let filled = self.call("fill", &[base, painted, seen]);
                self.find(filled);
            }
        }
    }

    /// The part that is hidden.
    fn part(&mut self, base: Node, color: Node) {
        let Some(hidden) = self.call("ofcolor", &[base, color]) else { return };
        for mended in self.mended(base, color) {
            let part = self.call("subgrid", &[hidden, mended]);
            self.find(part);
            for turn in TURNS {
                let turned = part.and_then(|part| self.call(turn, &[part]));
                self.find(turned);
            }
        }
    }

    /// The grid continued.
    fn larger(&mut self, base: Node, color: Node) {
        for shape in self.shapes(base) {
            let Some(canvas) = self.call("canvas", &[color, shape]) else { continue };
            let Some(cells) = self.call("asobject", &[base]) else { continue };
            if let Some(painted) = self.call("paint", &[canvas, cells]) {
                for mended in self.mended(painted, color) {
                    self.find(Some(mended));
                }
            }
        }
    }

    /// The shapes that outputs have: as many times that of the grid, or always one.
    fn shapes(&mut self, base: Node) -> Vec<Node> {
        let outputs = self.task.target.outputs();
        let shapes: Vec<(usize, usize)> = outputs.iter().map(|output| (output.height(), output.width())).collect();
        let values = self.values(base);
        let own = values.iter().filter_map(grid_of).map(|grid| (grid.height(), grid.width()));
        let factors: Vec<(usize, usize)> =
            shapes.iter().zip(own).map(|(shape, own)| (shape.0 / own.0, shape.1 / own.1)).collect();
        let mut found = Vec::new();
        for (is_factor, pairs) in [(true, factors), (false, shapes)] {
            let (down, right) = pairs[0];
            if pairs.iter().any(|pair| *pair != pairs[0]) {
                continue;
            }
            let pair = self.bench.leaf(Value::Pair(down as i32, right as i32));
            if is_factor {
                let shape = self.call("shape", &[base]);
                found.extend(shape.and_then(|shape| self.call("multiply", &[shape, pair])));
            } else {
                found.push(pair);
            }
        }
        found
    }

    /// Notes a grid that is the output on all demo samples.
    fn find(&mut self, node: Option<Node>) {
        let Some(node) = node else { return };
        let mut outputs = self.task.target.outputs().iter().enumerate();
        if outputs.all(|(sample, output)| grid_of(self.bench.value(node, sample)) == Some(output)) {
            self.found.push(node);
        }
    }

    /// The grids that were found, the cheapest for each way in which they go on to the test samples.
    fn proposals(mut self) -> Vec<Proposal> {
        self.found.sort_by_key(|node| self.bench.cost(*node));
        let mut known: Vec<Vec<Value>> = Vec::new();
        let mut proposals = Vec::new();
        for node in &self.found {
            let values = self.values(*node);
            if !known.contains(&values) && known.len() < MOST_ANSWERS {
                let mut steps = Steps::default();
                let part = self.bench.write(*node, &mut steps, &mut Written::default());
                let mut proposal = steps.proposal(part, 0);
                proposal.cost = COST + self.bench.cost(*node);
                proposals.push(proposal);
                known.push(values);
            }
        }
        proposals
    }
}
