//! The goal `mosaics` on small tasks: what is found is run and has to give the outputs.

#[path = "support/found.rs"]
mod found;

use arcbatt_native::value::Grid;

/// A grid of what a function gives for each row and column.
fn grid(height: usize, width: usize, cell: impl Fn(usize, usize) -> usize) -> Grid {
    let cells: Vec<u8> = (0..height * width).map(|at| cell(at / width, at % width) as u8).collect();
    Grid::of(height, width, &cells)
}

/// A grid with a block of 3 rows and 2 columns of a color.
fn hidden(grid: &Grid, color: u8, top: usize, left: usize) -> Grid {
    grid.changed(|cells| {
        (0..6).for_each(|at| cells[(top + at / 2) * grid.width() + left + at % 2] = color);
    })
}

fn found(inputs: &[Grid], outputs: &[Grid]) -> Vec<Grid> {
    found::found("mosaics", inputs, outputs)
}

/// Symmetric across the middle column and row, of colors 1 to 7.
fn symmetric(number: usize) -> Grid {
    grid(8, 8, |row, column| {
        let (row, column) = (row.min(7 - row), column.min(7 - column));
        1 + (row * 5 + column * (3 + number) + row * column * number) % 7
    })
}

/// Tiles of 3 rows and 4 columns, of colors 1 to 7.
fn periodic(number: usize, height: usize, width: usize) -> Grid {
    grid(height, width, |row, column| 1 + (row % 3 * 4 + column % 4 * (1 + number) + (row % 3) * (column % 4)) % 7)
}

#[test]
fn what_is_hidden_is_seen() {
    let whole = [symmetric(1), symmetric(2), symmetric(3)];
    let places = [(0, 1), (4, 5), (1, 1)];
    let inputs: Vec<Grid> = whole.iter().zip(places).map(|(grid, (top, left))| hidden(grid, 9, top, left)).collect();
    assert_eq!(found(&inputs, &whole[..2]), [whole[2].clone()]);
}

#[test]
fn the_hidden_part_is_cut_out() {
    let whole = [symmetric(1), symmetric(2), symmetric(3)];
    let places = [(0, 1), (4, 5), (1, 6)];
    let inputs: Vec<Grid> = whole.iter().zip(places).map(|(grid, (top, left))| hidden(grid, 9, top, left)).collect();
    let part = |number: usize| {
        let (top, left) = places[number];
        grid(3, 2, |row, column| whole[number].cell(top + row, left + column).into())
    };
    assert!(found(&inputs, &[part(0), part(1)]).contains(&part(2)));
}

#[test]
fn the_hiding_color_may_be_another_on_each_sample() {
    let whole = [periodic(1, 9, 8), periodic(2, 9, 12), periodic(3, 12, 8)];
    let colors = [0, 8, 9];
    let inputs: Vec<Grid> = whole.iter().zip(colors).map(|(grid, color)| hidden(grid, color, 2, 1)).collect();
    assert!(found(&inputs, &whole[..2]).contains(&whole[2]));
}

#[test]
fn a_pattern_is_continued_in_another_color() {
    let narrow = |color: usize, step: usize| {
        grid(5, 3, |row, column| if (row * step + column).is_multiple_of(3) { color } else { 0 })
    };
    let long = |color: usize, step: usize| {
        grid(10, 3, |row, column| if (row * step + column).is_multiple_of(3) { color } else { 0 })
    };
    let found = found(&[narrow(1, 1), narrow(1, 2), narrow(1, 1)], &[long(2, 1), long(2, 2)]);
    assert!(found.contains(&long(2, 1)));
}

#[test]
fn the_tile_of_a_pattern_is_cut_out() {
    let inputs = [periodic(1, 9, 8), periodic(2, 9, 12), periodic(3, 12, 8)];
    let tiles = [periodic(1, 3, 4), periodic(2, 3, 4)];
    assert!(found(&inputs, &tiles).contains(&periodic(3, 3, 4)));
}

#[test]
fn nothing_is_found_where_several_colors_change_or_nothing_agrees() {
    let whole = [symmetric(1), symmetric(2), symmetric(3)];
    let both = |grid: &Grid| hidden(&hidden(grid, 9, 0, 1), 8, 4, 4);
    assert_eq!(found(&whole.each_ref().map(both), &whole[..2]), []);
    let odd =
        |number: usize| grid(6, 6, |row, column| 1 + (row * row * 7 + column * column * 5 + row * column * number) % 8);
    let grids = [odd(1), odd(2), odd(3)];
    assert_eq!(found(&grids.each_ref().map(|grid| hidden(grid, 9, 0, 0)), &grids[..2]), []);
}
