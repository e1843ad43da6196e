//! Containers: tuples and sets of anything, built, joined, filtered and taken apart.

use super::joining::{bytes, is_in_bytes, joined, kept_bytes, merged, numbers_of, two};
use super::sets::{elements, flagged, holds, meet, minus, set_of_one, union};
use super::work::{cells_of, length_of};
use super::{Primitive, primitive, work};
use crate::call::each;
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::{claim, list};
use crate::value::weight::{SMALL, bounded, weigh, weigh_container, weigh_one};
use crate::value::{Grid, Indices, SPAN, Value, canonical, equal};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("combine", 2, work::pouring, combine),
    primitive("dedupe", 1, work::members, dedupe),
    primitive("difference", 2, work::lengths, difference),
    primitive("initset", 1, work::cells, initset),
    primitive("insert", 2, |arguments| cells_of(arguments[0]) + length_of(arguments[1]), insert),
    primitive("intersection", 2, work::lengths, intersection),
    primitive("merge", 1, work::members, merge),
    primitive("mfilter", 2, work::lengths, mfilter),
    primitive("pair", 2, work::walking, pair),
    primitive("product", 2, work::crossed, product),
    primitive("remove", 2, work::members, remove),
    primitive("repeat", 2, work::repeating, repeat),
    primitive("sfilter", 2, work::lengths, sfilter),
    primitive("size", 1, work::none, size),
    primitive("sizefilter", 2, work::length, sizefilter),
    primitive("totuple", 1, work::sorting, totuple),
];

/// Up to so many rows are compared each with each.
const FEW: usize = 64;

/// Steps that building a pair counts: each is an allocation.
const PAIR: usize = 4;

/// Steps that looking for an element in a set takes at most, about.
const LOOK_UP: usize = 16;

fn size(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::from(arguments[0].length()?))
}

fn totuple(_: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0] {
        tuple if tuple.is_tuple() => Ok(tuple.clone()),
        Value::Indices(places) if is_in_bytes(places) => Ok(Value::Grid(Grid::build(places.len(), 2, |cells| {
            for (pair, (row, column)) in cells.chunks_exact_mut(2).zip(places.places()) {
                pair.copy_from_slice(&[row as u8, column as u8]);
            }
        }))),
        set => Ok(Value::tuple(set.listed()?)),
    }
}

fn initset(_: &mut Context, arguments: &[&Value]) -> Res {
    weigh_one(arguments[0])?;
    Ok(set_of_one(arguments[0]))
}

fn repeat(context: &mut Context, arguments: &[&Value]) -> Res {
    let [item, times] = *arguments else { unreachable!("the arity is checked") };
    let times = times.number().ok_or(Fail::error("TypeError: repeat wants a number of times"))?;
    if times <= 0 {
        return Ok(Value::empty_tuple());
    }
    bounded(i128::from(times) * i128::from(weigh_one(item)?))?;
    let times = times as usize;
    context.pulse(times)?;
    match item {
        Value::Int(color @ 0..=255) if times != 2 => {
            Ok(Value::Row(Grid::build(1, times, |cells| cells.fill(*color as u8)), 0))
        }
        Value::Row(grid, row) => {
            let row = grid.row(*row as usize);
            Ok(Value::Grid(Grid::build(times, row.len(), |cells| {
                cells.chunks_exact_mut(row.len()).for_each(|copy| copy.copy_from_slice(row));
            })))
        }
        _ => {
            claim::<Value>(times);
            Ok(Value::tuple(vec![item.clone(); times]))
        }
    }
}

fn pair(context: &mut Context, arguments: &[&Value]) -> Res {
    let (a, b) = (arguments[0], arguments[1]);
    if let (Value::Row(left, i), Value::Row(right, j)) = (a, b) {
        let (left, right) = (left.row(*i as usize), right.row(*j as usize));
        let height = left.len().min(right.len());
        bounded(3 * height as i128)?;
        return Ok(Value::Grid(Grid::build(height, 2, |cells| {
            for (pair, (first, second)) in cells.chunks_exact_mut(2).zip(left.iter().zip(right)) {
                pair.copy_from_slice(&[*first, *second]);
            }
        })));
    }
    let mut pairs = list(a.count().min(b.count()));
    for (first, second) in a.items()?.zip(b.items()?) {
        context.pulse(PAIR)?;
        pairs.push(two(&first, &second));
    }
    weigh(&pairs, 1)?;
    Ok(Value::tuple(pairs))
}

