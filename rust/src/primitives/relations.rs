//! How two patches, or a patch and a grid, lie to each other: shared lines, distance, direction.

use super::layout::{Extent, extent, lanes, places_of};
use super::patches::indices_of;
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::value::weight::checked;
use crate::value::{Indices, SPAN, Value, equal};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("adjacent", 2, work::lengths, adjacent),
    primitive("bordering", 2, work::length, bordering),
    primitive("gravitate", 2, walk_work, gravitate),
    primitive("hmatching", 2, work::lengths, hmatching),
    primitive("manhattan", 2, sweep, manhattan),
    primitive("nearest", 2, sweeps, nearest),
    primitive("position", 2, work::lengths, position),
    primitive("vmatching", 2, work::lengths, vmatching),
];

/// Steps that `gravitate` walks at most.
const STEPS: i64 = 42;

/// Pairs of cells, or what a sweep over both patches takes if that is less.
fn sweep(arguments: &[&Value]) -> i64 {
    let (mine, theirs) = (work::length_of(arguments[0]), work::length_of(arguments[1]));
    mine.saturating_mul(theirs).min(32 * (mine + theirs))
}

/// Walking through the objects, and a sweep over each of them.
fn sweeps(arguments: &[&Value]) -> i64 {
    let [object, objects] = *arguments else { unreachable!("the arity is checked") };
    let (mine, count, theirs) = (work::length_of(object), work::length_of(objects), work::members_of(objects));
    count + work::sorting_of(objects) + (mine * theirs).min(32 * (mine * count + theirs))
}

fn walk_work(arguments: &[&Value]) -> i64 {
    STEPS * work::length_of(arguments[0]) + 4 * work::length_of(arguments[1])
}

fn hmatching(_: &mut Context, arguments: &[&Value]) -> Res {
    let [a, b] = *arguments else { unreachable!("the arity is checked") };
    if let (Some(a), Some(b)) = (a.window(), b.window()) {
        let (top, bottom) = (a.top().max(b.top()), a.bottom().min(b.bottom()));
        return Ok(Value::Bool((top..=bottom).any(|row| row_of(a, row) != 0 && row_of(b, row) != 0)));
    }
    let (a, b) = (lanes_of(a)?, lanes_of(b)?);
    Ok(Value::Bool(have_common(&a.0, &b.0)))
}

fn vmatching(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::Bool(share_column(arguments[0], arguments[1])?))
}

fn share_column(a: &Value, b: &Value) -> Res<bool> {
    if let (Some(a), Some(b)) = (a.window(), b.window()) {
        return Ok(columns_meet(a, b));
    }
    let (a, b) = (lanes_of(a)?, lanes_of(b)?);
    Ok(have_common(&a.1, &b.1))
}

fn columns_meet(a: &Indices, b: &Indices) -> bool {
    let columns = |set: &Indices| set.rows().iter().fold(0, |all, row| all | row);
    columns(a) & placed(columns(b), b.left() - a.left()) != 0
}

/// The bits of a row of the window, from its first column on; the row lies in it.
#[inline]
fn row_of(window: &Indices, row: i64) -> u64 {
    window.rows()[(row - window.top()) as usize]
}

/// Bits whose first one stands so many columns to the right, or to the left.
#[inline]
fn placed(bits: u64, right: i64) -> u64 {
    match right {
        0..SPAN => bits << right,
        _ if right < 0 && right > -SPAN => bits >> -right,
        _ => 0,
    }
}

/// Distinct rows and columns, none of an empty patch.
fn lanes_of(patch: &Value) -> Res<(Vec<i64>, Vec<i64>)> {
    if patch.length()? == 0 { Ok((Vec::new(), Vec::new())) } else { lanes(patch) }
}

/// Whether two ascending lists share a number.
fn have_common(a: &[i64], b: &[i64]) -> bool {
    a.iter().any(|number| b.binary_search(number).is_ok())
}

/// The distinct locations of a patch, ascending; fails on an empty patch.
fn distinct(patch: &Value) -> Res<Vec<(i64, i64)>> {
    let mut places = places_of(patch)?;
    places.sort_unstable();
    places.dedup();
    Ok(places)
}

fn adjacent(context: &mut Context, arguments: &[&Value]) -> Res {
    let [a, b] = *arguments else { unreachable!("the arity is checked") };
    if let (Some(a), Some(b)) = (a.window(), b.window()) {
        return Ok(Value::Bool(Border::of(b).is_touched(a, 0, 0)));
    }
    let (mine, theirs) = (distinct(a)?, distinct(b)?);
    context.pulse(mine.len() + theirs.len())?;
    Ok(Value::Bool(touches(&mine, &theirs, (0, 0))))
}

