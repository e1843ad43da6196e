//! The verdicts on many programs on one sample, put together out of those on parts of them.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::verdicts::{PackedVerdict, PyVerdicts, Verdict, packed};

/// Takes the verdicts on parts and gives those on the whole.
#[pyclass(name = "Gathering")]
pub struct PyGathering {
    verdicts: Vec<Option<Verdict>>,
    callees: Vec<Option<u32>>,
    fuel: i64,
}

#[pymethods]
impl PyGathering {
    /// Nothing gathered yet, of so many programs.
    #[new]
    fn new(count: usize) -> PyGathering {
        PyGathering { verdicts: vec![None; count], callees: vec![None; count], fuel: 0 }
    }

    /// Adds the verdicts on some of the programs.
    ///
    /// Args:
    ///     part: the verdicts.
    ///     places: of each of them the place among all programs.
    ///     nodes: for each node of the part's graph the node that it is in the whole.
    fn add(&mut self, part: &PyVerdicts, places: Vec<u32>, nodes: Vec<u32>) -> PyResult<()> {
        let places_fit = places.iter().all(|place| (*place as usize) < self.verdicts.len());
        let callees_fit = part.callees.iter().flatten().all(|callee| (*callee as usize) < nodes.len());
        if places.len() != part.verdicts.len() || !places_fit || !callees_fit {
            return Err(PyValueError::new_err("a part of other programs"));
        }
        self.fuel = part.fuel;
        for ((verdict, callee), place) in part.verdicts.iter().zip(&part.callees).zip(places) {
            self.verdicts[place as usize] = Some(verdict.clone());
            self.callees[place as usize] = callee.map(|callee| nodes[callee as usize]);
        }
        Ok(())
    }

    /// The verdicts that were added, each with its place.
    fn known(&self) -> Vec<(usize, PackedVerdict)> {
        let found = self.verdicts.iter().enumerate().filter_map(|(place, verdict)| Some((place, verdict.clone()?)));
        found
            .map(|(place, verdict)| {
                let failure = verdict.failure.map(|failure| packed(failure, self.callees[place], self.fuel));
                let (digest, fuel, right_cells) = (verdict.digest, verdict.fuel, verdict.right_cells);
                (place, (digest, verdict.is_grid, verdict.is_right, fuel, failure, right_cells))
            })
            .collect()
    }

    /// The verdicts on all programs, once all parts were added; nothing is left here.
    fn finish(&mut self) -> PyResult<PyVerdicts> {
        let verdicts: Option<Vec<Verdict>> = std::mem::take(&mut self.verdicts).into_iter().collect();
        let verdicts = verdicts.ok_or_else(|| PyValueError::new_err("a program of which no part told"))?;
        Ok(PyVerdicts { verdicts, callees: std::mem::take(&mut self.callees), fuel: self.fuel })
    }
}
