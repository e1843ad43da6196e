//! Formulas for the work of a primitive, the twin of `work.py`: the same numbers for the same arguments.
//!
//! Each takes all arguments of a call; what is not a container has no elements.

use crate::value::Value;
use crate::value::weight::MAX_SIZE;

/// No work worth counting.
pub fn none(_: &[&Value]) -> i64 {
    0
}

/// Number of elements of a value; 0 when it is no container.
#[inline]
pub fn length_of(value: &Value) -> i64 {
    value.count() as i64
}

/// Elements of the elements of a tuple or a set; one that is no container counts 1.
#[inline]
pub fn members_of(value: &Value) -> i64 {
    (match value {
        Value::Pair(..) => 2,
        Value::Cell(..) => 3,
        Value::Row(grid, _) => grid.width(),
        Value::Grid(grid) => grid.cells().len(),
        Value::Indices(indices) | Value::Mono(_, indices) => 2 * indices.len(),
        Value::Multi(multi) => 2 * multi.places().len(),
        Value::Places(spread) | Value::Cells(spread) => 2 * spread.count(),
        Value::Tuple(_) | Value::Set(_) => {
            value.slice().unwrap_or_default().iter().map(|item| item.len().unwrap_or(1)).sum()
        }
        _ => 0,
    }) as i64
}

/// The cells of a grid, the members of a tuple of containers; a set counts its elements once each.
#[inline]
pub fn cells_of(value: &Value) -> i64 {
    if value.is_tuple() { members_of(value) } else { length_of(value) }
}

/// What putting a value in order touches: nothing of a tuple, the members of a set of two and more.
#[inline]
pub fn sorting_of(value: &Value) -> i64 {
    if value.is_set() && value.count() > 1 { members_of(value) } else { 0 }
}

/// Number of elements of the first argument.
pub fn length(arguments: &[&Value]) -> i64 {
    length_of(arguments[0])
}

/// Number of elements of all arguments together.
pub fn lengths(arguments: &[&Value]) -> i64 {
    arguments.iter().map(|value| length_of(value)).sum()
}

/// Number of pairs of an element of the last argument but one and an element of the last.
pub fn crossed(arguments: &[&Value]) -> i64 {
    length_of(arguments[arguments.len() - 2]) * length_of(arguments[arguments.len() - 1])
}

/// [`cells_of`] of the first argument.
pub fn cells(arguments: &[&Value]) -> i64 {
    cells_of(arguments[0])
}

/// [`members_of`] of the first argument.
pub fn members(arguments: &[&Value]) -> i64 {
    members_of(arguments[0])
}

/// [`sorting_of`] of the first argument.
pub fn sorting(arguments: &[&Value]) -> i64 {
    sorting_of(arguments[0])
}

/// What walking through all arguments in iteration order touches.
pub fn walking(arguments: &[&Value]) -> i64 {
    arguments.iter().map(|value| length_of(value) + sorting_of(value)).sum()
}

/// What joining two containers touches: a set poured into a tuple is put in order first.
pub fn pouring(arguments: &[&Value]) -> i64 {
    let ordering = if arguments[0].is_tuple() { sorting_of(arguments[1]) } else { 0 };
    length_of(arguments[0]) + length_of(arguments[1]) + ordering
}

/// What comparing a value with the elements of a container touches.
pub fn searching(arguments: &[&Value]) -> i64 {
    if arguments[1].is_tuple() { members_of(arguments[1]) } else { cells_of(arguments[0]) }
}

/// What comparing two values touches: the cells of the smaller.
pub fn comparing(arguments: &[&Value]) -> i64 {
    cells_of(arguments[0]).min(cells_of(arguments[1]))
}

/// What looking through the second argument for functions touches.
pub fn fixing(arguments: &[&Value]) -> i64 {
    cells_of(arguments[1])
}

/// The second argument, a number of times.
pub fn repeating(arguments: &[&Value]) -> i64 {
    times_of(arguments[1])
}

/// A number of times, 0 of what is no number; as much as a value has parts at most.
pub fn times_of(value: &Value) -> i64 {
    value.number().map_or(0, |times| times.clamp(0, MAX_SIZE as i64))
}

/// Number of steps from start to before stop.
pub fn stepping(arguments: &[&Value]) -> i64 {
    match (arguments[0].number(), arguments[1].number(), arguments[2].number()) {
        (Some(start), Some(stop), Some(step)) if step != 0 => {
            let steps = -floor_div(i128::from(start) - i128::from(stop), i128::from(step));
            steps.clamp(0, MAX_SIZE as i128) as i64
        }
        _ => 0,
    }
}

/// Python's `//`; the divisor is not 0.
#[inline]
pub fn floor_div(a: i128, b: i128) -> i128 {
    let quotient = a / b;
    if a % b != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
}
