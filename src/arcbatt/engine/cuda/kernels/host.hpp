// A warp for a host compiler: one lane, or as many threads as LANES says, which meet at a barrier.
#pragma once

#define DEVICE static inline
#define DEVICE_METHOD
#define APART static
#define NOT_UNROLLED

DEVICE int bits_of(u64 bits) { return __builtin_popcountll(bits); }
DEVICE int first_bit(u64 bits) { return __builtin_ffsll((i64)bits) - 1; }
DEVICE int last_bit(u64 bits) { return 63 - __builtin_clzll(bits); }

DEVICE u64 high_half(u64 a, u64 b) { return (u64)((unsigned __int128)a * b >> 64); }

DEVICE u64 claim(u64* word, u64 value) {
    u64 was = 0;
    __atomic_compare_exchange_n(word, &was, value, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
    return was;
}

DEVICE void lower(u32* word, u32 value) {
    u32 was = __atomic_load_n(word, __ATOMIC_RELAXED);
    while (was > value) {
        if (__atomic_compare_exchange_n(word, &was, value, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) break;
    }
}

DEVICE void add_to(u32* word, u32 value) { __atomic_fetch_add(word, value, __ATOMIC_RELAXED); }
DEVICE void set_bits(u32* word, u32 bits) { __atomic_fetch_or(word, bits, __ATOMIC_RELAXED); }

#define WARP 0
#define ALL_WARPS 1

#ifndef LANES
#define LANES 1
#endif

#if LANES == 1
#define LANE 0
#define SYNC() ((void)0)
template <class T, class F> DEVICE T over_lanes(T value, F) { return value; }
DEVICE i64 sum_before(i64) { return 0; }
#else
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

// Where the lanes of the one warp that runs at a time wait for each other.
struct Meeting {
    std::mutex mutex;
    std::condition_variable all;
    int waiting = 0;
    unsigned round = 0;

    void meet() {
        std::unique_lock<std::mutex> lock(mutex);
        unsigned mine = round;
        if (++waiting == LANES) {
            waiting = 0;
            round++;
            all.notify_all();
        } else {
            all.wait(lock, [&] { return round != mine; });
        }
    }
};

static Meeting meeting;
static thread_local int host_lane = 0;
#define LANE host_lane
#define SYNC() meeting.meet()

template <class T, class F> DEVICE T over_lanes(T value, F join) {
    static T all[LANES];
    all[LANE] = value;
    SYNC();
    T joined = all[0];
    for (int lane = 1; lane < LANES; lane++) joined = join(joined, all[lane]);
    SYNC();
    return joined;
}

DEVICE i64 sum_before(i64 value) {
    static i64 all[LANES];
    all[LANE] = value;
    SYNC();
    i64 sum = 0;
    for (int lane = 0; lane < LANE; lane++) sum += all[lane];
    SYNC();
    return sum;
}
#endif
