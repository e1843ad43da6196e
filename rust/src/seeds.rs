//! Values of nodes that were worked out elsewhere, on a device, and lie packed in a block of bytes until one is asked for.
//!
//! A block holds slots ([`crate::slots`]). A slot without a value says nothing about its node. What is no such slot is
//! passed over as well, so that no block, whatever it holds, can do more than make nodes be evaluated here.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::slots::Slot;
use crate::value::Value;

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
            let slot = Slot::at((*self.bytes).as_ref(), usize::try_from(*offset).ok()?)?;
            (slot.fuel() > 0).then(|| (*node, place, slot.fuel()))
        })
    }

    fn value(&self, place: usize) -> Value {
        let offset = self.places.offsets.get(place).and_then(|offset| usize::try_from(*offset).ok());
        let slot = offset.and_then(|offset| Slot::at((*self.bytes).as_ref(), offset));
        slot.map_or(Value::None, |slot| slot.value())
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
