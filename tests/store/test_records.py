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
from store_samples import begin, differ, md5_of, score, solver, task_record

from arcbatt.errors import InputError
from arcbatt.store import DifferScoreRecord, LineageRecord, ProgramRecord, ScoreRecord, TaskRecord, open_store

MD5S = ["", "x" * 32, "A" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n", "../../../etc/passwd", None, 7]

names = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20)
counts = st.integers(0, 2**63 - 1)
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
json_data = st.recursive(
    st.none() | st.booleans() | numbers | st.text(),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(), parts, max_size=3),
    max_leaves=6,
)


@st.composite
def task_records(draw: st.DrawFn) -> TaskRecord:
    task = draw(names)
    solvers, differs = draw_programs(draw, "solver"), draw_programs(draw, "differ")
    scores = []
    for program in solvers:
        demo_count, test_count = draw(st.integers(1, 9)), draw(st.integers(0, 3))
        scores.append(
            ScoreRecord(
                task,
                program.md5,
                draw(st.integers(0, demo_count)),
                demo_count,
                draw(st.none() | st.integers(0, test_count)),
                test_count,
                draw(counts),
                draw(st.floats(0, 1e9)),
                draw(st.integers(-20, 40)),
                draw(st.dictionaries(names, counts, max_size=3)),
            )
        )
    pairs = draw(st.lists(st.tuples(st.sampled_from(solvers), st.sampled_from(differs)), unique=True, max_size=4)) if (
        solvers and differs
    ) else []
    maybe = st.none() | counts
    differ_scores = [
        DifferScoreRecord(task, s.md5, d.md5, draw(maybe), draw(maybe), draw(st.none() | st.integers(-9, 30)))
        for s, d in pairs
    ]
    summary = draw(st.dictionaries(st.text(), json_data, max_size=3))
    return TaskRecord(task, (*solvers, *differs), tuple(scores), tuple(differ_scores), summary)


def draw_programs(draw: st.DrawFn, kind: str) -> list[ProgramRecord]:
    texts = draw(st.lists(st.text(st.characters(exclude_categories=["Cs"])), unique=True, max_size=4))
    directions = st.none() if kind == "solver" else st.sampled_from(["iz", "zo"])
    return [
        ProgramRecord(md5_of(kind + text), kind + text, kind, draw(directions), draw(names), draw(counts))
        for text in texts
    ]


@settings(max_examples=40, deadline=None)
@given(task_records())
def test_what_is_saved_is_what_is_read(record: TaskRecord) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder), create=True) as store:
            store.save_task(begin(store), record)
        with open_store(Path(folder), create=False, read_only=True) as store:
            assert sorted(store.programs(), key=repr) == sorted(record.programs, key=repr)
            assert sorted(store.scores(record.task), key=repr) == sorted(record.scores, key=repr)
            assert sorted(store.differ_scores(), key=repr) == sorted(record.differ_scores, key=repr)
            assert store.done_tasks("key") == {record.task: record.summary}
            for program in record.programs:
                folder_of = Path(folder, f"{program.kind}_md5")
                assert (folder_of / f"{program.md5}.py").read_bytes() == program.text.encode()


@pytest.mark.parametrize("md5", MD5S)
def test_no_record_has_a_wrong_md5(md5: Any) -> None:
    right = solver(1).md5
    for make in (
        lambda: replace(solver(1), md5=md5),
        lambda: replace(score("t", solver(1)), md5=md5),
        lambda: DifferScoreRecord("t", md5, right, 1, 1),
        lambda: DifferScoreRecord("t", right, md5, 1, 1),
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


@pytest.mark.parametrize(
    "change",
    [
        {"demo_right": 4},
        {"demo_right": -1},
        {"demo_right": None},
        {"demo_count": 0, "demo_right": 0},
        {"test_right": 2},
        {"test_count": "1"},
        {"fuel": 2**63},
        {"fuel": 0.5},
        {"seconds": -1.0},
        {"seconds": float("nan")},
        {"seconds": "1"},
        {"t_log": 10**9},
        {"failures": {"error": -1}},
        {"failures": ["error"]},
        {"failures": {"": 1}},
        {"task": ""},
        {"task": "a\nb"},
    ],
    ids=repr,
)
def test_no_score_is_out_of_bounds(change: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        replace(score("t", solver(1)), **change)


def test_a_task_record_is_complete() -> None:
    record = task_record("t", [solver(1), solver(2)], [differ(1)])
    stray = DifferScoreRecord("t", solver(3).md5, differ(1).md5, 1, None)
    for change in (
        {"task": "other"},
        {"programs": record.programs[1:]},
        {"programs": (*record.programs, solver(3))},
        {"programs": (*record.programs, solver(1))},
        {"programs": record.programs[:2]},
        {"scores": record.scores[1:]},
        {"scores": (*record.scores, record.scores[0])},
        {"differ_scores": (stray,)},
        {"differ_scores": record.differ_scores * 2},
    ):
        with pytest.raises(InputError, match="task"):
            replace(record, **change)


def test_the_package_does_not_import_the_database_library() -> None:
    code = "import sys, arcbatt.store; sys.exit('sqlalchemy' in sys.modules or 'sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
