//! Graphs and scopes as Python uses them.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::convert::{Functions, from_python, to_python};
use super::seeds::{Packed, block};
use super::user::take_interrupt;
use super::verdicts::{PackedFailure, PackedVerdict, PyVerdicts, Verdict, judge, packed};
use crate::call_memo;
use crate::context::Watch;
use crate::graph::{DEPENDS_C, DEPENDS_I, DEPENDS_S, Node};
use crate::outcome::{Failure, FailureAt, Outcome, arc_grid, size_of};
use crate::scope::{Limits, Machine, Programs, Scope};
use crate::value::{Grid, Value};

/// Ends runs from another thread: all runs of the graphs that were made with it, now and later, with timeouts.
#[pyclass(name = "Stop", frozen)]
#[derive(Default)]
pub struct PyStop(Arc<AtomicBool>);

#[pymethods]
impl PyStop {
    #[new]
    fn new() -> PyStop {
        PyStop::default()
    }

    /// Ends the runs soon.
    fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl PyStop {
    /// The flag itself.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}

/// A graph made ready to run. Nodes are handed over in their order, by kind; they are numbered from 0.
#[pyclass(name = "Graph", frozen)]
pub struct PyGraph {
    machine: Arc<Machine>,
    functions: Py<PyAny>,
    stop: Arc<AtomicBool>,
}

#[pymethods]
impl PyGraph {
    /// An empty graph.
    ///
    /// Args:
    ///     functions: how functions look in Python; see `convert::Functions`.
    ///     fuel: units of a program on a sample, at least 1.
    ///     timeout_s: seconds of one run; None for no limit.
    ///     memory_bytes: bytes that one run may allocate; None for no limit.
    ///     stop: ends runs.
    ///     call_memo: how one run remembers calls of built functions: bytes that it takes at most (0 to remember none),
    ///         and whether it remembers all of them; None for the usual. It changes nothing but speed.
    #[new]
    #[pyo3(signature = (functions, fuel, timeout_s, memory_bytes, stop, call_memo=None))]
    fn new(
        functions: Py<PyAny>,
        fuel: i64,
        timeout_s: Option<f64>,
        memory_bytes: Option<i64>,
        stop: &PyStop,
        call_memo: Option<(usize, bool)>,
    ) -> PyResult<PyGraph> {
        let timeout = timeout_s
            .map(Duration::try_from_secs_f64)
            .transpose()
            .map_err(|_| PyValueError::new_err("a time limit is a number of seconds above 0"))?;
        let limits = Limits { fuel: fuel.max(1), timeout, memory_bytes };
        let mut machine = Machine::new(limits);
        if let Some((most_bytes, is_eager)) = call_memo {
            machine.call_memo = call_memo::Options { most_bytes, is_eager };
        }
        Ok(PyGraph { machine: Arc::new(machine), functions, stop: Arc::clone(&stop.0) })
    }

    /// How calls of built functions went so far: `(found, kept, emptied, most bytes)`.
    fn remembered_calls(&self) -> (u64, u64, u64, usize) {
        let counts = self.machine.calls();
        (counts.found, counts.kept, counts.emptied, counts.most_bytes)
    }

    fn __len__(&self) -> usize {
        self.machine.graph().len()
    }

    /// Adds nodes: for each its kind, mask and operands, and its value: the value of a constant, the number of a
    /// primitive, None for a variable and a call.
    ///
    /// Kinds and masks are the graph's of Python: 0 variable, 1 constant, 2 primitive, 3 call.
    fn extend(
        &self,
        py: Python<'_>,
        kinds: Vec<u8>,
        levels: Vec<u8>,
        operands: Vec<Vec<u32>>,
        values: Vec<Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let functions = Functions::new(self.functions.bind(py).clone());
        let wrong = || PyValueError::new_err("nodes in no order that a graph has");
        let mut leaves = Vec::with_capacity(values.len());
        for (kind, value) in kinds.iter().zip(values) {
            leaves.push(match kind {
                1 => from_python(&value, &functions)?,
                2 => Value::Primitive(value.extract()?),
                _ => Value::None,
            });
        }
        self.machine.change(|graph| {
            for (((kind, level), operands), leaf) in kinds.iter().zip(levels).zip(&operands).zip(leaves) {
                let (node, arguments, callee) = match (kind, operands.split_first()) {
                    (0, None) => (Node::Variable, &[][..], None),
                    (1 | 2, None) => (Node::Leaf(leaf), &[][..], None),
                    (3, Some((callee, arguments))) if (*callee as usize) < graph.len() => match graph.node(*callee) {
                        Node::Leaf(Value::Primitive(number)) => (Node::Primitive(*number), arguments, Some(*callee)),
                        _ => (Node::Computed, &operands[..], None),
                    },
                    _ => return Err(wrong()),
                };
                graph.push(node, level, arguments, callee).ok_or_else(wrong)?;
            }
            Ok(())
        })
    }

    /// Programs by their roots, made ready to run in scopes of this graph.
    fn programs(&self, roots: Vec<u32>) -> PyResult<PyPrograms> {
        let programs = self.machine.programs(&roots);
        let programs = programs.map_err(|root| PyIndexError::new_err(format!("the graph has no node {root}")))?;
        Ok(PyPrograms { machine: Arc::clone(&self.machine), programs })
    }

    /// A scope without any variable bound.
    fn scope(&self, py: Python<'_>) -> PyScope {
        PyScope {
            scope: Arc::new(Scope::open(Arc::clone(&self.machine))),
            functions: self.functions.clone_ref(py),
            stop: Arc::clone(&self.stop),
        }
    }
}

/// A value that was read once, to be handed over again and again.
#[pyclass(name = "Value", frozen)]
pub struct PyValue(Value);

#[pymethods]
impl PyValue {
    #[new]
    fn new(value: &Bound<'_, PyAny>, functions: Bound<'_, PyAny>) -> PyResult<PyValue> {
        Ok(PyValue(from_python(value, &Functions::new(functions))?))
    }
}

impl PyValue {
    /// The grid that it is.
    pub fn grid(&self) -> PyResult<&Grid> {
        match &self.0 {
            Value::Grid(grid) => Ok(grid),
            _ => Err(PyValueError::new_err("an output is a grid")),
        }
    }
}

/// Programs of a graph.
#[pyclass(name = "Programs", frozen)]
pub struct PyPrograms {
    machine: Arc<Machine>,
    programs: Programs,
}

impl PyPrograms {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.programs.len()
    }
}

/// A graph under a binding of some variables.
#[pyclass(name = "Scope", frozen)]
pub struct PyScope {
    scope: Arc<Scope>,
    functions: Py<PyAny>,
    stop: Arc<AtomicBool>,
}

#[pymethods]
impl PyScope {
    /// A scope inside this one. Each variable comes with its mask: 1 for S, 2 for I, 4 for C.
    fn bind(&self, py: Python<'_>, variables: Vec<(u8, PyRef<'_, PyValue>)>) -> PyResult<PyScope> {
        let variables: Vec<(u8, Value)> = variables.iter().map(|(mask, value)| (*mask, value.0.clone())).collect();
        if variables.iter().any(|(mask, _)| !matches!(mask, 1 | 2 | 4)) {
            return Err(PyValueError::new_err("the variables are S, I and C"));
        }
        let scope = Scope::bind(&self.scope, variables).ok_or_else(|| PyValueError::new_err("bound already"))?;
        Ok(PyScope { scope: Arc::new(scope), functions: self.functions.clone_ref(py), stop: Arc::clone(&self.stop) })
    }

