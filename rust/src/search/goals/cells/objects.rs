//! What holds a cell among the objects of the ground, by the properties of the objects.

use super::ground::Ground;
use super::questions::{Ask, Asked, Test};
use crate::call::call;
use crate::context::Context;
use crate::search::goals::frame::metered::within;
use crate::search::goals::frame::workbench::Node;
use crate::value::{Value, greater};

/// Ways of seeing objects: one color, diagonal neighbors, without the background.
const WAYS: [[bool; 3]; 6] = [
    [true, false, true],
    [true, true, true],
    [false, false, true],
    [false, true, true],
    [true, false, false],
    [true, true, false],
];
/// Most objects of one sample.
const MOST_OBJECTS: usize = 40;
/// Most values of a property that are asked for.
const MOST_VALUES: usize = 8;
/// Fuel of one call of a property.
const FUEL: i64 = 20_000;

const PLAIN: [&str; 14] = [
    "size",
    "height",
    "width",
    "numcolors",
    "mostcolor",
    "leastcolor",
    "square",
    "portrait",
    "vline",
    "hline",
    "shape",
    "holes",
    "normalize",
    "palette",
];
const AFTER: [(&str, &str); 3] = [("size", "delta"), ("normalize", "toindices"), ("size", "enclosed")];
/// Whose cells are asked for, beside those of the object itself.
const REGIONS: [&str; 7] = ["backdrop", "enclosed", "outbox", "delta", "box", "inbox", "corners"];
const GIVEN: [&str; 2] = ["mostcolor", "leastcolor"];

/// Objects of all samples.
struct Seen {
    objects: Node,
    by_sample: Vec<Vec<Value>>,
}

/// Adds the questions about objects, and their colors as choices.
pub fn add(context: &mut Context, ground: &mut Ground, asked: &mut Asked) {
    let mut known: Vec<Vec<Vec<Value>>> = Vec::new();
    for way in WAYS {
        let flags: Vec<Node> = way.iter().map(|flag| ground.bench.leaf(Value::Bool(*flag))).collect();
        let Some(objects) = ground.bench.call(context, "objects", &[ground.base, flags[0], flags[1], flags[2]]) else {
            continue;
        };
        let Some(by_sample) = elements(ground, objects) else { continue };
        if known.contains(&by_sample) {
            continue;
        }
        known.push(by_sample.clone());
        let seen = Seen { objects, by_sample };
        add_colors(context, ground, asked, &seen);
        add_properties(context, ground, asked, &seen);
    }
}

/// The objects by sample; None where there are none or too many on some.
fn elements(ground: &Ground, objects: Node) -> Option<Vec<Vec<Value>>> {
    let of = |sample: usize| {
        let items = ground.bench.value(objects, sample).slice()?;
        (1..=MOST_OBJECTS).contains(&items.len()).then(|| items.to_vec())
    };
    (0..ground.shapes.len()).map(of).collect()
}

/// Each object painted in a color that a function of it gives.
fn add_colors(context: &mut Context, ground: &mut Ground, asked: &mut Asked, seen: &Seen) {
    for name in GIVEN {
        let function = ground.bench.function(name);
        if let Some(painted) = ground.bench.call(context, "paintby", &[ground.base, seen.objects, function]) {
            asked.give_grid(ground, painted, 2);
        }
    }
}

fn add_properties(context: &mut Context, ground: &mut Ground, asked: &mut Asked, seen: &Seen) {
    let properties = properties(context, ground);
    let regions: Vec<(Node, Vec<Vec<Value>>)> = REGIONS
        .iter()
        .filter_map(|name| {
            let function = ground.bench.function(name);
            Some((function, values_of(context, ground, function, seen)?))
        })
        .collect();
    for (function, patches) in &regions {
        let all: Vec<Vec<&Value>> = patches.iter().map(|values| values.iter().collect()).collect();
        let merged = ground.bench.call(context, "mapply", &[*function, seen.objects]);
        if let Some(merged) = merged {
            asked.ask_patches(Ask::Patch(merged), all.into_iter(), ground.bench.cost(merged) + 2);
        }
    }
    for (property, more) in properties {
        let Some(values) = values_of(context, ground, property, seen) else { continue };
        for (test, marks) in tests_of(&values) {
            let cost = ground.bench.cost(seen.objects) + ground.bench.cost(property) + 8 + more;
            let cost = cost + test.cost();
            let chosen = chosen(&seen.by_sample, &marks);
            let ask = |region| Ask::Objects { objects: seen.objects, property, test: test.clone(), region };
            asked.ask_patches(ask(None), chosen.into_iter(), cost);
            for (region, patches) in &regions {
                let chosen = self::chosen(patches, &marks);
                asked.ask_patches(ask(Some(*region)), chosen.into_iter(), cost + 6);
            }
        }
    }
}

fn chosen<'a>(values: &'a [Vec<Value>], marks: &[Vec<bool>]) -> Vec<Vec<&'a Value>> {
    let of = |(values, marks): (&'a Vec<Value>, &Vec<bool>)| {
        values.iter().zip(marks).filter(|(_, mark)| **mark).map(|(value, _)| value).collect()
    };
    values.iter().zip(marks).map(of).collect()
}

