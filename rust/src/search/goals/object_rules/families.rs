//! Families: painters with a color, each with the objects on which it is right, and what it explains of the changes.

use super::colors::Color;
use super::kit::Kit;
use super::painters::{Kind, Painter, painted};
use super::scene::Scene;
use crate::search::bits::Bits;

/// The changed cells of the demo samples that no new color of a whole object explains.
pub struct Changes {
    /// Their places by sample.
    pub places: Vec<Vec<u16>>,
    /// By sample and place the number of the cell, from 1; 0 for others.
    numbers: Vec<Vec<u32>>,
    /// How many there are.
    pub count: usize,
}

impl Changes {
    /// The changes of a scene.
    pub fn new(scene: &Scene) -> Changes {
        let demos = scene.task.target.demos();
        let mut is_new: Vec<Vec<bool>> = (0..demos)
            .map(|sample| {
                let pairs = scene.output(sample).cells().iter().zip(scene.task.inputs[sample].cells());
                pairs.map(|(to, from)| to != from).collect()
            })
            .collect();
        for item in scene.demo_items() {
            let to = scene.colors_at(item.sample, item.cells[0].0).1;
            if item.cells.iter().all(|(place, _)| scene.colors_at(item.sample, *place).1 == to) {
                item.cells.iter().for_each(|(place, _)| is_new[item.sample][usize::from(*place)] = false);
            }
        }
        let mut count = 0;
        let mut places = vec![Vec::new(); demos];
        let mut numbers = Vec::with_capacity(demos);
        for (sample, marks) in is_new.iter().enumerate() {
            let mut row = vec![0; marks.len()];
            for place in (0..marks.len()).filter(|place| marks[*place]) {
                count += 1;
                row[place] = count as u32;
                places[sample].push(place as u16);
            }
            numbers.push(row);
        }
        Changes { places, numbers, count }
    }

    fn number(&self, sample: usize, place: u16) -> Option<usize> {
        (self.numbers[sample][usize::from(place)] as usize).checked_sub(1)
    }
}

/// A painter with a color.
pub struct Family {
    /// The painter, by its number.
    pub painter: usize,
    /// The color, by its number; None where the painter gives colors.
    pub color: Option<usize>,
    /// Whether it paints on the background alone.
    pub is_under: bool,
    /// How much it costs.
    pub price: u32,
    /// The demo items on which it is right.
    pub right: Bits,
    /// Those on which it changes something as well.
    pub changing: Bits,
    /// The changes that it explains.
    pub explained: Bits,
    /// What is painted on each item, by painter.
    pub cells: std::rc::Rc<Vec<Vec<(u16, u8)>>>,
}

/// What a painter comes to on a demo item.
struct Outcome {
    /// The one color that all painted cells have in the output; None where they have several.
    color: Option<u8>,
    is_empty: bool,
    changes: bool,
}

/// The families that explain some change, by painter and color.
pub fn families(
    kit: &mut Kit,
    scene: &Scene,
    changes: &Changes,
    painters: &[Painter],
    colors: &[Color],
) -> Vec<Family> {
    let mut found = Vec::new();
    for (number, painter) in painters.iter().enumerate() {
        if !kit.may_go_on() {
            break;
        }
        let Some(cells) = painted(kit, scene, painter) else { continue };
        let cells = std::rc::Rc::new(cells);
        let maker = Maker { scene, changes, painter, number, cells: &cells };
        if painter.kind == Kind::Fill {
            for is_under in [false, true] {
                maker.fills(colors, is_under, &mut found);
            }
        } else {
            found.extend(maker.copies());
        }
    }
    found.retain(|family: &Family| !family.explained.is_empty());
    found
}

struct Maker<'a> {
    scene: &'a Scene<'a>,
    changes: &'a Changes,
    painter: &'a Painter,
    number: usize,
    cells: &'a std::rc::Rc<Vec<Vec<(u16, u8)>>>,
}

