//! Answers: programs that a search found, told as steps over what it has enumerated.

use crate::value::Value;

/// What a step is handed.
#[derive(Clone, Debug)]
pub enum Part {
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
