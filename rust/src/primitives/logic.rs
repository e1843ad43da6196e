//! Logic: truth of values and choices between them.

use super::sets::holds;
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::value::{Value, equal};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("both", 2, work::none, both),
    primitive("branch", 3, work::none, branch),
    primitive("contained", 2, work::searching, contained),
    primitive("either", 2, work::none, either),
    primitive("equality", 2, work::comparing, equality),
    primitive("flip", 1, work::none, flip),
];

fn flip(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::Bool(!arguments[0].is_true()))
}

fn both(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(if arguments[0].is_true() { arguments[1] } else { arguments[0] }.clone())
}

fn either(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(if arguments[0].is_true() { arguments[0] } else { arguments[1] }.clone())
}

fn branch(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(if arguments[0].is_true() { arguments[1] } else { arguments[2] }.clone())
}

fn equality(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::Bool(equal(arguments[0], arguments[1])))
}

fn contained(_: &mut Context, arguments: &[&Value]) -> Res {
    let [value, container] = *arguments else { unreachable!("the arity is checked") };
    if !container.is_container() {
        return Err(Fail::error("TypeError: nothing can be in what is no container"));
    }
    Ok(Value::Bool(holds(container, value)))
}
