//! Values that were worked out on a device, as Python hands them over.

use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::seeds::{Block, Places};

/// Which nodes have a slot in blocks of packed values, and where; made once for many blocks.
#[pyclass(name = "SeedPlaces", frozen)]
pub struct PySeedPlaces(Places);

#[pymethods]
impl PySeedPlaces {
    /// Args:
    ///     nodes: numbers of nodes, 4 bytes each, little-endian.
    ///     offsets: for each the offset of its slot in a block, 8 bytes, little-endian.
    #[new]
    fn new(nodes: &[u8], offsets: &[u8]) -> PyResult<PySeedPlaces> {
        if !nodes.len().is_multiple_of(4) || nodes.len() * 2 != offsets.len() {
            return Err(PyValueError::new_err("an offset for each node is wanted"));
        }
        let nodes = nodes.chunks_exact(4).map(|bytes| u32::from_le_bytes(bytes.try_into().unwrap_or_default()));
        let offsets = offsets.chunks_exact(8).map(|bytes| u64::from_le_bytes(bytes.try_into().unwrap_or_default()));
        Ok(PySeedPlaces(Places { nodes: Arc::from_iter(nodes), offsets: Arc::from_iter(offsets) }))
    }
}

/// Places and the block that they are of.
pub type Packed<'py> = (PyRef<'py, PySeedPlaces>, PyBackedBytes);

/// The block of packed values.
pub fn block((places, bytes): &Packed<'_>) -> PyResult<Block> {
    Python::attach(|py| Ok(Block::new(places.0.clone(), Arc::new(bytes.clone_ref(py)))))
}
