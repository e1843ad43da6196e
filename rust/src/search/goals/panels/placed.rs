//! Each panel becomes a cell, or is changed in its place, by what measures say about it.

use super::cuttings::Cutting;
use super::frame::Frame;
use super::kit::Kit;
use super::measures::Measure;
use super::roles::{Role, with_roles};
use super::rules::{RULE_COST, TURN_COST, TURNS};
use crate::search::goals::frame::workbench::Node;

/// How numbers, one for each panel, become a grid.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Placing {
    /// A cell each, as the panels lie.
    Cells,
    /// They fill the panels.
    Filled,
}

impl Placing {
    /// What the grid may be turned by.
    fn turns(self) -> &'static [&'static str] {
        if self == Placing::Cells { &TURNS } else { &[] }
    }

    /// The grid of some numbers.
    fn place(self, kit: &mut Kit, numbers: Node) -> Option<Node> {
        match self {
            Placing::Cells => kit.call("joinpanels", [kit.input, numbers]),
            Placing::Filled => kit.call("setpanels", [kit.input, numbers]),
        }
    }
}

/// What measures give for the panels, in their places.
pub fn placed(kit: &mut Kit, cutting: &Cutting, measures: &[Measure], placing: Placing, base: Node) -> Frame {
    let mut frame = Frame::new(base, 6, RULE_COST + cutting.price);
    for measure in measures {
        let Some(field) = placing.place(kit, measure.values) else { continue };
        if measure.is_color {
            frame.gives.push((field, 1 + measure.price));
            for turn in placing.turns() {
                let turned = kit.call(turn, [field]);
                frame.gives.extend(turned.map(|turned| (turned, 1 + measure.price + TURN_COST)));
            }
        }
        frame.fields.push((field, 1 + measure.price));
        for (role, price) in [("maximum", 2), ("minimum", 2), ("leastcommon", 3), ("mostcommon", 3)] {
            // The largest color is none that stands out.
            if measure.is_color && !role.ends_with("common") {
                continue;
            }
            let number = kit.call(role, [measure.values]);
            frame.roles.extend(number.map(|number| (field, number, 1 + price + measure.price)));
        }
    }
    if let Some(numbers) = numbered(kit, cutting, placing) {
        frame.fields.push((numbers, 6));
    }
    frame
}

/// The numbers of the panels, in their places.
pub fn numbered(kit: &mut Kit, cutting: &Cutting, placing: Placing) -> Option<Node> {
    if !cutting.has_lines {
        return None;
    }
    let (zero, one) = (kit.int(0), kit.int(1));
    let count = kit.call("size", [cutting.node])?;
    let numbers = kit.call("interval", [zero, count, one])?;
    placing.place(kit, numbers)
}

/// The input, and the panels changed in their places.
pub fn changed(kit: &mut Kit, cutting: &Cutting, frame: &mut Frame) {
    frame.gives.push((kit.input, 0));
    frame.fields.push((kit.input, 0));
    for name in TURNS {
        let function = kit.function(name);
        let turned = kit.call("apply", [function, cutting.node]);
        let placed = turned.and_then(|turned| kit.call("setpanels", [kit.input, turned]));
        frame.gives.extend(placed.map(|placed| (placed, TURN_COST)));
    }
}

/// The panels without the lines, some colors changed.
pub fn without_lines(kit: &mut Kit, cutting: &Cutting, roles: &[Role], joined: Node) -> Frame {
    let mut frame = Frame::new(joined, 3, RULE_COST + cutting.price);
    frame.gives.push((joined, 0));
    frame.fields.push((joined, 0));
    for name in TURNS {
        let function = kit.function(name);
        let turned = kit.call("apply", [function, cutting.node]);
        let placed = turned.and_then(|turned| kit.call("joinpanels", [kit.input, turned]));
        frame.gives.extend(placed.map(|placed| (placed, TURN_COST)));
    }
    with_roles(&mut frame, roles);
    frame
}
