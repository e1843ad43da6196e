"""What a page shows of a run of solve, out of summaries that may be a stranger's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Task
from arcbatt.engine.outcome import FailureKind
from arcbatt.execute import ItemFailure
from arcbatt.program.parse import parse_programs
from arcbatt.report.html.gathering import gather_report
from arcbatt.report.html.page_data import ReportData
from arcbatt.results import TaskKey
from arcbatt.results.json_form import to_json
from arcbatt.search.solving import SolvedTask
from arcbatt.search.solving.solved_task import Attempt, SolvingProgram
from arcbatt.store import RunStart, Store, TaskRecord, open_store
from support.tasks import mirror_task

TASK = mirror_task("aa")
(PROGRAM,) = parse_programs("def solve_found(I): return vmirror(I)\n")
FOUND = SolvingProgram(PROGRAM.md5, "solve_found", "enumeration", 1, 9, 1, PROGRAM.text, "exact")
RIGHT = TASK.test[0].output
assert RIGHT is not None
FIRST = Attempt(RIGHT, "right", (PROGRAM.md5,), (2, 20_000), 0.9, {"bits": 9}, (), 1, ("exact",))
SECOND = Attempt(((1, 2), (3, 4)), "largest object")
SOLVED = SolvedTask("aa", TASK.digest, 2, 1, (FOUND,), ((FIRST, SECOND),), found={"exact": 1})


def report(folder: Path, summary: str, tasks: dict[str, Task] | None = None) -> ReportData:
    with open_store(folder, create=True) as store:
        _save(store, summary)
        return gather_report(store, {"aa": TASK} if tasks is None else tasks)


def _save(store: Store, summary: str) -> None:
    run = store.begin_run(RunStart("solve key", "solve", (), "", "", "auto", {}))
    store.save_task(run, TaskRecord(TaskKey.of(TASK), (), (), (), summary))


def test_a_program_that_the_store_has_no_score_of_is_measured(tmp_path: Path) -> None:
    found = report(tmp_path, to_json(SOLVED))
    (task,) = found.tasks
    (item,) = task.programs
    assert (item.md5, item.demo_right, item.test_right, item.near) == (PROGRAM.md5, 2, 1, 1.0)
    assert item.fuel == sum(run.fuel for run in item.samples) > 0
    assert (task.standing, task.families) == ("solved", ("exact",))
    assert [(attempt.place, attempt.basis, attempt.is_right) for attempt in task.attempts] == [
        (1, "right", True), (2, "largest object", False),
    ]  # fmt: skip
    assert task.notes[0] == "1 program fits all demo samples: 1 exact"
    assert [program.name for program in found.programs] == ["solve_found"]
    assert [(row.low, row.count, row.right) for row in found.calibration] == [(0.9, 1, 1)]


def test_without_grids_nothing_is_right_or_wrong(tmp_path: Path) -> None:
    found = report(tmp_path, to_json(SOLVED), {})
    (task,) = found.tasks
    assert [attempt.is_right for attempt in task.attempts] == [None, None]
    assert (task.standing, found.totals.solved, found.calibration) == ("demo", None, ())


def test_a_task_that_was_given_up_says_why(tmp_path: Path) -> None:
    failed = replace(SOLVED, programs=(), found={}, attempts=((SECOND, SECOND),),
                     failure=ItemFailure(FailureKind.TIMEOUT, "it hung twice\x1b"))  # fmt: skip
    (task,) = report(tmp_path, to_json(failed)).tasks
    assert (task.standing, task.notes[0]) == ("failed", "given up: it hung twice?")


@pytest.mark.parametrize("change", [
    {"attempts": ()}, {"attempts": ((FIRST, replace(SECOND, grid=((1, 2), (3,)))),)}, {"demo_count": 3},
    {"demo_count": 0}, {"others": ((), ())}, {"right": (True,)},
    {"attempts": ((FIRST, replace(SECOND, grid=((77,),))),)},
])  # fmt: skip
def test_a_summary_that_does_not_hold_is_left_out(change: dict[str, Any], tmp_path: Path) -> None:
    found = report(tmp_path, to_json(replace(SOLVED, **change)))
    assert found.tasks == ()
    assert "what is kept of 1 task cannot be read" in found.notes


def test_texts_of_strangers_are_bounded_and_printable(tmp_path: Path) -> None:
    evil = "<script>\u202e" + "x" * 5_000
    first = replace(FIRST, families=(evil,), broken=(evil,), programs=(PROGRAM.md5, evil))
    programs = (replace(FOUND, name=evil, family=evil), replace(FOUND, md5=evil))
    strange = replace(
        SOLVED, attempts=((first, replace(SECOND, basis=evil)),), bugs=(evil,), programs=programs
    )  # fmt: skip
    found = report(tmp_path, to_json(strange))
    (task,) = found.tasks
    texts = [*task.notes, *task.families, *(attempt.basis for attempt in task.attempts),
             *(program.name for program in found.programs),
             *(line for attempt in task.attempts for line in attempt.evidence)]  # fmt: skip
    assert all(text.isprintable() and len(text) <= 800 for text in texts)
    assert [program.md5 for program in found.programs] == [PROGRAM.md5]
    assert task.attempts[0].md5s == (PROGRAM.md5,)
