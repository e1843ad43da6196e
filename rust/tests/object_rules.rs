//! The goal that finds rules for objects, each on a small task: what is found is run and has to give the outputs.

use std::sync::atomic::AtomicBool;

use arcbatt_native::context::{Context, Watch};
use arcbatt_native::search::answer::Answer;
use arcbatt_native::search::goals::frame::goal::Level;
use arcbatt_native::search::goals::goals_of;
use arcbatt_native::value::{Grid, Value};

const FUEL: i64 = 100_000_000;

/// A grid from its rows, a digit a cell.
fn grid(rows: &[&str]) -> Grid {
    let cells: Vec<u8> = rows.iter().flat_map(|row| row.bytes().map(|digit| digit - b'0')).collect();
    Grid::of(rows.len(), rows[0].len(), &cells)
}

/// What the answers of the goal, the cheapest first, give on the last input; they are right on the others.
fn found(inputs: &[Grid], outputs: &[Grid]) -> Vec<Grid> {
    let stop = AtomicBool::new(false);
    let context = &mut Context::new(Watch::new(&stop));
    let mut goals = goals_of(outputs.to_vec(), inputs.to_vec());
    let mut answers: Vec<Answer> = Vec::new();
    context.fill(FUEL);
    goals.close_level(context, Level { nodes: 2_000, fuel: 0 }, &mut answers);
    answers.retain(|answer| answer.goal == "objects");
    let mut run = |answer: &Answer, input: &Grid| {
        let given = answer.run(context, FUEL, &Value::Grid(input.clone()), |_| unreachable!("no expression was shown"));
        let Ok(Value::Grid(grid)) = given else { panic!("no grid: {answer:?}") };
        grid
    };
    for answer in &answers {
        for (input, output) in inputs.iter().zip(outputs) {
            assert_eq!(run(answer, input), *output, "{answer:?}");
        }
    }
    assert!(answers.is_sorted_by_key(|answer| answer.cost));
    answers.iter().map(|answer| run(answer, &inputs[inputs.len() - 1])).collect()
}

#[test]
fn objects_get_the_color_that_a_question_says() {
    let inputs = [
        grid(&["100000", "000110", "000110", "010000"]),
        grid(&["000000", "110010", "110000", "000000"]),
        grid(&["001000", "000011", "100011", "000000"]),
    ];
    let outputs = [grid(&["200000", "000330", "000330", "020000"]), grid(&["000000", "330020", "330000", "000000"])];
    assert_eq!(found(&inputs, &outputs)[0], grid(&["002000", "000033", "200033", "000000"]));
}

#[test]
fn objects_at_the_border_vanish() {
    let inputs = [
        grid(&["100000", "000220", "000220", "000000"]),
        grid(&["000000", "022000", "000000", "000022"]),
        grid(&["000000", "033000", "000003", "000003"]),
    ];
    let outputs = [grid(&["000000", "000220", "000220", "000000"]), grid(&["000000", "022000", "000000", "000000"])];
    assert!(found(&inputs, &outputs).contains(&grid(&["000000", "033000", "000000", "000000"])));
}

#[test]
fn some_objects_fall_until_something_stops_them() {
    let inputs = [
        grid(&["20002", "00000", "00000", "11000"]),
        grid(&["00200", "00200", "00000", "00000", "01110"]),
        grid(&["02000", "00020", "00000", "00011"]),
    ];
    let outputs = [grid(&["00000", "00000", "20000", "11002"]), grid(&["00000", "00000", "00200", "00200", "01110"])];
    assert_eq!(found(&inputs, &outputs)[0], grid(&["00000", "00000", "00020", "02011"]));
}

#[test]
fn what_an_object_encloses_is_filled() {
    let inputs = [
        grid(&["1110000", "1010022", "1110000"]),
        grid(&["0011100", "2010100", "2011100"]),
        grid(&["0000000", "0011110", "0210010", "0011110"]),
    ];
    let outputs = [grid(&["1110000", "1410022", "1110000"]), grid(&["0011100", "2014100", "2011100"])];
    assert_eq!(found(&inputs, &outputs)[0], grid(&["0000000", "0011110", "0214410", "0011110"]));
}

#[test]
fn the_object_that_a_question_chooses_is_cut_out() {
    let inputs = [
        grid(&["1100000", "1100030", "0000033"]),
        grid(&["0000000", "2020044", "0200044"]),
        grid(&["0500660", "5500660", "0000000"]),
    ];
    let outputs = [grid(&["30", "33"]), grid(&["202", "020"])];
    assert!(found(&inputs, &outputs).contains(&grid(&["05", "55"])));
}

#[test]
fn nothing_is_found_where_no_rule_fits() {
    // One cell of the background changes, and nothing tells which.
    let inputs = [
        grid(&["1000000", "0000000", "0000011"]),
        grid(&["0000000", "0220000", "0000000"]),
        grid(&["0000000", "0003000", "0000300"]),
    ];
    let outputs = [grid(&["1000000", "0004000", "0000011"]), grid(&["0000004", "0220000", "0000000"])];
    assert_eq!(found(&inputs, &outputs), []);
}
