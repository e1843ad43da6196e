//! The bank: every expression that gave something new, with what it gives on each sample.

use crate::value::Value;

use super::form::Form;
use super::grammar::MAX_ARGUMENTS;
use super::grids::{Arena, Place, Scratch, Values};

/// What made an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A leaf of the grammar, by its number.
    Leaf(u16),
    /// A production of the grammar, by its number.
    Production(u16),
    /// An expression that was known before, by the number that it is known by.
    Fragment(u32),
}

/// Where an entry's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seat {
    Grids(Place),
    /// One a sample, from there on.
    Each(u32),
    /// One for all samples.
    One(u32),
    /// They were not kept.
    Nowhere,
}

/// An expression.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The number of its kind.
    pub kind: u8,
    /// Sum of the costs in it, as a tree.
    pub cost: u16,
    /// What made it.
    pub origin: Origin,
    /// The entries that are its arguments; as many count as its production has.
    pub arguments: [u32; MAX_ARGUMENTS],
    seat: Seat,
}

/// All entries.
pub struct Bank {
    entries: Vec<Entry>,
    /// The entries by kind, the cheaper ones first.
    by_kind: Vec<Vec<u32>>,
    /// By kind: how many of them have at most that cost.
    ends: Vec<Vec<u32>>,
    values: Vec<Value>,
    arena: Arena,
    samples: usize,
}

impl Bank {
    /// Nothing yet, for so many kinds and samples.
    pub fn new(kinds: usize, samples: usize) -> Bank {
        Bank {
            entries: Vec::new(),
            by_kind: vec![Vec::new(); kinds],
            ends: vec![vec![0]; kinds],
            values: Vec::new(),
            arena: Arena::default(),
            samples,
        }
    }

    /// The entry of that number.
    #[inline]
    pub fn entry(&self, entry: u32) -> &Entry {
        &self.entries[entry as usize]
    }

    /// Adds an entry whose values are grids.
    pub fn push_grids(&mut self, kind: u8, cost: u16, origin: Origin, arguments: [u32; 4], grids: &Scratch) {
        let seat = Seat::Grids(self.arena.keep(grids));
        self.push(Entry { kind, cost, origin, arguments, seat });
    }

    /// Adds an entry with its values, one a sample or one for all.
    pub fn push_values(&mut self, kind: u8, cost: u16, origin: Origin, arguments: [u32; 4], values: &mut Vec<Value>) {
        let start = self.values.len() as u32;
        let seat = if values.len() == self.samples { Seat::Each(start) } else { Seat::One(start) };
        self.values.append(values);
        self.push(Entry { kind, cost, origin, arguments, seat });
    }

    /// Adds an entry whose values nobody will need again; nothing will be built on it.
    pub fn push_bare(&mut self, kind: u8, cost: u16, origin: Origin, arguments: [u32; 4]) {
        self.entries.push(Entry { kind, cost, origin, arguments, seat: Seat::Nowhere });
    }

    /// Bytes that adding one entry more of a kind may take at once, beside those of its values.
    #[inline]
    pub fn growth(&self, kind: u8) -> usize {
        growth(&self.entries, 1) + growth(&self.values, self.samples) + growth(&self.by_kind[usize::from(kind)], 1)
    }

    fn push(&mut self, entry: Entry) {
        self.by_kind[usize::from(entry.kind)].push(self.entries.len() as u32);
        self.entries.push(entry);
    }

    /// Notes that all entries of the cheapest cost not yet closed are there.
    pub fn close_level(&mut self) {
        for (ends, entries) in self.ends.iter_mut().zip(&self.by_kind) {
            ends.push(entries.len() as u32);
        }
    }

    /// The places in [`Bank::of_kind`] of the entries of exactly that cost.
    pub fn range(&self, kind: u8, cost: usize) -> (u32, u32) {
        let ends = &self.ends[usize::from(kind)];
        match cost.checked_sub(1).and_then(|below| ends.get(below).zip(ends.get(cost))) {
            Some((start, end)) => (*start, *end),
            None => (0, 0),
        }
    }

    /// How many of the entries of a kind, the first ones, belong to levels that are closed.
    pub fn closed(&self, kind: u8) -> usize {
        self.ends[usize::from(kind)].last().map_or(0, |end| *end as usize)
    }

    /// The entries of a kind, the cheaper ones first.
    #[inline]
    pub fn of_kind(&self, kind: u8) -> &[u32] {
        &self.by_kind[usize::from(kind)]
    }

    /// The values of an entry that kept them.
    #[inline]
    pub fn kept(&self, entry: u32) -> Values<'_> {
        match self.entries[entry as usize].seat {
            Seat::Grids(place) => Values::Grids(self.arena.get(place, self.samples)),
            Seat::Each(start) => Values::Plain(&self.values[start as usize..][..self.samples], self.samples),
            Seat::One(start) => Values::Plain(&self.values[start as usize..][..1], self.samples),
            Seat::Nowhere => Values::Plain(&[], self.samples),
        }
    }

    /// Number of entries; they are numbered from 0.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What an entry gives, demo samples first; None where that was not kept.
    pub fn values(&self, entry: u32) -> Option<Values<'_>> {
        let entry_seat = self.entries.get(entry as usize)?.seat;
        (entry_seat != Seat::Nowhere).then(|| self.kept(entry))
    }

    /// The cost of an entry.
    pub fn cost(&self, entry: u32) -> u32 {
        u32::from(self.entries[entry as usize].cost)
    }

    /// The kind of an entry.
    pub fn kind(&self, entry: u32) -> u8 {
        self.entries[entry as usize].kind
    }
}

/// Bytes that a list takes when so many items more do not fit into what it has: it moves into twice as much.
#[inline]
fn growth<T>(items: &Vec<T>, more: usize) -> usize {
    if items.capacity() - items.len() < more { 2 * items.capacity() * size_of::<T>() } else { 0 }
}

/// Whether values of a form lie as grids in a row.
pub fn is_packed(form: &Form) -> bool {
    *form == Form::Grid
}
