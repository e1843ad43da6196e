// The kernels as a library of the host, for tests: the same source, with a loop in place of a launch.
#include "evaluate.cuh"

extern "C" void arcbatt_evaluate(
    const Call* calls, i64 call_count, u8* blocks, i64 block_bytes, u8* shared, i64 samples) {
    static Scratch scratch;
    auto all = [&] {
        for (i64 item = 0; item < call_count * samples; item++) {
            evaluate_call(calls[item / samples], blocks + item % samples * block_bytes, shared, &scratch);
        }
    };
#if LANES == 1
    all();
#else
    std::vector<std::thread> lanes;
    for (int lane = 0; lane < LANES; lane++) {
        lanes.emplace_back([&, lane] {
            host_lane = lane;
            all();
        });
    }
    for (std::thread& lane : lanes) lane.join();
#endif
}
