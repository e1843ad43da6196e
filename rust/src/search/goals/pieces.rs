//! Pieces: what can be laid over a grid so that some cells of the outputs come out right.

use std::collections::HashMap;

use super::steps::{Steps, int};
use super::target::{Bits, Target};
use crate::search::answer::Part;
use crate::value::{Grid, Value};

/// Most pieces that are kept.
const MOST: usize = 12_000;
/// Most pieces that are the same on the demo samples: they may differ on the test.
const MOST_ALIKE: u8 = 2;

/// How a piece is laid over a grid.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A grid: its cells of all colors but one.
    Grid {
        /// The color that is seen through; None when all cells count.
        see_through: Option<u8>,
        /// The only color of the cells that count, when there is one.
        color: Option<u8>,
    },
    /// Locations that get a color.
    Fill(u8),
    /// An object that is painted.
    Paint,
}

/// A piece.
pub struct Piece {
    /// The expression that it is made of.
    pub entry: u32,
    /// Its cost, that of the way it is laid included.
    pub cost: u32,
    /// How it is laid.
    pub kind: Kind,
    /// The cells that it covers.
    pub covers: Bits,
    /// Those of them that come out wrong.
    pub wrong: Bits,
    /// Of a grid its height and width on each test sample.
    pub shapes: Option<Box<[(u32, u32)]>>,
}

/// The pieces found so far, each useful: it makes at least as many cells right as wrong.
#[derive(Default)]
pub struct Pieces {
    all: Vec<Piece>,
    alike: HashMap<(Bits, Bits), u8>,
}

impl Pieces {
    /// The pieces, in the order in which they came.
    pub fn all(&self) -> &[Piece] {
        &self.all
    }

