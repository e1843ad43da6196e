//! Measures: what is asked about a panel, each a function of the DSL.

use super::cuttings::Cutting;
use super::kit::Kit;
use crate::search::goals::frame::workbench::Node;
use crate::value::Value;

/// A function of panels.
#[derive(Clone, Copy)]
pub struct Measure {
    /// The function.
    pub function: Node,
    /// What it gives for the panels of each sample: a tuple.
    pub values: Node,
    /// Whether it gives colors.
    pub is_color: bool,
    /// What it costs.
    pub price: u32,
}

/// The measures that tell panels apart.
pub fn measures(kit: &mut Kit, cutting: &Cutting) -> Vec<Measure> {
    let mut functions = Vec::new();
    for (name, price) in [("mostcolor", 1), ("leastcolor", 3)] {
        functions.push((kit.function(name), true, price));
    }
    let palette = kit.function("palette");
    functions.extend(kit.after("maximum", palette).map(|function| (function, true, 3)));
    let background = kit.call("mostcolor", [kit.input]);
    let others = background.and_then(|background| {
        let other = kit.function("other");
        let other = kit.bound(other, background)?;
        kit.call("compose", [other, palette])
    });
    functions.extend(others.map(|function| (function, true, 4)));
    functions.push((kit.function("numcolors"), false, 2));
    functions.extend(plain(kit, cutting).into_iter().map(|(function, price)| (function, false, price)));
    let mut found: Vec<Measure> = Vec::new();
    for (function, is_color, price) in functions {
        let Some(values) = kit.call("apply", [function, cutting.node]) else { continue };
        let is_new = |known: &Measure| {
            let mut samples = 0..kit.samples();
            !samples.all(|sample| kit.bench.value(known.values, sample) == kit.bench.value(values, sample))
        };
        if tells(kit, values) && found.iter().all(is_new) {
            found.push(Measure { function, values, is_color, price });
        }
    }
    found
}

/// Functions that give counts and truths, with their prices.
fn plain(kit: &mut Kit, cutting: &Cutting) -> Vec<(Node, u32)> {
    let mut found = Vec::new();
    let counter = kit.function("colorcount");
    for color in colors(cutting) {
        let number = kit.int(i64::from(color));
        found.extend(kit.bound(counter, number).map(|function| (function, if color == 0 { 3 } else { 5 })));
    }
    let background = kit.call("mostcolor", [kit.input]);
    let counts = background.and_then(|background| kit.bound(counter, background));
    found.extend(counts.map(|function| (function, 4)));
    let (equality, identity) = (kit.function("equality"), kit.function("identity"));
    for name in ["vmirror", "hmirror", "dmirror", "cmirror", "rot180"] {
        let mirror = kit.function(name);
        found.extend(kit.call("fork", [equality, identity, mirror]).map(|function| (function, 5)));
    }
    if !cutting.are_alike() {
        found.push((kit.function("height"), 3));
        found.push((kit.function("width"), 3));
        let (multiply, height, width) = (kit.function("multiply"), kit.function("height"), kit.function("width"));
        found.extend(kit.call("fork", [multiply, height, width]).map(|function| (function, 3)));
    }
    for name in ["leastcommon", "mostcommon"] {
        let known = kit.call(name, [cutting.node]);
        found.extend(known.and_then(|panel| kit.call("matcher", [identity, panel])).map(|function| (function, 3)));
    }
    for diagonal in [true, false] {
        found.extend(objects(kit, diagonal).map(|function| (function, 6)));
    }
    found
}

/// The number of objects of one color.
fn objects(kit: &mut Kit, diagonal: bool) -> Option<Node> {
    let mut function = kit.function("objects");
    for flag in [true, diagonal, true] {
        let flag = kit.leaf(Value::Bool(flag));
        function = kit.bound(function, flag)?;
    }
    kit.after("size", function)
}

/// The colors of the panels, ascending.
pub fn colors(cutting: &Cutting) -> Vec<u8> {
    let mut colors: Vec<u8> =
        cutting.panels.iter().flatten().flat_map(|panel| panel.cells()).copied().filter(|color| *color < 10).collect();
    colors.sort_unstable();
    colors.dedup();
    colors
}

/// Whether some panels of a sample differ.
fn tells(kit: &Kit, values: Node) -> bool {
    (0..kit.samples()).any(|sample| {
        let Ok(mut items) = kit.bench.value(values, sample).items() else { return false };
        let first = items.next();
        items.any(|item| Some(item) != first)
    })
}
