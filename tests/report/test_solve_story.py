"""The story of a task: what it tells, in which order, and how wide it is."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from arcbatt.arc import Challenge, Sample
from arcbatt.engine.outcome import FailureKind
from arcbatt.execute import ItemFailure
from arcbatt.report.solve_story import attempt_lines, story
from arcbatt.search.enumeration import EndReason
from arcbatt.search.evidence.invariants import likely_invariants
from arcbatt.search.solving import SolvedTask
from arcbatt.search.solving.solved_task import (
    Attempt,
    EnumerationOfTask,
    EvolutionOfTask,
    SearchReports,
    SolvingProgram,
)

IN, TURNED = ((1, 2, 0), (0, 0, 3)), ((3, 0, 0), (0, 2, 1))
TASK = Challenge("turned", (Sample(IN, TURNED), Sample(TURNED, IN)), (Sample(((4, 0), (0, 5))),))
TEXT = "def solve(S, I):\n    return rot180(I)\n"
FOUND = SolvingProgram("f" * 32, "solve_turned_f", "enumeration", 1, 9, 1, TEXT, "exact")
GIVEN = SolvingProgram("c" * 32, "solve_a", "given", 3, 30, 1, None, "given")
FIRST = Attempt(
    ((5, 0), (0, 4)), "right", (FOUND.md5,), (2, 20_000), 0.97, {"bits": 9, "log-count": 48}, (), 8, ("exact", "table")
)
SECOND = Attempt(((4, 0), (0, 5)), "right", (GIVEN.md5,), (2, 20_000), 0.01, {"bits": 30, "broken": 1},
                 ("every-cell-changes",), 1, ("given",))  # fmt: skip
THIRD = replace(SECOND, grid=((0, 4), (5, 0)), probability=0.0, programs=("d" * 32,))
ENUMERATION = EnumerationOfTask(1_200, 1_000, 200, 0, 1, 9, 9, None)
SOLVED = SolvedTask(
    "turned", "", 2, 1, (FOUND, GIVEN), ((FIRST, SECOND),), ((THIRD,),), {"exact": 2, "given": 1, "table": 6},
    SearchReports(ENUMERATION),
)  # fmt: skip
GUESSED = replace(SOLVED, programs=(), found={}, others=(), attempts=((Attempt(IN, "copied"), Attempt(TURNED, "x")),))


def shown(solved: SolvedTask = SOLVED, right: tuple[bool | None, ...] = (None,) * 3, width: int = 60) -> list[str]:
    """The story's lines, as they are in a pipe."""
    out = StringIO()
    console = Console(file=out, width=width, highlight=False, soft_wrap=True)
    for part in story(solved, TASK, (right,), width):
        console.print(part, markup=False)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_it_tells_what_fitted_and_by_which_families() -> None:
    assert shown()[0] == "9 programs fit all demo samples: 6 table, 2 exact, 1 given"
    assert shown(GUESSED)[0] == "no program was found that fits all demo samples"


@pytest.mark.parametrize(("changes", "told"), [
    ({}, "the search ended because its budget was spent; 1,200 expressions were enumerated"),
    ({"searches": SearchReports()}, "there was no search"),
    ({"attempts": ((FIRST, replace(SECOND, probability=0.0151)),)}, "the search ended because it was sure; 1,200"),
    ({"attempts": ((FIRST, replace(SECOND, probability=0.0149)),)}, "the search ended because its budget was spent"),
    ({"attempts": ((FIRST, replace(SECOND, probability=0.03)),), "searches": SearchReports()},
     "the known programs were sure enough, no search was needed"),
    ({"cut_off": True}, "time or memory cut the work off"),
    ({"searches": SearchReports(replace(ENUMERATION, end=EndReason.EXHAUSTED))}, "because no expression was left"),
    ({"searches": SearchReports(evolution=EvolutionOfTask(3, 1, 1))}, "evolution made fit; 1 program was evolved"),
])  # fmt: skip
def test_it_tells_why_the_search_ended(changes: dict[str, object], told: str) -> None:
    assert told in " ".join(shown(replace(SOLVED, **changes), width=200))  # type: ignore[arg-type]


