//! Goals: the last steps from what was enumerated to the outputs of the demo samples.
//!
//! Every new grid, patch or container is looked at once, when it comes; what takes several of them is looked for when a
//! level of cost is done. An answer is right on all demo samples; how likely it is right on the test, its cost says.
//! The answers depend on the order in which expressions come and on nothing else.

mod chosen;
mod drawn;
mod elements;
mod layers;
mod pieces;
mod properties;
mod recolored;
mod recoloring;
mod source;
mod steps;
mod tables;
mod target;
mod unwrapped;

use std::collections::HashMap;

use crate::context::Context;
use crate::search::answer::Answer;
use crate::search::grids::Values;
use crate::value::{Grid, Value};
use drawn::Drawn;
use elements::Elements;
use pieces::Pieces;
use source::{CUT_COST, Source, box_of, cuts_of};
use steps::Steps;
use tables::Tables;
use target::{Target, grids_of};
use unwrapped::{Unwrapped, key_of};

/// Most answers of one goal: where it is met easily, what is met next tells more than another of its kind. Exact ones are
/// not counted.
const MOST_OF_A_GOAL: u32 = 24;

/// The goals of one task.
pub struct Goals {
    target: Target,
    inputs: Vec<Grid>,
    unwrapped: Unwrapped,
    tables: Tables,
    pieces: Pieces,
    /// Pieces that were there when layers were looked for last.
    laid: usize,
    elements: Option<Elements>,
    /// How many answers there were, by goal.
    met: HashMap<&'static str, u32>,
    /// Whether each output has the shape of its input.
    keeps_shapes: bool,
}

impl Goals {
    /// The goals of a task: its demo outputs, and the inputs of all its samples, demo samples first.
    pub fn new(outputs: Vec<Grid>, inputs: Vec<Grid>) -> Goals {
        let keeps_shapes = outputs.iter().zip(&inputs).all(|(output, input)| is_alike(output, input));
        let unwrapped = Unwrapped::new(&outputs);
        let target = Target::new(outputs);
        let (tables, pieces) = (Tables::default(), Pieces::default());
        Goals { target, inputs, unwrapped, tables, pieces, laid: 0, elements: None, met: HashMap::new(), keeps_shapes }
    }

    /// Looks at a new expression of a kind that is offered, by its values.
    pub fn offer(&mut self, context: &mut Context, entry: u32, cost: u32, values: Values<'_>, found: &mut Vec<Answer>) {
        let before = found.len();
        self.look(context, entry, cost, values, found);
        if found.len() > before {
            self.thin_out(before, found);
        }
    }

    /// Drops the answers from a place on whose goal was met often enough.
    fn thin_out(&mut self, before: usize, found: &mut Vec<Answer>) {
        let fresh = found.split_off(before);
        found.extend(fresh.into_iter().filter(|answer| {
            let met = self.met.entry(answer.goal).or_default();
            *met += 1;
            *met <= MOST_OF_A_GOAL || answer.goal == "exact"
        }));
    }

    fn look(&mut self, context: &mut Context, entry: u32, cost: u32, values: Values<'_>, found: &mut Vec<Answer>) {
        match values {
            Values::Grids(packed) => {
                let source = Source::Entry(entry);
                let outputs = self.target.outputs();
                if outputs.iter().zip(packed.iter()).all(|(a, b)| a.height() == b.height && a.width() == b.width) {
                    self.offer_grid(source, cost, &Drawn::packed(packed, self.target.demos()), found);
                }
                let first = packed.get(0);
                if self.unwrapped.wants(first.height, first.width) {
                    let demos = packed.iter().take(self.target.demos());
                    let key = key_of(demos.map(|cells| (cells.height, cells.width, cells.cells())));
                    self.unwrapped.offer(key, source, cost, found);
                }
            }
            Values::Plain([one], samples) if samples > 1 => {
                self.offer_plain(context, entry, cost, &vec![one.clone(); samples], found);
            }
            Values::Plain(values, _) => self.offer_plain(context, entry, cost, values, found),
        }
    }

    fn offer_plain(&mut self, context: &mut Context, entry: u32, cost: u32, values: &[Value], found: &mut Vec<Answer>) {
        match values.first() {
            Some(Value::Grid(_)) => {
                if let Some(grids) = grids_of(values) {
                    self.offer_copies(Source::Entry(entry), cost, &grids, found);
                }
            }
            Some(Value::Set(set)) if !set.is_empty() => self.offer_elements(context, entry, cost, values, found),
            Some(Value::Tuple(_)) => self.offer_elements(context, entry, cost, values, found),
            Some(patch) => {
                // Where outputs have other shapes than inputs, locations mean other things.
                if self.keeps_shapes {
                    self.pieces.offer_patch(&self.target, entry, cost, values);
                }
                if let Some((height, width)) = box_of(patch)
                    && (self.unwrapped.wants(height, width) || self.target.is_of_shape(height, width))
                    && let Some(grids) = cuts_of(values, &self.inputs)
                {
                    self.offer_copies(Source::Cut(entry), cost + CUT_COST, &grids, found);
                }
            }
            None => {}
        }
    }

    /// Looks at grids, one for each sample, of any shapes.
    fn offer_copies(&mut self, source: Source, cost: u32, grids: &[Grid], found: &mut Vec<Answer>) {
        if self.target.fits(grids) {
            self.offer_grid(source, cost, &Drawn::copies(grids, self.target.demos()), found);
        }
        if grids.first().is_some_and(|first| self.unwrapped.wants(first.height(), first.width())) {
            let demos = grids.iter().take(self.target.demos());
            let key = key_of(demos.map(|grid| (grid.height(), grid.width(), grid.cells())));
            self.unwrapped.offer(key, source, cost, found);
        }
    }

    /// Looks at grids that have the outputs' shapes.
    fn offer_grid(&mut self, source: Source, cost: u32, drawn: &Drawn<'_>, found: &mut Vec<Answer>) {
        if *drawn.cells == *self.target.cells() {
            let mut steps = Steps::default();
            let result = source.part(&mut steps);
            let goal = if matches!(source, Source::Entry(_)) { "exact" } else { "cut" };
            found.push(Answer { cost, ..steps.answer(result, cost, goal) });
            return;
        }
        if let Some(mapping) = recoloring::mapping(&self.target, &drawn.cells) {
            found.extend(recoloring::answer(&mapping, source, cost, drawn));
        }
        self.tables.offer(source, cost, drawn);
        self.pieces.offer_grid(&self.target, source, cost, drawn);
    }

    fn offer_elements(
        &mut self,
        context: &mut Context,
        entry: u32,
        cost: u32,
        values: &[Value],
        found: &mut Vec<Answer>,
    ) {
        let elements = self.elements.get_or_insert_with(|| Elements::new(context));
        elements.offer(context, &self.target, &self.inputs, (entry, cost), values, found);
    }

    /// Looks for what takes several expressions; to be called when a level of cost is done. What it costs is charged.
    pub fn close_level(&mut self, context: &mut Context, found: &mut Vec<Answer>) {
        let before = found.len();
        let work =
            self.tables.close(&self.target, found) + layers::search(&self.target, &self.pieces, self.laid, found);
        self.laid = self.pieces.all().len();
        self.thin_out(before, found);
        // A search has fuel enough for this, and where not, its own bound tells.
        let _ = context.charge(work);
    }
}

/// Whether two grids have one shape.
fn is_alike(a: &Grid, b: &Grid) -> bool {
    a.height() == b.height() && a.width() == b.width()
}