fn product(context: &mut Context, arguments: &[&Value]) -> Res {
    let (a, b) = (arguments[0], arguments[1]);
    let (rows, columns) = (a.count() as i128, b.count() as i128);
    if rows > 0 && columns > 0 {
        let (a_parts, b_parts) = (i128::from(weigh_container(a, 2)?), i128::from(weigh_container(b, 2)?));
        bounded(rows * columns + columns * a_parts + rows * b_parts)?;
    }
    if let Some(crossing) = crossing(a, b) {
        return Ok(crossing);
    }
    let (a, b) = (as_set(a)?, as_set(b)?);
    let (firsts, seconds) = (elements(&a), elements(&b));
    let mut pairs = list(firsts.len() * seconds.len());
    for first in &*firsts {
        context.pulse(PAIR * seconds.len())?;
        pairs.extend(seconds.iter().map(|second| two(first, second)));
    }
    // But for cells, pairs stand in canonical order as their members do.
    let has_no_cells = firsts.iter().all(Value::is_container) || seconds.iter().all(|place| place.numbers().is_none());
    Ok(if has_no_cells { Value::set_in_order(pairs) } else { Value::set(pairs) })
}

/// The set of the elements of a container.
fn as_set(container: &Value) -> Res {
    Ok(if container.is_set() { container.clone() } else { Value::set(container.listed()?) })
}

fn insert(_: &mut Context, arguments: &[&Value]) -> Res {
    let [value, container] = *arguments else { unreachable!("the arity is checked") };
    if !container.is_set() {
        return Err(Fail::error("TypeError: insert wants a set"));
    }
    let added = weigh_one(value)?;
    if container.count() >= SMALL {
        bounded(i128::from(weigh_container(container, 1)? + added))?;
    }
    if let Value::Set(set) = container
        && let Err(place) = set.items().binary_search_by(|item| canonical(item, value))
    {
        let (before, after) = set.items().split_at(place);
        claim::<Value>(set.items().len() + 1);
        return Ok(Value::set_in_order([before, std::slice::from_ref(value), after].concat()));
    }
    Ok(if holds(container, value) { container.clone() } else { union(container, &set_of_one(value)) })
}

fn remove(_: &mut Context, arguments: &[&Value]) -> Res {
    let [value, container] = *arguments else { unreachable!("the arity is checked") };
    match container {
        Value::Set(set) => Ok(match set.items().binary_search_by(|item| canonical(item, value)) {
            Ok(place) => {
                claim::<Value>(set.items().len());
                Value::set_in_order([&set.items()[..place], &set.items()[place + 1..]].concat())
            }
            Err(_) => container.clone(),
        }),
        set if set.is_set() => Ok(if holds(set, value) { minus(set, &set_of_one(value)) } else { set.clone() }),
        Value::Row(grid, row) => match value.number() {
            Some(number) => Ok(kept_bytes(grid.row(*row as usize), |cell| i64::from(cell) != number)),
            None => Ok(container.clone()),
        },
        _ => {
            let mut kept = list(container.count());
            kept.extend(container.items()?.filter(|item| !equal(item, value)));
            Ok(Value::tuple(kept))
        }
    }
}

fn combine(_: &mut Context, arguments: &[&Value]) -> Res {
    let (a, b) = (arguments[0], arguments[1]);
    if a.length()? + b.length()? > SMALL {
        bounded(i128::from(weigh_container(a, 1)? + weigh_container(b, 1)?))?;
    }
    Ok(match (a.is_set(), b.is_set()) {
        (true, true) => union(a, b),
        (true, false) => union(a, &as_set(b)?),
        _ => joined(&[a, b]),
    })
}

