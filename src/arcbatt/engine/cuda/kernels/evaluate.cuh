// Calls of kernels. One launch evaluates those of one level of a graph for all samples of a batch: a warp for each call
// and sample.
#pragma once
#include "floods.cuh"
#include "functions.cuh"
#include "grids.cuh"
#include "masks.cuh"
#include "measures.cuh"
#include "numbers.cuh"
#include "objects.cuh"

#define MOST_ARGUMENTS 5

// A call: offsets of slots in a sample's block, or, as ~offset, in the block that all samples share.
struct Call {
    i64 kernel;  // the number of its line in table.cuh, from 1
    i64 count;   // of its arguments
    i64 result;
    i64 arguments[MOST_ARGUMENTS];
};

DEVICE Slot slot_at(i64 offset, u8* block, u8* shared) {
    u8* place = offset < 0 ? shared + ~offset : block + offset;
    return Slot{(Header*)place, place + sizeof(Header)};
}

// Whether a kernel, by its number in table.cuh, has a value for arguments that all have one; its work goes to `work`.
APART bool apply(i64 number, Arguments a, Slot out, Scratch* scratch, i64* work) {
    switch (number) {
#define CALL(primitive, kernel, work_of, result, ...) \
    case __LINE__:                                    \
        *work = work_of(a, scratch);                           \
        return kernel(a, out, scratch);
#include "table.cuh"
#undef CALL
    }
    *work = 0;
    return false;
}

DEVICE void evaluate_call(const Call& call, u8* block, u8* shared, Scratch* scratch) {
    Slot a[MOST_ARGUMENTS], out = slot_at(call.result, block, shared);
    bool has_value = true;
    for (int k = 0; k < MOST_ARGUMENTS; k++) {
        a[k] = slot_at(k < call.count ? call.arguments[k] : call.arguments[0], block, shared);
        has_value = has_value && a[k].header->kind != NOTHING;
    }
    i64 work = 0;
    has_value = has_value && apply(call.kernel, a, out, scratch, &work);
    SYNC();
    if (LANE == 0) {
        if (!has_value) out.header->kind = NOTHING;
        out.header->fuel = 1 + (work >> 3);
    }
    SYNC();
}
