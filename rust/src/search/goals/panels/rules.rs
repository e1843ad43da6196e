//! The rules, and when each of them may apply.

use super::combined::combined;
use super::cuttings::Cutting;
use super::frame::Frame;
use super::kit::{Kit, shape_of};
use super::measures::{Measure, measures};
use super::placed::{Placing, changed, numbered, placed, without_lines};
use super::repeated::{repeated, spread};
use super::roles::{Role, roles, with_roles};
use super::single::{one, recolored};
use crate::search::goals::frame::workbench::Node;

/// Mirrors and turns.
pub const TURNS: [&str; 7] = ["vmirror", "hmirror", "rot180", "dmirror", "cmirror", "rot90", "rot270"];
/// What a turn costs.
pub const TURN_COST: u32 = 6;
/// What a rule costs beyond what it says.
pub const RULE_COST: u32 = 10;

/// What was found: expressions, and their costs.
pub type Found = Vec<(Node, u32)>;

/// Looks for all rules about panels that are cut in one way; returns the work.
pub fn look(kit: &mut Kit, cutting: &Cutting, found: &mut Found) -> i64 {
    let outputs = kit.task.target.outputs();
    let is_panel = cutting.has_shapes_of(outputs);
    let is_large = cutting.has_lines && outputs.iter().zip(&kit.task.inputs).all(|(a, b)| shape_of(a) == shape_of(b));
    let joined = joined(kit, cutting);
    let numbers = numbered(kit, cutting, Placing::Cells).filter(|numbers| fits(kit, *numbers));
    if !is_panel && !is_large && joined.is_none() && numbers.is_none() {
        return 0;
    }
    let (measures, roles) = (measures(kit, cutting), roles(kit, cutting));
    let mut work = 0;
    if is_panel {
        one(kit, cutting, &measures, found);
        if found.is_empty() {
            work += recolored(kit, cutting, &measures, &roles, found);
        }
        work += combined(kit, cutting, &roles, found);
    }
    if let Some(joined) = joined {
        let frame = without_lines(kit, cutting, &roles, joined);
        work += learn(kit, frame, found);
    }
    if let Some(numbers) = numbers {
        let mut frame = placed(kit, cutting, &measures, Placing::Cells, numbers);
        with_roles(&mut frame, &roles);
        work += learn(kit, frame, found);
    }
    if is_large {
        work += large(kit, cutting, &measures, &roles, found);
    }
    work
}

/// Rules after which the output has the shape of the input.
fn large(kit: &mut Kit, cutting: &Cutting, measures: &[Measure], roles: &[Role], found: &mut Found) -> i64 {
    repeated(kit, cutting, measures, found);
    spread(kit, cutting, measures, found);
    let mut frame = placed(kit, cutting, measures, Placing::Filled, kit.input);
    changed(kit, cutting, &mut frame);
    with_roles(&mut frame, roles);
    learn(kit, frame, found)
}

/// Adds what a frame teaches; returns the work.
pub fn learn(kit: &mut Kit, frame: Frame, found: &mut Found) -> i64 {
    let (grids, work) = frame.learned(kit);
    found.extend(grids);
    work
}

/// Whether grids have the shapes of the outputs.
fn fits(kit: &Kit, node: Node) -> bool {
    let outputs = kit.task.target.outputs();
    kit.grids(node).is_some_and(|grids| outputs.iter().zip(grids).all(|(a, b)| shape_of(a) == shape_of(b)))
}

/// The panels edge to edge, where they have the outputs' shapes.
fn joined(kit: &mut Kit, cutting: &Cutting) -> Option<Node> {
    let joined = if cutting.has_lines { kit.call("joinpanels", [kit.input, cutting.node]) } else { None };
    joined.filter(|joined| fits(kit, *joined))
}
