//! One panel is chosen: the odd one, the first or last by a measure, the one with a value, or by its place.

use super::cuttings::Cutting;
use super::kit::{Kit, grid_of};
use super::measures::Measure;
use crate::search::goals::frame::properties::extreme;
use crate::search::goals::frame::workbench::Node;
use crate::value::{Grid, Value};

/// What it costs that a choice is not clear on some test sample.
const UNCLEAR_COST: u32 = 8;
/// What a place costs in a row of panels.
const PLACE_COST: u32 = 8;

/// A panel that is chosen: the expression, and what it costs beyond the cutting.
pub type Choice = (Node, u32);

/// The choices that take, on each demo sample, a panel that is wanted there.
///
/// Args: `wanted`: for each demo sample and panel whether it is right.
pub fn choices(kit: &mut Kit, cutting: &Cutting, measures: &[Measure], wanted: &[Vec<bool>]) -> Vec<Choice> {
    let mut chooser = Chooser { kit, cutting, wanted, found: Vec::new() };
    for name in ["leastcommon", "mostcommon"] {
        chooser.common(name);
    }
    for measure in measures {
        for name in ["argmax", "argmin"] {
            chooser.extreme(measure, name);
        }
        chooser.odd(measure);
        chooser.of_value(measure);
    }
    chooser.places();
    chooser.found
}

struct Chooser<'a, 'c, 'w, 't> {
    kit: &'a mut Kit<'c, 'w, 't>,
    cutting: &'a Cutting,
    wanted: &'a [Vec<bool>],
    found: Vec<Choice>,
}

impl Chooser<'_, '_, '_, '_> {
    /// Takes up a choice that takes these panels; None stands for a panel that is not clear.
    fn add(&mut self, node: Option<Node>, price: u32) {
        let Some(node) = node else { return };
        let is_right = self.wanted.iter().enumerate().all(|(sample, wanted)| {
            let Some(grid) = grid_of(self.kit.bench.value(node, sample)) else { return false };
            self.cutting.panels[sample].iter().zip(wanted).any(|(panel, wanted)| *wanted && panel == grid)
        });
        if is_right {
            self.found.push((node, price));
        }
    }

    fn common(&mut self, name: &str) {
        let picks = |panels: &[Grid]| {
            let counts = panels.iter().map(|panel| panels.iter().filter(|other| *other == panel).count());
            let counts: Vec<usize> = counts.collect();
            let best = if name == "leastcommon" { counts.iter().min() } else { counts.iter().max() }.copied();
            let first = counts.iter().position(|count| Some(*count) == best).unwrap_or(0);
            panels.iter().zip(&counts).all(|(panel, count)| Some(*count) != best || *panel == panels[first])
        };
        let clear: Vec<bool> = self.cutting.panels.iter().map(|panels| picks(panels)).collect();
        if let Some(price) = self.price_of(&clear) {
            let node = self.kit.call(name, [self.cutting.node]);
            self.add(node, 2 + price);
        }
    }

    /// What it costs that a choice is clear on these samples only; None where it is not on a demo sample.
    fn price_of(&self, clear: &[bool]) -> Option<u32> {
        let demos = self.wanted.len();
        let is_sure = clear[demos..].iter().all(|clear| *clear);
        clear[..demos].iter().all(|clear| *clear).then_some(if is_sure { 0 } else { UNCLEAR_COST })
    }

    fn values(&self, measure: &Measure) -> Vec<Vec<Value>> {
        let items = |sample| self.kit.bench.value(measure.values, sample).items().map(Iterator::collect);
        (0..self.kit.samples()).map(|sample| items(sample).unwrap_or_default()).collect()
    }

    fn extreme(&mut self, measure: &Measure, name: &str) {
        let is_clear = |values: &Vec<Value>| {
            let best = extreme(values, name);
            best.is_some_and(|best| values.iter().filter(|value| **value == values[best]).count() == 1)
        };
        let clear: Vec<bool> = self.values(measure).iter().map(is_clear).collect();
        if let Some(price) = self.price_of(&clear) {
            let node = self.kit.call(name, [self.cutting.node, measure.function]);
            self.add(node, 4 + measure.price + price + if measure.is_color { 6 } else { 0 });
        }
    }

    /// The panel that is alone in its value.
    fn odd(&mut self, measure: &Measure) {
        let alone = |values: &Vec<Value>| {
            let is_alone = |value: &&Value| values.iter().filter(|other| other == value).count() == 1;
            values.len() > 2 && values.iter().filter(is_alone).count() == 1
        };
        let clear: Vec<bool> = self.values(measure).iter().map(alone).collect();
        if let Some(price) = self.price_of(&clear) {
            let node = self.kit.call("leastcommon", [measure.values]).and_then(|value| self.matching(measure, value));
            self.add(node, 6 + measure.price + price);
        }
    }

    fn matching(&mut self, measure: &Measure, value: Node) -> Option<Node> {
        let test = self.kit.call("matcher", [measure.function, value])?;
        self.kit.call("extract", [self.cutting.node, test])
    }

    /// The panel that has a value, the same one on all samples.
    fn of_value(&mut self, measure: &Measure) {
        let values = self.values(measure);
        let Some(place) = self.wanted[0].iter().position(|wanted| *wanted) else { return };
        let Some(value) = values[0].get(place).cloned() else { return };
        let has_one = |values: &Vec<Value>| values.iter().filter(|other| **other == value).count() == 1;
        let clear: Vec<bool> = values.iter().map(has_one).collect();
        let is_truth = matches!(value, Value::Bool(_));
        if value.number().is_none() {
            return;
        }
        if let Some(price) = self.price_of(&clear) {
            let node = self.kit.leaf(value);
            let node = self.matching(measure, node);
            self.add(node, measure.price + price + if is_truth { 4 } else { 8 });
        }
    }

    fn places(&mut self) {
        let most = self.cutting.panels.iter().map(Vec::len).min().unwrap_or(0);
        let first = self.kit.call("first", [self.cutting.node]);
        self.add(first, PLACE_COST);
        let last = self.kit.call("last", [self.cutting.node]);
        self.add(last, PLACE_COST + 1);
        for place in 1..most.min(10) {
            let number = self.kit.int(place as i64);
            let node = self.kit.call("element", [self.cutting.node, number]);
            self.add(node, PLACE_COST + 4);
        }
    }
}
