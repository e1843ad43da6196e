//! Choosing from containers: by place, by a condition, by a key, by count; and sorting by a key.
//!
//! Keys compare as in Python: numbers by size, tuples lexicographic, sets by inclusion. An element replaces the best so
//! far when its key is strictly better.

use super::containers::groups;
use super::sorting::sort;
use super::{Primitive, primitive, work};
use crate::call::{each, first_match};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::{claim, list};
use crate::value::{Indices, Value, equal, less, row_of};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("argmax", 2, work::walking, argmax),
    primitive("argmin", 2, work::walking, argmin),
    primitive("element", 2, work::sorting, element),
    primitive("extract", 2, work::walking, extract),
    primitive("first", 1, work::sorting, first),
    primitive("last", 1, work::sorting, last),
    primitive("leastcommon", 1, work::members, leastcommon),
    primitive("mostcommon", 1, work::members, mostcommon),
    primitive("order", 2, work::walking, order),
    primitive("other", 2, work::walking, other),
    primitive("valmax", 2, work::walking, valmax),
    primitive("valmin", 2, work::walking, valmin),
    primitive("valrank", 3, work::walking, valrank),
];

const EMPTY: Fail = Fail::error("ValueError: the container is empty");

fn first(_: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0] {
        Value::Cell(color, ..) => Ok(Value::Int(i64::from(*color))),
        Value::Pair(first, _) => Ok(Value::Int(i64::from(*first))),
        Value::Grid(grid) => Ok(grid.row_value(0)),
        container => container.items()?.next().ok_or(EMPTY),
    }
}

fn last(_: &mut Context, arguments: &[&Value]) -> Res {
    let container = arguments[0];
    if let Some(items) = container.slice() {
        return items.last().cloned().ok_or(EMPTY);
    }
    if let Some(places) = container.window() {
        let (row, column) = end_of(places, true);
        let (row, column) = (row as i32, column as i32);
        return Ok(match container {
            Value::Mono(color, _) => Value::Cell(*color, row, column),
            Value::Multi(multi) => Value::Cell(multi.colors()[multi.colors().len() - 1], row, column),
            _ => Value::Pair(row, column),
        });
    }
    if container.is_set() {
        return container.items()?.last().ok_or(EMPTY);
    }
    container.at(container.length()? - 1)
}

/// The first or the last location in canonical order.
#[inline]
pub fn end_of(places: &Indices, is_last: bool) -> (i64, i64) {
    let rows = places.rows();
    if is_last {
        (places.bottom(), places.left() + i64::from(rows[rows.len() - 1].ilog2()))
    } else {
        (places.top(), places.left() + i64::from(rows[0].trailing_zeros()))
    }
}

fn element(_: &mut Context, arguments: &[&Value]) -> Res {
    let [container, number] = *arguments else { unreachable!("the arity is checked") };
    let count = container.length()? as i64;
    let number = number.number().ok_or(Fail::error("TypeError: the number of an element is an int"))?;
    if !(-count..count).contains(&number) {
        return Err(Fail::error("IndexError: there is no element of that number"));
    }
    let place = number.rem_euclid(count) as usize;
    match container.slice() {
        Some(items) => Ok(items[place].clone()),
        None if container.is_tuple() => container.at(place),
        None => container.items()?.nth(place).ok_or(EMPTY),
    }
}

fn other(_: &mut Context, arguments: &[&Value]) -> Res {
    let [container, value] = *arguments else { unreachable!("the arity is checked") };
    container.items()?.find(|item| !equal(item, value)).ok_or(EMPTY)
}

fn extract(context: &mut Context, arguments: &[&Value]) -> Res {
    let [container, condition] = *arguments else { unreachable!("the arity is checked") };
    first_match(context, condition, container)?.ok_or(Fail::error("DslError: no element meets the condition"))
}

fn argmax(context: &mut Context, arguments: &[&Value]) -> Res {
    let [container, function] = *arguments else { unreachable!("the arity is checked") };
    best_item(context, container, function, true)
}

fn argmin(context: &mut Context, arguments: &[&Value]) -> Res {
    let [container, function] = *arguments else { unreachable!("the arity is checked") };
    best_item(context, container, function, false)
}

fn best_item(context: &mut Context, container: &Value, function: &Value, is_max: bool) -> Res {
    let mut keys = Vec::with_capacity(container.count());
    each(context, function, container, |_, key| keys.push(key))?;
    let best = best_of(context, &keys, is_max)?;
    match container.slice() {
        Some(items) => Ok(items[best].clone()),
        None => container.items()?.nth(best).ok_or(EMPTY),
    }
}

fn valmax(context: &mut Context, arguments: &[&Value]) -> Res {
    best_key(context, arguments, true)
}

fn valmin(context: &mut Context, arguments: &[&Value]) -> Res {
    best_key(context, arguments, false)
}

fn best_key(context: &mut Context, arguments: &[&Value], is_max: bool) -> Res {
    let [container, function] = *arguments else { unreachable!("the arity is checked") };
    let mut keys = keys_of(context, container, function)?;
    let best = best_of(context, &keys, is_max)?;
    Ok(keys.swap_remove(best))
}

