//! Arithmetic: numbers, which are ints or pairs of ints, and the few primitives that compare or make them.
//!
//! A bool counts as an int. An int beside a pair applies to both its members; only the first two members of a tuple are
//! read. Members that are containers add up, repeat and subtract as in Python, up to [`SMALL`] elements.

use super::choosing::end_of;
use super::joining::{bytes, joined, two};
use super::sets::minus;
use super::work::{cells_of, floor_div, length_of, times_of};
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::claim;
use crate::value::weight::{SMALL, bounded, weigh_one};
use crate::value::{Value, greater as is_greater, less as is_less};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("add", 2, work::none, add),
    primitive("astuple", 2, |arguments| cells_of(arguments[0]) + cells_of(arguments[1]), astuple),
    primitive("crement", 1, work::none, crement),
    primitive("decrement", 1, work::none, decrement),
    primitive("divide", 2, work::none, divide),
    primitive("double", 1, work::none, double),
    primitive("even", 1, work::none, even),
    primitive("greater", 2, work::comparing, greater),
    primitive("halve", 1, work::none, halve),
    primitive("identity", 1, work::none, identity),
    primitive("increment", 1, work::none, increment),
    primitive("interval", 3, work::stepping, interval),
    primitive("invert", 1, work::none, invert),
    primitive("maximum", 1, work::walking, maximum),
    primitive("minimum", 1, work::walking, minimum),
    primitive("multiply", 2, work::none, multiply),
    primitive("positive", 1, work::none, positive),
    primitive("sign", 1, work::none, sign),
    primitive("subtract", 2, work::none, subtract),
    primitive("toivec", 1, work::cells, toivec),
    primitive("tojvec", 1, work::cells, tojvec),
];

const TOO_BIG: Fail = Fail::Limit("integer beyond 64 bits");
const NO_NUMBER: Fail = Fail::error("TypeError: a number is an int or a pair of ints");
const NO_OPERATION: Fail = Fail::error("TypeError: these members cannot be reckoned with");

fn identity(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(arguments[0].clone())
}

fn add(_: &mut Context, arguments: &[&Value]) -> Res {
    by_member(arguments[0], arguments[1], plus, concatenated)
}

fn subtract(_: &mut Context, arguments: &[&Value]) -> Res {
    by_member(arguments[0], arguments[1], less, without)
}

fn multiply(_: &mut Context, arguments: &[&Value]) -> Res {
    by_member(arguments[0], arguments[1], times, repeated)
}

fn divide(_: &mut Context, arguments: &[&Value]) -> Res {
    by_member(arguments[0], arguments[1], over, |_, _| Err(NO_OPERATION))
}

fn double(_: &mut Context, arguments: &[&Value]) -> Res {
    by_member(arguments[0], &Value::Int(2), times, repeated)
}

fn halve(_: &mut Context, arguments: &[&Value]) -> Res {
    by_member(arguments[0], &Value::Int(2), over, |_, _| Err(NO_OPERATION))
}

fn increment(_: &mut Context, arguments: &[&Value]) -> Res {
    by_member(arguments[0], &Value::Int(1), plus, concatenated)
}

fn decrement(_: &mut Context, arguments: &[&Value]) -> Res {
    by_member(arguments[0], &Value::Int(1), less, without)
}

fn invert(_: &mut Context, arguments: &[&Value]) -> Res {
    each_member(arguments[0], |number| number.checked_neg().ok_or(TOO_BIG))
}

fn crement(_: &mut Context, arguments: &[&Value]) -> Res {
    each_member(arguments[0], |number| number.checked_add(number.signum()).ok_or(TOO_BIG))
}

fn sign(_: &mut Context, arguments: &[&Value]) -> Res {
    each_member(arguments[0], |number| Ok(number.signum()))
}

fn even(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::Bool(arguments[0].number().ok_or(NO_NUMBER)? % 2 == 0))
}

fn positive(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::Bool(arguments[0].number().ok_or(NO_NUMBER)? > 0))
}

fn greater(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::Bool(is_greater(arguments[0], arguments[1])?))
}

