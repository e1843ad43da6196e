//! Painters: functions that say where an object is painted, or what.

use super::kit::Kit;
use super::scene::{Scene, cells_of};
use crate::search::goals::frame::workbench::Node;
use crate::value::Value;

/// What becomes of what a painter gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Locations, to be filled with a color.
    Fill,
    /// An object, to be painted.
    Copy,
    /// An object, to be painted after the old one is gone.
    Move,
}

/// A function from an object to what is painted.
pub struct Painter {
    /// The function.
    pub node: Node,
    /// What it gives.
    pub kind: Kind,
    /// How much it costs.
    pub price: u32,
}

/// The offsets in the eight directions.
const DIRECTIONS: [(i32, i32); 8] = [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1)];
/// Most offsets that are tried.
const MOST_OFFSETS: usize = 6;

/// All painters for a scene; `changes` are the places of each demo sample that are to be explained.
pub fn painters(kit: &mut Kit, scene: &Scene, changes: &[Vec<u16>]) -> Vec<Painter> {
    let mut found = Vec::new();
    areas(kit, &mut found);
    lines(kit, &mut found);
    bands(kit, &mut found);
    trails(kit, &mut found);
    mirrors(kit, &mut found);
    moves(kit, scene, changes, &mut found);
    links(kit, scene, &mut found);
    stamps(kit, scene, &mut found);
    own_cells(kit, scene, &mut found);
    found
}

fn push(found: &mut Vec<Painter>, node: Option<Node>, kind: Kind, price: u32) {
    found.extend(node.map(|node| Painter { node, kind, price }));
}

/// Parts of the box around an object, and what is around it.
fn areas(kit: &mut Kit, found: &mut Vec<Painter>) {
    for (name, price) in
        [("enclosed", 3), ("delta", 4), ("outbox", 3), ("box", 4), ("inbox", 4), ("backdrop", 4), ("corners", 6)]
    {
        let node = kit.function(name);
        push(found, Some(node), Kind::Fill, price);
    }
    for (name, price) in [("neighbors", 5), ("dneighbors", 5), ("ineighbors", 5)] {
        let node = kit.after(name, "center");
        push(found, node, Kind::Fill, price);
    }
    let node = kit.after("outbox", "outbox");
    push(found, node, Kind::Fill, 7);
    let node = kit.after("inbox", "inbox");
    push(found, node, Kind::Fill, 7);
}

/// Lines through the center of an object, over the whole grid or to one side.
fn lines(kit: &mut Kit, found: &mut Vec<Painter>) {
    let across = kit.after("hfrontier", "center");
    let down = kit.after("vfrontier", "center");
    push(found, across, Kind::Fill, 5);
    push(found, down, Kind::Fill, 5);
    let combine = kit.function("combine");
    let cross = across.zip(down).and_then(|(across, down)| kit.call("fork", [combine, across, down]));
    push(found, cross, Kind::Fill, 8);
    let center = kit.function("center");
    for (number, direction) in DIRECTIONS.into_iter().enumerate() {
        let direction = kit.pair(direction);
        let shoot = kit.bound("shoot", direction);
        let ray = shoot.and_then(|shoot| kit.call("compose", [shoot, center]));
        push(found, ray, Kind::Fill, if number < 4 { 7 } else { 8 });
    }
}

/// Lines through every cell of an object.
fn bands(kit: &mut Kit, found: &mut Vec<Painter>) {
    let each = |kit: &mut Kit, line: Option<Node>| {
        let mapply = kit.function("mapply");
        let all = line.and_then(|line| kit.call("lbind", [mapply, line]));
        let toindices = kit.function("toindices");
        all.and_then(|all| kit.call("compose", [all, toindices]))
    };
    for name in ["hfrontier", "vfrontier"] {
        let line = kit.function(name);
        let node = each(kit, Some(line));
        push(found, node, Kind::Fill, 7);
    }
    for direction in &DIRECTIONS[..4] {
        let direction = kit.pair(*direction);
        let line = kit.bound("shoot", direction);
        let node = each(kit, line);
        push(found, node, Kind::Fill, 9);
    }
}

