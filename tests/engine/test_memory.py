"""Hostile programs stay within the bound on memory of the native engine: what it counts, and what the system says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Sample
from arcbatt.engine import Limits, select_engine
from arcbatt.program.parse import parse_programs
from support.hostile import hostile_texts
from support.twins import needs_native

pytestmark = needs_native

MIB = 1024**2
STEPS = 40
PROGRAMS = hostile_texts(STEPS)
GRID = tuple(tuple((7 * row + column * column) % 10 for column in range(30)) for row in range(30))


def judged(body: str, bound: int, samples: int = 1) -> tuple[list[str], int]:
    """How a program ends on each of some samples, and the most that it had allocated meanwhile."""
    import arcbatt_native

    (program,) = parse_programs(f"def solve(I):\n{body}")
    engine = select_engine("native", Limits(fuel=10**9, timeout_s=60, memory_bytes=bound))
    scope = engine.open(program.graph).bind(S=())
    arcbatt_native.memory_counts()
    before = arcbatt_native.memory_counts()[0]
    grids = [GRID[number:] + GRID[:number] for number in range(samples)]
    rows = scope.judge_samples([program.root], [Sample(grid, None) for grid in grids])
    peak = arcbatt_native.memory_counts()[1] - before
    failures = [verdicts[0].failure for verdicts, _ in rows]
    return ["ok" if failure is None else str(failure.kind) for failure in failures], peak


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_what_is_counted_stays_within_the_bound(name: str) -> None:
    for bound in (16 * MIB, 40 * MIB):
        ends, peak = judged(PROGRAMS[name], bound)
        assert peak <= 1.1 * bound, (ends, bound)


def test_the_programs_want_more_than_there_is() -> None:
    ends = [judged(body, 16 * MIB)[0][0] for body in PROGRAMS.values()]
    assert ends.count("memory") >= len(ends) // 2


def test_samples_do_not_add_up() -> None:
    """What a program keeps on one sample is free again on the next, or counted."""
    ends, peak = judged(hostile_texts(2)["sets on each sample"], 48 * MIB, samples=5)
    assert ends == ["ok"] * 5
    assert peak <= 1.1 * 48 * MIB


def test_what_earlier_programs_keep_makes_room_for_later_ones() -> None:
    """Two programs that fit one at a time, not at once, in a scope that keeps what both made."""
    graph_text = "def solve_a(I):\n{}def solve_b(I):\n{}"
    text = graph_text.format(hostile_texts(2)["sets of one"], hostile_texts(2)["tuples of one"])
    a, b = parse_programs(text)
    assert a.graph is b.graph
    alone = max(judged(hostile_texts(2)[name], 1024 * MIB)[1] for name in ("sets of one", "tuples of one"))
    scope = select_engine("native", Limits(fuel=10**9, memory_bytes=int(1.1 * alone))).open(a.graph).bind(S=())
    for _ in range(2):
        for program in (a, b):
            rows = scope.judge_samples([program.root], [Sample(GRID, None)])
            assert rows[0][0][0].failure is None


CHILD = """
import json, sys
sys.path.insert(0, {tests!r})
from support.items import memory_status
from test_memory import PROGRAMS, judged
before = memory_status("VmRSS")
for name in {names!r}:
    judged(PROGRAMS[name], {bound})
print(json.dumps(memory_status("VmHWM") - before))
"""


def peak_of_child(names: list[str], bound: int) -> int:
    """The most resident memory of a process that evaluates these programs one after the other, over what it had."""
    tests = Path(__file__).resolve().parent
    code = CHILD.format(tests=str(tests.parent), names=names, bound=bound)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\nsys.path.insert(0, {str(tests)!r})\n{code}"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: Any = json.loads(done.stdout)
    return int(told)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell a process's peak")
def test_what_the_system_counts_stays_within_the_bound() -> None:
    names = ["long tuples", "sets of one", "rows of large numbers", "sorted by large keys"]
    bound = 256 * MIB
    assert peak_of_child(names, bound) <= 1.1 * bound