fn maximum(context: &mut Context, arguments: &[&Value]) -> Res {
    extreme(context, arguments[0], true)
}

fn minimum(context: &mut Context, arguments: &[&Value]) -> Res {
    extreme(context, arguments[0], false)
}

fn toivec(_: &mut Context, arguments: &[&Value]) -> Res {
    couple(arguments[0], &Value::Int(0))
}

fn tojvec(_: &mut Context, arguments: &[&Value]) -> Res {
    couple(&Value::Int(0), arguments[0])
}

fn astuple(_: &mut Context, arguments: &[&Value]) -> Res {
    couple(arguments[0], arguments[1])
}

fn interval(context: &mut Context, arguments: &[&Value]) -> Res {
    let (Some(start), Some(stop), Some(step)) = (arguments[0].number(), arguments[1].number(), arguments[2].number())
    else {
        return Err(Fail::error("TypeError: an interval wants ints"));
    };
    if step == 0 {
        return Err(Fail::error("ValueError: the step of an interval is not 0"));
    }
    let count = -floor_div(i128::from(start) - i128::from(stop), i128::from(step));
    let count = bounded(count)?.max(0) as usize;
    if count == 0 {
        return Ok(Value::empty_tuple());
    }
    context.pulse(count)?;
    // All numbers lie between the ends, so none of them overflows.
    let last = start + (count as i64 - 1) * step;
    if (0..=255).contains(&start) && (0..=255).contains(&last) {
        let mut cells = [0; 256];
        for (index, cell) in cells[..count].iter_mut().enumerate() {
            *cell = (start + index as i64 * step) as u8;
        }
        return Ok(bytes(&cells[..count]));
    }
    claim::<Value>(count);
    Ok(Value::tuple((0..count as i64).map(|index| Value::Int(start + index * step)).collect()))
}

#[inline]
fn plus(a: i64, b: i64) -> Res<i64> {
    a.checked_add(b).ok_or(TOO_BIG)
}

#[inline]
fn less(a: i64, b: i64) -> Res<i64> {
    a.checked_sub(b).ok_or(TOO_BIG)
}

#[inline]
fn times(a: i64, b: i64) -> Res<i64> {
    a.checked_mul(b).ok_or(TOO_BIG)
}

#[inline]
fn over(a: i64, b: i64) -> Res<i64> {
    if b == 0 {
        return Err(Fail::error("ZeroDivisionError: division by zero"));
    }
    let quotient = a.checked_div(b).ok_or(TOO_BIG)?;
    Ok(if a % b != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient })
}

/// The result of an operation on numbers, member by member; members that are no numbers have their own.
#[inline]
fn by_member(
    a: &Value,
    b: &Value,
    of_numbers: impl Fn(i64, i64) -> Res<i64>,
    of_others: fn(&Value, &Value) -> Res,
) -> Res {
    if let (Some(a), Some(b)) = (a.number(), b.number()) {
        return Ok(Value::Int(of_numbers(a, b)?));
    }
    if let (Some((a0, a1)), Some((b0, b1))) = (plain_members(a), plain_members(b)) {
        return Ok(Value::pair(of_numbers(a0, b0)?, of_numbers(a1, b1)?));
    }
    let ((a0, a1), (b0, b1)) = (members(a)?, members(b)?);
    let of_any = |a: &Value, b: &Value| match (a.number(), b.number()) {
        (Some(a), Some(b)) => Ok(Value::Int(of_numbers(a, b)?)),
        _ => of_others(a, b),
    };
    let first = of_any(&a0, &b0)?;
    Ok(two(&first, &of_any(&a1, &b1)?))
}

/// The result of an operation on each member of a number.
#[inline]
fn each_member(number: &Value, change: impl Fn(i64) -> Res<i64>) -> Res {
    if let Some(number) = number.number() {
        return Ok(Value::Int(change(number)?));
    }
    if let Some((first, second)) = plain_members(number) {
        return Ok(Value::pair(change(first)?, change(second)?));
    }
    let (first, second) = members(number)?;
    let first = change(first.number().ok_or(NO_NUMBER)?)?;
    Ok(Value::pair(first, change(second.number().ok_or(NO_NUMBER)?)?))
}

