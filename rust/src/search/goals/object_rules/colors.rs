//! Colors that a rule may give: constants, roles of a sample, functions of an object.

use super::kit::Kit;
use super::properties::values_of;
use super::scene::Scene;
use crate::search::goals::frame::workbench::Node;
use crate::value::Value;

/// A color for each object.
pub struct Color {
    /// The color, or the function that gives it.
    pub node: Node,
    /// Whether it is a function of the object.
    pub is_function: bool,
    /// The color of each item.
    pub values: Vec<u8>,
    /// How much it costs.
    pub price: u32,
}

/// The colors for the objects of a scene, the cheapest first.
pub fn colors(kit: &mut Kit, scene: &Scene) -> Vec<Color> {
    let mut found = Vec::new();
    for color in painted(scene) {
        let node = kit.int(color);
        let price = if color == 0 { 3 } else { 4 };
        found.push(Color { node, is_function: false, values: vec![color; scene.items.len()], price });
    }
    for (node, price) in roles(kit, scene) {
        let color = |item: &super::scene::Item| kit.bench.value(node, item.sample).color();
        if let Some(values) = scene.items.iter().map(color).collect() {
            found.push(Color { node, is_function: false, values, price });
        }
    }
    for (node, price) in functions(kit, scene) {
        let values = values_of(kit, scene, node).unwrap_or_default();
        if let Some(values) = values.iter().map(Value::color).collect::<Option<Vec<u8>>>()
            && !values.is_empty()
        {
            found.push(Color { node, is_function: true, values, price });
        }
    }
    found.sort_by_key(|color| color.price);
    let mut known: Vec<Color> = Vec::new();
    for color in found {
        if !known.iter().any(|other| other.values == color.values) {
            known.push(color);
        }
    }
    known
}

/// The colors that cells of the outputs have that had another.
fn painted(scene: &Scene) -> Vec<u8> {
    let mut seen = [false; 10];
    for (output, input) in scene.task.target.outputs().iter().zip(&scene.task.inputs) {
        let pairs = output.cells().iter().zip(input.cells());
        pairs.filter(|(to, from)| to != from).for_each(|(to, _)| seen[usize::from(*to).min(9)] = true);
    }
    (0..10u8).filter(|color| seen[usize::from(*color)]).collect()
}

/// Colors that each sample has one of.
fn roles(kit: &mut Kit, scene: &Scene) -> Vec<(Node, u32)> {
    let input = kit.input;
    let mut found = Vec::new();
    for (name, price) in [("mostcolor", 3), ("leastcolor", 6)] {
        found.extend(kit.call(name, [input]).map(|node| (node, price)));
    }
    let size = kit.function("size");
    for name in ["argmax", "argmin"] {
        let one = kit.call(name, [scene.view, size]);
        found.extend(one.and_then(|one| kit.call("color", [one])).map(|node| (node, 8)));
    }
    found
}

/// Colors that each object has one of.
fn functions(kit: &mut Kit, scene: &Scene) -> Vec<(Node, u32)> {
    let mut found = vec![(kit.function("color"), 3)];
    let nearest = kit.bound("nearest", scene.view);
    let color = kit.function("color");
    let node = nearest.and_then(|nearest| kit.call("compose", [color, nearest]));
    found.extend(node.map(|node| (node, 7)));
    let has_several = scene.items.iter().any(|item| item.cells.iter().any(|cell| cell.1 != item.cells[0].1));
    if has_several {
        found.extend(["mostcolor", "leastcolor"].map(|name| (kit.function(name), 4)));
    }
    found
}
