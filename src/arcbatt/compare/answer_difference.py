"""What differs between two sides of answers, output by output; and which are right where the solutions are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from arcbatt.arc.grid import Grid
from arcbatt.arc.submission import ReadAttempts
from arcbatt.arc.task import Task
from arcbatt.compare.answers import AnswerSide
from arcbatt.errors import InputError

__all__ = ["AnswerComparison", "AnswerTotals", "Answers", "ComparedOutput", "KnownOutputs", "compare_answers",
           "known_outputs"]  # fmt: skip

Answers = Literal["same", "swapped", "different"]
"""How the attempts of two sides relate: the same in the same order, the same in the other order, or not the same."""

KnownOutputs = Mapping[str, Sequence[Grid | None]]
"""By task id, the outputs of its test inputs in their order; None for one that is unknown."""


@dataclass(frozen=True, slots=True)
class ComparedOutput:
    """The attempts of both sides at one test output.

    Attributes:
        task: id of the task.
        test: number of the test input, from 1.
        answers: how the attempts relate.
        before: the first side's attempts, None for a malformed one; None where the side has no entry.
        after: the second side's.
        right_before: whether one of the first side's attempts is right; None where the output is unknown.
        right_after: the same of the second side.
    """

    task: str
    test: int
    answers: Answers
    before: ReadAttempts | None
    after: ReadAttempts | None
    right_before: bool | None = None
    right_after: bool | None = None

    @property
    def is_won(self) -> bool:
        """Whether it is right on the second side alone."""
        return self.right_after is True and self.right_before is False

    @property
    def is_lost(self) -> bool:
        """Whether it is right on the first side alone."""
        return self.right_before is True and self.right_after is False


@dataclass(frozen=True, slots=True)
class AnswerTotals:
    """Sums over the test outputs of the tasks on both sides.

    Attributes:
        outputs: how many.
        same: with the same attempts in the same order.
        swapped: in the other order.
        different: with others.
        known: whose right output is known; the sums below are over these.
        right_before: right on the first side, within two attempts.
        right_after: on the second.
        won: on the second alone.
        lost: on the first alone.
    """

    outputs: int
    same: int
    swapped: int
    different: int
    known: int
    right_before: int
    right_after: int
    won: int
    lost: int


@dataclass(frozen=True, slots=True)
class AnswerComparison:
    """What differs from the answers of the first side to those of the second.

    Attributes:
        before: name of the first side.
        after: name of the second.
        common: number of tasks on both sides; only these are compared.
        only_before: ids of tasks that the first side alone has, sorted.
        only_after: of those that the second alone has.
        totals: sums over the outputs.
        outputs: every output of the tasks on both sides, by task id, then number.
        malformed_before: number of malformed attempts of the first side; they are never right.
        malformed_after: of the second.
    """

    before: str
    after: str
    common: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    totals: AnswerTotals
    outputs: tuple[ComparedOutput, ...]
    malformed_before: int = 0
    malformed_after: int = 0

    @property
    def won(self) -> tuple[ComparedOutput, ...]:
        """Outputs that are right on the second side alone."""
        return tuple(output for output in self.outputs if output.is_won)

    @property
    def lost(self) -> tuple[ComparedOutput, ...]:
        """Outputs that are right on the first side alone."""
        return tuple(output for output in self.outputs if output.is_lost)

    @property
    def different(self) -> tuple[ComparedOutput, ...]:
        """Outputs with other attempts that are neither won nor lost."""
        found = (output for output in self.outputs if output.answers == "different")
        return tuple(output for output in found if not output.is_won and not output.is_lost)


def known_outputs(tasks: Mapping[str, Task], *sides: AnswerSide) -> dict[str, tuple[Grid | None, ...]]:
    """The test outputs of the tasks that some side answers, as far as the tasks are there and know them."""
    wanted = sorted({task for side in sides for task in side.attempts})
    return {task: tuple([sample.output for sample in tasks[task].test]) for task in wanted if task in tasks}


def compare_answers(before: AnswerSide, after: AnswerSide, known: KnownOutputs | None = None) -> AnswerComparison:
    """Compares two sides of answers. Tasks are the same by id. Known outputs enter the counts of right ones alone.

    Args:
        before: the first side.
        after: the second.
        known: the right outputs where they are known.

    Raises:
        InputError: a side has another number of entries for a task than there are known outputs.
    """
    known = known or {}
    common = sorted(before.attempts.keys() & after.attempts.keys())
    for side in (before, after):
        _check(side, known, common)
    outputs = tuple(
        output
        for task in common
        for output in _compared(task, before.attempts[task], after.attempts[task], known.get(task, ()))
    )
    return AnswerComparison(
        before=before.name, after=after.name, common=len(common),
        only_before=tuple(sorted(before.attempts.keys() - after.attempts.keys())),
        only_after=tuple(sorted(after.attempts.keys() - before.attempts.keys())),
        totals=_totals(outputs), outputs=outputs,
        malformed_before=len(before.malformed), malformed_after=len(after.malformed),
    )  # fmt: skip


def _check(side: AnswerSide, known: KnownOutputs, tasks: Sequence[str]) -> None:
    for task in tasks:
        count = len(side.attempts[task])
        if task in known and count != len(known[task]):
            raise InputError(
                f"{side.name}: task {task}: expected {len(known[task])} entries, one a test output, got {count}; "
                "are these the tasks that it answers?"
            )


def _compared(
    task: str, before: Sequence[ReadAttempts], after: Sequence[ReadAttempts], known: Sequence[Grid | None]
) -> Iterator[ComparedOutput]:
    for place in range(max(len(before), len(after))):
        there = before[place] if place < len(before) else None
        here = after[place] if place < len(after) else None
        output = known[place] if place < len(known) else None
        yield ComparedOutput(
            task, place + 1, _relation(there, here), there, here, _is_right(there, output), _is_right(here, output)
        )


def _relation(before: ReadAttempts | None, after: ReadAttempts | None) -> Answers:
    if before == after:
        return "same"
    if before is not None and after is not None and before == after[::-1]:
        return "swapped"
    return "different"


def _is_right(attempts: ReadAttempts | None, output: Grid | None) -> bool | None:
    return None if output is None else attempts is not None and output in attempts


def _totals(outputs: Sequence[ComparedOutput]) -> AnswerTotals:
    def count(answers: Answers) -> int:
        return sum(output.answers == answers for output in outputs)

    return AnswerTotals(
        outputs=len(outputs), same=count("same"), swapped=count("swapped"), different=count("different"),
        known=sum(output.right_before is not None for output in outputs),
        right_before=sum(output.right_before is True for output in outputs),
        right_after=sum(output.right_after is True for output in outputs),
        won=sum(output.is_won for output in outputs), lost=sum(output.is_lost for output in outputs),
    )  # fmt: skip
