"""When a device is worth it: what moving and launching costs, against what the native engine would need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arcbatt.engine.cuda.plan import NATIVE_S, Plan

__all__ = ["Costs"]


@dataclass(frozen=True, slots=True)
class Costs:
    """What work on a device costs, and the same in the native engine. What is not given is an estimate.

    :mod:`arcbatt.engine.cuda.measuring` measures all of it; estimates are for where nothing can be measured.

    Attributes:
        start_s: seconds for a batch whatever its size: memory, the way there and back, waiting.
        launch_s: seconds for the launch of a level.
        bytes_per_s: bytes of blocks that come back in a second.
        calls_per_s: calls that a device evaluates in a second.
        seed_s: seconds that the native engine needs to take in the value of a node.
        native_s: seconds of a cheap call in the native engine, by the form of its result; a form that is missing has
            its estimate.
    """

    start_s: float = 200e-6
    launch_s: float = 10e-6
    bytes_per_s: float = 2.5e9
    calls_per_s: float = 50e6
    seed_s: float = 75e-9
    native_s: Mapping[str, float] = field(default_factory=lambda: dict(NATIVE_S))

    def device_s(self, plan: Plan, samples: int) -> float:
        """Expected seconds for a plan on so many samples with a device, taking in what it gives included."""
        calls = plan.call_count * samples
        return (
            self.start_s
            + self.launch_s * len(plan.levels)
            + plan.block_bytes * samples / self.bytes_per_s
            + calls / self.calls_per_s
            + self.seed_s * calls
        )

    def cpu_s(self, plan: Plan, samples: int) -> float:
        """Expected seconds for the calls of a plan on so many samples in the native engine."""
        return samples * sum(
            count * self.native_s.get(form, NATIVE_S[form]) for form, count in plan.native_calls.items()
        )

    def pays(self, plan: Plan, samples: int) -> bool:
        """Whether a device is expected to be faster than the native engine."""
        return self.device_s(plan, samples) < self.cpu_s(plan, samples)
