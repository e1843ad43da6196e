//! Cuttings: the ways in which the inputs are cut into panels.

use super::kit::{Kit, grid_of, shape_of};
use crate::search::goals::frame::workbench::Node;
use crate::value::Grid;

/// Most parts that a grid without lines is split into in one direction.
const MOST_PARTS: usize = 9;

/// A way of cutting.
pub struct Cutting {
    /// The expression: tuples of grids.
    pub node: Node,
    /// The panels of each sample, demo samples first; at least two each.
    pub panels: Vec<Vec<Grid>>,
    /// Whether lines cut the inputs, so that `joinpanels` and `setpanels` know the places.
    pub has_lines: bool,
    /// What it costs.
    pub price: u32,
}

impl Cutting {
    fn new(kit: &Kit, node: Node, has_lines: bool, price: u32) -> Option<Cutting> {
        let mut panels = Vec::with_capacity(kit.samples());
        for sample in 0..kit.samples() {
            let parts = kit.bench.value(node, sample).items().ok()?;
            let parts: Option<Vec<Grid>> = parts.map(|part| grid_of(&part).cloned()).collect();
            panels.push(parts.filter(|parts| parts.len() > 1)?);
        }
        Some(Cutting { node, panels, has_lines, price })
    }

    /// The number of panels, where it is the same on all samples.
    pub fn count(&self) -> Option<usize> {
        let count = self.panels[0].len();
        self.panels.iter().all(|panels| panels.len() == count).then_some(count)
    }

    /// Whether the panels of each sample have one shape.
    pub fn are_alike(&self) -> bool {
        self.panels.iter().all(|panels| panels.iter().all(|panel| shape_of(panel) == shape_of(&panels[0])))
    }

    /// Whether the output of each demo sample has the shape of some panel, or that of one that is turned.
    pub fn has_shapes_of(&self, outputs: &[Grid]) -> bool {
        self.panels.iter().zip(outputs).all(|(panels, output)| {
            let (height, width) = shape_of(output);
            panels.iter().any(|panel| [(height, width), (width, height)].contains(&shape_of(panel)))
        })
    }
}

/// All cuttings that may matter for the outputs.
pub fn cuttings(kit: &mut Kit) -> Vec<Cutting> {
    let mut found = Vec::new();
    if let Some(node) = kit.call("panels", [kit.input]) {
        found.extend(Cutting::new(kit, node, true, 0));
    }
    for (name, price) in [("hsplit", 2), ("vsplit", 2)] {
        for count in 2..=MOST_PARTS {
            if are_parts(kit, name, count)
                && let Some(node) = split(kit, name, count)
            {
                found.extend(Cutting::new(kit, node, false, price));
            }
        }
    }
    if let Some(node) = tiles(kit) {
        found.extend(Cutting::new(kit, node, false, 4));
    }
    for (name, long, short) in [("hsplit", "width", "height"), ("vsplit", "height", "width")] {
        if let Some(node) = squares(kit, name, long, short) {
            found.extend(Cutting::new(kit, node, false, 4));
        }
    }
    found
}

/// Whether so many equal parts of the inputs have the shapes of the outputs.
fn are_parts(kit: &Kit, name: &str, count: usize) -> bool {
    let length = |grid: &Grid| if name == "hsplit" { grid.width() } else { grid.height() };
    let part = |grid: &Grid| match name {
        "hsplit" => (grid.height(), grid.width() / count),
        _ => (grid.height() / count, grid.width()),
    };
    kit.task.inputs.iter().all(|input| length(input) % count == 0 && length(input) > count)
        && kit.task.inputs.iter().zip(kit.task.target.outputs()).all(|(input, output)| part(input) == shape_of(output))
}

fn split(kit: &mut Kit, name: &str, count: usize) -> Option<Node> {
    let count = kit.int(count as i64);
    kit.call(name, [kit.input, count])
}

/// As many rows and columns of parts as outputs fit into the inputs.
fn tiles(kit: &mut Kit) -> Option<Node> {
    let (input, output) = (&kit.task.inputs[0], &kit.task.target.outputs()[0]);
    let (rows, columns) = (input.height() / output.height(), input.width() / output.width());
    if rows < 2 || columns < 2 || rows * columns > 36 {
        return None;
    }
    let fits = kit.task.inputs.iter().all(|input| input.height() % rows == 0 && input.width() % columns == 0);
    let pairs = kit.task.inputs.iter().zip(kit.task.target.outputs());
    let is_one = |(input, output): (&Grid, &Grid)| {
        (input.height(), input.width()) == (output.height() * rows, output.width() * columns)
    };
    if !fits || !pairs.into_iter().all(is_one) {
        return None;
    }
    let bands = split(kit, "vsplit", rows)?;
    let (hsplit, columns) = (kit.function("hsplit"), kit.int(columns as i64));
    let cut = kit.bound(hsplit, columns)?;
    let parts = kit.call("apply", [cut, bands])?;
    kit.call("merge", [parts])
}

/// Squares side by side, not equally many on all samples.
fn squares(kit: &mut Kit, name: &str, long: &str, short: &str) -> Option<Node> {
    let sides = |grid: &Grid| match name {
        "hsplit" => (grid.width(), grid.height()),
        _ => (grid.height(), grid.width()),
    };
    let inputs = &kit.task.inputs;
    let is_cut = |input: &Grid| sides(input).0 > sides(input).1 && sides(input).0 % sides(input).1 == 0;
    let counts = |input: &Grid| sides(input).0 / sides(input).1;
    let is_one = |(input, output): (&Grid, &Grid)| shape_of(output) == (sides(input).1, sides(input).1);
    let fits = inputs.iter().all(is_cut) && inputs.iter().zip(kit.task.target.outputs()).all(is_one);
    if !fits || inputs.iter().all(|input| counts(input) == counts(&inputs[0])) {
        return None;
    }
    let long = kit.call(long, [kit.input])?;
    let short = kit.call(short, [kit.input])?;
    let count = kit.call("divide", [long, short])?;
    kit.call(name, [kit.input, count])
}
