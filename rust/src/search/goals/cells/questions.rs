//! Questions about cells and choices of colors, with how they are written.

use std::ops::Range;

use super::ground::{Ground, grid_of};
use crate::context::Context;
use crate::search::bits::Bits;
use crate::search::goals::frame::task::TaskSamples;
use crate::search::goals::frame::workbench::Node;
use crate::search::trees::{Choice, Problem, Question};
use crate::value::{Grid, Value};

/// Most questions and choices.
const MOST_QUESTIONS: usize = 6_000;
const MOST_CHOICES: usize = 160;
/// What it costs beyond its steps that a number is another than 0, and that a color is one that an expression gives.
const NUMBER: u32 = 6;
const ROLE: u32 = 6;
/// Different numbers of a field that are asked for.
const MOST_NUMBERS: usize = 12;

/// How the cells that a question holds for are written.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Where a grid has a number.
    Number(Node, u8),
    /// Where a grid has the color that an expression gives.
    Color(Node, Node),
    /// Where two grids have the same.
    Equal(Node, Node),
    /// Where two grids have the same and it is not the background.
    Seen(Node, Node, Node),
    /// A patch.
    Patch(Node),
    /// What some objects cover: the objects, a property and which value of it, and what is made of each object.
    Objects { objects: Node, property: Node, test: Test, region: Option<Node> },
}

/// Which value of a property objects have.
#[derive(Clone, Debug)]
pub enum Test {
    /// A constant.
    Value(Value),
    /// The largest or the smallest one: `valmax` or `valmin`.
    Extreme(&'static str),
    /// The one of that place among the distinct ones, as `valrank` counts.
    Rank(i64),
    /// The commonest or the rarest one: `mostcommon` or `leastcommon`.
    Common(&'static str),
}

impl Test {
    /// What it adds to the cost of a question.
    pub fn cost(&self) -> u32 {
        match self {
            Test::Value(_) => 2,
            Test::Extreme(_) => 6,
            Test::Common(_) => 8,
            Test::Rank(_) => 10,
        }
    }
}

/// What color a leaf gives.
#[derive(Clone, Copy, Debug)]
pub enum Give {
    /// A constant.
    Literal(u8),
    /// What an expression gives.
    Color(Node),
    /// What a grid has there.
    Grid(Node),
}

/// All questions and choices about the cells of a ground.
pub struct Asked {
    /// The colors of the outputs' cells.
    wanted: Vec<u8>,
    shapes: Vec<(usize, usize)>,
    /// Where the cells of each sample begin, among those of the demo samples or of the test samples.
    starts: Vec<usize>,
    demos: usize,
    test_cells: usize,
    questions: Vec<Question>,
    /// How each question is written.
    pub asks: Vec<Ask>,
    choices: Vec<Choice>,
    /// What each choice gives.
    pub gives: Vec<Give>,
    work: i64,
}

impl Asked {
    /// The colors of the outputs and of the ground as choices; no question yet.
    pub fn new(task: &TaskSamples, ground: &Ground) -> Asked {
        let demos = task.target.demos();
        let mut starts = Vec::new();
        let (mut demo_cells, mut test_cells) = (0, 0);
        for (sample, (height, width)) in ground.shapes.iter().enumerate() {
            let count = if sample < demos { &mut demo_cells } else { &mut test_cells };
            starts.push(*count);
            *count += height * width;
        }
        let mut asked = Asked {
            wanted: task.target.cells().to_vec(),
            shapes: ground.shapes.clone(),
            starts,
            demos,
            test_cells,
            questions: Vec::new(),
            asks: Vec::new(),
            choices: Vec::new(),
            gives: Vec::new(),
            work: 0,
        };
        for color in &task.target.colors {
            let wanted = asked.right(|place| asked.wanted[place] == *color);
            asked.choose(Give::Literal(*color), wanted, vec![u16::from(*color); test_cells], 6);
        }
        for node in &ground.colors {
            asked.add_color(ground, *node);
        }
        asked
    }

    fn right(&self, is_right: impl Fn(usize) -> bool) -> Bits {
        let mut bits = Bits::none(self.wanted.len().div_ceil(64));
        (0..self.wanted.len()).filter(|place| is_right(*place)).for_each(|place| bits.set(place));
        bits
    }

    fn choose(&mut self, give: Give, right: Bits, tests: Vec<u16>, price: u32) {
        if self.choices.len() < MOST_CHOICES {
            self.choices.push(Choice { right, tests: tests.into(), price });
            self.gives.push(give);
        }
    }

    fn add_color(&mut self, ground: &Ground, node: Node) {
        let color = |sample: usize| ground.bench.value(node, sample).int().and_then(|color| u8::try_from(color).ok());
        let colors: Option<Vec<u8>> = (0..self.shapes.len()).map(color).collect();
        let Some(colors) = colors else { return };
        if colors.iter().any(|color| *color > 9) || colors.iter().all(|color| *color == colors[0]) {
            return;
        }
        let (mut right, mut tests) = (Bits::none(self.wanted.len().div_ceil(64)), vec![0; self.test_cells]);
        self.each_cell(|sample, _, _, place| {
            if sample < self.demos {
                if self.wanted[place] == colors[sample] {
                    right.set(place);
                }
            } else {
                tests[place] = u16::from(colors[sample]);
            }
        });
        self.choose(Give::Color(node), right, tests, ground.bench.cost(node) + 4 + ROLE);
    }

    /// Calls the function with each cell: sample, row, column, and its place among those of demo or test samples.
    fn each_cell(&self, mut see: impl FnMut(usize, usize, usize, usize)) {
        for (sample, (height, width)) in self.shapes.iter().enumerate() {
            for row in 0..*height {
                for column in 0..*width {
                    see(sample, row, column, self.starts[sample] + row * width + column);
                }
            }
        }
    }

    /// The grids of a node, where all have the shapes of the ground.
    fn grids<'a>(&self, ground: &'a Ground, node: Node) -> Option<Vec<&'a Grid>> {
        let grid = |(sample, shape): (usize, &(usize, usize))| {
            grid_of(ground.bench.value(node, sample)).filter(|grid| (grid.height(), grid.width()) == *shape)
        };
        self.shapes.iter().enumerate().map(grid).collect()
    }

