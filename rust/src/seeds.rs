//! Values of nodes that were worked out elsewhere, on a device, and lie packed in a block of bytes until one is asked for.
//!
//! A block holds slots: a header of 32 bytes (kind and count as 32 bits, 16 bytes for numbers or a box, the fuel of the
//! call as 64 bits) and a body; `src/arcbatt/engine/cuda/kernels/value.cuh` is where that layout comes from. A slot
//! without a value says nothing about its node. What is no such slot is passed over as well, so that no block, whatever
//! it holds, can do more than make nodes be evaluated here.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::value::{Grid, Indices, Value};

const HEADER: usize = 32;
const SIDE: i32 = 30;
const SPAN: i32 = 64;
const MASK_BYTES: usize = SPAN as usize * 8;
const SEATS: usize = 912;
const INT: i32 = 1;
const BOOL: i32 = 2;
const PAIR: i32 = 3;
const GRID: i32 = 4;
const MASK: i32 = 5;
const OBJECT: i32 = 6;
const OBJECTS: i32 = 7;

/// Bytes that may be read by any thread.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Where the values of nodes stand in a block.
#[derive(Clone)]
pub struct Places {
    /// The nodes.
    pub nodes: Arc<[u32]>,
    /// For each node the offset of its slot in a block.
    pub offsets: Arc<[u64]>,
}

/// A block of slots and what stands where in it.
#[derive(Clone)]
pub struct Block {
    places: Places,
    bytes: Bytes,
}

impl Block {
    /// The block of these bytes.
    pub fn new(places: Places, bytes: Bytes) -> Block {
        Block { places, bytes }
    }

    /// Each node that has a value here, with the number of its place and the fuel of its call.
    fn known(&self) -> impl Iterator<Item = (u32, usize, i64)> + '_ {
        let places = self.places.nodes.iter().zip(self.places.offsets.iter()).enumerate();
        places.filter_map(|(place, (node, offset))| {
            let slot = Packed::at((*self.bytes).as_ref(), usize::try_from(*offset).ok()?)?;
            (slot.fuel() > 0).then(|| (*node, place, slot.fuel()))
        })
    }

    fn value(&self, place: usize) -> Value {
        let offset = self.places.offsets.get(place).and_then(|offset| usize::try_from(*offset).ok());
        let slot = offset.and_then(|offset| Packed::at((*self.bytes).as_ref(), offset));
        slot.map_or(Value::None, |slot| slot.value())
    }
}

/// The value in a slot; None where it holds none.
pub fn value_of(slot: &[u8]) -> Option<Value> {
    Packed::at(slot, 0).map(|slot| slot.value())
}

/// A slot that holds a value.
struct Packed<'a> {
    header: &'a [u8],
    body: &'a [u8],
}

