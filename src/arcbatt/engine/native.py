"""The native engine: the same graphs, outcomes and fuel as the python engine, evaluated by ``arcbatt_native``.

A graph crosses over once; what a run gives comes back as far as it is asked for. Meanwhile other Python threads run. A
user's own primitives are called back (:mod:`arcbatt.engine.callbacks`), everything else stays native.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import arcbatt
from arcbatt.arc import Grid, Sample
from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine.base import check_unbound
from arcbatt.engine.call_memo import USUAL_CALL_MEMO, CallCounts, CallMemoOptions
from arcbatt.engine.callbacks import PLAIN, number_of, register_names
from arcbatt.engine.left_out import outcome_of, settled, spread
from arcbatt.engine.limits import Limits
from arcbatt.engine.native_module import native_module
from arcbatt.engine.outcome import Failure, FailureKind, Outcome
from arcbatt.engine.tally import Tally, VerdictList, Verdicts
from arcbatt.engine.verdict import Verdict, judge, size_of
from arcbatt.errors import EngineError
from arcbatt.program.graph import PRIMITIVE, Graph

__all__ = ["NativeEngine", "NativeScope", "NativeVerdicts", "Seeds", "VerdictReader"]

T = TypeVar("T")

_MASKS = {"S": 1, "I": 2, "C": 4}
_PackedFailure: TypeAlias = tuple[str, int, int | None, str]
"""Kind, step, node of the callee and message of a failure."""
_REMEMBERED = 1_000
"""Values that are remembered: the grids of many tasks."""
_MOST = 2**62
"""More fuel than any evaluation can spend; what is beyond it would not fit into 64 bits."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """Values of nodes that depend on the input alone, worked out elsewhere: packed, for one input.

    Attributes:
        nodes: the nodes, 4 bytes each, little-endian.
        offsets: for each the offset of its slot in the block, 8 bytes, little-endian.
        block: the slots, as ``rust/src/seeds.rs`` reads them; one without a value says nothing.
    """

    nodes: bytes
    offsets: bytes
    block: bytes


class NativeEngine:
    """Evaluates graphs in native code.

    A scope may be used by any thread, by one at a time. Scopes that share an outer one wait for each other, so threads
    that are to run at the same time open the graph once each.

    Args:
        limits: what each program may spend on a sample.
        call_memo: how calls of built functions are remembered; it changes nothing but speed.

    Raises:
        EngineError: the installed module is of another version or does not know the same primitives.
    """

    name = "native"
    is_threaded = True
    searches = None

    def __init__(self, limits: Limits | None = None, call_memo: CallMemoOptions = USUAL_CALL_MEMO) -> None:
        arcbatt_native = native_module()

        _check(arcbatt_native)
        self.limits = limits or Limits()
        self._call_memo = (call_memo.most_bytes, call_memo.is_eager)
        self.version: str = arcbatt_native.__version__
        self._module = arcbatt_native
        self._stop = arcbatt_native.Stop()
        self._values = _Values(arcbatt_native.Value)

    def open(self, graph: Graph) -> NativeScope:
        """A scope for a graph, with no variable bound. The graph may grow meanwhile, nodes never change."""
        fuel = min(self.limits.fuel, _MOST)
        limits = self.limits
        native = self._module.Graph(PLAIN, fuel, limits.timeout_s, limits.memory_bytes, self._stop, self._call_memo)
        machine = _Machine(graph, native, self._values, self.limits.timeout_s)
        return NativeScope(machine, native.scope(), frozenset())

    def stop(self) -> None:
        """Ends what runs in other threads within milliseconds, and all that is run later, with timeouts."""
        self._stop.set()


def _check(module: Any) -> None:
    if module.__version__ != arcbatt.__version__:
        raise EngineError(
            f"the installed native engine is of version {module.__version__}, arcbatt of {arcbatt.__version__}; "
            "install both in one version (pip install --upgrade 'arcbatt[native]'), or take --engine python"
        )
    known = dict(module.primitives())
    wanted = {item.name: item.arity for item in REGISTRY if item.theme != "user"}
    if known != wanted:
        odd = sorted(set(known.items()) ^ set(wanted.items()))
        raise EngineError(f"the native engine knows other primitives, such as {odd[0][0]}; install it again")
    register_names(list(known))


class _Values:
    """Values that were handed over lately: the grids of a task are needed again and again."""

    def __init__(self, make: Callable[[Any, Any], Any]) -> None:
        self._make = make
        self._known: dict[int, tuple[Any, Any]] = {}
        self._samples: dict[int, tuple[Sample, tuple[Any, Any]]] = {}

    def sample(self, sample: Sample) -> tuple[Any, Any]:
        """Input and output of a sample on the other side; None for an unknown output."""
        known = self._samples.get(id(sample))
        if known is not None and known[0] is sample:
            return known[1]
        made = (self.get(sample.input), None if sample.output is None else self.get(sample.output))
        if len(self._samples) >= _REMEMBERED:
            self._samples.clear()
        self._samples[id(sample)] = (sample, made)
        return made

    def get(self, value: Any) -> Any:
        """The value on the other side. The same object is handed over once, as long as it is remembered."""
        known = self._known.get(id(value))
        if known is not None and known[0] is value:
            return known[1]
        made = self._make(value, PLAIN)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[id(value)] = (value, made)  # held, so that its identity stays its own
        return made


class VerdictReader:
    """Reads the failures of a graph's programs, and verdicts on them, as Python knows them."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def failure(self, packed: _PackedFailure) -> Failure:
        """A failure as Python knows it."""
        kind, step, callee, message = packed
        call = "" if step == 0 else "()" if callee is None else self.graph.values[callee]
        return Failure(FailureKind(kind), step, call, message)

    def verdict(
        self, digest: int | None, is_grid: bool, is_right: bool | None, fuel: int, packed: _PackedFailure | None,
        right_cells: int,
    ) -> Verdict:  # fmt: skip
        """A verdict as Python knows it."""
        text = "" if digest is None else f"{digest:032x}"
        return Verdict(text, is_grid, is_right, fuel, None if packed is None else self.failure(packed), right_cells)


