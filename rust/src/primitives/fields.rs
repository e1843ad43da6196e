//! Fields: grids that say something about each cell of a grid, and grids put together cell by cell.
//!
//! The twin of `fields.py`. What reads a grid of bytes writes bytes; everything else goes the same way with ints.

use super::grids::bits_of_color;
use super::layout::pair;
use super::numbers::{
    Count, Size, are_small, compact, grid_of_bytes, grid_of_ints, grid_of_numbers, marks_of, number_of, numbers_of,
    places_in, places_marked, size_of,
};
use super::{Primitive, primitive, work};
use crate::call::{Results, each};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::list;
use crate::value::weight::bounded;
use crate::value::{Grid, Indices, SPAN, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("columncolors", 2, work::cells, columncolors),
    primitive("columnnumbers", 1, work::cells, columnnumbers),
    primitive("countaround", 3, around, countaround),
    primitive("countincolumns", 2, work::cells, countincolumns),
    primitive("countinrows", 2, work::cells, countinrows),
    primitive("countseen", 4, looked, countseen),
    primitive("edgedistances", 1, work::cells, edgedistances),
    primitive("equalcells", 2, both, equalcells),
    primitive("firstseen", 3, work::cells, firstseen),
    primitive("morethan", 2, work::cells, morethan),
    primitive("overlay", 3, grids_and_patch, overlay),
    primitive("paintby", 3, grid_and_members, paintby),
    primitive("remainders", 2, work::cells, remainders),
    primitive("rowcolors", 2, work::cells, rowcolors),
    primitive("rownumbers", 1, work::cells, rownumbers),
    primitive("seendistance", 3, work::cells, seendistance),
    primitive("translate", 3, work::cells, translate),
];

/// Every cell, and every cell for each offset.
fn around(arguments: &[&Value]) -> i64 {
    work::cells_of(arguments[0]) * (1 + work::length_of(arguments[2]))
}

/// Every cell, and every cell for each direction.
fn looked(arguments: &[&Value]) -> i64 {
    work::cells_of(arguments[0]) * (1 + work::length_of(arguments[3]))
}

fn both(arguments: &[&Value]) -> i64 {
    work::cells_of(arguments[0]) + work::cells_of(arguments[1])
}

fn grids_and_patch(arguments: &[&Value]) -> i64 {
    both(arguments) + work::length_of(arguments[2])
}

fn grid_and_members(arguments: &[&Value]) -> i64 {
    work::cells_of(arguments[0]) + work::members_of(arguments[1])
}

fn firstseen(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, direction, background] = *arguments else { unreachable!("the arity is checked") };
    if let Some((size, grid, background)) = compact(grid, background)? {
        let direction = pair(direction)?;
        return Ok(grid_of_bytes(size, |seen| look(size, grid.cells(), direction, background, seen)));
    }
    let (size, cells) = numbers_of(context, grid)?;
    let (direction, background) = (pair(direction)?, number_of(background)?);
    Ok(grid_of_ints(size, |seen| look(size, &cells, direction, background, seen)))
}

/// Writes for each cell what is seen first from there. What the next cell shows is known before.
fn look<T: Copy + PartialEq>(size: Size, cells: &[T], direction: (i64, i64), background: T, seen: &mut [T]) {
    seen.fill(background);
    if direction != (0, 0) {
        size.each_next(direction, |at, next| {
            seen[at] = if cells[next] == background { seen[next] } else { cells[next] };
        });
    }
}

fn seendistance(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, direction, background] = *arguments else { unreachable!("the arity is checked") };
    let (size, marks) = marks_of(context, grid, background)?;
    let direction = pair(direction)?;
    if are_small(size, size.height.max(size.width)) {
        return Ok(grid_of_bytes(size, |steps| measure(size, &marks, direction, steps)));
    }
    Ok(grid_of_ints(size, |steps| measure(size, &marks, direction, steps)))
}

