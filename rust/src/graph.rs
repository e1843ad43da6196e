//! The graph of a battery, handed over once: every distinct expression as a node, operands before what uses them.

use std::sync::Arc;

use crate::value::Value;

/// What a node depends on, as a mask: the demo pairs.
pub const DEPENDS_S: u8 = 1;
/// What a node depends on, as a mask: the input grid.
pub const DEPENDS_I: u8 = 2;
/// What a node depends on, as a mask: the grid that is compared with.
pub const DEPENDS_C: u8 = 4;
/// Number of different masks.
pub const MASKS: usize = 8;

/// A node of the graph.
#[derive(Clone, Debug)]
pub enum Node {
    /// `S`, `I` or `C`; the node's mask says which.
    Variable,
    /// A constant, or a primitive as a value.
    Leaf(Value),
    /// The call of a primitive; the operands are its arguments.
    Primitive(u16),
    /// The call of a function that another call built: that is the first operand, its arguments follow.
    Computed,
}

impl Node {
    /// Whether it is a call, a step of a program's text.
    #[inline]
    pub fn is_call(&self) -> bool {
        matches!(self, Node::Primitive(_) | Node::Computed)
    }
}

/// All nodes of some programs; it only grows.
#[derive(Clone, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    levels: Vec<u8>,
    /// The place of each node among those that depend on the same.
    places: Vec<u32>,
    /// How many nodes depend on the same, by mask.
    counts: [u32; MASKS],
    /// Where the operands of each node end in `operands`.
    ends: Vec<u32>,
    operands: Vec<u32>,
    /// The node of the callee of each call, as an operand in canonical order; equal to the node itself for others.
    callees: Vec<u32>,
    orders: Vec<Option<Arc<[u32]>>>,
    seen: Vec<u32>,
    walks: u32,
}

impl Graph {
    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Adds a node; None when an operand is not there yet or there are too many.
    ///
    /// `callee` is the node of the primitive that is called, None for other nodes.
    pub fn push(&mut self, node: Node, level: u8, operands: &[u32], callee: Option<u32>) -> Option<()> {
        let number = u32::try_from(self.nodes.len()).ok()?;
        let end = u32::try_from(self.operands.len() + operands.len()).ok()?;
        let is_known = operands.iter().chain(callee.iter()).all(|operand| *operand < number);
        if !is_known || usize::from(level) >= MASKS {
            return None;
        }
        self.nodes.push(node);
        self.levels.push(level);
        let count = &mut self.counts[usize::from(level)];
        self.places.push(*count);
        *count += 1;
        self.operands.extend_from_slice(operands);
        self.ends.push(end);
        self.callees.push(callee.unwrap_or(number));
        self.orders.push(None);
        self.seen.push(0);
        Some(())
    }

    /// A node.
    #[inline]
    pub fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }

    /// What a node depends on: a mask of [`DEPENDS_S`], [`DEPENDS_I`] and [`DEPENDS_C`].
    #[inline]
    pub fn level(&self, node: u32) -> u8 {
        self.levels[node as usize]
    }

    /// The place of a node among those that depend on the same.
    #[inline]
    pub fn place(&self, node: u32) -> usize {
        self.places[node as usize] as usize
    }

    /// How many nodes depend on what a mask says, no more and no less.
    pub fn count(&self, mask: usize) -> usize {
        self.counts[mask] as usize
    }

    /// The operands of a call: its arguments, and before them the function where that is computed.
    #[inline]
    pub fn operands(&self, node: u32) -> &[u32] {
        let start = if node == 0 { 0 } else { self.ends[node as usize - 1] };
        &self.operands[start as usize..self.ends[node as usize] as usize]
    }

    /// The node of the primitive that a call calls; None for a computed function and what is no call.
    pub fn callee(&self, node: u32) -> Option<u32> {
        Some(self.callees[node as usize]).filter(|callee| *callee != node)
    }

    /// The calls that a root reaches, each once, in canonical order: depth-first and post-order, operands left to right.
    ///
    /// It is found out once for each root.
    pub fn calls(&mut self, root: u32) -> Arc<[u32]> {
        if let Some(known) = &self.orders[root as usize] {
            return Arc::clone(known);
        }
        self.walks += 1;
        let mut found = Vec::new();
        // A call is pushed twice: to open it, and marked, to note it once its operands are done.
        let mut stack = vec![(root, false)];
        while let Some((node, is_done)) = stack.pop() {
            if is_done {
                found.push(node);
            } else if self.nodes[node as usize].is_call() && self.seen[node as usize] != self.walks {
                self.seen[node as usize] = self.walks;
                stack.push((node, true));
                stack.extend(self.operands(node).iter().rev().map(|operand| (*operand, false)));
            }
        }
        let order: Arc<[u32]> = found.into();
        self.orders[root as usize] = Some(Arc::clone(&order));
        order
    }
}
