"""Attempts: for each test input the two answers of which one is most probably right.

At most one of the answers at a test input is right, so the pair of which one is most likely right are the two most
probable different outputs, whatever families of programs give them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arcbatt.arc import Challenge, Grid
from arcbatt.arc.submission import ATTEMPTS, Attempts
from arcbatt.search.ranking.belief import Belief, Believed
from arcbatt.search.ranking.candidates import Candidates
from arcbatt.search.ranking.leads import Lead
from arcbatt.search.ranking.model import SCALE
from arcbatt.search.solving.guesses import guesses
from arcbatt.search.solving.solved_task import Attempt

__all__ = ["attempts_of", "grids_of", "guessed_attempts"]

SHOWN = 6
"""Answers at a test input, attempts included, that are reported."""


def attempts_of(
    task: Challenge, belief: Belief, candidates: Candidates, near: Sequence[Lead]
) -> tuple[tuple[Attempt, ...], ...]:
    """Different answers for each test input, of which the first two are the attempts; at most :data:`SHOWN`.

    Those of right programs come first, then near misses, then guesses.

    Args:
        task: the challenge.
        belief: in the task.
        candidates: what right programs give; there may be none.
        near: the other programs, in any order.
    """
    believed = belief.answers(candidates)
    return tuple(
        _different(_in_order(task, belief, believed[index], near, index)) for index in range(len(task.test))
    )


def guessed_attempts(task: Challenge) -> tuple[tuple[Attempt, ...], ...]:
    """Two guesses for each test input, for which nothing is run."""
    return tuple(_different(_guessed(task, grid), ATTEMPTS) for grid in task.inputs)


def grids_of(attempts: Sequence[Sequence[Attempt]]) -> tuple[Attempts, ...]:
    """The grids of the attempts alone, as a submission has them."""
    return tuple((answers[0].grid, answers[1].grid) for answers in attempts)


def _in_order(
    task: Challenge, belief: Belief, believed: Sequence[Believed], near: Sequence[Lead], index: int
) -> Iterator[Attempt]:
    """Answers at a test input, the better first; a grid may come again."""
    yield from (_attempt(one, "right") for one in believed)
    if len(believed) < ATTEMPTS:
        # Beside right programs a near miss is worth next to nothing: its probability holds where nothing fits.
        yield from (_attempt(one, "near", is_alone=not believed) for one in belief.near(near, index))
        yield from _guessed(task, task.inputs[index])


def _guessed(task: Challenge, grid: Grid) -> Iterator[Attempt]:
    return (Attempt(guess, name) for name, guess in guesses(task, grid))


def _attempt(one: Believed, basis: str, is_alone: bool = True) -> Attempt:
    leads = one.answer.voices
    return Attempt(
        one.answer.output, basis, tuple(lead.program.md5 for lead in leads), leads[0].nearness,
        one.probability / SCALE if is_alone else None,
        dict(sorted(one.features.items())),  # as the store gives them back, so that a report is the same after --resume
        tuple(held.name for held in one.broken), one.answer.count, one.answer.families,
    )  # fmt: skip


def _different(attempts: Iterator[Attempt], most: int = SHOWN) -> tuple[Attempt, ...]:
    chosen: dict[Grid, Attempt] = {}
    for attempt in attempts:
        if len(chosen) == most or (len(chosen) >= ATTEMPTS and attempt.basis not in ("right", "near")):
            break
        chosen.setdefault(attempt.grid, attempt)
    return tuple(chosen.values())
