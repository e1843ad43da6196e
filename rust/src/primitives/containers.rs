//! Containers: tuples and sets of anything, built, joined, filtered and taken apart.

use super::Primitive;
use crate::fail::{Fail, Res};
use crate::value::Value;

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[];

/// All elements of all parts, in the kind of a container; sets enter a tuple in canonical order.
///
/// Fails when a part is no container, or the other is none.
pub fn merged(kind: &Value, parts: &[Value]) -> Res {
    if !kind.is_container() {
        return Err(Fail::error("TypeError: not a container"));
    }
    let mut items = Vec::new();
    for part in parts {
        items.extend(part.items()?);
    }
    Ok(Value::like(kind, items))
}
