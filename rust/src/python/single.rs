//! Single calls of primitives, for tests and for looking around: a battery is evaluated by a scope.

use std::sync::atomic::AtomicBool;

use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::convert::{Functions, from_python, to_python};
use crate::call::call_primitive;
use crate::context::{Context, Watch};
use crate::fail::Fail;
use crate::memory;
use crate::primitives::{number_of, table};
use crate::value::Value;

/// Name and arity of each primitive, in the order of their numbers.
#[pyfunction]
pub fn primitives() -> Vec<(&'static str, usize)> {
    table().iter().map(|item| (item.name, item.arity)).collect()
}

/// Calls a primitive: `(kind, value, fuel)`, where the kind is `ok`, `error`, `limit`, `fuel`, `timeout` or `memory`, and
/// the value a message unless the kind is `ok`.
#[pyfunction]
pub fn call<'py>(
    py: Python<'py>,
    name: &str,
    arguments: Bound<'py, PyTuple>,
    functions: Bound<'py, PyAny>,
    fuel: i64,
) -> PyResult<(&'static str, Bound<'py, PyAny>, i64)> {
    let functions = Functions::new(functions);
    let (number, arguments) = read(name, &arguments, &functions)?;
    let references: Vec<&Value> = arguments.iter().collect();
    let stop = AtomicBool::new(false);
    let mut context = Context::new(Watch::new(&stop));
    context.fill(fuel);
    let result = call_primitive(&mut context, number, &references);
    let used = fuel - context.left;
    let (kind, message) = match result {
        Ok(value) => return Ok(("ok", to_python(py, &value, &functions)?, used)),
        Err(Fail::Error(message)) => ("error", message.into_owned()),
        Err(Fail::Limit(message)) => ("limit", message.to_owned()),
        Err(Fail::Fuel) => ("fuel", String::new()),
        Err(Fail::Time) => ("timeout", String::new()),
        Err(Fail::Memory) => ("memory", String::new()),
    };
    Ok((kind, message.into_pyobject(py)?.into_any(), used))
}

/// The work that a primitive states for these arguments.
#[pyfunction]
pub fn work(name: &str, arguments: Bound<'_, PyTuple>, functions: Bound<'_, PyAny>) -> PyResult<i64> {
    let (number, arguments) = read(name, &arguments, &Functions::new(functions))?;
    let references: Vec<&Value> = arguments.iter().collect();
    Ok((table()[usize::from(number)].work)(&references))
}

/// Bytes that this thread has allocated in native code less those it has freed, and the most that this was since the last
/// call: for tests and benchmarks of the bounds on memory.
#[pyfunction]
pub fn memory_counts() -> (i64, i64) {
    let counts = (memory::allocated(), memory::peak());
    memory::reset_peak();
    counts
}

fn read<'py>(name: &str, arguments: &Bound<'py, PyTuple>, functions: &Functions<'py>) -> PyResult<(u16, Vec<Value>)> {
    let number = number_of(name).ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
    let arguments: PyResult<Vec<Value>> = arguments.iter().map(|item| from_python(&item, functions)).collect();
    Ok((number, arguments?))
}
