//! A scene: the objects of all samples under one way of seeing them, and how their cells change.

use super::kit::Kit;
use crate::search::goals::frame::task::TaskSamples;
use crate::search::goals::frame::workbench::Node;
use crate::value::{Grid, Value};

/// Most objects of one sample, and of all.
const MOST_OBJECTS: usize = 60;
const MOST_ITEMS: usize = 300;

/// An object.
pub struct Item {
    /// Its sample.
    pub sample: usize,
    /// Itself.
    pub object: Value,
    /// Its cells: place in the grid, row by row, and color.
    pub cells: Vec<(u16, u8)>,
}

/// The objects of all samples, those of the demo samples first.
pub struct Scene<'t> {
    /// The task.
    pub task: &'t TaskSamples,
    /// The expression that gives the objects.
    pub view: Node,
    /// What that costs.
    pub price: u32,
    /// The objects, by sample and in canonical order.
    pub items: Vec<Item>,
    /// How many of them are of demo samples.
    pub demos: usize,
    /// The most common color of each input.
    pub backgrounds: Vec<u8>,
}

impl<'t> Scene<'t> {
    /// The scene of a container of objects; None where there are none on some sample, or too many.
    pub fn new(kit: &Kit, task: &'t TaskSamples, view: Node, price: u32) -> Option<Scene<'t>> {
        let mut items = Vec::new();
        let mut demos = 0;
        for (sample, input) in task.inputs.iter().enumerate() {
            let objects = kit.bench.value(view, sample).slice()?;
            if objects.len() > MOST_OBJECTS {
                return None;
            }
            for object in objects {
                let cells = cells_of(object, input)?;
                items.push(Item { sample, object: object.clone(), cells });
            }
            if sample < task.target.demos() {
                demos = items.len();
            }
        }
        if demos < 2 || items.len() == demos || items.len() > MOST_ITEMS {
            return None;
        }
        let backgrounds = task.inputs.iter().map(common_color).collect();
        Some(Scene { task, view, price, items, demos, backgrounds })
    }

    /// The objects of the demo samples.
    pub fn demo_items(&self) -> &[Item] {
        &self.items[..self.demos]
    }

    /// The color of a place in a demo input and in its output.
    pub fn colors_at(&self, sample: usize, place: u16) -> (u8, u8) {
        let place = usize::from(place);
        (self.task.inputs[sample].cells()[place], self.output(sample).cells()[place])
    }

    /// The output of a demo sample.
    pub fn output(&self, sample: usize) -> &Grid {
        &self.task.target.outputs()[sample]
    }

    /// Whether two scenes have the same objects.
    pub fn is_like(&self, other: &Scene<'_>) -> bool {
        let pairs = &mut self.items.iter().zip(&other.items);
        self.items.len() == other.items.len() && pairs.all(|(one, other)| one.object == other.object)
    }
}

/// The most common color of a grid, of equals the smallest.
fn common_color(grid: &Grid) -> u8 {
    let counts = grid.histogram();
    (0..10u8).rev().max_by_key(|color| counts[usize::from(*color)]).unwrap_or(0)
}

/// The cells of a patch that lie within a grid, with the colors of an object, or 255 for locations; None of what is no
/// patch.
pub fn cells_of(patch: &Value, grid: &Grid) -> Option<Vec<(u16, u8)>> {
    let (height, width) = (grid.height() as i32, grid.width() as i32);
    let mut cells = Vec::with_capacity(patch.count().min(1024));
    for item in patch.items().ok()? {
        let (color, row, column) = match item {
            Value::Pair(row, column) => (u8::MAX, row, column),
            Value::Cell(color, row, column) => (color, row, column),
            _ => return None,
        };
        if (0..height).contains(&row) && (0..width).contains(&column) {
            cells.push(((row * width + column) as u16, color));
        }
    }
    Some(cells)
}