fn merge(_: &mut Context, arguments: &[&Value]) -> Res {
    let containers = arguments[0];
    match (containers, containers.slice()) {
        (_, Some(parts)) => merged(containers, parts),
        (Value::Grid(grid), _) => Ok(bytes(grid.cells())),
        (Value::Indices(places), _) => Ok(numbers_of(places)),
        _ => merged(containers, &containers.listed()?),
    }
}

fn intersection(_: &mut Context, arguments: &[&Value]) -> Res {
    match (arguments[0], arguments[1]) {
        (a, b) if a.is_set() && b.is_set() => Ok(meet(a, b)),
        (Value::Bool(a), Value::Bool(b)) => Ok(Value::Bool(a & b)),
        (a, b) => match (a.number(), b.number()) {
            (Some(a), Some(b)) => Ok(Value::Int(a & b)),
            _ => Err(Fail::error("TypeError: intersection wants two sets")),
        },
    }
}

fn difference(context: &mut Context, arguments: &[&Value]) -> Res {
    let (a, b) = (arguments[0], arguments[1]);
    if a.length()? == 0 {
        return Ok(a.clone());
    }
    lacking(context, a, &as_set(b)?)
}

fn dedupe(_: &mut Context, arguments: &[&Value]) -> Res {
    let tuple = arguments[0];
    if !tuple.is_tuple() {
        return if tuple.length()? == 0 && tuple.is_set() {
            Ok(Value::empty_tuple())
        } else {
            Err(Fail::error("TypeError: dedupe wants a tuple"))
        };
    }
    if let Value::Row(grid, row) = tuple {
        let mut seen = [false; 256];
        return Ok(kept_bytes(grid.row(*row as usize), |cell| !std::mem::replace(&mut seen[usize::from(cell)], true)));
    }
    if let Value::Grid(grid) = tuple
        && grid.height() <= FEW
    {
        return Ok(Value::Grid(distinct_rows(grid)));
    }
    let items: Vec<Value> = tuple.listed()?;
    claim::<Value>(items.len());
    let mut firsts: Vec<usize> = groups(&items).iter().map(|group| group.first).collect();
    if firsts.len() == items.len() {
        return Ok(tuple.clone());
    }
    firsts.sort_unstable();
    Ok(Value::tuple(firsts.into_iter().map(|first| items[first].clone()).collect()))
}

/// A grid without rows that equal an earlier one.
fn distinct_rows(grid: &Grid) -> Grid {
    let rows = || grid.cells().chunks_exact(grid.width());
    // Sums that weigh each cell by its place tell most rows apart.
    let add = |sum: u32, cell: &u8| sum.wrapping_mul(0x0100_0193).wrapping_add(u32::from(*cell));
    let sums: Vec<u32> = rows().map(|row| row.iter().fold(0, add)).collect();
    let is_new = |i: usize| (0..i).all(|j| sums[i] != sums[j] || grid.row(i) != grid.row(j));
    let mut kept = list(grid.cells().len());
    for (i, row) in rows().enumerate() {
        if is_new(i) {
            kept.extend_from_slice(row);
        }
    }
    if kept.len() == grid.cells().len() {
        return grid.clone();
    }
    Grid::of(kept.len() / grid.width(), grid.width(), &kept)
}

fn sfilter(context: &mut Context, arguments: &[&Value]) -> Res {
    let [container, condition] = *arguments else { unreachable!("the arity is checked") };
    if let Some(places) = container.window() {
        let mut flags = list(places.len());
        each(context, condition, container, |_, result| flags.push(result.is_true()))?;
        return Ok(flagged(container, places, &flags));
    }
    let kept = kept(context, container, condition)?;
    Ok(part_of(container, kept))
}

fn mfilter(context: &mut Context, arguments: &[&Value]) -> Res {
    let [container, condition] = *arguments else { unreachable!("the arity is checked") };
    let kept = kept(context, container, condition)?;
    merged(container, &kept)
}

fn sizefilter(_: &mut Context, arguments: &[&Value]) -> Res {
    let (container, size) = (arguments[0], arguments[1].number());
    let is_kept = |length: usize| size == Some(length as i64);
    if container.window().is_some() {
        return Ok(if is_kept(2) { container.clone() } else { Value::empty_set() });
    }
    let items = elements(container);
    let mut kept = list(container.length()?);
    for item in &*items {
        if is_kept(item.length()?) {
            kept.push(item.clone());
        }
    }
    Ok(if container.is_set() { part_of(container, kept) } else { Value::set(kept) })
}

