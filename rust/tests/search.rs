//! The search without Python: keys, kernels, levels, limits, determinism.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use arcbatt_native::call::call_primitive;
use arcbatt_native::context::{Context, Watch};
use arcbatt_native::primitives::{number_of, table};
use arcbatt_native::search::answer::Answer;
use arcbatt_native::search::enumeration::Search;
use arcbatt_native::search::form::{Form, is_arc};
use arcbatt_native::search::grammar::{Grammar, Kind, Leaf, Production};
use arcbatt_native::search::grids::{MOST_CELLS, SLACK, Scratch};
use arcbatt_native::search::kernels::{self, Operand};
use arcbatt_native::search::key;
use arcbatt_native::search::limits::{End, Limits};
use arcbatt_native::search::table::Table;
use arcbatt_native::value::{Grid, Value};

/// A plain generator of numbers.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    fn grid(&mut self) -> Grid {
        let most = [3, 9, 30][self.below(3) as usize];
        let (height, width) = (1 + self.below(most) as usize, 1 + self.below(most) as usize);
        let colors = 1 + self.below(4);
        let cells: Vec<u8> = (0..height * width).map(|_| (self.below(colors) * 3) as u8).collect();
        Grid::of(height, width, &cells)
    }

    fn places(&mut self, count: u64) -> Vec<(i64, i64)> {
        (0..count).map(|_| (self.below(20) as i64 - 4, self.below(20) as i64 - 4)).collect()
    }

    fn value(&mut self, primitive: &str, place: usize) -> Value {
        match (primitive, place) {
            ("crop", _) => Value::Pair(self.below(14) as i32 - 5, self.below(14) as i32 - 5),
            ("canvas", 1) => Value::Pair(self.below(34) as i32 - 1, self.below(34) as i32 - 1),
            ("hupscale" | "vupscale" | "upscale" | "downscale", _) => Value::Int(self.below(8) as i64 - 2),
            ("fill" | "underfill", 2) | ("cover" | "paint" | "underpaint", 1) | ("subgrid", 0) => {
                let count = 1 + self.below(30);
                let places = self.places(count);
                match self.below(3) {
                    0 if !primitive.ends_with("paint") => Value::places(&places),
                    1 => Value::cells(&places.iter().map(|(i, j)| (4, *i, *j)).collect::<Vec<_>>()),
                    _ => {
                        let distinct: HashSet<(i64, i64)> = places.into_iter().collect();
                        let colored = distinct.into_iter().map(|(i, j)| (self.below(9) as u8, i, j));
                        Value::cells(&colored.collect::<Vec<_>>())
                    }
                }
            }
            _ => Value::Int(self.below(10) as i64),
        }
    }
}

/// All that a kernel gives for these arguments: fuel, and the grid where there is one.
fn by_kernel(kernel: kernels::Kernel, arguments: &[Value]) -> (i64, Option<Grid>) {
    let scratches: Vec<Scratch> = arguments
        .iter()
        .map(|value| {
            let mut scratch = Scratch::new(1);
            if let Value::Grid(grid) = value {
                scratch.push(grid);
            }
            scratch
        })
        .collect();
    let operands: Vec<Operand> = arguments
        .iter()
        .zip(&scratches)
        .map(|(value, scratch)| match value {
            Value::Grid(_) => Operand::Grid(scratch.packed().get(0)),
            _ => Operand::Value(value),
        })
        .collect();
    let mut room = vec![77; MOST_CELLS + SLACK];
    let made = kernel(&operands, &mut room);
    (1 + (made.work >> 3), made.size.map(|(height, width)| Grid::of(height, width, &room[..height * width])))
}

/// The same of the primitive.
fn by_primitive(number: u16, arguments: &[Value]) -> (i64, Option<Grid>) {
    let stop = AtomicBool::new(false);
    let mut context = Context::new(Watch::new(&stop));
    context.fill(1_000_000);
    let references: Vec<&Value> = arguments.iter().collect();
    let given = call_primitive(&mut context, number, &references);
    let grid = match given {
        Ok(Value::Grid(grid)) if is_arc(&grid) => Some(grid),
        _ => None,
    };
    (1_000_000 - context.left, grid)
}

