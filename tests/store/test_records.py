from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import begin, differ, digest, key, md5_of, result, solver, task_record, verdict

from arcbatt.engine.outcome import Failure, FailureKind
from arcbatt.engine.verdict import Verdict
from arcbatt.errors import InputError
from arcbatt.results import ProgramResult, TaskKey, TaskTable
from arcbatt.store import DifferScoreRecord, LineageRecord, ProgramRecord, RunStart, ScoreRecord, TaskRecord, open_store

MD5S = ["", "x" * 32, "A" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n", "../../../etc/passwd", None, 7]

names = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20)
counts = st.integers(0, 2**63 - 1)
digests = st.text("0123456789abcdef", max_size=32)
messages = st.text(st.characters(categories=["L", "N", "P"]), max_size=300)


@st.composite
def task_records(draw: st.DrawFn) -> TaskRecord:
    task = TaskKey(md5_of(draw(names)), draw(names), draw(st.integers(1, 9)), draw(st.integers(0, 3)))
    solvers, differs = draw_programs(draw, "solver"), draw_programs(draw, "differ")
    results = tuple(draw_result(draw, program, task) for program in solvers)
    pairs = draw(st.lists(st.tuples(st.sampled_from(solvers), st.sampled_from(differs)), unique=True, max_size=4)) if (
        solvers and differs
    ) else []
    maybe = st.none() | counts
    differ_scores = [
        DifferScoreRecord(
            task.digest, s.md5, d.md5, draw(maybe), draw(maybe), draw(st.none() | st.integers(-9, 30))
        )
        for s, d in pairs
    ]
    summary = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
    return TaskRecord(task, (*solvers, *differs), results, tuple(differ_scores), summary)


def draw_result(draw: st.DrawFn, program: ProgramRecord, task: TaskKey) -> ProgramResult:
    cells = tuple(draw(st.integers(1, 900)) for _ in range(task.demo_count))
    demo = tuple(draw_verdict(draw, expected) for expected in cells)
    test = tuple(draw_verdict(draw, None) for _ in range(task.test_count))
    seconds = draw(st.none() | st.floats(0, 1e9))
    return ProgramResult(program.md5, draw(names), program.size, demo, test, cells, seconds)


def draw_verdict(draw: st.DrawFn, cells: int | None) -> Verdict:
    fuel = draw(st.integers(0, 2**59))
    if draw(st.booleans()):
        failure = Failure(draw(st.sampled_from(FailureKind)), draw(st.integers(0, 99)), draw(names), draw(messages))
        return Verdict("", False, None if cells is None else False, fuel, failure)
    right = draw(st.integers(0, cells or 0))
    is_right = None if cells is None else right == cells
    return Verdict(draw(digests), is_right is True or draw(st.booleans()), is_right, fuel, None, right)


def draw_programs(draw: st.DrawFn, kind: str) -> list[ProgramRecord]:
    texts = draw(st.lists(st.text(st.characters(exclude_categories=["Cs"])), unique=True, max_size=4))
    directions = st.none() if kind == "solver" else st.sampled_from(["iz", "zo"])
    return [
        ProgramRecord(md5_of(kind + text), kind + text, kind, draw(directions), draw(names), draw(counts))
        for text in texts
    ]


@settings(max_examples=40)
@given(task_records())
def test_what_is_saved_is_what_is_read(record: TaskRecord) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder), create=True) as store:
            store.save_task(begin(store), record)
        with open_store(Path(folder), create=False, read_only=True) as store:
            assert sorted(store.programs(), key=repr) == sorted(record.programs, key=repr)
            found = [score.result for score in store.scores(record.task.digest)]
            assert found == sorted(record.results, key=lambda result: result.rank)
            assert sorted(found, key=repr) == sorted(record.results, key=repr)  # the seconds too
            assert sorted(store.differ_scores(), key=repr) == sorted(record.differ_scores, key=repr)
            assert store.done_tasks("key") == {record.task.digest: record.summary}
            assert store.tasks() == [record.task]
            for program in record.programs:
                folder_of = Path(folder, f"{program.kind}_md5")
                assert (folder_of / f"{program.md5}.py").read_bytes() == program.text.encode()


@pytest.mark.parametrize("md5", MD5S)
def test_no_record_has_a_wrong_md5(md5: Any) -> None:
    right = solver(1).md5
    for make in (
        lambda: replace(solver(1), md5=md5),
        lambda: ScoreRecord(key("t"), replace(result(solver(1)), md5=md5)),
        lambda: DifferScoreRecord(digest("t"), md5, right, 1, 1),
        lambda: DifferScoreRecord(digest("t"), right, md5, 1, 1),
        lambda: DifferScoreRecord(md5, right, right, 1, 1),
        lambda: LineageRecord(md5, right, "m"),
        lambda: LineageRecord(right, md5, "m"),
    ):
        with pytest.raises(InputError, match="MD5"):
            make()


