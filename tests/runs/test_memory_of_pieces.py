"""What many programs take, counted in bytes: linear in their number, and in pieces a fraction of the whole."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from arcbatt.arc import Sample, Task, TaskSet
from arcbatt.battery import Battery, load_programs
from arcbatt.errors import InputError
from arcbatt.execute import InlineExecutor
from arcbatt.pipeline import run as run_module
from arcbatt.pipeline import run_battery, run_task
from arcbatt.results import task_table
from arcbatt.runs import OpenedBattery, RunOptions
from arcbatt.runs.pieces import pieces_of
from arcbatt.store import open_store
from support.tasks import battery, mirror_task

COLORS = ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"]
FEW, MANY = 150, 600
PIECE = 60


def programs(count: int) -> str:
    """Programs that share much: each exchanges colors by the digits of its number."""
    texts = []
    for number in range(count):
        lines = [f"def solve_{number}(I):", "    x0 = vmirror(I)"]
        for place, digit in enumerate(f"{number:04}", 1):
            lines.append(f"    x{place} = switch(x{place - 1}, {COLORS[place]}, {COLORS[int(digit)]})")
        texts.append("\n".join([*lines, "    return x4", ""]))
    return "\n".join(texts)


class Counted:
    held = 0
    peak = 0


@contextmanager
def counted() -> Iterator[Counted]:
    """Bytes that Python's allocator gave out meanwhile: those still held at the end, and the most at a time."""
    found = Counted()
    tracemalloc.start()
    try:
        yield found
        gc.collect()  # what waits for the collector is held by nobody; when it last ran depends on the tests before
        found.held, found.peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()


def of_sizes(measure: Callable[[int], int]) -> tuple[int, int]:
    measure(20)  # what is made once
    return measure(FEW), measure(MANY)


def test_loading_and_merging_hold_memory_in_proportion_to_the_programs(tmp_path: Path) -> None:
    def measure(count: int) -> int:
        path = tmp_path / f"{count}.py"
        path.write_text(programs(count))
        with counted() as found:
            merged = Battery.of(load_programs(path))
        assert len(merged.solvers) == count
        return found.held

    few, many = of_sizes(measure)
    assert many < 4.4 * few
    assert many < MANY * 6_000


def test_pieces_take_thirty_bytes_a_node() -> None:
    options = RunOptions(piece_nodes=PIECE)
    for count in (FEW, MANY):
        pieces = pieces_of(battery(programs(count)), options)
        nodes = sum(len(piece.graph) for piece in pieces)
        assert len(pieces) > count // PIECE
        assert sum(piece.graph.bytes for piece in pieces) < 40 * nodes


def test_a_task_in_pieces_takes_less_than_the_whole_and_little_a_program() -> None:
    """Of the python engine, all of whose memory Python counts."""

    def measure(count: int, nodes: int | None) -> int:
        many, options = battery(programs(count)), RunOptions(engine="python", piece_nodes=nodes)
        pieces_of(many, options)
        opened = OpenedBattery(many, options)
        with counted() as found:
            record = run_task(many, large, InlineExecutor(opened), options).record
        assert record is not None
        return found.peak

    grid = tuple(tuple((row * column) % 10 for column in range(20)) for row in range(20))
    sample = Sample(grid, tuple(row[::-1] for row in grid))
    large = Task("large", (sample, sample), (sample,))

    few, many = of_sizes(lambda count: measure(count, PIECE))
    assert many < 4.4 * few
    assert (many - few) / (MANY - FEW) < 2_500
    assert many < 0.4 * measure(MANY, None)


def test_more_programs_than_a_table_can_have_are_refused_before_anything_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = mirror_task()
    tasks = TaskSet("one", [task.id], {task.id: task}.__getitem__, lambda: "-")
    monkeypatch.setattr(run_module, "MAX_TABLE", 100)
    with open_store(tmp_path, create=True) as store:
        with pytest.raises(InputError, match="hand in fewer programs at a time"):
            run_battery(battery(), tasks, RunOptions(jobs=1), store)
        assert store.runs() == []
    monkeypatch.setattr(task_table, "MAX_TABLE", 100)
    with pytest.raises(InputError, match="GiB are read"):
        task_table.TaskTable.of(b"\0" * 101, b"", 1)