impl<'a> Packed<'a> {
    /// The slot at an offset; None where it holds no value, or no slot can be.
    fn at(bytes: &'a [u8], offset: usize) -> Option<Packed<'a>> {
        let (header, body) = bytes.get(offset..)?.split_at_checked(HEADER)?;
        let slot = Packed { header, body };
        let [height, width] = [slot.half(4), slot.half(5)];
        let is_box = |most: i32| (1..=most).contains(&height) && (1..=most).contains(&width);
        let needed = match slot.half(0) {
            INT | BOOL | PAIR => 0,
            GRID if is_box(SIDE) => (height * width) as usize,
            MASK if slot.half(1) == 0 || is_box(SPAN) => MASK_BYTES,
            OBJECT if slot.half(1) == 0 => MASK_BYTES,
            OBJECT if is_box(SIDE) => MASK_BYTES + (height * width) as usize,
            OBJECTS if slot.half(1) == 0 => 0,
            OBJECTS if is_box(SIDE) => SEATS + (height * width) as usize,
            _ => return None,
        };
        (body.len() >= needed).then_some(slot)
    }

    fn half(&self, number: usize) -> i32 {
        i32::from_le_bytes(self.header[4 * number..][..4].try_into().unwrap_or_default())
    }

    fn whole(&self, number: usize) -> i64 {
        i64::from_le_bytes(self.header[8 * number..][..8].try_into().unwrap_or_default())
    }

    fn fuel(&self) -> i64 {
        self.whole(3)
    }

    fn value(&self) -> Value {
        let [height, width] = [self.half(4) as usize, self.half(5) as usize];
        match self.half(0) {
            INT => Value::Int(self.whole(1)),
            BOOL => Value::Bool(self.whole(1) != 0),
            PAIR => Value::pair(self.whole(1), self.whole(2)),
            GRID => Value::Grid(Grid::of(height, width, &self.body[..height * width])),
            OBJECTS if self.half(1) == 0 => Value::empty_set(),
            OBJECTS => self.objects(height, width),
            kind => {
                let Some(places) = self.places() else { return Value::empty_set() };
                match kind {
                    OBJECT => self.object(places, width),
                    _ => Value::Indices(places),
                }
            }
        }
    }

    /// The locations of a mask or an object; None when there are none.
    fn places(&self) -> Option<Indices> {
        let mut rows = [0u64; SPAN as usize];
        for (row, bytes) in rows.iter_mut().zip(self.body.chunks_exact(8)) {
            *row = u64::from_le_bytes(bytes.try_into().unwrap_or_default());
        }
        let height = usize::try_from(self.half(4)).unwrap_or(0).min(rows.len());
        Indices::of_rows(i64::from(self.half(2)), i64::from(self.half(3)), &rows[..height])
    }

    fn object(&self, places: Indices, width: usize) -> Value {
        let (top, left) = (places.top(), places.left());
        let seats = &self.body[MASK_BYTES..];
        let color = |(row, column): (i64, i64)| {
            seats.get((row - top) as usize * width + (column - left) as usize).copied().unwrap_or(0)
        };
        let colors: Vec<u8> = places.places().map(color).collect();
        Value::object(places, &colors)
    }

    /// The set of the objects that labels tell apart. They come by their first cells, whatever their labels are: as
    /// they do not overlap, that is canonical order.
    fn objects(&self, height: usize, width: usize) -> Value {
        let seats = height * width;
        let (labels, colors) = (&self.body[..seats], &self.body[SEATS..][..seats]);
        let mut cells: [Vec<usize>; 256] = std::array::from_fn(|_| Vec::new());
        let mut order = Vec::new();
        for (seat, label) in labels.iter().enumerate().filter(|(_, label)| **label != 0) {
            let mine = &mut cells[usize::from(*label)];
            if mine.is_empty() {
                order.push(*label);
            }
            mine.push(seat);
        }
        let object = |label: u8| {
            let mine = &cells[usize::from(label)];
            let mut rows = [0u64; SIDE as usize];
            for seat in mine {
                rows[seat / width] |= 1 << (seat % width);
            }
            let places = Indices::of_rows(i64::from(self.half(2)), i64::from(self.half(3)), &rows[..height])?;
            let colors: Vec<u8> = mine.iter().map(|seat| colors[*seat]).collect();
            Some(Value::object(places, &colors))
        };
        Value::set_in_order(order.into_iter().filter_map(object).collect())
    }
}

/// The packed values that a scope's nodes have, each unpacked when it is first asked for.
#[derive(Default)]
pub struct Seeds {
    blocks: Vec<Block>,
    seeds: Vec<Seed>,
}

struct Seed {
    block: usize,
    place: usize,
    value: OnceCell<Value>,
}

impl Seeds {
    /// Takes in a block; `plant` is asked for each node that has a value there, with its number here and its fuel, and
    /// says whether it wants it.
    pub fn add(&mut self, block: Block, mut plant: impl FnMut(u32, u32, i64) -> bool) {
        for (node, place, fuel) in block.known() {
            let Ok(number) = u32::try_from(self.seeds.len()) else { break };
            if plant(node, number, fuel) {
                self.seeds.push(Seed { block: self.blocks.len(), place, value: OnceCell::new() });
            }
        }
        self.blocks.push(block);
    }

    /// The value of that number.
    pub fn value(&self, number: u32) -> &Value {
        const NONE: &Value = &Value::None;
        self.seeds.get(number as usize).map_or(NONE, |seed| {
            seed.value.get_or_init(|| self.blocks.get(seed.block).map_or(Value::None, |block| block.value(seed.place)))
        })
    }

    /// Drops all.
    pub fn clear(&mut self) {
        *self = Seeds::default();
    }
}
