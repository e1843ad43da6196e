//! Writing answers: calls appended one after the other.

use crate::primitives::number_of;
use crate::search::answer::{Answer, Part, Step};
use crate::value::Value;

/// What a call adds to the cost of an answer.
pub const CALL_COST: u32 = 4;

/// The steps of an answer under construction.
#[derive(Default)]
pub struct Steps(Vec<Step>);

impl Steps {
    /// Appends the call of a primitive, and gives its result as an argument for others.
    pub fn call<const N: usize>(&mut self, name: &str, parts: [Part; N]) -> Part {
        let primitive = number_of(name).unwrap_or_default();
        debug_assert!(number_of(name).is_some(), "{name} is a primitive");
        self.0.push(Step { primitive, parts: parts.into() });
        Part::Step(self.0.len() as u32 - 1)
    }

    /// Appends the call of a primitive by its number.
    pub fn push(&mut self, primitive: u16, parts: Vec<Part>) -> Part {
        self.0.push(Step { primitive, parts });
        Part::Step(self.0.len() as u32 - 1)
    }

    /// The proposal that returns one of the parts. `cost` is that of the entries in it; the calls are added.
    pub fn proposal(self, result: Part, cost: u32) -> Proposal {
        let cost = cost + CALL_COST * self.0.len() as u32;
        Proposal { steps: self.0, result, cost }
    }
}

/// An answer as a goal proposes it.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Steps beyond the bank, in order; may be empty.
    pub steps: Vec<Step>,
    /// What the program returns.
    pub result: Part,
    /// Cost of all of it: that of the entries in it and of the steps.
    pub cost: u32,
}

impl Proposal {
    /// The answer that it becomes, with the name of its goal.
    pub fn named(self, goal: &'static str) -> Answer {
        let Proposal { steps, result, cost } = self;
        Answer { steps, result, cost, goal }
    }
}

/// A constant int.
pub fn int(number: impl Into<i64>) -> Part {
    Part::Leaf(Value::Int(number.into()))
}

/// A primitive as a function.
pub fn function(name: &str) -> Part {
    Part::Leaf(Value::Primitive(number_of(name).unwrap_or_default()))
}
