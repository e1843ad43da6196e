//! Functions over functions: seven that build functions, six that call one on many values, one that repeats it.

use super::joining::merged;
use super::sets::elements;
use super::{Primitive, primitive, work};
use crate::call::{Results, arity_of, each, each_crossed, each_of, each_pair, until_steady};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::value::weight::{MAX_POWER, bounded};
use crate::value::{Builder, Function, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("apply", 2, work::lengths, apply),
    primitive("chain", 3, work::none, chain),
    primitive("compose", 2, work::none, compose),
    primitive("fork", 3, work::none, fork),
    primitive("lbind", 2, work::fixing, lbind),
    primitive("mapply", 2, work::lengths, mapply),
    primitive("matcher", 2, work::fixing, matcher),
    primitive("mpapply", 3, work::walking, mpapply),
    primitive("papply", 3, work::walking, papply),
    primitive("power", 2, work::none, power),
    primitive("prapply", 3, work::crossed, prapply),
    primitive("rapply", 2, work::length, rapply),
    primitive("rbind", 2, work::fixing, rbind),
    primitive("settle", 2, work::fixing, settle),
];

/// Times that `settle` calls its function at most.
const SETTLING: usize = 64;

fn built(context: &Context, builder: Builder, parts: &[&Value]) -> Res {
    Ok(Value::Function(Function::built(builder, parts, context.depth() > 0)?))
}

fn compose(context: &mut Context, parts: &[&Value]) -> Res {
    built(context, Builder::Compose, parts)
}

fn chain(context: &mut Context, parts: &[&Value]) -> Res {
    built(context, Builder::Chain, parts)
}

fn fork(context: &mut Context, parts: &[&Value]) -> Res {
    built(context, Builder::Fork, parts)
}

fn matcher(context: &mut Context, parts: &[&Value]) -> Res {
    built(context, Builder::Matcher, parts)
}

fn rbind(context: &mut Context, parts: &[&Value]) -> Res {
    built(context, Builder::RightBind(left_of(parts[0])?), parts)
}

fn lbind(context: &mut Context, parts: &[&Value]) -> Res {
    built(context, Builder::LeftBind(left_of(parts[0])?), parts)
}

/// Arguments left once one is fixed: 1 of 2, 2 of 3, else 3.
fn left_of(function: &Value) -> Res<u8> {
    Ok(match arity_of(function)? {
        2 => 1,
        3 => 2,
        _ => 3,
    })
}

fn power(context: &mut Context, parts: &[&Value]) -> Res {
    match parts[1].number() {
        None => Err(Fail::error("TypeError: power wants a number of times")),
        Some(..1) => Err(Fail::error("DslError: power wants a number of times of 1 and more")),
        Some(1) => Ok(parts[0].clone()),
        Some(n) if n > MAX_POWER => Err(Fail::Limit("power of more than 1000")),
        Some(_) => built(context, Builder::Power, parts),
    }
}

fn apply(context: &mut Context, arguments: &[&Value]) -> Res {
    let [function, container] = *arguments else { unreachable!("the arity is checked") };
    let mut results = Results::default();
    each(context, function, container, |_, result| results.push(result))?;
    Ok(Value::like(container, results.grown()?))
}

fn rapply(context: &mut Context, arguments: &[&Value]) -> Res {
    let [functions, value] = *arguments else { unreachable!("the arity is checked") };
    let mut results = Results::default();
    each_of(context, functions, value, |result| results.push(result))?;
    Ok(Value::like(functions, results.grown()?))
}

fn mapply(context: &mut Context, arguments: &[&Value]) -> Res {
    let [function, container] = *arguments else { unreachable!("the arity is checked") };
    let mut results = Results::default();
    each(context, function, container, |_, result| results.push_once(result))?;
    merged(container, &results.grown()?)
}

fn papply(context: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::tuple(in_step(context, arguments)?))
}

fn mpapply(context: &mut Context, arguments: &[&Value]) -> Res {
    merged(&Value::empty_tuple(), &in_step(context, arguments)?)
}

/// Results on pairs of the two containers, walked in iteration order.
fn in_step(context: &mut Context, arguments: &[&Value]) -> Res<Vec<Value>> {
    let [function, a, b] = *arguments else { unreachable!("the arity is checked") };
    let mut results = Results::default();
    each_pair(context, function, a.items()?.zip(b.items()?), |result| results.push(result))?;
    results.grown()
}

fn prapply(context: &mut Context, arguments: &[&Value]) -> Res {
    let [function, a, b] = *arguments else { unreachable!("the arity is checked") };
    bounded(i128::from(work::crossed(arguments)))?;
    b.items()?;
    a.items()?;
    let mut results = Results::default();
    each_crossed(context, function, &elements(a), &elements(b), |result| results.push_once(result))?;
    Ok(Value::set(results.grown()?))
}

fn settle(context: &mut Context, arguments: &[&Value]) -> Res {
    until_steady(context, arguments[0], arguments[1], SETTLING)
}