/// Writes for each cell the steps to the first one that is not marked, 0 where there is none.
fn measure<C: Count>(size: Size, marks: &[u8], direction: (i64, i64), steps: &mut [C]) {
    if direction != (0, 0) {
        let (none, one) = (C::from(0), C::from(1));
        size.each_next(direction, |at, next| {
            steps[at] = if marks[next] == 0 {
                one
            } else if steps[next] == none {
                none
            } else {
                steps[next] + one
            };
        });
    }
}

fn countseen(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, color, background, directions] = *arguments else { unreachable!("the arity is checked") };
    if let Some((size, cells, background)) = compact(grid, background)?
        && let Some(color) = color.color()
    {
        return count_seen(context, size, cells.cells(), (color, background), &places_in(directions)?);
    }
    let (size, cells) = numbers_of(context, grid)?;
    let (color, background) = (number_of(color)?, number_of(background)?);
    count_seen(context, size, &cells, (color, background), &places_in(directions)?)
}

/// For each cell the number of directions in which the color is seen first.
fn count_seen<T: Copy + PartialEq>(
    context: &mut Context,
    size: Size,
    cells: &[T],
    (color, background): (T, T),
    directions: &[(i64, i64)],
) -> Res {
    let mut seen = vec![background; size.count()];
    if are_small(size, directions.len()) {
        return Ok(grid_of_bytes(size, |counts| {
            for direction in directions {
                look(size, cells, *direction, background, &mut seen);
                tally(&seen, color, counts);
            }
        }));
    }
    let mut counts = vec![0; size.count()];
    for direction in directions {
        context.pulse(size.count())?;
        look(size, cells, *direction, background, &mut seen);
        tally(&seen, color, &mut counts);
    }
    Ok(grid_of_numbers(size, &counts))
}

/// Counts the cells that have a color.
fn tally<T: Copy + PartialEq, C: Count>(cells: &[T], color: T, counts: &mut [C]) {
    for (count, cell) in counts.iter_mut().zip(cells) {
        *count += C::from(u8::from(*cell == color));
    }
}

fn countaround(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, color, offsets] = *arguments else { unreachable!("the arity is checked") };
    let (size, marks) = marks_of(context, grid, color)?;
    let offsets = places_in(offsets)?;
    if are_small(size, offsets.len()) {
        return Ok(grid_of_bytes(size, |counts| {
            offsets.iter().for_each(|offset| gather(size, &marks, *offset, counts))
        }));
    }
    let mut counts = vec![0; size.count()];
    for offset in offsets {
        context.pulse(size.count())?;
        gather(size, &marks, offset, &mut counts);
    }
    Ok(grid_of_numbers(size, &counts))
}

/// Adds to each cell the mark that lies at an offset from it.
#[inline]
fn gather<C: Count>(size: Size, marks: &[u8], offset: (i64, i64), counts: &mut [C]) {
    let (rows, columns) = size.staying(offset);
    let (down, right) = size.step(offset);
    if columns.is_empty() {
        return;
    }
    for row in rows {
        let first = row * size.width + columns.start;
        let other = (first as i64 + down * size.width as i64 + right) as usize;
        for (count, mark) in counts[first..first + columns.len()].iter_mut().zip(&marks[other..]) {
            *count += C::from(*mark);
        }
    }
}

fn countinrows(context: &mut Context, arguments: &[&Value]) -> Res {
    let (size, marks) = marks_of(context, arguments[0], arguments[1])?;
    if are_small(size, size.width) {
        return Ok(grid_of_bytes(size, |counts| count_rows(size, &marks, counts)));
    }
    Ok(grid_of_ints(size, |counts| count_rows(size, &marks, counts)))
}

fn count_rows<C: Count>(size: Size, marks: &[u8], counts: &mut [C]) {
    let width = size.width.max(1);
    for (row, marks) in counts.chunks_exact_mut(width).zip(marks.chunks_exact(width)) {
        let mut count = C::from(0);
        marks.iter().for_each(|mark| count += C::from(*mark));
        row.fill(count);
    }
}

