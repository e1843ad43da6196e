//! Containers: tuples and sets of anything, built, joined, filtered and taken apart.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::spreads;
use super::work::{cells_of, length_of};
use super::{Primitive, primitive, work};
use crate::call::each;
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::value::weight::{MAX_SIZE, SMALL, bounded, weigh, weigh_container, weigh_one};
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

/// Steps that looking for an element in a set takes at most, about.
const LOOK_UP: usize = 16;

const NO_CONTAINER: Fail = Fail::error("TypeError: not a container");

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
        set => Ok(Value::tuple(set.items()?.collect())),
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
        _ => Ok(Value::tuple(vec![item.clone(); times])),
    }
}

fn pair(_: &mut Context, arguments: &[&Value]) -> Res {
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
    let pairs: Vec<Value> = a.items()?.zip(b.items()?).map(|(first, second)| two(&first, &second)).collect();
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
    let mut pairs = Vec::with_capacity(firsts.len() * seconds.len());
    for first in &*firsts {
        context.pulse(seconds.len())?;
        pairs.extend(seconds.iter().map(|second| two(first, second)));
    }
    // But for cells, pairs stand in canonical order as their members do.
    let has_no_cells = firsts.iter().all(Value::is_container) || seconds.iter().all(|place| place.numbers().is_none());
    Ok(if has_no_cells { Value::set_in_order(pairs) } else { Value::set(pairs) })
}

/// The set of the elements of a container.
fn as_set(container: &Value) -> Res {
    Ok(if container.is_set() { container.clone() } else { Value::set(container.items()?.collect()) })
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
        return Ok(Value::set_in_order([before, std::slice::from_ref(value), after].concat()));
    }
    Ok(if holds(container, value) { container.clone() } else { union(container, &set_of_one(value)) })
}

