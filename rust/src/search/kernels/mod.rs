//! Kernels: ways of their own for the commonest primitives that give grids, from grids in a row to grids in a row.
//!
//! Each gives what its primitive gives, for the same fuel, where the primitive gives a grid of ARC, and nothing else.

use crate::value::Value;

use super::grids::Cells;

/// An argument on one sample.
#[derive(Clone, Copy)]
pub enum Operand<'a> {
    /// A grid.
    Grid(Cells<'a>),
    /// Any other value.
    Value(&'a Value),
}

/// What a kernel made of one sample.
#[derive(Clone, Copy)]
pub struct Made {
    /// What the primitive states as its work.
    pub work: i64,
    /// Height and width of the grid that was written; None where there is none of ARC.
    pub size: Option<(usize, usize)>,
}

/// Writes a grid for one sample. There is room for the largest grid and for some bytes more, which may be overwritten.
pub type Kernel = fn(arguments: &[Operand<'_>], room: &mut [u8]) -> Made;

/// The kernel of a primitive with so many arguments; None where there is none.
pub fn of(_name: &str, _arguments: usize) -> Option<Kernel> {
    None
}
