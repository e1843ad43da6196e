"""Tables of results: what goes in comes out, they are small, and bytes of strangers are refused or read, never more."""

from __future__ import annotations

import pickle
import random
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arcbatt.arc import load_set
from arcbatt.battery.battery import Battery
from arcbatt.engine.outcome import Failure, FailureKind
from arcbatt.engine.packed import pack
from arcbatt.engine.verdict import Verdict
from arcbatt.errors import InputError
from arcbatt.execute import InlineExecutor
from arcbatt.library import starter_solvers
from arcbatt.pipeline import run_task
from arcbatt.program.parse import parse_programs
from arcbatt.results import (
    FULL_SHARE,
    FailureGroup,
    RunProgram,
    TaskKey,
    TaskTable,
    failure_groups,
    merged_groups,
    task_table,
)
from arcbatt.runs import OpenedBattery, RunOptions
from support.tasks import battery, mirror_task
from support.twins import ENGINES

GRID = Verdict("0" * 16, True, True, 5, None, 4)
WRONG = Verdict("1" * 16, True, False, 7, None, 3)
VALUE = Verdict("", False, False, 2, None)


def table(*rows: list[Verdict], demo: int = 1) -> TaskTable:
    return TaskTable.of(pack(rows, [4] * len(rows)), b"", demo)


@pytest.fixture(scope="module", params=ENGINES)
def of_mirror(request: pytest.FixtureRequest) -> tuple[Battery, TaskTable]:
    programs, options = battery(), RunOptions(engine=request.param)
    record = run_task(programs, mirror_task(), InlineExecutor(OpenedBattery(programs, options)), options).record
    assert record is not None
    assert record.table is not None
    return programs, record.table


def test_a_table_gives_back_what_each_program_gave(of_mirror: tuple[Battery, TaskTable]) -> None:
    programs, found = of_mirror
    assert len(found) == len(programs.solvers) == len(found.seconds)
    results = {}
    for place, program in enumerate(programs.programs()):
        if program.kind == "solver":
            results[program.name] = found.result(place, RunProgram(program.md5, program.name, program.size, ""))
    assert (results["solve_mirror"].demo_right, results["solve_mirror"].test_right) == (2, 1)
    assert results["solve_from_pairs"].demo_right == 1
    assert [result.nearness for result in results.values()] == found.nearness()
    assert [result.fuel for result in results.values()] == found.fuel()
    assert [result.test_right for result in results.values()] == found.test_right()
    assert [sum(result.failures.values()) for result in results.values()] == found.failed()
    assert results["solve_fails"].failures == {"error": 3}
    assert not results["solve_number"].is_candidate


def test_failures_are_counted_by_kind_and_primitive_once_a_program(of_mirror: tuple[Battery, TaskTable]) -> None:
    programs, found = of_mirror
    names = list(programs.solvers)
    (group,) = failure_groups(found, names, "mirrored")
    assert (group.kind, group.call, group.count, group.program, group.task) == (
        "error", "first", 1, "solve_fails", "mirrored")  # fmt: skip
    assert group.message
    (twice,) = merged_groups([group, replace(group, task="other")])
    assert (twice.count, twice.task) == (2, "mirrored")
    assert found.no_grid_count() == 1  # solve_number


def test_failures_are_grouped_as_if_each_program_were_looked_at() -> None:
    rng = random.Random(5)
    kinds, calls, names = list(FailureKind), ["first", "paint", "()"], [f"solve_{n}" for n in range(200)]

    def verdict() -> Verdict:
        failure = Failure(rng.choice(kinds), rng.randint(1, 3), rng.choice(calls), rng.choice("abc"))
        return rng.choice([GRID, WRONG, VALUE, Verdict("", False, False, 1, failure)])

    rows = [[verdict() for _ in names] for _ in range(3)]
    each = []
    for name, row in zip(names, zip(*rows, strict=True), strict=True):
        place = next((place for place, verdict in enumerate(row) if verdict.failure is not None), None)
        failure = None if place is None else row[place].failure
        if place is not None and failure is not None:
            each.append(FailureGroup(failure.kind, failure.call, 1, name, "t", place, failure.step, failure.message))
    groups = failure_groups(table(*rows), names, "t")
    assert len(groups) == len(kinds) * len(calls)
    assert groups == merged_groups(each)
    assert [group.message for group in groups] == [group.message for group in merged_groups(each)]


def test_a_table_that_was_read_travels_as_small_as_before() -> None:
    found = table([GRID] * 1000, [WRONG] * 1000)
    before = pickle.dumps(found)
    assert found.test_right() == [0] * 1000
    assert pickle.dumps(found) == before
    assert pickle.loads(before).fuel() == found.fuel() == [12] * 1000