class _Machine(VerdictReader):
    """A graph and its copy on the other side."""

    def __init__(self, graph: Graph, native: Any, values: _Values, limit_s: float | None) -> None:
        super().__init__(graph)
        self.limit_s = limit_s
        self.value = values.get
        self.sample = values.sample
        self.native = native
        self._known = 0
        self._roots: list[int] = []
        self._programs: Any = None
        self._places: tuple[bytes, bytes, Any] | None = None
        self._lock = threading.Lock()
        self._sync()

    def programs(self, roots: Sequence[int]) -> Any:
        """Programs made ready to run; the last ones are kept, since the same run on every sample."""
        with self._lock:  # scopes of one graph may run in several threads
            if self._programs is None or self._roots != roots:
                if len(self.graph) > self._known:
                    self._sync()
                self._roots = list(roots)  # a copy: the caller may change its own
                self._programs = self.native.programs(self._roots)
            return self._programs

    def packed(self, seeds: Seeds | None) -> tuple[Any, bytes] | None:
        """Seeds as the other side takes them; what the last ones had in common is kept."""
        if seeds is None:
            return None
        with self._lock:
            known = self._places
            if known is None or known[0] is not seeds.nodes or known[1] is not seeds.offsets:
                made = native_module().SeedPlaces(seeds.nodes, seeds.offsets)
                known = self._places = (seeds.nodes, seeds.offsets, made)
        return known[2], seeds.block

    def _sync(self) -> None:
        """Hands over the nodes that were added since."""
        graph, start, stop = self.graph, self._known, len(self.graph)
        if start < stop:
            values = [
                number_of(value) if kind == PRIMITIVE else value
                for kind, value in zip(graph.kinds[start:stop], graph.values[start:stop], strict=True)
            ]
            operands = graph.operands[start:stop]
            self.native.extend(bytes(graph.kinds[start:stop]), bytes(graph.levels[start:stop]), operands, values)
            self._known = stop


