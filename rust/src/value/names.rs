//! The names of the primitives, by number: what the text of a built function needs. The registry fills them in.

use std::sync::{OnceLock, PoisonError, RwLock};

static BUILT_IN: OnceLock<Vec<&'static str>> = OnceLock::new();
/// Those of the user's own primitives, which are numbered after the others.
static USERS: RwLock<Vec<String>> = RwLock::new(Vec::new());

/// Notes the names of the primitives of the DSL, in the order of their numbers; only the first call counts.
pub fn fill(names: impl Iterator<Item = &'static str>) {
    BUILT_IN.get_or_init(|| names.collect());
}

/// Notes the name of a user's own primitive: that of the next number.
pub fn add(name: String) {
    USERS.write().unwrap_or_else(PoisonError::into_inner).push(name);
}

/// The name of a primitive, the user's own ones included; empty where no primitive has that number.
pub fn name_of(number: u16) -> String {
    let built_in = BUILT_IN.get().map_or(&[][..], Vec::as_slice);
    if let Some(name) = built_in.get(usize::from(number)) {
        return (*name).to_owned();
    }
    let users = USERS.read().unwrap_or_else(PoisonError::into_inner);
    users.get(usize::from(number) - built_in.len()).cloned().unwrap_or_default()
}