def test_columns_of_unknown_and_of_no_test_samples() -> None:
    unknown = replace(GRID, is_right=None, right_cells=0)
    assert TaskTable.of(pack([[GRID], [GRID], [unknown]], [4, 4, 0]), b"", 1).test_right() == [None]
    assert table([GRID]).test_right() == [0]


def test_a_program_that_fails_and_gives_no_grid_counts_as_failed_alone() -> None:
    failed = parse_programs("def solve_a(I):\n    return first(ofcolor(I, NINE))\n")
    programs, options = Battery.of(failed), RunOptions()
    record = run_task(programs, mirror_task(), InlineExecutor(OpenedBattery(programs, options)), options).record
    assert record is not None
    assert record.table is not None
    assert record.table.no_grid_count() == 0
    assert table([VALUE, GRID], [GRID, GRID]).no_grid_count() == 1


@settings(max_examples=300)
@given(st.data())
def test_damaged_bytes_are_refused_or_read_and_nothing_else(data: st.DataObject) -> None:
    packed = bytearray(pack([[GRID, WRONG, VALUE], [WRONG, WRONG, GRID]], [4, 4]))
    for _ in range(data.draw(st.integers(1, 4))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    found = TaskTable.of(bytes(packed[: data.draw(st.integers(0, len(packed)))] or packed), b"", 1)
    try:
        results = [found.result(place, RunProgram("a" * 32, "solve_a", 1, "")) for place in range(len(found))]
    except InputError:
        return
    for result, near in zip(results, found.nearness(), strict=True):
        assert result.nearness == near
        assert all(0 <= share <= FULL_SHARE for share in result.shares)
        assert result.demo_right == near[0]


@pytest.mark.parametrize("verdict", [
    replace(GRID, right_cells=5), replace(GRID, is_right=False), replace(WRONG, is_right=True),
    replace(WRONG, is_right=None), replace(VALUE, is_right=True), replace(VALUE, is_right=None),
])  # fmt: skip
def test_a_table_that_contradicts_itself_is_refused(verdict: Verdict) -> None:
    with pytest.raises(InputError, match="do not agree"):
        _ = table([verdict]).samples


@pytest.mark.parametrize("content", [b"", b"no zlib", zlib.compress(b"x"), zlib.compress(b"ABT1" + b"\xff" * 8)])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="table of results"):
        _ = TaskTable(content, b"", 1).samples


def test_a_few_bytes_that_stand_for_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_table, "MAX_TABLE", 10_000)
    bomb = zlib.compress(bytes(10_000_000), 9)
    with pytest.raises(InputError, match="too large"):
        _ = TaskTable(bomb, b"", 1).samples
    with pytest.raises(InputError, match="too large"):
        _ = TaskTable(table([GRID]).verdicts, bomb, 1).seconds


@pytest.mark.parametrize(("demo", "told"), [(0, "demo samples"), (3, "demo samples")])
def test_a_wrong_number_of_demo_samples_is_refused(demo: int, told: str) -> None:
    with pytest.raises(InputError, match=told):
        _ = table([GRID], [GRID], demo=demo).samples


def test_nanoseconds_of_other_programs_are_refused() -> None:
    with pytest.raises(InputError, match="2 nanoseconds for 1 programs"):
        _ = TaskTable.of(pack([[GRID]], [4]), bytes(16), 1).seconds
    with pytest.raises(InputError, match="nanoseconds"):
        _ = TaskTable.of(pack([[GRID]], [4]), bytes(5), 1).seconds
    assert list(table([GRID]).seconds) == []


def test_the_table_of_another_task_or_of_other_programs_is_refused() -> None:
    key = TaskKey("0" * 32, "a", 1, 1)
    table([GRID], [GRID]).check(key, 1)
    for wrong, programs in ((replace(key, demo_count=2), 1), (replace(key, test_count=0), 1), (key, 2)):
        with pytest.raises(InputError, match="of task a: expected"):
            table([GRID], [GRID]).check(wrong, programs)


def test_a_thousand_programs_on_four_hundred_tasks_stay_under_60_megabytes() -> None:
    """Every 40th task with all starter solvers, which give more different results than most batteries."""
    solvers = starter_solvers()
    programs, options = Battery.of(solvers), RunOptions()
    opened = OpenedBattery(programs, options)
    tasks = list(load_set().values())[::40]
    size = 0
    for task in tasks:
        record = run_task(programs, task, InlineExecutor(opened), options).record
        assert record is not None
        assert record.table is not None
        size += len(record.table.verdicts) + len(record.table.nanoseconds)
    whole = size / len(tasks) * 400 / len(programs.solvers) * 1000
    assert whole < 60_000_000, Path(__file__).name
