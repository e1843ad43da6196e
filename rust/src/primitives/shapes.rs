//! Height, width and what follows from them, of grids and patches alike.
//!
//! A tuple is measured as a grid, anything else by its bounding box.

use super::layout::extent;
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::value::Value;
use crate::value::weight::checked;

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("height", 1, work::length, height),
    primitive("portrait", 1, work::length, portrait),
    primitive("shape", 1, work::length, shape),
    primitive("square", 1, work::length, square),
    primitive("width", 1, work::length, width),
];

fn height(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::Int(height_of(arguments[0])?))
}

fn width(_: &mut Context, arguments: &[&Value]) -> Res {
    Ok(Value::Int(width_of(arguments[0])?))
}

fn shape(_: &mut Context, arguments: &[&Value]) -> Res {
    let (height, width) = shape_of(arguments[0])?;
    Ok(Value::pair(height, width))
}

fn portrait(_: &mut Context, arguments: &[&Value]) -> Res {
    let (height, width) = shape_of(arguments[0])?;
    Ok(Value::Bool(height > width))
}

fn square(_: &mut Context, arguments: &[&Value]) -> Res {
    let piece = arguments[0];
    if piece.is_tuple() && piece.is_empty() {
        return Err(Fail::error("IndexError: a grid without rows has no width"));
    }
    let (height, width) = shape_of(piece)?;
    let is_full = piece.is_tuple() || i128::from(height) * i128::from(width) == piece.count() as i128;
    Ok(Value::Bool(height == width && is_full))
}

/// Height and width of a grid or a patch, as the primitive `shape` gives them.
#[inline]
pub fn shape_of(piece: &Value) -> Res<(i64, i64)> {
    Ok((height_of(piece)?, width_of(piece)?))
}

#[inline]
fn height_of(piece: &Value) -> Res<i64> {
    if let Some(window) = piece.window() {
        return Ok(window.height() as i64);
    }
    let length = piece.length()?;
    if piece.is_tuple() || length == 0 {
        return Ok(length as i64);
    }
    let extent = extent(piece)?;
    checked(i128::from(extent.bottom) - i128::from(extent.top) + 1)
}

#[inline]
fn width_of(piece: &Value) -> Res<i64> {
    match piece {
        Value::Grid(grid) => return Ok(grid.width() as i64),
        Value::Tuple(tuple) => return tuple.items().first().map_or(Ok(0), |row| Ok(row.length()? as i64)),
        _ => {}
    }
    if let Some(window) = piece.window() {
        return Ok(window.width() as i64);
    }
    if piece.is_tuple() {
        return Err(Fail::error("TypeError: the first row is no container"));
    }
    if piece.length()? == 0 {
        return Ok(0);
    }
    let extent = extent(piece)?;
    checked(i128::from(extent.right) - i128::from(extent.left) + 1)
}
