//! Fields: grids that say something about each cell of the ground: what is seen from it, what lies around it, where it is.

use super::ground::Ground;
use super::questions::{Ask, Asked};
use crate::context::Context;
use crate::search::goals::frame::workbench::Node;
use crate::value::Value;

/// Steps up, down, left, right and across.
const DIRECTIONS: [(i32, i32); 8] = [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)];
/// Most colors that are counted around cells.
const MOST_COLORS: usize = 6;

/// Adds the questions and choices that fields give.
pub fn add(context: &mut Context, ground: &mut Ground, asked: &mut Asked) {
    for grid in ground.grids.clone() {
        asked.give_grid(ground, grid, 0);
        asked.ask_colors(ground, grid, 0);
    }
    for patch in ground.patches.clone() {
        let patches: Vec<Vec<&Value>> =
            (0..ground.shapes.len()).map(|sample| vec![ground.bench.value(patch, sample)]).collect();
        asked.ask_patches(Ask::Patch(patch), patches.into_iter(), ground.bench.cost(patch) + 2);
    }
    add_seen(context, ground, asked);
    add_around(context, ground, asked);
    add_far(context, ground, asked);
    add_places(context, ground, asked);
    for pair in ground.grids.clone().windows(2) {
        let price = ground.bench.cost(pair[0]) + ground.bench.cost(pair[1]) + 6;
        asked.ask_equal(ground, pair[0], pair[1], price);
    }
}

fn direction_of(ground: &mut Ground, (down, right): (i32, i32)) -> Node {
    ground.bench.leaf(Value::Pair(down, right))
}

/// The first color and the distance to it in each direction, and the color of each neighbor.
fn add_seen(context: &mut Context, ground: &mut Ground, asked: &mut Asked) {
    let (base, background) = (ground.base, ground.background);
    let mut seen = Vec::new();
    for direction in DIRECTIONS {
        let step = direction_of(ground, direction);
        if let Some(colors) = ground.bench.call(context, "firstseen", &[base, step, background]) {
            asked.give_grid(ground, colors, 2);
            asked.ask_colors(ground, colors, 2);
            asked.ask_equal(ground, base, colors, 26);
            seen.push(colors);
        }
        if let Some(steps) = ground.bench.call(context, "seendistance", &[base, step, background]) {
            asked.ask_numbers(ground, steps, 4);
        }
        for steps in 1..=3 {
            let moved = direction_of(ground, (-steps * direction.0, -steps * direction.1));
            if let Some(near) = ground.bench.call(context, "translate", &[base, moved, background]) {
                let more = 4 * (steps - 1) as u32;
                asked.give_grid(ground, near, 4 + more);
                asked.ask_colors(ground, near, 3 + more);
                asked.ask_equal(ground, base, near, 22 + more);
            }
        }
    }
    for (one, other) in [(0, 1), (2, 3), (4, 7), (5, 6)] {
        if let (Some(one), Some(other)) = (seen.get(one), seen.get(other)) {
            asked.ask_equal(ground, *one, *other, 16);
            asked.ask_seen(ground, *one, *other, 18);
        }
    }
}

/// How often each color is seen from a cell, the colors of its row and column, and of the nearest cell.
fn add_far(context: &mut Context, ground: &mut Ground, asked: &mut Asked) {
    let (base, background) = (ground.base, ground.background);
    let origin = ground.bench.leaf(Value::Pair(0, 0));
    for name in ["dneighbors", "ineighbors"] {
        let Some(directions) = ground.bench.call(context, name, &[origin]) else { continue };
        for color in ground.base_colors.clone().into_iter().take(MOST_COLORS) {
            let color = ground.bench.int(i64::from(color));
            if let Some(counts) = ground.bench.call(context, "countseen", &[base, color, background, directions]) {
                asked.ask_numbers(ground, counts, 0);
                asked.ask_more(context, ground, counts);
            }
        }
    }
    for (name, more) in [("rowcolors", 2), ("columncolors", 2), ("nearestcolors", 2)] {
        if let Some(colors) = ground.bench.call(context, name, &[base, background]) {
            asked.give_grid(ground, colors, more);
            asked.ask_colors(ground, colors, more);
            asked.ask_equal(ground, base, colors, 16);
        }
    }
    for color in ground.base_colors.clone().into_iter().take(MOST_COLORS) {
        let color = ground.bench.int(i64::from(color));
        if let Some(patch) = ground.bench.call(context, "flooded", &[base, color, background]) {
            let patches: Vec<Vec<&Value>> =
                (0..ground.shapes.len()).map(|sample| vec![ground.bench.value(patch, sample)]).collect();
            asked.ask_patches(Ask::Patch(patch), patches.into_iter(), ground.bench.cost(patch) + 2);
        }
    }
}

/// How often each color lies around a cell, in its row and in its column.
fn add_around(context: &mut Context, ground: &mut Ground, asked: &mut Asked) {
    let origin = ground.bench.leaf(Value::Pair(0, 0));
    let around = ["neighbors", "dneighbors", "ineighbors"];
    let around: Vec<Node> = around.iter().filter_map(|name| ground.bench.call(context, name, &[origin])).collect();
    let base = ground.base;
    for color in ground.base_colors.clone().into_iter().take(MOST_COLORS) {
        let color = ground.bench.int(i64::from(color));
        for offsets in &around {
            if let Some(counts) = ground.bench.call(context, "countaround", &[base, color, *offsets]) {
                asked.ask_numbers(ground, counts, 2);
                asked.ask_more(context, ground, counts);
            }
        }
        for name in ["countinrows", "countincolumns"] {
            if let Some(counts) = ground.bench.call(context, name, &[base, color]) {
                asked.ask_numbers(ground, counts, 3);
            }
        }
    }
}

/// Row, column, their remainders, the distance to the edge.
fn add_places(context: &mut Context, ground: &mut Ground, asked: &mut Asked) {
    let base = ground.base;
    for (name, mirror) in [("rownumbers", "hmirror"), ("columnnumbers", "vmirror")] {
        let Some(numbers) = ground.bench.call(context, name, &[base]) else { continue };
        asked.ask_numbers(ground, numbers, 6);
        for divisor in [2, 3] {
            let divisor = ground.bench.int(divisor);
            if let Some(rest) = ground.bench.call(context, "remainders", &[numbers, divisor]) {
                asked.ask_numbers(ground, rest, 2);
            }
        }
        if let Some(back) = ground.bench.call(context, mirror, &[numbers]) {
            asked.ask_numbers(ground, back, 6);
            asked.ask_equal(ground, numbers, back, 20);
        }
    }
    if let Some(distances) = ground.bench.call(context, "edgedistances", &[base]) {
        asked.ask_numbers(ground, distances, 2);
    }
    for mirror in ["hmirror", "vmirror", "dmirror", "cmirror"] {
        if let Some(mirrored) = ground.bench.call(context, mirror, &[base]) {
            asked.give_grid(ground, mirrored, 2);
            asked.ask_colors(ground, mirrored, 4);
            asked.ask_equal(ground, base, mirrored, 16);
        }
    }
}