fn remove(_: &mut Context, arguments: &[&Value]) -> Res {
    let [value, container] = *arguments else { unreachable!("the arity is checked") };
    match container {
        Value::Set(set) => Ok(match set.items().binary_search_by(|item| canonical(item, value)) {
            Ok(place) => Value::set_in_order([&set.items()[..place], &set.items()[place + 1..]].concat()),
            Err(_) => container.clone(),
        }),
        set if set.is_set() => Ok(if holds(set, value) { minus(set, &set_of_one(value)) } else { set.clone() }),
        Value::Row(grid, row) => match value.number() {
            Some(number) => Ok(kept_bytes(grid.row(*row as usize), |cell| i64::from(cell) != number)),
            None => Ok(container.clone()),
        },
        _ => Ok(Value::tuple(container.items()?.filter(|item| !equal(item, value)).collect())),
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
        _ => merged(containers, &containers.items()?.collect::<Vec<Value>>()),
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
    let items: Vec<Value> = tuple.items()?.collect();
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
    let mut kept = Vec::with_capacity(grid.cells().len());
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
        let mut flags = Vec::with_capacity(places.len());
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
    let mut kept = Vec::with_capacity(container.length()?);
    for item in &*items {
        if is_kept(item.length()?) {
            kept.push(item.clone());
        }
    }
    Ok(if container.is_set() { part_of(container, kept) } else { Value::set(kept) })
}

/// The elements of a container for which the condition is true, in iteration order.
fn kept(context: &mut Context, container: &Value, condition: &Value) -> Res<Vec<Value>> {
    let mut kept = Vec::with_capacity(container.count());
    each(context, condition, container, |item, result| {
        if result.is_true() {
            kept.push(item);
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

/// The pair of any two values.
#[inline]
pub fn two(first: &Value, second: &Value) -> Value {
    match (first, second) {
        (Value::Int(first), Value::Int(second)) => Value::pair(*first, *second),
        (Value::Pair(a @ 0..=255, b @ 0..=255), Value::Pair(c @ 0..=255, d @ 0..=255)) => {
            Value::Grid(Grid::of(2, 2, &[*a as u8, *b as u8, *c as u8, *d as u8]))
        }
        (Value::Row(first, i), Value::Row(second, j)) if first.width() == second.width() => {
            let (first, second) = (first.row(*i as usize), second.row(*j as usize));
            Value::Grid(Grid::build(2, first.len(), |cells| {
                cells[..first.len()].copy_from_slice(first);
                cells[first.len()..].copy_from_slice(second);
            }))
        }
        _ => Value::cell(first, second),
    }
}

/// The tuple of these ints.
#[inline]
pub fn bytes(cells: &[u8]) -> Value {
    match *cells {
        [] => Value::empty_tuple(),
        [first, second] => Value::Pair(i32::from(first), i32::from(second)),
        _ => Value::Row(Grid::of(1, cells.len(), cells), 0),
    }
}

fn kept_bytes(cells: &[u8], mut is_kept: impl FnMut(u8) -> bool) -> Value {
    bytes(&cells.iter().copied().filter(|cell| is_kept(*cell)).collect::<Vec<u8>>())
}

fn set_of_one(value: &Value) -> Value {
    match value {
        Value::Pair(row, column) => Value::indices(Indices::of_place(i64::from(*row), i64::from(*column))),
        Value::Cell(color, row, column) => Value::mono(*color, Indices::of_place(i64::from(*row), i64::from(*column))),
        _ => Value::set_in_order(vec![value.clone()]),
    }
}

/// Whether all rows and columns are numbers from 0 to 255.
fn is_in_bytes(places: &Indices) -> bool {
    places.top() >= 0 && places.left() >= 0 && places.bottom() <= 255 && places.right() <= 255
}

/// Whether an element of a container equals the value; false of what is no container.
pub fn holds(container: &Value, value: &Value) -> bool {
    match container {
        Value::Indices(places) => value.numbers().is_some_and(|(row, column)| places.contains(row, column)),
        Value::Mono(color, places) => cell_of(value)
            .is_some_and(|(other, row, column)| other == i64::from(*color) && places.contains(row, column)),
        Value::Multi(multi) => cell_of(value).is_some_and(|(color, row, column)| {
            let places = multi.places();
            places.contains(row, column) && i64::from(multi.colors()[places.rank(row, column)]) == color
        }),
        Value::Places(_) => value.numbers().is_some_and(|(row, column)| spreads::holds(container, None, row, column)),
        Value::Cells(_) => {
            cell_of(value).is_some_and(|(color, row, column)| spreads::holds(container, Some(color), row, column))
        }
        Value::Set(set) => set.items().binary_search_by(|item| canonical(item, value)).is_ok(),
        Value::Row(grid, row) => value
            .number()
            .is_some_and(|number| u8::try_from(number).is_ok_and(|color| grid.row(*row as usize).contains(&color))),
        Value::Grid(grid) => match value {
            Value::Row(other, row) => {
                let row = other.row(*row as usize);
                row.len() == grid.width() && grid.cells().chunks_exact(row.len()).any(|mine| mine == row)
            }
            _ => (0..grid.height()).any(|row| equal(&grid.row_value(row), value)),
        },
        Value::Tuple(tuple) => tuple.items().iter().any(|item| equal(item, value)),
        _ => container.items().is_ok_and(|mut items| items.any(|item| equal(&item, value))),
    }
}

/// Color, row and column of a value that can equal a cell of a compact object.
fn cell_of(value: &Value) -> Option<(i64, i64, i64)> {
    let (color, (row, column)) = match value {
        Value::Cell(color, row, column) => return Some(((*color).into(), (*row).into(), (*column).into())),
        Value::Tuple(tuple) => match tuple.items() {
            [color, place] => (color.number()?, place.numbers()?),
            _ => return None,
        },
        _ => return None,
    };
    Some((color, row, column))
}

/// All elements of all parts, in the kind of a container; sets enter a tuple in canonical order.
///
/// Fails when a part is no container, or the other is none.
pub fn merged(kind: &Value, parts: &[Value]) -> Res {
    if !kind.is_container() || !parts.iter().all(Value::is_container) {
        return Err(NO_CONTAINER);
    }
    let parts: Vec<&Value> = parts.iter().collect();
    if kind.is_tuple() {
        return Ok(joined(&parts));
    }
    Ok(match parts[..] {
        [part] if part.is_set() => part.clone(),
        _ => united(&parts).or_else(|| spreads::united(&parts)).unwrap_or_else(|| Value::set(all_items(&parts))),
    })
}

/// The set of all rows and columns of some places.
fn numbers_of(places: &Indices) -> Value {
    let columns = places.rows().iter().fold(0, |columns, row| columns | row);
    let rows = places.rows().iter().zip(places.top()..).filter(|(row, _)| **row != 0).map(|(_, number)| number);
    let columns = (0..SPAN).filter(|column| columns >> column & 1 == 1).map(|column| places.left() + column);
    let mut numbers: Vec<i64> = rows.chain(columns).collect();
    numbers.sort_unstable();
    numbers.dedup();
    Value::set_in_order(numbers.into_iter().map(Value::Int).collect())
}

/// All elements of these containers as a tuple.
pub fn joined(parts: &[&Value]) -> Value {
    let mut full = parts.iter().filter(|part| !part.is_empty());
    match (full.next(), full.next()) {
        (None, _) => return Value::empty_tuple(),
        (Some(tuple), None) if tuple.is_tuple() => return (*tuple).clone(),
        _ => {}
    }
    if let Some(row) = joined_rows(parts) {
        return row;
    }
    joined_grids(parts).unwrap_or_else(|| Value::tuple(all_items(parts)))
}

/// The elements of containers one after the other.
fn all_items(parts: &[&Value]) -> Vec<Value> {
    let mut items = Vec::with_capacity(parts.iter().map(|part| part.count()).sum());
    for part in parts {
        match part {
            Value::Tuple(_) | Value::Set(_) => items.extend_from_slice(part.slice().unwrap_or_default()),
            Value::Mono(color, places) => {
                items.extend(places.places().map(|(row, column)| Value::Cell(*color, row as i32, column as i32)));
            }
            Value::Multi(multi) => {
                let cells = multi.colors().iter().zip(multi.places().places());
                items.extend(cells.map(|(color, (row, column))| Value::Cell(*color, row as i32, column as i32)));
            }
            Value::Indices(places) => {
                items.extend(places.places().map(|(row, column)| Value::Pair(row as i32, column as i32)));
            }
            _ => items.extend(part.items().into_iter().flatten()),
        }
    }
    items
}

/// The cells of rows one after the other; None when a part is no tuple of bytes.
fn joined_rows(parts: &[&Value]) -> Option<Value> {
    if !matches!(parts.first()?, Value::Row(..) | Value::Pair(..)) {
        return None;
    }
    let mut cells = Vec::with_capacity(parts.iter().map(|part| part.count()).sum());
    for part in parts {
        match part {
            Value::Row(grid, row) => cells.extend_from_slice(grid.row(*row as usize)),
            Value::Pair(first, second) => cells.extend([u8::try_from(*first).ok()?, u8::try_from(*second).ok()?]),
            _ => return None,
        }
    }
    Some(bytes(&cells))
}

/// The rows of grids of one width one below the other; None when a part is none.
fn joined_grids(parts: &[&Value]) -> Option<Value> {
    let Value::Grid(first) = parts.first()? else {
        return None;
    };
    let mut cells = Vec::new();
    for part in parts {
        match part {
            Value::Grid(grid) if grid.width() == first.width() && cells.len() + grid.cells().len() <= MAX_SIZE => {
                cells.extend_from_slice(grid.cells());
            }
            _ => return None,
        }
    }
    Some(Value::Grid(Grid::of(cells.len() / first.width(), first.width(), &cells)))
}

/// Elements of either of two sets.
pub fn union(a: &Value, b: &Value) -> Value {
    if b.is_empty() {
        return a.clone();
    }
    if a.is_empty() {
        return b.clone();
    }
    united(&[a, b]).or_else(|| spreads::united(&[a, b])).unwrap_or_else(|| in_order(a, b, |_| true))
}

/// Elements of both of two sets.
pub fn meet(a: &Value, b: &Value) -> Value {
    if a.is_empty() || b.is_empty() {
        return Value::empty_set();
    }
    match (a, b) {
        (Value::Indices(a), Value::Indices(b)) => Value::indices(a.intersection(b)),
        (Value::Mono(color, a), Value::Mono(other, b)) => {
            Value::mono(*color, if color == other { a.intersection(b) } else { None })
        }
        _ => sifted_cells(a, b, true)
            .or_else(|| spreads::sifted(a, b, true))
            .unwrap_or_else(|| in_order(a, b, Ordering::is_eq)),
    }
}

/// Elements of a set that another lacks.
pub fn minus(a: &Value, b: &Value) -> Value {
    if a.is_empty() || b.is_empty() {
        return a.clone();
    }
    match (a, b) {
        (Value::Indices(a), Value::Indices(b)) => Value::indices(a.difference(b)),
        (Value::Mono(color, a), Value::Mono(other, b)) if color == other => Value::mono(*color, a.difference(b)),
        (Value::Mono(..), Value::Mono(..)) => a.clone(),
        _ => sifted_cells(a, b, false)
            .or_else(|| spreads::sifted(a, b, false))
            .unwrap_or_else(|| in_order(a, b, Ordering::is_lt)),
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
            let mut kept = Vec::new();
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

/// Walks two sets side by side: less is what only the first holds, equal both, greater the second. Keeps what is asked
/// for.
fn in_order(a: &Value, b: &Value, is_kept: impl Fn(Ordering) -> bool) -> Value {
    let (all_mine, all_theirs) = (elements(a), elements(b));
    let (mut mine, mut theirs) = (&*all_mine, &*all_theirs);
    let mut kept = Vec::with_capacity(if is_kept(Ordering::Greater) { mine.len() + theirs.len() } else { mine.len() });
    loop {
        let side = match (mine, theirs) {
            ([a, ..], [b, ..]) => canonical(a, b),
            ([_, ..], []) => Ordering::Less,
            ([], [_, ..]) if is_kept(Ordering::Greater) => Ordering::Greater,
            _ => return Value::set_in_order(kept),
        };
        if is_kept(side) {
            kept.push(if side.is_le() { mine[0].clone() } else { theirs[0].clone() });
        }
        mine = &mine[usize::from(side.is_le())..];
        theirs = &theirs[usize::from(side.is_ge())..];
    }
}

/// The elements of a container, as they stand in it where that can be.
pub fn elements(container: &Value) -> Cow<'_, [Value]> {
    match container.slice() {
        Some(items) => Cow::Borrowed(items),
        None => Cow::Owned(container.items().map(Iterator::collect).unwrap_or_default()),
    }
}

/// Those cells of a compact object that are, or are not, in another; None when one is no such object.
fn sifted_cells(a: &Value, b: &Value, is_shared: bool) -> Option<Value> {
    let (mine, theirs) = (a.window()?, b.window()?);
    let (colors, other_colors) = (colors_of(a)?, colors_of(b)?);
    let mut flags = Vec::with_capacity(mine.len());
    let (mut number, mut next_row) = (0, 0);
    for (row, &bits) in (mine.top()..).zip(mine.rows()) {
        // Of the other object, how many cells come before those of this row that are not left of the window.
        while theirs.top() + (next_row as i64) < row && next_row < theirs.height() {
            number += theirs.rows()[next_row].count_ones() as usize;
            next_row += 1;
        }
        let mut number = number + theirs.skipped(row, mine.left());
        let shared = theirs.bits(row, mine.left());
        let mut all = bits | shared;
        while all != 0 {
            let lowest = all & all.wrapping_neg();
            all ^= lowest;
            if bits & lowest != 0 {
                let has_both =
                    shared & lowest != 0 && color_at(colors, || flags.len()) == color_at(other_colors, || number);
                flags.push(has_both == is_shared);
            }
            number += usize::from(shared & lowest != 0);
        }
    }
    Some(flagged(a, mine, &flags))
}

/// The colors of a compact object, just one where all are the same; None of anything else.
fn colors_of(object: &Value) -> Option<&[u8]> {
    match object {
        Value::Mono(color, _) => Some(std::slice::from_ref(color)),
        Value::Multi(multi) => Some(multi.colors()),
        _ => None,
    }
}

/// The color of a cell by its place in canonical order.
#[inline]
fn color_at(colors: &[u8], place: impl FnOnce() -> usize) -> u8 {
    match colors {
        [color] => *color,
        _ => colors[place()],
    }
}

/// Those elements of a compact set, with its places, that have a flag.
fn flagged(set: &Value, places: &Indices, flags: &[bool]) -> Value {
    let mut rows = [0; SPAN as usize];
    let mut next = flags.iter();
    for (to, &bits) in rows.iter_mut().zip(places.rows()) {
        let mut bits = bits;
        while bits != 0 {
            let lowest = bits & bits.wrapping_neg();
            *to |= if next.next() == Some(&true) { lowest } else { 0 };
            bits ^= lowest;
        }
    }
    let Some(kept) = Indices::of_rows(places.top(), places.left(), &rows[..places.height()]) else {
        return Value::empty_set();
    };
    match set {
        Value::Mono(color, _) => Value::Mono(*color, kept),
        Value::Multi(multi) => {
            let colors = multi.colors().iter().zip(flags).filter(|(_, is_kept)| **is_kept);
            Value::object(kept, &colors.map(|(color, _)| *color).collect::<Vec<u8>>())
        }
        _ => Value::Indices(kept),
    }
}

/// All elements of these sets, when they are all indices, or all objects, or empty, and a window holds them together.
fn united(parts: &[&Value]) -> Option<Value> {
    let first = parts.iter().find(|part| !part.is_empty())?;
    let is_indices = matches!(first, Value::Indices(_));
    let mut window = None;
    let (mut color, mut is_mono) = (0, true);
    for part in parts.iter().filter(|part| !part.is_empty()) {
        match part {
            Value::Indices(_) if is_indices => {}
            Value::Mono(other, _) if !is_indices => {
                is_mono &= window.is_none() || *other == color;
                color = *other;
            }
            Value::Multi(_) if !is_indices => is_mono = false,
            _ => return None,
        }
        window = Some(around(window, part.window()?));
    }
    let (top, left, bottom, right) = window?;
    if !Indices::fits(top, left, bottom, right) {
        return None;
    }
    let mut rows = [0u64; SPAN as usize];
    for places in parts.iter().filter_map(|part| part.window()) {
        let (down, across) = ((places.top() - top) as usize, places.left() - left);
        for (mine, row) in rows[down..].iter_mut().zip(places.rows()) {
            *mine |= row << across;
        }
    }
    let places = Indices::of_rows(top, left, &rows[..(bottom - top + 1) as usize]);
    match (is_indices, is_mono) {
        (true, _) => Some(Value::indices(places)),
        (false, true) => Some(Value::mono(color, places)),
        _ => united_cells(parts, places?),
    }
}

/// The box around a box and a window: first row, first column, last row, last column.
fn around(outer: Option<(i64, i64, i64, i64)>, places: &Indices) -> (i64, i64, i64, i64) {
    let (top, left, bottom, right) = (places.top(), places.left(), places.bottom(), places.right());
    match outer {
        None => (top, left, bottom, right),
        Some(outer) => (outer.0.min(top), outer.1.min(left), outer.2.max(bottom), outer.3.max(right)),
    }
}

/// The object of all cells of these objects, whose places together are given; None when two colors share a place.
fn united_cells(parts: &[&Value], places: Indices) -> Option<Value> {
    let width = places.width();
    let overlaps = parts.iter().map(|part| part.count()).sum::<usize>() > places.len();
    let mut spread = vec![0u8; places.height() * width];
    let mut seen = [0u64; SPAN as usize];
    for part in parts {
        let (Some(window), Some(colors)) = (part.window(), colors_of(part)) else {
            continue;
        };
        for ((row, column), number) in window.places().zip(0..) {
            let (i, j) = ((row - places.top()) as usize, (column - places.left()) as usize);
            let (color, seat) = (color_at(colors, || number), &mut spread[i * width + j]);
            if overlaps {
                if seen[i] >> j & 1 == 1 && *seat != color {
                    return None;
                }
                seen[i] |= 1 << j;
            }
            *seat = color;
        }
    }
    Some(Value::object_of_seats(places, &spread))
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
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|&a, &b| canonical(&items[a], &items[b]));
    let mut groups: Vec<Group> = Vec::new();
    for index in order {
        match groups.last_mut() {
            Some(group) if equal(&items[group.first], &items[index]) => group.count += 1,
            _ => groups.push(Group { first: index, count: 1 }),
        }
    }
    groups
}
