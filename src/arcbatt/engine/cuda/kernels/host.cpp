// The kernels as a library of the host, for tests: the same source, with a loop in place of a launch.
#include <cstring>

#include "search.cuh"

template <class F> static void by_all_lanes(F work) {
#if LANES == 1
    work();
#else
    std::vector<std::thread> lanes;
    for (int lane = 0; lane < LANES; lane++) {
        lanes.emplace_back([&, lane] {
            host_lane = lane;
            work();
        });
    }
    for (std::thread& lane : lanes) lane.join();
#endif
}

extern "C" void arcbatt_evaluate(
    const Call* calls, i64 call_count, u8* blocks, i64 block_bytes, u8* shared, i64 samples) {
    Scratch scratch;  // each caller has its own: several devices of a test work at the same time
    by_all_lanes([&] {
        for (i64 item = 0; item < call_count * samples; item++) {
            evaluate_call(calls[item / samples], blocks + item % samples * block_bytes, shared, &scratch);
        }
    });
}

// One step of a round, by its name.
extern "C" void arcbatt_search(const char* name, const Round* round) {
    Shared shared;
#define STEP(step) \
    if (!strcmp(name, #step)) by_all_lanes([&] { step_##step(*round, &shared); });
    STEPS(STEP)
#undef STEP
}

// Bytes of the structs of a round, in the order that enumeration/steps.py has.
extern "C" void arcbatt_search_sizes(i64* sizes) {
    const i64 all[] = {sizeof(Round),  sizeof(Request), sizeof(Segment), sizeof(Adding),
                       sizeof(Feeding), sizeof(Tally),   sizeof(Fresh)};
    memcpy(sizes, all, sizeof(all));
}
