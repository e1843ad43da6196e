"""The answers of ``solve`` at the test inputs of a task, with what speaks for and against each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from arcbatt.arc import Grid, Task
from arcbatt.report.html.gathering.texts import grid_digits, one_line
from arcbatt.report.html.page_data import AttemptData
from arcbatt.report.solve_story import evidence_lines, held_invariants
from arcbatt.results.task_key import is_digest
from arcbatt.search.solving import SolvedTask
from arcbatt.search.solving.solved_task import Attempt

__all__ = ["attempt_data", "attempts_are_right"]

_MOST_PROGRAMS: Final = 10
_MOST_EVIDENCE: Final = 800
"""Characters of a line of evidence; what is for neither side stands in one line together."""


def attempt_data(solved: SolvedTask, task: Task | None) -> Iterator[AttemptData]:
    """The answers by test input and place.

    Args:
        solved: what the task came to.
        task: its samples; None where they are not at hand, so that nobody knows which answers are right.
    """
    answers = [solved.answers(index) for index in range(solved.test_count)]
    breaks = any(answer.broken for of_test in answers for answer in of_test)
    held = held_invariants(task.challenge) if task is not None and breaks else {}
    for index, of_test in enumerate(answers):
        expected = None if task is None else task.test[index].output
        for place, answer in enumerate(of_test):
            evidence = evidence_lines(solved, of_test, place, held)
            yield _answer(index, place, answer, evidence, expected)


def _answer(
    index: int, place: int, answer: Attempt, evidence: Sequence[str], expected: Grid | None
) -> AttemptData:
    return AttemptData(
        index + 1, place + 1, grid_digits(answer.grid), _share(answer.probability), one_line(answer.basis),
        tuple(map(one_line, answer.families)), tuple(filter(is_digest, answer.programs[:_MOST_PROGRAMS])),
        tuple(one_line(line, _MOST_EVIDENCE) for line in evidence),
        None if expected is None else answer.grid == expected,
    )  # fmt: skip


def _share(probability: float | None) -> float | None:
    """A probability as it is told, within its bounds: a store may come from a stranger."""
    return None if probability is None else max(0.0, min(1.0, probability))


def attempts_are_right(attempts: Sequence[AttemptData], tests: int) -> bool | None:
    """Whether one of the first two answers at each test input is right; None where an output is unknown."""
    if any(attempt.is_right is None for attempt in attempts) or not attempts:
        return None
    return len({attempt.test for attempt in attempts if attempt.place <= 2 and attempt.is_right}) == tests
