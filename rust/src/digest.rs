//! Digests: 128 bits that stand for a value. Equal values have equal digests; others, as good as never.
//!
//! They tell outcomes apart within one run and are neither stored nor meant to withstand an attack.

use crate::value::Value;

const LANES: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];

#[derive(Clone, Copy)]
struct Mixer([u64; 2]);

impl Mixer {
    fn add(&mut self, word: u64) {
        for (state, lane) in self.0.iter_mut().zip(LANES) {
            let product = u128::from(*state ^ word) * u128::from(lane);
            *state = (product as u64 ^ (product >> 64) as u64).wrapping_add(lane).rotate_left(29);
        }
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.add(u64::from_le_bytes(last));
        self.add(bytes.len() as u64);
    }

    fn add_value(&mut self, value: &Value) {
        if let Some(number) = value.number() {
            self.add(1);
            self.add(number as u64);
        } else if let Ok(items) = value.items() {
            self.add(if value.is_tuple() { 2 } else { 3 });
            self.add(items.len() as u64);
            for item in items {
                self.add_value(&item);
            }
        } else if matches!(value, Value::None) {
            self.add(4);
        } else {
            self.add(5);
            self.add_bytes(crate::value::text_of(value).as_bytes());
        }
    }

    fn digest(mut self) -> u128 {
        self.add(0);
        u128::from(self.0[0]) << 64 | u128::from(self.0[1])
    }
}

/// The digest of a grid of that height with these cells.
pub fn of_grid(height: usize, cells: &[u8]) -> u128 {
    let mut mixer = Mixer([1, 2]);
    mixer.add(height as u64);
    mixer.add_bytes(cells);
    mixer.digest()
}

/// The digest of any value that is no grid of ARC.
pub fn of_value(value: &Value) -> u128 {
    let mut mixer = Mixer([3, 4]);
    mixer.add_value(value);
    mixer.digest()
}