    /// Adds what a grid with the outputs' shapes is good for.
    pub fn offer_grid(&mut self, target: &Target, entry: u32, cost: u32, grids: &[&Grid]) {
        let (demos, tests) = grids.split_at(target.demos());
        let shapes: Box<[(u32, u32)]> = tests.iter().map(|grid| (grid.height() as u32, grid.width() as u32)).collect();
        let mut seen = [false; 10];
        demos.iter().flat_map(|grid| grid.cells()).for_each(|cell| seen[usize::from(*cell) % 10] = true);
        self.add_grid(target, entry, cost, demos, &shapes, None, None);
        for see_through in [0, most_common(grids)] {
            let others: Vec<u8> = (0..10).filter(|color| seen[usize::from(*color)] && *color != see_through).collect();
            if !seen[usize::from(see_through)] || (see_through == 0 && others.is_empty()) {
                continue;
            }
            let color = if let [color] = others[..] { Some(color) } else { None };
            self.add_grid(target, entry, cost, demos, &shapes, Some(see_through), color);
            if most_common(grids) == 0 {
                break;
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn add_grid(
        &mut self,
        target: &Target,
        entry: u32,
        cost: u32,
        demos: &[&Grid],
        shapes: &[(u32, u32)],
        see_through: Option<u8>,
        color: Option<u8>,
    ) {
        let (mut covers, mut wrong) = (Bits::none(target.words()), Bits::none(target.words()));
        let cells = demos.iter().flat_map(|grid| grid.cells());
        for (place, (cell, output)) in cells.zip(target.cells()).enumerate() {
            if Some(*cell) != see_through {
                covers.set(place);
                if cell != output {
                    wrong.set(place);
                }
            }
        }
        let kind = Kind::Grid { see_through, color };
        self.add(Piece { entry, cost: cost + kind.cost(), kind, covers, wrong, shapes: Some(shapes.into()) });
    }

    /// Adds what a patch is good for, if it is one on each demo sample.
    pub fn offer_patch(&mut self, target: &Target, entry: u32, cost: u32, values: &[Value]) {
        let mut covers = Bits::none(target.words());
        let mut painted_wrong = Bits::none(target.words());
        let mut places = Vec::new();
        let mut has_colors = true;
        for (demo, value) in values.iter().take(target.demos()).enumerate() {
            let Some(cells) = cells_of(value) else { return };
            for (color, row, column) in cells {
                let Some(place) = target.place(demo, row, column) else { continue };
                covers.set(place);
                places.push(place);
                match color {
                    Some(color) if color != target.cells()[place] => painted_wrong.set(place),
                    Some(_) => {}
                    None => has_colors = false,
                }
            }
        }
        if places.is_empty() {
            return;
        }
        for &color in &target.colors {
            let mut wrong = Bits::none(target.words());
            places.iter().filter(|place| target.cells()[**place] != color).for_each(|place| wrong.set(*place));
            let kind = Kind::Fill(color);
            self.add(Piece { entry, cost: cost + kind.cost(), kind, covers: covers.clone(), wrong, shapes: None });
        }
        if has_colors {
            let kind = Kind::Paint;
            self.add(Piece { entry, cost: cost + kind.cost(), kind, covers, wrong: painted_wrong, shapes: None });
        }
    }

    fn add(&mut self, piece: Piece) {
        let covered = piece.covers.count();
        if covered == 0 || 2 * piece.wrong.count() > covered || self.all.len() >= MOST {
            return;
        }
        let alike = self.alike.entry((piece.covers.clone(), piece.wrong.clone())).or_default();
        if *alike < MOST_ALIKE {
            *alike += 1;
            self.all.push(piece);
        }
    }
}

impl Kind {
    /// What laying it costs beyond the entry.
    fn cost(self) -> u32 {
        match self {
            Kind::Grid { see_through: None, .. } => 0,
            Kind::Grid { color: Some(_), .. } => 8,
            Kind::Grid { .. } => 16,
            Kind::Fill(_) | Kind::Paint => 4,
        }
    }
}

impl Piece {
    /// Whether it can lie at the bottom: it covers every cell, on the test samples too.
    pub fn is_whole(&self) -> bool {
        matches!(self.kind, Kind::Grid { see_through: None, .. })
    }

    /// Writes the steps that lay it over a grid (None: over nothing).
    pub fn laid(&self, steps: &mut Steps, grid: Option<Part>) -> Part {
        let entry = Part::Entry(self.entry);
        let Some(grid) = grid else { return entry };
        match self.kind {
            Kind::Grid { see_through: None, .. } => entry,
            Kind::Grid { color: Some(color), .. } => {
                let patch = steps.call("ofcolor", [entry, int(color)]);
                steps.call("fill", [grid, int(color), patch])
            }
            Kind::Grid { see_through: Some(color), .. } => {
                let all = steps.call("asindices", [entry.clone()]);
                let hidden = steps.call("ofcolor", [entry.clone(), int(color)]);
                let patch = steps.call("difference", [all, hidden]);
                let object = steps.call("toobject", [patch, entry]);
                steps.call("paint", [grid, object])
            }
            Kind::Fill(color) => steps.call("fill", [grid, int(color), entry]),
            Kind::Paint => steps.call("paint", [grid, entry]),
        }
    }
}

/// The most common color of some grids; of equals the smallest.
fn most_common(grids: &[&Grid]) -> u8 {
    let mut counts = [0u32; 256];
    grids.iter().flat_map(|grid| grid.cells()).for_each(|cell| counts[usize::from(*cell)] += 1);
    (0..10).max_by_key(|color| (counts[usize::from(*color)], 10 - color)).unwrap_or(0)
}

/// Location and color (None: it has none) of each cell of a patch; None of what is none.
fn cells_of(value: &Value) -> Option<Vec<(Option<u8>, i64, i64)>> {
    if let Some(cells) = value.colored_places() {
        return Some(cells.map(|(color, row, column)| (Some(color), row, column)).collect());
    }
    if let Value::Indices(places) = value {
        return Some(places.places().map(|(row, column)| (None, row, column)).collect());
    }
    match value {
        Value::Places(_) => value.spread().map(|places| places.map(|(row, column)| (None, row, column)).collect()),
        Value::Set(set) if set.is_empty() => Some(Vec::new()),
        _ => None,
    }
}
