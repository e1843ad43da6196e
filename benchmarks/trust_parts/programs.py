"""Random programs in both engines: value, failure and fuel of every node; and how far limits are overshot.

Each lot runs in a child, so that an engine that crashes or hangs is counted and not suffered.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from arcbatt.engine import Limits, available_engines, select_engine
from arcbatt.program.graph import CALL, Graph
from trust_parts.counted import Counted, Options, Part

sys.path.append(str(Path(__file__).parents[2] / "tests"))
from support.programs import random_arc_grid, random_grid, random_pairs, random_program
from support.twins import Twins

__all__ = ["programs"]

FULL = 100_000
_LOT = 1_000
_IN_GRAPH = 10
"""Programs in one graph, where they share nodes."""
_FUELS = (5, 20, 60, 200, 1_000, 20_000, 200_000, 1_000_000)
_LOT_S = 600.0
"""A lot that takes longer hangs; most take seconds."""
_LIMIT_S = 0.01
_MEMORY_BYTES = 32 << 20
_LIMITED_EVERY = 10
"""One graph in so many runs again on large grids with all the fuel there is: in short time, and with little memory."""
_LARGEST = 150
"""Rows and columns of the large grids."""


@dataclass(slots=True)
class _Lot:
    """What came out of a lot.

    Attributes:
        differences: between the engines, in words.
        nodes: compared.
        late_s: by engine, the longest wall-clock seconds beyond the limit, and the CPU seconds beyond it.
        over_bytes: most bytes that the native engine took beyond the bound.
        limited: programs that were run so, by what ended the most of them.
    """

    differences: list[str] = field(default_factory=list)
    nodes: int = 0
    late_s: dict[str, tuple[float, float]] = field(default_factory=dict)
    over_bytes: int = -_MEMORY_BYTES
    limited: dict[str, int] = field(default_factory=dict)


def programs(options: Options) -> Part:
    """Compares the engines on random programs."""
    if "native" not in available_engines():
        return Part("programs", left_out=["the native engine is not installed, so there is nothing to compare"])
    agree = Counted("random programs in both engines: value, failure, fuel")
    whole = _Lot()
    for number in range(-(-options.share(FULL) // _LOT)):
        count = min(_LOT, options.share(FULL) - agree.tried)
        lot = _in_child(options.seed, number, count)
        agree.tried += count
        if isinstance(lot, str):
            agree.lost.append(f"lot {number}: {lot}")
            continue
        agree.lost += lot.differences
        _join(whole, lot)
        if number % 10 == 9:
            print(f"  {agree.line()}", flush=True)
    agree.notes.append(f"{whole.nodes:,} nodes")
    late = Counted(f"of them again on large grids with {_LIMIT_S:g} s each", sum(whole.limited.values()))
    late.notes += [
        f"{engine} at most {wall_s:.3f} s late, {cpu_s:.3f} s of CPU time"
        for engine, (wall_s, cpu_s) in sorted(whole.late_s.items())
    ]
    late.notes += [f"{kind} {count:,}" for kind, count in sorted(whole.limited.items())]
    memory = Counted(f"and with {_MEMORY_BYTES >> 20} MiB, native", late.tried)
    memory.notes.append(f"the process grew by at most {(_MEMORY_BYTES + whole.over_bytes) / (1 << 20):.1f} MiB")
    return Part("programs", [agree, late, memory])


def _join(whole: _Lot, lot: _Lot) -> None:
    whole.nodes += lot.nodes
    whole.over_bytes = max(whole.over_bytes, lot.over_bytes)
    for engine, late in lot.late_s.items():
        held = whole.late_s.get(engine, (0.0, 0.0))
        whole.late_s[engine] = (max(held[0], late[0]), max(held[1], late[1]))
    for kind, count in lot.limited.items():
        whole.limited[kind] = whole.limited.get(kind, 0) + count


def _in_child(seed: int, number: int, count: int) -> _Lot | str:
    """What a lot gives, or how its process died."""
    fork = multiprocessing.get_context("fork")
    mine, its = fork.Pipe(duplex=False)
    child = fork.Process(target=_lot, args=(seed, number, count, its))
    child.start()
    its.close()
    try:
        if mine.poll(_LOT_S):
            found: _Lot = mine.recv()
            child.join()
            return found
        child.kill()
        return f"not done within {_LOT_S:g} s"
    except EOFError:
        child.join()
        return f"the process died with status {child.exitcode}"


def _lot(seed: int, number: int, count: int, said: Connection) -> None:
    rng = random.Random(f"{seed} programs {number}")
    found = _Lot()
    for turn, (graph, variables, programs) in enumerate(_graphs(rng, count)):
        fuel = rng.choice(_FUELS)
        roots = [node for node in range(len(graph)) if graph.kinds[node] == CALL]
        found.nodes += len(roots)
        difference = Twins(Limits(fuel=fuel)).difference(graph, roots, **variables)
        if difference is not None:
            found.differences.append(f"fuel {fuel}: {difference}")
        if turn % _LIMITED_EVERY == 0:
            _limited(found, graph, {name: _large(rng) for name in "IC"} | {"S": random_pairs(rng, _large)}, programs)
    said.send(found)
    said.close()


def _graphs(rng: random.Random, count: int) -> Iterator[tuple[Graph, dict[str, Any], list[int]]]:
    """Graphs of a few random programs each, with what their variables are bound to and the programs' roots."""
    while count > 0:
        graph = Graph()
        number = min(count, _IN_GRAPH)
        roots = [random_program(rng, graph, rng.randint(1, 9), "ISC") for _ in range(number)]
        count -= number
        yield graph, {"I": _grid(rng), "S": random_pairs(rng, _grid), "C": _grid(rng)}, roots


