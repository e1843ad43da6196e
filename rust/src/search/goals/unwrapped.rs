//! Goals one or two calls before the outputs: grids that become the outputs when they are turned, mirrored, enlarged,
//! doubled, or joined with another.
//!
//! What such a grid would have to be is worked out backward from the outputs, once. Then every grid that comes is looked
//! up by a key over the demo samples: the search need not make the calls to see that they lead to the end.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

use super::source::Source;
use super::steps::{Steps, int};
use crate::call::call_primitive;
use crate::context::{Context, Watch};
use crate::primitives::number_of;
use crate::search::answer::{Answer, Part};
use crate::search::form::MAX_SIDE;
use crate::search::key::{with_bytes, with_word};
use crate::value::{Grid, Value};

/// Most calls that are taken back one after the other.
const MOST_WRAPS: usize = 2;
/// More fuel than a turn of a grid of ARC takes.
const FUEL: i64 = 10_000;
/// Nothing ends what is done once, before a search begins.
static NEVER: AtomicBool = AtomicBool::new(false);
/// Most different grids that are looked for.
const MOST: usize = 400;

/// Calls that give the outputs from a grid that is looked for.
#[derive(Clone, Copy, Debug)]
enum Wrap {
    /// A turn or a mirror.
    Turned(&'static str),
    /// Enlarged by a factor.
    Scaled(&'static str, i64),
    /// Beside (`hconcat`) or above (`vconcat`) its mirror image; else behind it.
    Mirrored { join: &'static str, mirror: &'static str, is_first: bool },
    /// So often beside or above itself.
    Repeated(&'static str, usize),
}

/// What a grid that is looked for is good for.
#[derive(Clone)]
enum Use {
    /// These calls, the first one first, give the outputs.
    Wrapped(Vec<Wrap>),
    /// It is a part of the outputs, by the number of the way in which they are split.
    Part { split: usize, part: usize },
}

/// A way in which the outputs are made of parts, and those found so far with their costs.
struct Split {
    join: &'static str,
    parts: Vec<Option<(Source, u32)>>,
}

/// The grids that are looked for.
pub struct Unwrapped {
    uses: HashMap<u64, Vec<Use>>,
    splits: Vec<Split>,
    /// By height, a bit for each width that a grid looked for has on the first demo sample.
    shapes: [u32; MAX_SIDE + 1],
}

/// A key over grids: height, width and cells of each.
pub fn key_of<'a>(grids: impl Iterator<Item = (usize, usize, &'a [u8])>) -> u64 {
    grids.fold(0, |key, (height, width, cells)| with_bytes(with_word(key, (height << 32 | width) as u64), cells))
}

fn key_of_grids(grids: &[Grid]) -> u64 {
    key_of(grids.iter().map(|grid| (grid.height(), grid.width(), grid.cells())))
}

impl Unwrapped {
    /// What leads to these outputs, one for each demo sample.
    pub fn new(outputs: &[Grid]) -> Unwrapped {
        let mut found = Unwrapped { uses: HashMap::new(), splits: Vec::new(), shapes: [0; MAX_SIDE + 1] };
        let mut level: Vec<(Vec<Grid>, Vec<Wrap>)> = vec![(outputs.to_vec(), Vec::new())];
        let mut seen = vec![key_of_grids(outputs)];
        for _ in 0..MOST_WRAPS {
            let mut next = Vec::new();
            for (grids, wraps) in &level {
                for (wrap, inner) in taken_back(grids) {
                    let key = key_of_grids(&inner);
                    if seen.len() >= MOST || seen.contains(&key) {
                        continue;
                    }
                    seen.push(key);
                    let wraps: Vec<Wrap> = [wrap].into_iter().chain(wraps.iter().copied()).collect();
                    found.add(&inner, Use::Wrapped(wraps.clone()));
                    next.push((inner, wraps));
                }
            }
            level = next;
        }
        for (join, count) in [("hconcat", 2), ("vconcat", 2), ("hconcat", 3), ("vconcat", 3)] {
            if let Some(parts) = split(outputs, join == "hconcat", count) {
                for (part, grids) in parts.iter().enumerate() {
                    found.add(grids, Use::Part { split: found.splits.len(), part });
                }
                found.splits.push(Split { join, parts: vec![None; count] });
            }
        }
        found
    }

    fn add(&mut self, grids: &[Grid], purpose: Use) {
        if let Some(first) = grids.first().filter(|grid| grid.height() <= MAX_SIDE && grid.width() <= MAX_SIDE) {
            self.shapes[first.height()] |= 1 << first.width();
            self.uses.entry(key_of_grids(grids)).or_default().push(purpose);
        }
    }

    /// Whether a grid of this height and width on the first demo sample may be looked for.
    #[inline]
    pub fn wants(&self, height: usize, width: usize) -> bool {
        self.shapes.get(height).is_some_and(|widths| widths >> width & 1 == 1)
    }