#[test]
fn kernels_give_what_their_primitives_give_for_the_same_fuel() {
    let mut numbers = Numbers(7);
    let mut seen = 0;
    for (number, primitive) in table().iter().enumerate() {
        for mask in 0..1 << primitive.arity {
            let are_grids: Vec<bool> = (0..primitive.arity).map(|place| mask >> place & 1 == 1).collect();
            let Some(kernel) = kernels::of(primitive.name, &are_grids) else { continue };
            seen += 1;
            for _ in 0..600 {
                let mut arguments: Vec<Value> = Vec::new();
                for (place, is_grid) in are_grids.iter().enumerate() {
                    arguments.push(match is_grid {
                        true => Value::Grid(numbers.grid()),
                        false => numbers.value(primitive.name, place),
                    });
                }
                // Where it is an argument twice, sizes match, and so they often do for cells compared.
                if let [Value::Grid(first), Value::Grid(_), ..] = &arguments[..]
                    && numbers.below(2) == 0
                {
                    let mut cells = first.cells().to_vec();
                    cells.rotate_left(1);
                    arguments[1] = Value::Grid(Grid::of(first.height(), first.width(), &cells));
                }
                let expected = by_primitive(number as u16, &arguments);
                assert_eq!(by_kernel(kernel, &arguments), expected, "{} {arguments:?}", primitive.name);
            }
        }
    }
    assert!(seen >= 30);
}

#[test]
fn a_table_tells_new_keys_from_known_ones_however_many() {
    let mut table = Table::default();
    let mut numbers = Numbers(3);
    let mut known = HashSet::new();
    for _ in 0..50_000 {
        let key = numbers.below(30_000).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        assert_eq!(table.insert(key), known.insert(key.max(1)));
    }
    assert_eq!(table.len(), known.len());
}

#[test]
fn keys_tell_values_apart_and_not_how_they_came_about() {
    let cells = |color| Value::cells(&[(color, 0, 0), (color, 1, 2)]);
    let values = [
        Value::Int(1),
        Value::Int(2),
        Value::Pair(1, 2),
        Value::Pair(2, 1),
        Value::places(&[(0, 0), (1, 2)]),
        Value::places(&[(0, 1), (1, 3)]),
        Value::places(&[(0, 0), (1, 1), (1, 2)]),
        cells(1),
        cells(2),
        Value::cells(&[(1, 0, 0), (2, 1, 2)]),
        Value::cells(&[(2, 0, 0), (1, 1, 2)]),
        Value::set(vec![cells(1), cells(2)]),
        Value::set(vec![cells(1)]),
        Value::Primitive(3),
        Value::Primitive(4),
    ];
    let keys: HashSet<u64> = values.iter().map(|value| key::with_value(5, value)).collect();
    assert_eq!(keys.len(), values.len());
    let backward = Value::set(vec![cells(2), cells(1)]);
    assert_eq!(key::with_value(5, &backward), key::with_value(5, &values[11]));
    for length in 0..200 {
        let bytes = vec![1; length];
        for place in 0..length {
            let mut other = bytes.clone();
            other[place] = 2;
            assert_ne!(key::with_bytes(0, &bytes), key::with_bytes(0, &other));
        }
        assert_ne!(key::with_bytes(0, &bytes), key::with_bytes(0, &vec![1; length + 1]));
    }
}

#[test]
fn forms_admit_their_values_only() {
    let form = |text| Form::parse(text).expect("a form");
    assert_eq!(Form::parse("set of rubbish"), None);
    assert_eq!(Form::parse("function from grid"), None);
    assert!(form("color").admits(&Value::Int(9)) && !form("color").admits(&Value::Int(10)));
    assert!(!form("count").admits(&Value::Bool(true)) && form("truth").admits(&Value::Bool(true)));
    assert!(!form("object").admits(&Value::empty_set()) && !form("set of object").admits(&Value::empty_set()));
    let wide = Grid::of(1, 31, &[0; 31]);
    assert!(!form("grid").admits(&Value::Grid(wide)) && !form("grid").admits(&Value::Grid(Grid::of(1, 1, &[10]))));
    // A tuple of pairs has the form of a grid.
    assert!(form("tuple of offset").admits(&Value::tuple(vec![Value::Pair(1, 2), Value::Pair(3, 4)])));
    assert!(form("tuple of count").admits(&Value::tuple(vec![Value::Int(1), Value::Int(2), Value::Int(3)])));
    assert!(form("function from grid to count").admits(&Value::Primitive(0)));
}

