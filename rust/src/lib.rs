//! The native engine of arcbatt: the twin of its python engine, with the same values, failures and fuel.
//!
//! From the bottom up, each using only what stands before it: `memory`, `value`, `digest`, `call_memo`, `context`, `registry`,
//! `call`, `primitives`; then `graph`, `outcome`, `seeds`, `scope` beside `search`; `python` is what Python sees.

pub mod call;
pub mod call_memo;
pub mod context;
pub mod digest;
pub mod graph;
pub mod memory;
pub mod outcome;
pub mod panics;
pub mod primitives;
pub mod registry;
pub mod scope;
pub mod search;
pub mod seeds;
pub mod slots;
pub mod value;

pub use value::fail;

#[cfg(feature = "python")]
mod python;

#[global_allocator]
static ALLOCATOR: memory::Counting = memory::Counting;
