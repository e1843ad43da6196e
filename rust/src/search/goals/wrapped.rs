//! Goal `wrapped`: a grid that is the output once it is turned, mirrored, enlarged or doubled. The last steps are those
//! calls, one or two.
//!
//! Example: the output is a turned part of the input, each cell doubled; the expression is that part.
//!
//! What such a grid has to be is worked out backward from the outputs, once. Then every grid that comes is looked up by a
//! key over the demo samples: the search need not make the calls to see that they lead to the end.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

use super::frame::goal::Goal;
use super::frame::sample_grids::{SampleGrids, key_of};
use super::frame::shapes::Shapes;
use super::frame::splitting::{made, split};
use super::frame::steps::{Proposal, Steps, int};
use super::frame::task::TaskSamples;
use crate::call::call_primitive;
use crate::context::{Context, Watch};
use crate::primitives::number_of;
use crate::search::answer::Part;
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

/// The grids that are looked for.
struct Wrapped {
    /// By the key of the grids on the demo samples: the calls that give the outputs, the first one first.
    uses: HashMap<u64, Vec<Vec<Wrap>>>,
    shapes: Shapes,
}

/// The goal.
pub fn goal(task: &TaskSamples) -> Box<dyn Goal> {
    Box::new(Wrapped::new(task.target.outputs()))
}

impl Goal for Wrapped {
    fn name(&self) -> &'static str {
        "wrapped"
    }

    fn shapes(&self) -> Shapes {
        self.shapes.clone()
    }

    fn see_grids(&mut self, _: &TaskSamples, grids: &SampleGrids<'_>, proposals: &mut Vec<Proposal>) {
        if !self.shapes.have(grids.first_shape()) {
            return;
        }
        for wraps in self.uses.get(&grids.key()).into_iter().flatten() {
            let mut steps = Steps::default();
            let inner = grids.source.part(&mut steps);
            let result = wraps.iter().fold(inner, |grid, wrap| wrap.written(&mut steps, grid));
            proposals.push(steps.proposal(result, grids.cost));
        }
    }
}

impl Wrapped {
    /// What leads to these outputs, one for each demo sample.
    fn new(outputs: &[Grid]) -> Wrapped {
        let mut found = Wrapped { uses: HashMap::new(), shapes: Shapes::default() };
        let mut level: Vec<(Vec<Grid>, Vec<Wrap>)> = vec![(outputs.to_vec(), Vec::new())];
        let mut seen = vec![key_of(outputs)];
        for _ in 0..MOST_WRAPS {
            let mut next = Vec::new();
            for (grids, wraps) in &level {
                for (wrap, inner) in taken_back(grids) {
                    let key = key_of(&inner);
                    if seen.len() >= MOST || seen.contains(&key) {
                        continue;
                    }
                    seen.push(key);
                    let wraps: Vec<Wrap> = [wrap].into_iter().chain(wraps.iter().copied()).collect();
                    if inner.first().is_some_and(|first| found.shapes.add(first)) {
                        found.uses.entry(key).or_default().push(wraps.clone());
                    }
                    next.push((inner, wraps));
                }
            }
            level = next;
        }
        found
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
