//! Where a patch lies: its outermost rows and columns, corners, center, and whether it is a line.

use super::joining::bytes;
use super::layout::{self, is_object, places_of, rows_of};
use super::shapes::shape_of;
use super::work::floor_div;
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::Res;
use crate::memory::list;
use crate::value::weight::checked;
use crate::value::{Grid, Indices, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("center", 1, work::length, center),
    primitive("centerofmass", 1, work::length, centerofmass),
    primitive("corners", 1, work::length, corners),
    primitive("hline", 1, work::length, hline),
    primitive("leftmost", 1, work::length, outermost::<LEFT>),
    primitive("llcorner", 1, work::length, corner::<BOTTOM, LEFT>),
    primitive("lowermost", 1, work::length, outermost::<BOTTOM>),
    primitive("lrcorner", 1, work::length, lrcorner),
    primitive("rightmost", 1, work::length, outermost::<RIGHT>),
    primitive("ulcorner", 1, work::length, ulcorner),
    primitive("uppermost", 1, work::length, outermost::<TOP>),
    primitive("urcorner", 1, work::length, corner::<TOP, RIGHT>),
    primitive("vline", 1, work::length, vline),
];

const TOP: usize = 0;
const LEFT: usize = 1;
const BOTTOM: usize = 2;
const RIGHT: usize = 3;

fn outermost<const SIDE: usize>(_: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0].window() {
        Some(window) => Ok(Value::Int(side_of(window, SIDE))),
        None => bound(arguments[0], &places_of(arguments[0])?, SIDE),
    }
}

fn corner<const ROW: usize, const COLUMN: usize>(_: &mut Context, arguments: &[&Value]) -> Res {
    let patch = arguments[0];
    if let Some(window) = patch.window() {
        return Ok(Value::pair(side_of(window, ROW), side_of(window, COLUMN)));
    }
    if patch.length()? == 0 {
        return Ok(Value::empty_tuple());
    }
    let places = places_of(patch)?;
    Ok(Value::tuple(vec![bound(patch, &places, ROW)?, bound(patch, &places, COLUMN)?]))
}

pub(super) fn ulcorner(context: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0] {
        Value::Grid(grid) if grid.width() > 2 => Ok(by_column(grid, u8::min)),
        Value::Tuple(_) => match wide_rows(arguments[0]) {
            Some(rows) => Ok(best_of_columns(&rows, |new, best| new < best)),
            None => corner::<TOP, LEFT>(context, arguments),
        },
        _ => corner::<TOP, LEFT>(context, arguments),
    }
}

fn lrcorner(context: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0] {
        Value::Grid(grid) if grid.width() > 2 => Ok(by_column(grid, u8::max)),
        Value::Tuple(_) => match wide_rows(arguments[0]) {
            Some(rows) => Ok(best_of_columns(&rows, |new, best| new > best)),
            None => corner::<BOTTOM, RIGHT>(context, arguments),
        },
        _ => corner::<BOTTOM, RIGHT>(context, arguments),
    }
}

fn corners(_: &mut Context, arguments: &[&Value]) -> Res {
    let patch = arguments[0];
    if let Some(window) = patch.window() {
        let ends = 1 | 1 << (window.width() - 1);
        let mut rows = [0; 64];
        rows[0] = ends;
        rows[window.height() - 1] = ends;
        return Ok(Value::indices(Indices::of_rows(window.top(), window.left(), &rows[..window.height()])));
    }
    if patch.length()? == 0 {
        return Ok(Value::set(vec![Value::empty_tuple()]));
    }
    let places = places_of(patch)?;
    let mut found = list(4);
    for (row, column) in [(TOP, LEFT), (TOP, RIGHT), (BOTTOM, LEFT), (BOTTOM, RIGHT)] {
        found.push(Value::tuple(vec![bound(patch, &places, row)?, bound(patch, &places, column)?]));
    }
    Ok(Value::set(found))
}

fn center(_: &mut Context, arguments: &[&Value]) -> Res {
    let patch = arguments[0];
    let extent = layout::extent(patch)?;
    let (height, width) = shape_of(patch)?;
    let row = checked(i128::from(extent.top) + i128::from(height / 2))?;
    Ok(Value::pair(row, checked(i128::from(extent.left) + i128::from(width / 2))?))
}