impl Maker<'_> {
    fn family(&self, color: Option<usize>, is_under: bool, price: u32) -> Family {
        let words = self.scene.demos.div_ceil(64);
        let (right, changing) = (Bits::none(words), Bits::none(words));
        let explained = Bits::none(self.changes.count.div_ceil(64));
        let cells = self.cells.clone();
        Family { painter: self.number, color, is_under, price, right, changing, explained, cells }
    }

    /// The painter with each color that is right on some object and changes something there.
    fn fills(&self, colors: &[Color], is_under: bool, found: &mut Vec<Family>) {
        let outcomes: Vec<Outcome> = (0..self.scene.demos).map(|item| self.outcome(item, is_under)).collect();
        for (place, color) in colors.iter().enumerate() {
            let price = self.painter.price + color.price + u32::from(is_under);
            let mut family = self.family(Some(place), is_under, price);
            for (item, outcome) in outcomes.iter().enumerate() {
                if outcome.is_empty || outcome.color == Some(color.values[item]) {
                    family.right.set(item);
                    if outcome.changes {
                        family.changing.set(item);
                        self.explain(&mut family, item, is_under, false);
                    }
                }
            }
            found.push(family);
        }
    }

    /// What filling comes to on a demo item.
    fn outcome(&self, item: usize, is_under: bool) -> Outcome {
        let sample = self.scene.items[item].sample;
        let mut outcome = Outcome { color: None, is_empty: true, changes: false };
        for &(place, _) in &self.cells[item] {
            let (from, to) = self.scene.colors_at(sample, place);
            if is_under && from != self.scene.backgrounds[sample] {
                continue;
            }
            if outcome.is_empty {
                outcome.color = Some(to);
            } else if outcome.color != Some(to) {
                outcome.color = None;
                outcome.changes = false;
                return outcome;
            }
            outcome.is_empty = false;
            outcome.changes |= from != to;
        }
        outcome
    }

    /// Counts the cells that a family paints, and those that a moved object leaves, as explained.
    fn explain(&self, family: &mut Family, item: usize, is_under: bool, leaves: bool) {
        let own = &self.scene.items[item];
        for &(place, _) in &self.cells[item] {
            if (!is_under || self.scene.colors_at(own.sample, place).0 == self.scene.backgrounds[own.sample])
                && let Some(number) = self.changes.number(own.sample, place)
            {
                family.explained.set(number);
            }
        }
        if leaves {
            let numbers = own.cells.iter().filter_map(|(place, _)| self.changes.number(own.sample, *place));
            numbers.for_each(|number| family.explained.set(number));
        }
    }

    /// The painter that gives objects.
    fn copies(&self) -> Option<Family> {
        let is_move = self.painter.kind == Kind::Move;
        let mut family = self.family(None, false, self.painter.price);
        for (item, own) in self.scene.demo_items().iter().enumerate() {
            let cells = &self.cells[item];
            let mut changes = false;
            let is_right = cells.iter().all(|&(place, color)| {
                let (from, to) = self.scene.colors_at(own.sample, place);
                changes |= from != to;
                to == color
            });
            let left = own.cells.iter().filter(|(place, _)| !cells.iter().any(|(painted, _)| painted == place));
            let (mut count, mut changed) = (0, 0);
            for (place, _) in left.filter(|_| is_move) {
                let (from, to) = self.scene.colors_at(own.sample, *place);
                count += 1;
                changed += usize::from(from != to);
            }
            if is_right && 2 * changed >= count {
                family.right.set(item);
                if changes || changed > 0 {
                    family.changing.set(item);
                    self.explain(&mut family, item, false, is_move);
                }
            }
        }
        (!family.changing.is_empty()).then_some(family)
    }
}

/// Sets of at most four families that explain all changes, the cheapest first.
pub fn covers(families: &[Family], changes: &Changes, most: usize) -> Vec<Vec<usize>> {
    let all = Bits::first(changes.count);
    let mut first: Vec<usize> = (0..families.len()).collect();
    first.sort_by_key(|place| (std::cmp::Reverse(families[*place].explained.count()), families[*place].price, *place));
    first.truncate(3 * most);
    let mut found: Vec<(u32, Vec<usize>)> = Vec::new();
    for start in first {
        let mut chosen = vec![start];
        let mut left = all.clone();
        left.take_out(&families[start].explained);
        while !left.is_empty() && chosen.len() < 4 {
            let gain = |place: &usize| {
                let family = &families[*place];
                (family.explained.common(&left), std::cmp::Reverse((family.price, *place)))
            };
            let Some(best) = (0..families.len()).max_by_key(gain) else { break };
            if families[best].explained.common(&left) == 0 {
                break;
            }
            left.take_out(&families[best].explained);
            chosen.push(best);
        }
        chosen.sort_unstable();
        if left.is_empty() && !found.iter().any(|(_, known)| *known == chosen) {
            let price = chosen.iter().map(|place| families[*place].price).sum::<u32>();
            found.push((price, chosen));
        }
    }
    found.sort();
    found.truncate(most);
    found.into_iter().map(|(_, cover)| cover).collect()
}

impl Changes {
    /// The places that some families explain, by sample: whatever they paint, and what moved objects leave.
    pub fn explained_places(&self, scene: &Scene, painters: &[Painter], chosen: &[&Family]) -> Vec<Vec<bool>> {
        let sizes = self.numbers.iter().map(Vec::len);
        let mut marks: Vec<Vec<bool>> = sizes.map(|size| vec![false; size]).collect();
        for family in chosen {
            for (item, own) in scene.demo_items().iter().enumerate().filter(|(item, _)| family.changing.has(*item)) {
                let leaves = painters[family.painter].kind == Kind::Move;
                let left = own.cells.iter().filter(|_| leaves);
                for (place, _) in family.cells[item].iter().chain(left) {
                    marks[own.sample][usize::from(*place)] = true;
                }
            }
        }
        marks
    }
}
