//! Outputs that are one object, cut out: which one, a question or two say; what is done with it, a cut.

use super::kit::Kit;
use super::properties::{Asked, Property, properties, questions};
use super::scene::Scene;
use super::{Found, is_right, lists};
use crate::search::bits::Bits;
use crate::search::goals::frame::workbench::Node;
use crate::search::trees::Question;
use crate::value::Value;

/// Most ways of choosing that are tried for one cut, the cheapest first.
const MOST_CHOICES: usize = 8;

/// How an object is cut out.
#[derive(Clone, Copy)]
enum Base {
    /// What its box holds of the input.
    Box,
    /// What the box one wider holds.
    Wider,
    /// What the box one narrower holds.
    Narrower,
    /// It alone, on color 0 or on the most common color.
    Alone(bool),
    /// Its color, on a grid of the size of the first output.
    Color,
}

/// What is done with a grid that was cut out.
const CHANGES: [(&[&str], u32); 9] = [
    (&[], 0),
    (&["vmirror"], 5),
    (&["hmirror"], 5),
    (&["dmirror"], 6),
    (&["cmirror"], 6),
    (&["rot90"], 6),
    (&["rot180"], 6),
    (&["rot270"], 6),
    (&["trim"], 6),
];

/// Looks for the object that is the output.
pub fn look(kit: &mut Kit, scene: &Scene, found: &mut Vec<Found>) {
    let cuts = wanted(kit, scene);
    let is_line = scene.task.target.outputs().iter().all(|output| output.height() == 1 || output.width() == 1);
    let is_smaller = scene
        .task
        .target
        .outputs()
        .iter()
        .zip(&scene.task.inputs)
        .all(|(output, input)| output.height() <= input.height() && output.width() <= input.width());
    if cuts.is_empty() && !is_line && !is_smaller || !kit.may_go_on() {
        return;
    }
    let properties = properties(kit, scene);
    if is_line {
        lists::look(kit, scene, &properties, found);
    }
    let (asked, questions) = questions(scene, &properties);
    kit.pay((asked.len() * scene.items.len()) as i64);
    let chooser = Chooser { scene, asked: &asked, questions: &questions, properties: &properties };
    if is_smaller {
        chooser.groups(kit, found);
    }
    for cut in cuts {
        for (choice, price) in chooser.choices(kit, &cut.wanted) {
            if let Some(object) = chooser.written(kit, &choice)
                && let Some(node) = cut.written(kit, scene, object)
                && is_right(kit, scene, node)
            {
                found.push(Found::new(kit, scene, node, 10 + scene.price + cut.price + price));
            }
        }
    }
}

/// A way to make a grid of an object, with the demo items for which it is the output.
struct Cut {
    base: Base,
    changes: &'static [&'static str],
    price: u32,
    wanted: Bits,
}

/// The cuts by which in each demo sample some object becomes the output, but not all do.
fn wanted(kit: &mut Kit, scene: &Scene) -> Vec<Cut> {
    let mut found = Vec::new();
    let bases = [
        (Base::Box, 4),
        (Base::Alone(false), 8),
        (Base::Alone(true), 9),
        (Base::Wider, 8),
        (Base::Narrower, 8),
        (Base::Color, 6),
    ];
    for (base, price) in bases {
        for (changes, more) in CHANGES {
            if matches!(base, Base::Color) && !changes.is_empty() {
                continue;
            }
            let mut cut = Cut { base, changes, price: price + more, wanted: Bits::none(scene.demos.div_ceil(64)) };
            if cut.look(kit, scene).is_some() {
                found.push(cut);
            }
        }
    }
    found
}

impl Cut {
    /// Finds the wanted items; None where a sample has none.
    fn look(&mut self, kit: &mut Kit, scene: &Scene) -> Option<()> {
        let function = self.function(kit, scene)?;
        let (mut sample, mut is_met) = (0, false);
        for (number, item) in scene.demo_items().iter().enumerate() {
            if item.sample != sample {
                if !is_met {
                    return None;
                }
                (sample, is_met) = (item.sample, false);
            }
            let output = scene.output(item.sample);
            if self.may_give(item, (output.height(), output.width()))
                && kit.of(function, item.sample, &item.object).is_some_and(|value| value == Value::Grid(output.clone()))
            {
                is_met = true;
                self.wanted.set(number);
            }
        }
        (is_met && sample + 1 == scene.task.target.demos()).then_some(())
    }

    /// Whether the shape allows it.
    fn may_give(&self, item: &super::scene::Item, (height, width): (usize, usize)) -> bool {
        let Some(places) = item.object.window() else { return false };
        let more = match self.base {
            Base::Color => return true,
            Base::Box | Base::Alone(_) => 0,
            Base::Wider => 2,
            Base::Narrower => -2,
        };
        let more = if self.changes == ["trim"] { more - 2 } else { more };
        let own = (places.height() as i64 + more, places.width() as i64 + more);
        let wanted = (height as i64, width as i64);
        own == wanted || (own.1, own.0) == wanted
    }

