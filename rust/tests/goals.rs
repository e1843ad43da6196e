//! The goals of a search, each on a small task: what is found is run and has to give the outputs.

use std::collections::HashSet;
use std::sync::atomic::AtomicBool;

use arcbatt_native::context::{Context, Watch};
use arcbatt_native::primitives::number_of;
use arcbatt_native::search::answer::Answer;
use arcbatt_native::search::goals::frame::dispatch::{self, Goals};
use arcbatt_native::search::goals::frame::goal::Level;
use arcbatt_native::search::goals::goals_of;
use arcbatt_native::search::grids::Values;
use arcbatt_native::value::{Grid, Value};

const FUEL: i64 = 1_000_000;

/// A grid from its rows, a digit a cell.
fn grid(rows: &[&str]) -> Grid {
    let cells: Vec<u8> = rows.iter().flat_map(|row| row.bytes().map(|digit| digit - b'0')).collect();
    Grid::of(rows.len(), rows[0].len(), &cells)
}

/// Goals with expressions offered to them one after the other.
struct Offered {
    inputs: Vec<Value>,
    outputs: Vec<Value>,
    entries: Vec<Vec<Value>>,
    goals: Goals,
    found: Vec<Answer>,
}

impl Offered {
    /// The goals of a task with one input more than outputs, each input offered as entry 0.
    fn new(inputs: &[Grid], outputs: &[Grid]) -> Offered {
        let goals = goals_of(outputs.to_vec(), inputs.to_vec());
        let value = |grids: &[Grid]| grids.iter().cloned().map(Value::Grid).collect::<Vec<_>>();
        let (inputs, outputs) = (value(inputs), value(outputs));
        let mut offered = Offered { inputs, outputs, entries: Vec::new(), goals, found: Vec::new() };
        offered.offer(offered.inputs.clone());
        offered
    }

    fn offer(&mut self, values: Vec<Value>) {
        let stop = AtomicBool::new(false);
        let context = &mut Context::new(Watch::new(&stop));
        let number = self.entries.len() as u32;
        let given = Values::Plain(&values, values.len());
        let offered = dispatch::Offered { entry: number, cost: 10 + number, fits: None };
        self.goals.offer(context, offered, given, &mut self.found);
        self.entries.push(values);
    }

    /// Offers what a primitive gives with the inputs and further arguments.
    fn call(&mut self, name: &str, more: &[Value]) {
        let stop = AtomicBool::new(false);
        let context = &mut Context::new(Watch::new(&stop));
        let call = |input: &Value| {
            context.fill(FUEL);
            let arguments: Vec<&Value> = std::iter::once(input).chain(more).collect();
            arcbatt_native::call::call_primitive(context, number_of(name).expect("a primitive"), &arguments)
        };
        let values: Result<Vec<Value>, _> = self.inputs.iter().map(call).collect();
        self.offer(values.expect("a value"));
    }

    /// All answers, each run: right on the demo samples. Gives the goals met and what came on the last input.
    fn close(mut self) -> Vec<(&'static str, Value)> {
        let stop = AtomicBool::new(false);
        let context = &mut Context::new(Watch::new(&stop));
        context.fill(FUEL);
        self.goals.close_level(context, Level::default(), &mut self.found);
        let run = |answer: &Answer, sample: usize| {
            let stop = AtomicBool::new(false);
            let context = &mut Context::new(Watch::new(&stop));
            let entry = |number: u32| self.entries[number as usize][sample].clone();
            answer.run(context, FUEL, &self.inputs[sample], entry).expect("a value")
        };
        for answer in &self.found {
            for (sample, output) in self.outputs.iter().enumerate() {
                assert_eq!(run(answer, sample), *output, "{answer:?}");
            }
        }
        self.found.iter().map(|answer| (answer.goal, run(answer, self.inputs.len() - 1))).collect()
    }
}

fn value(rows: &[&str]) -> Value {
    Value::Grid(grid(rows))
}

#[test]
fn an_expression_that_is_the_output_is_exact() {
    let mut offered = Offered::new(&[grid(&["112", "131"]), grid(&["56"])], &[grid(&["131", "112"])]);
    offered.call("hmirror", &[]);
    assert!(offered.close().contains(&("exact", value(&["56"]))));
}

