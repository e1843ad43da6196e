//! Trees over the cells of grids that panels give: which of the grids, or which color, each cell of the output has.

use super::kit::Kit;
use crate::primitives::numbers::places_in;
use crate::search::bits::Bits;
use crate::search::goals::frame::workbench::Node;
use crate::search::trees::{Bounds, Choice, Learned, Problem, Question, Tree, confirmed, learn};
use crate::value::{Grid, Value};

/// Words of bits that a search for trees may go through.
const WORK: i64 = 3_000_000;
/// Trees that are given.
const TREES: usize = 6;
/// Values of a grid that questions ask for.
const MOST_VALUES: usize = 12;
/// Demo samples that are left out, one at a time, to see whether the tree stays the same.
const MOST_LEFT_OUT: usize = 4;
/// What each adds to the cost where it does not.
const DOUBT_COST: u32 = 4;
/// What a leaf beyond the second adds to the cost.
const LEAF_COST: u32 = 5;
/// What a color that is written down costs, and what calls do.
const COLOR_COST: u32 = 3;
const CALL_COST: u32 = 4;

/// Grids of the outputs' shapes, and what may be asked about their cells.
pub struct Frame {
    /// A grid of the shape of what is to be given.
    pub base: Node,
    /// Grids that may be given, with what they cost.
    pub gives: Vec<(Node, u32)>,
    /// Grids whose colors are asked for, with what that costs.
    pub fields: Vec<(Node, u32)>,
    /// Colors of each sample that may be given, with what they cost.
    pub colors: Vec<(Node, u32)>,
    /// Grids that are asked for a number of each sample, with what that costs.
    pub roles: Vec<(Node, Node, u32)>,
    /// Patches that are asked for, with what that costs.
    pub patches: Vec<(Node, u32)>,
    /// Pairs of grids that may be equal.
    pub pairs: Vec<(Node, Node, u32)>,
    /// Most leaves.
    pub leaves: u32,
    /// What everything costs.
    pub price: u32,
}

#[derive(Clone, Copy)]
enum Ask {
    Number(Node, i64),
    Role(Node, Node),
    Equal(Node, Node),
    Patch(Node),
}

#[derive(Clone, Copy)]
enum Give {
    Grid(Node),
    Color(u8),
    Role(Node),
}

impl Frame {
    /// A frame about a grid.
    pub fn new(base: Node, leaves: u32, price: u32) -> Frame {
        let (gives, fields, colors, roles, patches, pairs) = (vec![], vec![], vec![], vec![], vec![], vec![]);
        Frame { base, gives, fields, colors, roles, patches, pairs, leaves, price }
    }

    /// The grids that are right on all demo samples, with their costs; and the work that was done.
    pub fn learned(&self, kit: &mut Kit) -> (Vec<(Node, u32)>, i64) {
        let Some(cells) = Cells::new(kit, self.base) else { return (Vec::new(), 0) };
        let (asks, questions) = self.questions(kit, &cells);
        let (gives, choices) = self.choices(kit, &cells);
        let mut problem = Problem::new(cells.demos, cells.count - cells.demos, questions, choices);
        let bounds = Bounds { leaves: self.leaves, trees: TREES, work: WORK };
        let (trees, mut work) = learn(&problem, bounds);
        let mut left_out = cells.places[..kit.demos()].to_vec();
        left_out.truncate(if trees.is_empty() || kit.demos() < 3 { 0 } else { MOST_LEFT_OUT });
        let (confirmed, more) = confirmed(&mut problem, &left_out, &trees, Bounds { work: WORK / 4, ..bounds });
        work += more + (asks.len() * cells.count / 16) as i64;
        let mut found = Vec::new();
        for (learned, confirmed) in trees.iter().zip(confirmed) {
            let doubts = left_out.len() as u32 - confirmed;
            let node = Writer { frame: self, asks: &asks, gives: &gives }.grid(kit, &learned.tree);
            found.extend(node.map(|node| (node, self.cost(learned) + DOUBT_COST * doubts)));
        }
        (found, work)
    }

