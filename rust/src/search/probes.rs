//! Probes: values that functions are tried on, so that two that do the same count as one.
//!
//! A function has no outcome of its own. Two of a kind are taken for one when they give the same on every probe of every
//! sample; which values are probes depends on the inputs alone. One that gives the same everywhere, or nothing anywhere,
//! is of no use and is dropped.

use std::sync::atomic::AtomicBool;

use crate::context::{Context, Watch};
use crate::primitives::{number_of, table};
use crate::value::Value;

use super::form::Form;

/// Most objects of a sample that are probes.
const OBJECTS: usize = 4;
/// Of how many of them the window of the grid is one, and the corner.
const PARTS: usize = 2;
/// Most colors of a sample that are probes.
const COLORS: usize = 5;
/// Flags of `objects`, and None for `partition`.
const WAYS: [Option<[bool; 3]>; 4] =
    [Some([true, true, true]), Some([false, true, true]), None, Some([true, false, false])];
/// Offsets that are probes everywhere.
const OFFSETS: [(i32, i32); 3] = [(0, 0), (1, 2), (-2, 1)];
/// Fuel for one call that makes probes.
const FUEL: i64 = 100_000;

/// The probes of a task, by form and sample.
pub struct Probes {
    by_form: Vec<(Form, Vec<Vec<Value>>)>,
}

impl Probes {
    /// The probes for these inputs, which are grids.
    pub fn new(inputs: &[Value]) -> Probes {
        let stop = AtomicBool::new(false);
        let mut context = Context::new(Watch::new(&stop));
        let mut by_form: Vec<(Form, Vec<Vec<Value>>)> =
            [Form::Grid, Form::Object, Form::Indices, Form::Offset, Form::Color, Form::Count]
                .map(|form| (form, Vec::new()))
                .into();
        for input in inputs {
            let objects = objects_of(&mut context, input);
            for (form, probes) in &mut by_form {
                probes.push(probes_of(&mut context, form, input, &objects));
            }
        }
        Probes { by_form }
    }

    /// The probes of a form, sample by sample; None where there are none.
    pub fn of(&self, form: &Form) -> Option<&[Vec<Value>]> {
        self.by_form.iter().find(|(known, _)| known == form).map(|(_, probes)| &probes[..])
    }
}

fn called(context: &mut Context, name: &str, arguments: &[&Value]) -> Option<Value> {
    context.fill(FUEL);
    (table()[usize::from(number_of(name)?)].call)(context, arguments).ok()
}

/// Some objects of an input, different ones, in a fixed order: in turn one of each way to find them.
fn objects_of(context: &mut Context, input: &Value) -> Vec<Value> {
    let ways = WAYS.map(|flags| {
        let found = match flags {
            Some([univalued, diagonal, without_bg]) => {
                let flags = [univalued, diagonal, without_bg].map(Value::Bool);
                called(context, "objects", &[input, &flags[0], &flags[1], &flags[2]])
            }
            None => called(context, "partition", &[input]),
        };
        found.iter().flat_map(|objects| objects.items()).flatten().collect::<Vec<Value>>()
    });
    let mut chosen: Vec<Value> = Vec::new();
    for round in 0..OBJECTS {
        for object in ways.iter().filter_map(|objects| objects.get(round)) {
            if chosen.len() < OBJECTS && Form::Object.admits(object) && !chosen.contains(object) {
                chosen.push(object.clone());
            }
        }
    }
    chosen
}

fn probes_of(context: &mut Context, form: &Form, input: &Value, objects: &[Value]) -> Vec<Value> {
    let parts = objects.iter().take(PARTS);
    match form {
        Form::Grid => {
            let windows = parts.filter_map(|object| called(context, "subgrid", &[object, input]));
            [input.clone()].into_iter().chain(windows.filter(|window| Form::Grid.admits(window))).collect()
        }
        Form::Object => objects.to_vec(),
        Form::Indices => objects.iter().filter_map(|object| object.window().cloned().map(Value::Indices)).collect(),
        Form::Offset => {
            let corners = parts.filter_map(|object| called(context, "ulcorner", &[object]));
            OFFSETS.iter().map(|(row, column)| Value::Pair(*row, *column)).chain(corners).collect()
        }
        Form::Color => palette_of(input).take(COLORS).map(Value::Int).collect(),
        Form::Count => [0, 1, 2, 5].map(Value::Int).into(),
        _ => Vec::new(),
    }
}

/// The colors of a grid, ascending.
fn palette_of(input: &Value) -> impl Iterator<Item = i64> {
    let mut found = [false; 256];
    if let Value::Grid(grid) = input {
        grid.cells().iter().for_each(|cell| found[usize::from(*cell)] = true);
    }
    (0..).zip(found).filter(|(_, is_there)| *is_there).map(|(color, _)| color)
}