fn production(name: &str, arguments: &[u8], result: u8, cost: u16) -> Production {
    let primitive = number_of(name).expect("a primitive");
    Production { primitive, arguments: arguments.to_vec(), result, cost, symmetric: None, is_distinct: false }
}

/// Grids and numbers.
fn grammar() -> Grammar {
    let kind = |form, is_offered| Kind { form: Form::parse(form).expect("a form"), is_offered };
    let kinds = vec![kind("grid", true), kind("count", false)];
    let mut leaves = vec![Leaf { value: None, kind: 0, cost: 1 }];
    leaves.extend([1, 2, 3].map(|number| Leaf { value: Some(Value::Int(number)), kind: 1, cost: 2 }));
    let productions = vec![
        production("rot90", &[0], 0, 1),
        production("tophalf", &[0], 0, 2),
        production("hconcat", &[0, 0], 0, 3),
        production("upscale", &[0, 1], 0, 3),
        Production { symmetric: Some((0, 1)), ..production("add", &[1, 1], 1, 2) },
        production("height", &[0], 1, 2),
    ];
    Grammar::new(kinds, leaves, productions).expect("a grammar")
}

const FREE: Limits =
    Limits { nodes: None, fuel: None, node_fuel: 10_000, seconds: None, memory_bytes: None, answers: None, cost: None };

/// An output that nothing gives.
fn nowhere() -> Vec<Grid> {
    vec![Grid::of(1, 1, &[9])]
}

fn search(limits: Limits, outputs: Vec<Grid>) -> Search {
    let inputs = vec![Grid::of(2, 3, &[1, 2, 3, 4, 5, 6]), Grid::of(3, 3, &[0, 1, 0, 2, 0, 0, 0, 0, 4])];
    Search::new(grammar(), limits, outputs, inputs)
}

/// Runs a search to its end, so many expressions at a time.
fn run(search: &mut Search, nodes: u64) -> Vec<Answer> {
    let stop = AtomicBool::new(false);
    let mut found = Vec::new();
    while search.end().is_none() {
        found.extend(search.advance(Watch::new(&stop), nodes));
    }
    found
}

/// What a search has: counts, and each entry's cost and values.
fn told(search: &Search) -> Vec<(u32, u8, Vec<Value>)> {
    let bank = search.bank();
    let values = |entry| bank.values(entry).map_or(Vec::new(), |values| (0..2).map(|i| values.value(i)).collect());
    (0..bank.len() as u32).map(|entry| (bank.cost(entry), bank.kind(entry), values(entry))).collect()
}

#[test]
fn a_search_rests_anywhere_without_a_difference() {
    let limits = Limits { nodes: Some(3_000), ..FREE };
    let mut whole = search(limits, nowhere());
    run(&mut whole, u64::MAX);
    for nodes in [1, 7, 1000] {
        let mut parts = search(limits, nowhere());
        run(&mut parts, nodes);
        assert_eq!(told(&parts), told(&whole));
        let (mut one, mut other) = (parts.spent(), whole.spent());
        (one.seconds, other.seconds) = (0.0, 0.0);
        assert_eq!(one, other);
    }
}

