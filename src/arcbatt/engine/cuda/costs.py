"""When a device is worth it: what moving and launching costs, against what the native engine would need."""

from __future__ import annotations

from dataclasses import dataclass

from arcbatt.engine.cuda.plan import Plan

__all__ = ["Costs"]


@dataclass(frozen=True, slots=True)
class Costs:
    """What work on a device costs. All but ``seed_s`` are estimates: ``benchmarks/gpu.py`` was run on none yet.

    Attributes:
        start_s: seconds for a batch whatever its size: memory, the way there and back, waiting.
        launch_s: seconds for the launch of a level.
        bytes_per_s: bytes of blocks that come back in a second.
        calls_per_s: calls that a device evaluates in a second.
        seed_s: seconds that the native engine needs to take in the value of a node.
    """

    start_s: float = 200e-6
    launch_s: float = 10e-6
    bytes_per_s: float = 2.5e9
    calls_per_s: float = 50e6
    seed_s: float = 75e-9

    def device_s(self, plan: Plan, samples: int) -> float:
        """Estimated seconds for a plan on so many samples with a device, taking in what it gives included."""
        calls = plan.call_count * samples
        return (
            self.start_s
            + self.launch_s * len(plan.levels)
            + plan.block_bytes * samples / self.bytes_per_s
            + calls / self.calls_per_s
            + self.seed_s * calls
        )

    def pays(self, plan: Plan, samples: int) -> bool:
        """Whether a device is expected to be faster than the native engine."""
        return self.device_s(plan, samples) < plan.native_s * samples