    /// The function from an object to the grid.
    fn function(&self, kit: &mut Kit, scene: &Scene) -> Option<Node> {
        let input = kit.input;
        let mut function = match self.base {
            Base::Box => kit.bound("subgrid", input)?,
            Base::Wider | Base::Narrower => {
                let crop = kit.bound("subgrid", input)?;
                let ring = kit.function(self.ring());
                kit.call("compose", [crop, ring])?
            }
            Base::Alone(is_role) => {
                let color = background(kit, is_role)?;
                let canvas = kit.function("canvas");
                let canvas = kit.call("lbind", [canvas, color])?;
                let shape = kit.function("shape");
                let blank = kit.call("compose", [canvas, shape])?;
                let (paint, normalize) = (kit.function("paint"), kit.function("normalize"));
                kit.call("fork", [paint, blank, normalize])?
            }
            Base::Color => {
                let shape = first_shape(kit, scene);
                let canvas = kit.bound("canvas", shape)?;
                let color = kit.function("color");
                kit.call("compose", [canvas, color])?
            }
        };
        for change in self.changes {
            let change = kit.function(change);
            function = kit.call("compose", [change, function])?;
        }
        Some(function)
    }

    /// Writes the grid of an object.
    fn written(&self, kit: &mut Kit, scene: &Scene, object: Node) -> Option<Node> {
        let input = kit.input;
        let mut grid = match self.base {
            Base::Box => kit.call("subgrid", [object, input])?,
            Base::Wider | Base::Narrower => {
                let ring = kit.call(self.ring(), [object])?;
                kit.call("subgrid", [ring, input])?
            }
            Base::Alone(is_role) => {
                let color = background(kit, is_role)?;
                let shape = kit.call("shape", [object])?;
                let blank = kit.call("canvas", [color, shape])?;
                let moved = kit.call("normalize", [object])?;
                kit.call("paint", [blank, moved])?
            }
            Base::Color => {
                let shape = first_shape(kit, scene);
                let color = kit.call("color", [object])?;
                kit.call("canvas", [color, shape])?
            }
        };
        for change in self.changes {
            grid = kit.call(change, [grid])?;
        }
        Some(grid)
    }

    fn ring(&self) -> &'static str {
        if matches!(self.base, Base::Wider) { "outbox" } else { "inbox" }
    }
}

fn background(kit: &mut Kit, is_role: bool) -> Option<Node> {
    let input = kit.input;
    if is_role { kit.call("mostcolor", [input]) } else { Some(kit.int(0)) }
}

fn first_shape(kit: &mut Kit, scene: &Scene) -> Node {
    let output = scene.output(0);
    kit.pair((output.height() as i32, output.width() as i32))
}

/// A question and whether it is to hold.
type Asking = (usize, bool);

/// Finds questions that choose an object in each sample.
struct Chooser<'a> {
    scene: &'a Scene<'a>,
    asked: &'a [Asked],
    questions: &'a [Question],
    properties: &'a [Property],
}

/// A question as bits of the demo items that it chooses.
struct Filter {
    asking: Asking,
    demos: Bits,
    tests: Bits,
    price: u32,
}

