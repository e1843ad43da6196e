//! Hashes: 64 bits out of words and bytes. What is equal has equal hashes; what is not, as good as never.

use super::Indices;

/// Odd words of random bits.
const WORDS: [u64; 4] = [0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db, 0x8ebc_6af0_9c88_c6e3, 0x5899_65cc_7537_4cc3];

/// Both halves of a product, folded into one word.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// A hash with one more word in it.
#[inline]
pub fn with_word(hash: u64, word: u64) -> u64 {
    fold(hash ^ WORDS[0], word ^ WORDS[1])
}

#[inline]
fn word(bytes: &[u8], at: usize) -> u64 {
    match bytes[at..].first_chunk::<8>() {
        Some(word) => u64::from_le_bytes(*word),
        None => 0,
    }
}

/// A hash with some bytes in it, their number too.
#[inline]
pub fn with_bytes(hash: u64, bytes: &[u8]) -> u64 {
    let count = bytes.len();
    if count < 16 {
        let mut last = [0; 16];
        last[..count].copy_from_slice(bytes);
        return with_word(fold(hash ^ word(&last, 0), WORDS[2] ^ word(&last, 8)), count as u64);
    }
    let (mut first, mut second) = (hash, hash ^ WORDS[3]);
    let mut pairs = bytes.chunks_exact(32);
    for pair in pairs.by_ref() {
        first = fold(first ^ word(pair, 0), WORDS[2] ^ word(pair, 8));
        second = fold(second ^ word(pair, 16), WORDS[0] ^ word(pair, 24));
    }
    // The last bytes, some of them a second time.
    if count >= 32 {
        first = fold(first ^ word(bytes, count - 32), WORDS[2] ^ word(bytes, count - 24));
    } else {
        first = fold(first ^ word(bytes, 0), WORDS[2] ^ word(bytes, 8));
    }
    second = fold(second ^ word(bytes, count - 16), WORDS[0] ^ word(bytes, count - 8));
    with_word(fold(first, WORDS[1] ^ second), count as u64)
}

/// A hash with the locations of a window in it.
pub fn with_places(hash: u64, places: &Indices) -> u64 {
    let corner = (places.top() as u64) << 32 | places.left() as u64 & 0xffff_ffff;
    let hash = with_word(hash, corner);
    let hash = places.rows().iter().fold(hash, |hash, row| fold(hash ^ row, WORDS[2]));
    with_word(hash, places.height() as u64)
}
