//! Enclosures: what a patch shuts in, as seen from the outside of its bounding box.

use super::layout::{Extent, extent};
use super::masks::full;
use super::numbers::places_in;
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::Res;
use crate::memory::list;
use crate::value::weight::{MAX_SIZE, bounded};
use crate::value::{Indices, SPAN, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[primitive("enclosed", 1, boxed, enclosed), primitive("holes", 1, boxed, holes)];

/// Locations of the box around a patch.
fn area(Extent { top, left, bottom, right }: Extent) -> i128 {
    let side = |first: i64, last: i64| (i128::from(last) - i128::from(first) + 1).min(1 << 62);
    side(top, bottom) * side(left, right)
}

/// Elements of a patch and locations of its bounding box.
fn boxed(arguments: &[&Value]) -> i64 {
    let count = work::length_of(arguments[0]);
    extent(arguments[0]).map_or(count, |extent| count + area(extent).min(MAX_SIZE as i128) as i64)
}

fn enclosed(context: &mut Context, arguments: &[&Value]) -> Res {
    if let Some(places) = arguments[0].window() {
        return Ok(Value::indices(Indices::of_rows(places.top(), places.left(), &shut_in(places)[..places.height()])));
    }
    let Some(region) = Region::enclosed(context, arguments[0])? else { return Ok(Value::empty_set()) };
    let place = |at: usize| (region.top + (at / region.width) as i64, region.left + (at % region.width) as i64);
    let places: Vec<(i64, i64)> = (0..region.cells.len()).filter(|at| region.cells[*at]).map(place).collect();
    Ok(Value::places(&places))
}

fn holes(context: &mut Context, arguments: &[&Value]) -> Res {
    if let Some(places) = arguments[0].window() {
        return Ok(Value::Int(count_regions(&mut shut_in(places))));
    }
    let Some(mut region) = Region::enclosed(context, arguments[0])? else { return Ok(Value::Int(0)) };
    let mut count = 0;
    for at in 0..region.cells.len() {
        count += i64::from(region.cells[at]);
        region.drain(at);
    }
    Ok(Value::Int(count))
}

/// The locations that indices shut in, as rows of bits in their window.
fn shut_in(places: &Indices) -> [u64; SPAN as usize] {
    let (height, all) = (places.height(), full(places.width()));
    let rim = 1 | 1 << (places.width() - 1);
    let mut free = [0; SPAN as usize];
    for (free, bits) in free.iter_mut().zip(places.rows()) {
        *free = all & !bits;
    }
    let mut found = list(SPAN as usize);
    for row in 0..height {
        drain_bits(&mut free, &mut found, row, if row == 0 || row == height - 1 { all } else { rim });
    }
    free
}

/// Takes some bits out of a row, and out of all rows what steps lead to from them. `found` is empty.
fn drain_bits(free: &mut [u64; SPAN as usize], found: &mut Vec<(usize, u64)>, row: usize, bits: u64) {
    found.push((row, bits));
    while let Some((row, bits)) = found.pop() {
        let mut bits = bits & free[row];
        if bits == 0 {
            continue;
        }
        loop {
            let wider = bits | (bits << 1 | bits >> 1) & free[row];
            if wider == bits {
                break;
            }
            bits = wider;
        }
        free[row] &= !bits;
        if row > 0 {
            found.push((row - 1, bits));
        }
        if row + 1 < free.len() {
            found.push((row + 1, bits));
        }
    }
}

/// The number of regions of bits, which are taken out one after the other.
fn count_regions(free: &mut [u64; SPAN as usize]) -> i64 {
    let (mut count, mut found) = (0, list(SPAN as usize));
    for row in 0..free.len() {
        while free[row] != 0 {
            let first = free[row] & free[row].wrapping_neg();
            drain_bits(free, &mut found, row, first);
            count += 1;
        }
    }
    count
}

/// Some of the locations of a box.
struct Region {
    top: i64,
    left: i64,
    width: usize,
    cells: Vec<bool>,
    /// Places from which steps are still to be taken.
    found: Vec<usize>,
}

impl Region {
    /// What a patch shuts in; None for an empty patch.
    fn enclosed(context: &mut Context, patch: &Value) -> Res<Option<Region>> {
        if patch.length()? == 0 {
            return Ok(None);
        }
        let around = extent(patch)?;
        let count = bounded(3 * area(around))? as usize / 3;
        context.pulse(count)?;
        let Extent { top, left, right, .. } = around;
        let width = (right - left + 1) as usize;
        let mut region = Region { top, left, width, cells: vec![true; count], found: Vec::new() };
        for (row, column) in places_in(patch)? {
            region.cells[(row - top) as usize * width + (column - left) as usize] = false;
        }
        for at in 0..count {
            if at < width || at + width >= count || at % width == 0 || at % width == width - 1 {
                region.drain(at);
            }
        }
        Ok(Some(region))
    }

    /// Takes out a place, if it is there, and all that steps lead to from it.
    fn drain(&mut self, place: usize) {
        self.take(Some(place));
        while let Some(at) = self.found.pop() {
            let column = at % self.width;
            self.take(at.checked_sub(self.width));
            self.take(Some(at + self.width));
            self.take((column > 0).then(|| at - 1));
            self.take((column + 1 < self.width).then_some(at + 1));
        }
    }

    fn take(&mut self, place: Option<usize>) {
        if let Some(at) = place
            && self.cells.get(at) == Some(&true)
        {
            self.cells[at] = false;
            self.found.push(at);
        }
    }
}

/// Adds to some bits of rows all that steps lead to over free ones.
pub(super) fn spread(free: &[u64], open: &mut [u64]) {
    let mut is_changed = true;
    while is_changed {
        is_changed = false;
        for count in 0..2 * open.len() {
            // Down through all rows, then up again.
            let row = if count < open.len() { count } else { 2 * open.len() - 1 - count };
            let above = if row > 0 { open[row - 1] } else { 0 };
            let below = open.get(row + 1).copied().unwrap_or(0);
            let mut bits = open[row] | (above | below) & free[row];
            loop {
                let wider = bits | (bits << 1 | bits >> 1) & free[row];
                if wider == bits {
                    break;
                }
                bits = wider;
            }
            is_changed |= bits != open[row];
            open[row] = bits;
        }
    }
}
