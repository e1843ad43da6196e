//! A user's own primitives: Python functions that are called back, with Python's lock.

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::Arc;

use pyo3::exceptions::{PyKeyboardInterrupt, PyOverflowError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::convert::{Functions, from_python, to_python};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::primitives::user;
use crate::value::Value;

/// Notes a user's primitive and gives its number.
///
/// Args:
///     name: its name.
///     arity: what binding an argument goes by.
///     functions: see `convert::Functions`.
///     call: called with the arguments, the fuel left, the depth of calls and the seconds left (None for no limit);
///         gives `(kind, value or message, fuel left)`, where the kind is one of ok, error, limit, fuel, timeout, memory.
#[pyfunction]
pub fn add_primitive(name: String, arity: usize, functions: Py<PyAny>, call: Py<PyAny>) -> PyResult<u16> {
    let call = Arc::new(move |context: &mut Context, arguments: &[&Value]| {
        Python::attach(|py| call_back(py, context, arguments, functions.bind(py), call.bind(py)))
    });
    user::add(name, arity, call).ok_or_else(|| PyOverflowError::new_err("too many primitives"))
}

thread_local! {
    static INTERRUPT: Cell<Option<PyErr>> = const { Cell::new(None) };
}

/// The interrupt that came while this thread called back, once: it ends the whole run, not the node alone.
pub fn take_interrupt() -> Option<PyErr> {
    INTERRUPT.take()
}

fn call_back(
    py: Python<'_>,
    context: &mut Context,
    arguments: &[&Value],
    functions: &Bound<'_, PyAny>,
    call: &Bound<'_, PyAny>,
) -> Res {
    let functions = Functions::new(functions.clone());
    let broken = |error: PyErr| Fail::Error(Cow::Owned(format!("{}: the call back failed", name_of(py, &error))));
    let answer = || -> PyResult<(String, Bound<'_, PyAny>, i64)> {
        let arguments: PyResult<Vec<_>> = arguments.iter().map(|value| to_python(py, value, &functions)).collect();
        let seconds = context.watch.seconds_left();
        call.call1((PyTuple::new(py, arguments?)?, context.left, context.depth(), seconds))?.extract()
    };
    let (kind, value, left) = answer().map_err(|error| {
        if error.is_instance_of::<PyKeyboardInterrupt>(py) {
            INTERRUPT.set(Some(error));
            return Fail::Time;
        }
        broken(error)
    })?;
    context.left = left;
    match kind.as_str() {
        "ok" => from_python(&value, &functions).map_err(broken),
        "limit" => Err(Fail::Limit("a value of a user's primitive passes a bound")),
        "fuel" => Err(Fail::Fuel),
        "timeout" => Err(Fail::Time),
        "memory" => Err(Fail::Memory),
        _ => Err(Fail::Error(Cow::Owned(value.extract().unwrap_or_default()))),
    }
}

fn name_of(py: Python<'_>, error: &PyErr) -> String {
    error.get_type(py).name().map(|name| name.to_string()).unwrap_or_default()
}
