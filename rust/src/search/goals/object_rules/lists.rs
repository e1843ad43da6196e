//! Outputs that are a row or a column of the colors of all objects, in the order of a property.

use super::kit::Kit;
use super::properties::{Property, is_ordered};
use super::scene::Scene;
use super::{Found, is_right};
use crate::search::goals::frame::workbench::Node;

/// Looks for an order in which the colors of the objects are the output.
pub fn look(kit: &mut Kit, scene: &Scene, properties: &[Property], found: &mut Vec<Found>) {
    if !has_lengths(scene, false) && !has_lengths(scene, true) {
        return;
    }
    for property in properties.iter().filter(|property| is_ordered(property)) {
        for is_reversed in [false, true] {
            let Some(colors) = ordered(kit, scene, property.node, is_reversed) else { continue };
            for is_distinct in [false, true] {
                if !has_lengths(scene, is_distinct) {
                    continue;
                }
                let list = if is_distinct { kit.call("dedupe", [colors]) } else { Some(colors) };
                let price = 12 + property.price + 3 * u32::from(is_reversed) + 4 * u32::from(is_distinct);
                for (node, more) in list.map(|list| lines(kit, list)).into_iter().flatten() {
                    if is_right(kit, scene, node) {
                        found.push(Found::new(kit, scene, node, 10 + scene.price + price + more));
                    }
                }
            }
        }
    }
}

/// Whether each output has a cell for each object, or for each color of an object.
fn has_lengths(scene: &Scene, is_distinct: bool) -> bool {
    scene.task.target.outputs().iter().enumerate().all(|(sample, output)| {
        let own = scene.demo_items().iter().filter(|item| item.sample == sample);
        let mut colors: Vec<u8> = own.map(|item| item.cells[0].1).collect();
        if is_distinct {
            colors.sort_unstable();
            colors.dedup();
        }
        output.cells().len() == colors.len()
    })
}

/// The colors of the objects in the order of a property.
fn ordered(kit: &mut Kit, scene: &Scene, property: Node, is_reversed: bool) -> Option<Node> {
    let mut key = property;
    if is_reversed {
        let invert = kit.function("invert");
        key = kit.call("compose", [invert, property])?;
    }
    let objects = kit.call("order", [scene.view, key])?;
    let color = kit.function("color");
    kit.call("apply", [color, objects])
}

/// A list as a row and as a column.
fn lines(kit: &mut Kit, list: Node) -> Vec<(Node, u32)> {
    let one = kit.int(1);
    let row = kit.call("repeat", [list, one]);
    let column = row.and_then(|row| kit.call("dmirror", [row]));
    row.map(|row| (row, 0)).into_iter().chain(column.map(|column| (column, 4))).collect()
}
