//! Blocks in bulk: a device works out many combinations of a level at once, and the search takes up what it says.
//!
//! The search asks ([`request`]) when enough combinations of a level lie before it, waits, and is given an answer
//! ([`answered`]): for each combination whether it failed, gave what is known, or gave something new, its fuel, and the
//! values of what is new. It goes through them in its own order with its own table, so that what it finds, when it ends
//! and what it counts is what it would be without a device. What the device cannot tell, the search evaluates itself.
//!
//! `src/arcbatt/engine/cuda/kernels/search.cuh` is the other side.

pub mod answered;
pub mod records;
pub mod request;

use crate::memory;

use super::grammar::Grammar;
use answered::Answered;
use request::Request;

/// Where the values of an entry are for a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// The search has them, and nobody else.
    Search,
    /// At that address of the device's memory.
    Device(u64),
}

/// When a device is asked.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Fewer combinations than this the search looks at itself.
    pub least: u64,
    /// Most combinations of a request.
    pub most: u64,
}

/// What a search knows of the device that works for it.
///
/// None of it counts as memory of the search: it ends where it would without a device.
pub struct Bulk {
    /// For each rule whether the device can evaluate it.
    rules: Vec<bool>,
    sizes: Sizes,
    /// What it waits for.
    request: Option<Request>,
    /// What it goes through.
    answered: Option<Answered>,
    /// For each entry.
    homes: Vec<Home>,
    /// By kind: how many of its entries the device has.
    handed: Vec<usize>,
    /// Keys that the search found itself since it last asked.
    keys: Vec<u64>,
    /// No further request in this level.
    is_done: bool,
}

impl Bulk {
    /// For a search that has not begun.
    ///
    /// Args: `rules`: for each rule whether the device can evaluate it. One whose symmetric arguments are not neighbours
    /// in the order of combinations stays with the search.
    pub fn new(grammar: &Grammar, rules: &[bool], sizes: Sizes) -> Bulk {
        memory::apart(|| {
            let are_neighbours = |number: usize| {
                let rule = &grammar.rules[number];
                rule.production.symmetric.is_none_or(|(first, second)| {
                    let place = |wanted: u8| rule.nesting.iter().position(|place| *place == usize::from(wanted));
                    place(first).map(|place| place + 1) == place(second)
                })
            };
            let rules = rules.iter().enumerate().map(|(number, can)| *can && are_neighbours(number)).collect();
            Bulk {
                rules,
                sizes: Sizes { least: sizes.least.max(1), most: sizes.most.clamp(1, u64::from(u32::MAX >> 2)) },
                request: None,
                answered: None,
                homes: Vec::new(),
                handed: vec![0; grammar.kinds.len()],
                keys: Vec::new(),
                is_done: false,
            }
        })
    }

    /// Whether it waits for an answer.
    pub fn is_waiting(&self) -> bool {
        self.request.is_some()
    }

    /// What it waits for.
    pub fn request(&self) -> Option<&Request> {
        self.request.as_ref()
    }

    /// What it waited for, which it does no longer.
    pub fn take_request(&mut self) -> Option<Request> {
        self.request.take()
    }

    /// Asks no more.
    pub fn leave(&mut self) {
        memory::apart(|| self.request = None);
        self.rules.fill(false);
    }

    /// A level begins.
    pub fn open_level(&mut self) {
        self.is_done = false;
    }

    /// Notes a new entry, and the key that the device does not know where the search found it itself.
    #[inline]
    pub fn note(&mut self, home: Home, key: Option<u64>) {
        memory::apart(|| {
            self.homes.push(home);
            self.keys.extend(key);
        });
    }

    /// Hands over the answer for the time of going through it.
    pub fn take_answered(&mut self) -> Option<Answered> {
        self.answered.take()
    }

    /// Takes it back; one that is used up is dropped.
    pub fn put_back(&mut self, answered: Answered) {
        if !answered.is_used_up() {
            self.answered = Some(answered);
        }
    }

    /// Whether there is an answer to go through for a block of the level, from a combination on.
    pub fn covers(&self, block: usize, number: u64) -> bool {
        self.answered.as_ref().is_some_and(|answered| answered.is_at(block, number))
    }
}

impl Drop for Bulk {
    fn drop(&mut self) {
        memory::apart(|| {
            self.request = None;
            self.answered = None;
            self.homes = Vec::new();
            self.keys = Vec::new();
            self.handed = Vec::new();
            self.rules = Vec::new();
        });
    }
}