@pytest.mark.parametrize(
    "change",
    [
        {"text": "def solve(S, I):\n    return I\n"},
        {"text": "\ud800"},
        {"text": b""},
        {"kind": "solvers"},
        {"direction": "iz"},
        {"kind": "differ"},
        {"kind": "differ", "direction": "both"},
        {"name": ""},
        {"name": "a\x1b[31m"},
        {"name": "n" * 201},
        {"name": None},
        {"size": -1},
        {"size": True},
        {"size": 2**63},
        {"size": 1.0},
    ],
    ids=repr,
)
def test_no_program_is_out_of_bounds(change: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        replace(solver(1), **change)


def test_an_endless_text_is_refused() -> None:
    text = "#" * (4 * 1024 * 1024 + 1)
    with pytest.raises(InputError, match="at most"):
        ProgramRecord(md5_of(text), text, "solver", None, "big", 1)


RIGHT, WRONG = verdict(True), verdict(False)
FAILED = Verdict("", False, False, 0, Failure(FailureKind.ERROR, 1, "fill", "no such row"))


@pytest.mark.parametrize(
    "change",
    [
        {"demo": (RIGHT, RIGHT)},
        {"demo": ()},
        {"test": ()},
        {"cells": (10, 10)},
        {"cells": (10, 10, 0)},
        {"cells": (10, 10, 901)},
        {"cells": (10, 10, True)},
        {"cells": (11, 10, 10)},
        {"demo": (RIGHT, RIGHT, verdict(None))},
        {"demo": (RIGHT, RIGHT, verdict(True, right_cells=9))},
        {"demo": (RIGHT, RIGHT, verdict(False, right_cells=10))},
        {"demo": (RIGHT, RIGHT, verdict(False, right_cells=11))},
        {"demo": (RIGHT, RIGHT, verdict(False, right_cells=-1))},
        {"demo": (RIGHT, RIGHT, verdict(True, 2**63))},
        {"demo": (verdict(True, 2**62), verdict(True, 2**62), RIGHT)},
        {"demo": (RIGHT, RIGHT, replace(WRONG, fuel=0.5))},
        {"demo": (RIGHT, RIGHT, replace(WRONG, digest="../x"))},
        {"demo": (RIGHT, RIGHT, replace(WRONG, digest="0" * 33))},
        {"demo": (RIGHT, RIGHT, replace(WRONG, is_grid="yes"))},
        {"demo": (RIGHT, RIGHT, replace(FAILED, is_grid=True))},
        {"demo": (RIGHT, RIGHT, replace(FAILED, right_cells=1))},
        {"demo": (RIGHT, RIGHT, replace(FAILED, failure=Failure("magic", 1, "", "")))},  # type: ignore[arg-type]
        {"demo": (RIGHT, RIGHT, replace(FAILED, failure=Failure(FailureKind.ERROR, -1, "", "")))},
        {"demo": (RIGHT, RIGHT, replace(FAILED, failure=Failure(FailureKind.ERROR, 1, "", None)))},
        {"test": (replace(FAILED, is_right=True),)},
        {"seconds": -1.0},
        {"seconds": float("nan")},
        {"seconds": "1"},
        {"name": ""},
        {"name": "a\nb"},
        {"size": -1},
        {"size": None},
    ],
    ids=repr,
)
def test_no_score_is_out_of_bounds(change: dict[str, Any]) -> None:
    right = ProgramResult(solver(1).md5, "solve_1", 1, (RIGHT, RIGHT, WRONG), (RIGHT,), (10, 10, 10))
    ScoreRecord(key("t"), right)
    with pytest.raises(InputError):
        ScoreRecord(key("t"), replace(right, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"key": ""}, {"key": "k" * 201}, {"command": ""}, {"command": "a\nb"}, {"arguments": ["a"]},
        {"arguments": (1,)}, {"arguments": ("\ud800",)}, {"data": None}, {"data_revision": "\n"}, {"engine": None},
        {"versions": {"": "1"}}, {"versions": {"a": 1}},
    ],
    ids=repr,
)  # fmt: skip
def test_no_run_is_out_of_bounds(change: dict[str, Any]) -> None:
    right = RunStart("key", "run", ("--all", "a\nb"), "", "", "python", {})
    with pytest.raises(InputError):
        replace(right, **change)


def test_a_task_record_is_complete() -> None:
    record = task_record("t", [solver(1), solver(2)], [differ(1)])
    stray = DifferScoreRecord(digest("t"), solver(3).md5, differ(1).md5, 1, None)
    for change in (
        {"task": key("other")},
        {"task": key("t", demo_count=2)},
        {"summary": ""},
        {"summary": {}},
        {"table": TaskTable(b"", b"", 2)},
        {"programs": record.programs[1:]},
        {"programs": (*record.programs, solver(3))},
        {"programs": (*record.programs, solver(1))},
        {"programs": record.programs[:2]},
        {"results": record.results[1:]},
        {"results": (*record.results, record.results[0])},
        {"differ_scores": (stray,)},
        {"differ_scores": record.differ_scores * 2},
    ):
        with pytest.raises(InputError, match=r"task|samples"):
            replace(record, **change)


def test_opening_and_listing_import_no_engine_and_no_library(tmp_path: Path) -> None:
    """A start of the program should cost little: neither what evaluates nor what reads results is needed for these."""
    code = (
        "import sys; from arcbatt.store import ListQuery, open_store\n"
        "assert 'sqlite3' not in sys.modules\n"
        f"with open_store({str(tmp_path / 'ws')!r}, create=True) as store: store.list_scores(ListQuery())\n"
        "for name in ('sqlalchemy', 'msgspec', 'arcbatt.engine', 'arcbatt.arc', 'arcbatt.dsl'):\n"
        "    assert name not in sys.modules, name\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
