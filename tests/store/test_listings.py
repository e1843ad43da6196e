"""Listings: what the database filters and sorts equals what Python does with the records."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import begin, differ, failed, key, result, solver, verdict

from arcbatt.errors import InputError
from arcbatt.results import ProgramResult, TaskKey
from arcbatt.store import ListQuery, ProgramRow, ScoreRow, SortKey, Store, TaskRecord, TaskRow, open_store
from arcbatt.store.records.list_rows import PROGRAM_COLUMNS, SCORE_COLUMNS, TASK_COLUMNS

NAMES = ("solve_a", "solve_B", "solve_ab", "ü", "100%_*")
PROGRAMS = [solver(number, name=NAMES[number % 5], size=number % 3) for number in range(8)]
TASKS = [key("t1"), key("t2"), key("T1"), key("t1", samples="other"), key("a_b")]


@pytest.fixture(scope="module")
def filled() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder), create=True) as store:
        fill(store)
        yield store


def fill(store: Store) -> None:
    run = begin(store)
    store.add_programs([differ(1), solver(99, name="unscored"), solver(3, name="another name")])
    store.name_tasks([*TASKS, key("b second name", samples="t1"), key("unscored task")])
    for number, task in enumerate(TASKS):
        results = [outcome(number, place) for place in range(len(PROGRAMS)) if (number + place) % 3]
        programs = tuple(program for program in PROGRAMS if program.md5 in {found.md5 for found in results})
        store.save_task(run, TaskRecord(task, programs, tuple(results), (), "{}"))


def outcome(number: int, place: int) -> ProgramResult:
    """Results with much that is equal and some that is unknown."""
    program, right = PROGRAMS[place], (number * place) % 4
    if (number, place) == (1, 6):
        demo = (failed(), failed(), verdict(False, 10, right_cells=3))
        return ProgramResult(program.md5, "x", program.size, demo, (failed(),), (10, 7, 900), None)
    test_right = (True, False, None)[(number + place) % 3]
    seconds = None if place == 4 else 0.1 * place
    cells = place if right < 3 else 0
    return result(program, right, 100 * (place % 2), cells=cells, test_right=test_right, seconds=seconds)


def names_of(store: Store, md5: str) -> list[str]:
    return store.names(md5)


def fits(word: str | None, names: list[str]) -> bool:
    if word is None:
        return True
    pattern = re.compile(".*".join(map(re.escape, word.split("*"))), re.DOTALL)
    return any(pattern.fullmatch(name) for name in names)


def in_order(rows: list[Any], query: ListQuery) -> list[Any]:
    """Rows, in their own order already, sorted by the query's keys; what is missing comes last."""
    for sort in reversed(query.sort):
        known = [row for row in rows if getattr(row, sort.column) is not None]
        unknown = [row for row in rows if getattr(row, sort.column) is None]
        known.sort(key=lambda row: getattr(row, sort.column), reverse=sort.is_descending)
        rows = known + unknown
    return rows[: query.limit]


def shown_id(task: TaskKey, store: Store, query: ListQuery) -> str | None:
    ids = [task.id] + (["b second name"] if task == key("t1") else [])
    fitting = [id for id in ids if fits(query.task, [id])]
    return (ids[0] if query.task is None else min(fitting)) if fitting else None


def score_rows(store: Store, query: ListQuery) -> list[ScoreRow]:
    rows = []
    for score in store.scores():
        found, task = score.result, shown_id(score.task, store, query)
        if task is not None and of_program(store, found.md5, query):
            rows.append(ScoreRow(
                task, score.task.digest, names_of(store, found.md5)[0], found.md5, found.size, found.demo_right,
                found.demo_count, found.near, found.test_right, found.test_count, found.fuel, found.seconds,
                found.t_log, sum(found.failures.values()),
            ))  # fmt: skip
    rows.sort(key=lambda row: (row.task, row.digest))
    return rows


def of_program(store: Store, md5: str, query: ListQuery) -> bool:
    return fits(query.name, names_of(store, md5)) and md5.startswith(query.md5 or "")


def enough(near: float | None, solved: bool, query: ListQuery) -> bool:
    is_near = query.near is None or (near is not None and near >= query.near)
    return is_near and query.is_solved in (None, solved)


def expected_scores(store: Store, query: ListQuery) -> list[ScoreRow]:
    rows = score_rows(store, query)
    return in_order([row for row in rows if enough(row.near, row.demo_right == row.demo_count, query)], query)


