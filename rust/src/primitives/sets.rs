//! Sets as such: what holds what, unions, intersections and differences, by bits, by numbers or in canonical order.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::spreads;
use crate::memory::list;
use crate::value::{Indices, SPAN, Value, canonical, equal};

pub fn set_of_one(value: &Value) -> Value {
    match value {
        Value::Pair(row, column) => Value::indices(Indices::of_place(i64::from(*row), i64::from(*column))),
        Value::Cell(color, row, column) => Value::mono(*color, Indices::of_place(i64::from(*row), i64::from(*column))),
        _ => Value::set_in_order(vec![value.clone()]),
    }
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

/// Walks two sets side by side: less is what only the first holds, equal both, greater the second. Keeps what is asked
/// for.
fn in_order(a: &Value, b: &Value, is_kept: impl Fn(Ordering) -> bool) -> Value {
    let (all_mine, all_theirs) = (elements(a), elements(b));
    let (mut mine, mut theirs) = (&*all_mine, &*all_theirs);
    let mut kept = list(if is_kept(Ordering::Greater) { mine.len() + theirs.len() } else { mine.len() });
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
        None => Cow::Owned(container.listed().unwrap_or_default()),
    }
}

/// Those cells of a compact object that are, or are not, in another; None when one is no such object.
fn sifted_cells(a: &Value, b: &Value, is_shared: bool) -> Option<Value> {
    let (mine, theirs) = (a.window()?, b.window()?);
    let (colors, other_colors) = (colors_of(a)?, colors_of(b)?);
    let mut flags = list(mine.len());
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
pub fn flagged(set: &Value, places: &Indices, flags: &[bool]) -> Value {
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
pub fn united(parts: &[&Value]) -> Option<Value> {
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
