//! Calling the functions that a program hands to a primitive; the twin of `calls.py` and of what `closures.py` calls.
//!
//! Over a set a function is called on every element, whatever fails meanwhile, and the call fails afterwards; over a
//! tuple the first failure ends the call. So no order shows, in value, failure or fuel.

use std::borrow::Borrow;

use crate::call_memo::{self, Heat};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::claim;
use crate::registry;
use crate::value::weight::{self, MAX_CALL_DEPTH, weighed};
use crate::value::{Builder, Function, Value};

const WRONG_COUNT: Fail = Fail::error("TypeError: wrong number of arguments");

/// The result of a function for these arguments. Each call of a primitive is paid for.
#[inline]
pub fn call(context: &mut Context, function: &Value, arguments: &[&Value]) -> Res {
    match function {
        Value::Primitive(id) => call_primitive(context, *id, arguments),
        Value::Function(function) => call_built(context, function, arguments),
        _ => Err(Fail::error("TypeError: not a function")),
    }
}

/// Parts of a general tuple or set from which on it is heeded before a call.
const LARGE: usize = 4_096;

/// Notes that a primitive is about to look at a large value, whatever work it states: that may be the smaller argument's.
#[cold]
fn heed(context: &mut Context, argument: &Value) -> Res<()> {
    context.pulse(argument.count())?;
    let parts = argument.general_parts();
    // Few elements, each large: they were joined unweighed, and may share memory that a copy would not.
    if parts > weight::MAX_SIZE { context.watch.afford(parts) } else { Ok(()) }
}

/// Calls a primitive, and pays for it.
#[inline]
pub fn call_primitive(context: &mut Context, id: u16, arguments: &[&Value]) -> Res {
    let Some(primitive) = registry::get(id) else {
        context.user_calls += 1;
        return registry::call_user(context, id, arguments);
    };
    if arguments.len() != primitive.arity {
        return Err(WRONG_COUNT);
    }
    for argument in arguments {
        if argument.general_parts() > LARGE {
            heed(context, argument)?;
        }
    }
    context.charge((primitive.work)(arguments))?;
    (primitive.call)(context, arguments)
}

/// Calls a built function; where it pays, what it gave for the same arguments is given again.
fn call_built(context: &mut Context, function: &Function, arguments: &[&Value]) -> Res {
    if arguments.len() != function.arity() {
        return Err(WRONG_COUNT);
    }
    let Some(run) = context.memo.run() else {
        return evaluate(context, function, arguments);
    };
    let heat = Heat(function.note(run));
    if context.memo.is_hot(heat) {
        return call_hot(context, function, arguments, heat);
    }
    let before = context.left;
    let result = evaluate(context, function, arguments);
    let fuel = before - context.left;
    let after = heat.after(fuel);
    if after != heat {
        function.take_note(run, after.0);
    }
    result
}

/// Calls a built function that was called before, with work that is worth a look at what it gave then.
#[inline(never)]
fn call_hot(context: &mut Context, function: &Function, arguments: &[&Value], heat: Heat) -> Res {
    let hash = call_memo::hash_of(function, arguments);
    let run = context.memo.run().unwrap_or_default();
    // Deeper calls might fail where those at another place did not.
    let room = MAX_CALL_DEPTH - context.depth();
    if let Some(known) = context.memo.find(hash, function, arguments, room) {
        let (result, fuel, levels) = (known.result(), known.fuel, known.levels);
        function.take_note(run, heat.after_hit().0);
        context.reach(levels);
        // All of it is paid; where it does not suffice, it would not have sufficed then.
        context.spend(fuel)?;
        return result;
    }
    let (left, user_calls) = (context.left, context.user_calls);
    let (result, levels) = context.levels_of(|context| evaluate(context, function, arguments));
    let fuel = left - context.left;
    // A user's own primitive may give something else each time.
    let is_pure = user_calls == context.user_calls;
    function.take_note(run, if is_pure { heat.after_miss(fuel).0 } else { Heat::COLD.0 });
    if is_pure && levels <= room {
        context.memo.keep(hash, function, arguments, &result, fuel, levels);
    }
    result
}

