"""Which nodes of a graph a device evaluates: those with a kernel for the forms of their arguments, level by level.

The form of a node is known before anything runs: the input is a grid, constants are what they are, and a kernel says
what it gives. A node without a kernel, and what needs its value, is the native engine's.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Final

from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine.cuda.coverage import MOST_ARGUMENTS, Kernel, functions, kernels_by_call
from arcbatt.engine.cuda.layout import SLOT_BYTES, pack_function, pack_value
from arcbatt.engine.packed import little_endian
from arcbatt.program.graph import CALL, CONSTANT, DEPENDS_I, PRIMITIVE, VARIABLE, Graph

__all__ = ["CALL_BYTES", "NATIVE_S", "Plan", "make_plan", "pack_call"]

_call = Struct(f"<qqq{MOST_ARGUMENTS}q")
CALL_BYTES: Final = _call.size
"""Bytes of a packed call."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The part of some programs that a device evaluates, for any number of inputs.

    The block of a sample begins with the slot of its input; each call has a slot of its own in it.

    Attributes:
        calls: packed calls, those of a level side by side.
        levels: number of calls in each level; a call uses results of earlier levels only.
        block_bytes: bytes of the block of a sample.
        shared: the block of constants, the same for all samples.
        nodes: nodes whose values the native engine can take, as 32-bit numbers; those that depend on the input alone
            and are no functions.
        offsets: for each the offset of its slot in a block, as 64-bit numbers.
        native_calls: how many calls the native engine is spared on one sample, by the form of the result; a heavy one
            counts as the cheap ones that it takes as long as.
    """

    calls: bytes
    levels: tuple[int, ...]
    block_bytes: int
    shared: bytes
    nodes: bytes
    offsets: bytes
    native_calls: Mapping[str, float]

    @property
    def call_count(self) -> int:
        """Number of calls."""
        return sum(self.levels)


NATIVE_S: Final[Mapping[str, float]] = {"N": 50e-9, "G": 300e-9, "M": 400e-9, "O": 400e-9, "S": 400e-9}
"""Seconds of a cheap call in the native engine by the form of its result: estimates, for grids of 15 x 15."""
_HEAVY_S: Final = {
    "countaround": 1e-6, "firstseen": 2e-6, "flooded": 1e-6, "nearestcolors": 6e-6, "occurrences": 1e-6,
    "seendistance": 2e-6,
}  # fmt: skip
"""Those of primitives that take longer."""


def pack_call(kernel: int, result: int, arguments: Sequence[int]) -> bytes:
    """A call of a kernel: the offsets of slots in a sample's block, or the complement of one in the shared block."""
    unused = [0] * (MOST_ARGUMENTS - len(arguments))
    return _call.pack(kernel, len(arguments), result, *arguments, *unused)


def _weight(kernel: Kernel) -> float:
    """How many cheap calls one takes as long as."""
    cheap_s = NATIVE_S[kernel.gives]
    return _HEAVY_S.get(kernel.primitive, cheap_s) / cheap_s


def make_plan(graph: Graph, roots: Iterable[int]) -> Plan:
    """The plan for some programs of a graph, given by their roots. A function of its arguments."""
    return _Planner(graph).plan(_reached(graph, roots))


def _reached(graph: Graph, roots: Iterable[int]) -> list[int]:
    """The nodes that some roots are made of, in the graph's order: operands before what uses them."""
    seen = set(roots)
    stack = list(seen)
    while stack:
        for operand in graph.operands[stack.pop()]:
            if operand not in seen:
                seen.add(operand)
                stack.append(operand)
    return sorted(seen)


class _Planner:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._forms: dict[int, str] = {}
        self._offsets: dict[int, int] = {}
        self._levels: dict[int, int] = {}
        self._shared = bytearray()
        self._end = 0
        self._calls: list[list[tuple[int, Kernel]]] = []

    def plan(self, nodes: Sequence[int]) -> Plan:
        """The plan for these nodes, operands before what uses them."""
        self._place_input()
        for node in nodes:
            kind = self._graph.kinds[node]
            if kind == VARIABLE and self._graph.values[node] == "I":
                self._forms[node], self._offsets[node], self._levels[node] = "G", 0, 0
            elif kind == CONSTANT:
                self._place_constant(node)
            elif kind == CALL:
                self._place_call(node)
        return self._packed()

    def _place_input(self) -> None:
        self._end = SLOT_BYTES["G"]

    def _place_constant(self, node: int) -> None:
        packed = pack_value(self._graph.values[node])
        if packed is not None:
            self._share(node, *packed)

    def _place_functions(self, arguments: Sequence[int]) -> None:
        """Places primitives that a call is handed as functions, as far as devices know them."""
        for node in arguments:
            number = functions().get(self._graph.values[node]) if self._is_own(node) else None
            if number is not None and node not in self._forms:
                self._share(node, "P", pack_function(number))

    def _is_own(self, node: int) -> bool:
        """Whether a node is a primitive of the DSL, not a user's."""
        return self._graph.kinds[node] == PRIMITIVE and REGISTRY[self._graph.values[node]].theme != "user"

    def _share(self, node: int, form: str, slot: bytes) -> None:
        self._forms[node], self._levels[node] = form, 0
        self._offsets[node] = ~len(self._shared)
        self._shared += slot.ljust(SLOT_BYTES[form], b"\0")

    def _place_call(self, node: int) -> None:
        callee, *arguments = self._graph.operands[node]
        if not self._is_own(callee):
            return
        self._place_functions(arguments)
        if not all(argument in self._forms for argument in arguments):
            return
        takes = "".join(self._forms[argument] for argument in arguments)
        kernel = kernels_by_call().get((self._graph.values[callee], takes))
        if kernel is None:
            return
        level = max(self._levels[argument] for argument in arguments)
        self._forms[node], self._levels[node], self._offsets[node] = kernel.gives, level + 1, self._end
        self._end += SLOT_BYTES[kernel.gives]
        if level == len(self._calls):
            self._calls.append([])
        self._calls[level].append((node, kernel))

    def _packed(self) -> Plan:
        calls = bytearray()
        seeds, offsets = array("I"), array("Q")
        spared: defaultdict[str, float] = defaultdict(float)
        for level in self._calls:
            # Calls of one kernel stand side by side, so that neighbours on the device do the same.
            for node, kernel in sorted(level, key=lambda call: (call[1].number, call[0])):
                arguments = [self._offsets[argument] for argument in self._graph.operands[node][1:]]
                calls += pack_call(kernel.number, self._offsets[node], arguments)
                if self._graph.levels[node] == DEPENDS_I and kernel.gives not in "PF":
                    seeds.append(node)
                    offsets.append(self._offsets[node])
                    spared[kernel.gives] += _weight(kernel)
        return Plan(
            bytes(calls), tuple(map(len, self._calls)), self._end, bytes(self._shared),
            little_endian("I", seeds), little_endian("Q", offsets), dict(spared),
        )  # fmt: skip
