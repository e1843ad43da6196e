//! Trees over cells as expressions: grids laid over each other where questions hold.

use super::ground::Ground;
use super::questions::{Ask, Asked, Give, Test};
use crate::context::Context;
use crate::search::goals::frame::steps::{Proposal, Steps};
use crate::search::goals::frame::workbench::{Node, Written};
use crate::search::trees::{Learned, Tree};

/// What a leaf beyond the second adds to the cost.
const LEAF_COST: u32 = 6;

/// What costs more is no rule but the demo samples learned by heart.
const MOST_COST: u32 = 400;

/// The proposal that a tree is; `more` is added to its cost. None where it fails on some sample, or costs too much.
pub fn proposal(
    context: &mut Context,
    ground: &mut Ground,
    asked: &Asked,
    learned: &Learned,
    more: u32,
) -> Option<Proposal> {
    let cost = learned.price + LEAF_COST * learned.leaves.saturating_sub(2) + more;
    if cost > MOST_COST {
        return None;
    }
    let node = grid(context, ground, asked, &learned.tree)?;
    let mut steps = Steps::default();
    let result = ground.bench.write(node, &mut steps, &mut Written::default());
    Some(Proposal { cost, ..steps.proposal(result, 0) })
}

/// The grid that a tree gives.
pub fn grid(context: &mut Context, ground: &mut Ground, asked: &Asked, tree: &Tree) -> Option<Node> {
    match tree {
        Tree::Leaf(choice) => match asked.gives[*choice as usize] {
            Give::Grid(node) => Some(node),
            give => {
                let color = color(ground, give);
                let shape = ground.bench.call(context, "shape", &[ground.base])?;
                ground.bench.call(context, "canvas", &[color, shape])
            }
        },
        Tree::Split(question, yes, no) => {
            let below = grid(context, ground, asked, no)?;
            let patch = patch(context, ground, &asked.asks[*question as usize])?;
            if let Tree::Leaf(choice) = **yes
                && !matches!(asked.gives[choice as usize], Give::Grid(_))
            {
                let color = color(ground, asked.gives[choice as usize]);
                return ground.bench.call(context, "fill", &[below, color, patch]);
            }
            let above = grid(context, ground, asked, yes)?;
            ground.bench.call(context, "overlay", &[below, above, patch])
        }
    }
}

fn color(ground: &mut Ground, give: Give) -> Node {
    match give {
        Give::Literal(color) => ground.bench.int(i64::from(color)),
        Give::Color(node) | Give::Grid(node) => node,
    }
}

/// The cells for which a question holds.
fn patch(context: &mut Context, ground: &mut Ground, ask: &Ask) -> Option<Node> {
    let bench = &mut ground.bench;
    match ask {
        Ask::Number(grid, number) => {
            let number = bench.int(i64::from(*number));
            bench.call(context, "ofcolor", &[*grid, number])
        }
        Ask::Color(grid, color) => bench.call(context, "ofcolor", &[*grid, *color]),
        Ask::Equal(one, other) => bench.call(context, "equalcells", &[*one, *other]),
        Ask::Seen(one, other, background) => {
            let same = bench.call(context, "equalcells", &[*one, *other])?;
            let nothing = bench.call(context, "ofcolor", &[*one, *background])?;
            bench.call(context, "difference", &[same, nothing])
        }
        Ask::Patch(patch) => Some(*patch),
        Ask::Objects { objects, property, test, region } => {
            let value = value(context, ground, *objects, *property, test)?;
            let matches = ground.bench.call(context, "matcher", &[*property, value])?;
            match region {
                None => ground.bench.call(context, "mfilter", &[*objects, matches]),
                Some(region) => {
                    let chosen = ground.bench.call(context, "sfilter", &[*objects, matches])?;
                    ground.bench.call(context, "mapply", &[*region, chosen])
                }
            }
        }
    }
}

/// The value of a property that a test is about.
fn value(context: &mut Context, ground: &mut Ground, objects: Node, property: Node, test: &Test) -> Option<Node> {
    let bench = &mut ground.bench;
    match test {
        Test::Value(value) => Some(bench.leaf(value.clone())),
        Test::Extreme(name) => bench.call(context, name, &[objects, property]),
        Test::Rank(place) => {
            let place = bench.int(*place);
            bench.call(context, "valrank", &[objects, property, place])
        }
        Test::Common(name) => {
            let list = bench.call(context, "totuple", &[objects])?;
            let values = bench.call(context, "apply", &[property, list])?;
            bench.call(context, name, &[values])
        }
    }
}
