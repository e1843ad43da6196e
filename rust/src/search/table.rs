//! The table of keys: which outcomes are known. Open addressing, eight bytes a place.

/// Places of a new table, a power of two.
const PLACES: usize = 1 << 12;

/// A set of keys that only grows.
pub struct Table {
    /// 0 where nothing is.
    places: Vec<u64>,
    count: usize,
}

impl Default for Table {
    fn default() -> Table {
        Table { places: vec![0; PLACES], count: 0 }
    }
}

impl Table {
    /// Adds a key; false when it was there.
    #[inline]
    pub fn insert(&mut self, key: u64) -> bool {
        let key = key.max(1);
        let mask = self.places.len() - 1;
        let mut place = key as usize & mask;
        loop {
            match self.places[place] {
                0 => break,
                known if known == key => return false,
                _ => place = (place + 1) & mask,
            }
        }
        self.places[place] = key;
        self.count += 1;
        if 2 * self.count > self.places.len() {
            self.grow();
        }
        true
    }

    /// Number of keys.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Bytes that the next growth will take.
    pub fn growth(&self) -> usize {
        2 * self.places.len() * size_of::<u64>()
    }

    #[cold]
    fn grow(&mut self) {
        let mut places = vec![0; 2 * self.places.len()];
        let mask = places.len() - 1;
        for &key in self.places.iter().filter(|key| **key != 0) {
            let mut place = key as usize & mask;
            while places[place] != 0 {
                place = (place + 1) & mask;
            }
            places[place] = key;
        }
        self.places = places;
    }
}