/// Lines from the center of an object to those of others.
fn links(kit: &mut Kit, scene: &Scene, found: &mut Vec<Painter>) {
    let (connect, center) = (kit.function("connect"), kit.function("center"));
    let nearest = kit.bound("nearest", scene.view);
    let other = nearest.and_then(|nearest| kit.call("compose", [center, nearest]));
    let node = other.and_then(|other| kit.call("fork", [connect, center, other]));
    push(found, node, Kind::Fill, 8);
    let lbind = kit.function("lbind");
    let centers = kit.call("apply", [center, scene.view]);
    let to_all = centers.and_then(|centers| kit.bound("mapply", centers));
    let from = kit.call("lbind", [lbind, connect]);
    let node = to_all.zip(from).and_then(|(to_all, from)| kit.call("chain", [to_all, from, center]));
    push(found, node, Kind::Fill, 9);
}

/// The largest object once more, its center on that of the object.
fn stamps(kit: &mut Kit, scene: &Scene, found: &mut Vec<Painter>) {
    let node = stamp(kit, scene);
    push(found, node, Kind::Copy, 10);
    push(found, node, Kind::Fill, 11);
}

fn stamp(kit: &mut Kit, scene: &Scene) -> Option<Node> {
    let (size, shift) = (kit.function("size"), kit.function("shift"));
    let largest = kit.call("argmax", [scene.view, size])?;
    let center = kit.call("center", [largest])?;
    let offset = kit.call("invert", [center])?;
    let stamp = kit.call("shift", [largest, offset])?;
    let stamp = kit.call("lbind", [shift, stamp])?;
    let center = kit.function("center");
    kit.call("compose", [stamp, center])
}

/// The cells of an object that have a color, of objects of several colors.
fn own_cells(kit: &mut Kit, scene: &Scene, found: &mut Vec<Painter>) {
    let mut colors: Vec<u8> = Vec::new();
    for item in scene.demo_items().iter().filter(|item| matches!(item.object, Value::Multi(_))) {
        colors.extend(item.cells.iter().map(|(_, color)| color));
        colors.sort_unstable();
        colors.dedup();
    }
    for color in colors {
        let (first, color) = (kit.function("first"), kit.int(color));
        let test = kit.call("matcher", [first, color]);
        let node = test.and_then(|test| kit.bound("sfilter", test));
        push(found, node, Kind::Fill, 7);
    }
}

/// What lies between an object and the next one or the border, in one direction, two or four.
fn trails(kit: &mut Kit, found: &mut Vec<Painter>) {
    let trails = DIRECTIONS.map(|direction| on_input(kit, "trail", direction));
    for (number, trail) in trails.into_iter().enumerate() {
        push(found, trail, Kind::Fill, if number < 4 { 6 } else { 7 });
    }
    let combine = kit.function("combine");
    let mut both = |kit: &mut Kit, one: Option<Node>, other: Option<Node>, price: u32| {
        let node = one.zip(other).and_then(|(one, other)| kit.call("fork", [combine, one, other]));
        push(found, node, Kind::Fill, price);
        node
    };
    let down = both(kit, trails[0], trails[1], 7);
    let across = both(kit, trails[2], trails[3], 7);
    both(kit, down, across, 8);
    let falling = both(kit, trails[4], trails[5], 8);
    let rising = both(kit, trails[6], trails[7], 8);
    both(kit, falling, rising, 9);
}

/// The function of an object that a primitive of the input, the object, a direction and the background is.
fn on_input(kit: &mut Kit, name: &str, direction: (i32, i32)) -> Option<Node> {
    let input = kit.input;
    let background = kit.call("mostcolor", [input])?;
    let function = kit.function(name);
    let function = kit.call("lbind", [function, input])?;
    let function = kit.call("rbind", [function, background])?;
    let direction = kit.pair(direction);
    kit.call("rbind", [function, direction])
}

/// The object mirrored or turned within its box.
fn mirrors(kit: &mut Kit, found: &mut Vec<Painter>) {
    for name in ["vmirror", "hmirror", "dmirror", "cmirror"] {
        let node = kit.function(name);
        push(found, Some(node), Kind::Move, 4);
        push(found, Some(node), Kind::Copy, 5);
    }
    for (outer, inner) in [("hmirror", "vmirror"), ("hmirror", "dmirror"), ("vmirror", "dmirror")] {
        let node = kit.after(outer, inner);
        push(found, node, Kind::Move, 6);
    }
}

