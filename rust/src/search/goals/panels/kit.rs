//! What the rules are written with: a workbench, and the fuel that is left for it.

use crate::context::Context;
use crate::search::answer::Part;
use crate::search::goals::frame::task::TaskSamples;
use crate::search::goals::frame::workbench::{Node, Workbench};
use crate::value::{Grid, Value};

/// A workbench on the samples of a task.
pub struct Kit<'c, 'w, 't> {
    /// The task.
    pub task: &'t TaskSamples,
    /// The expressions.
    pub bench: Workbench,
    /// The variable `I`.
    pub input: Node,
    context: &'c mut Context<'w>,
    leaves: Vec<(Value, Node)>,
    /// Fuel that the meter has when the work is to end.
    end: i64,
}

impl<'c, 'w, 't> Kit<'c, 'w, 't> {
    /// A workbench that may spend so much fuel.
    pub fn new(context: &'c mut Context<'w>, task: &'t TaskSamples, fuel: i64) -> Kit<'c, 'w, 't> {
        let mut bench = Workbench::new(task.inputs.len());
        let input = bench.part(Part::Input, task.inputs.iter().cloned().map(Value::Grid).collect(), 1);
        let end = context.left - fuel;
        Kit { task, bench, input, context, leaves: Vec::new(), end }
    }

    /// Number of samples, demo samples first.
    pub fn samples(&self) -> usize {
        self.task.inputs.len()
    }

    /// Number of demo samples.
    pub fn demos(&self) -> usize {
        self.task.target.demos()
    }

    /// A constant.
    pub fn leaf(&mut self, value: Value) -> Node {
        let is_same =
            |known: &Value| std::mem::discriminant(known) == std::mem::discriminant(&value) && *known == value;
        if let Some((_, node)) = self.leaves.iter().find(|(known, _)| is_same(known)) {
            return *node;
        }
        let node = self.bench.leaf(value.clone());
        self.leaves.push((value, node));
        node
    }

    /// An int.
    pub fn int(&mut self, number: impl Into<i64>) -> Node {
        self.leaf(Value::Int(number.into()))
    }

    /// A primitive as a function.
    pub fn function(&mut self, name: &str) -> Node {
        let value = crate::primitives::number_of(name).map(Value::Primitive);
        debug_assert!(value.is_some(), "{name} is a primitive");
        self.leaf(value.unwrap_or(Value::None))
    }

    /// The call of a primitive; None where it fails on some sample, and where no fuel is left.
    pub fn call<const N: usize>(&mut self, name: &str, operands: [Node; N]) -> Option<Node> {
        if self.context.left <= self.end {
            return None;
        }
        self.bench.call(self.context, name, &operands)
    }

    /// The function that is one primitive after another function.
    pub fn after(&mut self, outer: &str, inner: Node) -> Option<Node> {
        let outer = self.function(outer);
        self.call("compose", [outer, inner])
    }

    /// A function whose last argument is fixed.
    pub fn bound(&mut self, function: Node, fixed: Node) -> Option<Node> {
        self.call("rbind", [function, fixed])
    }

    /// What an expression gives on each sample; None unless all are grids of bytes.
    pub fn grids(&self, node: Node) -> Option<Vec<&Grid>> {
        (0..self.samples()).map(|sample| grid_of(self.bench.value(node, sample))).collect()
    }

    /// Whether a grid is the output on all demo samples.
    pub fn is_right(&self, node: Node) -> bool {
        let outputs = self.task.target.outputs().iter().enumerate();
        outputs.into_iter().all(|(sample, output)| grid_of(self.bench.value(node, sample)) == Some(output))
    }

    /// What an expression gives on the test samples.
    pub fn tests(&self, node: Node) -> Vec<Value> {
        (self.demos()..self.samples()).map(|sample| self.bench.value(node, sample).clone()).collect()
    }
}

/// A value as a grid; None where it is none.
pub fn grid_of(value: &Value) -> Option<&Grid> {
    if let Value::Grid(grid) = value { Some(grid) } else { None }
}

/// Height and width.
pub fn shape_of(grid: &Grid) -> (usize, usize) {
    (grid.height(), grid.width())
}