#[test]
fn expressions_that_are_right_on_some_samples_are_partial_fits() {
    let inputs = [grid(&["112", "131"]), grid(&["12"]), grid(&["56"])];
    let mut offered = Offered::new(&inputs, &[grid(&["131", "112"]), grid(&["21"])]);
    assert_eq!(offered.goals.partial_fits().all(), []);
    offered.call("hmirror", &[]);
    offered.call("vmirror", &[]);
    offered.call("hmirror", &[]);
    // The entries 1 and 2 cost 11 and 12; what comes later is dearer.
    assert_eq!(offered.goals.partial_fits().all(), [(0b01, 11), (0b10, 12)]);
}

#[test]
fn colors_are_replaced_in_chains_and_cycles() {
    let inputs = [grid(&["1234567"]), grid(&["7654321"])];
    // 1 to 2 to 3 to 1 is a cycle, 4 and 5 change places, 6 becomes 7.
    let found = Offered::new(&inputs, &[grid(&["2315477"])]).close();
    assert_eq!(found[0], ("recoloring", value(&["7745132"])));
}

#[test]
fn every_mapping_of_four_colors_is_written_out() {
    for number in 0..256u32 {
        let to = |color: u32| (number >> (2 * color) & 3) as u8;
        let cells: Vec<u8> = (0..8).map(|place| place % 4).collect();
        let mapped: Vec<u8> = cells.iter().map(|cell| to(u32::from(*cell))).collect();
        let turned: Vec<u8> = cells.iter().rev().copied().collect();
        let expected: Vec<u8> = mapped.iter().rev().copied().collect();
        let outputs = [Grid::of(1, 8, &mapped)];
        // Each answer is run, and has to be right on the demo sample.
        let found = Offered::new(&[Grid::of(1, 8, &cells), Grid::of(1, 8, &turned)], &outputs).close();
        let mut colors: Vec<u8> = (0..4).map(to).collect();
        colors.sort_unstable();
        colors.dedup();
        if number != 0b1110_0100 && colors.len() > 1 {
            assert!(found.contains(&("recoloring", Value::Grid(Grid::of(1, 8, &expected)))), "{number}: {found:?}");
        }
    }
}

#[test]
fn nothing_is_recolored_where_a_color_becomes_two() {
    assert_eq!(Offered::new(&[grid(&["113"]), grid(&["1"])], &[grid(&["124"])]).close(), []);
}

#[test]
fn two_masks_make_a_table() {
    // Left half and right half: 8 where neither has a cell.
    let inputs = [grid(&["1010", "1100"]), grid(&["0110", "0022"]), grid(&["0020", "1100"])];
    let expected = |grid: &Grid| {
        let cell = |row: usize, column: usize| {
            if grid.cell(row, column) == 0 && grid.cell(row, column + 2) == 0 { 8 } else { 0 }
        };
        Grid::of(2, 2, &[cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1)])
    };
    let demos: Vec<Grid> = inputs[..2].iter().map(expected).collect();
    let mut offered = Offered::new(&inputs, &demos);
    offered.call("lefthalf", &[]);
    offered.call("righthalf", &[]);
    let found = offered.close();
    let (goal, given) = &found[0];
    assert_eq!(*goal, "table");
    assert_eq!(*given, Value::Grid(expected(&inputs[2])));
}

#[test]
fn a_patch_is_filled_and_a_grid_laid_over_another() {
    let inputs = [grid(&["000", "010", "000"]), grid(&["100", "000", "000"])];
    let outputs = [grid(&["404", "010", "404"])];
    let mut offered = Offered::new(&inputs, &outputs);
    let corners = Value::places(&[(0, 0), (0, 2), (2, 0), (2, 2)]);
    offered.offer(vec![corners.clone(), corners]);
    let found = offered.close();
    assert!(found.contains(&("layers", value(&["404", "000", "404"]))), "filled over all: {found:?}");
    assert!(found.contains(&("layers", value(&["104", "000", "404"]))), "under what is there: {found:?}");
}

#[test]
fn the_chosen_element_is_cut_out() {
    let inputs = [grid(&["2200", "2003", "0000"]), grid(&["0440", "0400", "0005"]), grid(&["6000", "0077", "0077"])];
    let outputs = [grid(&["22", "20"]), grid(&["44", "40"])];
    let mut offered = Offered::new(&inputs, &outputs);
    offered.call("objects", &[true.into(), false.into(), true.into()]);
    let found = offered.close();
    assert!(!found.is_empty());
    assert_eq!(found[0], ("chosen", value(&["77", "77"])));
}

