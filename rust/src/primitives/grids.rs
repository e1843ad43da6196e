//! To be written.

use super::Primitive;

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[];