    fn cost(&self, learned: &Learned) -> u32 {
        self.price + learned.price + LEAF_COST * learned.leaves.saturating_sub(2)
    }

    fn questions(&self, kit: &Kit, cells: &Cells) -> (Vec<Ask>, Vec<Question>) {
        let (mut asks, mut questions) = (Vec::new(), Vec::new());
        let mut add = |ask: Ask, price: u32, (demos, tests): (Bits, Bits)| {
            asks.push(ask);
            questions.push(Question { demos, tests, price: price + CALL_COST });
        };
        for &(node, price) in &self.fields {
            let Some(grids) = cells.fitting(kit, node) else { continue };
            for value in values_of(&grids[..kit.demos()]) {
                let holds = cells.bits(|sample, place| grids[sample].cells()[place] == value);
                add(Ask::Number(node, i64::from(value)), price + COLOR_COST, holds);
            }
        }
        for &(node, number, price) in &self.roles {
            let Some(grids) = cells.fitting(kit, node) else { continue };
            let numbers = cells.numbers(kit, number);
            let holds = cells.bits(|sample, place| i64::from(grids[sample].cells()[place]) == numbers[sample]);
            add(Ask::Role(node, number), price, holds);
        }
        for &(one, other, price) in &self.pairs {
            let (Some(some), Some(others)) = (cells.fitting(kit, one), cells.fitting(kit, other)) else { continue };
            let holds = cells.bits(|sample, place| some[sample].cells()[place] == others[sample].cells()[place]);
            add(Ask::Equal(one, other), price, holds);
        }
        for &(node, price) in &self.patches {
            if let Some(holds) = cells.covered(kit, node) {
                add(Ask::Patch(node), price, holds);
            }
        }
        (asks, questions)
    }

    fn choices(&self, kit: &Kit, cells: &Cells) -> (Vec<Give>, Vec<Choice>) {
        let wanted = kit.task.target.outputs();
        let (mut gives, mut choices) = (Vec::new(), Vec::new());
        let mut add = |give: Give, price: u32, color: &dyn Fn(usize, usize) -> u8| {
            let (right, _) = cells.bits(|sample, place| {
                wanted.get(sample).is_some_and(|wanted| wanted.cells()[place] == color(sample, place))
            });
            let tests = (kit.demos()..kit.samples())
                .flat_map(|sample| (0..cells.places[sample].len()).map(move |place| u16::from(color(sample, place))));
            gives.push(give);
            choices.push(Choice { right, tests: tests.collect(), price });
        };
        for &(node, price) in &self.gives {
            if let Some(grids) = cells.fitting(kit, node) {
                add(Give::Grid(node), price, &|sample, place| grids[sample].cells()[place]);
            }
        }
        for &color in &kit.task.target.colors {
            add(Give::Color(color), COLOR_COST, &|_, _| color);
        }
        for &(node, price) in &self.colors {
            let colors = cells.numbers(kit, node);
            add(Give::Role(node), price, &|sample, _| u8::try_from(colors[sample]).unwrap_or(u8::MAX));
        }
        (gives, choices)
    }
}

/// The cells of the grids of all samples, those of the demo samples first.
struct Cells {
    places: Vec<std::ops::Range<usize>>,
    shapes: Vec<(usize, usize)>,
    demos: usize,
    count: usize,
}

impl Cells {
    /// The cells of grids of these shapes; None unless they are those of the outputs.
    fn new(kit: &Kit, base: Node) -> Option<Cells> {
        let grids = kit.grids(base)?;
        let fits = kit.task.target.outputs().iter().zip(&grids);
        if !fits.into_iter().all(|(output, grid)| (output.height(), output.width()) == (grid.height(), grid.width())) {
            return None;
        }
        let mut places = Vec::new();
        let mut count = 0;
        for grid in &grids {
            places.push(count..count + grid.cells().len());
            count += grid.cells().len();
        }
        let demos = places[kit.demos() - 1].end;
        let shapes = grids.iter().map(|grid| (grid.height(), grid.width())).collect();
        Some(Cells { places, shapes, demos, count })
    }

