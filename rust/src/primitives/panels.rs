//! Panels: what full lines of one color cut a grid into, and grids put together the way another one is cut.
//!
//! The twin of `panels.py`.

use std::ops::Range;

use super::numbers::{Size, grid_of_bytes, grid_of_numbers, number_of, numbers_of};
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::list;
use crate::value::weight::bounded;
use crate::value::{Grid, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("joinpanels", 2, grid_and_members, joinpanels),
    primitive("panels", 1, work::cells, panels),
    primitive("setpanels", 2, grid_and_members, setpanels),
];

const NO_TUPLE: Fail = Fail::error("TypeError: parts are a tuple");
const OTHER_COUNT: Fail = Fail::error("DslError: a part for each panel is wanted");
const OTHER_SHAPE: Fail = Fail::error("DslError: a part has another shape than its panel");
const UNEVEN: Fail = Fail::error("DslError: parts of a row differ in height");
const UNEVEN_ROWS: Fail = Fail::error("DslError: rows of parts differ in width");

type Run = Range<usize>;

fn grid_and_members(arguments: &[&Value]) -> i64 {
    work::cells_of(arguments[0]) + work::members_of(arguments[1])
}

fn panels(context: &mut Context, arguments: &[&Value]) -> Res {
    let (size, cells) = numbers_of(context, arguments[0])?;
    let (across, down) = cutting(size, &cells);
    let width: usize = down.iter().map(|run| 1 + run.len()).sum();
    let parts: usize = across.iter().map(|band| down.len() + band.len() * width).sum();
    bounded(parts as i128)?;
    let mut found = list(across.len() * down.len());
    for band in &across {
        for run in &down {
            found.push(window(arguments[0], size, &cells, band, run));
        }
    }
    Ok(Value::tuple(found))
}

/// The cells of a grid within some rows and columns.
fn window(grid: &Value, size: Size, cells: &[i64], rows: &Run, columns: &Run) -> Value {
    let part = Size { height: rows.len(), width: columns.len() };
    let places = |row: usize| row * size.width + columns.start..row * size.width + columns.end;
    if let Value::Grid(grid) = grid
        && part.count() > 0
    {
        return Value::Grid(Grid::build(part.height, part.width, |cut| {
            for (cut, row) in cut.chunks_exact_mut(part.width).zip(rows.clone()) {
                cut.copy_from_slice(&grid.cells()[places(row)]);
            }
        }));
    }
    let numbers: Vec<i64> = rows.clone().flat_map(|row| cells[places(row)].iter().copied()).collect();
    grid_of_numbers(part, &numbers)
}

fn joinpanels(context: &mut Context, arguments: &[&Value]) -> Res {
    let (size, cells) = numbers_of(context, arguments[0])?;
    let (across, down) = cutting(size, &cells);
    let mut parts = list(across.len() * down.len());
    for part in parts_of(arguments[1], across.len() * down.len())? {
        parts.push(match part.is_tuple() {
            true => numbers_of(context, &part)?,
            false => (Size { height: 1, width: 1 }, vec![number_of(&part)?]),
        });
    }
    let lines: Vec<_> = parts.chunks_exact(down.len()).collect();
    if lines.iter().any(|line| line.iter().any(|(part, _)| part.height != line[0].0.height)) {
        return Err(UNEVEN);
    }
    let width_of = |line: &[(Size, Vec<i64>)]| line.iter().map(|(part, _)| part.width).sum::<usize>();
    let width = width_of(lines[0]);
    if lines.iter().any(|line| width_of(line) != width) {
        return Err(UNEVEN_ROWS);
    }
    let height: usize = lines.iter().map(|line| line[0].0.height).sum();
    bounded(height as i128 * (1 + width as i128))?;
    let mut numbers = list(height * width);
    for line in lines {
        for row in 0..line[0].0.height {
            line.iter().for_each(|(part, cells)| numbers.extend_from_slice(&cells[row * part.width..][..part.width]));
        }
    }
    Ok(grid_of_numbers(Size { height, width }, &numbers))
}

fn setpanels(context: &mut Context, arguments: &[&Value]) -> Res {
    let (size, mut cells) = numbers_of(context, arguments[0])?;
    let (across, down) = cutting(size, &cells);
    let parts: Vec<Value> = parts_of(arguments[1], across.len() * down.len())?.collect();
    let places = across.iter().flat_map(|band| down.iter().map(move |run| (band, run)));
    for (part, (band, run)) in parts.iter().zip(places) {
        if !part.is_tuple() {
            let number = number_of(part)?;
            band.clone().for_each(|row| cells[row * size.width..][run.clone()].fill(number));
            continue;
        }
        let (shape, numbers) = numbers_of(context, part)?;
        if shape != (Size { height: band.len(), width: run.len() }) {
            return Err(OTHER_SHAPE);
        }
        for (place, row) in band.clone().enumerate() {
            cells[row * size.width..][run.clone()].copy_from_slice(&numbers[place * run.len()..][..run.len()]);
        }
    }
    if size.count() > 0 && cells.iter().all(|cell| (0..=255).contains(cell)) {
        return Ok(grid_of_bytes(size, |bytes| {
            bytes.iter_mut().zip(&cells).for_each(|(byte, cell)| *byte = *cell as u8)
        }));
    }
    Ok(grid_of_numbers(size, &cells))
}

/// The parts, so many; fails on what is no tuple of them.
fn parts_of(parts: &Value, count: usize) -> Res<impl Iterator<Item = Value>> {
    if !parts.is_tuple() {
        return Err(NO_TUPLE);
    }
    if parts.count() != count {
        return Err(OTHER_COUNT);
    }
    parts.items()
}

/// The runs of rows and the runs of columns without a line; everything in one run where nothing is cut.
fn cutting(size: Size, cells: &[i64]) -> (Vec<Run>, Vec<Run>) {
    let alone = || (whole(size.height), whole(size.width));
    if size.count() == 0 {
        return alone();
    }
    let mut across = list(size.height);
    let mut down: Vec<Option<i64>> = cells[..size.width].iter().map(|cell| Some(*cell)).collect();
    for row in cells.chunks_exact(size.width) {
        across.push(Some(row[0]).filter(|first| row.iter().all(|cell| cell == first)));
        for (known, cell) in down.iter_mut().zip(row) {
            *known = known.filter(|known| known == cell);
        }
    }
    let mut colors: Vec<i64> = across.iter().chain(&down).flatten().copied().collect();
    colors.sort_unstable();
    colors.dedup();
    let often = |color: &i64| cells.iter().filter(|cell| *cell == color).count();
    let line = match colors[..] {
        [] => return alone(),
        [only] => only,
        _ => colors.into_iter().min_by_key(often).unwrap_or_default(),
    };
    let found = (runs(&across, line), runs(&down, line));
    if found.0.is_empty() || found.1.is_empty() { alone() } else { found }
}

/// One run of so many places.
fn whole(length: usize) -> Vec<Run> {
    std::iter::once(0..length).collect()
}

/// The runs of places where the color is another than that of the lines.
fn runs(colors: &[Option<i64>], line: i64) -> Vec<Run> {
    let mut found = Vec::new();
    let mut start = 0;
    for place in 0..=colors.len() {
        if colors.get(place).is_none_or(|color| *color == Some(line)) {
            if start < place {
                found.push(start..place);
            }
            start = place + 1;
        }
    }
    found
}
