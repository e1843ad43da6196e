//! Shows each new expression to the goals, and collects their answers.

use super::goal::{Goal, Level};
use super::partial_fits::PartialFits;
use super::properties::Properties;
use super::sample_elements::SampleElements;
use super::sample_grids::{SampleGrids, grids_of};
use super::sample_patches::SamplePatches;
use super::shapes::Shapes;
use super::source::{CUT_COST, Source, box_of, cuts_of};
use super::steps::Proposal;
use super::task::TaskSamples;
use crate::context::Context;
use crate::search::answer::Answer;
use crate::search::grids::Values;
use crate::value::{Grid, Value};

/// Makes a goal for a task.
pub type MakeGoal = fn(&TaskSamples) -> Box<dyn Goal>;

/// A goal with the number of its answers so far.
struct Counted {
    goal: Box<dyn Goal>,
    answers: u32,
}

impl Counted {
    /// Takes over what it proposed, unless it has had its answers.
    fn accept(&mut self, proposals: &mut Vec<Proposal>, found: &mut Vec<Answer>) {
        for proposal in proposals.drain(..) {
            self.answers += 1;
            if self.answers <= self.goal.most_answers() {
                found.push(proposal.named(self.goal.name()));
            }
        }
    }
}

/// A new expression of a kind that is offered.
#[derive(Clone, Copy)]
pub struct Offered {
    /// Its number.
    pub entry: u32,
    /// What it costs.
    pub cost: u32,
    /// On which demo samples its grids are the output, as bits; None where nobody has compared them.
    pub fits: Option<u16>,
}

/// The goals of one task.
pub struct Goals {
    task: TaskSamples,
    goals: Vec<Counted>,
    /// The shapes of grids that any goal can use, on the first demo sample.
    shapes: Shapes,
    /// Made when the first container comes.
    properties: Option<Properties>,
    partial_fits: PartialFits,
    proposals: Vec<Proposal>,
}

impl Goals {
    /// The goals that these functions make, asked in this order.
    pub fn new(makers: &[MakeGoal], task: TaskSamples) -> Goals {
        let goals: Vec<Counted> = makers.iter().map(|make| Counted { goal: make(&task), answers: 0 }).collect();
        let mut shapes = Shapes::default();
        goals.iter().for_each(|counted| shapes.join(&counted.goal.shapes()));
        let partial_fits = PartialFits::new(&task);
        Goals { task, goals, shapes, properties: None, partial_fits, proposals: Vec::new() }
    }

    /// The names of all goals, in the order in which they are asked.
    pub fn names(&self) -> Vec<&'static str> {
        self.goals.iter().map(|counted| counted.goal.name()).collect()
    }

    /// On which demo samples the grids seen so far are right.
    pub fn partial_fits(&self) -> &PartialFits {
        &self.partial_fits
    }

    /// Shows a new expression of a kind that is offered, by its values.
    pub fn offer(&mut self, context: &mut Context, offered: Offered, values: Values<'_>, found: &mut Vec<Answer>) {
        let Offered { entry, cost, fits } = offered;
        match values {
            Values::Grids(packed) => {
                match fits {
                    Some(mask) => self.partial_fits.note(Source::Entry(entry), cost, mask),
                    None => self.partial_fits.see_packed(Source::Entry(entry), cost, packed),
                }
                self.offer_grids(&SampleGrids::packed(&self.task.target, Source::Entry(entry), cost, packed), found);
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
            Some(_) => self.offer_patches(entry, cost, values, found),
            None => {}
        }
    }

    fn offer_copies(&mut self, source: Source, cost: u32, grids: &[Grid], found: &mut Vec<Answer>) {
        self.partial_fits.see_copies(source, cost, grids);
        self.offer_grids(&SampleGrids::copies(&self.task.target, source, cost, grids), found);
    }

    fn offer_grids(&mut self, grids: &SampleGrids<'_>, found: &mut Vec<Answer>) {
        if grids.have_output_shapes() || self.shapes.have(grids.first_shape()) {
            self.ask(found, |goal, task, proposals| goal.see_grids(task, grids, proposals));
        }
    }

    /// Shows patches, and what the boxes around them cut out of the inputs.
    fn offer_patches(&mut self, entry: u32, cost: u32, values: &[Value], found: &mut Vec<Answer>) {
        let patches = SamplePatches { entry, cost, values };
        self.ask(found, |goal, task, proposals| goal.see_patches(task, &patches, proposals));
        let shape = values.first().and_then(box_of);
        if shape.is_some_and(|shape| self.shapes.have(shape) || self.task.target.is_of_shape(shape))
            && let Some(grids) = cuts_of(values, &self.task.inputs)
        {
            self.offer_copies(Source::Cut(entry), cost + CUT_COST, &grids, found);
        }
    }

    fn offer_elements(
        &mut self,
        context: &mut Context,
        entry: u32,
        cost: u32,
        values: &[Value],
        found: &mut Vec<Answer>,
    ) {
        let properties = self.properties.take().unwrap_or_else(|| Properties::new(context));
        let demos = self.task.target.demos();
        if let Some(elements) = SampleElements::new(entry, cost, values, demos, &properties) {
            self.ask(found, |goal, task, proposals| goal.see_elements(context, task, &elements, proposals));
        }
        self.properties = Some(properties);
    }

    /// Looks for what takes several expressions; to be called when a level of cost is done. What it costs is charged.
    pub fn close_level(&mut self, context: &mut Context, level: Level, found: &mut Vec<Answer>) {
        let mut work = 0;
        self.ask(found, |goal, task, proposals| {
            work += goal.close_level(context, task, level, proposals);
        });
        // A search has fuel enough for this, and where not, its own bound ends it.
        let _ = context.charge(work);
    }

    /// Lets each goal look at something.
    #[inline]
    fn ask(&mut self, found: &mut Vec<Answer>, mut look: impl FnMut(&mut dyn Goal, &TaskSamples, &mut Vec<Proposal>)) {
        for counted in &mut self.goals {
            look(counted.goal.as_mut(), &self.task, &mut self.proposals);
            if !self.proposals.is_empty() {
                counted.accept(&mut self.proposals, found);
            }
        }
    }
}
