//! Nanoseconds per call of primitives on grids in a text file: one grid a line, rows parted by `|`, cells by spaces.
//!
//! `GRIDS=FILE cargo bench --bench primitives -- NAME ...` prints a line for each name.

use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use arcbatt_native::context::{Context, Watch};
use arcbatt_native::primitives::{Primitive, table};
use arcbatt_native::value::{Grid, Value};

/// Rounds over all calls; the fastest counts.
const ROUNDS: usize = 30;

fn main() {
    let names: Vec<String> = std::env::args().skip(1).filter(|name| !name.starts_with('-')).collect();
    let file = std::env::var("GRIDS").expect("GRIDS names a file of grids");
    let text = std::fs::read_to_string(file).expect("a file of grids");
    let grids: Vec<Value> = text.lines().map(grid_of).collect();
    for primitive in table().iter().filter(|item| names.iter().any(|name| name == item.name)) {
        let calls = calls_of(primitive, &grids);
        println!("{:12} {:8.1} ns over {} calls", primitive.name, fastest(primitive, &calls), calls.len());
    }
}

fn grid_of(line: &str) -> Value {
    let rows: Vec<Vec<u8>> =
        line.split('|').map(|row| row.split(' ').map(|cell| cell.parse().expect("a cell")).collect()).collect();
    Value::Grid(Grid::of(rows.len(), rows[0].len(), &rows.concat()))
}

fn call(primitive: &Primitive, arguments: &[&Value]) -> Value {
    let stop = AtomicBool::new(false);
    (primitive.call)(&mut Context::new(Watch::new(&stop)), arguments).unwrap_or(Value::None)
}

fn named(name: &str) -> &'static Primitive {
    table().iter().find(|item| item.name == name).expect("a primitive")
}

/// Arguments for the primitive: all flags for `objects`, else a grid or the objects of one.
fn calls_of(primitive: &Primitive, grids: &[Value]) -> Vec<Vec<Value>> {
    let flag = |flags: usize, bit: usize| Value::Bool(flags >> bit & 1 == 1);
    let mut calls = Vec::new();
    for grid in grids {
        let flags = |flags: usize| vec![grid.clone(), flag(flags, 2), flag(flags, 1), flag(flags, 0)];
        let objects = call(named("objects"), &flags(7).iter().collect::<Vec<_>>());
        let objects: Vec<Value> = objects.items().into_iter().flatten().collect();
        let neighbours = objects.windows(2).take(4);
        match primitive.name {
            "objects" => calls.extend((0..8).map(flags)),
            "partition" | "fgpartition" => calls.push(vec![grid.clone()]),
            "manhattan" | "adjacent" | "gravitate" | "hmatching" | "vmatching" | "position" => {
                calls.extend(neighbours.map(|two| two.to_vec()));
            }
            "occurrences" => calls.extend(objects.iter().take(4).map(|object| vec![grid.clone(), object.clone()])),
            "toobject" | "bordering" => {
                calls.extend(objects.iter().take(4).map(|object| vec![object.clone(), grid.clone()]));
            }
            "recolor" => calls.extend(objects.iter().take(4).map(|object| vec![Value::Int(3), object.clone()])),
            "shift" => calls.extend(objects.iter().take(4).map(|object| vec![object.clone(), Value::Pair(1, -2)])),
            "connect" => calls.push(vec![Value::Pair(3, 4), Value::Pair(7, 8)]),
            "shoot" => calls.push(vec![Value::Pair(3, 4), Value::Pair(1, 1)]),
            "neighbors" | "dneighbors" | "ineighbors" | "hfrontier" | "vfrontier" => {
                calls.push(vec![Value::Pair(3, 4)]);
            }
            _ => calls.extend(objects.iter().take(4).map(|object| vec![object.clone()])),
        }
    }
    calls
}

fn fastest(primitive: &Primitive, calls: &[Vec<Value>]) -> f64 {
    let stop = AtomicBool::new(false);
    let mut context = Context::new(Watch::new(&stop));
    let calls: Vec<Vec<&Value>> = calls.iter().map(|call| call.iter().collect()).collect();
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for call in &calls {
            let _ = black_box((primitive.call)(&mut context, black_box(call)));
        }
        best = best.min(start.elapsed().as_nanos() as f64 / calls.len().max(1) as f64);
    }
    best
}
