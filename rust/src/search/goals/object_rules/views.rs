//! Ways of seeing objects.

use super::kit::Kit;
use super::scene::Scene;
use crate::search::goals::frame::task::TaskSamples;
use crate::search::goals::frame::workbench::Node;
use crate::value::Value;

/// Arguments of `objects`: of one color, diagonal, without background; and the price.
const OBJECTS: [(bool, bool, bool, u32); 6] = [
    (true, false, true, 5),
    (true, true, true, 5),
    (false, true, true, 5),
    (false, false, true, 5),
    (true, false, false, 6),
    (true, true, false, 8),
];

/// The scenes of a task, the plainest first; of two with the same objects the first.
pub fn scenes<'t>(kit: &mut Kit, task: &'t TaskSamples) -> Vec<Scene<'t>> {
    let mut found: Vec<Scene<'t>> = Vec::new();
    for (view, price) in views(kit) {
        if let Some(scene) = Scene::new(kit, task, view, price)
            && !found.iter().any(|known| known.is_like(&scene))
        {
            found.push(scene);
        }
    }
    found
}

fn views(kit: &mut Kit) -> Vec<(Node, u32)> {
    let input = kit.input;
    let mut found = Vec::new();
    for (univalued, diagonal, without_background, price) in OBJECTS {
        let flags = [univalued, diagonal, without_background].map(|flag| kit.leaf(Value::Bool(flag)));
        found.extend(kit.call("objects", [input, flags[0], flags[1], flags[2]]).map(|view| (view, price)));
    }
    found.extend(by_zero(kit));
    found.extend(kit.call("fgpartition", [input]).map(|view| (view, 5)));
    found.extend(kit.call("partition", [input]).map(|view| (view, 7)));
    found
}

/// The areas of color 0, and all objects but these.
fn by_zero(kit: &mut Kit) -> Vec<(Node, u32)> {
    let (input, yes, no, zero) = (kit.input, kit.leaf(Value::Bool(true)), kit.leaf(Value::Bool(false)), kit.int(0));
    let mut found = Vec::new();
    for (diagonal, price) in [(no, 8), (yes, 9)] {
        let Some(all) = kit.call("objects", [input, yes, diagonal, no]) else { continue };
        let Some(areas) = kit.call("colorfilter", [all, zero]) else { continue };
        found.push((areas, price));
        found.extend(kit.call("difference", [all, areas]).map(|others| (others, price)));
    }
    found
}
