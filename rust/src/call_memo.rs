//! What calls of built functions gave, within one run: each is evaluated once, and its fuel paid each time.
//!
//! A function is pure, so what it gives for the same arguments, or fails with, is the same each time, and so is the fuel
//! that it takes. Only speed depends on what is remembered. Not remembered are calls that ended for want of fuel, time or
//! memory, calls through a user's own primitives, and calls that came upon the bound on levels of calls. A call that went
//! deep is given again only where it would fit once more.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::fail::{Fail, Res};
use crate::value::identity::{same, same_function, with_value};
use crate::value::{Function, Value};

/// Fuel of a call from which on it counts whether it comes again.
const WORTH_FUEL: i64 = 8;
/// Fuel of a call from which on it is kept at once; a lighter one when it comes for the second time, and so one of a
/// function that was built within a call: most of these are never called on the same arguments again.
const HEAVY_FUEL: i64 = 128;

/// How a function is called in a run: whether a look at what it gave before is likely to pay.
///
/// A count of calls that took some work until it is hot, at once after a heavy one; then what it may still lose, misses
/// against hits; below 0 it is not asked for any more. Calls that take little work leave a function as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heat(pub i32);

impl Heat {
    /// It does not pay.
    pub const COLD: Heat = Heat(-1);
    /// Calls before it is hot.
    const WARM: i32 = 3;
    /// Misses that a function may have before its first hit.
    const GRACE: i32 = 2_000;
    /// What a hit makes good.
    const GAIN: i32 = 4;
    const MOST: i32 = 20_000;

    /// After a call that was not looked for and took so much fuel.
    #[inline]
    pub fn after(self, fuel: i64) -> Heat {
        if fuel < WORTH_FUEL || self.0 < 0 {
            self
        } else if self.0 + 1 < Heat::WARM && fuel < HEAVY_FUEL {
            Heat(self.0 + 1)
        } else {
            Heat(Heat::GRACE)
        }
    }

    /// After a call that was found.
    pub fn after_hit(self) -> Heat {
        Heat((self.0 + Heat::GAIN).min(Heat::MOST))
    }

    /// After a call that was not found and took so much fuel.
    pub fn after_miss(self, fuel: i64) -> Heat {
        let lost = if fuel < HEAVY_FUEL { 1 } else { 0 };
        if self.0 - lost < Heat::WARM { Heat::COLD } else { Heat(self.0 - lost) }
    }
}

/// What a call gave.
pub struct Known {
    function: Function,
    first: Value,
    rest: Box<[Value]>,
    result: Result<Value, Box<Fail>>,
    /// Units of fuel that it took.
    pub fuel: i64,
    /// Levels of calls that it went down.
    pub levels: usize,
}

impl Known {
    /// Its value or failure.
    #[inline]
    pub fn result(&self) -> Res {
        match &self.result {
            Ok(value) => Ok(value.clone()),
            Err(fail) => Err(Fail::clone(fail)),
        }
    }

    fn is_of(&self, function: &Function, arguments: &[&Value]) -> bool {
        let Some((first, rest)) = arguments.split_first() else { return false };
        same_function(&self.function, function)
            && same(&self.first, first)
            && self.rest.len() == rest.len()
            && self.rest.iter().zip(rest).all(|(mine, theirs)| same(mine, theirs))
    }
}

/// How calls went that were looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Calls that were found.
    pub found: u64,
    /// Calls that were kept.
    pub kept: u64,
    /// Times that all was forgotten, since it was too much.
    pub emptied: u64,
    /// Most bytes that were held at a time.
    pub most_bytes: usize,
}

impl Counts {
    /// Adds those of another run.
    pub fn add(&mut self, other: Counts) {
        self.found += other.found;
        self.kept += other.kept;
        self.emptied += other.emptied;
        self.most_bytes = self.most_bytes.max(other.most_bytes);
    }
}

/// Hashes are hashes already.
#[derive(Default)]
struct Given(u64);

impl Hasher for Given {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// How a run remembers calls. It changes nothing but speed.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Bytes that it takes at most; 0 to remember nothing.
    pub most_bytes: usize,
    /// Whether every call is remembered, whether that is likely to pay or not: for tests.
    pub is_eager: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { most_bytes: 8 << 20, is_eager: false }
    }
}

/// The calls that one run remembers, in bounded memory: when it is full, it is emptied.
#[derive(Default)]
pub struct CallMemo {
    run: u32,
    is_paused: bool,
    is_eager: bool,
    most: usize,
    bytes: usize,
    known: HashMap<u64, Known, BuildHasherDefault<Given>>,
    /// Addresses of the functions of known calls: what a function holds counts once.
    functions: HashSet<u64, BuildHasherDefault<Given>>,
    /// Parts of the hashes of calls that came once and were not kept.
    sights: Vec<u32>,
    counts: Counts,
}

