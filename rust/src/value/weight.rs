//! Weights and bounds: how many parts a value has, how deep it is, and how much is too much.

use super::Value;
use super::fail::{Fail, Res};

/// Most parts of a value: the elements of a container, and of its elements, and so on, repeats counted each time.
pub const MAX_SIZE: usize = 500_000;
/// Most levels of containers in containers.
pub const MAX_DEPTH: usize = 32;
/// Most levels of functions built from functions.
pub const MAX_FUNCTION_DEPTH: usize = 64;
/// Most levels of functions that call functions at any moment.
pub const MAX_CALL_DEPTH: usize = 128;
/// Most times that `power` repeats its function.
pub const MAX_POWER: i64 = 1000;
/// What a part of a general tuple or set takes at most.
const PART_BYTES: usize = size_of::<Value>();
/// Containers of up to so many elements are joined without counting the parts of their elements.
pub const SMALL: usize = 256;

/// What a value weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// Elements at all levels; 0 of what is no container.
    pub parts: u32,
    /// Levels of containers; 0 of what is no container.
    pub depth: u8,
    /// Levels of built functions: 0 when it holds none, else a container that holds some is a level too.
    pub functions: u8,
}

impl Weight {
    /// The weight of a container of these items.
    pub fn around(items: &[Value]) -> Weight {
        let mut inner = Weight { parts: u32::try_from(items.len()).unwrap_or(u32::MAX), depth: 0, functions: 0 };
        for item in items {
            let weight = item.weight();
            inner.parts = inner.parts.saturating_add(weight.parts);
            inner.depth = inner.depth.max(weight.depth);
            inner.functions = inner.functions.max(weight.functions);
        }
        Weight {
            parts: inner.parts,
            depth: inner.depth.saturating_add(1),
            functions: if inner.functions > 0 { inner.functions.saturating_add(1) } else { 0 },
        }
    }

    fn plain(parts: usize, depth: u8) -> Weight {
        Weight { parts: u32::try_from(parts).unwrap_or(u32::MAX), depth, functions: 0 }
    }
}

impl Value {
    /// Parts of a general tuple or set; 0 of compact forms and of what is no container.
    #[inline]
    pub fn general_parts(&self) -> usize {
        match self {
            Value::Tuple(tuple) => tuple.weight().parts as usize,
            Value::Set(set) => set.weight().parts as usize,
            _ => 0,
        }
    }

    /// Bytes of memory that it holds beside itself, in constant time: what it shares counts as often as it stands in it,
    /// and what is beyond 32 bits is not told.
    pub fn bytes(&self) -> u32 {
        const HEAD: usize = 32;
        let word = size_of::<u64>();
        let bytes = match self {
            Value::Row(grid, _) | Value::Grid(grid) => HEAD + grid.cells().len(),
            Value::Indices(places) | Value::Mono(_, places) => HEAD + word * places.height(),
            Value::Multi(multi) => 2 * HEAD + word * multi.places().height() + multi.colors().len(),
            Value::Places(spread) | Value::Cells(spread) => HEAD + word * spread.count(),
            // A part is a value in one of the containers; what compact forms hold is less. What functions hold is not
            // known in constant time.
            Value::Tuple(_) | Value::Set(_) if self.weight().functions > 0 => usize::MAX,
            Value::Tuple(_) | Value::Set(_) => HEAD + self.general_parts() * PART_BYTES,
            Value::Function(function) => return function.bytes(),
            _ => 0,
        };
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }

    /// What it weighs, in constant time.
    #[inline]
    pub fn weight(&self) -> Weight {
        match self {
            Value::Pair(..) => Weight::plain(2, 1),
            Value::Cell(..) => Weight::plain(4, 2),
            Value::Row(grid, _) => Weight::plain(grid.width(), 1),
            Value::Grid(grid) => Weight::plain(grid.height() + grid.cells().len(), 2),
            Value::Tuple(tuple) => tuple.weight(),
            Value::Indices(indices) => Weight::plain(3 * indices.len(), 2),
            Value::Mono(_, places) => Weight::plain(5 * places.len(), 3),
            Value::Multi(multi) => Weight::plain(5 * multi.places().len(), 3),
            Value::Places(spread) => Weight::plain(3 * spread.count(), 2),
            Value::Cells(spread) => Weight::plain(5 * spread.count(), 3),
            Value::Set(set) => set.weight(),
            Value::Function(function) => Weight { functions: function.depth() as u8, ..Weight::default() },
            _ => Weight::default(),
        }
    }
}

/// The number itself, within 64 bits.
#[inline]
pub fn checked(number: i128) -> Res<i64> {
    i64::try_from(number).map_err(|_| Fail::Limit("integer beyond 64 bits"))
}

/// The number of parts itself, for a value that is about to be built. Negative numbers pass.
#[inline]
pub fn bounded(parts: i128) -> Res<i128> {
    if parts > MAX_SIZE as i128 { Err(Fail::Limit("value of more than 500000 parts")) } else { Ok(parts) }
}

/// Parts of a container that would hold items with so many parts in all and at most that depth, themselves counted.
#[inline]
pub fn weighed(parts: u64, depth: usize, levels: usize) -> Res<u64> {
    if parts > MAX_SIZE as u64 {
        return Err(Fail::Limit("value of more than 500000 parts"));
    }
    if depth + levels > MAX_DEPTH {
        return Err(Fail::Limit("value of more than 32 levels"));
    }
    Ok(parts)
}

/// Parts of a container that would hold these items, each occurrence counted, with `levels` levels of containers around
/// each (1 or more); a failure when it would pass a bound. It is `weigh` of the python engine.
pub fn weigh(items: &[Value], levels: usize) -> Res<u64> {
    let (mut parts, mut depth) = (items.len() as u64, 0);
    for item in items {
        let weight = item.weight();
        parts += u64::from(weight.parts);
        depth = depth.max(usize::from(weight.depth));
    }
    weighed(parts, depth, levels)
}

/// What [`weigh`] gives for the elements of a container: its own parts, with `levels` levels around each element.
#[inline]
pub fn weigh_container(container: &Value, levels: usize) -> Res<u64> {
    let weight = container.weight();
    weighed(u64::from(weight.parts), usize::from(weight.depth).saturating_sub(1), levels)
}

/// What [`weigh`] gives for one item.
#[inline]
pub fn weigh_one(item: &Value) -> Res<u64> {
    let weight = item.weight();
    weighed(1 + u64::from(weight.parts), usize::from(weight.depth), 1)
}
