//! Counts what each thread allocates, so that an evaluation can be bounded.
//!
//! What counts is what an allocation takes ([`taken`]): small ones are rounded up as the allocator does, by a formula that
//! is the same on every machine. A bound holds for a thread ([`Bound`]). It is kept in two ways: what runs for long asks now and then whether it was
//! passed ([`is_exceeded`]), and what is about to allocate much asks before ([`claim`]).

use std::alloc::{GlobalAlloc, Layout};
use std::any::Any;
use std::cell::Cell;
use std::ffi::{c_int, c_long};
use std::marker::PhantomData;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};

use mimalloc::MiMalloc;

unsafe extern "C" {
    /// mimalloc's: gives back to the system what this thread has freed.
    fn mi_collect(force: bool);
    fn mi_option_get(option: c_int) -> c_long;
    fn mi_option_set(option: c_int, value: c_long);
}

/// `mi_option_purge_delay`: milliseconds that what was freed stays with the allocator, 0 for none.
const DELAY: c_int = 15;

/// Threads that are near their bound; while there are any, what is freed goes back to the system at once.
static NEAR: Mutex<(usize, c_long)> = Mutex::new((0, 0));

/// The counts of a thread, in bytes.
struct Counts {
    now: Cell<i64>,
    /// The most that it has been.
    peak: Cell<i64>,
    /// What was freed since memory was last given back to the system: so much at most the allocator keeps.
    freed: Cell<i64>,
    /// What `now` may be.
    most: Cell<i64>,
    /// What `now` and `freed` together may be before memory is given back, where `freed` is at least `least`.
    resident: Cell<i64>,
    least: Cell<i64>,
    /// Whether it is near its bound.
    is_near: Cell<bool>,
}

thread_local! {
    static COUNTS: Counts = const {
        Counts {
            now: Cell::new(0),
            peak: Cell::new(0),
            freed: Cell::new(0),
            most: Cell::new(i64::MAX),
            resident: Cell::new(i64::MAX),
            least: Cell::new(0),
            is_near: Cell::new(false),
        }
    };
}

/// What [`claim`] unwinds with.
struct Exceeded;

/// Allocations of fewer bytes are not asked for before.
const LARGE: usize = 1 << 16;
/// By this part what is in use and what was freed may pass a bound before memory is given back.
const RESIDENT_SHARE: i64 = 20;
/// So much of a bound at least must have been freed: giving back takes time.
const LEAST_SHARE: i64 = 40;

/// Bytes that this thread has allocated less those it has freed. What another thread frees is not noticed.
#[inline]
pub fn allocated() -> i64 {
    COUNTS.with(|counts| counts.now.get())
}

/// The most that [`allocated`] has been since [`reset_peak`] was called in this thread, or since it began.
pub fn peak() -> i64 {
    COUNTS.with(|counts| counts.peak.get())
}