fn countincolumns(context: &mut Context, arguments: &[&Value]) -> Res {
    let (size, marks) = marks_of(context, arguments[0], arguments[1])?;
    if are_small(size, size.height) {
        return Ok(grid_of_bytes(size, |counts| count_columns(size, &marks, counts)));
    }
    Ok(grid_of_ints(size, |counts| count_columns(size, &marks, counts)))
}

fn count_columns<C: Count>(size: Size, marks: &[u8], counts: &mut [C]) {
    if counts.is_empty() {
        return;
    }
    let (first, rest) = counts.split_at_mut(size.width);
    for marks in marks.chunks_exact(size.width) {
        for (count, mark) in first.iter_mut().zip(marks) {
            *count += C::from(*mark);
        }
    }
    rest.chunks_exact_mut(size.width).for_each(|row| row.copy_from_slice(first));
}

fn rowcolors(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, background] = *arguments else { unreachable!("the arity is checked") };
    if let Some((size, grid, background)) = compact(grid, background)? {
        return Ok(grid_of_bytes(size, |colors| color_rows(size, grid.cells(), background, colors)));
    }
    let (size, cells) = numbers_of(context, grid)?;
    let background = number_of(background)?;
    Ok(grid_of_ints(size, |colors| color_rows(size, &cells, background, colors)))
}

fn color_rows<T: Copy + Ord>(size: Size, cells: &[T], background: T, colors: &mut [T]) {
    let width = size.width.max(1);
    let mut lane = list(width);
    for (row, cells) in colors.chunks_exact_mut(width).zip(cells.chunks_exact(width)) {
        lane.clear();
        lane.extend_from_slice(cells);
        row.fill(commonest(&mut lane, background));
    }
}

fn columncolors(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, background] = *arguments else { unreachable!("the arity is checked") };
    if let Some((size, grid, background)) = compact(grid, background)? {
        return Ok(grid_of_bytes(size, |colors| color_columns(size, grid.cells(), background, colors)));
    }
    let (size, cells) = numbers_of(context, grid)?;
    let background = number_of(background)?;
    Ok(grid_of_ints(size, |colors| color_columns(size, &cells, background, colors)))
}

fn color_columns<T: Copy + Ord>(size: Size, cells: &[T], background: T, colors: &mut [T]) {
    if colors.is_empty() {
        return;
    }
    let (first, rest) = colors.split_at_mut(size.width);
    let mut lane = list(size.height);
    for (column, color) in first.iter_mut().enumerate() {
        lane.clear();
        lane.extend(cells[column..].iter().step_by(size.width));
        *color = commonest(&mut lane, background);
    }
    rest.chunks_exact_mut(size.width).for_each(|row| row.copy_from_slice(first));
}

/// The commonest number of a lane other than background, the smallest of several; background where there is none.
fn commonest<T: Copy + Ord>(lane: &mut [T], background: T) -> T {
    lane.sort_unstable();
    let groups = lane.chunk_by(|a, b| a == b).filter(|group| group[0] != background);
    let best = groups.reduce(|best, group| if group.len() > best.len() { group } else { best });
    best.map_or(background, |group| group[0])
}

/// The size of a grid whose numbers do not matter, though all are numbers.
fn size_of_numbers(context: &mut Context, grid: &Value) -> Res<Size> {
    if let Value::Grid(_) = grid { size_of(grid) } else { Ok(numbers_of(context, grid)?.0) }
}

/// A grid of what a function gives for each row and column, at most `largest`.
fn numbered(size: Size, largest: usize, number: impl Fn(usize, usize) -> usize) -> Value {
    let width = size.width.max(1);
    let all = (0..size.height).flat_map(|row| (0..size.width).map(move |column| (row, column)));
    if are_small(size, largest) {
        return grid_of_bytes(size, |cells| {
            for (row, cells) in cells.chunks_exact_mut(width).enumerate() {
                cells.iter_mut().enumerate().for_each(|(column, cell)| *cell = number(row, column) as u8);
            }
        });
    }
    let numbers: Vec<i64> = all.map(|(row, column)| number(row, column) as i64).collect();
    grid_of_numbers(size, &numbers)
}