    /// Takes in packed values of nodes that are at home in this scope.
    fn seed(&self, packed: Packed<'_>) -> PyResult<()> {
        self.scope.seed(block(&packed)?);
        Ok(())
    }

    /// The outcome of each program: `(value, failure, fuel)`, where the failure is None or `(kind, step, callee, message)`.
    fn run<'py>(
        &self,
        py: Python<'py>,
        programs: &PyPrograms,
        cautious: bool,
        is_main: bool,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let functions = Functions::new(self.functions.bind(py).clone());
        let outcomes = self.outcomes(py, programs, cautious, is_main, |outcome| {
            (outcome.result.cloned().map_err(FailureAt::to_owned), outcome.fuel)
        })?;
        let mut packed = Vec::with_capacity(outcomes.len());
        for (result, fuel) in outcomes {
            let (value, failure) = match result {
                Ok(value) => (to_python(py, &value, &functions)?, None),
                Err(failure) => (py.None().into_bound(py), Some(self.packed(failure))),
            };
            packed.push((value, failure, fuel));
        }
        PyTuple::new(py, packed)
    }

    /// The verdict on each program.
    fn judge(
        &self,
        py: Python<'_>,
        programs: &PyPrograms,
        expected: Option<PyRef<'_, PyValue>>,
        cautious: bool,
        is_main: bool,
    ) -> PyResult<PyVerdicts> {
        let expected = expected.as_deref().map(PyValue::grid).transpose()?;
        let judged = self.outcomes(py, programs, cautious, is_main, |outcome| judge(outcome, expected))?;
        Ok(self.verdicts(judged))
    }

    /// The verdicts on each program for each of some inputs bound as I, with the seconds that took; an expected output
    /// for each, None where it is unknown. Nodes that depend on the input alone may have their values already: packed
    /// ones for each input, or None.
    #[pyo3(signature = (programs, samples, cautious, is_main, seeds = None))]
    fn judge_samples(
        &self,
        py: Python<'_>,
        programs: &PyPrograms,
        samples: Vec<(PyRef<'_, PyValue>, Option<PyRef<'_, PyValue>>)>,
        cautious: bool,
        is_main: bool,
        seeds: Option<Vec<Option<Packed<'_>>>>,
    ) -> PyResult<Vec<(PyVerdicts, f64)>> {
        self.check(programs, DEPENDS_I)?;
        let seeds = seeds.unwrap_or_default();
        let mut inner = Vec::with_capacity(samples.len());
        for (number, (input, output)) in samples.iter().enumerate() {
            let planted = seeds.get(number).and_then(Option::as_ref).map(block).transpose()?;
            inner.push((input.0.clone(), output.as_deref().map(PyValue::grid).transpose()?, planted));
        }
        let judged = self.detached(py, programs, is_main, &inner[..], |(input, expected, planted), watch| {
            let start = Instant::now();
            // One scope at a time: what each keeps is much.
            let scope = Scope::bind(&self.scope, vec![(DEPENDS_I, input.clone())])?;
            if let Some(block) = planted {
                scope.seed(block.clone());
            }
            let last = Cell::new(start);
            let verdicts = outcomes_of(&scope, &programs.programs, cautious, watch, |outcome| {
                let now = Instant::now();
                let nanoseconds = now.duration_since(last.replace(now)).as_nanos() as u64;
                Verdict { nanoseconds, ..judge(outcome, *expected) }
            });
            Some((verdicts, start.elapsed().as_secs_f64()))
        })?;
        let judged: Option<Vec<_>> = judged.into_iter().collect();
        let judged = judged.ok_or_else(|| PyValueError::new_err("bound already"))?;
        Ok(judged.into_iter().map(|(verdicts, seconds)| (self.verdicts(verdicts), seconds)).collect())
    }

    /// The verdict on one program as of `judge`, and the grid of ARC that it gave, None when it gave none.
    fn judge_one<'py>(
        &self,
        py: Python<'py>,
        program: &PyPrograms,
        expected: Option<PyRef<'_, PyValue>>,
        is_main: bool,
    ) -> PyResult<(PackedVerdict, Bound<'py, PyAny>)> {
        let functions = Functions::new(self.functions.bind(py).clone());
        let expected = expected.as_deref().map(PyValue::grid).transpose()?;
        let judged = self.outcomes(py, program, false, is_main, |outcome| {
            let value = outcome.result.ok().filter(|value| arc_grid(value).is_some()).cloned();
            (judge(outcome, expected), value.unwrap_or(Value::None))
        })?;
        let (verdict, value) = judged.into_iter().next().ok_or_else(|| PyIndexError::new_err("no outcome"))?;
        Ok((self.packed_verdict(verdict), to_python(py, &value, &functions)?))
    }

    /// What each program, a differ, measures: the size of its pair; None where it fails or gives none.
    fn measure(&self, py: Python<'_>, programs: &PyPrograms, is_main: bool) -> PyResult<Vec<Option<i64>>> {
        self.outcomes(py, programs, false, is_main, |outcome| outcome.result.ok().and_then(size_of))
    }
}

