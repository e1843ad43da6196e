//! The rules: one panel is given; panels are combined cell by cell; each panel becomes a cell, or is changed in its place.

use super::chosen::choices;
use super::cuttings::Cutting;
use super::frame::Frame;
use super::kit::{Kit, shape_of};
use super::measures::{Measure, colors, measures};
use super::roles::{Role, roles};
use crate::search::goals::frame::workbench::Node;
use crate::value::{Grid, Value};

/// Most panels of a sample that are combined.
const MOST_COMBINED: usize = 6;
/// Mirrors and turns.
const TURNS: [&str; 7] = ["vmirror", "hmirror", "rot180", "dmirror", "cmirror", "rot90", "rot270"];
/// What a turn costs, and what a rule costs beyond what it says.
const TURN_COST: u32 = 6;
const RULE_COST: u32 = 10;

/// Chosen panels of which colors are changed.
const MOST_RECOLORED: usize = 4;
/// The first of the numbers that stand for panels, larger than any color.
const FIRST_NUMBER: i64 = 10;

/// What was found: an expression that is right on all demo samples, and its cost.
pub type Found = Vec<(Node, u32)>;

/// Looks for all rules about panels that are cut in one way; returns the work.
pub fn look(kit: &mut Kit, cutting: &Cutting, found: &mut Found) -> i64 {
    let mut work = 0;
    let outputs = kit.task.target.outputs();
    let is_panel = cutting.has_shapes_of(outputs);
    let is_large = cutting.has_lines && outputs.iter().zip(&kit.task.inputs).all(|(a, b)| shape_of(a) == shape_of(b));
    let joined = joined(kit, cutting);
    let numbers = numbered(kit, cutting, "joinpanels");
    let is_small = numbers.is_some_and(|numbers| fits(kit, numbers));
    let is_joined = joined.is_some_and(|joined| fits(kit, joined));
    if !(is_panel || is_large || is_small || is_joined) {
        return 0;
    }
    let measures = measures(kit, cutting);
    let roles = roles(kit, cutting);
    if is_panel {
        one(kit, cutting, &measures, found);
        if found.is_empty() {
            work += recolored(kit, cutting, &measures, &roles, found);
        }
        work += combined(kit, cutting, &roles, found);
    }
    if let Some(joined) = joined.filter(|_| is_joined) {
        let frame = without_lines(kit, cutting, &roles, joined);
        work += learn(kit, frame, found);
    }
    if let Some(numbers) = numbers.filter(|_| is_small) {
        let mut frame = placed(kit, cutting, &measures, "joinpanels", numbers);
        with_roles(&mut frame, &roles);
        work += learn(kit, frame, found);
    }
    if is_large {
        repeated(kit, cutting, &measures, found);
        spread(kit, cutting, &measures, found);
        let mut frame = placed(kit, cutting, &measures, "setpanels", kit.input);
        changed(kit, cutting, &mut frame);
        with_roles(&mut frame, &roles);
        work += learn(kit, frame, found);
    }
    work
}

fn learn(kit: &mut Kit, frame: Frame, found: &mut Found) -> i64 {
    let (grids, work) = frame.learned(kit);
    found.extend(grids);
    work
}

/// Whether grids have the shapes of the outputs.
fn fits(kit: &Kit, node: Node) -> bool {
    let outputs = kit.task.target.outputs();
    kit.grids(node).is_some_and(|grids| outputs.iter().zip(grids).all(|(a, b)| shape_of(a) == shape_of(b)))
}

/// The panels edge to edge.
fn joined(kit: &mut Kit, cutting: &Cutting) -> Option<Node> {
    let is_lined = cutting.has_lines;
    if is_lined { kit.call("joinpanels", [kit.input, cutting.node]) } else { None }
}

/// The numbers of the panels, in their places.
fn numbered(kit: &mut Kit, cutting: &Cutting, name: &str) -> Option<Node> {
    if !cutting.has_lines {
        return None;
    }
    let (zero, one) = (kit.int(0), kit.int(1));
    let count = kit.call("size", [cutting.node])?;
    let numbers = kit.call("interval", [zero, count, one])?;
    kit.call(name, [kit.input, numbers])
}

