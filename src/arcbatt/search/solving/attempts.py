"""Attempts: the two best different outputs for each test input, whatever produced them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arcbatt.arc import Challenge, Grid
from arcbatt.arc.submission import ATTEMPTS, Attempts
from arcbatt.search.ranking.leads import Lead
from arcbatt.search.solving.guesses import guesses
from arcbatt.search.solving.output_ranking import Choice, ranked, ranked_near_misses
from arcbatt.search.solving.solved_task import Attempt

__all__ = ["attempts_of", "grids_of"]


def attempts_of(task: Challenge, leads: Sequence[Lead]) -> tuple[tuple[Attempt, Attempt], ...]:
    """Two different attempts at each test output: of right programs, then of near misses, then guesses.

    Args:
        task: the challenge.
        leads: everything found, in any order; it may be nothing.
    """
    right = [lead for lead in leads if lead.demo_right == len(task.demo)]
    near = [lead for lead in leads if lead.demo_right < len(task.demo)]
    return tuple(_two(_in_order(task, right, near, index)) for index in range(len(task.test)))


def grids_of(attempts: Sequence[tuple[Attempt, Attempt]]) -> tuple[Attempts, ...]:
    """The grids alone, as a submission has them."""
    return tuple((first.grid, second.grid) for first, second in attempts)


def _in_order(task: Challenge, right: Sequence[Lead], near: Sequence[Lead], index: int) -> Iterator[Attempt]:
    """Attempts at a test output, the better first; a grid may come again."""
    yield from (_attempt(choice, "right") for choice in ranked(task, right, index))
    yield from (_attempt(choice, "near") for choice in ranked_near_misses(task, near, index))
    yield from (Attempt(grid, name) for name, grid in guesses(task, task.test[index].input))


def _attempt(choice: Choice, basis: str) -> Attempt:
    return Attempt(
        choice.output, basis, tuple(lead.program.md5 for lead in choice.leads), choice.leads[0].nearness
    )


def _two(attempts: Iterator[Attempt]) -> tuple[Attempt, Attempt]:
    chosen: dict[Grid, Attempt] = {}
    for attempt in attempts:
        chosen.setdefault(attempt.grid, attempt)
        if len(chosen) == ATTEMPTS:
            break
    first, second = chosen.values()
    return first, second
