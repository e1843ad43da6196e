//! Search for programs: enumeration bottom-up by cost, and the last steps that lead from what it found to the outputs.
//!
//! `grammar` says what there is, `levels` in which order, `evaluate` what an expression gives, `table` whether that is
//! known, `bank` keeps it, `goals` looks at it, and `enumeration` is the loop around them.

pub mod answer;
pub mod bank;
pub mod bits;
pub mod bulk;
pub mod enumeration;
mod evaluate;
pub mod form;
pub mod goals;
pub mod grammar;
pub mod grids;
pub mod kernels;
pub mod key;
pub mod levels;
pub mod limits;
mod probes;
pub mod program;
pub mod table;
pub mod trees;
