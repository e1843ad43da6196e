//! Colors of grids and objects: the most and the least common, how many, which.
//!
//! A grid is read cell by cell. Anything else is read as an object, the color being the first member of each pair; indices
//! pass too, with their rows for colors.

use std::cmp::Ordering;

use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::list;
use crate::value::{Indices, Value, canonical};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("color", 1, work::length, color),
    primitive("colorcount", 2, work::cells, colorcount),
    primitive("colorfilter", 2, work::cells, colorfilter),
    primitive("leastcolor", 1, work::cells, leastcolor),
    primitive("mostcolor", 1, work::cells, mostcolor),
    primitive("numcolors", 1, work::cells, numcolors),
    primitive("palette", 1, work::cells, palette),
];

const EMPTY: Fail = Fail::error("ValueError: nothing has no color");
const NOT_A_CELL: Fail = Fail::error("TypeError: an object is a set of cells");

/// Colors of ARC.
const USUAL: usize = 10;
/// Cells counted at a time, each in its own place.
const LANES: usize = 16;

/// How often each color occurs.
struct Counts {
    usual: [u32; USUAL],
    /// All colors, when there are others than the usual ones.
    all: Option<Box<[u32; 256]>>,
}

impl Counts {
    fn of(cells: &[u8]) -> Counts {
        let usual = counts_of_usual(cells);
        if usual.iter().sum::<u32>() as usize == cells.len() {
            return Counts { usual, all: None };
        }
        let mut all = Box::new([0; 256]);
        for cell in cells {
            all[usize::from(*cell)] += 1;
        }
        Counts { usual, all: Some(all) }
    }

    fn numbers(&self) -> &[u32] {
        self.all.as_ref().map_or(&self.usual[..], |all| &all[..])
    }

    /// The colors that occur, ascending, with how often.
    fn present(&self) -> impl Iterator<Item = (u8, u32)> + '_ {
        self.numbers().iter().enumerate().filter(|(_, count)| **count > 0).map(|(color, count)| (color as u8, *count))
    }

    fn most(&self) -> Option<u8> {
        self.present().reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(color, _)| color)
    }

    fn least(&self) -> Option<u8> {
        self.present().reduce(|best, next| if next.1 < best.1 { next } else { best }).map(|(color, _)| color)
    }
}

/// How often each of the usual colors occurs.
fn counts_of_usual(cells: &[u8]) -> [u32; USUAL] {
    let mut counts = [0; USUAL];
    let blocks = cells.chunks_exact(LANES);
    for cell in blocks.remainder() {
        if let Some(count) = counts.get_mut(usize::from(*cell)) {
            *count += 1;
        }
    }
    let mut blocks = blocks.peekable();
    while blocks.peek().is_some() {
        // A byte counts up to 255.
        let mut sums = [[0u8; LANES]; USUAL];
        for block in blocks.by_ref().take(255) {
            for (color, sums) in sums.iter_mut().enumerate() {
                for (sum, cell) in sums.iter_mut().zip(block) {
                    *sum += u8::from(*cell == color as u8);
                }
            }
        }
        for (count, sums) in counts.iter_mut().zip(&sums) {
            *count += sums.iter().map(|sum| u32::from(*sum)).sum::<u32>();
        }
    }
    counts
}

/// The most common of these colors, of several the smallest; None when there are none.
pub(super) fn most_common(cells: &[u8]) -> Option<u8> {
    Counts::of(cells).most()
}

fn mostcolor(context: &mut Context, arguments: &[&Value]) -> Res {
    most_color(context, arguments[0])
}

/// The most frequent color of a grid or an object, of several the smallest.
pub(super) fn most_color(context: &mut Context, element: &Value) -> Res {
    match element {
        Value::Grid(grid) => color_found(Counts::of(grid.cells()).most()),
        Value::Multi(multi) => color_found(Counts::of(multi.colors()).most()),
        _ => extreme(context, element, |count, best| count > best),
    }
}

fn leastcolor(context: &mut Context, arguments: &[&Value]) -> Res {
    match arguments[0] {
        Value::Grid(grid) => color_found(Counts::of(grid.cells()).least()),
        Value::Multi(multi) => color_found(Counts::of(multi.colors()).least()),
        element => extreme(context, element, |count, best| count < best),
    }
}

fn color_found(color: Option<u8>) -> Res {
    color.map(|color| Value::Int(i64::from(color))).ok_or(EMPTY)
}

/// The color that occurs more often, or less, than the others; of several the smallest.
fn extreme(context: &mut Context, element: &Value, is_better: fn(usize, usize) -> bool) -> Res {
    match element {
        Value::Mono(color, _) => return Ok(Value::Int(i64::from(*color))),
        Value::Indices(places) => return extreme_row(places, is_better),
        _ => {}
    }
    let mut colors = colors_of(element)?;
    context.pulse(colors.len())?;
    as_bytes(element, &mut colors);
    // Of equal colors the first seen stands for all: sorting keeps their order.
    colors.sort_by(canonical);
    let mut best: Option<(&Value, usize)> = None;
    for same in colors.chunk_by(|a, b| canonical(a, b) == Ordering::Equal) {
        if best.is_none_or(|(_, count)| is_better(same.len(), count)) {
            best = Some((&same[0], same.len()));
        }
    }
    best.map(|(color, _)| color.clone()).ok_or(EMPTY)
}

