//! Each panel becomes a cell, or is changed in its place, by what measures say about it.

use super::cuttings::Cutting;
use super::frame::Frame;
use super::kit::Kit;
use super::measures::Measure;
use super::roles::{Role, with_roles};
use super::rules::{RULE_COST, TURN_COST, TURNS};
use crate::search::goals::frame::workbench::Node;

/// Most panels of a sample that are shown in the places of the others.
const MOST_SHOWN: usize = 4;

/// How numbers, one for each panel, become a grid.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Placing {
    /// A cell each, as the panels lie.
    Cells,
    /// They fill the panels.
    Filled,
    /// A column each, of so many cells.
    Columns(usize),
    /// A row each, of so many cells.
    Rows(usize),
}

impl Placing {
    /// Whether the lines say where the panels lie.
    fn is_by_lines(self) -> bool {
        matches!(self, Placing::Cells | Placing::Filled)
    }

    /// What the grid may be turned by.
    fn turns(self) -> &'static [&'static str] {
        if self == Placing::Cells { &TURNS } else { &[] }
    }

    /// The grid of some numbers.
    fn place(self, kit: &mut Kit, numbers: Node) -> Option<Node> {
        match self {
            Placing::Cells => kit.call("joinpanels", [kit.input, numbers]),
            Placing::Filled => kit.call("setpanels", [kit.input, numbers]),
            Placing::Columns(length) => {
                let length = kit.int(length as i64);
                kit.call("repeat", [numbers, length])
            }
            Placing::Rows(length) => {
                let columns = Placing::Columns(length).place(kit, numbers)?;
                kit.call("dmirror", [columns])
            }
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
    if !cutting.has_lines && placing.is_by_lines() {
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
    let count = cutting.count().filter(|count| *count <= MOST_SHOWN && cutting.are_alike());
    let size = kit.call("size", [cutting.node]);
    for place in 0..count.unwrap_or(0) {
        let number = kit.int(place as i64);
        let panel = kit.call("element", [cutting.node, number]);
        let panels = panel.zip(size).and_then(|(panel, size)| kit.call("repeat", [panel, size]));
        let Some(shown) = panels.and_then(|panels| kit.call("setpanels", [kit.input, panels])) else { continue };
        frame.gives.push((shown, 5));
        frame.fields.push((shown, 4));
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
