"""Answers at one test input: each output that programs give there, with the programs behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from arcbatt.arc import Grid
from arcbatt.search.ranking.candidates import Candidate
from arcbatt.search.ranking.leads import Lead

__all__ = ["Answer", "answers_at"]


@dataclass(frozen=True, slots=True)
class Answer:
    """An output for a test input.

    Attributes:
        output: the output.
        voices: programs that give it, each built of other primitives.
        count: programs that were found to give it.
        families: which goals and sources found them, sorted.
    """

    output: Grid
    voices: tuple[Lead, ...]
    count: int
    families: tuple[str, ...]


def answers_at(candidates: Iterable[Candidate], index: int) -> list[Answer]:
    """The outputs of candidates at a test input, in the order in which they came.

    Args:
        candidates: of a task.
        index: number of the test input, from 0.
    """
    groups: dict[Grid, list[Candidate]] = {}
    for candidate in candidates:
        output = candidate.outputs[index]
        if output is not None:
            groups.setdefault(output, []).append(candidate)
    return [
        Answer(
            output, tuple(lead for one in group for lead in one.voices), sum(one.count for one in group),
            tuple(sorted(set().union(*(one.families for one in group)))),
        )
        for output, group in groups.items()
    ]  # fmt: skip
