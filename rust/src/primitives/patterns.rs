//! Patterns: where an object occurs in a grid, and with which period it repeats itself.

use super::layout::{Extent, block, extent, is_object};
use super::masks::{FEW, MANY, Planes, full};
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::value::weight::{bounded, checked};
use crate::value::{Grid, Indices, Multi, SPAN, Value, canonical};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("hperiod", 1, period_work, hperiod),
    primitive("occurrences", 2, matching, occurrences),
    primitive("vperiod", 1, period_work, vperiod),
];

/// Each cell of the object is compared with 16 cells of the grid at once.
fn matching(arguments: &[&Value]) -> i64 {
    let cells = work::cells(arguments);
    cells + work::length_of(arguments[1]) * (1 + cells / 16)
}

fn period_work(arguments: &[&Value]) -> i64 {
    work::length_of(arguments[0]) * work::length_of(arguments[0])
}

fn occurrences(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, object] = *arguments else { unreachable!("the arity is checked") };
    if let (Value::Grid(grid), Value::Mono(..) | Value::Multi(_)) = (grid, object) {
        let found = match grid.cells().len() {
            ..=1024 => occurrences_of::<FEW>(grid, object),
            _ => occurrences_of::<MANY>(grid, object),
        };
        if let Some(found) = found {
            return Ok(found);
        }
    }
    occurrences_of_any(context, grid, object)
}

/// Occurrences of a compact object in a grid that has planes; None in any other.
fn occurrences_of<const WORDS: usize>(grid: &Grid, object: &Value) -> Option<Value> {
    let (one, places, colors) = match object {
        Value::Mono(color, places) => (*color, places, &[][..]),
        Value::Multi(multi) => (0, multi.places(), multi.colors()),
        _ => return None,
    };
    let (height, width) = (places.height(), places.width());
    if height > grid.height() || width > grid.width() {
        return Some(Value::empty_set());
    }
    let mut planes = Planes::<WORDS>::new(grid)?;
    planes.read(grid)?;
    let mut found = [0; SPAN as usize];
    let found = &mut found[..=grid.height() - height];
    found.fill(full(grid.width() - width + 1));
    if colors.is_empty() {
        let cells = places.rows().iter().enumerate().flat_map(|(i, bits)| ones(*bits).map(move |j| (i, j)));
        narrow(&planes, one, cells, found);
        return Some(Value::indices(Indices::of_rows(0, 0, found)));
    }
    let mut left = colors;
    let mut seen = [false; 256];
    while let Some((&color, rest)) = left.split_first() {
        left = rest;
        if std::mem::replace(&mut seen[usize::from(color)], true) {
            continue;
        }
        let own = colors.iter().zip(places.places()).filter(|(other, _)| **other == color);
        let cells = own.map(|(_, (i, j))| ((i - places.top()) as usize, (j - places.left()) as u32));
        if !narrow(&planes, color, cells, found) {
            return Some(Value::empty_set());
        }
    }
    Some(Value::indices(Indices::of_rows(0, 0, found)))
}

/// Numbers of the bits that are set.
fn ones(mut bits: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let first = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(first)
    })
}

/// Keeps those of the places found from which on all these cells have the color; whether there are any.
fn narrow<const WORDS: usize>(
    planes: &Planes<WORDS>,
    color: u8,
    cells: impl Iterator<Item = (usize, u32)>,
    found: &mut [u64],
) -> bool {
    let flat = planes.flat(color);
    let mut rows = [0; SPAN as usize];
    for (to, row) in rows.iter_mut().zip(planes.rows(&flat)) {
        *to = row;
    }
    for (i, j) in cells {
        let mut any = 0;
        for (found, row) in found.iter_mut().zip(&rows[i..]) {
            *found &= row >> j;
            any |= *found;
        }
        if any == 0 {
            return false;
        }
    }
    true
}

