//! Patches of an expression, as goals see them.

use crate::value::Value;

/// An object or indices for each sample; on some of them it may be another value, an empty set for instance.
pub struct SamplePatches<'a> {
    /// The expression, by its number.
    pub entry: u32,
    /// Its cost.
    pub cost: u32,
    /// What it gives on each sample, demo samples first.
    pub values: &'a [Value],
}
