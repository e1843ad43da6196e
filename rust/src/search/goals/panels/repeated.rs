//! One panel decides about all: it stands in the place of each, or its cells say what fills them.

use super::chosen::choices;
use super::cuttings::Cutting;
use super::kit::Kit;
use super::measures::Measure;
use super::rules::{Found, RULE_COST, TURN_COST};
use crate::value::Grid;

/// The first of the numbers that stand for panels, larger than any color.
const FIRST_NUMBER: i64 = 10;

/// One panel in the place of all.
pub fn repeated(kit: &mut Kit, cutting: &Cutting, measures: &[Measure], found: &mut Found) {
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

/// One panel says, by its cells, what fills the panels.
pub fn spread(kit: &mut Kit, cutting: &Cutting, measures: &[Measure], found: &mut Found) {
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
