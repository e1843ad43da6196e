//! The goal `panels`, each rule on a small task: what is found is run and has to give the outputs.

use std::sync::atomic::AtomicBool;

use arcbatt_native::context::{Context, Watch};
use arcbatt_native::search::answer::Answer;
use arcbatt_native::search::goals::frame::goal::Level;
use arcbatt_native::search::goals::goals_of;
use arcbatt_native::value::{Grid, Value};

const FUEL: i64 = 10_000_000;

/// A grid from its rows, a digit a cell.
fn grid(rows: &[&str]) -> Grid {
    let cells: Vec<u8> = rows.iter().flat_map(|row| row.bytes().map(|digit| digit - b'0')).collect();
    Grid::of(rows.len(), rows[0].len(), &cells)
}

/// What the answers of the goal give on the last input, the cheapest first; each is run and right on the demo samples.
fn given(inputs: &[Grid], outputs: &[Grid]) -> Vec<Value> {
    let mut goals = goals_of(outputs.to_vec(), inputs.to_vec());
    let stop = AtomicBool::new(false);
    let context = &mut Context::new(Watch::new(&stop));
    context.fill(FUEL);
    let mut found = Vec::new();
    goals.close_level(context, Level { nodes: 1_000, fuel: 0 }, &mut found);
    found.retain(|answer| answer.goal == "panels");
    found.sort_by_key(|answer| answer.cost);
    let mut run = |answer: &Answer, sample: usize| {
        context.fill(FUEL);
        let input = Value::Grid(inputs[sample].clone());
        answer.run(context, FUEL, &input, |_| Value::Grid(inputs[sample].clone())).expect("a value")
    };
    for answer in &found {
        for (sample, output) in outputs.iter().enumerate() {
            assert_eq!(run(answer, sample), Value::Grid(output.clone()), "{answer:?}");
        }
    }
    found.iter().map(|answer| run(answer, inputs.len() - 1)).collect()
}

/// The cheapest answer gives this grid.
fn gives(inputs: &[Grid], outputs: &[Grid], expected: &[&str]) {
    let found = given(inputs, outputs);
    assert_eq!(found.first(), Some(&Value::Grid(grid(expected))), "{found:?}");
}

#[test]
fn the_odd_panel_is_given() {
    let inputs = [grid(&["12512522", "21521512"]), grid(&["33513513", "13531531"]), grid(&["78578577", "87587587"])];
    gives(&inputs, &[grid(&["22", "12"]), grid(&["33", "13"])], &["77", "87"]);
}

#[test]
fn the_panel_with_most_of_a_color_is_given() {
    let inputs = [grid(&["10511500", "01510503"]), grid(&["11500501", "10510501"]), grid(&["00510511", "10510511"])];
    gives(&inputs, &[grid(&["11", "10"]), grid(&["11", "10"])], &["11", "11"]);
}

#[test]
fn panels_are_compared_cell_by_cell() {
    let inputs = [grid(&["1105011", "0105110"]), grid(&["0115101", "1105011"]), grid(&["0005010", "1115101"])];
    gives(&inputs, &[grid(&["020", "020"]), grid(&["002", "020"])], &["000", "202"]);
}

#[test]
fn parts_without_lines_lie_over_each_other() {
    let inputs = [grid(&["100022", "110202"]), grid(&["011200", "001020"]), grid(&["010022", "101220"])];
    gives(&inputs, &[grid(&["122", "112"]), grid(&["211", "021"])], &["012", "121"]);
}

#[test]
fn each_panel_becomes_a_cell() {
    let inputs = [
        grid(&["02500", "22500", "55555", "00530", "10533"]),
        grid(&["00540", "00544", "55555", "11500", "00500"]),
        grid(&["06500", "60500", "55555", "77508", "70580"]),
    ];
    gives(&inputs, &[grid(&["20", "13"]), grid(&["04", "10"])], &["60", "78"]);
}

#[test]
fn panels_are_filled_in_their_places() {
    let inputs = [
        grid(&["020500", "000500", "555555", "000500", "100500"]),
        grid(&["000500", "000501", "555555", "000533", "100500"]),
        grid(&["000500", "001500", "555555", "000503", "000500"]),
    ];
    let outputs = [
        grid(&["444500", "444500", "555555", "444500", "444500"]),
        grid(&["000544", "000544", "555555", "444544", "444544"]),
    ];
    gives(&inputs, &outputs, &["444500", "444500", "555555", "000544", "000544"]);
}

#[test]
fn nothing_is_found_where_nothing_is_cut() {
    let found = given(&[grid(&["123", "456", "789"]), grid(&["321", "654", "987"])], &[grid(&["147"])]);
    assert!(found.is_empty());
}