fn rownumbers(context: &mut Context, arguments: &[&Value]) -> Res {
    let size = size_of_numbers(context, arguments[0])?;
    Ok(numbered(size, size.height, |row, _| row))
}

fn columnnumbers(context: &mut Context, arguments: &[&Value]) -> Res {
    let size = size_of_numbers(context, arguments[0])?;
    Ok(numbered(size, size.width, |_, column| column))
}

fn edgedistances(context: &mut Context, arguments: &[&Value]) -> Res {
    let size = size_of_numbers(context, arguments[0])?;
    let nearest = |row: usize, column: usize| row.min(size.height - 1 - row).min(column).min(size.width - 1 - column);
    Ok(numbered(size, size.height.min(size.width), nearest))
}

fn remainders(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, divisor] = *arguments else { unreachable!("the arity is checked") };
    if let Some((size, cells, divisor @ 1..)) = compact(grid, divisor)? {
        return Ok(grid_of_bytes(size, |left| {
            for (left, cell) in left.iter_mut().zip(cells.cells()) {
                *left = cell % divisor;
            }
        }));
    }
    let (size, mut cells) = numbers_of(context, grid)?;
    match number_of(divisor)? {
        0 => Err(Fail::error("ZeroDivisionError: remainders by zero")),
        ..0 => Err(Fail::error("DslError: remainders want a positive divisor")),
        divisor => {
            cells.iter_mut().for_each(|cell| *cell = cell.rem_euclid(divisor));
            Ok(grid_of_numbers(size, &cells))
        }
    }
}

fn translate(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, offset, color] = *arguments else { unreachable!("the arity is checked") };
    if let Some((size, grid, color)) = compact(grid, color)? {
        let offset = pair(offset)?;
        return Ok(grid_of_bytes(size, |moved| carry(size, grid.cells(), offset, color, moved)));
    }
    let (size, cells) = numbers_of(context, grid)?;
    let (offset, color) = (pair(offset)?, number_of(color)?);
    Ok(grid_of_ints(size, |moved| carry(size, &cells, offset, color, moved)))
}

/// Writes all cells at an offset from where they are, and the color where none comes.
fn carry<T: Copy>(size: Size, cells: &[T], offset: (i64, i64), color: T, moved: &mut [T]) {
    moved.fill(color);
    let (rows, columns) = size.staying(offset);
    let (down, right) = size.step(offset);
    if columns.is_empty() {
        return;
    }
    for row in rows {
        let first = row * size.width + columns.start;
        let target = (first as i64 + down * size.width as i64 + right) as usize;
        moved[target..target + columns.len()].copy_from_slice(&cells[first..first + columns.len()]);
    }
}

fn overlay(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, other, patch] = *arguments else { unreachable!("the arity is checked") };
    if let (Value::Grid(mine), Value::Grid(theirs)) = (grid, other) {
        let sizes = [size_of(grid)?, size_of(other)?];
        let changed = |places: &mut dyn Iterator<Item = (i64, i64)>| {
            Ok(Value::Grid(mine.changed(|cells| take_over(sizes, cells, theirs.cells(), places))))
        };
        return match patch.window() {
            Some(places) => changed(&mut places.places()),
            None => changed(&mut places_in(patch)?.into_iter()),
        };
    }
    let (size, mut cells) = numbers_of(context, grid)?;
    let (other_size, others) = numbers_of(context, other)?;
    take_over([size, other_size], &mut cells, &others, &mut places_in(patch)?.into_iter());
    Ok(grid_of_numbers(size, &cells))
}

/// Takes over the cells of others at places that lie within both.
fn take_over<T: Copy>(
    [size, other_size]: [Size; 2],
    cells: &mut [T],
    others: &[T],
    places: &mut dyn Iterator<Item = (i64, i64)>,
) {
    for place in places {
        if let (Some(at), Some(from)) = (size.place(place), other_size.place(place)) {
            cells[at] = others[from];
        }
    }
}

