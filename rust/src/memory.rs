//! Counts what each thread allocates, so that an evaluation can be bounded.
//!
//! Bytes are counted as they were asked for; the allocator rounds them up and keeps some of what was freed for a while.
//! A bound holds for a thread ([`Bound`]). It is kept in two ways: what runs for long asks now and then whether it was
//! passed ([`is_exceeded`]), and what is about to allocate much asks before ([`claim`]).

use std::alloc::{GlobalAlloc, Layout};
use std::any::Any;
use std::cell::Cell;
use std::marker::PhantomData;
use std::panic::resume_unwind;

use mimalloc::MiMalloc;

unsafe extern "C" {
    /// mimalloc's: gives back to the system what this thread has freed.
    fn mi_collect(force: bool);
}

/// The counts of a thread, in bytes.
struct Counts {
    now: Cell<i64>,
    /// The most since memory was last given back to the system.
    high: Cell<i64>,
    /// The most before that.
    peak: Cell<i64>,
    /// What `now` may be.
    most: Cell<i64>,
}

thread_local! {
    static COUNTS: Counts = const {
        Counts { now: Cell::new(0), high: Cell::new(0), peak: Cell::new(0), most: Cell::new(i64::MAX) }
    };
}

/// What [`claim`] unwinds with.
struct Exceeded;

/// Allocations of fewer bytes are not asked for before.
const LARGE: usize = 1 << 16;

/// Bytes that this thread has allocated less those it has freed. What another thread frees is not noticed.
#[inline]
pub fn allocated() -> i64 {
    COUNTS.with(|counts| counts.now.get())
}

/// The most that [`allocated`] has been since [`reset_peak`] was called in this thread, or since it began.
pub fn peak() -> i64 {
    COUNTS.with(|counts| counts.peak.get().max(counts.high.get()))
}

/// Makes the present count the peak.
pub fn reset_peak() {
    COUNTS.with(|counts| {
        counts.peak.set(counts.now.get());
        counts.high.set(counts.now.get());
    });
}

/// Bytes that this thread may still allocate: below 0 where it has passed its bound, very many without one.
#[inline]
pub fn room() -> i64 {
    COUNTS.with(|counts| counts.most.get().saturating_sub(counts.now.get()))
}

/// Whether this thread has passed its bound.
#[inline]
pub fn is_exceeded() -> bool {
    room() < 0
}

/// To be called before so many values of a type are allocated at once. Where they would pass the bound of this thread it
/// does not return but unwinds, to where [`is_claim`] tells it from a panic.
#[inline]
pub fn claim<T>(count: usize) {
    if count >= LARGE / size_of::<T>().max(1) {
        claim_bytes(count.saturating_mul(size_of::<T>()));
    }
}

#[cold]
fn claim_bytes(bytes: usize) {
    if i64::try_from(bytes).unwrap_or(i64::MAX) > room() {
        resume_unwind(Box::new(Exceeded));
    }
}

/// An empty list for so many items, which are claimed.
#[inline]
pub fn list<T>(count: usize) -> Vec<T> {
    claim::<T>(count);
    Vec::with_capacity(count)
}

/// Whether what was caught is a [`claim`] that would have passed the bound.
pub fn is_claim(caught: &(dyn Any + Send)) -> bool {
    caught.is::<Exceeded>()
}

/// Does what is not to be counted: what others do now and then in this thread.
pub fn apart<T>(work: impl FnOnce() -> T) -> T {
    let before = allocated();
    let result = work();
    COUNTS.with(|counts| counts.now.set(before));
    result
}

/// Gives back to the system what was freed, when this thread has freed so many bytes since it held the most.
#[inline]
pub fn shed(slack: i64) {
    if COUNTS.with(|counts| counts.high.get() - counts.now.get()) > slack {
        give_back();
    }
}

#[cold]
fn give_back() {
    COUNTS.with(|counts| {
        counts.peak.set(counts.peak.get().max(counts.high.get()));
        counts.high.set(counts.now.get());
    });
    // SAFETY: it may be called at any time; what it frees nobody holds.
    unsafe { mi_collect(true) };
}

/// A bound on what this thread allocates, until it is dropped; then the bound before holds again.
pub struct Bound {
    before: i64,
    /// It belongs to this thread.
    thread: PhantomData<*const ()>,
}

impl Bound {
    /// Lets this thread allocate so many bytes over what it holds now.
    pub fn new(bytes: i64) -> Bound {
        let before = COUNTS.with(|counts| counts.most.replace(counts.now.get().saturating_add(bytes)));
        Bound { before, thread: PhantomData }
    }
}

impl Drop for Bound {
    fn drop(&mut self) {
        COUNTS.with(|counts| counts.most.set(self.before));
    }
}

/// mimalloc, with a count of bytes a thread.
pub struct Counting;

#[inline]
fn count(bytes: i64) {
    // A thread that ends may allocate after its thread-locals are gone; then nobody counts any more.
    let _ = COUNTS.try_with(|counts| {
        let now = counts.now.get() + bytes;
        counts.now.set(now);
        if now > counts.high.get() {
            counts.high.set(now);
        }
    });
}

// SAFETY: every method hands its arguments to mimalloc unchanged and returns what it returns, so the contract of
// `GlobalAlloc` is mimalloc's. Counting touches plain thread-local cells without a destructor, which neither allocates
// nor unwinds.
unsafe impl GlobalAlloc for Counting {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as i64);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { MiMalloc.alloc(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as i64));
        // SAFETY: the pointer came from `alloc` above, so from mimalloc, with this layout.
        unsafe { MiMalloc.dealloc(pointer, layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as i64);
        // SAFETY: the caller keeps the contract of `alloc_zeroed`.
        unsafe { MiMalloc.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // For a moment both may be there.
        count(size as i64);
        // SAFETY: the pointer came from `alloc` above, so from mimalloc, with this layout; the size is the caller's.
        let moved = unsafe { MiMalloc.realloc(pointer, layout, size) };
        count(-(layout.size() as i64));
        moved
    }
}
