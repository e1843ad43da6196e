//! The panels are laid over each other, or compared cell by cell.

use super::cuttings::Cutting;
use super::frame::Frame;
use super::kit::Kit;
use super::measures::colors;
use super::roles::{Role, with_roles};
use super::rules::{Found, RULE_COST, learn};
use crate::search::goals::frame::workbench::Node;

/// Most panels of a sample that are told from each other.
const MOST_COMBINED: usize = 6;

/// The panels laid over each other, or compared cell by cell.
pub fn combined(kit: &mut Kit, cutting: &Cutting, roles: &[Role], found: &mut Found) -> i64 {
    if !cutting.are_alike() {
        return 0;
    }
    let count = cutting.count().filter(|count| *count <= MOST_COMBINED);
    let Some(first) = kit.call("first", [cutting.node]) else { return 0 };
    let mut frame = Frame::new(first, 3, RULE_COST + cutting.price);
    if let Some(count) = count {
        frame.leaves = (count as u32 + 1).max(4);
        let mut parts = Vec::new();
        for place in 0..count {
            let name = [(0, "first"), (count - 1, "last")].into_iter().find(|(known, _)| *known == place);
            let part = match name {
                Some((_, name)) => kit.call(name, [cutting.node]),
                None => {
                    let place = kit.int(place as i64);
                    kit.call("element", [cutting.node, place])
                }
            };
            parts.extend(part);
        }
        frame.gives = parts.iter().map(|part| (*part, 2)).collect();
        frame.fields = parts.iter().map(|part| (*part, 0)).collect();
        if let [one, other] = parts[..] {
            let zero = kit.int(0);
            for (color, price) in std::iter::once((zero, 6)).chain(roles.iter().map(|(role, price)| (*role, 4 + price)))
            {
                frame.patches.extend(only_one(kit, one, other, color).map(|patch| (patch, price)));
            }
        }
        for (place, one) in parts.iter().enumerate() {
            frame.pairs.extend(parts[..place].iter().map(|other| (*other, *one, 3)));
        }
    }
    if count != Some(2) {
        for color in colors(cutting) {
            frame.patches.extend(anywhere(kit, cutting, color).map(|patch| (patch, 5)));
        }
    }
    with_roles(&mut frame, roles);
    learn(kit, frame, found)
}

/// Where one of two grids has a color and the other has not.
fn only_one(kit: &mut Kit, one: Node, other: Node, color: Node) -> Option<Node> {
    let (some, others) = (kit.call("ofcolor", [one, color])?, kit.call("ofcolor", [other, color])?);
    let (all, both) = (kit.call("combine", [some, others])?, kit.call("intersection", [some, others])?);
    kit.call("difference", [all, both])
}

/// Where any panel has a color.
fn anywhere(kit: &mut Kit, cutting: &Cutting, color: u8) -> Option<Node> {
    let (ofcolor, color) = (kit.function("ofcolor"), kit.int(color));
    let function = kit.bound(ofcolor, color)?;
    let sets = kit.call("apply", [function, cutting.node])?;
    let all = kit.call("merge", [sets])?;
    Some(all)
}
