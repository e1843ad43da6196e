//! Programs: entries and answers written out as nodes, each once, operands first.

use std::collections::HashMap;

use crate::value::Value;

use super::answer::{Answer, Part};
use super::bank::{Bank, Origin};
use super::grammar::Grammar;

/// A node of a program.
#[derive(Clone, Debug)]
pub enum ProgramNode {
    /// The variable `I`.
    Input,
    /// A constant or a primitive as a function.
    Leaf(Value),
    /// An expression that was known before the search, by its number.
    Fragment(u32),
    /// The call of a primitive, by its number, with earlier nodes.
    Call(u16, Vec<u32>),
}

/// Nodes in order, the last one being the result.
#[derive(Default)]
struct Writer {
    nodes: Vec<ProgramNode>,
    entries: HashMap<u32, u32>,
}

impl Writer {
    fn add(&mut self, node: ProgramNode) -> u32 {
        self.nodes.push(node);
        self.nodes.len() as u32 - 1
    }

    /// The node of an entry, its own operands written before. Entries nest as deep as their cost at most.
    fn entry(&mut self, bank: &Bank, grammar: &Grammar, number: u32) -> u32 {
        if let Some(node) = self.entries.get(&number) {
            return *node;
        }
        let entry = bank.entry(number);
        let node = match entry.origin {
            Origin::Leaf(leaf) => match &grammar.leaves[usize::from(leaf)].value {
                Some(value) => ProgramNode::Leaf(value.clone()),
                None => ProgramNode::Input,
            },
            Origin::Fragment(number) => ProgramNode::Fragment(number),
            Origin::Production(rule) => {
                let production = &grammar.rules[usize::from(rule)].production;
                let arguments = entry.arguments[..production.arguments.len()].to_vec();
                let operands = arguments.into_iter().map(|argument| self.entry(bank, grammar, argument)).collect();
                ProgramNode::Call(production.primitive, operands)
            }
        };
        let node = self.add(node);
        self.entries.insert(number, node);
        node
    }

    fn part(&mut self, bank: &Bank, grammar: &Grammar, steps: &[u32], part: &Part) -> u32 {
        match part {
            Part::Input => self.add(ProgramNode::Input),
            Part::Entry(entry) => self.entry(bank, grammar, *entry),
            Part::Leaf(value) => self.add(ProgramNode::Leaf(value.clone())),
            Part::Step(step) => steps[*step as usize],
        }
    }
}

/// The nodes of an entry, the last one being itself.
pub fn of_entry(bank: &Bank, grammar: &Grammar, entry: u32) -> Vec<ProgramNode> {
    let mut writer = Writer::default();
    writer.entry(bank, grammar, entry);
    writer.nodes
}

/// The nodes of an answer and the number of the one that it returns.
pub fn of_answer(bank: &Bank, grammar: &Grammar, answer: &Answer) -> (Vec<ProgramNode>, u32) {
    let mut writer = Writer::default();
    let mut steps = Vec::with_capacity(answer.steps.len());
    for step in &answer.steps {
        let operands = step.parts.iter().map(|part| writer.part(bank, grammar, &steps, part)).collect();
        steps.push(writer.add(ProgramNode::Call(step.primitive, operands)));
    }
    let result = writer.part(bank, grammar, &steps, &answer.result);
    (writer.nodes, result)
}
