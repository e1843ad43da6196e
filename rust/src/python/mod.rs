//! What Python sees: the module `arcbatt_native`.

mod convert;
mod engine;
mod gathering;
mod search;
mod seeds;
mod single;
mod user;
mod verdicts;

use pyo3::prelude::*;

/// The native engine of arcbatt. It is used through `arcbatt.engine`; nothing here is checked as carefully as there.
#[pymodule]
fn arcbatt_native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    crate::panics::keep_quiet();
    crate::primitives::table();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(single::primitives, module)?)?;
    module.add_function(wrap_pyfunction!(single::call, module)?)?;
    module.add_function(wrap_pyfunction!(single::work, module)?)?;
    module.add_function(wrap_pyfunction!(single::memory_counts, module)?)?;
    module.add_class::<engine::PyGraph>()?;
    module.add_class::<engine::PyScope>()?;
    module.add_class::<engine::PyPrograms>()?;
    module.add_class::<engine::PyStop>()?;
    module.add_class::<engine::PyValue>()?;
    module.add_class::<seeds::PySeedPlaces>()?;
    module.add_class::<verdicts::PyVerdicts>()?;
    module.add_class::<gathering::PyGathering>()?;
    module.add_function(wrap_pyfunction!(verdicts::tally, module)?)?;
    module.add_function(wrap_pyfunction!(verdicts::pack, module)?)?;
    module.add_class::<search::PySearch>()?;
    module.add_function(wrap_pyfunction!(user::add_primitive, module)?)?;
    Ok(())
}
