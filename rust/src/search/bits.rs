//! Sets of items, of the cells of the outputs for instance, a bit each.

/// A bit for each item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bits(pub Box<[u64]>);

impl Bits {
    /// No bit.
    pub fn none(words: usize) -> Bits {
        Bits(vec![0; words].into())
    }

    /// The first so many bits.
    pub fn first(count: usize) -> Bits {
        let mut bits = Bits::none(count.div_ceil(64));
        (0..count).for_each(|place| bits.set(place));
        bits
    }

    /// Sets a bit.
    #[inline]
    pub fn set(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    /// Takes a bit out.
    pub fn take(&mut self, place: usize) {
        self.0[place / 64] &= !(1 << (place % 64));
    }

    /// The first word that is not 0, with its place; 0 and 0 where all are.
    pub fn first_word(&self) -> (usize, u64) {
        self.0.iter().copied().enumerate().find(|(_, word)| *word != 0).unwrap_or_default()
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Takes out what is in another.
    pub fn take_out(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }

    /// Takes out what is not in another.
    pub fn keep(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Whether a bit is set.
    #[inline]
    pub fn has(&self, place: usize) -> bool {
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Whether all of it is in another.
    pub fn is_within(&self, other: &Bits) -> bool {
        self.0.iter().zip(&other.0).all(|(word, other)| word & !other == 0)
    }

    /// How many are in both.
    pub fn common(&self, other: &Bits) -> u32 {
        self.0.iter().zip(&other.0).map(|(word, other)| (word & other).count_ones()).sum()
    }
}