    /// The grids of an expression, where they have the shapes.
    fn fitting<'a>(&self, kit: &'a Kit, node: Node) -> Option<Vec<&'a Grid>> {
        let grids = kit.grids(node)?;
        let fits = grids.iter().zip(&self.shapes).all(|(grid, shape)| (grid.height(), grid.width()) == *shape);
        fits.then_some(grids)
    }

    /// The number of each sample; -1 where it is none.
    fn numbers(&self, kit: &Kit, node: Node) -> Vec<i64> {
        (0..self.places.len()).map(|sample| kit.bench.value(node, sample).number().unwrap_or(-1)).collect()
    }

    /// The cells of the demo samples, and those of the test samples, of which something holds.
    fn bits(&self, holds: impl Fn(usize, usize) -> bool) -> (Bits, Bits) {
        let words = |count: usize| Bits::none(count.div_ceil(64));
        let (mut demos, mut tests) = (words(self.demos), words(self.count - self.demos));
        for (sample, places) in self.places.iter().enumerate() {
            for (_, item) in places.clone().enumerate().filter(|(place, _)| holds(sample, *place)) {
                if item < self.demos { demos.set(item) } else { tests.set(item - self.demos) }
            }
        }
        (demos, tests)
    }

    /// The cells where a patch lies.
    fn covered(&self, kit: &Kit, patch: Node) -> Option<(Bits, Bits)> {
        let mut marks: Vec<Vec<bool>> = self.places.iter().map(|places| vec![false; places.len()]).collect();
        for (sample, marks) in marks.iter_mut().enumerate() {
            let (height, width) = self.shapes[sample];
            for (row, column) in places_in(kit.bench.value(patch, sample)).ok()? {
                if (0..height as i64).contains(&row) && (0..width as i64).contains(&column) {
                    marks[row as usize * width + column as usize] = true;
                }
            }
        }
        Some(self.bits(|sample, place| marks[sample][place]))
    }
}

/// The numbers in some grids, ascending, the first few.
fn values_of(grids: &[&Grid]) -> Vec<u8> {
    let mut values: Vec<u8> = grids.iter().flat_map(|grid| grid.cells()).copied().collect();
    values.sort_unstable();
    values.dedup();
    values.truncate(MOST_VALUES);
    values
}

/// Makes the grids that trees give.
struct Writer<'a> {
    frame: &'a Frame,
    asks: &'a [Ask],
    gives: &'a [Give],
}

impl Writer<'_> {
    fn grid(&self, kit: &mut Kit, tree: &Tree) -> Option<Node> {
        match tree {
            Tree::Leaf(choice) => match self.gives[*choice as usize] {
                Give::Grid(node) => Some(node),
                give => {
                    let shape = kit.call("shape", [self.frame.base])?;
                    let color = color_of(kit, give);
                    kit.call("canvas", [color, shape])
                }
            },
            Tree::Split(question, yes, no) => {
                let below = self.grid(kit, no)?;
                let patch = self.patch(kit, self.asks[*question as usize])?;
                if let Tree::Leaf(choice) = **yes
                    && !matches!(self.gives[choice as usize], Give::Grid(_))
                {
                    let color = color_of(kit, self.gives[choice as usize]);
                    return kit.call("fill", [below, color, patch]);
                }
                let above = self.grid(kit, yes)?;
                kit.call("overlay", [below, above, patch])
            }
        }
    }

    /// The cells for which a question holds.
    fn patch(&self, kit: &mut Kit, ask: Ask) -> Option<Node> {
        match ask {
            Ask::Number(grid, number) => {
                let number = kit.leaf(Value::Int(number));
                kit.call("ofcolor", [grid, number])
            }
            Ask::Role(grid, number) => kit.call("ofcolor", [grid, number]),
            Ask::Equal(one, other) => kit.call("equalcells", [one, other]),
            Ask::Patch(patch) => Some(patch),
        }
    }
}

/// What is given, a color.
fn color_of(kit: &mut Kit, give: Give) -> Node {
    match give {
        Give::Color(color) => kit.int(color),
        Give::Role(node) | Give::Grid(node) => node,
    }
}