fn centerofmass(_: &mut Context, arguments: &[&Value]) -> Res {
    let patch = arguments[0];
    if let Some(window) = patch.window() {
        let (rows, columns) = sums(window);
        let count = window.len() as i64;
        return Ok(Value::pair(window.top() + rows.div_euclid(count), window.left() + columns.div_euclid(count)));
    }
    match patch {
        Value::Grid(grid) if grid.width() > 2 => return Ok(means(grid)),
        _ if patch.length()? == 0 => return Ok(Value::empty_tuple()),
        _ => {}
    }
    let count = patch.count() as i128;
    if let Some(rows) = wide_rows(patch) {
        let sums = (0..narrowest(&rows))
            .map(|column| rows.iter().filter_map(|row| row[column].number()).map(i128::from).sum());
        let means: Res<Vec<Value>> = sums.map(|sum| Ok(Value::Int(checked(floor_div(sum, count))?))).collect();
        return Ok(Value::tuple(means?));
    }
    let mut places = places_of(patch)?;
    if is_object(patch)? {
        places.sort_unstable();
        places.dedup();
    }
    let rows = places.iter().map(|place| i128::from(place.0)).sum();
    let columns = places.iter().map(|place| i128::from(place.1)).sum();
    Ok(Value::pair(checked(floor_div(rows, count))?, checked(floor_div(columns, count))?))
}

fn vline(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::Bool(shape_of(arguments[0])? == (work::length(arguments), 1)))
}

fn hline(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::Bool(shape_of(arguments[0])? == (1, work::length(arguments))))
}

#[inline]
fn side_of(window: &Indices, side: usize) -> i64 {
    match side {
        TOP => window.top(),
        LEFT => window.left(),
        BOTTOM => window.bottom(),
        _ => window.right(),
    }
}

/// The outermost row or column of a patch with these places, as it stands there first: a bool stays one.
fn bound(patch: &Value, places: &[(i64, i64)], side: usize) -> Res {
    let is_column = side == LEFT || side == RIGHT;
    let number = |place: &(i64, i64)| if is_column { place.1 } else { place.0 };
    let mut best = 0;
    for (index, place) in places.iter().enumerate() {
        let (new, old) = (number(place), number(&places[best]));
        if if side == TOP || side == LEFT { new < old } else { new > old } {
            best = index;
        }
    }
    match patch.slice() {
        // Compact forms hold ints only.
        None => Ok(Value::Int(number(&places[best]))),
        Some(elements) => {
            let element = &elements[best];
            let place = if element.numbers().is_some() { element.clone() } else { element.at(1)? };
            place.at(usize::from(is_column))
        }
    }
}

/// The rows of a grid of more than two columns, ragged or not, that stands for a patch; None of anything else.
fn wide_rows(patch: &Value) -> Option<Vec<Vec<Value>>> {
    if !patch.is_tuple() || patch.is_empty() || !patch.items().ok()?.all(|row| row.is_tuple() && row.count() > 2) {
        return None;
    }
    let rows = rows_of(patch).ok()?;
    rows.iter().flatten().all(|cell| cell.number().is_some()).then_some(rows)
}

/// Length of the shortest row.
fn narrowest(rows: &[Vec<Value>]) -> usize {
    rows.iter().map(Vec::len).min().unwrap_or(0)
}

/// The best number of each column, the first of equal ones.
fn best_of_columns(rows: &[Vec<Value>], is_better: impl Fn(Option<i64>, Option<i64>) -> bool) -> Value {
    let better = |best, new: &Value| {
        if is_better(new.number(), Value::number(&best)) { new.clone() } else { best }
    };
    let best = |column: usize| rows.iter().fold(rows[0][column].clone(), |best, row| better(best, &row[column]));
    Value::tuple((0..narrowest(rows)).map(best).collect())
}

/// What a function makes of each column of a grid of bytes.
fn by_column(grid: &Grid, choose: impl Fn(u8, u8) -> u8) -> Value {
    let mut best = grid.row(0).to_vec();
    for row in grid.cells().chunks_exact(grid.width()) {
        for (best, cell) in best.iter_mut().zip(row) {
            *best = choose(*best, *cell);
        }
    }
    bytes(&best)
}

/// The mean of each column.
fn means(grid: &Grid) -> Value {
    let mut sums = vec![0u32; grid.width()];
    for row in grid.cells().chunks_exact(grid.width()) {
        for (sum, cell) in sums.iter_mut().zip(row) {
            *sum += u32::from(*cell);
        }
    }
    let means: Vec<u8> = sums.iter().map(|sum| (sum / grid.height() as u32) as u8).collect();
    bytes(&means)
}

/// The sums of rows and of columns, counted from the first ones.
fn sums(window: &Indices) -> (i64, i64) {
    let (mut rows, mut columns) = (0, 0);
    for (i, &row) in window.rows().iter().enumerate() {
        rows += i as i64 * i64::from(row.count_ones());
        let mut bits = row;
        while bits != 0 {
            columns += i64::from(bits.trailing_zeros());
            bits &= bits - 1;
        }
    }
    (rows, columns)
}
