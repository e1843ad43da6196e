//! Primitives of a user's own: functions that this library is handed, numbered after those of the DSL.

use crate::registry::{self, UserCall};

/// Adds a primitive and gives its number; None when there are too many. It is never forgotten.
///
/// `arity` is what binding an argument goes by: 0 for a primitive of more than four parameters.
pub fn add(name: String, arity: usize, call: UserCall) -> Option<u16> {
    super::table();
    registry::add_user(name, arity, call)
}