/// Whether places moved by an offset lie beside others and on none of them.
fn touches(mine: &[(i64, i64)], theirs: &[(i64, i64)], (down, right): (i128, i128)) -> bool {
    let is_there = |row: i128, column: i128| match (i64::try_from(row), i64::try_from(column)) {
        (Ok(row), Ok(column)) => theirs.binary_search(&(row, column)).is_ok(),
        _ => false,
    };
    let mut is_beside = false;
    for &(row, column) in mine {
        let (row, column) = (i128::from(row) + down, i128::from(column) + right);
        if is_there(row, column) {
            return false;
        }
        is_beside = is_beside
            || is_there(row - 1, column)
            || is_there(row + 1, column)
            || is_there(row, column - 1)
            || is_there(row, column + 1);
    }
    is_beside
}

/// Indices with what lies beside them.
struct Border<'a> {
    places: &'a Indices,
}

impl Border<'_> {
    fn of(places: &Indices) -> Border<'_> {
        Border { places }
    }

    /// Whether others, moved by an offset, lie beside the places and on none of them.
    #[inline]
    fn is_touched(&self, others: &Indices, down: i64, right: i64) -> bool {
        let (there, top, left) = (self.places.rows(), others.top() + down, others.left() + right);
        let across = self.places.left() - left;
        let at = |index: i64| usize::try_from(index).ok().and_then(|index| there.get(index)).copied().unwrap_or(0);
        let shift = top - self.places.top();
        let first = (-1 - shift).max(0);
        let last = (there.len() as i64 - shift).min(others.height() as i64 - 1);
        let mut beside = 0;
        for i in first..=last {
            let mine = others.rows()[i as usize];
            let (above, same, below) = (at(i + shift - 1), at(i + shift), at(i + shift + 1));
            if mine & placed(same, across) != 0 {
                return false;
            }
            beside |= mine & (placed(above | below, across) | placed(same, across - 1) | placed(same, across + 1));
        }
        beside != 0
    }
}

fn manhattan(context: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::Int(distance(context, arguments[0], arguments[1])?))
}

/// The smallest distance of a location of one patch and one of the other.
fn distance(context: &mut Context, a: &Value, b: &Value) -> Res<i64> {
    if let (Some(a), Some(b)) = (a.window(), b.window())
        && a.right().max(b.right()) - a.left().min(b.left()) < SPAN
    {
        return Ok(gap(a, b));
    }
    let (mine, theirs) = (distinct(a)?, distinct(b)?);
    context.pulse(mine.len() + theirs.len())?;
    let nearest = nearest_above(context, &mine, &theirs)?.min(nearest_above(context, &theirs, &mine)?);
    checked(nearest)
}

fn nearest(context: &mut Context, arguments: &[&Value]) -> Res {
    let [object, objects] = *arguments else { unreachable!("the arity is checked") };
    let mut best: Option<(i64, Value)> = None;
    for other in objects.items()? {
        if equal(&other, object) {
            continue;
        }
        let distance = distance(context, object, &other)?;
        if best.as_ref().is_none_or(|(least, _)| distance < *least) {
            best = Some((distance, other));
        }
    }
    best.map(|(_, other)| other).ok_or(Fail::error("DslError: there is no other object"))
}

/// The smallest distance of two windows that lie within 64 columns.
fn gap(a: &Indices, b: &Indices) -> i64 {
    let left = a.left().min(b.left());
    let (mine, theirs) = (a.left() - left, b.left() - left);
    let aside = (b.left() - a.right()).max(a.left() - b.right()).max(0);
    let apart = (b.top() - a.bottom()).max(a.top() - b.bottom()).max(0);
    let mut best = i64::MAX;
    for down in apart.. {
        if down + aside >= best {
            break;
        }
        // Above and below; once in the same rows.
        for shift in [down, -down].into_iter().skip(usize::from(down == 0)) {
            let (first, last) = (a.top().max(b.top() - shift), a.bottom().min(b.bottom() - shift));
            for row in first..=last {
                let (x, y) = (row_of(a, row) << mine, row_of(b, row + shift) << theirs);
                if x != 0 && y != 0 {
                    best = best.min(down + nearest_bits(x, y, best - down));
                }
            }
        }
    }
    best
}

/// The smallest distance of a bit of one and a bit of the other, neither of them 0; or any number from `limit` on.
#[inline]
fn nearest_bits(x: u64, y: u64, limit: i64) -> i64 {
    let (first, last) = (i64::from(x.trailing_zeros()), 63 - i64::from(x.leading_zeros()));
    let (other_first, other_last) = (i64::from(y.trailing_zeros()), 63 - i64::from(y.leading_zeros()));
    if last < other_first {
        return other_first - last;
    }
    if other_last < first {
        return first - other_last;
    }
    let (mut steps, mut wide) = (0, y);
    while steps < limit && x & wide == 0 {
        wide |= wide << 1 | wide >> 1;
        steps += 1;
    }
    steps
}

