//! The goal that finds rules for objects, each on a small task: what is found is run and has to give the outputs.

#[path = "support/found.rs"]
mod found;
#[path = "support/grids.rs"]
mod grids;

use arcbatt_native::value::Grid;
use grids::grid;

fn found(inputs: &[Grid], outputs: &[Grid]) -> Vec<Grid> {
    found::found("objects", inputs, outputs)
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
