//! Rules: what becomes of each object, as one tree over its color and one over what is painted for it.

use std::collections::HashMap;

use super::colors::Color;
use super::families::{Changes, Family};
use super::kit::Kit;
use super::painters::Painter;
use super::scene::Scene;
use crate::search::bits::Bits;
use crate::search::trees::{Bounds, Choice, Learned, Problem, Question, Tree, learn};

/// Bounds of one search for trees.
const BOUNDS: Bounds = Bounds { leaves: 3, trees: 3, work: 1_200_000 };

/// A rule: its trees and its price.
pub struct Rule {
    /// Which color each object gets: choice 0 is its own, the others are the colors in order.
    pub recolored: Learned,
    /// What is painted for each object: choice 0 is nothing, the others are the families in order.
    pub painted: Learned,
    /// Both prices.
    pub price: u32,
}

/// What rules are made of.
pub struct Parts<'a> {
    pub scene: &'a Scene<'a>,
    pub changes: &'a Changes,
    pub painters: &'a [Painter],
    pub colors: &'a [Color],
    pub questions: &'a [Question],
}

/// Numbers for what comes of items.
#[derive(Default)]
struct Codes(HashMap<Vec<(u16, u8)>, u16>);

impl Codes {
    fn of(&mut self, cells: Vec<(u16, u8)>) -> u16 {
        let next = self.0.len() as u16;
        *self.0.entry(cells).or_insert(next)
    }
}

impl Parts<'_> {
    /// The rules with some families, the cheapest first.
    pub fn rules(&self, kit: &mut Kit, families: &[&Family]) -> Vec<Rule> {
        let explained = self.changes.explained_places(self.scene, self.painters, families);
        let recolored = self.learned(kit, self.color_choices(&explained));
        if recolored.is_empty() {
            return Vec::new();
        }
        let painted = self.learned(kit, self.family_choices(families));
        let mut rules = Vec::new();
        for one in &recolored {
            for other in &painted {
                let price = one.price + other.price;
                rules.push(Rule { recolored: one.clone(), painted: other.clone(), price });
            }
        }
        rules.sort_by_key(|rule| rule.price);
        rules
    }

    fn learned(&self, kit: &mut Kit, choices: Vec<Choice>) -> Vec<Learned> {
        let mut all = Bits::none(self.scene.demos.div_ceil(64));
        for item in 0..self.scene.demos {
            if choices.iter().any(|choice| choice.right.has(item)) {
                all.set(item);
            }
        }
        if (all.count() as usize) < self.scene.demos {
            return Vec::new();
        }
        let tests = self.scene.items.len() - self.scene.demos;
        let problem = Problem::new(self.scene.demos, tests, self.questions.to_vec(), choices);
        let (mut trees, work) = learn(&problem, BOUNDS);
        kit.pay(work);
        // What need not be done is not done.
        if trees.first().is_some_and(|tree| tree.tree == Tree::Leaf(0)) {
            trees.truncate(1);
        }
        trees
    }

    /// To stay as it is, and each color.
    fn color_choices(&self, explained: &[Vec<bool>]) -> Vec<Choice> {
        let scene = self.scene;
        let right_where = |color_of: &dyn Fn(usize, u8) -> u8| {
            let mut right = Bits::none(scene.demos.div_ceil(64));
            for (number, item) in scene.demo_items().iter().enumerate() {
                let is_right = item.cells.iter().all(|&(place, color)| {
                    let to = scene.colors_at(item.sample, place).1;
                    to == color_of(number, color) || explained[item.sample][usize::from(place)]
                });
                if is_right {
                    right.set(number);
                }
            }
            right
        };
        let code_where = |color_of: &dyn Fn(usize, u8) -> u8| {
            let items = scene.items.iter().enumerate().skip(scene.demos);
            items
                .map(|(number, item)| {
                    let first = color_of(number, item.cells[0].1);
                    let is_plain = item.cells.iter().all(|cell| color_of(number, cell.1) == first);
                    if is_plain { u16::from(first) } else { u16::MAX }
                })
                .collect()
        };
        let keep = |_: usize, color: u8| color;
        let mut choices = vec![Choice { right: right_where(&keep), tests: code_where(&keep), price: 0 }];
        for color in self.colors {
            let give = |item: usize, _: u8| color.values[item];
            choices.push(Choice { right: right_where(&give), tests: code_where(&give), price: 2 + color.price });
        }
        choices
    }

    /// To paint nothing, and each family.
    fn family_choices(&self, families: &[&Family]) -> Vec<Choice> {
        let scene = self.scene;
        let mut idle = Bits::first(scene.demos);
        families.iter().for_each(|family| idle.take_out(&family.changing));
        let mut codes = Codes::default();
        let nothing = codes.of(Vec::new());
        let tests = scene.items.len() - scene.demos;
        let mut choices = vec![Choice { right: idle, tests: vec![nothing; tests].into(), price: 0 }];
        for family in families {
            let code = |item: usize| {
                let color = family.color.map(|color| self.colors[color].values[item]);
                let cells = &family.cells[item];
                let mut cells: Vec<(u16, u8)> =
                    cells.iter().map(|&(place, own)| (place, color.unwrap_or(own))).collect();
                cells.push((u16::MAX, u8::from(family.is_under)));
                cells
            };
            let tests = (scene.demos..scene.items.len()).map(|item| codes.of(code(item))).collect();
            choices.push(Choice { right: family.right.clone(), tests, price: family.price });
        }
        choices
    }
}
