//! Searches as Python uses them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::{PyIndexError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use super::convert::{Functions, from_python, to_python};
use super::engine::{PyPrograms, PyScope, PyStop, PyValue};
use crate::context::Watch;
use crate::memory;
use crate::panics;
use crate::primitives::{name_of, number_of};
use crate::search::answer::Answer;
use crate::search::bulk::Sizes;
use crate::search::bulk::answered::Bytes;
use crate::search::enumeration::Search;
use crate::search::form::{Form, is_arc};
use crate::search::grammar::{Grammar, Kind, Leaf, Production};
use crate::search::limits::{End, Limits, Spent};
use crate::search::program::ProgramNode;
use crate::value::{Grid, Value};

/// Form and whether the goals are shown its expressions.
type ToldKind = (String, bool);
/// Whether it is the variable `I`, else the value; number of the kind; cost.
type ToldLeaf<'py> = (bool, Bound<'py, PyAny>, u8, u16);
/// Name of the primitive, kinds of the arguments, kind of the result, cost, symmetric arguments, whether arguments differ.
type ToldProduction = (String, Vec<u8>, u8, u16, Option<(u8, u8)>, bool);
/// Nodes, fuel, fuel of a node, seconds, bytes, answers, cost: the limits, None for none.
type ToldLimits = (Option<u64>, Option<u64>, i64, Option<f64>, Option<i64>, Option<u64>, Option<u16>);
/// Kind of a node as in Python's graph, its name or value, its operands; 4 is a fragment, and its value its number.
type ToldNode<'py> = (u8, Bound<'py, PyAny>, Vec<u32>);
/// The nodes of a program, the one that it returns, its cost, and the goal that it meets.
type ToldAnswer<'py> = (Vec<ToldNode<'py>>, u32, u32, &'static str);
/// Applied, unique, duplicates, failed, fuel, answers, seconds, bytes, cost, end.
type ToldReport = (u64, u64, u64, u64, u64, u64, f64, i64, u16, Option<&'static str>);

/// Production, places of the entries by argument, whether symmetric arguments have one cost, first combination, how many.
type ToldSegment = (u16, Vec<(u32, u32)>, bool, u64, u64);
/// What a device is asked: segments, whether new values are kept, keys, records, by kind the references to new entries.
type ToldRequest<'py> =
    (Vec<ToldSegment>, bool, Bound<'py, PyBytes>, Bound<'py, PyBytes>, Vec<(u8, Bound<'py, PyBytes>)>);

/// A search for one task.
#[pyclass(name = "Search", frozen)]
pub struct PySearch {
    search: Mutex<Search>,
    /// What was done when it last rested, for questions meanwhile.
    report: Mutex<(Spent, Option<End>)>,
    functions: Py<PyAny>,
    stop: Arc<AtomicBool>,
}

#[pymethods]
impl PySearch {
    /// A search that has not begun.
    ///
    /// Args:
    ///     functions: how functions look in Python; see `convert::Functions`.
    ///     kinds, leaves, productions: the grammar.
    ///     limits: what it may spend.
    ///     outputs: of the demo samples, in order.
    ///     inputs: of all samples, demo first.
    ///     stop: ends it.
    #[new]
    #[allow(clippy::too_many_arguments)]
    fn new(
        functions: Bound<'_, PyAny>,
        kinds: Vec<ToldKind>,
        leaves: Vec<ToldLeaf<'_>>,
        productions: Vec<ToldProduction>,
        limits: ToldLimits,
        outputs: Vec<PyRef<'_, PyValue>>,
        inputs: Vec<PyRef<'_, PyValue>>,
        stop: &PyStop,
    ) -> PyResult<PySearch> {
        let known = Functions::new(functions.clone());
        let grammar = grammar(kinds, leaves, productions, &known)?;
        let (nodes, fuel, node_fuel, seconds, memory_bytes, answers, cost) = limits;
        let limits = Limits { nodes, fuel, node_fuel, seconds, memory_bytes, answers, cost };
        let (outputs, inputs) = (grids(&outputs)?, grids(&inputs)?);
        if inputs.is_empty() || outputs.len() > inputs.len() {
            return Err(PyValueError::new_err("a search wants an input, and one for each output"));
        }
        let search = Mutex::new(Search::new(grammar, limits, outputs, inputs));
        let report = Mutex::default();
        Ok(PySearch { search, report, functions: functions.unbind(), stop: stop.flag() })
    }

    /// Goes on until there are answers, so many further nodes were evaluated, or the end, and gives the answers.
    fn advance<'py>(&self, py: Python<'py>, most_nodes: u64, is_main: bool) -> PyResult<Vec<ToldAnswer<'py>>> {
        let interrupt: Mutex<Option<PyErr>> = Mutex::new(None);
        let found: PyResult<Vec<_>> = py.detach(|| {
            let interrupted = || {
                Python::attach(|py| match py.check_signals() {
                    Ok(()) => false,
                    Err(error) => {
                        *lock(&interrupt) = Some(error);
                        true
                    }
                })
            };
            let mut watch = Watch::new(&self.stop);
            if is_main {
                watch.interrupted = Some(&interrupted);
            }
            let mut search = lock(&self.search);
            let answers = catch_unwind(AssertUnwindSafe(|| search.advance(watch, most_nodes)));
            if answers.is_err() {
                search.abandon();
            }
            *lock(&self.report) = (search.spent(), search.end());
            let answers = answers.map_err(|_| PyRuntimeError::new_err(panics::last()))?;
            let nodes = |answer| (search.answer_nodes(answer), answer.cost, answer.goal);
            Ok(answers.iter().map(nodes).collect::<Vec<_>>())
        });
        if let Some(error) = interrupt.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        let functions = Functions::new(self.functions.bind(py).clone());
        let packed = |((nodes, root), cost, goal)| Ok((packed_nodes(py, nodes, &functions)?, root, cost, goal));
        found?.into_iter().map(packed).collect()
    }

    /// Adds known expressions: programs of a graph, each with its cost, run in a scope that binds `S`. Those that fail on
    /// some sample are left out. To be called before the search begins.
    fn add_fragments(&self, py: Python<'_>, scope: &PyScope, programs: &PyPrograms, costs: Vec<u16>) -> PyResult<()> {
        if costs.len() != programs.len() {
            return Err(PyValueError::new_err("each fragment has a cost"));
        }
        // What the scope keeps of it is not the search's.
        let before = memory::allocated() - scope.held();
        let inputs = lock(&self.search).inputs().to_vec();
        let mut given: Vec<Vec<Value>> = vec![Vec::with_capacity(inputs.len()); costs.len()];
        for input in inputs {
            for (given, value) in given.iter_mut().zip(scope.values(py, programs, input)?) {
                given.extend(value);
            }
        }
        let mut search = lock(&self.search);
        let samples = search.inputs().len();
        for ((number, values), cost) in (0..).zip(&given).zip(costs) {
            if values.len() == samples {
                search.add_fragment(number, cost, values);
            }
        }
        drop(given);
        search.count_memory(memory::allocated() - scope.held() - before);
        Ok(())
    }

    /// Lets a device work for it; to be called before the search begins.
    ///
    /// Args:
    ///     rules: for each production whether the device can evaluate it.
    ///     least: fewer combinations than this the search looks at itself.
    ///     most: most combinations of a request.
    fn work_in_bulk(&self, rules: Vec<bool>, least: u64, most: u64) {
        lock(&self.search).work_in_bulk(&rules, Sizes { least, most });
    }

    /// Whether it waits for a device, and `advance` does nothing until it has been answered.
    fn is_waiting(&self) -> bool {
        lock(&self.search).wanted().is_some()
    }

    /// What it waits for; None when it does not.
    fn wanted<'py>(&self, py: Python<'py>) -> Option<ToldRequest<'py>> {
        let search = lock(&self.search);
        let request = search.wanted()?;
        let segments = request.segments.iter().map(|segment| {
            let count = search.grammar().rules[usize::from(segment.rule)].nesting.len();
            (segment.rule, segment.ranges[..count].to_vec(), segment.is_twin, segment.first, segment.count)
        });
        let added = request.added.iter().map(|(kind, refs)| (*kind, PyBytes::new(py, refs)));
        let (keys, blob) = (PyBytes::new(py, &request.keys), PyBytes::new(py, &request.blob));
        Some((segments.collect(), request.is_kept, keys, blob, added.collect()))
    }

    /// Takes a device's answer; `crate::search::bulk::answered` says what is in it.
    fn give(
        &self,
        outcomes: PyBackedBytes,
        sizes: PyBackedBytes,
        fits: PyBackedBytes,
        values: PyBackedBytes,
        home: u64,
    ) -> PyResult<()> {
        let parts = [outcomes, sizes, fits, values].map(|part| Box::new(part) as Bytes);
        lock(&self.search).answer_wanted(parts, home).map_err(PyValueError::new_err)
    }

    /// Halves what it waits for; false where that would be too little to ask.
    fn want_less(&self) -> bool {
        lock(&self.search).want_less()
    }

    /// Goes on without a device.
    fn give_up(&self) {
        lock(&self.search).leave_bulk();
    }

    /// What it has done so far; while it goes on, until it last rested.
    fn report(&self) -> ToldReport {
        let (spent, end) = *lock(&self.report);
        (
            spent.applied,
            spent.unique,
            spent.duplicates,
            spent.failed,
            spent.fuel,
            spent.answers,
            spent.seconds,
            spent.memory_bytes,
            spent.cost,
            end.map(End::name),
        )
    }

    /// The sets of demo samples on which some expression is right, as bits, each with the lowest cost seen; ascending.
    fn partial_fits(&self, py: Python<'_>) -> Vec<(u16, u32)> {
        py.detach(|| lock(&self.search).partial_fits())
    }

    /// Programs that are right on some demo samples and not on all, in the form of answers: those of the most samples
    /// first.
    fn near_misses<'py>(&self, py: Python<'py>) -> PyResult<Vec<ToldAnswer<'py>>> {
        let found = py.detach(|| {
            let search = lock(&self.search);
            let nodes = |answer: &Answer| (search.answer_nodes(answer), answer.cost, answer.goal);
            search.near_misses().iter().map(nodes).collect::<Vec<_>>()
        });
        let functions = Functions::new(self.functions.bind(py).clone());
        let packed = |((nodes, root), cost, goal)| Ok((packed_nodes(py, nodes, &functions)?, root, cost, goal));
        found.into_iter().map(packed).collect()
    }

    /// Number of entries.
    fn __len__(&self, py: Python<'_>) -> usize {
        py.detach(|| lock(&self.search).bank().len())
    }

    /// The entry of that number: its nodes, its kind, its cost, and its values, one a sample (None: not kept).
    #[allow(clippy::type_complexity)]
    fn entry<'py>(
        &self,
        py: Python<'py>,
        number: u32,
    ) -> PyResult<(Vec<ToldNode<'py>>, u8, u32, Option<Vec<Bound<'py, PyAny>>>)> {
        let functions = Functions::new(self.functions.bind(py).clone());
        // The thread that goes on with the search may wait for Python's lock, so nothing waits for the search with it.
        let entry = py.detach(|| {
            let search = lock(&self.search);
            let bank = search.bank();
            if number as usize >= bank.len() {
                return None;
            }
            let values: Option<Vec<Value>> =
                bank.values(number).map(|values| (0..values.len()).map(|sample| values.value(sample)).collect());
            Some((search.entry_nodes(number), bank.kind(number), bank.cost(number), values))
        });
        let (nodes, kind, cost, values) = entry.ok_or_else(|| PyIndexError::new_err("no such entry"))?;
        let values = values.map(|values| values.iter().map(|value| to_python(py, value, &functions)).collect());
        Ok((packed_nodes(py, nodes, &functions)?, kind, cost, values.transpose()?))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn grids(values: &[PyRef<'_, PyValue>]) -> PyResult<Vec<Grid>> {
    let grids: PyResult<Vec<Grid>> = values.iter().map(|value| value.grid().cloned()).collect();
    let grids = grids?;
    if grids.iter().all(is_arc) { Ok(grids) } else { Err(PyValueError::new_err("a search works on grids of ARC")) }
}

fn grammar<'py>(
    kinds: Vec<ToldKind>,
    leaves: Vec<ToldLeaf<'py>>,
    productions: Vec<ToldProduction>,
    functions: &Functions<'py>,
) -> PyResult<Grammar> {
    let kinds = kinds.into_iter().map(|(form, is_offered)| match Form::parse(&form) {
        Some(form) => Ok(Kind { form, is_offered }),
        None => Err(PyValueError::new_err(format!("no form is called {form:?}"))),
    });
    let leaves = leaves.into_iter().map(|(is_input, value, kind, cost)| {
        let value = if is_input { None } else { Some(from_python(&value, functions)?) };
        Ok(Leaf { value, kind, cost })
    });
    let productions = productions.into_iter().map(|(name, arguments, result, cost, symmetric, is_distinct)| {
        let primitive =
            number_of(&name).ok_or_else(|| PyValueError::new_err(format!("no primitive is called {name}")))?;
        Ok(Production { primitive, arguments, result, cost, symmetric, is_distinct })
    });
    let kinds: PyResult<Vec<Kind>> = kinds.collect();
    let leaves: PyResult<Vec<Leaf>> = leaves.collect();
    let productions: PyResult<Vec<Production>> = productions.collect();
    Grammar::new(kinds?, leaves?, productions?).map_err(PyValueError::new_err)
}

fn packed_nodes<'py>(
    py: Python<'py>,
    nodes: Vec<ProgramNode>,
    functions: &Functions<'py>,
) -> PyResult<Vec<ToldNode<'py>>> {
    let text = |text: &str| Ok::<_, PyErr>(text.into_pyobject(py)?.into_any());
    let packed = |node| {
        Ok(match node {
            ProgramNode::Input => (0, text("I")?, Vec::new()),
            ProgramNode::Fragment(number) => (4, number.into_pyobject(py)?.into_any(), Vec::new()),
            ProgramNode::Leaf(Value::Primitive(number)) => (2, text(&name_of(number))?, Vec::new()),
            ProgramNode::Leaf(value) => (1, to_python(py, &value, functions)?, Vec::new()),
            ProgramNode::Call(number, operands) => (3, text(&name_of(number))?, operands),
        })
    };
    nodes.into_iter().map(packed).collect()
}
