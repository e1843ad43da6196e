//! Kernels: ways of their own for the commonest primitives that give grids, from grids in a row to grids in a row.
//!
//! Each gives what its primitive gives, for the same fuel, where the primitive gives a grid of ARC, and nothing else. Rows
//! have at most 30 cells, so a row is copied as 32 bytes: what is too much is overwritten by the next row, or lies beyond
//! the end of the grid.

mod coloring;
mod cutting;
mod joining;
mod painting;
mod scaling;
mod turning;

use crate::value::Value;

use super::form::MAX_SIDE;
use super::grids::{Cells, SLACK};

/// An argument on one sample.
#[derive(Clone, Copy)]
pub enum Operand<'a> {
    /// A grid.
    Grid(Cells<'a>),
    /// Any other value.
    Value(&'a Value),
}

/// What a kernel made of one sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// What the primitive states as its work.
    pub work: i64,
    /// Height and width of the grid that was written; None where there is none of ARC.
    pub size: Option<(usize, usize)>,
}

impl Made {
    /// A grid of this size.
    #[inline]
    fn grid(work: usize, height: usize, width: usize) -> Made {
        Made { work: work as i64, size: Some((height, width)) }
    }

    /// No grid.
    #[inline]
    fn nothing(work: usize) -> Made {
        Made { work: work as i64, size: None }
    }
}

/// Writes a grid for one sample. There is room for the largest grid and [`SLACK`] bytes more, which may be overwritten.
pub type Kernel = fn(arguments: &[Operand<'_>], room: &mut [u8]) -> Made;

/// All kernels, by the names of their primitives, with which arguments are grids.
const KERNELS: &[(&str, &[bool], Kernel)] = &[
    ("rot90", &[true], turning::rot90),
    ("rot180", &[true], turning::rot180),
    ("rot270", &[true], turning::rot270),
    ("hmirror", &[true], turning::hmirror),
    ("vmirror", &[true], turning::vmirror),
    ("dmirror", &[true], turning::dmirror),
    ("cmirror", &[true], turning::cmirror),
    ("tophalf", &[true], cutting::tophalf),
    ("bottomhalf", &[true], cutting::bottomhalf),
    ("lefthalf", &[true], cutting::lefthalf),
    ("righthalf", &[true], cutting::righthalf),
    ("trim", &[true], cutting::trim),
    ("compress", &[true], cutting::compress),
    ("crop", &[true, false, false], cutting::crop),
    ("subgrid", &[false, true], cutting::subgrid),
    ("hconcat", &[true, true], joining::hconcat),
    ("vconcat", &[true, true], joining::vconcat),
    ("cellwise", &[true, true, false], joining::cellwise),
    ("hupscale", &[true, false], scaling::hupscale),
    ("vupscale", &[true, false], scaling::vupscale),
    ("upscale", &[true, false], scaling::upscale),
    ("downscale", &[true, false], scaling::downscale),
    ("replace", &[true, false, false], coloring::replace),
    ("switch", &[true, false, false], coloring::switch),
    ("canvas", &[false, false], coloring::canvas),
    ("fill", &[true, false, false], painting::fill),
    ("underfill", &[true, false, false], painting::underfill),
    ("cover", &[true, false], painting::cover),
    ("paint", &[true, false], painting::paint),
    ("underpaint", &[true, false], painting::underpaint),
];

/// The kernel of a primitive, given which of its arguments are grids; None where there is none.
pub fn of(name: &str, are_grids: &[bool]) -> Option<Kernel> {
    KERNELS.iter().find(|(known, grids, _)| *known == name && *grids == are_grids).map(|(.., kernel)| *kernel)
}

/// The grid that an argument is.
#[inline]
fn grid<'a>(arguments: &[Operand<'a>], place: usize) -> Option<Cells<'a>> {
    match arguments[place] {
        Operand::Grid(cells) => Some(cells),
        Operand::Value(_) => None,
    }
}

/// The value that an argument is, none of a grid.
#[inline]
fn value<'a>(arguments: &[Operand<'a>], place: usize) -> &'a Value {
    match arguments[place] {
        Operand::Value(value) => value,
        Operand::Grid(_) => &Value::None,
    }
}

/// The color that an argument is.
#[inline]
fn color(arguments: &[Operand<'_>], place: usize) -> Option<u8> {
    value(arguments, place).color()
}

/// Whether a grid may have so many rows or columns.
#[inline]
fn is_side(side: usize) -> bool {
    (1..=MAX_SIDE).contains(&side)
}

/// Copies a row of up to 30 cells, as [`SLACK`] bytes.
#[inline]
fn copy_row(to: &mut [u8], at: usize, from: &[u8], start: usize) {
    to[at..at + SLACK].copy_from_slice(&from[start..start + SLACK]);
}
