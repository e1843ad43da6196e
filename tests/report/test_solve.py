"""What is reported of solving."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arcbatt.arc import load_set
from arcbatt.engine.outcome import FailureKind
from arcbatt.execute import ItemFailure
from arcbatt.report.solve import SolveView, solved_line
from arcbatt.report.solve_json import solve_totals
from arcbatt.search.solving import SolvedTask, SolveReport
from arcbatt.search.solving.solved_task import Attempt, SolvingProgram

GRID = ((1,),)
NEAR = Attempt(GRID, "near", ("a" * 32,), (2, 29_250))
FARTHER = Attempt(GRID, "near", ("b" * 32,), (1, 29_900))
GUESS = Attempt(GRID, "copied")
UNSOLVED = SolvedTask("017c7c7b", "", 3, 1, (), ((FARTHER, NEAR),))
SURE, LESS = replace(NEAR, probability=0.8), replace(NEAR, probability=0.15)
PROGRAM = SolvingProgram("c" * 32, "solve_a", "given", 3, 9, 1)


def test_how_near_the_near_misses_are_is_reported() -> None:
    assert solved_line(UNSOLVED) == (
        "017c7c7b  no program solves the demo samples; attempts: near misses, best 2/3 demo, 97.5 % of cells"
    )
    both = replace(UNSOLVED, attempts=((FARTHER, GUESS),), cut_off=True)
    assert solved_line(both) == (
        "017c7c7b  no program solves the demo samples; attempts: near misses, best 1/3 demo, 99.6 % of cells; "
        "a guess (copied); cut off by time or memory"
    )


def test_solved_and_given_up_tasks_are_a_line() -> None:
    solved = replace(UNSOLVED, programs=(PROGRAM,))
    assert solved_line(solved) == (
        "017c7c7b  1 program solves the demo samples, best solve_a (cccccccccccc, given)"
    )
    assert "2 programs solve the demo samples" in solved_line(replace(solved, programs=(PROGRAM, PROGRAM)))
    more = replace(solved, found={"exact": 40, "given": 2})  # of which one alone is named
    assert "42 programs solve the demo samples, best solve_a" in solved_line(more)
    failed = replace(UNSOLVED, failure=ItemFailure(FailureKind.TIMEOUT, "no answer"), cut_off=True)
    assert solved_line(failed) == "017c7c7b  given up (timeout): no answer"


def test_with_stories_to_come_a_task_shows_its_line_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Its programs and attempts are part of its story: they are not to stand there twice."""
    solved = replace(UNSOLVED, programs=(PROGRAM,))
    tasks = {task_id: load_set("arc1-train")[task_id] for task_id in ("017c7c7b", "007bbfb7")}
    with SolveView(tasks, verbose=True, explains=True) as view:
        view.task_done(solved)
    assert PROGRAM.md5 not in capsys.readouterr().out
    with SolveView(tasks, verbose=True) as view:
        view.task_done(solved)
    assert PROGRAM.md5 in capsys.readouterr().out


def test_the_probabilities_of_the_attempts_are_told() -> None:
    first, second = replace(NEAR, probability=0.9712), replace(FARTHER, probability=0.0031)
    solved = replace(UNSOLVED, programs=(PROGRAM,), attempts=((first, second),))
    assert solved_line(solved).startswith("017c7c7b  right with probability 0.97, <0.01; 1 program solves")
    two = replace(solved, attempts=((first, GUESS), (GUESS, GUESS)), test_count=2)
    assert solved_line(two).startswith("017c7c7b  right with probability 0.97 / not known; 1 program solves")


def test_totals_are_sums_over_the_tasks() -> None:
    solved = {
        "a": replace(UNSOLVED, task="a", programs=(PROGRAM,), attempts=((SURE, LESS), (SURE, GUESS)), test_count=2),
        "b": replace(UNSOLVED, task="b", shortened=True, attempts=((LESS, FARTHER),)),
    }  # fmt: skip
    report = SolveReport({"a": (), "b": (), "c": ()}, solved, ["a"])
    totals = solve_totals(report, {"a": (True, None), "b": (False,), "c": (True, True)})
    assert (totals.tasks, totals.worked, totals.resumed, totals.demo_solved) == (3, 2, 1, 1)
    assert (totals.sources, totals.shortened, totals.cut_off, totals.given_up) == ({"given": 1}, 1, 0, 0)
    assert (totals.outputs, totals.outputs_right, totals.known, totals.tasks_right) == (4, 3, 2, 1)
    assert (totals.expected, totals.expected_known) == (1.9, 1.1)
