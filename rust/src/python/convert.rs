//! Values between Python and this library.

use std::cell::RefCell;
use std::collections::HashMap;

use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFrozenSet, PyInt, PyTuple};

use crate::call::arity_of;
use crate::primitives::name_of;
use crate::value::{Builder, Function, Grid, Value};

/// Deepest nesting that is read; values of the DSL have 32 levels at most, functions 64.
const MAX_NESTING: usize = 128;

/// What knows how functions look in Python: an object with the methods `primitive(name)`, which gives a primitive as a
/// function, `built(name, parts)`, which gives a built one, and `parts(function)`, which gives the number of a primitive
/// or `(name, parts)` of a built one.
///
/// Built functions are remembered, each with what it became: one may stand in another many times, and in that again, so
/// that its parts written out would be more than could ever be read.
pub struct Functions<'py> {
    known: Bound<'py, PyAny>,
    given: RefCell<HashMap<usize, (Function, Bound<'py, PyAny>)>>,
    taken: RefCell<HashMap<usize, (Bound<'py, PyAny>, Value)>>,
}

impl<'py> Functions<'py> {
    /// Nothing remembered yet.
    pub fn new(known: Bound<'py, PyAny>) -> Functions<'py> {
        Functions { known, given: RefCell::default(), taken: RefCell::default() }
    }

    /// A function as a value of the DSL.
    fn take(&self, value: &Bound<'py, PyAny>, level: usize) -> PyResult<Value> {
        let address = value.as_ptr() as usize;
        if let Some((_, taken)) = self.taken.borrow().get(&address) {
            return Ok(taken.clone());
        }
        let found = self.known.call_method1("parts", (value,))?;
        if let Ok(number) = found.extract::<u16>() {
            return Ok(Value::Primitive(number));
        }
        let (name, parts): (String, Vec<Bound<'_, PyAny>>) = found.extract()?;
        let parts: PyResult<Vec<Value>> = parts.iter().map(|part| read(part, self, level + 1)).collect();
        let taken = build(&name, parts?)?;
        self.taken.borrow_mut().insert(address, (value.clone(), taken.clone()));
        Ok(taken)
    }

    /// A built function as a Python value.
    fn give(&self, py: Python<'py>, function: &Function) -> PyResult<Bound<'py, PyAny>> {
        if let Some((_, given)) = self.given.borrow().get(&function.address()) {
            return Ok(given.clone());
        }
        let parts = all_to_python(py, function.parts().iter().cloned(), self)?;
        let given = self.known.call_method1("built", (function.builder().name(), PyTuple::new(py, parts)?))?;
        self.given.borrow_mut().insert(function.address(), (function.clone(), given.clone()));
        Ok(given)
    }
}

/// A Python value as a value of the DSL.
pub fn from_python<'py>(value: &Bound<'py, PyAny>, functions: &Functions<'py>) -> PyResult<Value> {
    read(value, functions, 0)
}

fn read<'py>(value: &Bound<'py, PyAny>, functions: &Functions<'py>, level: usize) -> PyResult<Value> {
    if level > MAX_NESTING {
        return Err(PyTypeError::new_err("a value of too many levels"));
    }
    if let Ok(tuple) = value.cast_exact::<PyTuple>() {
        if let Some(grid) = read_grid(tuple) {
            return Ok(Value::Grid(grid));
        }
        let items: PyResult<Vec<Value>> = tuple.iter().map(|item| read(&item, functions, level + 1)).collect();
        return Ok(Value::tuple(items?));
    }
    if let Ok(truth) = value.cast_exact::<PyBool>() {
        return Ok(Value::Bool(truth.is_true()));
    }
    if let Ok(number) = value.cast_exact::<PyInt>() {
        return number.extract::<i64>().map(Value::Int).map_err(|_| PyOverflowError::new_err("integer beyond 64 bits"));
    }
    if value.is_none() {
        return Ok(Value::None);
    }
    if let Ok(set) = value.cast_exact::<PyFrozenSet>() {
        let items: PyResult<Vec<Value>> = set.iter().map(|item| read(&item, functions, level + 1)).collect();
        return Ok(Value::set(items?));
    }
    functions.take(value, level)
}

fn build(name: &str, parts: Vec<Value>) -> PyResult<Value> {
    let wrong = || PyTypeError::new_err(format!("no function is built by {name} from these parts"));
    let left = |parts: &[Value]| match parts.first().map(arity_of) {
        Some(Ok(2)) => Ok(1),
        Some(Ok(3)) => Ok(2),
        Some(Ok(_)) => Ok(3),
        _ => Err(wrong()),
    };
    let builder = match (name, parts.len()) {
        ("compose", 2) => Builder::Compose,
        ("chain", 3) => Builder::Chain,
        ("matcher", 2) => Builder::Matcher,
        ("fork", 3) => Builder::Fork,
        ("power", 2) => Builder::Power,
        ("rbind", 2) => Builder::RightBind(left(&parts)?),
        ("lbind", 2) => Builder::LeftBind(left(&parts)?),
        _ => return Err(wrong()),
    };
    let parts: Vec<&Value> = parts.iter().collect();
    Function::new(builder, &parts).map(Value::Function).map_err(|_| wrong())
}

/// The usual grid, read without a detour over values; None for anything else.
fn read_grid(tuple: &Bound<'_, PyTuple>) -> Option<Grid> {
    let first = tuple.get_item(0).ok()?;
    let width = first.cast_exact::<PyTuple>().ok()?.len();
    if width == 0 {
        return None;
    }
    let mut cells = Vec::with_capacity(width * tuple.len());
    for row in tuple.iter() {
        let row = row.cast_exact::<PyTuple>().ok()?;
        if row.len() != width {
            return None;
        }
        for cell in row.iter() {
            cells.push(cell.cast_exact::<PyInt>().ok()?.extract::<u8>().ok()?);
        }
    }
    Some(Grid::of(tuple.len(), width, &cells))
}

/// A value of the DSL as a Python value.
pub fn to_python<'py>(py: Python<'py>, value: &Value, functions: &Functions<'py>) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::None => py.None().into_bound(py),
        Value::Bool(truth) => PyBool::new(py, *truth).to_owned().into_any(),
        Value::Int(number) => number.into_pyobject(py)?.into_any(),
        Value::Pair(first, second) => (*first, *second).into_pyobject(py)?.into_any(),
        Value::Cell(color, row, column) => (*color, (*row, *column)).into_pyobject(py)?.into_any(),
        Value::Row(grid, row) => row_to_python(py, grid.row(*row as usize))?,
        Value::Grid(grid) => {
            let rows: PyResult<Vec<_>> = (0..grid.height()).map(|row| row_to_python(py, grid.row(row))).collect();
            PyTuple::new(py, rows?)?.into_any()
        }
        Value::Primitive(number) => functions.known.call_method1("primitive", (name_of(*number),))?,
        Value::Function(function) => functions.give(py, function)?,
        _ => {
            let items = all_to_python(py, value.items().into_iter().flatten(), functions)?;
            if value.is_tuple() { PyTuple::new(py, items)?.into_any() } else { PyFrozenSet::new(py, items)?.into_any() }
        }
    })
}

fn all_to_python<'py>(
    py: Python<'py>,
    values: impl Iterator<Item = Value>,
    functions: &Functions<'py>,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    values.map(|value| to_python(py, &value, functions)).collect()
}

fn row_to_python<'py>(py: Python<'py>, cells: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    Ok(PyTuple::new(py, cells)?.into_any())
}