/// The elements of a container for which the condition is true, in iteration order.
fn kept(context: &mut Context, container: &Value, condition: &Value) -> Res<Vec<Value>> {
    let mut kept = list(container.count());
    each(context, condition, container, |item, result| {
        if result.is_true() {
            kept.push(item.clone());
        }
    })?;
    Ok(kept)
}

/// Some elements of a container, in iteration order, in its kind.
fn part_of(container: &Value, kept: Vec<Value>) -> Value {
    if kept.len() == container.count() {
        container.clone()
    } else if container.is_tuple() {
        Value::tuple(kept)
    } else {
        Value::set_in_order(kept)
    }
}

/// Elements of a container that a set lacks, in its kind.
fn lacking(context: &mut Context, container: &Value, unwanted: &Value) -> Res {
    Ok(match container {
        set if set.is_set() => minus(set, unwanted),
        Value::Row(grid, row) => {
            let mut is_unwanted = [false; 256];
            for color in unwanted.slice().unwrap_or_default().iter().filter_map(Value::number) {
                if let Ok(color) = usize::try_from(color)
                    && color < 256
                {
                    is_unwanted[color] = true;
                }
            }
            kept_bytes(grid.row(*row as usize), |cell| !is_unwanted[usize::from(cell)])
        }
        _ => {
            let mut kept = list(container.count());
            for item in container.items()? {
                context.pulse(LOOK_UP)?;
                if !holds(unwanted, &item) {
                    kept.push(item);
                }
            }
            part_of(container, kept)
        }
    })
}

/// All pairs of two containers of ints, or of one color and indices, when they make a compact set.
fn crossing(a: &Value, b: &Value) -> Option<Value> {
    if let (Some([Value::Int(color @ 0..=255)]), Value::Indices(places)) = (a.slice(), b) {
        return Some(Value::Mono(*color as u8, places.clone()));
    }
    let ((rows, top), (columns, left)) = (mask_of(a)?, mask_of(b)?);
    if !Indices::fits(top, left, top.saturating_add(SPAN - 1), left.saturating_add(SPAN - 1)) {
        return None;
    }
    let mut window = [0; SPAN as usize];
    for (i, row) in window.iter_mut().enumerate() {
        *row = if rows >> i & 1 == 1 { columns } else { 0 };
    }
    Some(Value::indices(Indices::of_rows(top, left, &window)))
}

/// The elements of a container as bits from its least one on; None when they are not ints close to each other, or none.
fn mask_of(container: &Value) -> Option<(u64, i64)> {
    if let Some(items) = container.slice() {
        return mask(items.iter().map(Value::int));
    }
    match container {
        Value::Row(..) | Value::Pair(..) => mask(container.items().ok()?.map(|item| item.int())),
        _ => None,
    }
}

fn mask(numbers: impl Iterator<Item = Option<i64>> + Clone) -> Option<(u64, i64)> {
    let mut least = i64::MAX;
    for number in numbers.clone() {
        least = least.min(number?);
    }
    let mut bits = 0;
    for number in numbers.flatten() {
        let place = number.checked_sub(least)?;
        if place >= SPAN {
            return None;
        }
        bits |= 1 << place;
    }
    (bits != 0).then_some((bits, least))
}

/// Equal elements of a tuple.
#[derive(Clone, Copy)]
pub struct Group {
    /// Where the first of them stands.
    pub first: usize,
    /// How many they are.
    pub count: usize,
}

/// The groups of equal items, in canonical order.
pub fn groups(items: &[Value]) -> Vec<Group> {
    // The order and what sorting takes beside it; the groups.
    claim::<Group>(2 * items.len());
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|&a, &b| canonical(&items[a], &items[b]));
    let mut groups: Vec<Group> = Vec::with_capacity(items.len());
    for index in order {
        match groups.last_mut() {
            Some(group) if equal(&items[group.first], &items[index]) => group.count += 1,
            _ => groups.push(Group { first: index, count: 1 }),
        }
    }
    groups
}
