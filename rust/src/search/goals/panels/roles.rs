//! Roles: colors that are not written down but said by what they are, one for each sample.

use super::cuttings::Cutting;
use super::frame::Frame;
use super::kit::Kit;
use super::rules::TURN_COST;
use crate::search::goals::frame::workbench::Node;

/// A color of each sample, and what it costs to say.
pub type Role = (Node, u32);

/// The colors that stand out: the commonest, the rarest, that of the lines, and the one that two panels have in common.
pub fn roles(kit: &mut Kit, cutting: &Cutting) -> Vec<Role> {
    let mut found: Vec<Role> = Vec::new();
    for (node, price) in [
        (kit.call("mostcolor", [kit.input]), 4),
        (common(kit, cutting), 4),
        (kit.call("leastcolor", [kit.input]), 5),
        (lines(kit, cutting), 5),
    ] {
        let Some(node) = node else { continue };
        let is_same = |(known, _): &Role| {
            (0..kit.samples()).all(|sample| kit.bench.value(*known, sample) == kit.bench.value(node, sample))
        };
        let are_numbers = (0..kit.samples()).all(|sample| kit.bench.value(node, sample).number().is_some());
        if are_numbers && !found.iter().any(is_same) {
            found.push((node, price));
        }
    }
    found
}

/// The color that both of two panels have.
fn common(kit: &mut Kit, cutting: &Cutting) -> Option<Node> {
    if cutting.count() != Some(2) {
        return None;
    }
    let (one, other) = (kit.call("first", [cutting.node])?, kit.call("last", [cutting.node])?);
    let (some, others) = (kit.call("palette", [one])?, kit.call("palette", [other])?);
    let both = kit.call("intersection", [some, others])?;
    let is_one = |sample: usize| kit.bench.value(both, sample).count() == 1;
    let are_ones = (0..kit.samples()).all(is_one);
    if are_ones { kit.call("first", [both]) } else { None }
}

/// The color that is left when the panels are taken out.
fn lines(kit: &mut Kit, cutting: &Cutting) -> Option<Node> {
    if !cutting.has_lines {
        return None;
    }
    let count = kit.call("size", [cutting.node])?;
    let nothing = kit.int(-1);
    let blanks = kit.call("repeat", [nothing, count])?;
    let blank = kit.call("setpanels", [kit.input, blanks])?;
    let colors = kit.call("palette", [blank])?;
    kit.call("maximum", [colors])
}

/// Roles beside colors that are written down: to be given, and to be asked for.
pub fn with_roles(frame: &mut Frame, roles: &[Role]) {
    frame.colors.extend_from_slice(roles);
    let asked = frame.gives.iter().filter(|(_, price)| *price < TURN_COST);
    frame.roles.extend(asked.flat_map(|(grid, _)| roles.iter().map(|(role, price)| (*grid, *role, *price))));
}
