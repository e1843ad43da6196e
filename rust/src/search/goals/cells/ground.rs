//! Grounds: the grids that trees are about, and what else the enumeration came to that speaks of the same cells.

use super::scaled;
use crate::context::Context;
use crate::search::answer::Part;
use crate::search::goals::frame::source::Source;
use crate::search::goals::frame::task::TaskSamples;
use crate::search::goals::frame::workbench::{Node, Workbench};
use crate::value::{Grid, Value};

/// Grids that are kept because they came first, and because few of their cells are wrong.
const MOST_FIRST: usize = 10;
const MOST_BEST: usize = 20;

/// An expression: its number, its cost, and its value on each sample.
pub type Expression = (u32, u32, Vec<Value>);
/// Grids: where they come from, what that costs, and the grid of each sample.
type Seen = (Source, u32, Vec<Value>);
/// Expressions, the cheaper ones first.
pub type Expressions = Vec<Expression>;

/// What was seen of the enumeration.
#[derive(Default)]
pub struct Known {
    /// Grids that have the outputs' shapes on the demo samples, the first ones.
    first: Vec<Seen>,
    /// Those of the others with the fewest wrong cells, with the number of these; the best first.
    best: Vec<(usize, Seen)>,
    /// Objects and indices.
    pub patches: Expressions,
    /// Colors and other ints.
    pub colors: Expressions,
}

/// Grids of one shape on each sample.
pub struct Ground {
    /// The expressions about it.
    pub bench: Workbench,
    /// The grid that fields are made of.
    pub base: Node,
    /// All grids of the shapes, the base among them.
    pub grids: Vec<Node>,
    /// Patches, where they lie on the ground.
    pub patches: Vec<Node>,
    /// Colors that the enumeration came to, one for each sample.
    pub colors: Vec<Node>,
    /// The color of the background.
    pub background: Node,
    /// Height and width on each sample.
    pub shapes: Vec<(usize, usize)>,
    /// The colors of the base on the demo samples, ascending.
    pub base_colors: Vec<u8>,
}

impl Known {
    /// Takes up grids that have the outputs' shapes on the demo samples, so many cells being wrong.
    pub fn see_grids(&mut self, source: Source, cost: u32, wrong: usize, values: impl FnOnce() -> Vec<Value>) {
        if self.first.len() < MOST_FIRST {
            self.first.push((source, cost, values()));
        } else if self.best.len() < MOST_BEST || self.best.last().is_some_and(|(most, _)| wrong < *most) {
            let place = self.best.partition_point(|(other, _)| *other <= wrong);
            self.best.insert(place, (wrong, (source, cost, values())));
            self.best.truncate(MOST_BEST);
        }
    }

    fn grids(&self) -> impl Iterator<Item = &Seen> {
        self.first.iter().chain(self.best.iter().map(|(_, grids)| grids))
    }

    /// The grounds, one for each way in which shapes go on to the test samples, those of cheaper grids first.
    pub fn grounds(&self, context: &mut Context, task: &TaskSamples, most: usize) -> Vec<Ground> {
        let mut shapes: Vec<Vec<(usize, usize)>> = Vec::new();
        for (_, _, values) in self.grids() {
            let own = shapes_of(values);
            if !shapes.contains(&own) {
                shapes.push(own);
            }
        }
        shapes.extend(scaled::shapes(task).filter(|scaled| !shapes.contains(scaled)));
        let mut grounds = Vec::new();
        for shapes in shapes {
            for base in self.bases(&shapes) {
                grounds.extend(self.ground(context, task, &shapes, base, most));
            }
        }
        grounds
    }

    /// The places, among the grids of those shapes, of what fields are made of: the first, and the one with fewest cells wrong.
    fn bases(&self, shapes: &[(usize, usize)]) -> Vec<usize> {
        let fitting = |(_, _, values): &&Seen| shapes_of(values) == shapes;
        let first = self.first.iter().filter(fitting).count();
        let has_best = self.best.iter().any(|(_, grids)| fitting(&grids));
        if first > 0 && has_best { vec![0, first] } else { vec![0] }
    }

    fn ground(
        &self,
        context: &mut Context,
        task: &TaskSamples,
        shapes: &[(usize, usize)],
        base: usize,
        most: usize,
    ) -> Option<Ground> {
        let mut bench = Workbench::new(task.inputs.len());
        let scaled = scaled::grids(context, task, &mut bench, shapes);
        let fitting = self.grids().filter(|(_, _, values)| shapes_of(values) == shapes);
        let mut grids: Vec<Node> =
            fitting.map(|(source, cost, values)| bench.source(*source, values.clone(), *cost)).collect();
        grids.splice(0..0, scaled);
        let base = *grids.get(base)?;
        let is_input = task.inputs.iter().zip(shapes).all(|(input, shape)| (input.height(), input.width()) == *shape);
        let mut taken = |list: &Expressions, most: usize| -> Vec<Node> {
            let parts = list.iter().take(most);
            parts
                .map(|(entry, cost, values)| bench.part(Part::Entry(*entry), each(values, shapes.len()), *cost))
                .collect()
        };
        let patches = if is_input { taken(&self.patches, most) } else { Vec::new() };
        let colors = taken(&self.colors, most.min(12));
        let bases = (0..task.target.demos()).map(|sample| bench.value(base, sample));
        let mut base_colors: Vec<u8> =
            bases.filter_map(|value| grid_of(value)).flat_map(|grid| grid.cells()).copied().collect();
        base_colors.sort_unstable();
        base_colors.dedup();
        let background = background_of(context, &mut bench, base, shapes.len());
        Some(Ground { bench, base, grids, patches, colors, background, shapes: shapes.to_vec(), base_colors })
    }
}

/// A value for each sample, where one may stand for all.
fn each(values: &[Value], samples: usize) -> Vec<Value> {
    if values.len() == samples { values.to_vec() } else { vec![values[0].clone(); samples] }
}

fn shapes_of(values: &[Value]) -> Vec<(usize, usize)> {
    values.iter().map(|value| grid_of(value).map_or((0, 0), |grid| (grid.height(), grid.width()))).collect()
}

/// A value as a grid; None where it is none.
pub fn grid_of(value: &Value) -> Option<&Grid> {
    if let Value::Grid(grid) = value { Some(grid) } else { None }
}

/// The commonest color, where it is one on all samples; else 0.
fn background_of(context: &mut Context, bench: &mut Workbench, base: Node, samples: usize) -> Node {
    let common = |sample: usize| {
        let histogram = grid_of(bench.value(base, sample))?.histogram();
        (0..10u8).rev().max_by_key(|color| histogram[usize::from(*color)])
    };
    let first = common(0).unwrap_or(0);
    let is_same = (1..samples).all(|sample| common(sample) == Some(first));
    if is_same {
        return bench.int(i64::from(first));
    }
    // Black is the background where it occurs everywhere, else the commonest color of each.
    let has_black = |sample: usize| grid_of(bench.value(base, sample)).is_some_and(|grid| grid.histogram()[0] > 0);
    let is_black = (0..samples).all(has_black);
    match bench.call(context, "mostcolor", &[base]) {
        Some(color) if !is_black => color,
        _ => bench.int(0),
    }
}