#[test]
fn objects_are_recolored_by_a_property() {
    let inputs = [grid(&["1100", "0010", "1100"]), grid(&["0001", "1001", "0000"]), grid(&["1011", "0000", "1100"])];
    let outputs = [grid(&["2200", "0030", "2200"]), grid(&["0002", "3002", "0000"])];
    let mut offered = Offered::new(&inputs, &outputs);
    offered.call("objects", &[true.into(), false.into(), true.into()]);
    let found = offered.close();
    let expected = ("recolored", value(&["3022", "0000", "2200"]));
    assert!(found.contains(&expected), "{found:?}");
}

#[test]
fn what_is_the_same_on_all_samples_is_offered_twice_with_no_harm() {
    let inputs = [grid(&["10"]), grid(&["01"])];
    let mut offered = Offered::new(&inputs, &[grid(&["11"])]);
    offered.offer(offered.inputs.clone());
    offered.call("vmirror", &[]);
    let found = offered.close();
    assert!(found.iter().any(|(_, given)| *given == value(&["11"])));
}

#[test]
fn what_leads_to_the_outputs_by_two_calls_is_known_before_they_are_made() {
    let inputs = [grid(&["12", "34"]), grid(&["56", "57"])];
    // Turned, then each cell doubled; and mirrored to the left, then set twice above itself.
    let enlarged = grid(&["3311", "3311", "4422", "4422"]);
    let found = Offered::new(&inputs, &[enlarged]).close();
    assert_eq!(found[0], ("wrapped", value(&["5555", "5555", "7766", "7766"])));
    let doubled = grid(&["2112", "4334", "2112", "4334"]);
    let found = Offered::new(&inputs, &[doubled]).close();
    assert_eq!(found[0], ("wrapped", value(&["6556", "7557", "6556", "7557"])));
}

#[test]
fn parts_are_joined_once_all_are_there() {
    let inputs = [grid(&["12", "34"]), grid(&["56", "57"])];
    let mut offered = Offered::new(&inputs, &[grid(&["1243", "3421"])]);
    assert!(offered.found.is_empty());
    offered.call("rot180", &[]);
    assert_eq!(offered.close(), [("joined", value(&["5675", "5765"]))]);
}

#[test]
fn what_a_box_holds_is_a_grid_without_a_call() {
    let inputs = [grid(&["0000", "0112", "0133"]), grid(&["5600", "7800", "0000"])];
    let outputs = [grid(&["133", "112"])];
    let mut offered = Offered::new(&inputs, &outputs);
    offered.offer(vec![Value::places(&[(1, 1), (2, 3)]), Value::places(&[(0, 0), (1, 1)])]);
    assert!(offered.close().contains(&("wrapped", value(&["78", "56"]))));
}

#[test]
fn goals_have_different_names_and_each_answer_has_the_name_of_its_goal() {
    let goals = goals_of(vec![grid(&["1"])], vec![grid(&["1"]), grid(&["2"])]);
    let names = goals.names();
    assert!(names.windows(2).all(|pair| !pair[0].is_empty() && pair[0] != pair[1]));
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    let found = Offered::new(&[grid(&["12"]), grid(&["21"])], &[grid(&["12"])]).close();
    assert!(found.iter().all(|(goal, _)| names.contains(goal)) && found.iter().any(|(goal, _)| *goal == "exact"));
}

#[test]
fn a_goal_has_its_share_of_answers_and_the_exact_one_has_all() {
    let inputs = [grid(&["12"]), grid(&["21"])];
    let count = |output: &Grid, goal: &str| {
        let mut offered = Offered::new(&inputs, std::slice::from_ref(output));
        for _ in 0..300 {
            offered.offer(offered.inputs.clone());
        }
        offered.close().iter().filter(|(known, _)| *known == goal).count()
    };
    assert_eq!((count(&grid(&["12"]), "exact"), count(&grid(&["34"]), "recoloring")), (301, 256));
}

#[test]
fn a_patch_of_more_columns_than_a_grid_has_is_no_grid() {
    let inputs = [grid(&["0000"]), grid(&["0000"])];
    // A window of 34 columns: its width, taken by 32, is that of half the output.
    let wide = Value::places(&[(0, 0), (0, 33)]);
    let mut offered = Offered::new(&inputs, &[grid(&["1212"])]);
    offered.offer(vec![wide.clone(), wide]);
    assert!(offered.close().iter().all(|(goal, _)| *goal == "layers"));
}