    /// Adds what a grid gives as a choice.
    pub fn give_grid(&mut self, ground: &Ground, node: Node, more: u32) {
        let Some(grids) = self.grids(ground, node) else { return };
        let cells: Vec<u8> = grids[..self.demos].iter().flat_map(|grid| grid.cells()).copied().collect();
        let tests: Vec<u16> =
            grids[self.demos..].iter().flat_map(|grid| grid.cells()).map(|cell| u16::from(*cell)).collect();
        if tests.iter().any(|color| *color > 9) {
            return;
        }
        let right = self.right(|place| cells[place] == self.wanted[place]);
        self.choose(Give::Grid(node), right, tests, ground.bench.cost(node) + more);
    }

    /// Asks for each color that a grid has on the demo samples.
    pub fn ask_colors(&mut self, ground: &Ground, node: Node, more: u32) {
        self.ask_each(ground, node, |_| more);
        let Some(grids) = self.grids(ground, node) else { return };
        let price = ground.bench.cost(node) + 4 + more;
        for color in ground.colors.clone() {
            let value = |sample: usize| ground.bench.value(color, sample).int();
            if (1..self.shapes.len()).any(|sample| value(sample) != value(0)) {
                let bits = self.bits_of(&grids, |cell, sample, _| Some(i64::from(cell)) == value(sample));
                self.ask(Ask::Color(node, color), bits, price + ground.bench.cost(color) + ROLE);
            }
        }
    }

    /// Asks for each number that a grid has on the demo samples, the commonest ones if there are many; any but 0 costs more.
    pub fn ask_numbers(&mut self, ground: &Ground, node: Node, more: u32) {
        self.ask_each(ground, node, |number| more + if number == 0 { 0 } else { NUMBER });
    }

    fn ask_each(&mut self, ground: &Ground, node: Node, more: impl Fn(u8) -> u32) {
        let Some(grids) = self.grids(ground, node) else { return };
        let mut counts = [0u32; 256];
        grids[..self.demos].iter().flat_map(|grid| grid.cells()).for_each(|cell| counts[usize::from(*cell)] += 1);
        let mut numbers: Vec<u8> = (0..=255).filter(|number| counts[usize::from(*number)] > 0).collect();
        numbers.sort_by_key(|number| std::cmp::Reverse(counts[usize::from(*number)]));
        numbers.truncate(MOST_NUMBERS);
        let price = ground.bench.cost(node) + 6;
        for number in numbers {
            let bits = self.bits_of(&grids, |cell, _, _| cell == number);
            self.ask(Ask::Number(node, number), bits, price + more(number));
        }
    }

