//! The native engine of arcbatt: the twin of its python engine, with the same values, failures and fuel.
//!
//! `value` and `primitives` know nothing of graphs, `graph` and `scope` nothing of Python; `python` is what Python sees.

pub mod call;
pub mod context;
pub mod fail;
pub mod memory;
pub mod primitives;
pub mod value;

mod python;

#[global_allocator]
static ALLOCATOR: memory::Counting = memory::Counting;