def test_answers_stand_beside_each_other_and_then_one_by_one() -> None:
    lines = shown()
    start = lines.index("test 1")
    assert lines[start + 1 : start + 4] == [
        "input   1: 0.97   2: 0.01   3: <0.01",
        "4 0     5 0       4 0       0 4",
        "0 5     0 4       0 5       5 0",
    ]
    assert [line for line in lines if "probability" in line] == [
        "attempt 1: probability 0.97, by exact, table, 9 bits",
        "attempt 2: probability 0.01, by given, 30 bits",
        "3, not chosen: probability <0.01, by given, 30 bits",
    ]


def test_programs_are_told_by_text_where_a_search_found_them_else_by_name() -> None:
    lines = shown()
    first = lines.index("    solve_turned_f (ffffffffffff, enumeration)")
    assert lines[first + 1 : first + 3] == ["    def solve(S, I):", "        return rot180(I)"]
    assert lines.index("    solve_a (cccccccccccc, given)") > first
    assert "    program dddddddddddd, 2/2 demo" in lines


def test_which_answers_are_right_is_told_where_it_is_known() -> None:
    marks = [line.rpartition(", ")[2] for line in shown(right=(True, False, None)) if "probability" in line]
    assert marks == ["RIGHT", "wrong", "30 bits"]


def test_invariants_are_told_by_their_sentences_where_they_hold() -> None:
    text = " ".join(line.strip() for line in shown(width=200))
    assert "likely invariant (every-cell-changes" in text  # none of the task's
    held = likely_invariants(TASK).held[0]
    known = replace(SOLVED, attempts=((FIRST, replace(SECOND, broken=(held.name,))),))
    assert held.text in " ".join(line.strip() for line in shown(known, width=200))


def test_guesses_and_near_misses_have_a_story_too() -> None:
    text = "\n".join(shown(GUESSED, (None, None)))
    assert "1: copied" in text
    assert "attempt 1: a guess (copied)" in text
    near = Attempt(IN, "near", ("a" * 32,), (1, 10_000), 0.2, {"near-bits": 12, "near-demos": 8}, (), 3)
    beside = replace(near, grid=TURNED, probability=None)
    text = "\n".join(shown(replace(GUESSED, attempts=((near, beside),)), (None, None), width=200))
    assert "attempt 1: probability 0.20, a near miss, 12 bits" in text
    assert "attempt 2: a near miss beside programs that fit, 12 bits" in text
    assert "right on 1 of 2 demo samples" in text
    assert "program aaaaaaaaaaaa, 1/2 demo" in text  # of an older run, which knows no more of it
    missing = SolvingProgram("a" * 32, "solve_close", "evolution", 1, 12, 1, TEXT, "evolution")
    lines = shown(replace(GUESSED, attempts=((near, beside),), near=(missing,)), (None, None), width=200)
    place = lines.index("    solve_close (aaaaaaaaaaaa, evolution), 1/2 demo")
    assert lines[place + 1 : place + 3] == ["    def solve(S, I):", "        return rot180(I)"]


def test_a_task_that_was_given_up_has_no_end_of_a_search() -> None:
    failed = replace(GUESSED, failure=ItemFailure(FailureKind.TIMEOUT, "no answer"), searches=SearchReports())
    assert "search" not in shown(failed, (None, None))[1]


@pytest.mark.parametrize("width", [40, 60, 100])
def test_lines_fit_the_width(width: int) -> None:
    wide = Challenge("wide", TASK.demo, (Sample((tuple(range(10)) * 3,) * 2),))
    solved = replace(SOLVED, attempts=((replace(FIRST, grid=wide.inputs[0]), SECOND),))
    out = StringIO()
    console = Console(file=out, width=width, highlight=False, soft_wrap=True)
    for part in story(solved, wide, ((None,) * 3,), width):
        console.print(part, markup=False)
    assert max(map(len, out.getvalue().splitlines())) <= max(width, 50)
    assert "\x1b" not in out.getvalue()


def test_attempts_are_a_line_each() -> None:
    lines = list(attempt_lines(SOLVED, TASK))
    assert [line[:24] for line in lines] == ["test 1 attempt 1: probab", "test 1 attempt 2: probab"]
    assert "8 of 9 programs that fit give it" in lines[0]
