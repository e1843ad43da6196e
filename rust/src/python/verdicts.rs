//! Verdicts: what is kept of outcomes once they were compared, added up without a Python object each.

use std::collections::HashMap;

use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::digest;
use crate::fail::Fail;
use crate::outcome::{Failure, Outcome, arc_grid, is_right, right_cells};
use crate::value::Grid;

/// What is kept of an outcome.
#[derive(Clone)]
pub struct Verdict {
    /// Stands for the value; None for a failure.
    pub digest: Option<u128>,
    /// Whether the value is a grid of ARC.
    pub is_grid: bool,
    /// Whether it is the expected one; None when that is unknown.
    pub is_right: Option<bool>,
    /// Units spent.
    pub fuel: i64,
    /// Why there is no value.
    pub failure: Option<Failure>,
    /// Cells that are as expected; 0 where the shapes differ or nothing is expected.
    pub right_cells: u32,
    /// Nanoseconds since the verdict before on the same sample; 0 where nobody measured. Depends on the machine.
    pub nanoseconds: u64,
}

/// Compares an outcome with the expected output.
pub fn judge(outcome: Outcome<'_>, expected: Option<&Grid>) -> Verdict {
    let fuel = outcome.fuel;
    let wrong = expected.map(|_| false);
    match outcome.result {
        Err(failure) => Verdict {
            digest: None,
            is_grid: false,
            is_right: wrong,
            fuel,
            failure: Some(failure.to_owned()),
            right_cells: 0,
            nanoseconds: 0,
        },
        Ok(value) => match arc_grid(value) {
            None => {
                let digest = Some(digest::of_value(value));
                Verdict { digest, is_grid: false, is_right: wrong, fuel, failure: None, right_cells: 0, nanoseconds: 0 }
            }
            Some((height, cells)) => {
                let digest = Some(digest::of_grid(height, &cells));
                let is_right = expected.map(|grid| is_right(value, grid));
                let right_cells = expected.map_or(0, |grid| right_cells(height, &cells, grid));
                Verdict { digest, is_grid: true, is_right, fuel, failure: None, right_cells, nanoseconds: 0 }
            }
        },
    }
}

/// Kind, step, node of the callee (None for a computed function) and message of a failure.
pub type PackedFailure = (&'static str, u32, Option<u32>, String);

/// Digest, is a grid, is right, fuel, failure, right cells: a verdict as Python receives it.
pub type PackedVerdict = (Option<u128>, bool, Option<bool>, i64, Option<PackedFailure>, u32);

/// One verdict for each of some programs on one sample.
#[pyclass(name = "Verdicts", frozen)]
pub struct PyVerdicts {
    /// In the order of the programs.
    pub verdicts: Vec<Verdict>,
    /// The node of the callee where a program failed, to be reported.
    pub callees: Vec<Option<u32>>,
    /// The limit that programs which ran out of fuel had.
    pub fuel: i64,
}

#[pymethods]
impl PyVerdicts {
    fn __len__(&self) -> usize {
        self.verdicts.len()
    }

    /// The verdict at a place: digest, is a grid, is right, fuel, failure, right cells.
    fn get(&self, index: usize) -> PyResult<PackedVerdict> {
        let verdict = self.verdicts.get(index).ok_or_else(|| PyIndexError::new_err("no such verdict"))?;
        let failure = verdict.failure.clone().map(|failure| packed(failure, self.callees[index], self.fuel));
        Ok((verdict.digest, verdict.is_grid, verdict.is_right, verdict.fuel, failure, verdict.right_cells))
    }
}

/// A failure as Python receives it; `fuel` is the limit.
pub fn packed(failure: Failure, callee: Option<u32>, fuel: i64) -> PackedFailure {
    let (kind, message) = match failure.fail {
        Fail::Error(message) => ("error", message.into_owned()),
        Fail::Limit(message) => ("limit", message.to_owned()),
        Fail::Fuel => ("limit", format!("out of fuel: more than {} units", grouped(fuel))),
        Fail::Time => ("timeout", "the sample's time ran out".to_owned()),
        Fail::Memory => ("memory", "out of memory".to_owned()),
    };
    (kind, failure.step, callee, message)
}

/// A number with commas, as Python's `{:,}` writes it.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The columns of a tally: gives a grid, demo right, test right, fuel, outcome class, cut off, right cells by demo sample.
type Columns = (Vec<bool>, Vec<u32>, Vec<Option<u32>>, Vec<i64>, Vec<usize>, Vec<bool>, Vec<Vec<u32>>);

/// Adds up the verdicts on all samples of a task, demo samples first, one row each.
#[pyfunction]
pub fn tally(rows: Vec<PyRef<'_, PyVerdicts>>, demo_count: usize) -> PyResult<Columns> {
    let count = rows.first().map_or(0, |row| row.verdicts.len());
    if demo_count > rows.len() || rows.iter().any(|row| row.verdicts.len() != count) {
        return Err(PyValueError::new_err("rows of different length"));
    }
    let mut columns: Columns = Columns::default();
    let mut classes: HashMap<Vec<Option<u128>>, usize> = HashMap::new();
    for index in 0..count {
        let (demo, test) = rows.split_at(demo_count);
        let rights = |rows: &[PyRef<'_, PyVerdicts>]| {
            rows.iter().map(|row| row.verdicts[index].is_right.map(u32::from)).sum::<Option<u32>>()
        };
        columns.0.push(demo.iter().any(|row| row.verdicts[index].is_grid));
        columns.1.push(demo.iter().filter(|row| row.verdicts[index].is_right == Some(true)).count() as u32);
        columns.2.push(rights(test));
        columns.3.push(rows.iter().map(|row| row.verdicts[index].fuel).fold(0, i64::saturating_add));
        let class: Vec<Option<u128>> = rows.iter().map(|row| row.verdicts[index].digest).collect();
        let next = classes.len();
        columns.4.push(*classes.entry(class).or_insert(next));
        columns.5.push(
            rows.iter().any(|row| {
                matches!(row.verdicts[index].failure, Some(Failure { fail: Fail::Time | Fail::Memory, .. }))
            }),
        );
        columns.6.push(demo.iter().map(|row| row.verdicts[index].right_cells).collect());
    }
    Ok(columns)
}

/// Characters of a failure's message that are kept.
const MAX_MESSAGE: usize = 300;

/// The packed form of the verdicts on all samples of a task, one row each, and the nanoseconds of each program over all
/// of them: the twin of `arcbatt/engine/packed.py`, which states the form.
///
/// Args:
///     rows: one a sample.
///     cells: for each sample the cells of its expected output; 0 where it is unknown.
///     name_of: returns the name of the primitive that a node is.
#[pyfunction]
pub fn pack<'py>(
    py: Python<'py>,
    rows: Vec<PyRef<'_, PyVerdicts>>,
    cells: Vec<u32>,
    name_of: &Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyBytes>, Bound<'py, PyBytes>)> {
    let count = rows.first().map_or(0, |row| row.verdicts.len());
    if cells.len() != rows.len() || rows.iter().any(|row| row.verdicts.len() != count) {
        return Err(PyValueError::new_err("rows of different length"));
    }
    let mut names = Names { name_of, known: HashMap::new() };
    let mut packed = b"ABT1".to_vec();
    packed.extend(u32::to_le_bytes(count as u32));
    packed.extend(u32::to_le_bytes(rows.len() as u32));
    let mut nanoseconds = vec![0_u64; count];
    for (row, cells) in rows.iter().zip(cells) {
        let (mut grids, mut others) = (Table::default(), Table::default());
        let mut numbers = Vec::with_capacity(count);
        for (index, verdict) in row.verdicts.iter().enumerate() {
            let outcome = packed_outcome(row, index, &mut names)?;
            numbers.push(if verdict.is_grid { grids.number(outcome) } else { others.number(outcome) });
            nanoseconds[index] = nanoseconds[index].saturating_add(verdict.nanoseconds);
        }
        packed.extend(cells.to_le_bytes());
        packed.extend((grids.numbers.len() as u32).to_le_bytes());
        packed.extend((others.numbers.len() as u32).to_le_bytes());
        packed.extend(grids.bytes);
        packed.extend(others.bytes);
        for (verdict, number) in row.verdicts.iter().zip(numbers) {
            let place = if verdict.is_grid { number } else { number + grids.numbers.len() as u32 };
            packed.extend(place.to_le_bytes());
        }
        packed.extend(row.verdicts.iter().flat_map(|verdict| verdict.fuel.to_le_bytes()));
    }
    let nanoseconds: Vec<u8> = nanoseconds.iter().flat_map(|number| number.to_le_bytes()).collect();
    Ok((PyBytes::new(py, &packed), PyBytes::new(py, &nanoseconds)))
}

