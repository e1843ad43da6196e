//! Search for programs: enumeration bottom-up by cost, and the last steps that lead from what it found to the outputs.

pub mod answer;
pub mod goals;
