//! What a device answers, and how far a search has come in it.

use super::request::{Request, Segment};

/// Bytes that may be read by any thread.
pub type Bytes = Box<dyn AsRef<[u8]> + Send>;

/// Status of a combination, the low bits of its outcome.
const FAILED: u32 = 0;
const KNOWN: u32 = 1;
const NEW: u32 = 2;
/// The outcome of a combination that the search would leave out.
const LEFT_OUT: u32 = u32::MAX;

/// What came of a combination.
#[derive(Clone, Copy, Debug)]
pub enum Outcome {
    /// It is none that the search looks at.
    LeftOut,
    /// It gives no value of its kind on some sample.
    Failed(i64),
    /// It gives what an expression before it gives.
    Known(i64),
    /// It gives something new: its fuel, and where its values are.
    New(i64, Found),
    /// The device cannot tell.
    Unknown,
}

/// Something new.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    start: usize,
    size: usize,
    /// On which demo samples it is the output, as bits.
    pub fits: u16,
    /// Where the device keeps it; None where it does not.
    pub home: Option<u64>,
}

/// An answer that a search goes through.
pub struct Answered {
    segments: Vec<Segment>,
    outcomes: Bytes,
    sizes: Bytes,
    fits: Bytes,
    values: Bytes,
    home: u64,
    /// Number of the current segment, and of the next combination in it.
    segment: usize,
    number: u64,
    /// Number of the next outcome, and of the next new one, and where its values start.
    outcome: usize,
    found: usize,
    start: usize,
}

impl Answered {
    /// The answer to a request: 4 bytes for each combination; for what is new 4 bytes for the size of its record and 4
    /// for the samples that it fits; the records; and the address of the first of them, 0 when they are not kept.
    ///
    /// Fails with a reason when that cannot be the answer.
    pub fn new(
        request: Request,
        outcomes: Bytes,
        sizes: Bytes,
        fits: Bytes,
        values: Bytes,
        home: u64,
    ) -> Result<Answered, String> {
        let count = request.count();
        let (told, news) = ((*outcomes).as_ref().len(), (*sizes).as_ref().len());
        if told as u64 != 4 * count {
            return Err(format!("{count} outcomes of 4 bytes are wanted, not {told} bytes"));
        }
        let found = (0..count as usize).filter(|number| status(word(&outcomes, *number)) == Some(NEW)).count();
        if news != 4 * found || (*fits).as_ref().len() != news {
            return Err(format!("{found} sizes of 4 bytes are wanted, not {news} bytes, and as many samples that fit"));
        }
        let size: usize = (0..found).map(|number| word(&sizes, number) as usize).sum();
        if (*values).as_ref().len() != size {
            return Err(format!("{size} bytes of values are wanted, not {}", (*values).as_ref().len()));
        }
        let (segments, number) = (request.segments, 0);
        let number = segments.first().map_or(number, |segment| segment.first);
        Ok(Answered {
            segments,
            outcomes,
            sizes,
            fits,
            values,
            home,
            segment: 0,
            number,
            outcome: 0,
            found: 0,
            start: 0,
        })
    }

    /// Whether it has been gone through.
    pub fn is_used_up(&self) -> bool {
        self.segment >= self.segments.len()
    }

    /// Whether what comes next in it is that combination of that block.
    pub fn is_at(&self, block: usize, number: u64) -> bool {
        self.segments.get(self.segment).is_some_and(|segment| segment.block == block && self.number == number)
    }

    /// The outcome of the next combination, with its number in its block; None where the segment ends.
    #[inline]
    pub fn take_next(&mut self) -> Option<(u64, Outcome)> {
        let segment = self.segments.get(self.segment)?;
        if self.number - segment.first >= segment.count {
            return None;
        }
        let number = self.number;
        let word = word(&self.outcomes, self.outcome);
        self.number += 1;
        self.outcome += 1;
        let fuel = i64::from(word >> 2);
        let outcome = match status(word) {
            None => Outcome::LeftOut,
            Some(FAILED) => Outcome::Failed(fuel),
            Some(KNOWN) => Outcome::Known(fuel),
            Some(NEW) => Outcome::New(fuel, self.take_found()),
            Some(_) => Outcome::Unknown,
        };
        Some((number, outcome))
    }

    /// Goes on to the next segment. Returns the number of the combination after this one.
    pub fn end_segment(&mut self) -> u64 {
        self.segment += 1;
        let after = self.number;
        self.number = self.segments.get(self.segment).map_or(0, |segment| segment.first);
        after
    }

    /// The record of something new.
    pub fn record(&self, found: Found) -> &[u8] {
        (*self.values).as_ref().get(found.start..found.start + found.size).unwrap_or_default()
    }

    fn take_found(&mut self) -> Found {
        let (start, size) = (self.start, word(&self.sizes, self.found) as usize);
        let fits = word(&self.fits, self.found) as u16;
        let home = (self.home != 0).then(|| self.home + start as u64);
        self.found += 1;
        self.start += size;
        Found { start, size, fits, home }
    }
}

#[inline]
fn status(outcome: u32) -> Option<u32> {
    if outcome == LEFT_OUT { None } else { Some(outcome & 3) }
}

#[inline]
fn word(bytes: &Bytes, number: usize) -> u32 {
    let bytes: &[u8] = (**bytes).as_ref();
    bytes.get(4 * number..4 * number + 4).map_or(0, |word| u32::from_le_bytes(word.try_into().unwrap_or_default()))
}
