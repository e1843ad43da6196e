//! Goal `layers`: grids and patches laid over each other that make the output. The last steps are calls of `fill` and
//! `paint` over a grid.
//!
//! Example: the output is `I` with its corners in 4, and the expressions are `I` and `corners(asindices(I))`.
//!
//! The topmost piece is found first. It has to be right wherever it covers something; the next one wherever nothing above covers it, and so
//! on, until nothing is left or one grid is right on all that is left. At each step those are tried that cover most.
//!
//! Source of the idea of putting an output together from partial answers, greedily: icecuber's search program for the
//! ARC competition of 2020.

mod pieces;

use super::frame::goal::{Goal, Level};
use super::frame::sample_grids::SampleGrids;
use super::frame::sample_patches::SamplePatches;
use super::frame::steps::{Proposal, Steps, int};
use super::frame::target::Target;
use super::frame::task::TaskSamples;
use crate::context::Context;
use crate::search::answer::Part;
use crate::search::bits::Bits;
use pieces::{Piece, Pieces};

/// How many pieces are tried at each depth over nothing, and over a grid that is to be mended.
const WIDTHS: [[usize; 3]; 2] = [[12, 3, 1], [4, 2, 1]];
/// Most grids that are to be mended.
const MOST_BOTTOMS: usize = 24;
/// Most answers at a time.
const MOST_ANSWERS: usize = 12;

/// The pieces found so far.
#[derive(Default)]
struct Layers {
    pieces: Pieces,
    /// Pieces that were there when it looked last.
    seen: usize,
}

/// The goal.
pub fn goal(_: &TaskSamples) -> Box<dyn Goal> {
    Box::new(Layers::default())
}

impl Goal for Layers {
    fn name(&self) -> &'static str {
        "layers"
    }

    fn see_grids(&mut self, task: &TaskSamples, grids: &SampleGrids<'_>, _: &mut Vec<Proposal>) {
        if let Some(cells) = grids.near_cells() {
            self.pieces.offer_grid(&task.target, grids, cells);
        }
    }

    fn see_patches(&mut self, task: &TaskSamples, patches: &SamplePatches<'_>, _: &mut Vec<Proposal>) {
        // Where outputs have other shapes than inputs, locations mean other things.
        if task.keeps_shapes {
            self.pieces.offer_patch(&task.target, patches);
        }
    }

    fn close_level(&mut self, _: &mut Context, task: &TaskSamples, _: Level, proposals: &mut Vec<Proposal>) -> i64 {
        let work = search(&task.target, self.pieces.all(), self.seen, proposals);
        self.seen = self.pieces.all().len();
        work
    }
}

/// Looks for answers among the pieces.
///
/// Args: `since`: number of pieces that were there when it looked last; an answer has at least one that was not.
///
/// Returns: words that were looked at, for the meter.
fn search(target: &Target, pieces: &[Piece], since: usize, proposals: &mut Vec<Proposal>) -> i64 {
    if pieces.len() == since {
        return 0;
    }
    let left = Bits::first(target.cells().len());
    let mut search = LayerSearch { target, pieces, stack: Vec::new(), proposals: Vec::new(), scans: 0 };
    search.deeper(&left, None);
    for bottom in search.bottoms() {
        search.deeper(&left, Some(bottom));
    }
    let mut layered = std::mem::take(&mut search.proposals);
    layered.retain(|(layers, _)| layers.iter().any(|piece| *piece >= since));
    layered.sort_by(|(one, a), (other, b)| (a.cost, one).cmp(&(b.cost, other)));
    layered.dedup_by(|(one, _), (other, _)| one == other);
    layered.truncate(MOST_ANSWERS);
    proposals.extend(layered.into_iter().map(|(_, proposal)| proposal));
    search.scans * (pieces.len() * target.words()) as i64
}

struct LayerSearch<'a> {
    target: &'a Target,
    pieces: &'a [Piece],
    /// The pieces laid so far, the topmost first.
    stack: Vec<usize>,
    /// The pieces of each answer, and the answer.
    proposals: Vec<(Vec<usize>, Proposal)>,
    /// How often all pieces were looked through.
    scans: i64,
}

