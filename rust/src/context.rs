//! What an evaluation may spend: fuel, time, memory, and how deep functions may call each other.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::call_memo::CallMemo;
use crate::fail::{Fail, Res};
use crate::memory::{self, Bound};
use crate::value::Value;
use crate::value::weight::MAX_CALL_DEPTH;

/// Units of fuel, or steps of a long loop, between two looks at the clock: some tens of microseconds.
const CHECK_EVERY: i64 = 4096;
/// What a part of a value takes in a copy, with the lists that are made on the way.
const PART_BYTES: usize = 2 * size_of::<Value>();
/// How often an interrupt is asked for, which takes Python's lock.
const ASK_EVERY: Duration = Duration::from_millis(20);

/// Ends evaluations: by a deadline, by a flag that another thread sets, by Ctrl-C, by a bound on memory.
pub struct Watch<'a> {
    /// When evaluation stops; None for never.
    pub deadline: Option<Instant>,
    /// Set by another thread to end the evaluation soon.
    pub stop: &'a AtomicBool,
    /// Asked now and then, at most every 20 ms, whether the process was interrupted; None where nobody can tell. Once it
    /// was, the answer stays the same.
    pub interrupted: Option<&'a dyn Fn() -> bool>,
    /// The bound on this thread's memory.
    memory: Option<Bound>,
    is_interrupted: bool,
    /// When that was asked last; None before the first look at the clock.
    asked: Option<Instant>,
}

impl<'a> Watch<'a> {
    /// A watch that begins now and bounds nothing but what the flag says.
    pub fn new(stop: &'a AtomicBool) -> Watch<'a> {
        Watch { deadline: None, stop, interrupted: None, is_interrupted: false, memory: None, asked: None }
    }

    /// Bounds what this thread may allocate from now on, over what it holds, until the watch is dropped.
    ///
    /// `whole` is the bound that this is what is left of; None for no bound.
    pub fn bound_memory(&mut self, left: Option<i64>, whole: Option<i64>) {
        self.memory = left.zip(whole).map(|(left, whole)| Bound::new(left, whole));
    }

    /// Seconds until the deadline, at least 0; None without one.
    pub fn seconds_left(&self) -> Option<f64> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()).as_secs_f64())
    }

    /// Fails when a copy of so many parts would pass the bound on memory.
    pub fn afford(&self, parts: usize) -> Res<()> {
        self.afford_bytes(parts.saturating_mul(PART_BYTES))
    }

    /// Fails when so many bytes more would pass the bound on memory.
    pub fn afford_bytes(&self, bytes: usize) -> Res<()> {
        let is_much = i64::try_from(bytes).unwrap_or(i64::MAX) > memory::room();
        if is_much { Err(Fail::Memory) } else { Ok(()) }
    }

    /// Whether it is time to end.
    pub fn check(&mut self) -> Res<()> {
        memory::give_back();
        if memory::is_exceeded() {
            return Err(Fail::Memory);
        }
        self.check_time()
    }

    /// Whether the deadline has passed or the evaluation was asked to stop.
    pub fn check_time(&mut self) -> Res<()> {
        if self.is_interrupted || self.stop.load(Ordering::Relaxed) {
            return Err(Fail::Time);
        }
        if self.deadline.is_none() && self.interrupted.is_none() {
            return Ok(());
        }
        let now = Instant::now();
        if self.deadline.is_some_and(|deadline| now > deadline) {
            return Err(Fail::Time);
        }
        if let Some(interrupted) = self.interrupted
            && now - *self.asked.get_or_insert(now) > ASK_EVERY
        {
            self.asked = Some(now);
            if memory::apart(interrupted) {
                self.is_interrupted = true;
                return Err(Fail::Time);
            }
        }
        Ok(())
    }
}

/// The meter of one node at a time, handed to every primitive.
pub struct Context<'a> {
    /// Fuel left; below 0 once it ran out.
    pub left: i64,
    look_at: i64,
    steps: i64,
    depth: usize,
    /// The level furthest down that calls stood at, or would have, since this was set.
    deepest: usize,
    /// Calls of users' own primitives so far.
    pub user_calls: u64,
    /// What calls of built functions gave.
    pub memo: CallMemo,
    /// What ends the evaluation from outside.
    pub watch: Watch<'a>,
}

impl<'a> Context<'a> {
    /// A context without fuel, which remembers no calls.
    pub fn new(watch: Watch<'a>) -> Context<'a> {
        Context { left: 0, look_at: 0, steps: 0, depth: 0, deepest: 0, user_calls: 0, memo: CallMemo::default(), watch }
    }

    /// Sets the fuel for the next node.
    #[inline]
    pub fn fill(&mut self, fuel: i64) {
        self.left = fuel;
        self.look_at = (fuel - CHECK_EVERY).max(0);
        self.depth = 0;
        self.deepest = 0;
    }

    /// Pays for a call that does so much work, an eighth of a unit each.
    #[inline]
    pub fn charge(&mut self, work: i64) -> Res<()> {
        self.spend(1 + (work >> 3))
    }

    /// Takes units of fuel.
    #[inline]
    pub fn spend(&mut self, fuel: i64) -> Res<()> {
        self.left -= fuel;
        if self.left < self.look_at { self.look() } else { Ok(()) }
    }

    #[cold]
    fn look(&mut self) -> Res<()> {
        if self.left < 0 {
            return Err(Fail::Fuel);
        }
        self.look_at = (self.left - CHECK_EVERY).max(0);
        self.watch.check()
    }

    /// To be called in loops that may run long, with the steps done since: fails when it is time to end.
    #[inline]
    pub fn pulse(&mut self, steps: usize) -> Res<()> {
        self.steps += steps as i64;
        if self.steps > 8 * CHECK_EVERY {
            self.steps = 0;
            return self.watch.check();
        }
        Ok(())
    }

    /// How deep calls of functions stand in each other.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Notes that calls stand, or would stand, so many levels further down.
    #[inline]
    pub fn reach(&mut self, levels: usize) {
        self.deepest = self.deepest.max(self.depth + levels);
    }

    /// What some calls give, and how many levels further down they went, or would have.
    #[inline]
    pub fn levels_of<T>(&mut self, calls: impl FnOnce(&mut Self) -> T) -> (T, usize) {
        let before = std::mem::replace(&mut self.deepest, self.depth);
        let result = calls(self);
        let levels = self.deepest - self.depth;
        self.deepest = self.deepest.max(before);
        (result, levels)
    }

    /// Calls functions of that depth: runs the calls one level further down.
    #[inline]
    pub fn deeper<T>(&mut self, depth: usize, calls: impl FnOnce(&mut Self) -> Res<T>) -> Res<T> {
        let before = self.depth;
        self.reach(1 + depth);
        if before + 1 + depth > MAX_CALL_DEPTH {
            return Err(Fail::Limit("functions that call functions more than 128 levels deep"));
        }
        self.depth = before + 1 + depth;
        let result = calls(self);
        self.depth = before;
        result
    }
}
