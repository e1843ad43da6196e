//! Goal `recolored`: the output is the input with each object in the color that a property of the object says. The last
//! steps are calls of `fill`.
//!
//! Example: objects of one cell become 3 and all others 2, and the expression is `objects(I, T, F, T)`.

use super::frame::goal::Goal;
use super::frame::properties::{Property, extreme};
use super::frame::sample_elements::SampleElements;
use super::frame::steps::{Proposal, Steps, int};
use super::frame::target::Target;
use super::frame::task::TaskSamples;
use crate::context::Context;
use crate::search::answer::Part;
use crate::value::{Grid, Value};

/// Most answers for one container.
const MOST_ANSWERS: usize = 5;
/// Most values of a property that an answer may distinguish.
const MOST_RULES: usize = 4;

struct RecoloredObjects;

/// The goal.
pub fn goal(_: &TaskSamples) -> Box<dyn Goal> {
    Box::new(RecoloredObjects)
}

impl Goal for RecoloredObjects {
    fn name(&self) -> &'static str {
        "recolored"
    }

    fn see_elements(
        &mut self,
        context: &mut Context,
        task: &TaskSamples,
        elements: &SampleElements<'_>,
        proposals: &mut Vec<Proposal>,
    ) {
        if elements.are_grids {
            return;
        }
        let Some(wishes) = wanted_colors(&task.target, &task.inputs, &elements.demos) else { return };
        for known in elements.properties(context) {
            Recoloring { elements, property: known.property, values: &known.values, wishes: &wishes }
                .propose(proposals);
        }
        proposals.sort_by_key(|proposal| proposal.cost);
        proposals.truncate(MOST_ANSWERS);
    }
}

/// For each object the color that it has in the output; None for one that stays as it is.
type Wishes = Vec<Vec<Option<u8>>>;

/// What becomes of each object; None when the output is another than the input with objects recolored.
fn wanted_colors(target: &Target, inputs: &[Grid], elements: &[Vec<Value>]) -> Option<Wishes> {
    let mut wishes = Vec::with_capacity(elements.len());
    let mut changes = false;
    for (demo, ((output, input), objects)) in target.outputs().iter().zip(inputs).zip(elements).enumerate() {
        if output.height() != input.height() || output.width() != input.width() {
            return None;
        }
        let mut done = input.cells().to_vec();
        let mut colors = Vec::with_capacity(objects.len());
        for object in objects {
            let mut wish = None;
            let mut stays = true;
            for (_, row, column) in object.colored_places()? {
                target.place(demo, row, column)?;
                let (row, column) = (row as usize, column as usize);
                let to = output.cell(row, column);
                stays &= to == input.cell(row, column);
                if *wish.get_or_insert(to) != to {
                    wish = Some(u8::MAX);
                }
                done[row * input.width() + column] = to;
            }
            if !stays && wish == Some(u8::MAX) {
                return None;
            }
            changes |= !stays;
            colors.push(wish.filter(|_| !stays));
        }
        if done != output.cells() {
            return None;
        }
        wishes.push(colors);
    }
    changes.then_some(wishes)
}

/// A property that may say what color each object becomes.
struct Recoloring<'a, 'e> {
    elements: &'a SampleElements<'e>,
    property: &'a Property,
    /// The property of each object, by demo sample.
    values: &'a [Vec<Value>],
    wishes: &'a Wishes,
}

impl Recoloring<'_, '_> {
    /// Proposes to give each object the color that its property says.
    fn propose(&self, proposals: &mut Vec<Proposal>) {
        proposals.extend(self.by_value());
        for name in ["argmax", "argmin"] {
            proposals.extend(self.by_rank(name));
        }
    }

    /// Each value of the property has a color.
    fn by_value(&self) -> Option<Proposal> {
        let mut rules: Vec<(&Value, Option<u8>)> = Vec::new();
        let mut seen = 0;
        for (value, wish) in self.values.iter().flatten().zip(self.wishes.iter().flatten()) {
            seen += 1;
            match rules.iter().find(|(known, _)| *known == value) {
                Some((_, color)) if color != wish => return None,
                Some(_) => {}
                None => rules.push((value, *wish)),
            }
        }
        let distinct = rules.len();
        rules.retain(|(_, wish)| wish.is_some());
        let mut colors: Vec<u8> = rules.iter().filter_map(|(_, wish)| *wish).collect();
        colors.sort_unstable();
        // What most objects become is the rule, the others are exceptions.
        let common = colors.first().copied().filter(|_| distinct == rules.len());
        let exceptions: Vec<_> = rules.iter().filter(|(_, wish)| *wish != common).collect();
        let is_learned_by_heart = seen <= distinct + 1;
        if exceptions.len() > MOST_RULES || is_learned_by_heart && distinct > 1 {
            return None;
        }
        let literals = exceptions.iter().all(|(value, _)| value.number().is_some() || value.numbers().is_some());
        if !literals {
            return None;
        }
        let mut steps = Steps::default();
        let mut grid = Part::Input;
        if let Some(color) = common {
            let all = steps.call("merge", [Part::Entry(self.elements.entry)]);
            grid = steps.call("fill", [grid, int(color), all]);
        }
        if !exceptions.is_empty() {
            let key = self.property.written(&mut steps);
            for (value, color) in exceptions {
                let test = steps.call("matcher", [key.clone(), Part::Leaf((*value).clone())]);
                let patch = steps.call("mfilter", [Part::Entry(self.elements.entry), test]);
                grid = steps.call("fill", [grid, int((*color)?), patch]);
            }
        }
        Some(steps.proposal(grid, self.elements.cost + self.property.cost))
    }

    /// The first or the last by the property becomes one color, all others another or nothing.
    fn by_rank(&self, name: &str) -> Option<Proposal> {
        let (mut one, mut others): (Option<Option<u8>>, Option<Option<u8>>) = (None, None);
        for (values, wishes) in self.values.iter().zip(self.wishes) {
            let best = extreme(values, name)?;
            for (place, wish) in wishes.iter().enumerate() {
                let rule = if place == best { &mut one } else { &mut others };
                if *rule.get_or_insert(*wish) != *wish {
                    return None;
                }
            }
        }
        self.ranked(one?, others?, name)
    }

    fn ranked(&self, one: Option<u8>, others: Option<u8>, name: &str) -> Option<Proposal> {
        if one == others {
            return None;
        }
        let mut steps = Steps::default();
        let key = self.property.written(&mut steps);
        let best = steps.call(name, [Part::Entry(self.elements.entry), key]);
        let mut grid = Part::Input;
        if let Some(color) = others {
            let patch = if one.is_some() {
                steps.call("merge", [Part::Entry(self.elements.entry)])
            } else {
                let rest = steps.call("remove", [best.clone(), Part::Entry(self.elements.entry)]);
                steps.call("merge", [rest])
            };
            grid = steps.call("fill", [grid, int(color), patch]);
        }
        if let Some(color) = one {
            grid = steps.call("fill", [grid, int(color), best]);
        }
        Some(steps.proposal(grid, self.elements.cost + self.property.cost))
    }
}
