//! Pieces: what can be laid over a grid so that some cells of the outputs come out right.

use std::collections::HashMap;

use crate::search::answer::Part;
use crate::search::bits::Bits;
use crate::search::goals::frame::sample_grids::SampleGrids;
use crate::search::goals::frame::sample_patches::SamplePatches;
use crate::search::goals::frame::source::Source;
use crate::search::goals::frame::steps::{Steps, int};
use crate::search::goals::frame::target::Target;
use crate::value::Value;

/// Most pieces that are kept.
const MOST: usize = 12_000;
/// Most pieces that are the same on the demo samples: they may differ on the test.
const MOST_ALIKE: u8 = 2;

/// How a piece is laid over a grid.
#[derive(Clone, Copy, Debug)]
pub enum Laying {
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
    /// What it is made of.
    pub source: Source,
    /// Its cost, that of the way it is laid included.
    pub cost: u32,
    /// How it is laid.
    pub laying: Laying,
    /// The cells that it covers.
    pub covers: Bits,
    /// Those of them that come out wrong.
    pub wrong: Bits,
    /// The first word of these that is not 0, with its place, to be looked at without following a pointer.
    pub first_wrong: (usize, u64),
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

    /// Adds what grids with the outputs' shapes and these cells are good for.
    pub fn offer_grid(&mut self, target: &Target, grids: &SampleGrids<'_>, cells: &[u8]) {
        if self.all.len() >= MOST {
            return;
        }
        self.add_grid(target, grids, cells, None);
        self.add_grid(target, grids, cells, Some(0));
        if target.common != 0 {
            self.add_grid(target, grids, cells, Some(target.common));
        }
    }

    fn add_grid(&mut self, target: &Target, grids: &SampleGrids<'_>, cells: &[u8], see_through: Option<u8>) {
        let outputs = target.cells();
        let hidden = see_through.unwrap_or(u8::MAX);
        // Most are of no use, which counting shows soonest.
        let wrong = count(cells, outputs, |cell, output| (cell != hidden) & (cell != output));
        let covered = count(cells, outputs, |cell, _| cell != hidden);
        if !is_useful(covered, wrong) || see_through.is_some() && covered as usize == cells.len() {
            return;
        }
        let mut shown = (0..10).filter(|color| *color != hidden && cells.contains(color));
        let color = shown.next().filter(|_| see_through.is_some() && shown.next().is_none());
        let laying = Laying::Grid { see_through, color };
        let (mut covers, mut mistakes) = (Bits::none(target.words()), Bits::none(target.words()));
        for (place, (cell, output)) in cells.iter().zip(outputs).enumerate() {
            if *cell != hidden {
                covers.set(place);
                if cell != output {
                    mistakes.set(place);
                }
            }
        }
        let shapes = Some(grids.test_shapes());
        self.add(Piece::new(grids.source, grids.cost, laying, (covers, mistakes), shapes));
    }

    /// Adds what a patch is good for, if it is one on each demo sample.
    pub fn offer_patch(&mut self, target: &Target, patches: &SamplePatches<'_>) {
        if self.all.len() >= MOST {
            return;
        }
        let (source, cost) = (Source::Entry(patches.entry), patches.cost);
        let mut covers = Bits::none(target.words());
        let mut painted_wrong = Bits::none(target.words());
        let mut places = Vec::new();
        let mut has_colors = true;
        for (demo, value) in patches.values.iter().take(target.demos()).enumerate() {
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
            self.add(Piece::new(source, cost, Laying::Fill(color), (covers.clone(), wrong), None));
        }
        if has_colors {
            self.add(Piece::new(source, cost, Laying::Paint, (covers, painted_wrong), None));
        }
    }

    fn add(&mut self, piece: Piece) {
        if !is_useful(piece.covers.count(), piece.wrong.count()) || self.all.len() >= MOST {
            return;
        }
        let alike = self.alike.entry((piece.covers.clone(), piece.wrong.clone())).or_default();
        if *alike < MOST_ALIKE {
            *alike += 1;
            self.all.push(piece);
        }
    }
}

impl Laying {
    /// What laying it costs beyond the entry.
    fn cost(self) -> u32 {
        match self {
            Laying::Grid { see_through: None, .. } => 0,
            Laying::Grid { color: Some(_), .. } => 8,
            Laying::Grid { .. } => 16,
            Laying::Fill(_) | Laying::Paint => 4,
        }
    }
}

impl Piece {
    /// A piece of a source of that cost: laid so, it covers some cells and has some of them wrong.
    fn new(
        source: Source,
        cost: u32,
        laying: Laying,
        (covers, wrong): (Bits, Bits),
        shapes: Option<Box<[(u32, u32)]>>,
    ) -> Piece {
        let first_wrong = wrong.first_word();
        Piece { source, cost: cost + laying.cost(), laying, covers, wrong, first_wrong, shapes }
    }

    /// Whether it can lie at the bottom: it covers every cell, on the test samples too.
    pub fn is_whole(&self) -> bool {
        matches!(self.laying, Laying::Grid { see_through: None, .. })
    }

    /// Writes the steps that lay it over a grid (None: over nothing).
    pub fn laid(&self, steps: &mut Steps, grid: Option<Part>) -> Part {
        let entry = self.source.part(steps);
        let Some(grid) = grid else { return entry };
        match self.laying {
            Laying::Grid { see_through: None, .. } => entry,
            Laying::Grid { color: Some(color), .. } => {
                let patch = steps.call("ofcolor", [entry, int(color)]);
                steps.call("fill", [grid, int(color), patch])
            }
            Laying::Grid { see_through: Some(color), .. } => {
                let all = steps.call("asindices", [entry.clone()]);
                let hidden = steps.call("ofcolor", [entry.clone(), int(color)]);
                let patch = steps.call("difference", [all, hidden]);
                let object = steps.call("toobject", [patch, entry]);
                steps.call("paint", [grid, object])
            }
            Laying::Fill(color) => steps.call("fill", [grid, int(color), entry]),
            Laying::Paint => steps.call("paint", [grid, entry]),
        }
    }
}

/// Whether a piece that covers so many cells, some of them wrong, is worth keeping.
fn is_useful(covered: u32, wrong: u32) -> bool {
    covered > 0 && 2 * wrong <= covered
}

/// How many pairs of cells are such; in runs short enough to be counted in bytes, many at once.
#[inline]
fn count(cells: &[u8], outputs: &[u8], is_such: impl Fn(u8, u8) -> bool) -> u32 {
    let runs = cells.chunks(255).zip(outputs.chunks(255));
    runs.map(|(cells, outputs)| {
        let pairs = cells.iter().zip(outputs);
        u32::from(pairs.map(|(cell, output)| u8::from(is_such(*cell, *output))).sum::<u8>())
    })
    .sum()
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
