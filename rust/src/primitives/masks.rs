//! Colors of a grid as bits, so that one operation looks at up to 64 cells.

use crate::value::{Grid, Indices, SPAN};

/// Bits of a color.
const BITS: usize = 4;
/// Colors that have so many bits.
const COLORS: u8 = 1 << BITS;

/// The cells of a grid of up to 64 rows and columns and of colors 0 to 15: for each bit of a color a string of bits, one
/// for each cell row by row. `WORDS` words hold them and one more.
pub(super) struct Planes<const WORDS: usize> {
    planes: [[u64; WORDS]; BITS],
    height: usize,
    width: usize,
}

/// Words for grids of up to 1024 cells.
pub(super) const FEW: usize = 17;
/// Words for grids of up to 64 rows and columns.
pub(super) const MANY: usize = 65;

impl<const WORDS: usize> Planes<WORDS> {
    /// Planes for a grid, to be read; None when it is too large.
    #[inline]
    pub(super) fn new(grid: &Grid) -> Option<Self> {
        let (height, width) = (grid.height(), grid.width());
        let fits = height.max(width) <= SPAN as usize && height * width <= (WORDS - 1) * 64;
        fits.then_some(Planes { planes: [[0; WORDS]; BITS], height, width })
    }

    /// Reads the cells of the grid; None when it has other colors.
    pub(super) fn read(&mut self, grid: &Grid) -> Option<()> {
        let mut all = 0;
        for (word, cells) in grid.cells().chunks(64).enumerate() {
            let mut block = [0; 64];
            match cells.try_into() {
                Ok(cells) => block = cells,
                Err(_) => block[..cells.len()].copy_from_slice(cells),
            }
            let (strings, seen) = transposed(&block);
            all |= seen;
            for (plane, string) in self.planes.iter_mut().zip(strings) {
                plane[word] = string;
            }
        }
        (all & 0xf0f0_f0f0_f0f0_f0f0 == 0).then_some(())
    }

    fn words(&self) -> usize {
        (self.height * self.width).div_ceil(64)
    }

    /// The cells of a color, row by row.
    #[inline]
    pub(super) fn flat(&self, color: u8) -> [u64; WORDS] {
        let mut flat = [0; WORDS];
        if color >= COLORS {
            return flat;
        }
        let words = self.words();
        let [a, b, c, d] = &self.planes;
        let flips: [u64; BITS] = std::array::from_fn(|bit| u64::from(color >> bit & 1).wrapping_sub(1));
        for (i, word) in flat.iter_mut().enumerate().take(words) {
            *word = (a[i] ^ flips[0]) & (b[i] ^ flips[1]) & (c[i] ^ flips[2]) & (d[i] ^ flips[3]);
        }
        let spare = words * 64 - self.height * self.width;
        flat[words - 1] &= u64::MAX >> spare;
        flat
    }

    /// A string of a bit for each cell, cut into rows.
    #[inline]
    pub(super) fn rows<'a>(&self, flat: &'a [u64; WORDS]) -> impl ExactSizeIterator<Item = u64> + 'a {
        let (width, full) = (self.width, full(self.width));
        (0..self.height).map(move |row| {
            let (word, bit) = (row * width / 64, row * width % 64);
            (flat[word] >> bit | flat[word + 1] << 1 << (63 - bit)) & full
        })
    }

    /// The places of some of the cells; None when there are none.
    pub(super) fn indices(&self, flat: &[u64; WORDS]) -> Option<Indices> {
        let mut rows = [0; SPAN as usize];
        for (to, row) in rows.iter_mut().zip(self.rows(flat)) {
            *to = row;
        }
        Indices::of_rows(0, 0, &rows[..self.height])
    }

    /// The most common color, the smallest of several.
    pub(super) fn mostcolor(&self) -> u8 {
        let (mut left, mut most, mut best) = ((self.height * self.width) as u32, 0, 0);
        for color in 0..COLORS {
            let flat = self.flat(color);
            let count = flat[..self.words()].iter().map(|word| word.count_ones()).sum();
            if count > best {
                (most, best) = (color, count);
            }
            left -= count;
            if best >= left {
                break;
            }
        }
        most
    }
}

/// So many bits from the first on, 1 to 64.
#[inline]
pub(super) fn full(width: usize) -> u64 {
    u64::MAX >> (64 - width)
}

/// The lowest four bits of 64 bytes as four strings of bits; and all bits that occur, of eight bytes side by side.
fn transposed(bytes: &[u8; 64]) -> ([u64; BITS], u64) {
    let group = |i: usize| u64::from_le_bytes(std::array::from_fn(|j| bytes[8 * i + j]));
    let seen = (0..8).fold(0, |seen, i| seen | group(i));
    // A word takes two groups of eight bytes, four bits each; then byte k holds bit k of the first group.
    let mut words: [u64; 4] = std::array::from_fn(|i| group(i) | group(i + 4) << 4);
    for word in &mut words {
        for (step, mask) in [(7, 0x00aa_00aa_00aa_00aa), (14, 0x0000_cccc_0000_cccc), (28, 0x0000_0000_f0f0_f0f0)] {
            let swapped = (*word ^ *word >> step) & mask;
            *word ^= swapped ^ swapped << step;
        }
    }
    let [mut a, mut b, mut c, mut d] = words;
    swap(&mut a, &mut c, 16, 0x0000_ffff_0000_ffff);
    swap(&mut b, &mut d, 16, 0x0000_ffff_0000_ffff);
    swap(&mut a, &mut b, 8, 0x00ff_00ff_00ff_00ff);
    swap(&mut c, &mut d, 8, 0x00ff_00ff_00ff_00ff);
    ([a, b, c, d], seen)
}

/// Swaps the upper parts of one word with the lower parts of the other.
#[inline]
fn swap(a: &mut u64, b: &mut u64, step: u32, mask: u64) {
    let swapped = (*a >> step ^ *b) & mask;
    *b ^= swapped;
    *a ^= swapped << step;
}
