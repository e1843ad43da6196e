//! Primitives of a user's own: functions that this library is handed, numbered after those of the DSL.

use std::sync::{Arc, RwLock};

use super::TABLE;
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::value::Value;

/// Calls a user's primitive, and pays for it.
pub type UserCall = Arc<dyn Fn(&mut Context, &[&Value]) -> Res + Send + Sync>;

#[derive(Clone)]
struct UserPrimitive {
    name: String,
    arity: usize,
    call: UserCall,
}

static USERS: RwLock<Vec<UserPrimitive>> = RwLock::new(Vec::new());

/// Notes a primitive and gives its number; None when there are too many. It is never forgotten.
///
/// `arity` is what binding an argument goes by: 0 for a primitive of more than four parameters.
pub fn add(name: String, arity: usize, call: UserCall) -> Option<u16> {
    let mut users = USERS.write().unwrap_or_else(|poisoned| poisoned.into_inner());
    let number = u16::try_from(TABLE.len() + users.len()).ok()?;
    users.push(UserPrimitive { name, arity, call });
    Some(number)
}

fn get(number: u16) -> Option<UserPrimitive> {
    let users = USERS.read().unwrap_or_else(|poisoned| poisoned.into_inner());
    users.get(usize::from(number).checked_sub(TABLE.len())?).cloned()
}

/// The name of a user's primitive.
pub fn name(number: u16) -> String {
    get(number).map_or_else(String::new, |user| user.name)
}

/// The number of parameters that binding goes by.
pub fn arity(number: u16) -> usize {
    get(number).map_or(0, |user| user.arity)
}

/// Calls it.
pub fn call(context: &mut Context, number: u16, arguments: &[&Value]) -> Res {
    match get(number) {
        Some(user) => (user.call)(context, arguments),
        None => Err(Fail::error("LookupError: there is no such primitive")),
    }
}