/// The properties, each with what it costs beyond its steps.
fn properties(context: &mut Context, ground: &mut Ground) -> Vec<(Node, u32)> {
    let mut found: Vec<(Node, u32)> = PLAIN.iter().map(|name| (ground.bench.function(name), 0)).collect();
    for (outer, inner) in AFTER {
        let parts = [ground.bench.function(outer), ground.bench.function(inner)];
        found.extend(ground.bench.call(context, "compose", &parts).map(|node| (node, 0)));
    }
    for mirror in ["vmirror", "hmirror", "dmirror"] {
        let parts = ["equality", "identity", mirror].map(|name| ground.bench.function(name));
        found.extend(ground.bench.call(context, "fork", &parts).map(|node| (node, 0)));
    }
    let bordering = ground.bench.function("bordering");
    found.extend(ground.bench.call(context, "rbind", &[bordering, ground.base]).map(|node| (node, 0)));
    let count = ground.bench.function("colorcount");
    for color in ground.base_colors.clone() {
        let color = ground.bench.int(i64::from(color));
        found.extend(ground.bench.call(context, "rbind", &[count, color]).map(|node| (node, 2)));
    }
    found
}

/// What a function gives for each object; None where it fails.
fn values_of(context: &mut Context, ground: &Ground, function: Node, seen: &Seen) -> Option<Vec<Vec<Value>>> {
    let of_sample = |(sample, objects): (usize, &Vec<Value>), context: &mut Context| -> Option<Vec<Value>> {
        let function = ground.bench.value(function, sample);
        objects.iter().map(|object| within(context, FUEL, |context| call(context, function, &[object]).ok())).collect()
    };
    seen.by_sample.iter().enumerate().map(|pair| of_sample(pair, context)).collect()
}

/// What may be asked about values of a property: which objects it holds for.
fn tests_of(values: &[Vec<Value>]) -> Vec<(Test, Vec<Vec<bool>>)> {
    let mut found = Vec::new();
    let mut distinct: Vec<&Value> = Vec::new();
    for value in values.iter().flatten() {
        if !distinct.contains(&value) && distinct.len() <= MOST_VALUES {
            distinct.push(value);
        }
    }
    if distinct.len() < 2 {
        return found;
    }
    let marks = |wanted: &dyn Fn(usize) -> Option<Value>| -> Option<Vec<Vec<bool>>> {
        let of = |(sample, values): (usize, &Vec<Value>)| {
            let wanted = wanted(sample)?;
            Some(values.iter().map(|value| *value == wanted).collect())
        };
        values.iter().enumerate().map(of).collect()
    };
    let is_number = distinct.iter().all(|value| value.int().is_some() && !matches!(value, Value::Bool(_)));
    if is_number {
        for (name, is_most) in [("valmax", true), ("valmin", false)] {
            let extreme = |sample: usize| extreme(&values[sample], is_most);
            found.extend(marks(&extreme).map(|marks| (Test::Extreme(name), marks)));
        }
        for place in [1, 2, -2] {
            let ranked = |sample: usize| ranked(&values[sample], place);
            found.extend(marks(&ranked).map(|marks| (Test::Rank(place), marks)));
        }
    }
    if distinct.len() <= MOST_VALUES && distinct.iter().all(|value| value.int().is_some() || value.numbers().is_some())
    {
        for value in &distinct {
            let constant = |_: usize| Some((*value).clone());
            found.extend(marks(&constant).map(|marks| (Test::Value((*value).clone()), marks)));
        }
    }
    if values.iter().any(|values| values.len() > 2) {
        for (name, is_most) in [("mostcommon", true), ("leastcommon", false)] {
            let common = |sample: usize| common(&values[sample], is_most);
            found.extend(marks(&common).map(|marks| (Test::Common(name), marks)));
        }
    }
    found
}

fn extreme(values: &[Value], is_most: bool) -> Option<Value> {
    let mut best = values.first()?;
    for value in values {
        if greater(value, best).ok()? == is_most && value != best {
            best = value;
        }
    }
    Some(best.clone())
}

/// The value of that place among the distinct ones, the largest being 0, the smallest -1; None where there are not so many.
fn ranked(values: &[Value], place: i64) -> Option<Value> {
    let mut numbers: Vec<i64> = values.iter().filter_map(Value::int).collect();
    numbers.sort_unstable_by_key(|number| std::cmp::Reverse(*number));
    numbers.dedup();
    let place = if place < 0 { numbers.len() as i64 + place } else { place };
    let number = *numbers.get(usize::try_from(place).ok()?)?;
    values.iter().find(|value| value.int() == Some(number)).cloned()
}

/// The commonest or the rarest value; None where several are.
fn common(values: &[Value], is_most: bool) -> Option<Value> {
    let count = |value: &Value| values.iter().filter(|other| *other == value).count();
    let counts: Vec<usize> = values.iter().map(count).collect();
    let wanted = if is_most { counts.iter().max() } else { counts.iter().min() }?;
    let place = counts.iter().position(|count| count == wanted)?;
    let is_only = values.iter().zip(&counts).all(|(value, count)| count != wanted || *value == values[place]);
    is_only.then(|| values[place].clone())
}