#[test]
fn no_outcome_is_there_twice_and_costs_ascend() {
    let mut whole = search(Limits { cost: Some(12), ..FREE }, nowhere());
    run(&mut whole, u64::MAX);
    assert_eq!(whole.end(), Some(End::Exhausted));
    let entries = told(&whole);
    assert!(entries.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    for (number, (_, kind, values)) in entries.iter().enumerate() {
        let known = entries[..number].iter().any(|(_, other, known)| kind == other && known == values);
        assert!(!known || values.is_empty(), "{values:?}");
    }
    let spent = whole.spent();
    assert_eq!(spent.applied, spent.unique + spent.duplicates + spent.failed);
    assert_eq!(spent.unique as usize, entries.len());
}

#[test]
fn each_limit_ends_a_search_by_its_name() {
    let cases = [
        (Limits { nodes: Some(100), ..FREE }, End::Nodes),
        (Limits { fuel: Some(500), ..FREE }, End::Fuel),
        (Limits { seconds: Some(1e-9), ..FREE }, End::Time),
        (Limits { memory_bytes: Some(200_000), ..FREE }, End::Memory),
        (Limits { cost: Some(5), ..FREE }, End::Exhausted),
    ];
    for (limits, end) in cases {
        let mut search = search(limits, nowhere());
        run(&mut search, u64::MAX);
        assert_eq!(search.end(), Some(end));
        assert!(end != End::Nodes || search.spent().applied == 100);
        assert!(end != End::Exhausted || search.spent().cost == 5);
    }
}

#[test]
fn a_flag_ends_a_search_and_it_stays_ended() {
    let mut search = search(FREE, nowhere());
    let stop = AtomicBool::new(true);
    search.advance(Watch::new(&stop), u64::MAX);
    assert_eq!(search.end(), Some(End::Interrupted));
    stop.store(false, Ordering::Relaxed);
    let applied = search.spent().applied;
    assert!(search.advance(Watch::new(&stop), u64::MAX).is_empty());
    assert_eq!(search.spent().applied, applied);
}

#[test]
fn a_grammar_that_ends_is_exhausted() {
    let kinds = vec![Kind { form: Form::Grid, is_offered: true }];
    let leaves = vec![Leaf { value: None, kind: 0, cost: 2 }];
    let grammar = Grammar::new(kinds, leaves, vec![production("rot90", &[0], 0, 1)]).expect("a grammar");
    let mut search = Search::new(grammar, FREE, nowhere(), vec![Grid::of(1, 2, &[1, 2])]);
    run(&mut search, u64::MAX);
    assert_eq!(search.end(), Some(End::Exhausted));
    // Itself and three turns; the fourth gives what is known.
    assert_eq!((search.spent().unique, search.spent().duplicates), (4, 1));
}

#[test]
fn answers_are_programs_that_give_the_outputs_the_cheapest_first() {
    let outputs = vec![Grid::of(3, 2, &[4, 1, 5, 2, 6, 3])];
    let mut found = search(Limits { cost: Some(9), ..FREE }, outputs);
    let answers = run(&mut found, u64::MAX);
    // That the input has to be turned is seen before it is: the call's cost is another then.
    assert_eq!(answers.first().map(|answer| answer.goal), Some("wrapped"));
    let exact: Vec<_> = answers.iter().filter(|answer| answer.goal == "exact").collect();
    assert!(!exact.is_empty() && exact[0].cost == 2);
    for answer in [&answers[0], exact[0]] {
        let (nodes, root) = found.answer_nodes(answer);
        assert_eq!((nodes.len(), root), (2, 1));
    }
    assert!(exact.windows(2).all(|pair| pair[0].cost <= pair[1].cost));
    let mut one = search(Limits { answers: Some(1), ..FREE }, vec![Grid::of(3, 2, &[4, 1, 5, 2, 6, 3])]);
    assert_eq!(run(&mut one, u64::MAX).len(), 1);
    assert_eq!(one.end(), Some(End::Answers));
}

#[test]
fn a_grammar_is_checked() {
    let kinds = || vec![Kind { form: Form::Grid, is_offered: true }];
    let leaf = |value, kind, cost| vec![Leaf { value, kind, cost }];
    assert!(Grammar::new(Vec::new(), Vec::new(), Vec::new()).is_err());
    assert!(Grammar::new(kinds(), leaf(Some(Value::Int(1)), 0, 1), Vec::new()).is_err());
    assert!(Grammar::new(kinds(), leaf(None, 1, 1), Vec::new()).is_err());
    assert!(Grammar::new(kinds(), leaf(None, 0, 0), Vec::new()).is_err());
    assert!(Grammar::new(kinds(), Vec::new(), vec![production("rot90", &[0, 0], 0, 1)]).is_err());
    assert!(Grammar::new(kinds(), Vec::new(), vec![production("rot90", &[1], 0, 1)]).is_err());
    let odd = Production { symmetric: Some((0, 1)), ..production("rot90", &[0], 0, 1) };
    assert!(Grammar::new(kinds(), Vec::new(), vec![odd]).is_err());
}