/// [`extreme`] of locations, whose rows stand for colors.
fn extreme_row(places: &Indices, is_better: fn(usize, usize) -> bool) -> Res {
    let mut best: Option<(usize, usize)> = None;
    for (row, bits) in places.rows().iter().enumerate().filter(|(_, bits)| **bits != 0) {
        let count = bits.count_ones() as usize;
        if best.is_none_or(|(_, most)| is_better(count, most)) {
            best = Some((row, count));
        }
    }
    best.map(|(row, _)| Value::Int(places.top() + row as i64)).ok_or(EMPTY)
}

/// Turns bools into ints when all colors are from 0 to 9: the python engine counts such colors as bytes.
fn as_bytes(element: &Value, colors: &mut [Value]) {
    let has_set_rows = element.is_tuple() && element.slice().is_some_and(|rows| rows.iter().any(|row| !row.is_tuple()));
    if !has_set_rows && colors.iter().all(|color| matches!(color.number(), Some(0..=9))) {
        for color in colors {
            if let Value::Bool(truth) = color {
                *color = Value::Int(i64::from(*truth));
            }
        }
    }
}

/// All colors, as often as they occur. Rows of a grid may be sets.
fn colors_of(element: &Value) -> Res<Vec<Value>> {
    let mut colors = Vec::new();
    for part in element.items()? {
        if element.is_tuple() {
            colors.extend(part.items()?);
        } else if part.is_tuple() && part.count() == 2 {
            colors.push(part.at(0)?);
        } else {
            return Err(NOT_A_CELL);
        }
    }
    Ok(colors)
}

fn colorcount(context: &mut Context, arguments: &[&Value]) -> Res {
    let [element, value] = *arguments else { unreachable!("the arity is checked") };
    let byte = value.number().and_then(|number| u8::try_from(number).ok());
    let count_of = |cells: &[u8]| byte.map_or(0, |byte| count_bytes(cells, byte));
    let count = match element {
        Value::Grid(grid) => count_of(grid.cells()),
        Value::Multi(multi) => count_of(multi.colors()),
        Value::Mono(color, places) => places.len() * count_of(&[*color]),
        _ => {
            if element.is_tuple() && !element.items()?.all(|row| row.is_tuple()) {
                return Err(Fail::error("AttributeError: a row of a grid is a tuple"));
            }
            let colors = colors_of(element)?;
            context.pulse(colors.len())?;
            colors.iter().filter(|color| *color == value).count()
        }
    };
    Ok(Value::from(count))
}

/// How many bytes are this one.
#[inline]
fn count_bytes(bytes: &[u8], byte: u8) -> usize {
    // In blocks short enough for a byte to count.
    bytes.chunks(255).map(|block| usize::from(block.iter().map(|cell| u8::from(*cell == byte)).sum::<u8>())).sum()
}

fn palette(context: &mut Context, arguments: &[&Value]) -> Res {
    let bytes = match arguments[0] {
        Value::Grid(grid) => grid.cells(),
        Value::Multi(multi) => multi.colors(),
        Value::Mono(color, _) => std::slice::from_ref(color),
        element => {
            let colors = colors_of(element)?;
            context.pulse(colors.len())?;
            return Ok(Value::set(colors));
        }
    };
    let counts = Counts::of(bytes);
    let mut colors = list(USUAL);
    colors.extend(counts.present().map(|(color, _)| Value::Int(i64::from(color))));
    Ok(Value::set_in_order(colors))
}

fn numcolors(context: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::from(match arguments[0] {
        Value::Grid(grid) => Counts::of(grid.cells()).present().count(),
        Value::Multi(multi) => Counts::of(multi.colors()).present().count(),
        Value::Mono(..) => 1,
        Value::Indices(places) => places.rows().iter().filter(|bits| **bits != 0).count(),
        _ => palette(context, arguments)?.count(),
    }))
}

fn color(_: &mut Context, arguments: &[&Value]) -> Res {
    color_of(arguments[0])
}

/// The color of the first cell: in canonical order in a set, as it stands in a tuple.
fn color_of(object: &Value) -> Res {
    match object {
        Value::Mono(color, _) => return Ok(Value::Int(i64::from(*color))),
        Value::Multi(multi) => return Ok(Value::Int(i64::from(multi.colors()[0]))),
        Value::Indices(places) => return Ok(Value::Int(places.top())),
        _ => {}
    }
    let mut cells = object.items()?;
    let first = cells.next().ok_or(EMPTY)?.at(0)?;
    if object.is_set() {
        for cell in cells {
            cell.at(0)?;
        }
    }
    Ok(first)
}

fn colorfilter(_: &mut Context, arguments: &[&Value]) -> Res {
    let [objects, value] = *arguments else { unreachable!("the arity is checked") };
    let mut found = Vec::new();
    if let Some(objects) = objects.slice() {
        for object in objects {
            if has_color(object, value)? {
                found.push(object.clone());
            }
        }
    } else {
        for object in objects.items()? {
            if has_color(&object, value)? {
                found.push(object);
            }
        }
    }
    if objects.is_set() && found.len() == objects.count() {
        return Ok(objects.clone());
    }
    Ok(if objects.is_set() { Value::set_in_order(found) } else { Value::set(found) })
}

/// Whether that is the color of the object's first cell.
#[inline]
fn has_color(object: &Value, value: &Value) -> Res<bool> {
    match (object, value) {
        (Value::Mono(color, _), Value::Int(value)) => Ok(i64::from(*color) == *value),
        _ => Ok(color_of(object)? == *value),
    }
}
