//! Graphs and scopes without Python: sharing, fuel, failures, limits, panics.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use arcbatt_native::context::Watch;
use arcbatt_native::fail::Fail;
use arcbatt_native::graph::{DEPENDS_I, Graph, Node};
use arcbatt_native::primitives::{number_of, user};
use arcbatt_native::scope::{Limits, Machine, Scope};
use arcbatt_native::value::{Grid, Value};

const LIMITS: Limits = Limits { fuel: 1_000_000, timeout: None, memory_bytes: None };

/// A graph under construction.
#[derive(Default)]
struct Builder {
    graph: Graph,
}

impl Builder {
    fn push(&mut self, node: Node, level: u8, operands: &[u32], callee: Option<u32>) -> u32 {
        self.graph.push(node, level, operands, callee).expect("a node in order");
        self.graph.len() as u32 - 1
    }

    fn constant(&mut self, value: Value) -> u32 {
        self.push(Node::Leaf(value), 0, &[], None)
    }

    fn input(&mut self) -> u32 {
        self.push(Node::Variable, DEPENDS_I, &[], None)
    }

    fn call(&mut self, number: u16, operands: &[u32]) -> u32 {
        let callee = self.constant(Value::Primitive(number));
        let level = operands.iter().fold(0, |level, operand| level | self.graph.level(*operand));
        self.push(Node::Primitive(number), level, operands, Some(callee))
    }

    fn named(&mut self, name: &str, operands: &[u32]) -> u32 {
        self.call(number_of(name).expect("a primitive"), operands)
    }

    fn scope(self, limits: Limits) -> Arc<Scope> {
        let machine = Machine::new(limits);
        machine.change(|graph| *graph = self.graph);
        Arc::new(Scope::open(Arc::new(machine)))
    }
}

/// The value, or the failure with its step, and the fuel.
type Outcome = (Result<Value, (Fail, u32)>, i64);

/// The outcome of each root.
fn outcomes(scope: &Scope, roots: &[u32]) -> Vec<Outcome> {
    let stop = AtomicBool::new(false);
    outcomes_until(scope, roots, &stop)
}

fn outcomes_until(scope: &Scope, roots: &[u32], stop: &AtomicBool) -> Vec<Outcome> {
    let programs = scope.machine().programs(roots).expect("roots of the graph");
    let mut found = vec![None; roots.len()];
    scope.run(&programs, false, Watch::new(stop), &mut |number, outcome| {
        let result = outcome.result.cloned().map_err(|failure| (failure.fail.clone(), failure.step));
        found[number] = Some((result, outcome.fuel));
    });
    found.into_iter().map(|outcome| outcome.expect("an outcome for each root")).collect()
}

#[test]
fn programs_share_nodes_and_pay_for_them_in_full() {
    let mut builder = Builder::default();
    let input = builder.input();
    let turned = builder.named("rot90", &[input]);
    let twice = builder.named("rot90", &[turned]);
    let scope = builder.scope(LIMITS);
    let grid = Grid::of(2, 3, &[1, 2, 3, 4, 5, 6]);
    let inner = Scope::bind(&scope, vec![(DEPENDS_I, Value::Grid(grid))]).expect("nothing was bound");
    let found = outcomes(&inner, &[twice, turned]);
    assert_eq!(found[0].0, Ok(Value::Grid(Grid::of(2, 3, &[6, 5, 4, 3, 2, 1]))));
    assert_eq!(found[1].0, Ok(Value::Grid(Grid::of(3, 2, &[4, 1, 5, 2, 6, 3]))));
    assert_eq!(found[0].1, 2 * found[1].1);
}

#[test]
fn a_variable_is_bound_once() {
    let mut builder = Builder::default();
    builder.input();
    let scope = builder.scope(LIMITS);
    let inner = Arc::new(Scope::bind(&scope, vec![(DEPENDS_I, Value::None)]).expect("nothing was bound"));
    assert!(Scope::bind(&inner, vec![(DEPENDS_I, Value::None)]).is_none());
}

#[test]
fn the_first_failure_ends_a_program() {
    let mut builder = Builder::default();
    let empty = builder.constant(Value::empty_tuple());
    let first = builder.named("first", &[empty]);
    let wrapped = builder.named("initset", &[first]);
    let scope = builder.scope(LIMITS);
    let (result, fuel) = outcomes(&scope, &[wrapped]).remove(0);
    assert!(matches!(result, Err((Fail::Error(_), 1))));
    assert_eq!(fuel, 1);
}

#[test]
fn fuel_runs_out_at_one_unit_too_many() {
    for (fuel, is_enough) in [(3, true), (2, false)] {
        let mut builder = Builder::default();
        let mut node = builder.constant(Value::Int(1));
        for _ in 0..3 {
            node = builder.named("increment", &[node]);
        }
        let scope = builder.scope(Limits { fuel, ..LIMITS });
        let (result, _) = outcomes(&scope, &[node]).remove(0);
        match is_enough {
            true => assert_eq!(result, Ok(Value::Int(4))),
            false => assert_eq!(result, Err((Fail::Fuel, 3))),
        }
    }
}

#[test]
fn a_panic_is_the_failure_of_its_node_alone() {
    arcbatt_native::panics::keep_quiet();
    let number = user::add("boom".to_owned(), 0, Arc::new(|_, _| panic!("a bug"))).expect("room for a primitive");
    let mut builder = Builder::default();
    let bad = builder.call(number, &[]);
    let one = builder.constant(Value::Int(1));
    let good = builder.named("increment", &[one]);
    let scope = builder.scope(LIMITS);
    let found = outcomes(&scope, &[bad, good]);
    let Err((Fail::Error(message), 1)) = &found[0].0 else { panic!("{:?}", found[0]) };
    assert!(message.contains("a bug") && message.contains("scopes.rs"), "{message}");
    assert_eq!(found[1].0, Ok(Value::Int(2)));
    // The scope is as good as before.
    assert_eq!(outcomes(&scope, &[good])[0].0, Ok(Value::Int(2)));
}

/// A scope with a program that would run for ages.
fn endless(limits: Limits) -> (Arc<Scope>, u32) {
    let mut builder = Builder::default();
    let (times, start) = (builder.constant(Value::Int(1000)), builder.constant(Value::Int(1)));
    // Each call has an argument of its own: calls that come again would be evaluated once.
    let mut function = builder.constant(Value::Primitive(number_of("increment").expect("a primitive")));
    for _ in 0..5 {
        function = builder.named("power", &[function, times]);
    }
    let root = builder.push(Node::Computed, 0, &[function, start], None);
    (builder.scope(limits), root)
}

#[test]
fn a_deadline_ends_what_fuel_does_not() {
    let timeout = Some(Duration::from_millis(30));
    let (scope, root) = endless(Limits { fuel: i64::MAX / 2, timeout, memory_bytes: None });
    let start = Instant::now();
    let (result, _) = outcomes(&scope, &[root]).remove(0);
    assert!(matches!(result, Err((Fail::Time, _))));
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn another_thread_can_stop_it() {
    let (scope, root) = endless(Limits { fuel: i64::MAX / 2, ..LIMITS });
    let stop = AtomicBool::new(false);
    let found = std::thread::scope(|threads| {
        let running = threads.spawn(|| outcomes_until(&scope, &[root], &stop));
        std::thread::sleep(Duration::from_millis(20));
        stop.store(true, Ordering::Relaxed);
        running.join().expect("it ends")
    });
    assert!(matches!(found[0].0, Err((Fail::Time, _))));
}
