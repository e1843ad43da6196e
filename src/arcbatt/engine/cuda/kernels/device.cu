// The entries of the kernels on a device.
#include "search.cuh"

#define ENTRY extern "C" __global__ void __launch_bounds__(32 * WARPS)

// All that evaluates calls: the calls of a level, or, where there is a round, one of its steps. A compiler translates what
// they call anew for each entry, and it is most of the time.
ENTRY evaluate(
    const Call* calls, i64 call_count, u8* blocks, i64 block_bytes, u8* shared, i64 samples, const Round* round,
    i64 is_keeping) {
    __shared__ Shared held[WARPS];
    Shared* mine = &held[threadIdx.x / 32];
    if (round) {
        if (is_keeping) step_keep(*round, mine);
        else step_evaluate(*round, mine);
    } else if (WARP < call_count * samples) {
        // Neighbours do the same call for other samples, so that a block seldom runs different kernels.
        evaluate_call(calls[WARP / samples], blocks + WARP % samples * block_bytes, shared, &mine->scratch);
    }
}

#define STEP(name) \
    ENTRY search_##name(const Round* round) { step_##name(*round, nullptr); }
STEP(add) STEP(feed) STEP(insert) STEP(tally) STEP(scan) STEP(place) STEP(undo)
