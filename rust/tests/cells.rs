//! The goal that finds decision trees over cells, each on a small task.

#[path = "support/found.rs"]
mod found;
#[path = "support/grids.rs"]
mod grids;

use arcbatt_native::search::goals::frame::goal::Level;
use arcbatt_native::value::Grid;
use grids::grid;

fn found(inputs: &[Grid], outputs: &[Grid]) -> Vec<Grid> {
    found::found("cells", inputs, outputs)
}

#[test]
fn cells_take_the_color_that_is_seen_from_them() {
    let inputs = [
        grid(&["00000", "30000", "00000", "00040"]),
        grid(&["00000", "00000", "05000"]),
        grid(&["000000", "060000", "000000", "000000", "000070"]),
    ];
    let outputs = [grid(&["00000", "33333", "00000", "00044"]), grid(&["00000", "00000", "05555"])];
    let found = found(&inputs, &outputs);
    assert!(found[..2].contains(&grid(&["000000", "066666", "000000", "000000", "000077"])), "{found:?}");
}

#[test]
fn cells_between_equal_colors_are_joined() {
    let inputs = [
        grid(&["00000", "20020", "00000", "00300", "00000"]),
        grid(&["0000000", "0100010", "0000000", "4000004"]),
        grid(&["000000", "500500", "006000", "000070", "080080"]),
    ];
    let outputs =
        [grid(&["00000", "22220", "00000", "00300", "00000"]), grid(&["0000000", "0111110", "0000000", "4444444"])];
    let found = found(&inputs, &outputs);
    assert!(found[..3].contains(&grid(&["000000", "555500", "006000", "000070", "088880"])), "{found:?}");
}

#[test]
fn objects_are_recolored_by_a_property() {
    let inputs = [
        grid(&["110000", "110010", "000000", "011110"]),
        grid(&["100000", "000110", "000110", "000000"]),
        grid(&["011000", "011010", "000000", "000010"]),
    ];
    let outputs = [grid(&["220000", "220030", "000000", "033330"]), grid(&["300000", "000220", "000220", "000000"])];
    let found = found(&inputs, &outputs);
    assert!(found[..2].contains(&grid(&["022000", "022030", "000000", "000030"])), "{found:?}");
}

#[test]
fn grids_of_several_times_the_shape_are_made_of_the_input_and_of_larger_cells() {
    let inputs = [grid(&["01", "10"]), grid(&["20", "02"]), grid(&["00", "30"])];
    let outputs = [grid(&["0001", "0010", "0100", "1000"]), grid(&["2000", "0200", "0020", "0002"])];
    assert!(found(&inputs, &outputs).contains(&grid(&["0000", "0000", "0000", "3000"])));
}

#[test]
fn nothing_is_found_where_equal_cells_become_different_ones() {
    let inputs = [grid(&["000", "000", "000"]), grid(&["000", "000", "000"]), grid(&["000", "000", "000"])];
    let outputs = [grid(&["123", "456", "789"]), grid(&["987", "654", "321"])];
    assert!(found(&inputs, &outputs).is_empty());
}

#[test]
fn a_look_takes_a_part_of_what_may_still_be_spent() {
    assert_eq!(Level::default().share(100), 100);
    assert_eq!(Level { left: Some(12), ..Level::default() }.share(100), 8);
    assert_eq!(Level { left: Some(u64::MAX), ..Level::default() }.share(100), 100);
}
