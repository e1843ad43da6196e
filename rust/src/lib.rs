//! The native engine of arcbatt: the twin of its python engine, with the same values, failures and fuel.
//!
//! `value` and `primitives` know nothing of graphs, `graph` and `scope` nothing of Python; `python` is what Python sees.

pub mod call;
pub mod context;
pub mod digest;
pub mod fail;
pub mod graph;
pub mod memory;
pub mod outcome;
pub mod panics;
pub mod primitives;
pub mod scope;
pub mod search;
pub mod value;

#[cfg(feature = "python")]
mod python;

#[global_allocator]
static ALLOCATOR: memory::Counting = memory::Counting;