fn moves(kit: &mut Kit, scene: &Scene, changes: &[Vec<u16>], found: &mut Vec<Painter>) {
    for offset in offsets(kit, scene, changes) {
        let offset = kit.pair(offset);
        let node = kit.bound("shift", offset);
        push(found, node, Kind::Move, 8);
        push(found, node, Kind::Copy, 9);
    }
    // By its own height or width.
    for (vector, side) in [("toivec", "height"), ("tojvec", "width")] {
        let (shift, identity) = (kit.function("shift"), kit.function("identity"));
        let forward = kit.after(vector, side);
        let invert = kit.function("invert");
        let back = forward.and_then(|forward| kit.call("compose", [invert, forward]));
        for offset in [forward, back].into_iter().flatten() {
            let node = kit.call("fork", [shift, identity, offset]);
            push(found, node, Kind::Move, 9);
            push(found, node, Kind::Copy, 9);
        }
    }
    for direction in &DIRECTIONS[..4] {
        let node = on_input(kit, "slide", *direction);
        push(found, node, Kind::Move, 7);
    }
    let (shift, identity) = (kit.function("shift"), kit.function("identity"));
    let mut offsets: Vec<(Option<Node>, u32)> = Vec::new();
    for (goal, price) in goals(kit, scene) {
        offsets.push((kit.bound("gravitate", goal), price));
    }
    let gravitate = kit.function("gravitate");
    let nearest = kit.bound("nearest", scene.view);
    let offset = nearest.and_then(|nearest| kit.call("fork", [gravitate, identity, nearest]));
    offsets.push((offset, 9));
    for (offset, price) in offsets {
        let node = offset.and_then(|offset| kit.call("fork", [shift, identity, offset]));
        push(found, node, Kind::Move, price);
    }
}

/// What objects may be drawn to.
fn goals(kit: &mut Kit, scene: &Scene) -> Vec<(Node, u32)> {
    let mut found = Vec::new();
    let size = kit.function("size");
    found.extend(kit.call("argmax", [scene.view, size]).map(|node| (node, 9)));
    let mut colors: Vec<u8> = scene.items.iter().map(|item| item.cells[0].1).collect();
    colors.sort_unstable();
    colors.dedup();
    for color in colors {
        let (input, color) = (kit.input, kit.int(color));
        found.extend(kit.call("ofcolor", [input, color]).map(|node| (node, 11)));
    }
    found
}

/// The offsets by which most objects come to lie where they are in the output.
fn offsets(kit: &mut Kit, scene: &Scene, changes: &[Vec<u16>]) -> Vec<(i32, i32)> {
    let mut seen: Vec<((i32, i32), usize)> = Vec::new();
    let mut work = 0;
    for item in scene.demo_items() {
        let grid = &scene.task.inputs[item.sample];
        let width = grid.width() as i32;
        let Some(&(first, color)) = item.cells.first() else { continue };
        for &place in changes[item.sample].iter().take(100) {
            work += 4;
            if scene.colors_at(item.sample, place).1 != color {
                continue;
            }
            let (from, to) = (i32::from(first), i32::from(place));
            let offset = (to / width - from / width, to % width - from % width);
            work += item.cells.len() as i64;
            if is_there(scene, item, offset) {
                match seen.iter_mut().find(|(known, _)| *known == offset) {
                    Some((_, count)) => *count += 1,
                    None => seen.push((offset, 1)),
                }
            }
        }
    }
    kit.pay(work * 2);
    seen.retain(|(_, count)| *count > 1);
    seen.sort_by_key(|&(offset, count)| (std::cmp::Reverse(count), offset.0.abs() + offset.1.abs(), offset));
    seen.into_iter().take(MOST_OFFSETS).map(|(offset, _)| offset).collect()
}

/// Whether an object, moved, is in the output as far as it lies in the grid.
fn is_there(scene: &Scene, item: &super::scene::Item, (down, right): (i32, i32)) -> bool {
    let output = scene.output(item.sample);
    let (height, width) = (output.height() as i32, output.width() as i32);
    item.cells.iter().all(|&(place, color)| {
        let (row, column) = (i32::from(place) / width + down, i32::from(place) % width + right);
        let is_inside = (0..height).contains(&row) && (0..width).contains(&column);
        !is_inside || output.cell(row as usize, column as usize) == color
    })
}

/// What a painter gives for each item, as cells within the grid; None where it gives none or fails.
pub fn painted(kit: &mut Kit, scene: &Scene, painter: &Painter) -> Option<Vec<Vec<(u16, u8)>>> {
    let mut all = Vec::with_capacity(scene.items.len());
    for item in &scene.items {
        let value: Value = kit.of(painter.node, item.sample, &item.object)?;
        let cells = cells_of(&value, &scene.task.inputs[item.sample])?;
        kit.pay(4 * cells.len() as i64);
        all.push(cells);
    }
    Some(all)
}
