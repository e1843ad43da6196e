//! What a search asks of a device: combinations of a level, and all that the device does not know yet.

use std::time::Instant;

use crate::memory;

use super::records::{Record, put_record};
use super::{Bulk, Home};
use crate::search::bank::Bank;
use crate::search::grammar::{Grammar, MAX_ARGUMENTS};
use crate::search::levels::Block;

/// In a reference to an entry: it has one value for all samples.
const ONE: u64 = 1;
/// In a reference to an entry: its number is a place in the bytes of the request.
const IN_BLOB: u64 = 2;

/// Combinations of a block, one after the other.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Number of the block in its level.
    pub block: usize,
    /// Number of its production.
    pub rule: u16,
    /// First place and the one after the last among the entries of a kind, by argument.
    pub ranges: [(u32, u32); MAX_ARGUMENTS],
    /// Whether the symmetric arguments have one cost.
    pub is_twin: bool,
    /// Number of the first combination.
    pub first: u64,
    /// How many.
    pub count: u64,
}

/// What a device is asked.
pub struct Request {
    /// In the order in which the search goes through them.
    pub segments: Vec<Segment>,
    /// Whether what is new will be built on.
    pub is_kept: bool,
    /// Keys that the search found itself, 8 bytes each.
    pub keys: Vec<u8>,
    /// Records of entries that the search made itself.
    pub blob: Vec<u8>,
    /// By kind: references to new entries, 8 bytes each; 0 where one has no form on a device.
    pub added: Vec<(u8, Vec<u8>)>,
    /// When it was asked.
    pub asked: Instant,
}

impl Request {
    /// How many combinations it has.
    pub fn count(&self) -> u64 {
        self.segments.iter().map(|segment| segment.count).sum()
    }

    /// Leaves only the first so many combinations.
    fn cut(&mut self, most: u64) {
        let mut left = most;
        for segment in &mut self.segments {
            segment.count = segment.count.min(left);
            left -= segment.count;
        }
        self.segments.retain(|segment| segment.count > 0);
    }
}

/// The blocks of a level from where a search stands.
pub struct Ahead<'a> {
    /// All that are to be looked at.
    pub blocks: &'a [Block],
    /// Number of the current one.
    pub block: usize,
    /// Number of its next combination.
    pub first: u64,
    /// Expressions that may still be evaluated.
    pub left: u64,
    /// Whether what is new will be built on.
    pub is_kept: bool,
}

impl Bulk {
    /// Asks for what lies ahead, if that is enough; whether it did. To be called at a block that a device can evaluate.
    pub fn ask(&mut self, grammar: &Grammar, bank: &Bank, ahead: &Ahead<'_>) -> bool {
        if self.is_done || !self.rules[usize::from(ahead.blocks[ahead.block].rule)] {
            return false;
        }
        memory::apart(|| {
            let segments = self.segments(grammar, ahead);
            if segments.iter().map(|segment: &Segment| segment.count).sum::<u64>() < self.sizes.least {
                // What comes later in this level is a part of that.
                self.is_done = true;
                return false;
            }
            let keys = self.keys.drain(..).flat_map(u64::to_le_bytes).collect();
            let (blob, added) = self.additions(grammar, bank);
            let (is_kept, asked) = (ahead.is_kept, Instant::now());
            self.request = Some(Request { segments, is_kept, keys, blob, added, asked });
            true
        })
    }

    /// Halves what it waits for, and all that it asks later; false where that would be less than it asks for.
    pub fn ask_less(&mut self) -> bool {
        let Some(request) = &mut self.request else { return false };
        let most = request.count() / 2;
        if most < self.sizes.least {
            return false;
        }
        self.sizes.most = most;
        memory::apart(|| request.cut(most));
        true
    }

    /// The next blocks that a device can evaluate, as far as a request goes.
    fn segments(&self, grammar: &Grammar, ahead: &Ahead<'_>) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut left = self.sizes.most.min(ahead.left);
        let mut first = ahead.first;
        for (number, block) in ahead.blocks.iter().enumerate().skip(ahead.block) {
            if left == 0 {
                break;
            }
            if self.rules[usize::from(block.rule)] {
                let count = block.count(&grammar.rules[usize::from(block.rule)]).saturating_sub(first).min(left);
                let Block { rule, ranges, is_twin } = *block;
                segments.push(Segment { block: number, rule, ranges, is_twin, first, count });
                left -= count;
            }
            first = 0;
        }
        segments
    }

    /// The entries that the device does not know.
    fn additions(&mut self, grammar: &Grammar, bank: &Bank) -> (Vec<u8>, Vec<(u8, Vec<u8>)>) {
        let (mut blob, mut added) = (Vec::new(), Vec::new());
        for (kind, handed) in self.handed.iter_mut().enumerate() {
            // Entries of an open level are no arguments yet, and are handed over with the next one.
            let entries = &bank.of_kind(kind as u8)[..bank.closed(kind as u8)];
            let form = &grammar.kinds[kind].form;
            let refs: Vec<u8> = entries[*handed..]
                .iter()
                .flat_map(|entry| reference(bank, *entry, self.homes[*entry as usize], form, &mut blob).to_le_bytes())
                .collect();
            *handed = entries.len();
            if !refs.is_empty() {
                added.push((kind as u8, refs));
            }
        }
        (blob, added)
    }
}

fn reference(bank: &Bank, entry: u32, home: Home, form: &crate::search::form::Form, blob: &mut Vec<u8>) -> u64 {
    let Some(values) = bank.values(entry) else { return 0 };
    let one = if values.is_one() { ONE } else { 0 };
    match home {
        Home::Device(address) => address | one,
        Home::Search => {
            let start = blob.len() as u64;
            match put_record(blob, form, values) {
                Record::Put => start | one | IN_BLOB,
                Record::Formless => 0,
            }
        }
    }
}