/// Smallest distance of a place of `a` and one of `b` that lies in the same row or below; more than 64 bits hold when
/// there is none.
///
/// Goes down the rows and keeps, for the columns of `a`, the largest row + column seen left of a column and the largest
/// row - column seen right of it, in two Fenwick trees.
fn nearest_above(context: &mut Context, a: &[(i64, i64)], b: &[(i64, i64)]) -> Res<i128> {
    let mut columns: Vec<i64> = a.iter().map(|place| place.1).collect();
    columns.sort_unstable();
    columns.dedup();
    let size = columns.len();
    let (mut left, mut right) = (Peaks::new(size), Peaks::new(size));
    let mut best = 1 << 65;
    let mut above = a.iter().peekable();
    for &(row, column) in b {
        while let Some(&(i, j)) = above.next_if(|place| place.0 <= row) {
            let place = columns.partition_point(|known| *known < j);
            left.raise(place + 1, i128::from(i) + i128::from(j));
            right.raise(size - place, i128::from(i) - i128::from(j));
        }
        let (before, upto) = (columns.partition_point(|k| *k < column), columns.partition_point(|k| *k <= column));
        let (row, column) = (i128::from(row), i128::from(column));
        best = best.min(row + column - left.peak(upto)).min(row - column - right.peak(size - before));
        context.pulse(32)?;
    }
    Ok(best)
}

/// A Fenwick tree of largest values.
struct Peaks(Vec<i128>);

impl Peaks {
    fn new(size: usize) -> Peaks {
        Peaks(vec![-(1 << 66); size + 1])
    }

    /// The largest of the first `place` values.
    fn peak(&self, mut place: usize) -> i128 {
        let mut best = self.0[0];
        while place > 0 {
            best = best.max(self.0[place]);
            place &= place - 1;
        }
        best
    }

    /// Raises the value at `place`, from 1, to at least this.
    fn raise(&mut self, mut place: usize, value: i128) {
        while let Some(known) = self.0.get_mut(place) {
            *known = value.max(*known);
            place += place & place.wrapping_neg();
        }
    }
}

fn bordering(_: &mut Context, arguments: &[&Value]) -> Res {
    let [patch, grid] = *arguments else { unreachable!("the arity is checked") };
    let Extent { top, left, bottom, right } = extent(patch)?;
    let is_at_edge = top == 0
        || left == 0
        || i128::from(bottom) == grid.length()? as i128 - 1
        || i128::from(right) == grid.at(0)?.length()? as i128 - 1;
    Ok(Value::Bool(is_at_edge))
}

fn position(_: &mut Context, arguments: &[&Value]) -> Res {
    let (row, column) = center(&indices_of(arguments[0])?)?;
    let (other_row, other_column) = center(&indices_of(arguments[1])?)?;
    let down = if row < other_row { 1 } else { -1 };
    let right = if column < other_column { 1 } else { -1 };
    Ok(match (row == other_row, column == other_column) {
        (true, _) => Value::Pair(0, right),
        (false, true) => Value::Pair(down, 0),
        _ => Value::Pair(down, right),
    })
}

/// First row + height // 2 and first column + width // 2; a tuple is measured as a grid.
fn center(patch: &Value) -> Res<(i64, i64)> {
    let Extent { top, left, bottom, right } = extent(patch)?;
    let (height, width) = if patch.is_tuple() {
        (patch.length()? as i64, patch.at(0)?.length()? as i64)
    } else {
        let span = |first: i64, last: i64| checked(i128::from(last) - i128::from(first) + 1);
        (span(top, bottom)?, span(left, right)?)
    };
    let middle = |first: i64, size: i64| checked(i128::from(first) + i128::from(size / 2));
    Ok((middle(top, height)?, middle(left, width)?))
}

fn gravitate(context: &mut Context, arguments: &[&Value]) -> Res {
    let [source, destination] = *arguments else { unreachable!("the arity is checked") };
    let ((row, column), (other_row, other_column)) = (center(source)?, center(destination)?);
    let (down, right) = match share_column(source, destination)? {
        true => (if row < other_row { 1 } else { -1 }, 0),
        false => (0, if column < other_column { 1 } else { -1 }),
    };
    let steps = match (source.window(), destination.window()) {
        (Some(source), Some(destination)) => steps_to_border(source, destination, down, right),
        _ => {
            let (mine, theirs) = (distinct(source)?, distinct(destination)?);
            let mut steps = 0;
            while steps < STEPS && !touches(&mine, &theirs, ((steps * down).into(), (steps * right).into())) {
                steps += 1;
                context.pulse(4 * mine.len())?;
            }
            steps
        }
    };
    Ok(Value::pair(steps * down, steps * right))
}

/// Steps in a direction that bring the source beside the destination, at most [`STEPS`].
fn steps_to_border(source: &Indices, destination: &Indices, down: i64, right: i64) -> i64 {
    let border = Border::of(destination);
    // Before the boxes lie side by side, and after they have passed each other, nothing can touch.
    let (first, last) = match (down, right) {
        (1, _) => (destination.top() - source.bottom() - 1, destination.bottom() - source.top() + 1),
        (-1, _) => (source.top() - destination.bottom() - 1, source.bottom() - destination.top() + 1),
        (_, 1) => (destination.left() - source.right() - 1, destination.right() - source.left() + 1),
        _ => (source.left() - destination.right() - 1, source.right() - destination.left() + 1),
    };
    let mut tried = first.max(0)..=last.min(STEPS - 1);
    tried.find(|step| border.is_touched(source, step * down, step * right)).unwrap_or(STEPS)
}