fn occurrences_of_any(context: &mut Context, grid: &Value, object: &Value) -> Res {
    let (height, width) = (grid.length()? as i64, grid.at(0)?.length()? as i64);
    if object.length()? == 0 {
        return block(Extent { top: 0, left: 0, bottom: height, right: width });
    }
    let Extent { top, left, bottom, right } = extent(object)?;
    let (box_height, box_width) = match object.is_tuple() {
        true => (object.length()? as i128, object.at(0)?.length()? as i128),
        false => (span(top, bottom)?.into(), span(left, right)?.into()),
    };
    let rows = i128::from(height) - box_height.max(i128::from(bottom) - i128::from(top) + 1) + 1;
    let columns = i128::from(width) - box_width.max(i128::from(right) - i128::from(left) + 1) + 1;
    if rows <= 0 || columns <= 0 {
        return Ok(Value::empty_set());
    }
    if !is_object(object)? {
        return Err(Fail::error("TypeError: indices have no colors"));
    }
    let mut cells = colored(object)?;
    cells.sort_by(|a, b| canonical(&a.0, &b.0));
    let width = width as usize;
    let flat = flat_cells(grid, width)?;
    let mut found = vec![0; flat.len().div_ceil(64)];
    for row in 0..rows as usize {
        set_bits(&mut found, row * width, columns as usize);
    }
    let colors: Vec<&[(Value, i64, i64)]> = cells.chunk_by(|a, b| a.0 == b.0).collect();
    let known = places_by_color(&flat, &colors);
    context.pulse(flat.len())?;
    for (own, places) in colors.iter().zip(known) {
        let mut mask = vec![0; found.len()];
        for place in places {
            mask[place / 64] |= 1 << (place % 64);
        }
        for (_, row, column) in *own {
            keep_shifted(&mut found, &mask, (row - top) as usize * width + (column - left) as usize);
            context.pulse(mask.len())?;
        }
    }
    let count: u32 = found.iter().map(|word| word.count_ones()).sum();
    bounded(3 * i128::from(count))?;
    let places = (0..).zip(&found).flat_map(|(word, bits)| ones(*bits).map(move |bit| word * 64 + bit as usize));
    let places: Vec<(i64, i64)> = places.map(|place| ((place / width) as i64, (place % width) as i64)).collect();
    Ok(Value::places(&places))
}

/// Rows or columns from one to another, both included.
fn span(first: i64, last: i64) -> Res<i64> {
    checked(i128::from(last) - i128::from(first) + 1)
}

/// Color, row and column of each cell of an object whose extent is known.
fn colored(object: &Value) -> Res<Vec<(Value, i64, i64)>> {
    let cells = object.items()?.map(|cell| {
        let (row, column) = super::layout::pair(&cell.at(1)?)?;
        Ok((cell.at(0)?, row, column))
    });
    cells.collect()
}

/// The cells of the grid row by row, each row cut to the width.
fn flat_cells(grid: &Value, width: usize) -> Res<Vec<Value>> {
    let mut cells = Vec::new();
    for row in grid.items()? {
        if !row.is_tuple() || row.count() < width {
            return Err(Fail::error("IndexError: a row is shorter than the first"));
        }
        cells.extend(row.items()?.take(width));
    }
    Ok(cells)
}

/// For each color of an object, in canonical order, where it stands among the cells.
fn places_by_color(flat: &[Value], colors: &[&[(Value, i64, i64)]]) -> Vec<Vec<usize>> {
    let mut places = vec![Vec::new(); colors.len()];
    for (place, cell) in flat.iter().enumerate() {
        if let Ok(number) = colors.binary_search_by(|own| canonical(&own[0].0, cell)) {
            places[number].push(place);
        }
    }
    places
}

/// Sets so many bits from one on.
fn set_bits(words: &mut [u64], first: usize, count: usize) {
    let (mut at, end) = (first, first + count);
    while at < end {
        let step = (64 - at % 64).min(end - at);
        words[at / 64] |= full(step) << (at % 64);
        at += step;
    }
}

/// Keeps those bits that are also set in the mask, so many bits further on.
fn keep_shifted(words: &mut [u64], mask: &[u64], distance: usize) {
    let (skipped, bit) = (distance / 64, distance % 64);
    let at = |index: usize| mask.get(index).copied().unwrap_or(0);
    for (i, word) in words.iter_mut().enumerate() {
        if *word != 0 {
            *word &= at(i + skipped) >> bit | at(i + skipped + 1) << 1 << (63 - bit);
        }
    }
}