/// One panel, or one that is mirrored or turned.
fn one(kit: &mut Kit, cutting: &Cutting, measures: &[Measure], found: &mut Found) {
    for turn in std::iter::once(None).chain(TURNS.map(Some)) {
        let turned = match turn {
            None => Some(cutting.node),
            Some(name) => {
                let function = kit.function(name);
                kit.call("apply", [function, cutting.node])
            }
        };
        let Some(turned) = turned else { continue };
        let wanted: Option<Vec<Vec<bool>>> = (0..kit.demos())
            .map(|sample| {
                let output = Value::Grid(kit.task.target.outputs()[sample].clone());
                let parts: Vec<bool> =
                    kit.bench.value(turned, sample).items().ok()?.map(|part| part == output).collect();
                parts.contains(&true).then_some(parts)
            })
            .collect();
        let Some(wanted) = wanted else { continue };
        for (node, price) in choices(kit, cutting, measures, &wanted) {
            let price = RULE_COST + cutting.price + price;
            match turn {
                None => found.push((node, price)),
                Some(name) => found.extend(kit.call(name, [node]).map(|node| (node, price + TURN_COST))),
            }
        }
    }
}

/// One panel with its colors changed.
fn recolored(kit: &mut Kit, cutting: &Cutting, measures: &[Measure], roles: &[Role], found: &mut Found) -> i64 {
    let wanted: Vec<Vec<bool>> = (0..kit.demos())
        .map(|sample| {
            let output = &kit.task.target.outputs()[sample];
            cutting.panels[sample].iter().map(|panel| has_map(panel, output)).collect()
        })
        .collect();
    if !wanted.iter().all(|panels| panels.contains(&true)) {
        return 0;
    }
    let mut chosen = choices(kit, cutting, measures, &wanted);
    chosen.sort_by_key(|(_, price)| *price);
    chosen.truncate(MOST_RECOLORED);
    let mut work = 0;
    for (node, price) in chosen {
        let mut frame = Frame::new(node, 3, RULE_COST + cutting.price + price);
        frame.gives.push((node, 0));
        frame.fields.push((node, 0));
        with_roles(&mut frame, roles);
        work += learn(kit, frame, found);
    }
    work
}

/// Whether a grid becomes another of its shape where each color becomes one color; and has at least two.
fn has_map(grid: &Grid, other: &Grid) -> bool {
    let mut known = [None; 256];
    let mut pairs = grid.cells().iter().zip(other.cells());
    shape_of(grid) == shape_of(other)
        && pairs.all(|(from, to)| *known[usize::from(*from)].get_or_insert(*to) == *to)
        && known.iter().flatten().count() > 1
}

