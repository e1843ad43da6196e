//! The registry: every primitive by its number, with its arity, the formula of its work and its implementation.
//!
//! It stands below what calls primitives and knows none of them. `primitives` hands its table over before it gives out a
//! number (see `primitives::number_of`), so a number leads to the primitive here.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::value::{Value, names};

/// One function of the DSL.
#[derive(Clone, Copy)]
pub struct Primitive {
    /// Its name, the same as in Python's registry.
    pub name: &'static str,
    /// Number of parameters, all required.
    pub arity: usize,
    /// Bound on the elements that a call touches or builds, from its arguments; never negative.
    pub work: fn(&[&Value]) -> i64,
    /// The implementation; it gets as many arguments as the arity says.
    pub call: fn(&mut Context, &[&Value]) -> Res,
}

/// Calls a user's own primitive, and pays for it.
pub type UserCall = Arc<dyn Fn(&mut Context, &[&Value]) -> Res + Send + Sync>;

#[derive(Clone)]
struct UserPrimitive {
    arity: usize,
    call: UserCall,
}

static BUILT_IN: OnceLock<&'static [Primitive]> = OnceLock::new();
/// Numbered after the built-in ones; never forgotten.
static USERS: RwLock<Vec<UserPrimitive>> = RwLock::new(Vec::new());

/// Hands over the primitives of the DSL: a place in the table is a primitive's number. Only the first call counts.
pub fn fill(table: &'static [Primitive]) {
    BUILT_IN.get_or_init(|| {
        names::fill(table.iter().map(|primitive| primitive.name));
        table
    });
}

fn built_in() -> &'static [Primitive] {
    BUILT_IN.get().copied().unwrap_or_default()
}

/// A primitive of the DSL by its number; None for a user's own one.
#[inline]
pub fn get(number: u16) -> Option<&'static Primitive> {
    built_in().get(usize::from(number))
}

/// Adds a user's own primitive and gives its number; None when there are too many. To be called after [`fill`].
///
/// `arity` is what binding an argument goes by: 0 for a primitive of more than four parameters.
pub fn add_user(name: String, arity: usize, call: UserCall) -> Option<u16> {
    let mut users = USERS.write().unwrap_or_else(PoisonError::into_inner);
    let number = u16::try_from(built_in().len() + users.len()).ok()?;
    names::add(name);
    users.push(UserPrimitive { arity, call });
    Some(number)
}

fn user(number: u16) -> Option<UserPrimitive> {
    let users = USERS.read().unwrap_or_else(PoisonError::into_inner);
    users.get(usize::from(number).checked_sub(built_in().len())?).cloned()
}

/// Number of parameters that binding goes by, the user's own primitives included; 0 where there is no such primitive.
pub fn arity_of(number: u16) -> usize {
    match get(number) {
        Some(primitive) => primitive.arity,
        None => user(number).map_or(0, |user| user.arity),
    }
}

/// Calls a user's own primitive; fails where there is none of that number.
pub fn call_user(context: &mut Context, number: u16, arguments: &[&Value]) -> Res {
    match user(number) {
        Some(user) => (user.call)(context, arguments),
        None => Err(Fail::error("LookupError: there is no such primitive")),
    }
}
