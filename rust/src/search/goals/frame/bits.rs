//! Sets of cells of the outputs.

/// A bit for each cell of the outputs.
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
}
