"""The native engine of arcbatt. Its Python side is ``arcbatt``; nothing here is meant to be called by anyone else.

*Functions* says how functions of the DSL look in Python (``arcbatt.dsl.closures.PLAIN``). *Programs* are nodes of a
graph that were made ready to run. ``is_main`` says that the main thread calls, which looks for Ctrl-C meanwhile.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, final

__version__: str

_Failure: TypeAlias = tuple[str, int, int | None, str]
"""Kind, step, node of the callee, message."""
_Verdict: TypeAlias = tuple[int | None, bool, bool | None, int, _Failure | None, int]
"""Digest, is a grid, is right, fuel, failure, right cells."""
_Outcome: TypeAlias = tuple[Any, _Failure | None, int]
"""Value, failure, fuel."""
_Node: TypeAlias = tuple[int, Any, list[int]]
"""Kind, name or value, operands."""
_Answer: TypeAlias = tuple[list[_Node], int, int, str]
"""Nodes, the one that is returned, cost, goal."""
_Report: TypeAlias = tuple[int, int, int, int, int, int, float, int, int, str | None]
"""Applied, unique, duplicates, failed, fuel, answers, seconds, bytes, cost, end."""
_Limits: TypeAlias = tuple[int | None, int | None, int, float | None, int | None, int | None, int | None]
"""Nodes, fuel, fuel of a node, seconds, bytes, answers, cost; None for no limit."""
_Segment: TypeAlias = tuple[int, list[tuple[int, int]], bool, int, int]
"""Production, places of the entries by argument, whether symmetric arguments have one cost, first one, how many."""
_Wanted: TypeAlias = tuple[list[_Segment], bool, bytes, bytes, list[tuple[int, bytes]]]
"""Segments, whether what is new is kept, keys, records, by kind the references to new entries."""
_Columns: TypeAlias = tuple[
    list[bool], list[int], list[int | None], list[int], list[int], list[bool], list[list[int]]
]
"""Gives a grid, demo right, test right, fuel, outcome class, cut off, right cells by demo sample."""

@final
class Stop:
    """Ends what runs with it, from any thread."""

    def __new__(cls) -> Stop: ...
    def set(self) -> None: ...

@final
class Value:
    """A value of the DSL on the native side."""

    def __new__(cls, value: Any, functions: Any) -> Value: ...

@final
class Programs:
    """Nodes of a graph, ready to run."""

@final
class Verdicts:
    """The verdicts on some programs on one sample."""

    def __len__(self) -> int: ...
    def get(self, index: int) -> _Verdict: ...

@final
class Gathering:
    """Verdicts on parts of many programs on one sample, put together."""

    def __new__(cls, count: int) -> Gathering: ...
    def add(self, part: Verdicts, places: Sequence[int], nodes: Sequence[int]) -> None: ...
    def known(self) -> list[tuple[int, _Verdict]]: ...
    def finish(self) -> Verdicts: ...

@final
class SeedPlaces:
    """Where in a block of packed values those of some nodes stand."""

    def __new__(cls, nodes: bytes, offsets: bytes) -> SeedPlaces: ...

@final
class Graph:
    """A graph with its limits."""

    def __new__(
        cls,
        functions: Any,
        fuel: int,
        timeout_s: float | None,
        memory_bytes: int | None,
        stop: Stop,
        call_memo: tuple[int, bool] | None = None,
    ) -> Graph: ...
    def __len__(self) -> int: ...
    def extend(
        self, kinds: Sequence[int], levels: Sequence[int], operands: Sequence[Sequence[int]], values: Sequence[Any]
    ) -> None: ...
    def programs(self, roots: Sequence[int]) -> Programs: ...
    def remembered_calls(self) -> tuple[int, int, int, int]: ...
    def scope(self) -> Scope: ...

@final
class Scope:
    """A graph with some variables bound."""

    def bind(self, variables: Sequence[tuple[int, Value]]) -> Scope: ...
    def run(self, programs: Programs, cautious: bool, is_main: bool) -> tuple[_Outcome, ...]: ...
    def judge(self, programs: Programs, expected: Value | None, cautious: bool, is_main: bool) -> Verdicts: ...
    def judge_samples(
        self,
        programs: Programs,
        samples: Sequence[tuple[Value, Value | None]],
        cautious: bool,
        is_main: bool,
        seeds: Sequence[tuple[SeedPlaces, bytes] | None] | None = None,
    ) -> list[tuple[Verdicts, float]]: ...
    def seed(self, packed: tuple[SeedPlaces, bytes]) -> None: ...
    def judge_one(self, program: Programs, expected: Value | None, is_main: bool) -> tuple[_Verdict, Any]: ...
    def measure(self, programs: Programs, is_main: bool) -> list[int | None]: ...

@final
class Search:
    """An enumeration for one task."""

    def __new__(
        cls,
        functions: Any,
        kinds: Sequence[tuple[str, bool]],
        leaves: Sequence[tuple[bool, Any, int, int]],
        productions: Sequence[tuple[str, Sequence[int], int, int, tuple[int, int] | None, bool]],
        limits: _Limits,
        outputs: Sequence[Value],
        inputs: Sequence[Value],
        stop: Stop,
    ) -> Search: ...
    def __len__(self) -> int: ...
    def advance(self, most_nodes: int, is_main: bool) -> list[_Answer]: ...
    def add_fragments(self, scope: Scope, programs: Programs, costs: Sequence[int]) -> None: ...
    def report(self) -> _Report: ...
    def entry(self, number: int) -> tuple[list[_Node], int, int, list[Any] | None]: ...
    def partial_fits(self) -> list[tuple[int, int]]: ...
    def near_misses(self) -> list[_Answer]: ...
    def work_in_bulk(self, rules: Sequence[bool], least: int, most: int) -> None: ...
    def is_waiting(self) -> bool: ...
    def wanted(self) -> _Wanted | None: ...
    def give(self, outcomes: bytes, sizes: bytes, fits: bytes, values: bytes, home: int) -> None: ...
    def want_less(self) -> bool: ...
    def give_up(self) -> None: ...

def add_primitive(name: str, arity: int, functions: Any, call: Callable[..., Any]) -> int: ...
def call(name: str, arguments: tuple[Any, ...], functions: Any, fuel: int) -> tuple[str, Any, int]: ...
def memory_counts() -> tuple[int, int]: ...
def pack(rows: Sequence[Verdicts], cells: Sequence[int], name_of: Callable[[int], Any]) -> tuple[bytes, bytes]: ...
def primitives() -> list[tuple[str, int]]: ...
def tally(rows: Sequence[Verdicts], demo_count: int) -> _Columns: ...
def work(name: str, arguments: tuple[Any, ...], functions: Any) -> int: ...