/// Makes the present count the peak.
pub fn reset_peak() {
    COUNTS.with(|counts| counts.peak.set(counts.now.get()));
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
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    if bytes > room() {
        resume_unwind(Box::new(Exceeded));
    }
    give_back_for(bytes);
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

/// Gives back to the system what was freed, where the allocator may keep so much of it that this and what is in use pass
/// the bound of this thread by a twentieth.
#[inline]
pub fn give_back() {
    give_back_for(0);
}

/// [`give_back`], when so many bytes more are about to be allocated.
#[inline]
fn give_back_for(bytes: i64) {
    COUNTS.with(|counts| {
        let freed = counts.freed.get();
        if freed >= counts.least.get() && counts.now.get() + freed > counts.resident.get().saturating_sub(bytes) {
            give_back_all(counts);
        }
    });
}

#[cold]
fn give_back_all(counts: &Counts) {
    counts.freed.set(0);
    // SAFETY: it may be called at any time; what it frees nobody holds.
    unsafe { mi_collect(true) };
    if !counts.is_near.replace(true) {
        note_near(true);
    }
}

/// Notes that one thread more, or less, is near its bound.
fn note_near(is_more: bool) {
    let mut near = NEAR.lock().unwrap_or_else(PoisonError::into_inner);
    let (count, usual) = *near;
    let count = if is_more { count + 1 } else { count - 1 };
    // SAFETY: options are plain numbers that may be read and set at any time; this one exists in every mimalloc.
    unsafe {
        match (is_more, count) {
            (true, 1) => {
                *near = (count, mi_option_get(DELAY));
                mi_option_set(DELAY, 0);
            }
            (false, 0) => {
                *near = (count, usual);
                mi_option_set(DELAY, usual);
            }
            _ => *near = (count, usual),
        }
    }
}

/// A bound on what this thread allocates, until it is dropped; then the bound before holds again.
pub struct Bound {
    most: i64,
    resident: i64,
    least: i64,
    /// It belongs to this thread.
    thread: PhantomData<*const ()>,
}

impl Bound {
    /// Lets this thread allocate so many bytes over what it holds now. They are what is left of `whole`.
    pub fn new(left: i64, whole: i64) -> Bound {
        COUNTS.with(|counts| {
            let most = counts.now.get().saturating_add(left);
            Bound {
                most: counts.most.replace(most),
                resident: counts.resident.replace(most.saturating_add(whole / RESIDENT_SHARE)),
                least: counts.least.replace(whole / LEAST_SHARE),
                thread: PhantomData,
            }
        })
    }
}

impl Drop for Bound {
    fn drop(&mut self) {
        COUNTS.with(|counts| {
            counts.most.set(self.most);
            counts.resident.set(self.resident);
            counts.least.set(self.least);
            if counts.is_near.replace(false) {
                note_near(false);
            }
        });
    }
}

/// mimalloc, with a count of bytes a thread.
pub struct Counting;

/// Bytes that an allocation of so many takes: multiples of 16 up to 64, then four sizes for each power of two up to 32
/// KiB, then whole pages: what the allocator rounds up beyond that is never written to, so no machine spends it.
#[inline]
pub const fn taken(bytes: usize) -> i64 {
    let step = match bytes {
        0..=64 => 16,
        65..=32_768 => 1 << ((bytes - 1).ilog2() - 2),
        _ => 4_096,
    };
    ((bytes + step - 1) & !(step - 1)) as i64
}

#[inline]
fn count(bytes: usize) {
    let bytes = taken(bytes);
    // A thread that ends may allocate after its thread-locals are gone; then nobody counts any more.
    let _ = COUNTS.try_with(|counts| {
        let now = counts.now.get() + bytes;
        counts.now.set(now);
        if now > counts.peak.get() {
            counts.peak.set(now);
        }
    });
}

#[inline]
fn uncount(bytes: usize) {
    let bytes = taken(bytes);
    let _ = COUNTS.try_with(|counts| {
        counts.now.set(counts.now.get() - bytes);
        counts.freed.set(counts.freed.get() + bytes);
    });
}

// SAFETY: every method hands its arguments to mimalloc unchanged and returns what it returns, so the contract of
// `GlobalAlloc` is mimalloc's. Counting touches plain thread-local cells without a destructor, which neither allocates
// nor unwinds.
unsafe impl GlobalAlloc for Counting {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { MiMalloc.alloc(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        uncount(layout.size());
        // SAFETY: the pointer came from `alloc` above, so from mimalloc, with this layout.
        unsafe { MiMalloc.dealloc(pointer, layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller keeps the contract of `alloc_zeroed`.
        unsafe { MiMalloc.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // For a moment both may be there.
        count(size);
        // SAFETY: the pointer came from `alloc` above, so from mimalloc, with this layout; the size is the caller's.
        let moved = unsafe { MiMalloc.realloc(pointer, layout, size) };
        uncount(layout.size());
        moved
    }
}