fn hperiod(context: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0] {
        Value::Mono(_, places) => Ok(Value::Int(period_across(places.rows(), places.width()))),
        Value::Multi(multi) => Ok(Value::Int(period_across(&layers(multi), multi.places().width()))),
        object => period_of_any(context, object, false),
    }
}

fn vperiod(context: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0] {
        Value::Mono(_, places) => Ok(Value::Int(period_down(places.rows(), places.height()))),
        Value::Multi(multi) => Ok(Value::Int(period_down(&layers(multi), multi.places().height()))),
        object => period_of_any(context, object, true),
    }
}

/// The rows of the cells of each color, one color after the other.
fn layers(multi: &Multi) -> Vec<u64> {
    let (places, mut layers) = (multi.places(), Vec::new());
    let mut starts = [usize::MAX; 256];
    for (color, (row, column)) in multi.colors().iter().zip(places.places()) {
        let start = &mut starts[usize::from(*color)];
        if *start == usize::MAX {
            *start = layers.len();
            layers.resize(layers.len() + places.height(), 0);
        }
        layers[*start + (row - places.top()) as usize] |= 1 << (column - places.left());
    }
    layers
}

/// The first period by which all rows repeat themselves, the width when there is none.
fn period_across(rows: &[u64], width: usize) -> i64 {
    let repeats = |period: &usize| rows.iter().all(|row| row >> period & !row == 0);
    (1..width).find(repeats).unwrap_or(width) as i64
}

/// The first period by which all columns of all layers of that height repeat themselves, the height when there is none.
fn period_down(layers: &[u64], height: usize) -> i64 {
    let repeats = |period: &usize| {
        layers.chunks_exact(height).all(|rows| rows.iter().zip(&rows[*period..]).all(|(row, moved)| moved & !row == 0))
    };
    (1..height).find(repeats).unwrap_or(height) as i64
}

/// The period of any object, downwards or across.
fn period_of_any(context: &mut Context, object: &Value, is_down: bool) -> Res {
    if object.length()? == 0 {
        return Ok(Value::Int(0));
    }
    let extent = extent(object)?;
    let (first, last) = if is_down { (extent.top, extent.bottom) } else { (extent.left, extent.right) };
    if !is_object(object)? {
        return if first == last { Ok(Value::Int(1)) } else { Err(Fail::error("TypeError: indices have no period")) };
    }
    let size = span(first, last)?;
    let mut cells = colored(object)?;
    for (_, row, column) in &mut cells {
        (*row, *column) = if is_down { (*column, *row - first) } else { (*row, *column - first) };
    }
    cells.sort_by(|a, b| canonical(&a.0, &b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    cells.dedup_by(|a, b| a.1 == b.1 && a.2 == b.2 && a.0 == b.0);
    let lines: Vec<Vec<i64>> =
        cells.chunk_by(|a, b| a.1 == b.1 && a.0 == b.0).map(|line| line.iter().map(|cell| cell.2).collect()).collect();
    Ok(Value::Int(period_of_lines(context, &lines, size)?))
}

/// The first period by which all lines, ascending each, repeat themselves, their extent when there is none.
///
/// The last cell of a line that reaches the far end is moved onto another cell of that line by every such period, so
/// only those distances are tried.
fn period_of_lines(context: &mut Context, lines: &[Vec<i64>], size: i64) -> Res<i64> {
    let far = lines.iter().find(|line| line.last() == Some(&(size - 1)));
    for place in far.into_iter().flatten().rev().filter(|place| **place != size - 1) {
        let period = size - 1 - place;
        let mut repeats = true;
        for line in lines {
            context.pulse(line.len())?;
            repeats = repeats && repeats_itself(line, period);
            if !repeats {
                break;
            }
        }
        if repeats {
            return Ok(period);
        }
    }
    Ok(size)
}

/// Whether the places moved back by the period, those before 0 left out, are all among them.
fn repeats_itself(line: &[i64], period: i64) -> bool {
    let mut known = line.iter();
    line.iter().skip_while(|place| **place < period).all(|place| known.any(|other| *other == place - period))
}