def _grid(rng: random.Random) -> tuple[tuple[int, ...], ...]:
    """Mostly a small grid."""
    return random_arc_grid(rng, rng.choice([10, 30])) if rng.random() < 0.3 else random_grid(rng, rng.choice([3, 8, 8]))


def _large(rng: random.Random) -> tuple[tuple[int, ...], ...]:
    """A grid that no task has: 25 times the cells of the largest, so that some calls take longer than they may."""
    return random_arc_grid(rng, _LARGEST) if rng.random() < 0.5 else random_grid(rng, _LARGEST)


def _limited(found: _Lot, graph: Graph, variables: dict[str, Any], roots: list[int]) -> None:
    """Runs programs one by one with all the fuel and little time, then with little memory."""
    for name in ("python", "native"):
        scope = select_engine(name, Limits(timeout_s=_LIMIT_S)).open(graph).bind(**variables)
        for root in roots:
            wall_s, cpu_s = time.perf_counter(), time.process_time()
            (outcome,) = scope.run([root])
            late = (time.perf_counter() - wall_s - _LIMIT_S, time.process_time() - cpu_s - _LIMIT_S)
            held = found.late_s.get(name, (0.0, 0.0))
            found.late_s[name] = (max(held[0], late[0]), max(held[1], late[1]))
            if name == "native":
                kind = "with a value" if outcome.failure is None else f"{outcome.failure.kind}"
                found.limited[kind] = found.limited.get(kind, 0) + 1
    scope = select_engine("native", Limits(timeout_s=10.0, memory_bytes=_MEMORY_BYTES)).open(graph).bind(**variables)
    before = _reset_peak()
    for root in roots:
        scope.judge([root], None)
    found.over_bytes = max(found.over_bytes, _memory("VmHWM") - before - _MEMORY_BYTES)


def _reset_peak() -> int:
    """Begins to measure the peak anew; bytes in use now."""
    fd = os.open("/proc/self/clear_refs", os.O_WRONLY)
    os.write(fd, b"5")
    os.close(fd)
    return _memory("VmRSS")


def _memory(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    raise LookupError(name)