impl PyScope {
    /// Runs programs without Python's lock and gives what `keep` makes of each outcome, in their order.
    fn outcomes<T: Send>(
        &self,
        py: Python<'_>,
        programs: &PyPrograms,
        cautious: bool,
        is_main: bool,
        keep: impl Fn(Outcome<'_>) -> T + Sync,
    ) -> PyResult<Vec<T>> {
        self.check(programs, 0)?;
        let found = self.detached(py, programs, is_main, &[&*self.scope], |scope, watch| {
            outcomes_of(scope, &programs.programs, cautious, watch, &keep)
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// What each program gives on one more input, None where it fails.
    pub fn values(&self, py: Python<'_>, programs: &PyPrograms, input: Value) -> PyResult<Vec<Option<Value>>> {
        self.check(programs, DEPENDS_I)?;
        let scope = Scope::bind(&self.scope, vec![(DEPENDS_I, input)]);
        let scope = scope.ok_or_else(|| PyValueError::new_err("bound already"))?;
        let work = |(): &(), watch: Watch<'_>| {
            outcomes_of(&scope, &programs.programs, false, watch, |outcome| outcome.result.ok().cloned())
        };
        Ok(self.detached(py, programs, false, &[()], work)?.pop().unwrap_or_default())
    }

    /// Bytes of the values that it and the scopes around it keep.
    pub fn held(&self) -> i64 {
        self.scope.held()
    }

    /// Calls `work` with each item and a watch, without Python's lock, and gives the results; checks before that the
    /// programs can run once what the items bind is bound.
    fn detached<S: Sync, T: Send>(
        &self,
        py: Python<'_>,
        programs: &PyPrograms,
        is_main: bool,
        items: &[S],
        work: impl Fn(&S, Watch<'_>) -> T + Sync,
    ) -> PyResult<Vec<T>> {
        if !Arc::ptr_eq(&programs.machine, self.scope.machine()) {
            return Err(PyValueError::new_err("programs of another graph"));
        }
        let interrupt: Mutex<Option<PyErr>> = Mutex::new(None);
        let found = py.detach(|| {
            let interrupted = || {
                Python::attach(|py| match py.check_signals() {
                    Ok(()) => false,
                    Err(error) => {
                        *lock(&interrupt) = Some(error);
                        true
                    }
                })
            };
            let mut found = Vec::with_capacity(items.len());
            for item in items {
                let mut watch = Watch::new(&self.stop);
                if is_main {
                    watch.interrupted = Some(&interrupted);
                }
                found.push(work(item, watch));
                let mut interrupt = lock(&interrupt);
                *interrupt = interrupt.take().or_else(take_interrupt);
                if interrupt.is_some() {
                    break;
                }
            }
            found
        });
        match interrupt.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(found),
        }
    }

    /// Fails when a program needs a variable that neither this scope nor the mask binds.
    fn check(&self, programs: &PyPrograms, bound: u8) -> PyResult<()> {
        let missing = self.scope.missing(&programs.programs) & !bound;
        if missing == 0 {
            return Ok(());
        }
        let names = [(DEPENDS_S, "S"), (DEPENDS_I, "I"), (DEPENDS_C, "C")];
        let names: Vec<&str> = names.iter().filter(|(mask, _)| missing & mask != 0).map(|(_, name)| *name).collect();
        let message = format!("the program reads {}, which is not bound in this scope", names.join(", "));
        Err(PyValueError::new_err(message))
    }

    fn verdicts(&self, verdicts: Vec<Verdict>) -> PyVerdicts {
        let callees =
            verdicts.iter().map(|verdict| verdict.failure.as_ref().and_then(|found| self.callee(found))).collect();
        PyVerdicts { verdicts, callees, fuel: self.scope.machine().limits.fuel }
    }

    fn packed_verdict(&self, verdict: Verdict) -> PackedVerdict {
        let failure = verdict.failure.map(|failure| self.packed(failure));
        (verdict.digest, verdict.is_grid, verdict.is_right, verdict.fuel, failure, verdict.right_cells)
    }

    fn callee(&self, failure: &Failure) -> Option<u32> {
        failure.node.and_then(|node| self.scope.machine().graph().callee(node))
    }

    fn packed(&self, failure: Failure) -> PackedFailure {
        let callee = self.callee(&failure);
        packed(failure, callee, self.scope.machine().limits.fuel)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What `keep` makes of the outcome of each program in a scope, in the programs' order.
fn outcomes_of<T>(
    scope: &Scope,
    programs: &Programs,
    cautious: bool,
    watch: Watch<'_>,
    keep: impl Fn(Outcome<'_>) -> T,
) -> Vec<T> {
    let mut found: Vec<Option<T>> = (0..programs.len()).map(|_| None).collect();
    scope.run(programs, cautious, watch, &mut |number, outcome| found[number] = Some(keep(outcome)));
    found.into_iter().flatten().collect()
}
