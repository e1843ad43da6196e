//! The bounding box of a patch: all of it, its edge, the ring inside and outside.

use super::layout::{Extent, block, extent, places_of, ring};
use super::masks::full;
use super::patches::indices_of;
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::value::weight::checked;
use crate::value::{Indices, SPAN, Value};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("backdrop", 1, work::length, backdrop),
    primitive("box", 1, work::length, edge),
    primitive("delta", 1, work::length, delta),
    primitive("inbox", 1, work::length, inbox),
    primitive("outbox", 1, work::length, outbox),
];

fn backdrop(_: &mut Context, arguments: &[&Value]) -> Res {
    let patch = arguments[0];
    if let Some(places) = patch.window() {
        return Ok(Value::indices(if places.len() == places.height() * places.width() {
            Some(places.clone())
        } else {
            Indices::block(places.top(), places.left(), places.bottom(), places.right())
        }));
    }
    if patch.length()? == 0 { Ok(Value::empty_set()) } else { block(extent(patch)?) }
}

fn delta(context: &mut Context, arguments: &[&Value]) -> Res {
    let patch = arguments[0];
    if let Some(places) = patch.window() {
        let full = full(places.width());
        let mut free = [0; SPAN as usize];
        for (free, taken) in free.iter_mut().zip(places.rows()) {
            *free = full & !taken;
        }
        return Ok(Value::indices(Indices::of_rows(places.top(), places.left(), &free[..places.height()])));
    }
    let all = backdrop(context, arguments)?;
    if !indices_of(patch)?.is_set() {
        return Err(Fail::error("TypeError: a tuple cannot be taken from a set"));
    }
    if all.is_empty() {
        return Ok(all);
    }
    let mut taken = places_of(patch)?;
    taken.sort_unstable();
    let mut free = Vec::new();
    for place in all.items()? {
        if place.numbers().is_some_and(|place| taken.binary_search(&place).is_err()) {
            free.push(place);
        }
    }
    context.pulse(all.count())?;
    Ok(Value::set_in_order(free))
}

fn edge(_: &mut Context, arguments: &[&Value]) -> Res {
    let patch = arguments[0];
    if patch.length()? == 0 { Ok(patch.clone()) } else { ring(extent(patch)?) }
}

fn inbox(_: &mut Context, arguments: &[&Value]) -> Res {
    framed(arguments[0], 1)
}

fn outbox(_: &mut Context, arguments: &[&Value]) -> Res {
    framed(arguments[0], -1)
}

/// The edge of the bounding box whose sides were all moved inside by a step; crossing bounds are swapped.
fn framed(patch: &Value, step: i128) -> Res {
    let Extent { top, left, bottom, right } = extent(patch)?;
    let moved = |first: i64, last: i64| -> Res<(i64, i64)> {
        let (first, last) = (checked(i128::from(first) + step)?, checked(i128::from(last) - step)?);
        Ok((first.min(last), first.max(last)))
    };
    let (top, bottom) = moved(top, bottom)?;
    let (left, right) = moved(left, right)?;
    ring(Extent { top, left, bottom, right })
}
