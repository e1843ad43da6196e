//! Outcomes: what a program gives on a sample, and what is left of it once it was compared.

use crate::fail::Fail;
use crate::value::{Grid, Value};

/// Most rows and columns of a grid of ARC.
const MAX_SIDE: usize = 30;

/// Where and why a program failed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Why.
    pub fail: Fail,
    /// The failing call as canonical text numbers it, from 1; 0 when nothing had started.
    pub step: u32,
    /// The node of that call; None when nothing had started.
    pub node: Option<u32>,
}

/// What a program gave, as it stands in a scope: a value or a failure, and the fuel of its own nodes up to there.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// The value, or why there is none.
    pub result: Result<&'a Value, FailureAt<'a>>,
    /// Units spent, shared nodes counted in full.
    pub fuel: i64,
}

/// A [`Failure`] as it stands in a scope.
#[derive(Clone, Copy, Debug)]
pub struct FailureAt<'a> {
    /// Why.
    pub fail: &'a Fail,
    /// See [`Failure::step`].
    pub step: u32,
    /// See [`Failure::node`].
    pub node: Option<u32>,
}

impl FailureAt<'_> {
    /// A copy of its own.
    pub fn to_owned(self) -> Failure {
        Failure { fail: self.fail.clone(), step: self.step, node: self.node }
    }
}

/// The cells of a grid of ARC (1 to 30 rows and columns, colors 0 to 9) with its height; None for any other value.
///
/// A bool counts as the number it is, as everywhere.
pub fn arc_grid(value: &Value) -> Option<(usize, std::borrow::Cow<'_, [u8]>)> {
    let fits = |height: usize, width: usize| (1..=MAX_SIDE).contains(&height) && (1..=MAX_SIDE).contains(&width);
    match value {
        Value::Grid(grid) => (fits(grid.height(), grid.width()) && grid.cells().iter().all(|cell| *cell <= 9))
            .then(|| (grid.height(), grid.cells().into())),
        Value::Tuple(rows) => {
            let width = rows.items().first()?.len()?;
            if !fits(rows.len(), width) {
                return None;
            }
            let mut cells = Vec::with_capacity(rows.len() * width);
            for row in rows.items() {
                if !row.is_tuple() || row.count() != width {
                    return None;
                }
                for cell in row.items().ok()? {
                    cells.push(u8::try_from(cell.number()?).ok().filter(|color| *color <= 9)?);
                }
            }
            Some((rows.len(), cells.into()))
        }
        _ => None,
    }
}

/// Whether a value equals a grid.
pub fn is_right(value: &Value, expected: &Grid) -> bool {
    match value {
        Value::Grid(grid) => grid == expected,
        _ => *value == Value::Grid(expected.clone()),
    }
}

/// How many cells of a grid of ARC, given by its height and its cells, are as in another grid; 0 when the shapes differ.
pub fn right_cells(height: usize, cells: &[u8], expected: &Grid) -> u32 {
    if expected.height() != height || expected.cells().len() != cells.len() {
        return 0;
    }
    cells.iter().zip(expected.cells()).filter(|(mine, theirs)| mine == theirs).count() as u32
}

/// The size out of a differ's pair `(size, example)`, at least 0; None for any other value.
pub fn size_of(value: &Value) -> Option<i64> {
    if !value.is_tuple() || value.count() != 2 {
        return None;
    }
    value.number_at(0).filter(|size| *size >= 0)
}