impl Chooser<'_> {
    /// One or two questions that choose wanted items only, one at least in each sample; the cheapest first.
    fn choices(&self, kit: &mut Kit, wanted: &Bits) -> Vec<(Vec<Asking>, u32)> {
        let mut unwanted = Bits::first(self.scene.demos);
        unwanted.take_out(wanted);
        if unwanted.is_empty() {
            return vec![(Vec::new(), 0)];
        }
        let samples = self.samples();
        let options = self.options(&samples);
        let mut found = Vec::new();
        for option in &options {
            if option.demos.common(&unwanted) == 0 {
                found.push((vec![option.asking], option.price + self.ambiguity(&option.tests)));
            }
        }
        found.sort_by_key(|(asking, price)| (*price, asking.clone()));
        let count = options.len() as i64;
        kit.pay(count * count * 2);
        for (number, one) in options.iter().enumerate() {
            if one.demos.common(&unwanted) == 0 {
                continue;
            }
            for other in &options[..number] {
                let mut both = one.demos.clone();
                both.keep(&other.demos);
                if other.demos.common(&unwanted) > 0
                    && both.common(&unwanted) == 0
                    && samples.iter().all(|items| both.common(items) > 0)
                {
                    let mut tests = one.tests.clone();
                    tests.keep(&other.tests);
                    let price = one.price + other.price + 6 + self.ambiguity(&tests);
                    found.push((vec![other.asking, one.asking], price));
                }
            }
        }
        found.sort_by_key(|(asking, price)| (*price, asking.clone()));
        found.truncate(MOST_CHOICES);
        found
    }

    /// Looks for the output in the box around all objects that a question chooses, or around all.
    fn groups(&self, kit: &mut Kit, found: &mut Vec<Found>) {
        let samples = self.samples();
        let all =
            Filter { asking: (usize::MAX, true), demos: Bits::first(self.scene.demos), tests: Bits::none(0), price: 0 };
        for filter in std::iter::once(all).chain(self.options(&samples)) {
            if !self.is_boxed(&filter.demos) {
                continue;
            }
            let set = match filter.asking.0 {
                usize::MAX => Some(self.scene.view),
                _ => self.filtered(kit, filter.asking),
            };
            let Some(patch) = set.and_then(|set| kit.call("merge", [set])) else { continue };
            for (base, price) in [(Base::Box, 6), (Base::Alone(false), 10), (Base::Alone(true), 11)] {
                let cut = Cut { base, changes: &[], price, wanted: Bits::none(0) };
                if let Some(node) = cut.written(kit, self.scene, patch)
                    && is_right(kit, self.scene, node)
                {
                    found.push(Found::new(kit, self.scene, node, 10 + self.scene.price + price + filter.price));
                }
            }
        }
    }

    /// Whether the box around these demo items has the shape of the output, in every sample.
    fn is_boxed(&self, items: &Bits) -> bool {
        (0..self.scene.task.target.demos()).all(|sample| {
            let own = self.scene.demo_items().iter().enumerate();
            let own = own.filter(|(number, item)| item.sample == sample && items.has(*number));
            let (mut top, mut left, mut bottom, mut right) = (i64::MAX, i64::MAX, 0, 0);
            for places in own.filter_map(|(_, item)| item.object.window()) {
                top = top.min(places.top());
                left = left.min(places.left());
                bottom = bottom.max(places.top() + places.height() as i64);
                right = right.max(places.left() + places.width() as i64);
            }
            let output = self.scene.output(sample);
            bottom - top == output.height() as i64 && right - left == output.width() as i64
        })
    }

    /// The objects for which a question holds, or does not.
    fn filtered(&self, kit: &mut Kit, (number, holds): Asking) -> Option<Node> {
        let mut test = self.asked[number].node(kit, self.scene, self.properties)?;
        if !holds {
            let flip = kit.function("flip");
            test = kit.call("compose", [flip, test])?;
        }
        kit.call("sfilter", [self.scene.view, test])
    }

    /// The items of each demo sample.
    fn samples(&self) -> Vec<Bits> {
        let words = self.scene.demos.div_ceil(64);
        let mut samples = vec![Bits::none(words); self.scene.task.target.demos()];
        for (number, item) in self.scene.demo_items().iter().enumerate() {
            samples[item.sample].set(number);
        }
        samples
    }

    /// The questions, held or not, that choose something in each sample.
    fn options(&self, samples: &[Bits]) -> Vec<Filter> {
        let mut options = Vec::new();
        let tests = self.scene.items.len() - self.scene.demos;
        for (number, question) in self.questions.iter().enumerate() {
            for holds in [true, false] {
                let chosen = |all: usize, marks: &Bits| {
                    let mut rest = Bits::first(all);
                    rest.take_out(marks);
                    if holds { marks.clone() } else { rest }
                };
                let demos = chosen(self.scene.demos, &question.demos);
                if samples.iter().all(|items| demos.common(items) > 0) {
                    let tests = chosen(tests, &question.tests);
                    let price = question.price + if holds { 0 } else { 3 };
                    options.push(Filter { asking: (number, holds), demos, tests, price });
                }
            }
        }
        options
    }

    /// What it adds that on a test sample none or several are chosen.
    fn ambiguity(&self, tests: &Bits) -> u32 {
        let first = self.scene.task.target.demos();
        let mut counts = vec![0; self.scene.task.inputs.len() - first];
        for (number, item) in self.scene.items[self.scene.demos..].iter().enumerate() {
            counts[item.sample - first] += u32::from(tests.has(number));
        }
        counts.iter().map(|count| if *count == 1 { 0 } else { 4 }).sum()
    }

    /// Writes the object that the questions choose.
    fn written(&self, kit: &mut Kit, choice: &[Asking]) -> Option<Node> {
        let mut set = self.scene.view;
        for (place, (number, holds)) in choice.iter().enumerate() {
            let asked = &self.asked[*number];
            let is_last = place + 1 == choice.len();
            if let Some((property, name)) = asked.extreme(self.properties)
                && *holds
                && choice.len() == 1
            {
                return kit.call(name, [set, property]);
            }
            let mut test = asked.node(kit, self.scene, self.properties)?;
            if !holds {
                let flip = kit.function("flip");
                test = kit.call("compose", [flip, test])?;
            }
            set = kit.call(if is_last { "extract" } else { "sfilter" }, [set, test])?;
        }
        if choice.is_empty() { kit.call("first", [set]) } else { Some(set) }
    }
}
