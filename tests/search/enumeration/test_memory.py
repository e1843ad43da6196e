"""The memory of an enumeration is counted, and its bound ends the search at the same expression everywhere."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from arcbatt.arc import load_set
from arcbatt.execute import Item, PoolExecutor
from arcbatt.search.enumeration import EndReason, Enumeration, EnumerationLimits, EnumerationReport
from support import items
from support.twins import needs_native

pytestmark = needs_native

MIB = 1024**2
TASKS = ("007bbfb7", "25d487eb")


def limits_of(memory_bytes: int) -> EnumerationLimits:
    return EnumerationLimits(nodes=None, answers=None, memory_bytes=memory_bytes)


@pytest.mark.parametrize("task_id", TASKS)
@pytest.mark.parametrize("bound", [6 * MIB, 12 * MIB])
def test_what_it_says_is_what_the_allocator_has_in_use(task_id: str, bound: int) -> None:
    import arcbatt_native

    task = load_set()[task_id].challenge
    arcbatt_native.memory_counts()
    before = arcbatt_native.memory_counts()[0]
    search = Enumeration(task, limits_of(bound))
    for _ in search:
        pass
    now, peak = arcbatt_native.memory_counts()
    report = search.report
    assert report.end == EndReason.MEMORY
    assert report.memory_bytes == pytest.approx(now - before, rel=0.1)
    assert peak - before <= 1.1 * bound
    assert report.memory_bytes >= bound / 3  # a table that grows takes twice as much at once
    del search
    assert arcbatt_native.memory_counts()[0] - before < bound / 10


def told(report: EnumerationReport) -> EnumerationReport:
    return replace(report, seconds=0.0)


def test_it_ends_at_the_same_expression_however_it_is_called() -> None:
    task = load_set()[TASKS[0]].challenge
    limits = limits_of(6 * MIB)
    whole = Enumeration(task, limits)
    found = [item.program.text for item in whole]
    assert whole.report.end == EndReason.MEMORY

    sliced, parts = Enumeration(task, limits), []
    while sliced.report.end is None:
        parts += [item.program.text for item in sliced.advance(997)]
    assert parts == found
    assert told(sliced.report) == told(whole.report)

    in_thread: list[Any] = []

    def work() -> None:
        search = Enumeration(task, limits)
        in_thread.extend([[item.program.text for item in search], told(search.report)])

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert in_thread == [found, told(whole.report)]


def test_one_and_two_jobs_give_the_same() -> None:
    work = [Item(task_id, items.enumerate_within, (task_id, 4 * MIB)) for task_id in (*TASKS, "4258a5f9")]
    found = []
    for jobs in (1, 2):
        with PoolExecutor(items.make_state, jobs=jobs) as pool:
            results = {result.key: result.value for result in pool.run(work)}
        found.append([results[item.key] for item in work])
    assert found[0] == found[1]
    assert all(report.end == EndReason.MEMORY for _, report in found[0])
    assert any(programs for programs, _ in found[0])
