//! A workbench: expressions that a goal makes for itself from what was enumerated, each called once on every sample.
//!
//! The calls are paid for as they are made. What fails on some sample, a test sample too, is not there.

use std::collections::HashMap;

use super::metered::within;
use super::source::Source;
use super::steps::Steps;
use crate::call::call_primitive;
use crate::context::Context;
use crate::primitives::number_of;
use crate::search::answer::Part;
use crate::value::Value;

/// Fuel of one call.
const FUEL: i64 = 60_000;

/// The number of an expression of a workbench.
pub type Node = u32;

enum Origin {
    Part(Part),
    Source(Source),
    Call(u16, Box<[Node]>),
}

struct Expression {
    origin: Origin,
    /// One for each sample, or one for all.
    values: Vec<Value>,
    /// What it adds to the cost of a program by itself, its operands included.
    cost: u32,
}

/// Expressions, the operands before what is made of them.
pub struct Workbench {
    expressions: Vec<Expression>,
    calls: HashMap<(u16, Box<[Node]>), Option<Node>>,
    samples: usize,
}

impl Workbench {
    /// A workbench for so many samples.
    pub fn new(samples: usize) -> Workbench {
        Workbench { expressions: Vec::new(), calls: HashMap::new(), samples }
    }

    /// Takes up what is known: the input, or an expression of the bank, with its value on each sample.
    pub fn part(&mut self, part: Part, values: Vec<Value>, cost: u32) -> Node {
        self.push(Origin::Part(part), values, cost)
    }

    /// Takes up grids that a goal was shown.
    pub fn source(&mut self, source: Source, values: Vec<Value>, cost: u32) -> Node {
        self.push(Origin::Source(source), values, cost)
    }

    /// A constant.
    pub fn leaf(&mut self, value: Value) -> Node {
        self.push(Origin::Part(Part::Leaf(value.clone())), vec![value], 1)
    }

    /// An int.
    pub fn int(&mut self, number: i64) -> Node {
        self.leaf(Value::Int(number))
    }

    /// A primitive as a function.
    pub fn function(&mut self, name: &str) -> Node {
        debug_assert!(number_of(name).is_some(), "{name} is a primitive");
        self.leaf(Value::Primitive(number_of(name).unwrap_or_default()))
    }

    /// The call of a primitive; None where it fails on some sample. The same call is made once.
    pub fn call(&mut self, context: &mut Context, name: &str, operands: &[Node]) -> Option<Node> {
        debug_assert!(number_of(name).is_some(), "{name} is a primitive");
        let primitive = number_of(name)?;
        let key = (primitive, operands.into());
        if let Some(known) = self.calls.get(&key) {
            return *known;
        }
        let made = self.worked_out(context, primitive, operands);
        let node = made.map(|values| {
            let cost = super::steps::CALL_COST + operands.iter().map(|node| self.cost(*node)).sum::<u32>();
            self.push(Origin::Call(primitive, operands.into()), values, cost)
        });
        self.calls.insert(key, node);
        node
    }

    fn worked_out(&self, context: &mut Context, primitive: u16, operands: &[Node]) -> Option<Vec<Value>> {
        let is_one = operands.iter().all(|node| self.expressions[*node as usize].values.len() == 1);
        let rounds = if is_one { 1 } else { self.samples };
        let mut values = Vec::with_capacity(rounds);
        for sample in 0..rounds {
            let arguments: Vec<&Value> = operands.iter().map(|node| self.value(*node, sample)).collect();
            values.push(within(context, FUEL, |context| call_primitive(context, primitive, &arguments).ok())?);
        }
        Some(values)
    }

    fn push(&mut self, origin: Origin, values: Vec<Value>, cost: u32) -> Node {
        self.expressions.push(Expression { origin, values, cost });
        self.expressions.len() as Node - 1
    }

    /// What an expression gives on a sample, demo samples first.
    pub fn value(&self, node: Node, sample: usize) -> &Value {
        match &self.expressions[node as usize].values[..] {
            [one] => one,
            values => &values[sample],
        }
    }

    /// What an expression adds to the cost of a program by itself, its operands included.
    pub fn cost(&self, node: Node) -> u32 {
        self.expressions[node as usize].cost
    }

    /// Writes an expression, unless it is written: gives it as an argument for further steps.
    pub fn write(&self, node: Node, steps: &mut Steps, written: &mut Written) -> Part {
        if let Some(part) = written.0.get(&node) {
            return part.clone();
        }
        let part = match &self.expressions[node as usize].origin {
            Origin::Part(part) => part.clone(),
            Origin::Source(source) => source.part(steps),
            Origin::Call(primitive, operands) => {
                let parts = operands.iter().map(|operand| self.write(*operand, steps, written)).collect();
                steps.push(*primitive, parts)
            }
        };
        written.0.insert(node, part.clone());
        part
    }
}

/// Which expressions of a workbench an answer has, and where.
#[derive(Default)]
pub struct Written(HashMap<Node, Part>);