impl LayerSearch<'_> {
    /// The grids that few cells of are wrong, best first.
    fn bottoms(&self) -> Vec<usize> {
        let whole = self.pieces.iter().enumerate().filter(|(_, piece)| piece.is_whole());
        let mut found: Vec<(u32, u32, usize)> =
            whole.map(|(number, piece)| (piece.wrong.count(), piece.cost, number)).collect();
        found.sort_unstable();
        found.truncate(MOST_BOTTOMS);
        found.into_iter().map(|(_, _, number)| number).collect()
    }

    /// Lays further pieces where nothing lies yet, over a grid at the bottom (None: any that fits).
    fn deeper(&mut self, left: &Bits, bottom: Option<usize>) {
        match bottom {
            Some(bottom) if is_right(&self.pieces[bottom], left) => return self.answer_over(bottom),
            None if !self.stack.is_empty() => self.finish(left),
            _ => {}
        }
        let widths = WIDTHS[usize::from(bottom.is_some())];
        let Some(&width) = widths.get(self.stack.len()) else { return };
        self.scans += 1;
        for piece in self.best(left, bottom, width) {
            let mut rest = left.clone();
            rest.take_out(&self.pieces[piece].covers);
            self.stack.push(piece);
            self.deeper(&rest, bottom);
            self.stack.pop();
        }
    }

    /// The pieces that are right on what is left and cover most of it, or most of what the bottom has wrong; of equals
    /// the cheapest, then the first.
    fn best(&self, left: &Bits, bottom: Option<usize>, width: usize) -> Vec<usize> {
        let shapes = self.shapes(bottom);
        let needed = bottom.map_or(left, |bottom| &self.pieces[bottom].wrong);
        let mut found: Vec<(u32, u32, usize)> = Vec::new();
        for (number, piece) in self.pieces.iter().enumerate() {
            if piece.is_whole() || !is_right(piece, left) || !fits(piece, shapes) {
                continue;
            }
            let words = left.0.iter().zip(&piece.covers.0).zip(&needed.0);
            let covered = words.map(|((left, covers), needed)| (left & covers & needed).count_ones()).sum();
            if covered > 0 {
                found.push((covered, piece.cost, number));
            }
        }
        found.sort_by_key(|&(covered, cost, number)| (std::cmp::Reverse(covered), cost, number));
        found.truncate(width);
        found.into_iter().map(|(_, _, number)| number).collect()
    }

    /// Adds the answers that have one grid below the pieces.
    fn finish(&mut self, left: &Bits) {
        let shapes = self.shapes(None);
        let fitting = |piece: &Piece| piece.is_whole() && fits(piece, shapes) && is_right(piece, left);
        let below = self.pieces.iter().enumerate().filter(|(_, piece)| fitting(piece));
        if let Some((bottom, _)) = below.min_by_key(|(number, piece)| (piece.cost, *number)) {
            self.answer_over(bottom);
        }
        let cells = self.target.cells();
        let mut places = (0..cells.len()).filter(|place| left.0[place / 64] >> (place % 64) & 1 == 1);
        let color = places.next().map_or(0, |place| cells[place]);
        let sized = self.stack.iter().find(|piece| self.pieces[**piece].shapes.is_some());
        if let Some(&sized) = sized
            && places.all(|place| cells[place] == color)
        {
            let mut steps = Steps::default();
            let grid = self.pieces[sized].source.part(&mut steps);
            let shape = steps.call("shape", [grid]);
            let bottom = steps.call("canvas", [int(color), shape]);
            self.proposals.push((self.stack.clone(), laid_over(self.pieces, &self.stack, steps, bottom, 8)));
        }
    }

    fn answer_over(&mut self, bottom: usize) {
        let piece = &self.pieces[bottom];
        let mut layers = self.stack.clone();
        layers.push(bottom);
        let mut steps = Steps::default();
        let part = piece.laid(&mut steps, None);
        self.proposals.push((layers, laid_over(self.pieces, &self.stack, steps, part, piece.cost)));
    }

    /// The shapes on the test samples that the grids among the pieces have.
    fn shapes(&self, bottom: Option<usize>) -> Option<&[(u32, u32)]> {
        bottom.iter().chain(&self.stack).find_map(|piece| self.pieces[*piece].shapes.as_deref())
    }
}

/// Whether a piece is right on what is left.
#[inline]
fn is_right(piece: &Piece, left: &Bits) -> bool {
    let (place, word) = piece.first_wrong;
    left.0[place] & word == 0 && left.0.iter().zip(&piece.wrong.0).all(|(left, wrong)| left & wrong == 0)
}

/// The answer that lays the pieces over what is at the bottom, the last of the stack first.
fn laid_over(pieces: &[Piece], stack: &[usize], mut steps: Steps, bottom: Part, cost: u32) -> Proposal {
    let mut grid = bottom;
    let mut cost = cost;
    for &number in stack.iter().rev() {
        grid = pieces[number].laid(&mut steps, Some(grid));
        cost += pieces[number].cost;
    }
    // What laying a piece costs is in its cost.
    Proposal { cost: cost + 2 * stack.len() as u32, ..steps.proposal(grid, 0) }
}

/// Whether a piece has these shapes, or none of its own.
fn fits(piece: &Piece, shapes: Option<&[(u32, u32)]>) -> bool {
    match (piece.shapes.as_deref(), shapes) {
        (Some(own), Some(shapes)) => own == shapes,
        _ => true,
    }
}