fn evaluate(context: &mut Context, function: &Function, arguments: &[&Value]) -> Res {
    let parts = function.parts();
    match (function.builder(), arguments) {
        (Builder::Compose, [x]) => {
            let inner = call(context, &parts[1], &[x])?;
            call(context, &parts[0], &[&inner])
        }
        (Builder::Chain, [x]) => {
            let first = call(context, &parts[2], &[x])?;
            let second = call(context, &parts[1], &[&first])?;
            call(context, &parts[0], &[&second])
        }
        (Builder::Matcher, [x]) => Ok(Value::Bool(call(context, &parts[0], &[x])? == parts[1])),
        (Builder::Fork, [x]) => {
            let a = call(context, &parts[1], &[x])?;
            let b = call(context, &parts[2], &[x])?;
            call(context, &parts[0], &[&a, &b])
        }
        (Builder::Power, [x]) => {
            let times = parts[1].number().unwrap_or(0);
            let mut x = (*x).clone();
            for _ in 0..times {
                x = call(context, &parts[0], &[&x])?;
            }
            Ok(x)
        }
        (Builder::RightBind(_), [x]) => call(context, &parts[0], &[x, &parts[1]]),
        (Builder::RightBind(_), [x, y]) => call(context, &parts[0], &[x, y, &parts[1]]),
        (Builder::RightBind(_), [x, y, z]) => call(context, &parts[0], &[x, y, z, &parts[1]]),
        (Builder::LeftBind(_), [x]) => call(context, &parts[0], &[&parts[1], x]),
        (Builder::LeftBind(_), [x, y]) => call(context, &parts[0], &[&parts[1], x, y]),
        (Builder::LeftBind(_), [x, y, z]) => call(context, &parts[0], &[&parts[1], x, y, z]),
        _ => Err(WRONG_COUNT),
    }
}

/// Number of arguments that a function declares; a failure for what is no function.
pub fn arity_of(function: &Value) -> Res<usize> {
    match function {
        Value::Function(function) => Ok(function.arity()),
        Value::Primitive(id) => Ok(registry::arity_of(*id)),
        _ => Err(Fail::error("TypeError: not a function")),
    }
}

/// Levels of built functions in a function; 0 in a plain one and in what is no function.
fn depth_of(function: &Value) -> usize {
    match function {
        Value::Function(function) => function.depth(),
        _ => 0,
    }
}

/// The failure that stands for several: a limit before others.
struct Worst(Option<Fail>);

impl Worst {
    fn add(&mut self, fail: Fail) -> Res<()> {
        if fail.is_final() {
            return Err(fail);
        }
        let is_worse = match &self.0 {
            None => true,
            Some(known) => matches!(fail, Fail::Limit(_)) && !matches!(known, Fail::Limit(_)),
        };
        if is_worse {
            self.0 = Some(fail);
        }
        Ok(())
    }
}

/// Calls the function on the elements of a container and hands each element with its result to `take`, in iteration
/// order. Fails as the module says; what was taken until then means nothing.
pub fn each(context: &mut Context, function: &Value, container: &Value, take: impl FnMut(&Value, Value)) -> Res<()> {
    let is_tuple = container.is_tuple();
    match container.slice() {
        // In place: each is shared with others already.
        Some(items) => each_item(context, function, is_tuple, items.iter(), take),
        None => each_item(context, function, is_tuple, container.items()?, take),
    }
}

fn each_item<T: Borrow<Value>>(
    context: &mut Context,
    function: &Value,
    ends_early: bool,
    items: impl Iterator<Item = T>,
    mut take: impl FnMut(&Value, Value),
) -> Res<()> {
    context.deeper(depth_of(function), |context| {
        let mut worst = Worst(None);
        for item in items {
            let item = item.borrow();
            match call(context, function, &[item]) {
                Ok(result) => take(item, result),
                Err(fail) if ends_early => return Err(fail),
                Err(fail) => worst.add(fail)?,
            }
        }
        worst.0.map_or(Ok(()), Err)
    })
}