class NativeScope:
    """The values of a graph's nodes under a binding of some of ``S``, ``I`` and ``C``. Made by the engine."""

    __slots__ = ("_bound", "_machine", "_scope")

    def __init__(self, machine: _Machine, scope: Any, bound: frozenset[str]) -> None:
        self._machine = machine
        self._scope = scope
        self._bound = bound

    def remembered(self) -> CallCounts:
        """How calls of built functions went so far, in all scopes of the graph."""
        return CallCounts(*self._machine.native.remembered_calls())

    def bind(self, **variables: Any) -> NativeScope:
        """A scope inside this one with further variables bound: ``S`` to the demo pairs, ``I`` and ``C`` to grids.

        Raises:
            ValueError: a variable has another name or is bound already.
        """
        check_unbound(variables, self._bound)
        handed = self._machine.value
        scope = self._scope.bind([(_MASKS[name], handed(value)) for name, value in variables.items()])
        return NativeScope(self._machine, scope, self._bound.union(variables))

    @property
    def native(self) -> Any:
        """The scope on the other side, for what works there with several of its values at once."""
        return self._scope

    def programs(self, roots: Sequence[int]) -> Any:
        """Programs by their roots, made ready to run on the other side."""
        return self._machine.programs(roots)

    def seed(self, roots: Sequence[int], seeds: Seeds) -> None:
        """Takes in values of nodes of these programs in place of evaluating them; ``I`` is bound in this very scope.

        They are those that evaluation would give, with their fuel: outcomes stay what they are.
        """
        self._machine.programs(roots)  # the other side has to know the nodes
        self._scope.seed(self._machine.packed(seeds))

    def run(self, roots: Sequence[int], cautious: bool = False) -> list[Outcome]:
        """See :meth:`arcbatt.engine.base.Scope.run`. Ctrl-C ends it within milliseconds."""
        return self._settled(
            roots, lambda kept: self._run(kept, cautious),
            lambda found, failures: list(spread(roots, found, failures, outcome_of)),
        )  # fmt: skip

    def _run(self, roots: Sequence[int], cautious: bool) -> list[Outcome]:
        failure = self._machine.failure
        return [
            Outcome(value, None if packed is None else failure(packed), fuel)
            for value, packed, fuel in self._scope.run(self._machine.programs(roots), cautious, _is_main())
        ]

    def judge(self, roots: Sequence[int], expected: Grid | None, cautious: bool = False) -> Verdicts:
        """See :meth:`arcbatt.engine.base.Scope.judge`; values are compared where they are, and stay there."""
        return self._settled(
            roots, lambda kept: self._judge(kept, expected, cautious),
            lambda found, failures: _filled(roots, found, failures, expected),
        )  # fmt: skip

    def _judge(self, roots: Sequence[int], expected: Grid | None, cautious: bool) -> Verdicts:
        machine = self._machine
        output = None if expected is None else machine.value(expected)
        return NativeVerdicts(machine, self._scope.judge(machine.programs(roots), output, cautious, _is_main()))

    def judge_samples(
        self, roots: Sequence[int], samples: Sequence[Sample], cautious: bool = False,
        seeds: Sequence[Seeds | None] | None = None,
    ) -> list[tuple[Verdicts, float]]:  # fmt: skip
        """See :meth:`arcbatt.engine.base.Scope.judge_samples`; the border is crossed once for all samples.

        ``seeds`` are values for each sample that are known already, see :meth:`seed`.
        """
        return self._settled(
            roots, lambda kept: self._judge_samples(kept, samples, cautious, seeds),
            lambda found, failures: [
                (_filled(roots, verdicts, failures, sample.output), seconds)
                for sample, (verdicts, seconds) in zip(samples, found, strict=True)
            ],
        )  # fmt: skip

    def _judge_samples(
        self, roots: Sequence[int], samples: Sequence[Sample], cautious: bool, seeds: Sequence[Seeds | None] | None
    ) -> list[tuple[Verdicts, float]]:
        machine = self._machine
        handed = [machine.sample(sample) for sample in samples]
        programs = machine.programs(roots)
        packed = None if seeds is None else [machine.packed(item) for item in seeds]
        found = self._scope.judge_samples(programs, handed, cautious, _is_main(), packed)
        return [(NativeVerdicts(machine, verdicts), seconds) for verdicts, seconds in found]

    def judge_one(self, root: int, expected: Grid | None) -> tuple[Verdict, Grid | None]:
        """See :meth:`arcbatt.engine.base.Scope.judge_one`."""

        def evaluate(kept: Sequence[int]) -> list[tuple[Verdict, Grid | None]]:
            return [self._judge_one(one, expected) for one in kept]

        def fill(_: Any, failures: Mapping[int, Failure]) -> list[tuple[Verdict, Grid | None]]:
            return [(judge(outcome_of(failures[root]), expected), None)]

        found: list[tuple[Verdict, Grid | None]] = self._settled([root], evaluate, fill)
        return found[0]

    def _judge_one(self, root: int, expected: Grid | None) -> tuple[Verdict, Grid | None]:
        output = None if expected is None else self._machine.value(expected)
        packed, grid = self._scope.judge_one(self._machine.programs([root]), output, _is_main())
        return self._machine.verdict(*packed), grid

    def measure(self, roots: Sequence[int]) -> list[int | None]:
        """See :meth:`arcbatt.engine.base.Scope.measure`."""
        return self._settled(
            roots, self._measure,
            lambda found, failures: list(
                spread(roots, found, failures, lambda failure: size_of(outcome_of(failure)))
            ),
        )  # fmt: skip

    def _measure(self, roots: Sequence[int]) -> list[int | None]:
        measured: list[int | None] = self._scope.measure(self._machine.programs(roots), _is_main())
        return measured

    def _settled(
        self, roots: Sequence[int], evaluate: Callable[[Sequence[int]], T],
        fill: Callable[[T, Mapping[int, Failure]], T],
    ) -> T:  # fmt: skip
        return settled(self._machine.graph, roots, self._machine.limit_s, evaluate, fill)