    /// Looks up a grid by its key over the demo samples.
    pub fn offer(&mut self, key: u64, source: Source, cost: u32, found: &mut Vec<Answer>) {
        let Some(uses) = self.uses.get(&key) else { return };
        for purpose in uses {
            match purpose {
                Use::Wrapped(wraps) => {
                    let mut steps = Steps::default();
                    let inner = source.part(&mut steps);
                    let result = wraps.iter().fold(inner, |grid, wrap| wrap.written(&mut steps, grid));
                    found.push(steps.answer(result, cost, "wrapped"));
                }
                Use::Part { split, part } => {
                    let split = &mut self.splits[*split];
                    if split.parts[*part].is_none() {
                        split.parts[*part] = Some((source, cost));
                        found.extend(split.joined());
                    }
                }
            }
        }
    }
}

impl Split {
    /// The answer that joins the parts; None as long as one is missing.
    fn joined(&self) -> Option<Answer> {
        let parts: Option<Vec<(Source, u32)>> = self.parts.iter().copied().collect();
        let parts = parts?;
        let mut steps = Steps::default();
        let mut grids = Vec::with_capacity(parts.len());
        for (source, _) in &parts {
            grids.push(source.part(&mut steps));
        }
        let whole = grids.into_iter().reduce(|whole, part| steps.call(self.join, [whole, part]))?;
        Some(steps.answer(whole, parts.iter().map(|(_, cost)| cost).sum(), "joined"))
    }
}

impl Wrap {
    /// Writes the call.
    fn written(self, steps: &mut Steps, grid: Part) -> Part {
        match self {
            Wrap::Turned(name) => steps.call(name, [grid]),
            Wrap::Scaled(name, factor) => steps.call(name, [grid, int(factor)]),
            Wrap::Mirrored { join, mirror, is_first } => {
                let image = steps.call(mirror, [grid.clone()]);
                if is_first { steps.call(join, [grid, image]) } else { steps.call(join, [image, grid]) }
            }
            Wrap::Repeated(join, count) => {
                (1..count).fold(grid.clone(), |whole, _| steps.call(join, [whole, grid.clone()]))
            }
        }
    }
}

/// A grid of that size by its cells.
fn made(height: usize, width: usize, cell: impl Fn(usize, usize) -> u8) -> Grid {
    Grid::build(height, width, |cells| {
        for (row, cells) in cells.chunks_exact_mut(width).enumerate() {
            cells.iter_mut().enumerate().for_each(|(column, place)| *place = cell(row, column));
        }
    })
}

/// The grids turned or mirrored by a primitive.
fn turned(grids: &[Grid], name: &str) -> Option<Vec<Grid>> {
    let context = &mut Context::new(Watch::new(&NEVER));
    let call = |grid: &Grid| {
        context.fill(FUEL);
        match call_primitive(context, number_of(name)?, &[&Value::Grid(grid.clone())]) {
            Ok(Value::Grid(grid)) => Some(grid),
            _ => None,
        }
    };
    grids.iter().map(call).collect()
}

/// What gives these grids by one call, or by two that join it with its image: the call, and the grids before.
fn taken_back(grids: &[Grid]) -> Vec<(Wrap, Vec<Grid>)> {
    const TURNS: [(&str, &str); 7] = [
        ("rot90", "rot270"),
        ("rot180", "rot180"),
        ("rot270", "rot90"),
        ("hmirror", "hmirror"),
        ("vmirror", "vmirror"),
        ("dmirror", "dmirror"),
        ("cmirror", "cmirror"),
    ];
    let mut found: Vec<(Wrap, Vec<Grid>)> =
        TURNS.iter().filter_map(|(name, back)| Some((Wrap::Turned(name), turned(grids, back)?))).collect();
    for factor in 2..=6 {
        for (name, down, right) in [("upscale", factor, factor), ("vupscale", factor, 1), ("hupscale", 1, factor)] {
            if let Some(small) = grids.iter().map(|grid| shrunk(grid, down, right)).collect() {
                found.push((Wrap::Scaled(name, factor as i64), small));
            }
        }
    }
    for (join, mirror, is_beside) in [("hconcat", "vmirror", true), ("vconcat", "hmirror", false)] {
        for count in [2, 3] {
            let Some(parts) = split(grids, is_beside, count) else { continue };
            if parts.iter().all(|part| *part == parts[0]) {
                found.push((Wrap::Repeated(join, count), parts[0].clone()));
            }
            if count == 2 && turned(&parts[0], mirror).as_ref() == Some(&parts[1]) {
                found.push((Wrap::Mirrored { join, mirror, is_first: true }, parts[0].clone()));
                found.push((Wrap::Mirrored { join, mirror, is_first: false }, parts[1].clone()));
            }
        }
    }
    found
}

/// The grid that is this one when each cell becomes a block; None when there is none.
fn shrunk(grid: &Grid, down: usize, right: usize) -> Option<Grid> {
    let (height, width) = (grid.height() / down, grid.width() / right);
    if height * down != grid.height() || width * right != grid.width() {
        return None;
    }
    let small = made(height, width, |row, column| grid.cell(row * down, column * right));
    let is_same = (0..grid.height()).all(|row| {
        grid.row(row).iter().enumerate().all(|(column, cell)| *cell == small.cell(row / down, column / right))
    });
    is_same.then_some(small)
}

/// The grids, each cut into so many equal parts beside or above each other: by part, one for each sample.
fn split(grids: &[Grid], is_beside: bool, count: usize) -> Option<Vec<Vec<Grid>>> {
    let side = |grid: &Grid| if is_beside { grid.width() } else { grid.height() };
    if grids.iter().any(|grid| side(grid) % count != 0) {
        return None;
    }
    let part = |grid: &Grid, number: usize| {
        let step = side(grid) / count * number;
        match is_beside {
            true => made(grid.height(), grid.width() / count, |row, column| grid.cell(row, column + step)),
            false => made(grid.height() / count, grid.width(), |row, column| grid.cell(row + step, column)),
        }
    };
    Some((0..count).map(|number| grids.iter().map(|grid| part(grid, number)).collect()).collect())
}
