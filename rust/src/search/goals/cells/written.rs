//! Trees over cells as steps: grids laid over each other where questions hold.

use super::ground::Ground;
use super::questions::{Ask, Asked, Give, Test};
use crate::search::answer::Part;
use crate::search::goals::frame::steps::{Proposal, Steps, int};
use crate::search::goals::frame::workbench::Written;
use crate::search::trees::{Learned, Tree};

/// What a leaf beyond the second adds to the cost.
const LEAF_COST: u32 = 6;

/// The proposal that a tree is; `more` is added to its cost.
pub fn proposal(ground: &Ground, asked: &Asked, learned: &Learned, more: u32) -> Proposal {
    let mut writer = Writer { ground, asked, steps: Steps::default(), written: Written::default() };
    let result = writer.grid(&learned.tree);
    let cost = learned.price + LEAF_COST * learned.leaves.saturating_sub(2) + more;
    Proposal { cost, ..writer.steps.proposal(result, 0) }
}

struct Writer<'a> {
    ground: &'a Ground,
    asked: &'a Asked,
    steps: Steps,
    written: Written,
}

impl Writer<'_> {
    /// The grid that a tree gives.
    fn grid(&mut self, tree: &Tree) -> Part {
        match tree {
            Tree::Leaf(choice) => match self.asked.gives[*choice as usize] {
                Give::Grid(node) => self.ground.bench.write(node, &mut self.steps, &mut self.written),
                give => {
                    let color = self.color(give);
                    let base = self.ground.bench.write(self.ground.base, &mut self.steps, &mut self.written);
                    let shape = self.steps.call("shape", [base]);
                    self.steps.call("canvas", [color, shape])
                }
            },
            Tree::Split(question, yes, no) => {
                let below = self.grid(no);
                let patch = self.patch(*question);
                if let Tree::Leaf(choice) = **yes
                    && !matches!(self.asked.gives[choice as usize], Give::Grid(_))
                {
                    let color = self.color(self.asked.gives[choice as usize]);
                    return self.steps.call("fill", [below, color, patch]);
                }
                let above = self.grid(yes);
                self.steps.call("overlay", [below, above, patch])
            }
        }
    }

    fn color(&mut self, give: Give) -> Part {
        match give {
            Give::Literal(color) => int(color),
            Give::Color(node) | Give::Grid(node) => self.ground.bench.write(node, &mut self.steps, &mut self.written),
        }
    }

    /// The cells for which a question holds.
    fn patch(&mut self, question: u32) -> Part {
        let bench = &self.ground.bench;
        let mut write = |node| bench.write(node, &mut self.steps, &mut self.written);
        match self.asked.asks[question as usize].clone() {
            Ask::Number(grid, number) => {
                let grid = write(grid);
                self.steps.call("ofcolor", [grid, int(number)])
            }
            Ask::Color(grid, color) => {
                let (grid, color) = (write(grid), write(color));
                self.steps.call("ofcolor", [grid, color])
            }
            Ask::Equal(one, other) => {
                let (one, other) = (write(one), write(other));
                self.steps.call("equalcells", [one, other])
            }
            Ask::Seen(one, other, background) => {
                let (one, other, background) = (write(one), write(other), write(background));
                let same = self.steps.call("equalcells", [one.clone(), other]);
                let nothing = self.steps.call("ofcolor", [one, background]);
                self.steps.call("difference", [same, nothing])
            }
            Ask::Patch(patch) => write(patch),
            Ask::Objects { objects, property, test, region } => {
                let (objects, property) = (write(objects), write(property));
                let region = region.map(&mut write);
                self.objects(objects, property, test, region)
            }
        }
    }

    fn objects(&mut self, objects: Part, property: Part, test: Test, region: Option<Part>) -> Part {
        let steps = &mut self.steps;
        let value = match test {
            Test::Value(value) => Part::Leaf(value),
            Test::Extreme(name) => steps.call(name, [objects.clone(), property.clone()]),
            Test::Rank(place) => steps.call("valrank", [objects.clone(), property.clone(), int(place)]),
            Test::Common(name) => {
                let list = steps.call("totuple", [objects.clone()]);
                let values = steps.call("apply", [property.clone(), list]);
                steps.call(name, [values])
            }
        };
        let matches = steps.call("matcher", [property, value]);
        match region {
            None => steps.call("mfilter", [objects, matches]),
            Some(region) => {
                let chosen = steps.call("sfilter", [objects, matches]);
                steps.call("mapply", [region, chosen])
            }
        }
    }
}
