//! Roles: colors that differ from sample to sample, by what they are in the grid: the commonest, that of the largest object.

use super::ground::Ground;
use crate::context::Context;
use crate::search::goals::frame::workbench::Node;
use crate::value::Value;

/// Most roles.
const MOST: usize = 24;

/// Adds the colors of the ground's base that are not the same on all samples, each once, to those that are known.
pub fn add(context: &mut Context, ground: &mut Ground) {
    let mut found = whole(context, ground);
    for way in [[false, true, true], [true, false, true], [true, true, true]] {
        found.extend(of_objects(context, ground, way));
    }
    let mut known: Vec<Vec<Value>> = ground.colors.iter().map(|node| values(ground, *node)).collect();
    for node in found {
        let own = values(ground, node);
        let are_colors = own.iter().all(|value| value.int().is_some_and(|color| (0..10).contains(&color)));
        let differ = own.iter().any(|value| *value != own[0]);
        if are_colors && differ && !known.contains(&own) && ground.colors.len() < MOST {
            known.push(own);
            ground.colors.push(node);
        }
    }
}

fn values(ground: &Ground, node: Node) -> Vec<Value> {
    (0..ground.shapes.len()).map(|sample| ground.bench.value(node, sample).clone()).collect()
}

/// Colors of the whole grid.
fn whole(context: &mut Context, ground: &mut Ground) -> Vec<Node> {
    let base = ground.base;
    let mut found = Vec::new();
    for name in ["mostcolor", "leastcolor"] {
        found.extend(ground.bench.call(context, name, &[base]));
    }
    let corner = ground.bench.leaf(Value::Pair(0, 0));
    found.extend(ground.bench.call(context, "index", &[base, corner]));
    found
}

/// Colors of all objects together, and of the objects that stand out.
fn of_objects(context: &mut Context, ground: &mut Ground, way: [bool; 3]) -> Vec<Node> {
    let mut found = Vec::new();
    let flags = way.map(|flag| ground.bench.leaf(Value::Bool(flag)));
    let base = ground.base;
    let Some(objects) = ground.bench.call(context, "objects", &[base, flags[0], flags[1], flags[2]]) else {
        return found;
    };
    let mut patches = Vec::new();
    patches.extend(ground.bench.call(context, "merge", &[objects]));
    for (name, key) in [("argmax", "size"), ("argmin", "size"), ("argmin", "uppermost"), ("argmin", "leftmost")] {
        let key = ground.bench.function(key);
        patches.extend(ground.bench.call(context, name, &[objects, key]));
    }
    for patch in patches {
        for name in ["mostcolor", "leastcolor"] {
            found.extend(ground.bench.call(context, name, &[patch]));
        }
    }
    found
}
