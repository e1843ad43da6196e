//! Answers: programs that a search found, written as steps over what it has enumerated.

use crate::call::call_primitive;
use crate::context::Context;
use crate::fail::Res;
use crate::value::Value;

/// What a step is handed.
#[derive(Clone, Debug)]
pub enum Part {
    /// The variable `I`.
    Input,
    /// An expression of the bank, by its number.
    Entry(u32),
    /// A constant, or a primitive as a function.
    Leaf(Value),
    /// The result of an earlier step of the same answer, by its place.
    Step(u32),
}

/// A call of a primitive.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its number in the table of primitives.
    pub primitive: u16,
    /// Its arguments, in order.
    pub parts: Vec<Part>,
}

/// A program that gives the expected output on every demo sample.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Steps beyond the bank, in order; may be empty.
    pub steps: Vec<Step>,
    /// What the program returns.
    pub result: Part,
    /// Cost of all of it: that of the entries in it and of the steps.
    pub cost: u32,
    /// The goal that was met, in a word: `exact`, `colors`, ...
    pub goal: &'static str,
}

impl Answer {
    /// What the program gives on a sample.
    ///
    /// Args: `fuel`: that of one call; `input`: the sample's input; `entry`: the value of an expression on that sample.
    pub fn run(&self, context: &mut Context, fuel: i64, input: &Value, entry: impl Fn(u32) -> Value) -> Res {
        let mut results: Vec<Value> = Vec::with_capacity(self.steps.len());
        let value = |part: &Part, results: &[Value]| match part {
            Part::Input => input.clone(),
            Part::Entry(number) => entry(*number),
            Part::Leaf(value) => value.clone(),
            Part::Step(place) => results[*place as usize].clone(),
        };
        for step in &self.steps {
            let arguments: Vec<Value> = step.parts.iter().map(|part| value(part, &results)).collect();
            context.fill(fuel);
            results.push(call_primitive(context, step.primitive, &arguments.iter().collect::<Vec<_>>())?);
        }
        Ok(value(&self.result, &results))
    }
}
