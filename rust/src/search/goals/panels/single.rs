//! One panel is given: as it is, mirrored or turned, or with its colors changed.

use super::chosen::choices;
use super::cuttings::Cutting;
use super::frame::Frame;
use super::kit::{Kit, shape_of};
use super::measures::Measure;
use super::roles::{Role, with_roles};
use super::rules::{Found, RULE_COST, TURN_COST, TURNS, learn};
use crate::value::{Grid, Value};

/// Chosen panels of which colors are changed.
const MOST_RECOLORED: usize = 4;

/// One panel, or one that is mirrored or turned.
pub fn one(kit: &mut Kit, cutting: &Cutting, measures: &[Measure], found: &mut Found) {
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
pub fn recolored(kit: &mut Kit, cutting: &Cutting, measures: &[Measure], roles: &[Role], found: &mut Found) -> i64 {
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
