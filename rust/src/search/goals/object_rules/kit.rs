//! What the rules are written with: a workbench, its leaves, and the fuel that is left for it.

use crate::call::call;
use crate::context::Context;
use crate::search::answer::Part;
use crate::search::goals::frame::metered::within;
use crate::search::goals::frame::task::TaskSamples;
use crate::search::goals::frame::workbench::{Node, Workbench};
use crate::value::Value;

/// Fuel of one call of a function on an object.
const FUEL: i64 = 10_000;

/// A workbench on the samples of a task.
pub struct Kit<'c, 'w> {
    /// The meter.
    pub context: &'c mut Context<'w>,
    /// The expressions.
    pub bench: Workbench,
    /// The variable `I`.
    pub input: Node,
    leaves: Vec<(Value, Node)>,
    /// Fuel that the meter has when the work is to end.
    end: i64,
}

impl<'c, 'w> Kit<'c, 'w> {
    /// A workbench that may spend so much fuel.
    pub fn new(context: &'c mut Context<'w>, task: &TaskSamples, fuel: i64) -> Kit<'c, 'w> {
        let mut bench = Workbench::new(task.inputs.len());
        let input = bench.part(Part::Input, task.inputs.iter().cloned().map(Value::Grid).collect(), 1);
        let end = context.left - fuel;
        Kit { context, bench, input, leaves: Vec::new(), end }
    }

    /// Whether fuel is left.
    pub fn may_go_on(&self) -> bool {
        self.context.left > self.end
    }

    /// Pays for work, an eighth of a unit each.
    pub fn pay(&mut self, work: i64) {
        // What ends a search ends it at its own next look.
        let _ = self.context.charge(work);
    }

    /// A constant.
    pub fn leaf(&mut self, value: Value) -> Node {
        if let Some((_, node)) = self.leaves.iter().find(|(known, _)| is_same(known, &value)) {
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

    /// A pair of ints.
    pub fn pair(&mut self, (first, second): (i32, i32)) -> Node {
        self.leaf(Value::Pair(first, second))
    }

    /// A primitive as a function.
    pub fn function(&mut self, name: &str) -> Node {
        let value = crate::primitives::number_of(name).map(Value::Primitive);
        debug_assert!(value.is_some(), "{name} is a primitive");
        self.leaf(value.unwrap_or(Value::None))
    }

    /// The call of a primitive; None where it fails on some sample.
    pub fn call<const N: usize>(&mut self, name: &str, operands: [Node; N]) -> Option<Node> {
        self.bench.call(self.context, name, &operands)
    }

    /// The function that is one primitive after another.
    pub fn after(&mut self, outer: &str, inner: &str) -> Option<Node> {
        let (outer, inner) = (self.function(outer), self.function(inner));
        self.call("compose", [outer, inner])
    }

    /// A primitive whose last argument is fixed.
    pub fn bound(&mut self, name: &str, fixed: Node) -> Option<Node> {
        let function = self.function(name);
        self.call("rbind", [function, fixed])
    }

    /// What a function gives for an object of a sample.
    pub fn of(&mut self, function: Node, sample: usize, object: &Value) -> Option<Value> {
        let function = self.bench.value(function, sample);
        within(self.context, FUEL, |context| call(context, function, &[object]).ok())
    }
}

/// Equal, and of one kind: True is not 1.
fn is_same(a: &Value, b: &Value) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b) && a == b
}