/// The members of a pair, or an int twice, when that is quick to see.
#[inline]
fn plain_members(number: &Value) -> Option<(i64, i64)> {
    match number {
        Value::Pair(first, second) => Some((i64::from(*first), i64::from(*second))),
        _ => number.number().map(|number| (number, number)),
    }
}

/// The first two members of a tuple, or an int twice.
fn members(number: &Value) -> Res<(Value, Value)> {
    if number.number().is_some() {
        return Ok((number.clone(), number.clone()));
    }
    if !number.is_tuple() {
        return Err(NO_NUMBER);
    }
    let (first, second) = (number.at(0)?, number.at(1)?);
    small(length_of(&first) + length_of(&second))?;
    Ok((first, second))
}

fn small(length: i64) -> Res<()> {
    if length > SMALL as i64 { Err(Fail::Limit("arithmetic on containers of more than 256 elements")) } else { Ok(()) }
}

fn concatenated(a: &Value, b: &Value) -> Res {
    if a.is_tuple() && b.is_tuple() { Ok(joined(&[a, b])) } else { Err(NO_OPERATION) }
}

fn without(a: &Value, b: &Value) -> Res {
    if a.is_set() && b.is_set() { Ok(minus(a, b)) } else { Err(NO_OPERATION) }
}

/// A tuple a number of times.
fn repeated(a: &Value, b: &Value) -> Res {
    let most = times_of(a).max(times_of(b));
    if a.is_tuple() || b.is_tuple() {
        small((length_of(a) + length_of(b)).saturating_mul(most))?;
    }
    let tuple = match (a.number(), b.number()) {
        (None, Some(_)) if a.is_tuple() => a,
        (Some(_), None) if b.is_tuple() => b,
        _ => return Err(NO_OPERATION),
    };
    let times = if tuple.is_empty() { 0 } else { most as usize };
    Ok(joined(&vec![tuple; times]))
}

/// The pair of any two values, when it stays within bounds.
#[inline]
fn couple(a: &Value, b: &Value) -> Res {
    if !matches!((a, b), (Value::Int(_), Value::Int(_))) {
        let (first, second) = (weigh_one(a)?, weigh_one(b)?);
        bounded(i128::from(first + second))?;
    }
    Ok(two(a, b))
}

/// The largest or the smallest element of a container, 0 of an empty one; the first of them in iteration order.
fn extreme(context: &mut Context, container: &Value, largest: bool) -> Res {
    match container {
        Value::Pair(a, b) => return Ok(Value::Int(i64::from(if largest { *a.max(b) } else { *a.min(b) }))),
        Value::Row(grid, row) => {
            let cells = grid.row(*row as usize).iter();
            let best = if largest { cells.max() } else { cells.min() };
            return Ok(Value::Int(i64::from(best.copied().unwrap_or(0))));
        }
        Value::Grid(grid) => {
            let rows = 0..grid.height();
            let best = rows.reduce(|best, row| {
                let (old, new) = (grid.row(best), grid.row(row));
                if if largest { new > old } else { new < old } { row } else { best }
            });
            return Ok(grid.row_value(best.unwrap_or(0)));
        }
        Value::Indices(places) => {
            let (row, column) = end_of(places, largest);
            return Ok(Value::pair(row, column));
        }
        Value::Mono(color, places) => {
            let (row, column) = end_of(places, largest);
            return Ok(Value::Cell(*color, row as i32, column as i32));
        }
        // Numbers come first in canonical order, so where the last is one all are.
        Value::Set(set) => match set.items() {
            [first, .., last] if last.number().is_some() => return Ok(if largest { last } else { first }.clone()),
            _ => {}
        },
        _ => {}
    }
    let mut items = container.items()?;
    let Some(mut best) = items.next() else {
        return Ok(Value::Int(0));
    };
    for item in items {
        context.pulse(1 + item.count())?;
        if if largest { is_less(&best, &item)? } else { is_less(&item, &best)? } {
            best = item;
        }
    }
    Ok(best)
}