/// What a function makes of the elements, in iteration order; of 0 when there are none.
fn keys_of(context: &mut Context, container: &Value, function: &Value) -> Res<Vec<Value>> {
    let mut keys = list(container.count());
    each(context, function, container, |_, key| keys.push(key))?;
    if keys.is_empty() {
        each(context, function, &Value::tuple(vec![Value::Int(0)]), |_, key| keys.push(key))?;
    }
    Ok(keys)
}

fn valrank(context: &mut Context, arguments: &[&Value]) -> Res {
    let [container, function, number] = *arguments else { unreachable!("the arity is checked") };
    let keys = keys_of(context, container, function)?;
    let order = sorted(context, &keys)?;
    let number = number.number().ok_or(Fail::error("TypeError: the number of a result is an int"))?;
    claim::<Value>(keys.len());
    let keys: Vec<Value> = order.into_iter().map(|index| keys[index as usize].clone()).collect();
    let mut distinct: Vec<usize> = groups(&keys).iter().map(|group| group.first).collect();
    distinct.sort_unstable();
    let count = distinct.len() as i64;
    if !(-count..count).contains(&number) {
        return Err(Fail::error("IndexError: there is no result of that number"));
    }
    Ok(keys[distinct[(-1 - number).rem_euclid(count) as usize]].clone())
}

/// The elements of a container, in iteration order, and what a function makes of each.
fn keyed(context: &mut Context, container: &Value, function: &Value) -> Res<(Vec<Value>, Vec<Value>)> {
    let mut items = list(container.count());
    let mut keys = list(container.count());
    each(context, function, container, |item, key| {
        items.push(item.clone());
        keys.push(key);
    })?;
    Ok((items, keys))
}

/// Where the largest or the smallest key stands, the first of equal ones.
fn best_of(context: &mut Context, keys: &[Value], is_max: bool) -> Res<usize> {
    let mut best = keys.first().ok_or(EMPTY)?;
    let mut place = 0;
    for (index, key) in keys.iter().enumerate().skip(1) {
        context.pulse(1 + key.count())?;
        if if is_max { less(best, key)? } else { less(key, best)? } {
            (best, place) = (key, index);
        }
    }
    Ok(place)
}

fn order(context: &mut Context, arguments: &[&Value]) -> Res {
    let [container, function] = *arguments else { unreachable!("the arity is checked") };
    let (items, keys) = keyed(context, container, function)?;
    let order = sorted(context, &keys)?;
    claim::<Value>(items.len());
    Ok(Value::tuple(order.into_iter().map(|index| items[index as usize].clone()).collect()))
}

/// The places of keys as Python's sorting would leave them.
fn sorted(context: &mut Context, keys: &[Value]) -> Res<Vec<u32>> {
    if keys.iter().all(|key| key.number().is_some()) {
        claim::<i64>(2 * keys.len());
        let numbers: Vec<i64> = keys.iter().filter_map(Value::number).collect();
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        order.sort_by_key(|index| numbers[*index as usize]);
        return Ok(order);
    }
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    sort(&mut order, |a, b| {
        let (a, b) = (&keys[a as usize], &keys[b as usize]);
        context.pulse(1 + a.count().min(b.count()))?;
        less(a, b)
    })?;
    Ok(order)
}

fn mostcommon(_: &mut Context, arguments: &[&Value]) -> Res {
    by_count(arguments[0], |count, best| count > best)
}

fn leastcommon(_: &mut Context, arguments: &[&Value]) -> Res {
    by_count(arguments[0], |count, best| count < best)
}

/// The element of a tuple whose count is best, the first of them in canonical order.
fn by_count(tuple: &Value, is_better: impl Fn(usize, usize) -> bool) -> Res {
    if !tuple.is_tuple() {
        return Err(Fail::error("TypeError: elements are counted in a tuple only"));
    }
    if let Value::Row(grid, row) = tuple {
        let mut counts = [0u32; 256];
        for cell in grid.row(*row as usize) {
            counts[usize::from(*cell)] += 1;
        }
        let colors = (0..256).filter(|color| counts[*color] > 0);
        let best = colors.reduce(
            |best, color| {
                if is_better(counts[color] as usize, counts[best] as usize) { color } else { best }
            },
        );
        return best.map(Value::from).ok_or(EMPTY);
    }
    if let Value::Grid(grid) = tuple {
        let mut rows: Vec<&[u8]> = grid.cells().chunks_exact(grid.width()).collect();
        rows.sort_unstable();
        let groups = rows.chunk_by(|a, b| a == b);
        let best = groups.reduce(|best, group| if is_better(group.len(), best.len()) { group } else { best });
        return best.map(|group| row_of(group[0])).ok_or(EMPTY);
    }
    let items: Vec<Value> = tuple.listed()?;
    let groups = groups(&items);
    let best = groups.into_iter().reduce(|best, group| if is_better(group.count, best.count) { group } else { best });
    Ok(items[best.ok_or(EMPTY)?.first].clone())
}
