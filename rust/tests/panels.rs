//! The goal `panels`, each rule on a small task: what is found is run and has to give the outputs.

#[path = "support/found.rs"]
mod found;
#[path = "support/grids.rs"]
mod grids;

use arcbatt_native::value::Grid;
use grids::grid;

fn given(inputs: &[Grid], outputs: &[Grid]) -> Vec<Grid> {
    found::found("panels", inputs, outputs)
}

/// The cheapest answer gives this grid.
fn gives(inputs: &[Grid], outputs: &[Grid], expected: &[&str]) {
    let found = given(inputs, outputs);
    assert_eq!(found.first(), Some(&grid(expected)), "{found:?}");
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
