// How one call is worked on: by the 32 lanes of a warp on a device, by one thread of the host, or by several that stand
// for lanes (host.hpp), which shows races to a thread sanitizer.
//
// A kernel is written for any number of lanes: work is divided by FOR_EACH, what one lane wrote is read by another only
// after SYNC(), and sums, least and greatest values over all lanes come from the functions below, which are such a
// meeting too. Whether a kernel goes on is decided alike in every lane, because all of them have to meet in SYNC() and
// in these functions.
#pragma once

typedef long long i64;
typedef unsigned long long u64;
typedef unsigned int u32;
typedef unsigned char u8;

#ifdef __CUDACC__
#define DEVICE __device__ static inline
#define DEVICE_METHOD __device__
#define APART __device__ __noinline__ static  // compiled by itself: one function of all kernels takes minutes
#define LANES 32
#define LANE (int(threadIdx.x & 31))
#define SYNC() __syncwarp()
#define NOT_UNROLLED _Pragma("unroll 1")  // there are many loops, most of them short: code would grow, and compiling last

DEVICE int bits_of(u64 bits) { return __popcll(bits); }
DEVICE int first_bit(u64 bits) { return __ffsll(bits) - 1; }
DEVICE int last_bit(u64 bits) { return 63 - __clzll(bits); }

template <class T, class F> DEVICE T over_lanes(T value, F join) {
    SYNC();  // shuffles do not order memory; on the host this is a barrier too
    for (int step = 16; step; step >>= 1) value = join(value, __shfl_xor_sync(0xffffffffu, value, step));
    return value;
}

// The sum over the lanes before this one.
DEVICE i64 sum_before(i64 value) {
    i64 sum = value;
    for (int step = 1; step < LANES; step <<= 1) {
        i64 other = __shfl_up_sync(0xffffffffu, sum, step);
        if (LANE >= step) sum += other;
    }
    return sum - value;
}

DEVICE u64 high_half(u64 a, u64 b) { return __umul64hi(a, b); }
// Sets a word that is 0, at once; what it was.
DEVICE u64 claim(u64* word, u64 value) { return atomicCAS(word, 0ull, value); }
// Sets a word to a lesser value, at once.
DEVICE void lower(u32* word, u32 value) { atomicMin(word, value); }
// Adds to a word, and sets bits of one, at once.
DEVICE void add_to(u32* word, u32 value) { atomicAdd(word, value); }
DEVICE void set_bits(u32* word, u32 bits) { atomicOr(word, bits); }

// Warps of a launch, those of a block side by side.
#define WARPS 4  // of a block
#define WARP ((i64)blockIdx.x * WARPS + threadIdx.x / 32)
#define ALL_WARPS ((i64)gridDim.x * WARPS)
#else
#include "host.hpp"
#endif

// The work items 0 to count - 1, each by one lane.
#define FOR_EACH(item, count) NOT_UNROLLED for (int item = LANE; item < (count); item += LANES)

// The same over all warps of a launch: items each by one warp, or each by one lane.
#define EACH_BY_WARP(item, count) NOT_UNROLLED for (i64 item = WARP; item < (count); item += ALL_WARPS)
#define EACH_BY_LANE(item, count) \
    NOT_UNROLLED for (i64 item = WARP * LANES + LANE; item < (count); item += ALL_WARPS * LANES)

DEVICE i64 total_of(i64 value) { return over_lanes(value, [](i64 a, i64 b) { return a + b; }); }
DEVICE int sum_of(int value) { return over_lanes(value, [](int a, int b) { return a + b; }); }
DEVICE int least(int value) { return over_lanes(value, [](int a, int b) { return a < b ? a : b; }); }
DEVICE int greatest(int value) { return over_lanes(value, [](int a, int b) { return a > b ? a : b; }); }
DEVICE u64 any_of(u64 bits) { return over_lanes(bits, [](u64 a, u64 b) { return a | b; }); }
