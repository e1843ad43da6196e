"""Random programs of which devices can evaluate much, and an engine that evaluates all it can on a device."""

from __future__ import annotations

import random
from collections.abc import Sequence

from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine import Limits
from arcbatt.engine.cuda import CudaEngine
from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.coverage import kernels
from arcbatt.engine.cuda.device import Device
from arcbatt.engine.cuda.plan import Plan
from arcbatt.program.graph import Graph
from support.programs import PRIMITIVES, random_program

COVERED = [REGISTRY[name] for name in sorted({kernel.primitive for kernel in kernels()})]


class NoCosts(Costs):
    """Everything that a device can do pays."""

    def pays(self, plan: Plan, samples: int) -> bool:
        return plan.call_count > 0 and samples > 0


def engine_on(devices: Sequence[Device], limits: Limits | None = None) -> CudaEngine:
    """An engine that does on these devices whatever they can."""
    return CudaEngine(limits, devices, NoCosts())


def covered_program(rng: random.Random, graph: Graph, calls: int, variables: str = "I") -> int:
    """Adds a random program, mostly of primitives that devices have kernels for; gives its root."""
    return random_program(rng, graph, calls, variables, COVERED if rng.random() < 0.9 else PRIMITIVES)