/// The panels laid over each other, or compared cell by cell.
fn combined(kit: &mut Kit, cutting: &Cutting, roles: &[Role], found: &mut Found) -> i64 {
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

/// The panels without the lines, some colors changed.
fn without_lines(kit: &mut Kit, cutting: &Cutting, roles: &[Role], joined: Node) -> Frame {
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

/// Roles beside colors that are written down: to be given, and to be asked for.
fn with_roles(frame: &mut Frame, roles: &[Role]) {
    frame.colors.extend_from_slice(roles);
    let asked = frame.gives.iter().filter(|(_, price)| *price < TURN_COST);
    frame.roles.extend(asked.flat_map(|(grid, _)| roles.iter().map(|(role, price)| (*grid, *role, *price))));
}

/// What measures give for the panels, in their places: as cells, or filling the panels.
fn placed(kit: &mut Kit, cutting: &Cutting, measures: &[Measure], name: &str, base: Node) -> Frame {
    let mut frame = Frame::new(base, 6, RULE_COST + cutting.price);
    let turns: &[&str] = if name == "joinpanels" { &TURNS } else { &[] };
    for measure in measures {
        let Some(field) = kit.call(name, [kit.input, measure.values]) else { continue };
        if measure.is_color {
            frame.gives.push((field, 1 + measure.price));
            for turn in turns.iter() {
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
    if let Some(numbers) = numbered(kit, cutting, name) {
        frame.fields.push((numbers, 6));
    }
    frame
}

/// The input, and the panels changed in their places.
fn changed(kit: &mut Kit, cutting: &Cutting, frame: &mut Frame) {
    frame.gives.push((kit.input, 0));
    frame.fields.push((kit.input, 0));
    for name in TURNS {
        let function = kit.function(name);
        let turned = kit.call("apply", [function, cutting.node]);
        let placed = turned.and_then(|turned| kit.call("setpanels", [kit.input, turned]));
        frame.gives.extend(placed.map(|placed| (placed, TURN_COST)));
    }
}

/// One panel in the place of all.
fn repeated(kit: &mut Kit, cutting: &Cutting, measures: &[Measure], found: &mut Found) {
    if !cutting.are_alike() {
        return;
    }
    let Some(wanted) = filling(kit, cutting) else { return };
    let Some(count) = kit.call("size", [cutting.node]) else { return };
    for (node, price) in choices(kit, cutting, measures, &wanted) {
        let panels = kit.call("repeat", [node, count]);
        let grid = panels.and_then(|panels| kit.call("setpanels", [kit.input, panels]));
        found.extend(grid.map(|grid| (grid, RULE_COST + TURN_COST + price)));
    }
}

/// One panel says, by its cells, what fills the panels.
fn spread(kit: &mut Kit, cutting: &Cutting, measures: &[Measure], found: &mut Found) {
    let (start, count) = (kit.int(FIRST_NUMBER), cutting.panels.iter().map(Vec::len).max().unwrap_or(0));
    let (stop, one) = (kit.int(FIRST_NUMBER + count as i64), kit.int(1));
    if cutting.count().is_none() || count as i64 + FIRST_NUMBER > 255 {
        return;
    }
    let numbers = kit.call("interval", [start, stop, one]);
    let Some(places) = numbers.and_then(|numbers| kit.call("setpanels", [kit.input, numbers])) else { return };
    let Some(places) = kit.grids(places) else { return };
    let wanted: Vec<Vec<bool>> = (0..kit.demos())
        .map(|sample| {
            let says = |panel: &Grid| {
                let mut pairs = places[sample].cells().iter().zip(kit.task.target.outputs()[sample].cells());
                panel.cells().len() == count
                    && pairs.all(|(place, color)| {
                        let number = i64::from(*place) - FIRST_NUMBER;
                        number < 0 || panel.cells()[number as usize] == *color
                    })
            };
            cutting.panels[sample].iter().map(says).collect()
        })
        .collect();
    if !wanted.iter().all(|panels| panels.contains(&true)) {
        return;
    }
    for (node, price) in choices(kit, cutting, measures, &wanted) {
        let cells = kit.call("merge", [node]);
        let grid = cells.and_then(|cells| kit.call("setpanels", [kit.input, cells]));
        found.extend(grid.map(|grid| (grid, RULE_COST + TURN_COST + price)));
    }
}

/// For each demo sample and panel whether the output is the input with this panel in the place of all.
fn filling(kit: &mut Kit, cutting: &Cutting) -> Option<Vec<Vec<bool>>> {
    let wanted: Vec<Vec<bool>> = (0..kit.demos())
        .map(|sample| {
            let output = &kit.task.target.outputs()[sample];
            cutting.panels[sample].iter().map(|panel| occurs(panel, output)).collect()
        })
        .collect();
    wanted.iter().all(|panels| panels.contains(&true)).then_some(wanted)
}

/// Whether a panel lies in the upper left of a grid, or one row or column in.
fn occurs(panel: &Grid, grid: &Grid) -> bool {
    let lies = |top: usize, left: usize| {
        top + panel.height() <= grid.height()
            && left + panel.width() <= grid.width()
            && (0..panel.height()).all(|row| grid.row(top + row)[left..left + panel.width()] == *panel.row(row))
    };
    [(0, 0), (1, 1), (0, 1), (1, 0)].into_iter().any(|(top, left)| lies(top, left))
}
