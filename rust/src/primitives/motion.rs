//! Motion in a grid: how far an object goes until something stops it, and where it would pass.

use super::grids::bits_of_color;
use super::layout::pair;
use super::numbers::{Size, marks_of, number_of, places_in, places_marked, size_of};
use super::patches::shift_by;
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::value::weight::bounded;
use crate::value::{Grid, Indices, SPAN, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("path", 5, passing, path),
    primitive("slide", 4, grid_and_patch, slide),
    primitive("trail", 4, grid_and_patch, trail),
];

fn grid_and_patch(arguments: &[&Value]) -> i64 {
    work::cells_of(arguments[0]) + work::length_of(arguments[1])
}

/// Every cell, and every cell once for each of four directions.
fn passing(arguments: &[&Value]) -> i64 {
    5 * work::cells_of(arguments[0])
}

fn slide(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, object, direction, background] = *arguments else { unreachable!("the arity is checked") };
    if let (Value::Grid(cells), Some(places), Value::Pair(down, right), Some(background)) =
        (grid, object.window(), direction, background.color())
        && size_of(grid)?.height.max(cells.width()) <= SPAN as usize
    {
        let direction = (i64::from(*down), i64::from(*right));
        let steps = if direction == (0, 0) { 0 } else { steps_of_window(cells, places, direction, background) };
        return moved(object, direction, steps);
    }
    let (size, mut free) = marks_of(context, grid, background)?;
    let (direction, places) = (pair(direction)?, places_in(object)?);
    if places.is_empty() || direction == (0, 0) {
        return Ok(object.clone());
    }
    clear(size, &mut free, &places);
    // How often one can step on from a cell of the grid; from all of them the next cell is known before.
    let mut left = vec![0; size.count()];
    size.each_next(direction, |at, next| left[at] = if free[next] == 1 { left[next] + 1 } else { 0 });
    context.pulse(size.count() + places.len())?;
    let steps_from = |place: &(i64, i64)| match ahead(size, *place, direction) {
        Some((_, next)) if free[next] == 1 => 1 + left[next],
        _ => 0,
    };
    moved(object, direction, places.iter().map(steps_from).min().unwrap_or(0))
}

/// The object so many steps on; as it is when there are none.
fn moved(object: &Value, (down, right): (i64, i64), steps: i64) -> Res {
    if steps == 0 {
        return Ok(object.clone());
    }
    shift_by(object, i128::from(steps) * i128::from(down), i128::from(steps) * i128::from(right))
}

/// Steps that places go in a direction, which is not (0, 0), over a grid of at most 64 rows and columns.
fn steps_of_window(grid: &Grid, places: &Indices, (down, right): (i64, i64), background: u8) -> i64 {
    let (height, width) = (grid.height() as i64, grid.width() as i64);
    let mut free = [0; SPAN as usize];
    for (row, bits) in (0..height).zip(free.iter_mut()) {
        *bits = bits_of_color(grid.row(row as usize), background) | places.bits(row, 0);
    }
    let mut steps = 0;
    loop {
        let (top, left) = (places.top() + (steps + 1) * down, places.left() + (steps + 1) * right);
        let is_inside =
            top >= 0 && left >= 0 && top + places.height() as i64 <= height && left + places.width() as i64 <= width;
        let is_stopped = |(row, bits): (&u64, &u64)| bits << left & !row != 0;
        if !is_inside || free[top as usize..].iter().zip(places.rows()).any(is_stopped) {
            return steps;
        }
        steps += 1;
    }
}

/// Marks places as free, so far as they lie in the grid.
fn clear(size: Size, free: &mut [u8], places: &[(i64, i64)]) {
    for at in places.iter().filter_map(|place| size.place(*place)) {
        free[at] = 1;
    }
}

/// The location one step on from a location, with its place; None outside of the grid.
fn ahead(size: Size, (row, column): (i64, i64), (down, right): (i64, i64)) -> Option<((i64, i64), usize)> {
    let next = (row.checked_add(down)?, column.checked_add(right)?);
    Some((next, size.place(next)?))
}

fn path(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, start, direction, background, turn] = *arguments else { unreachable!("the arity is checked") };
    let (size, free) = marks_of(context, grid, background)?;
    let (start, direction, turn) = (pair(start)?, pair(direction)?, number_of(turn)?);
    if !(-1..=1).contains(&turn) {
        return Err(Fail::error("DslError: a turn is -1, 0 or 1"));
    }
    context.pulse(4 * size.count())?;
    let mut marks = passed_with_turns(size, &free, (start, direction), turn);
    if let Some(at) = size.place(start) {
        marks[at] = 0;
    }
    places_marked(size, marks)
}

/// Marks the cells that are passed from a start in a direction, with a turn before what is not free.
fn passed_with_turns(size: Size, free: &[u8], (start, direction): ((i64, i64), (i64, i64)), turn: i64) -> Vec<u8> {
    let mut marks = vec![0; size.count()];
    // For each place the directions that it was left in: a bit for each number of turns.
    let mut had = vec![0u8; size.count()];
    let (mut place, mut direction, mut turns, mut has_turned) = (start, direction, 0, false);
    loop {
        if let Some(at) = size.place(place) {
            if had[at] >> turns & 1 == 1 {
                return marks;
            }
            had[at] |= 1 << turns;
            marks[at] = 1;
        }
        match ahead(size, place, direction) {
            Some((next, at)) if free[at] == 1 => {
                // Without a step one has been here before.
                if next == place {
                    return marks;
                }
                (place, has_turned) = (next, false);
            }
            Some(_) if turn != 0 && !has_turned => {
                direction = (turn * direction.1, -turn * direction.0);
                (turns, has_turned) = ((turns + 1) % 4, true);
            }
            _ => return marks,
        }
    }
}

fn trail(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, patch, direction, background] = *arguments else { unreachable!("the arity is checked") };
    let (size, mut free) = marks_of(context, grid, background)?;
    let (direction, places) = (pair(direction)?, places_in(patch)?);
    if direction == (0, 0) {
        return Ok(Value::empty_set());
    }
    clear(size, &mut free, &places);
    context.pulse(size.count() + places.len())?;
    let mut passed = Vec::new();
    for place in &places {
        let mut place = *place;
        // Where another way has passed before, it has gone on too.
        while let Some((next, at)) = ahead(size, place, direction)
            && free[at] == 1
        {
            free[at] = 2;
            passed.push(next);
            place = next;
        }
    }
    let mut is_mine = vec![false; size.count()];
    places.iter().filter_map(|place| size.place(*place)).for_each(|at| is_mine[at] = true);
    passed.retain(|place| size.place(*place).is_some_and(|at| !is_mine[at]));
    bounded(3 * passed.len() as i128)?;
    Ok(Value::places(&passed))
}
