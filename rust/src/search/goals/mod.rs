//! Goals: the last steps from what was enumerated to the outputs of the demo samples, a file each.
//!
//! A goal is shown every new grid, patch or container once, when it comes, and is asked again when a level of cost is
//! done; see [`frame::goal::Goal`]. An answer is right on all demo samples; how likely it is right on the test, its cost
//! says. The answers depend on the order in which expressions come and on nothing else.
//!
//! A new goal is a file here, its `mod` line, and its line in [`ALL`].

pub mod frame;

mod cells;
mod chosen_element;
mod color_map;
mod color_table;
mod cut;
mod exact;
mod joined;
mod layers;
mod mosaics;
mod object_rules;
mod panels;
mod recolored_objects;
mod wrapped;

use crate::value::Grid;
use frame::dispatch::{Goals, MakeGoal};
use frame::task::TaskSamples;

/// Every goal. Of several that an expression meets, the earlier one's answers come first.
pub const ALL: &[MakeGoal] = &[
    exact::goal,
    cut::goal,
    color_map::goal,
    color_table::goal,
    layers::goal,
    wrapped::goal,
    joined::goal,
    chosen_element::goal,
    recolored_objects::goal,
    cells::goal,
    object_rules::goal,
    panels::goal,
    mosaics::goal,
];

/// All goals for a task: its demo outputs, and the inputs of all its samples, demo samples first.
pub fn goals_of(outputs: Vec<Grid>, inputs: Vec<Grid>) -> Goals {
    Goals::new(ALL, TaskSamples::new(outputs, inputs))
}
