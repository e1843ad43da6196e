"""The CUDA engine: the native engine, with the values that devices give planted in its scopes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from arcbatt.arc import Grid, Sample
from arcbatt.engine.cuda.batches import Devices, Traffic
from arcbatt.engine.cuda.break_even import worst
from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.device import Device
from arcbatt.engine.cuda.enumeration.queue import DeviceQueues, shared_queues
from arcbatt.engine.cuda.layout import pack_value
from arcbatt.engine.cuda.plan import Plan, make_plan
from arcbatt.engine.limits import Limits
from arcbatt.engine.native import NativeEngine, NativeScope, Seeds
from arcbatt.engine.outcome import Outcome
from arcbatt.engine.tally import Verdicts
from arcbatt.engine.verdict import Verdict
from arcbatt.errors import EngineError
from arcbatt.program.graph import Graph

__all__ = ["CudaEngine", "CudaScope"]

_REMEMBERED = 4
"""Plans that a graph keeps: a run asks for few sets of programs, again and again."""
_SAMPLES = 64
"""Most samples whose values are held at a time."""
_HELD_BYTES = 1 << 28
"""Most bytes of values that are held at a time. A battery that needs more for one sample is the native engine's."""


class CudaEngine:
    """Evaluates graphs on GPUs as far as that pays, and in native code otherwise, with the same outcomes.

    Outcomes do not depend on the devices, on what they have a kernel for or on whether they fail: only time does. A
    scope may be used by any thread, by one at a time; all threads share the devices.

    Args:
        limits: what each program may spend on a sample.
        devices: what to evaluate on; None for all GPUs of this machine.
        costs: when devices are taken; None for the measured ones of this machine's GPUs, the estimates for others.

    Raises:
        EngineError: the native engine is not usable, or there is no GPU that is. The message says what is missing.
    """

    name = "cuda"
    is_threaded = True

    def __init__(
        self, limits: Limits | None = None, devices: Sequence[Device] | None = None, costs: Costs | None = None
    ) -> None:
        self._native = NativeEngine(limits)
        if devices is None:
            from arcbatt.engine.cuda.cupy_device import open_devices

            devices = open_devices()
            costs = costs or _measured_costs()
        self.limits = self._native.limits
        self.version: str = self._native.version
        self._all_devices = devices
        self._devices = Devices(devices)
        self._costs = costs or Costs()

    @cached_property
    def searches(self) -> DeviceQueues:
        """The devices as they work for enumerations, the same for all engines of a process."""
        return shared_queues(self._all_devices)

    @property
    def traffic(self) -> Traffic:
        """What the devices did so far."""
        return self._devices.traffic

    def open(self, graph: Graph) -> CudaScope:
        """A scope for a graph, with no variable bound. The graph may grow meanwhile, nodes never change."""
        return CudaScope(_Machine(graph, self._devices, self._costs), self._native.open(graph), None)

    def stop(self) -> None:
        """Ends what runs in other threads soon, and all that is run later, with timeouts."""
        self._native.stop()


def _measured_costs() -> Costs:
    """Those of the GPUs of this machine; estimates where they cannot be measured, which shows again at the work."""
    from arcbatt.engine.cuda.known_costs import measured_devices

    try:
        return worst([device.costs for device in measured_devices()])
    except EngineError:
        return Costs()