/// Different outcomes in the order in which they first came.
#[derive(Default)]
struct Table {
    bytes: Vec<u8>,
    numbers: HashMap<Vec<u8>, u32>,
}

impl Table {
    fn number(&mut self, outcome: Vec<u8>) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(outcome).or_insert_with_key(|outcome| {
            self.bytes.extend_from_slice(outcome);
            next
        })
    }
}

/// The names of nodes that are called, asked for once each.
struct Names<'a, 'py> {
    name_of: &'a Bound<'py, PyAny>,
    known: HashMap<u32, String>,
}

impl Names<'_, '_> {
    fn of(&mut self, failure: &Failure, callee: Option<u32>) -> PyResult<&str> {
        match callee {
            _ if failure.step == 0 => Ok(""),
            None => Ok("()"),
            Some(node) => {
                if let std::collections::hash_map::Entry::Vacant(place) = self.known.entry(node) {
                    place.insert(self.name_of.call1((node,))?.extract()?);
                }
                Ok(&self.known[&node])
            }
        }
    }
}

fn packed_outcome(row: &PyVerdicts, index: usize, names: &mut Names<'_, '_>) -> PyResult<Vec<u8>> {
    let verdict = &row.verdicts[index];
    let right = verdict.is_right.map_or(2, u8::from);
    if let Some(failure) = &verdict.failure {
        let (kind, step, _, message) = packed(failure.clone(), None, row.fuel);
        let kind = ["error", "limit", "timeout", "memory"].iter().position(|known| *known == kind).unwrap_or(0);
        let mut packed = vec![2, right, kind as u8];
        packed.extend(step.to_le_bytes());
        pack_text(&mut packed, names.of(failure, row.callees[index])?);
        pack_text(&mut packed, &message);
        return Ok(packed);
    }
    if !verdict.is_grid {
        return Ok(vec![1, right]);
    }
    let mut packed = (verdict.right_cells as u16).to_le_bytes().to_vec();
    packed.extend([right, 0]);
    packed.extend(((verdict.digest.unwrap_or(0) >> 64) as u64).to_be_bytes());
    Ok(packed)
}

fn pack_text(packed: &mut Vec<u8>, text: &str) {
    let end = text.char_indices().nth(MAX_MESSAGE).map_or(text.len(), |(place, _)| place);
    packed.extend((end as u16).to_le_bytes());
    packed.extend_from_slice(&text.as_bytes()[..end]);
}