def expected_tasks(store: Store, query: ListQuery) -> list[TaskRow]:
    by_task: dict[str, list[ScoreRow]] = {}
    for row in score_rows(store, query):
        by_task.setdefault(row.digest, []).append(row)
    rows = []
    for task in store.tasks():
        shown, scores = shown_id(task, store, query), by_task.get(task.digest, [])
        if shown is None or (not scores and (query.name is not None or query.md5 is not None)):
            continue
        best = scores[0] if scores else None
        if enough(best and best.near, best is not None and best.demo_right == best.demo_count, query):
            of_best = ("name", "md5", "size", "demo_right", "near", "test_right", "fuel")
            rows.append(TaskRow(
                shown, task.digest, task.demo_count, task.test_count, len(scores),
                *(best and getattr(best, name) for name in of_best),
            ))  # fmt: skip
    return in_order(sorted(rows, key=lambda row: (row.task, row.digest)), query)


def expected_programs(store: Store, query: ListQuery) -> list[ProgramRow]:
    rows = []
    for program in store.programs():
        scores = [row for row in score_rows(store, ListQuery(task=query.task)) if row.md5 == program.md5]
        solved = sum(row.demo_right == row.demo_count for row in scores)
        near = max((row.near for row in scores), default=None)
        fitting = of_program(store, program.md5, query) and query.kind in (None, program.kind)
        if fitting and (scores or query.task is None) and enough(near, solved > 0, query):
            right = sum(row.demo_right for row in scores)
            rows.append(ProgramRow(
                program.name, program.md5, program.kind, program.direction, program.size, len(scores), solved, right,
                near,
            ))  # fmt: skip

    def place(row: ProgramRow) -> tuple[int, int, float, str, str]:
        return -row.solved, -row.demo_right, 1.0 if row.near is None else -row.near, row.name, row.md5

    return in_order(sorted(rows, key=place), query)


def queries(columns: tuple[str, ...]) -> st.SearchStrategy[ListQuery]:
    return st.builds(
        ListQuery,
        task=st.sampled_from([None, None, "t1", "T1", "t*", "*1", "a_b", "b second name", "*s*", "none", "_1", "*"]),
        name=st.sampled_from([None, None, *NAMES, "solve_*", "*b", "*%*", "another name", "*a*m*", "SOLVE*", "none"]),
        md5=st.sampled_from([None, None, "0", PROGRAMS[1].md5, PROGRAMS[2].md5[:5], differ(1).md5, "f" * 32]),
        near=st.none() | st.sampled_from([0.0, 0.1, 1 / 3, 0.5, 0.6333, 1.0]) | st.floats(0, 1),
        is_solved=st.sampled_from([None, None, True, False]),
        kind=st.sampled_from([None, None, "solver", "differ"]),
        sort=st.lists(st.builds(SortKey, st.sampled_from(columns), st.booleans()), max_size=3).map(tuple),
        limit=st.none() | st.integers(1, 9),
    )


@settings(max_examples=300)
@given(queries(SCORE_COLUMNS))
def test_scores_are_what_python_finds(filled: Store, query: ListQuery) -> None:
    assert filled.list_scores(query) == expected_scores(filled, query)


@settings(max_examples=300)
@given(queries(TASK_COLUMNS))
def test_tasks_are_what_python_finds(filled: Store, query: ListQuery) -> None:
    assert filled.list_tasks(query) == expected_tasks(filled, query)


@settings(max_examples=300)
@given(queries(PROGRAM_COLUMNS))
def test_programs_are_what_python_finds(filled: Store, query: ListQuery) -> None:
    assert filled.list_programs(query) == expected_programs(filled, query)


def test_rows_can_be_sorted_by_all_their_fields_and_no_others(filled: Store) -> None:
    for row, columns in ((ScoreRow, SCORE_COLUMNS), (TaskRow, TASK_COLUMNS), (ProgramRow, PROGRAM_COLUMNS)):
        assert {field.name for field in fields(row)} == set(columns)
    for listing in (filled.list_scores, filled.list_tasks, filled.list_programs):
        with pytest.raises(InputError, match=r"column to sort by: expected one of .*, got 'origin; --'"):
            listing(ListQuery(sort=(SortKey("origin; --"),)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"task": ""}, {"name": "a\n"}, {"md5": ""}, {"md5": "x"}, {"md5": "0" * 33}, {"near": 1.1}, {"near": -0.1},
        {"near": float("nan")}, {"kind": "program"}, {"limit": 0}, {"limit": True},
    ],
    ids=repr,
)  # fmt: skip
def test_a_query_checks_itself(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="to list"):
        ListQuery(**wrong)