class _Machine:
    """A graph with its plans."""

    def __init__(self, graph: Graph, devices: Devices, costs: Costs) -> None:
        self._graph = graph
        self._devices = devices
        self._costs = costs
        self._plans: dict[tuple[int, ...], Plan] = {}

    def at_a_time(self, roots: Sequence[int]) -> int:
        """For how many samples the values of some programs may be held, at least 1."""
        if not self._devices:
            return _SAMPLES
        return max(1, min(_SAMPLES, _HELD_BYTES // self._plan(tuple(roots)).block_bytes))

    def seeds(self, roots: Sequence[int], inputs: Sequence[Any]) -> list[Seeds | None] | None:
        """What devices know of some programs for each input; None where that would take longer than it saves."""
        if not self._devices or not inputs:
            return None
        plan = self._plan(tuple(roots))
        if plan.block_bytes > _HELD_BYTES or not self._costs.pays(plan, len(inputs)):
            return None
        blocks = self._devices.evaluate(plan, [_slot(value) for value in inputs])
        return [None if block is None else Seeds(plan.nodes, plan.offsets, block) for block in blocks]

    def _plan(self, roots: tuple[int, ...]) -> Plan:
        plan = self._plans.get(roots)
        if plan is None:
            if len(self._plans) >= _REMEMBERED:
                self._plans.clear()
            plan = self._plans[roots] = make_plan(self._graph, roots)
        return plan


def _slot(value: Any) -> bytes | None:
    """The packed slot of an input; None unless it is a grid that devices know."""
    packed = pack_value(value)
    return packed[1] if packed is not None and packed[0] == "G" else None


class _Planted:
    """The scope in which ``I`` is bound, and for which programs it has got values from devices."""

    def __init__(self, scope: NativeScope, value: Any) -> None:
        self.scope = scope
        self.value = value
        self.known: set[tuple[int, ...]] = set()


class CudaScope:
    """The values of a graph's nodes under a binding of some of ``S``, ``I`` and ``C``. Made by the engine."""

    __slots__ = ("_machine", "_native", "_planted")

    def __init__(self, machine: _Machine, native: NativeScope, planted: _Planted | None) -> None:
        self._machine = machine
        self._native = native
        self._planted = planted

    def bind(self, **variables: Any) -> CudaScope:
        """A scope inside this one with further variables bound: ``S`` to the demo pairs, ``I`` and ``C`` to grids.

        Raises:
            ValueError: a variable has another name or is bound already.
        """
        native = self._native.bind(**variables)
        planted = _Planted(native, variables["I"]) if "I" in variables else self._planted
        return CudaScope(self._machine, native, planted)

    @property
    def native(self) -> Any:
        """The scope of the native engine's module, for what works there with several of its values at once."""
        return self._native.native

    def programs(self, roots: Sequence[int]) -> Any:
        """Programs by their roots, made ready to run there."""
        return self._native.programs(roots)

    def run(self, roots: Sequence[int], cautious: bool = False) -> list[Outcome]:
        """See :meth:`arcbatt.engine.base.Scope.run`. Ctrl-C ends it soon."""
        self._plant(roots)
        return self._native.run(roots, cautious)

    def judge(self, roots: Sequence[int], expected: Grid | None, cautious: bool = False) -> Verdicts:
        """See :meth:`arcbatt.engine.base.Scope.judge`."""
        self._plant(roots)
        return self._native.judge(roots, expected, cautious)

    def judge_samples(
        self, roots: Sequence[int], samples: Sequence[Sample], cautious: bool = False
    ) -> list[tuple[Verdicts, float]]:
        """See :meth:`arcbatt.engine.base.Scope.judge_samples`. The seconds are those after the devices were done."""
        found: list[tuple[Verdicts, float]] = []
        step = self._machine.at_a_time(roots)
        for start in range(0, len(samples), step):
            some = samples[start : start + step]
            seeds = self._machine.seeds(roots, [sample.input for sample in some])
            found += self._native.judge_samples(roots, some, cautious, seeds)
        return found

    def judge_one(self, root: int, expected: Grid | None) -> tuple[Verdict, Grid | None]:
        """See :meth:`arcbatt.engine.base.Scope.judge_one`."""
        self._plant([root])
        return self._native.judge_one(root, expected)

    def measure(self, roots: Sequence[int]) -> list[int | None]:
        """See :meth:`arcbatt.engine.base.Scope.measure`."""
        self._plant(roots)
        return self._native.measure(roots)

    def _plant(self, roots: Sequence[int]) -> None:
        """Has devices evaluate what they can of some programs, unless they have, or it does not pay."""
        planted, key = self._planted, tuple(roots)
        if planted is None or key in planted.known:
            return
        planted.known.add(key)
        seeds = self._machine.seeds(roots, [planted.value])
        if seeds is not None and seeds[0] is not None:
            planted.scope.seed(roots, seeds[0])