/// Calls the functions of a container on one value and hands each result to `take`; order and failures as for [`each`].
pub fn each_of(context: &mut Context, functions: &Value, value: &Value, mut take: impl FnMut(Value)) -> Res<()> {
    let deepest = functions.items()?.map(|function| depth_of(&function)).max().unwrap_or(0);
    let items = functions.items()?;
    context.deeper(deepest, |context| {
        let mut worst = Worst(None);
        for function in items {
            match call(context, &function, &[value]) {
                Ok(result) => take(result),
                Err(fail) if functions.is_tuple() => return Err(fail),
                Err(fail) => worst.add(fail)?,
            }
        }
        worst.0.map_or(Ok(()), Err)
    })
}

/// Calls the function on pairs, as its two arguments, and hands each result to `take`. The first failure ends it.
pub fn each_pair(
    context: &mut Context,
    function: &Value,
    pairs: impl Iterator<Item = (Value, Value)>,
    mut take: impl FnMut(Value),
) -> Res<()> {
    context.deeper(depth_of(function), |context| {
        for (a, b) in pairs {
            take(call(context, function, &[&a, &b])?);
        }
        Ok(())
    })
}

/// Calls the function on each of some values with each of others, and hands each result to `take`. All calls are made,
/// and it fails afterwards.
pub fn each_crossed(
    context: &mut Context,
    function: &Value,
    firsts: &[Value],
    seconds: &[Value],
    mut take: impl FnMut(Value),
) -> Res<()> {
    context.deeper(depth_of(function), |context| {
        let mut worst = Worst(None);
        for a in firsts {
            for b in seconds {
                match call(context, function, &[a, b]) {
                    Ok(result) => take(result),
                    Err(fail) => worst.add(fail)?,
                }
            }
        }
        worst.0.map_or(Ok(()), Err)
    })
}

/// The first element of a container, in iteration order, whose condition is true; None when there is none.
pub fn first_match(context: &mut Context, condition: &Value, container: &Value) -> Res<Option<Value>> {
    match container.slice() {
        Some(items) => first_of(context, condition, items.iter()),
        None => first_of(context, condition, container.items()?),
    }
}

fn first_of<T: Borrow<Value>>(
    context: &mut Context,
    condition: &Value,
    items: impl Iterator<Item = T>,
) -> Res<Option<Value>> {
    context.deeper(depth_of(condition), |context| {
        for item in items {
            if call(context, condition, &[item.borrow()])?.is_true() {
                return Ok(Some(item.borrow().clone()));
            }
        }
        Ok(None)
    })
}

/// The function applied again and again, until a result equals what it was made from; or so many times.
pub fn until_steady(context: &mut Context, function: &Value, value: &Value, times: usize) -> Res {
    context.deeper(depth_of(function), |context| {
        let mut value = value.clone();
        for _ in 0..times {
            let next = call(context, function, &[&value])?;
            let is_steady = next == value;
            value = next;
            if is_steady {
                break;
            }
        }
        Ok(value)
    })
}

/// Results that will stand in one container. Those that pass the bounds of a value are dropped at once: it is reported in
/// the end, after all calls were made.
#[derive(Default)]
pub struct Results {
    items: Vec<Value>,
    parts: u64,
    depth: usize,
    has_empty: bool,
}

impl Results {
    /// Adds a result.
    #[inline]
    pub fn push(&mut self, item: Value) {
        let weight = item.weight();
        self.parts += 1 + u64::from(weight.parts);
        self.depth = self.depth.max(usize::from(weight.depth));
        if self.parts <= weight::MAX_SIZE as u64 {
            if self.items.len() == self.items.capacity() {
                claim::<Value>(2 * self.items.len());
            }
            self.items.push(item);
        } else if !self.items.is_empty() {
            self.items = Vec::new();
        }
    }

    /// Adds a result where equal ones need not be kept, though they count: further empty sets are left out.
    #[inline]
    pub fn push_once(&mut self, item: Value) {
        if !matches!(&item, Value::Set(set) if set.is_empty()) {
            self.push(item);
        } else if self.has_empty {
            self.parts += 1;
        } else {
            self.has_empty = true;
            self.push(item);
        }
    }

    /// The results, when a container of them stays within bounds.
    pub fn grown(self) -> Res<Vec<Value>> {
        weighed(self.parts, self.depth, 1)?;
        Ok(self.items)
    }
}