    /// Asks where a grid has more than each of the numbers that it has, but 0 and the largest.
    pub fn ask_more(&mut self, context: &mut Context, ground: &mut Ground, node: Node) {
        let Some(grids) = self.grids(ground, node) else { return };
        let most = grids[..self.demos].iter().flat_map(|grid| grid.cells()).copied().max().unwrap_or(0);
        for number in 1..most.min(6) {
            let limit = ground.bench.int(i64::from(number));
            let Some(patch) = ground.bench.call(context, "morethan", &[node, limit]) else { continue };
            let patches: Vec<Vec<&Value>> =
                (0..self.shapes.len()).map(|sample| vec![ground.bench.value(patch, sample)]).collect();
            self.ask_patches(Ask::Patch(patch), patches.into_iter(), ground.bench.cost(patch) + NUMBER);
        }
    }

    /// Asks where two grids have the same.
    pub fn ask_equal(&mut self, ground: &Ground, one: Node, other: Node, price: u32) {
        let Some(grids) = self.grids(ground, one) else { return };
        let Some(others) = self.grids(ground, other) else { return };
        let bits = self.bits_of(&grids, |cell, sample, place| others[sample].cells()[place] == cell);
        self.ask(Ask::Equal(one, other), bits, price);
    }

    /// Asks where two grids have the same color, one that is not the background.
    pub fn ask_seen(&mut self, ground: &Ground, one: Node, other: Node, price: u32) {
        let Some(grids) = self.grids(ground, one) else { return };
        let Some(others) = self.grids(ground, other) else { return };
        let background = |sample: usize| ground.bench.value(ground.background, sample).int();
        let backgrounds: Vec<Option<i64>> = (0..self.shapes.len()).map(background).collect();
        let holds = |cell, sample: usize, place: usize| {
            Some(i64::from(cell)) != backgrounds[sample] && others[sample].cells()[place] == cell
        };
        let bits = self.bits_of(&grids, holds);
        self.ask(Ask::Seen(one, other, ground.background), bits, price);
    }

    fn bits_of(&mut self, grids: &[&Grid], holds: impl Fn(u8, usize, usize) -> bool) -> (Bits, Bits) {
        let (mut demos, mut tests) = self.no_bits();
        for (sample, grid) in grids.iter().enumerate() {
            let bits = if sample < self.demos { &mut demos } else { &mut tests };
            for (place, cell) in grid.cells().iter().enumerate() {
                if holds(*cell, sample, place) {
                    bits.set(self.starts[sample] + place);
                }
            }
        }
        self.work += (self.wanted.len() + self.test_cells) as i64;
        (demos, tests)
    }

    fn no_bits(&self) -> (Bits, Bits) {
        (Bits::none(self.wanted.len().div_ceil(64)), Bits::none(self.test_cells.div_ceil(64)))
    }

    /// Asks for the cells of patches, one a sample.
    pub fn ask_patches<'a>(&mut self, ask: Ask, patches: impl Iterator<Item = Vec<&'a Value>>, price: u32) {
        let (mut demos, mut tests) = self.no_bits();
        for (sample, values) in patches.enumerate() {
            let bits = if sample < self.demos { &mut demos } else { &mut tests };
            let (height, width) = self.shapes[sample];
            for value in values {
                let Some(places) = value.window() else { continue };
                for (row, column) in places.places() {
                    self.work += 1;
                    let inside = (0..height as i64).contains(&row) && (0..width as i64).contains(&column);
                    if inside {
                        bits.set(self.starts[sample] + row as usize * width + column as usize);
                    }
                }
            }
        }
        self.ask(ask, (demos, tests), price);
    }

    fn ask(&mut self, ask: Ask, (demos, tests): (Bits, Bits), price: u32) {
        if self.questions.len() < MOST_QUESTIONS && !demos.is_empty() {
            self.questions.push(Question { demos, tests, price });
            self.asks.push(ask);
        }
    }

    /// Where the cells of each demo sample lie among those of all.
    pub fn demos(&self) -> Vec<Range<usize>> {
        let of = |demo: usize| {
            let (height, width) = self.shapes[demo];
            self.starts[demo]..self.starts[demo] + height * width
        };
        (0..self.demos).map(of).collect()
    }

    /// Everything as a problem for the learner.
    pub fn problem(&self) -> Problem {
        Problem::new(self.wanted.len(), self.test_cells, self.questions.clone(), self.choices.clone())
    }

    /// The work that was done, in eighths of units of fuel.
    pub fn work(&self) -> i64 {
        self.work
    }
}