/// Numbers of runs, from 1. After four billion runs they begin again, with notes too old to be there still.
static RUNS: AtomicU32 = AtomicU32::new(1);
/// What a kept call takes itself, a half-empty table considered.
const KNOWN_BYTES: usize = 2 * (size_of::<Known>() + size_of::<u64>() + 1);
/// What an address takes, likewise.
const FUNCTION_BYTES: usize = 2 * (size_of::<u64>() + 1);
/// Sights that are noted.
const SIGHTS: usize = 16_384;
/// No single call takes more than this share of the bound.
const ONE_SHARE: usize = 16;
/// The memo has at most this share of the memory that a run may take.
const MEMORY_SHARE: i64 = 16;

impl CallMemo {
    /// A memo of so many bytes as the options say, and not more than a sixteenth of the memory of the run if that is
    /// bounded.
    pub fn new(options: Options, memory: Option<i64>) -> CallMemo {
        let share = memory.map_or(usize::MAX, |bytes| usize::try_from(bytes / MEMORY_SHARE).unwrap_or(0));
        let most = options.most_bytes.min(share);
        let run = if most == 0 { 0 } else { RUNS.fetch_add(1, Ordering::Relaxed).max(1) };
        CallMemo { run, most, is_eager: options.is_eager, ..CallMemo::default() }
    }

    /// The number of the run; None when no calls are remembered.
    #[inline]
    pub fn run(&self) -> Option<u32> {
        if self.run == 0 || self.is_paused { None } else { Some(self.run) }
    }

    /// Whether it pays to look for what a function gave.
    #[inline]
    pub fn is_hot(&self, heat: Heat) -> bool {
        heat.0 >= Heat::WARM || self.is_eager
    }

    /// Makes the memo do nothing until it is told otherwise.
    pub fn pause(&mut self, is_paused: bool) {
        self.is_paused = is_paused;
    }

    /// What a call gave, if it went down no more levels than there is room for.
    #[inline]
    pub fn find(&mut self, hash: u64, function: &Function, arguments: &[&Value], room: usize) -> Option<&Known> {
        let known = self.known.get(&hash)?;
        if known.levels > room || !known.is_of(function, arguments) {
            return None;
        }
        self.counts.found += 1;
        Some(known)
    }

    /// Keeps what a call gave, unless that says something about the moment only, or is too large.
    pub fn keep(
        &mut self,
        hash: u64,
        function: &Function,
        arguments: &[&Value],
        result: &Res,
        fuel: i64,
        levels: usize,
    ) {
        let is_waiting = fuel < HEAVY_FUEL || function.is_passing();
        if !self.is_eager && (fuel < WORTH_FUEL || is_waiting && self.is_first_sight(hash)) {
            return;
        }
        let result = match result {
            Ok(value) => Ok(value),
            Err(fail) if fail.is_final() => return,
            Err(fail) => Err(fail),
        };
        let Some((first, rest)) = arguments.split_first() else { return };
        let address = function.address() as u64;
        let own = if self.functions.contains(&address) { 0 } else { FUNCTION_BYTES + function.bytes() as usize };
        let held = own
            + arguments.iter().map(|value| value.bytes() as usize).sum::<usize>()
            + result.as_ref().map_or(0, |value| value.bytes() as usize);
        let bytes = KNOWN_BYTES + held + size_of_val(rest);
        if bytes > self.most / ONE_SHARE || self.known.contains_key(&hash) {
            return;
        }
        if self.bytes + bytes > self.most {
            self.forget();
            self.counts.emptied += 1;
            return;
        }
        self.functions.insert(address);
        self.bytes += bytes;
        self.counts.most_bytes = self.counts.most_bytes.max(self.bytes);
        self.counts.kept += 1;
        let known = Known {
            function: function.clone(),
            first: (*first).clone(),
            rest: rest.iter().map(|value| (*value).clone()).collect(),
            result: result.cloned().map_err(|fail| Box::new(fail.clone())),
            fuel,
            levels,
        };
        self.known.insert(hash, known);
    }

    /// Whether a call was not there before, as far as is known; it is from now on.
    fn is_first_sight(&mut self, hash: u64) -> bool {
        if self.sights.is_empty() {
            self.sights = vec![0; SIGHTS];
        }
        let sight = &mut self.sights[hash as usize % SIGHTS];
        let mark = (hash >> 32) as u32;
        std::mem::replace(sight, mark) != mark
    }

    /// Drops all that is remembered, and the memory that it took.
    pub fn forget(&mut self) {
        self.known = HashMap::default();
        self.functions = HashSet::default();
        self.bytes = 0;
    }

    /// How calls went so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }
}

/// The hash of a call.
pub fn hash_of(function: &Function, arguments: &[&Value]) -> u64 {
    arguments.iter().fold(function.hash(), |hash, value| with_value(hash, value))
}
