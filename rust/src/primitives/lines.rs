//! Locations around a location, between two, in a direction; none of them clipped to a grid.

use super::masks::full;
use super::{Primitive, primitive, spreads, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::list;
use crate::value::weight::{bounded, checked, weigh};
use crate::value::{Indices, SPAN, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("connect", 2, distance, connect),
    primitive("dneighbors", 1, work::none, dneighbors),
    primitive("hfrontier", 1, work::none, hfrontier),
    primitive("ineighbors", 1, work::none, ineighbors),
    primitive("neighbors", 1, work::none, neighbors),
    primitive("shoot", 2, shot, shoot),
    primitive("vfrontier", 1, work::none, vfrontier),
];

/// Steps that `shoot` goes.
const REACH: i64 = 42;
/// Cells of a frontier, whatever the grid.
const FRONTIER: i32 = 30;

/// The first two members of a tuple, when they are numbers.
fn leading(value: &Value) -> Option<[i128; 2]> {
    Some([value.number_at(0)?.into(), value.number_at(1)?.into()])
}

/// Locations on the way from one location to the other; 0 when they are none.
#[inline]
fn distance(arguments: &[&Value]) -> i64 {
    if let (Value::Pair(row, column), Value::Pair(other_row, other_column)) = (arguments[0], arguments[1]) {
        return 1 + i64::from(row.abs_diff(*other_row).max(column.abs_diff(*other_column)));
    }
    match (leading(arguments[0]), leading(arguments[1])) {
        (Some([row, column]), Some([other_row, other_column])) => {
            let steps = (row - other_row).abs().max((column - other_column).abs());
            1 + steps.min(1 << 40) as i64
        }
        _ => 0,
    }
}

fn shot(arguments: &[&Value]) -> i64 {
    if let Value::Pair(down, right) = arguments[1] {
        return REACH * (1 + i64::from(down.unsigned_abs().max(right.unsigned_abs())));
    }
    REACH * distance(&[&Value::Pair(0, 0), arguments[1]])
}

fn dneighbors(_: &mut Context, arguments: &[&Value]) -> Res {
    around(arguments[0], 4, [0b010, 0b101, 0b010])
}

fn ineighbors(_: &mut Context, arguments: &[&Value]) -> Res {
    around(arguments[0], 4, [0b101, 0b000, 0b101])
}

fn neighbors(_: &mut Context, arguments: &[&Value]) -> Res {
    around(arguments[0], 8, [0b111, 0b101, 0b111])
}

/// Locations around a location: so many bits in three rows of three, bit 0 on the left.
fn around(location: &Value, count: usize, rows: [u64; 3]) -> Res {
    if let Value::Pair(row, column) = location
        && let Some(places) = Indices::tight(i64::from(*row) - 1, i64::from(*column) - 1, 3, count, &rows)
    {
        return Ok(Value::Indices(places));
    }
    let (row, column) = (location.at(0)?, location.at(1)?);
    let near = |place: &Value| -> Res<[Value; 3]> {
        let number = place.number().ok_or(Fail::error("TypeError: a location is a pair of ints"))?;
        let [before, after] = [-1, 1].map(|step| checked(i128::from(number) + step));
        Ok([Value::Int(before?), place.clone(), Value::Int(after?)])
    };
    let (near_rows, near_columns) = (near(&row)?, near(&column)?);
    let mut places = list(count);
    for (row, bits) in near_rows.iter().zip(rows) {
        for (bit, column) in near_columns.iter().enumerate() {
            if bits >> bit & 1 == 1 {
                places.push(Value::tuple(vec![row.clone(), column.clone()]));
            }
        }
    }
    Ok(Value::set(places))
}

fn connect(_: &mut Context, arguments: &[&Value]) -> Res {
    line(arguments[0], arguments[1])
}

/// Locations from one to the other, both included, when they share a row, a column or a diagonal; else none.
fn line(a: &Value, b: &Value) -> Res {
    if let (Value::Pair(row, column), Value::Pair(other_row, other_column)) = (a, b)
        && let Some(line) = short_line((*row, *column).into(), (*other_row, *other_column).into())
    {
        return Ok(line);
    }
    let mut ends = [ends_of(a)?, ends_of(b)?];
    ends.sort_by_key(|end| end.1);
    let [(start, (top, left)), (_, (bottom, right))] = ends;
    let (down, across) = (i128::from(bottom) - i128::from(top), i128::from(right) - i128::from(left));
    if down != 0 && across != 0 && down != across.abs() {
        return Ok(Value::empty_set());
    }
    let steps = down.max(across.abs());
    bounded(3 * (steps + 1))?;
    if let (Value::Pair(..), Value::Pair(..)) = (a, b)
        && let Some(line) = spreads::line((top, left), (bottom, right))
    {
        return Ok(line);
    }
    let mut places = list(steps as usize + 1);
    for step in 0..=steps as i64 {
        // Where a coordinate does not change it stays what it is, a bool too.
        let row = if down == 0 { start[0].clone() } else { Value::Int(top + step) };
        let column = if across == 0 { start[1].clone() } else { Value::Int(left + step * across.signum() as i64) };
        places.push(Value::tuple(vec![row, column]));
    }
    Ok(Value::set(places))
}

/// The members of a pair of numbers as values and as numbers; a set of two gives them in canonical order.
fn ends_of(value: &Value) -> Res<([Value; 2], (i64, i64))> {
    let numbers = super::layout::pair(value)?;
    let mut members = value.items()?;
    let mut next = || members.next().unwrap_or(Value::None);
    Ok(([next(), next()], numbers))
}

/// [`line`] of ints within 32 bits; None when it is too long for a window.
fn short_line(a: [i32; 2], b: [i32; 2]) -> Option<Value> {
    let [[top, left], [bottom, right]] = if a <= b { [a, b] } else { [b, a] }.map(|end| end.map(i64::from));
    let (down, across) = (bottom - top, right - left);
    if down != 0 && across != 0 && down != across.abs() {
        return Some(Value::empty_set());
    }
    if down >= SPAN || across.abs() >= SPAN {
        return None;
    }
    let length = down.max(across.abs()) as usize + 1;
    let width = across.unsigned_abs() as usize + 1;
    if down == 0 {
        return Some(Value::indices(Indices::tight(top, left.min(right), width, length, &[full(width)])));
    }
    let mut rows = [1; SPAN as usize];
    let rows = &mut rows[..length];
    let mut bit = 1 << if across < 0 { width - 1 } else { 0 };
    for row in rows.iter_mut() {
        *row = bit;
        bit = if across > 0 { bit << 1 } else { bit >> u32::from(across < 0) };
    }
    Some(Value::indices(Indices::tight(top, left.min(right), width, length, rows)))
}

fn shoot(_: &mut Context, arguments: &[&Value]) -> Res {
    let [start, direction] = *arguments else { unreachable!("the arity is checked") };
    let end = |index: usize| -> Res<i64> {
        match (start.number_at(index), direction.number_at(index)) {
            (Some(from), Some(step)) => checked(i128::from(from) + i128::from(REACH) * i128::from(step)),
            _ => Err(Fail::error("TypeError: a location and a direction are pairs of ints")),
        }
    };
    let (row, column) = (end(0)?, end(1)?);
    line(start, &Value::pair(row, column))
}

fn vfrontier(_: &mut Context, arguments: &[&Value]) -> Res {
    if let Value::Pair(_, column) = arguments[0] {
        let column = i64::from(*column);
        return Ok(Value::indices(Indices::block(0, column, i64::from(FRONTIER) - 1, column)));
    }
    let column = arguments[0].at(1)?;
    frontier(&column, |row| [Value::Int(row), column.clone()])
}

fn hfrontier(_: &mut Context, arguments: &[&Value]) -> Res {
    if let Value::Pair(row, _) = arguments[0] {
        let row = i64::from(*row);
        return Ok(Value::indices(Indices::block(row, 0, row, i64::from(FRONTIER) - 1)));
    }
    let row = arguments[0].at(0)?;
    frontier(&row, |column| [row.clone(), Value::Int(column)])
}

/// The places that a function gives, weighed when the part that all share is a container.
fn frontier(fixed: &Value, place: impl Fn(i64) -> [Value; 2]) -> Res {
    let places: Vec<Value> = (0..i64::from(FRONTIER)).map(|step| Value::tuple(place(step).into())).collect();
    if fixed.is_container() {
        weigh(&places, 1)?;
    }
    Ok(Value::set(places))
}
