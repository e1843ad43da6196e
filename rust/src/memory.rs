//! Counts what each thread allocates, so that an evaluation can be bounded.

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;

use mimalloc::MiMalloc;

thread_local! {
    static ALLOCATED: Cell<i64> = const { Cell::new(0) };
    static PEAK: Cell<i64> = const { Cell::new(0) };
}

/// Bytes that this thread has allocated less those it has freed. What another thread frees is not noticed.
pub fn allocated() -> i64 {
    ALLOCATED.with(Cell::get)
}

/// The most that [`allocated`] has been since [`reset_peak`] was called in this thread, or since it began.
pub fn peak() -> i64 {
    PEAK.with(Cell::get)
}

/// Makes the present count the peak.
pub fn reset_peak() {
    PEAK.with(|peak| peak.set(allocated()));
}

/// mimalloc, with a count of bytes a thread.
pub struct Counting;

#[inline]
fn count(bytes: i64) {
    // A thread that ends may allocate after its thread-locals are gone; then nobody counts any more.
    let _ = ALLOCATED.try_with(|allocated| {
        let now = allocated.get() + bytes;
        allocated.set(now);
        let _ = PEAK.try_with(|peak| {
            if now > peak.get() {
                peak.set(now);
            }
        });
    });
}

// SAFETY: every method hands its arguments to mimalloc unchanged and returns what it returns, so the contract of
// `GlobalAlloc` is mimalloc's. Counting touches a plain thread-local cell without a destructor, which neither allocates
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
        count(size as i64 - layout.size() as i64);
        // SAFETY: the pointer came from `alloc` above, so from mimalloc, with this layout; the size is the caller's.
        unsafe { MiMalloc.realloc(pointer, layout, size) }
    }
}