fn paintby(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, objects, function] = *arguments else { unreachable!("the arity is checked") };
    // What is no grid of numbers fails before the function is called.
    let (size, numbers) = match grid {
        Value::Grid(_) => (size_of(grid)?, Vec::new()),
        _ => numbers_of(context, grid)?,
    };
    let (mut items, mut results) = (Vec::new(), Results::default());
    each(context, function, objects, |item, result| {
        items.push(item.clone());
        results.push(result);
    })?;
    let results = results.grown()?;
    let colors: Vec<i64> = results.iter().map(number_of).collect::<Res<_>>()?;
    let are_bytes = colors.iter().all(|color| (0..=255).contains(color));
    let painted = items.iter().zip(colors);
    match grid {
        Value::Grid(grid) if are_bytes => {
            let mut cells = grid.cells().to_vec();
            painted.into_iter().try_for_each(|(item, color)| daub(context, size, &mut cells, item, color as u8))?;
            Ok(Value::Grid(Grid::of(size.height, size.width, &cells)))
        }
        _ => {
            let (_, mut cells) = if numbers.is_empty() { numbers_of(context, grid)? } else { (size, numbers) };
            painted.into_iter().try_for_each(|(item, color)| daub(context, size, &mut cells, item, color))?;
            Ok(grid_of_numbers(size, &cells))
        }
    }
}

/// Sets the cells of a patch, so far as they lie in the grid, to a color.
fn daub<T: Copy>(context: &mut Context, size: Size, cells: &mut [T], patch: &Value, color: T) -> Res<()> {
    let mut set = |place: (i64, i64)| {
        if let Some(at) = size.place(place) {
            cells[at] = color;
        }
    };
    if let Some(places) = patch.window() {
        places.places().for_each(&mut set);
        return Ok(());
    }
    let places = places_in(patch)?;
    context.pulse(places.len())?;
    places.into_iter().for_each(set);
    Ok(())
}

fn equalcells(context: &mut Context, arguments: &[&Value]) -> Res {
    let [a, b] = *arguments else { unreachable!("the arity is checked") };
    if let (Value::Grid(mine), Value::Grid(theirs)) = (a, b) {
        let common = size_of(a)?.common(size_of(b)?);
        if common.height.max(common.width) <= SPAN as usize {
            return Ok(Value::indices(equal_within(common, mine, theirs)));
        }
    }
    let ((size, mine), (other_size, theirs)) = (numbers_of(context, a)?, numbers_of(context, b)?);
    let common = size.common(other_size);
    let mut places = Vec::new();
    for row in 0..common.height {
        let (mine, theirs) = (&mine[row * size.width..], &theirs[row * other_size.width..]);
        let pairs = mine.iter().zip(theirs).take(common.width).enumerate();
        places.extend(pairs.filter(|(_, (x, y))| x == y).map(|(column, _)| (row as i64, column as i64)));
    }
    bounded(3 * places.len() as i128)?;
    Ok(Value::places(&places))
}

fn morethan(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, number] = *arguments else { unreachable!("the arity is checked") };
    if let Value::Grid(cells) = grid
        && let Some(number) = number.color()
    {
        let size = size_of(grid)?;
        return places_marked(size, cells.cells().iter().map(|cell| u8::from(*cell > number)).collect());
    }
    let (size, cells) = numbers_of(context, grid)?;
    let number = number_of(number)?;
    places_marked(size, cells.iter().map(|cell| u8::from(*cell > number)).collect())
}

/// The places where two grids are equal, within a rectangle of at most 64 rows and columns.
fn equal_within(common: Size, a: &Grid, b: &Grid) -> Option<Indices> {
    let mut rows = [0; SPAN as usize];
    let mut differing = [0; SPAN as usize];
    for (row, bits) in rows.iter_mut().enumerate().take(common.height) {
        for (cell, (x, y)) in differing.iter_mut().zip(a.row(row).iter().zip(b.row(row))).take(common.width) {
            *cell = x ^ y;
        }
        *bits = bits_of_color(&differing[..common.width], 0);
    }
    Indices::of_rows(0, 0, &rows[..common.height])
}
