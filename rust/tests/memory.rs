//! What a thread allocates is counted, and bounded: claims unwind, bounds end, what is freed makes room again.

use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arcbatt_native::memory::{self, Bound};
use arcbatt_native::value::Value;

const MIB: usize = 1 << 20;

#[test]
fn an_allocation_counts_what_it_takes() {
    for (bytes, taken) in [
        (1, 16),
        (16, 16),
        (17, 32),
        (64, 64),
        (65, 80),
        (128, 128),
        (129, 160),
        (1_025, 1_280),
        (32_768, 32_768),
        (32_769, 36_864),
        (1_000_001, 1_003_520),
    ] {
        assert_eq!(memory::taken(bytes), taken, "{bytes}");
        let before = memory::allocated();
        let held: Vec<u8> = black_box(Vec::with_capacity(bytes));
        assert_eq!(memory::allocated() - before, taken, "{bytes}");
        drop(held);
        assert_eq!(memory::allocated(), before);
    }
}

#[test]
fn sizes_ascend_and_waste_a_quarter_at_most() {
    for bytes in 1..100_000 {
        let taken = memory::taken(bytes) as usize;
        assert!(taken >= bytes && memory::taken(bytes + 1) as usize >= taken);
        assert!(bytes < 64 || taken <= bytes + bytes / 4, "{bytes}");
    }
}

#[test]
fn the_peak_is_the_most_at_once_and_growing_counts_both() {
    memory::reset_peak();
    let before = memory::allocated();
    let mut items: Vec<u8> = black_box(vec![1; MIB]);
    items.reserve_exact(MIB);
    assert_eq!(memory::allocated() - before, 2 * MIB as i64);
    assert_eq!(memory::peak() - before, 3 * MIB as i64);
    drop(items);
    memory::reset_peak();
    assert_eq!(memory::peak(), memory::allocated());
}

#[test]
fn a_claim_beyond_the_bound_unwinds_and_others_do_not() {
    let bound = Bound::new(4 * MIB as i64, 4 * MIB as i64);
    memory::claim::<u8>(3 * MIB);
    memory::claim::<u8>(10); // small ones are not asked for
    let caught = catch_unwind(|| memory::claim::<Value>(MIB)).expect_err("it is too much");
    assert!(memory::is_claim(&*caught));
    assert!(!memory::is_exceeded());
    let held: Vec<u8> = black_box(vec![0; 5 * MIB]);
    assert!(memory::is_exceeded() && memory::room() < 0);
    drop(held);
    assert!(!memory::is_exceeded());
    drop(bound);
    memory::claim::<Value>(MIB);
    assert!(memory::room() > 1 << 60);
}

#[test]
fn bounds_nest() {
    let outer = Bound::new(8 * MIB as i64, 8 * MIB as i64);
    {
        let _inner = Bound::new(MIB as i64, MIB as i64);
        assert!(memory::room() <= MIB as i64);
    }
    assert!(memory::room() > 7 * MIB as i64);
    drop(outer);
}

#[test]
fn building_a_value_stays_within_the_bound() {
    let numbers = |count: i64| (0..count).map(|number| Value::Int(number + 1_000)).collect::<Vec<Value>>();
    let items = numbers(300_000);
    memory::reset_peak();
    let before = memory::allocated();
    let bytes = 2 * MIB as i64;
    let _bound = Bound::new(bytes, bytes);
    let built = catch_unwind(AssertUnwindSafe(|| Value::tuple(items)));
    assert!(memory::is_claim(&*built.expect_err("it does not fit")));
    assert!(memory::peak() - before <= bytes);
    assert_eq!(Value::tuple(numbers(20_000)).len(), Some(20_000));
}