def _filled(
    roots: Sequence[int], found: Verdicts, failures: Mapping[int, Failure], expected: Grid | None
) -> VerdictList:
    """The verdicts on all roots, with those on programs that were left out."""
    judged = (found[index] for index in range(len(found)))
    return VerdictList(spread(roots, judged, failures, lambda failure: judge(outcome_of(failure), expected)))


class NativeVerdicts:
    """Verdicts that stay native until one is looked at; see :class:`~arcbatt.engine.tally.Verdicts`."""

    __slots__ = ("_reader", "_verdicts")

    def __init__(self, reader: VerdictReader, verdicts: Any) -> None:
        self._reader = reader
        self._verdicts = verdicts

    @property
    def native(self) -> Any:
        """The verdicts on the other side."""
        return self._verdicts

    def __len__(self) -> int:
        return len(self._verdicts)

    def __getitem__(self, index: int, /) -> Verdict:
        return self._reader.verdict(*self._verdicts.get(index))

    def __reduce__(self) -> tuple[Any, ...]:
        _, nanoseconds = self.pack([self], [0])
        return _verdict_list, ([self[index] for index in range(len(self))], nanoseconds)

    def pack(self, rows: Sequence[Verdicts], cells: Sequence[int]) -> tuple[bytes, bytes]:
        """See :meth:`Verdicts.pack`."""
        native = [row._verdicts for row in rows if isinstance(row, NativeVerdicts)]
        if len(native) < len(rows):
            return VerdictList(self[index] for index in range(len(self))).pack(rows, cells)
        arcbatt_native = native_module()

        packed: tuple[bytes, bytes] = arcbatt_native.pack(native, cells, self._reader.graph.values.__getitem__)
        return packed

    def tally(self, rows: Sequence[Verdicts], demo_count: int) -> Tally:
        """See :meth:`Verdicts.tally`."""
        native = [row._verdicts for row in rows if isinstance(row, NativeVerdicts)]
        if len(native) < len(rows):
            return VerdictList(self[index] for index in range(len(self))).tally(rows, demo_count)
        arcbatt_native = native_module()

        return Tally(*arcbatt_native.tally(native, demo_count))


def _verdict_list(verdicts: list[Verdict], nanoseconds: bytes) -> VerdictList:
    numbers = array("Q", nanoseconds)
    return VerdictList(verdicts, numbers)


def _is_main() -> bool:
    """Whether signals arrive in this thread."""
    return threading.get_ident() == threading.main_thread().ident
