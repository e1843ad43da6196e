"""Programs run again for a page, with the limits of ``arcbatt show``, until a bound on all of it is reached."""

from __future__ import annotations

from typing import Final

from arcbatt.arc import Grid, Task
from arcbatt.arc.grid import is_grid
from arcbatt.engine import Outcome
from arcbatt.errors import InputError
from arcbatt.pipeline.outcomes import step_outcomes
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.report.html.page_data import SampleRun
from arcbatt.report.steps import failure_in_words, value_in_words
from arcbatt.report.words import printable

__all__ = ["Rerun", "grid_text"]

_FUEL: Final = 2_000_000_000
_CUT_OFF_FUEL: Final = 200_000_000
"""What a sample counts on which the clock or memory ended the program."""


class Rerun:
    """Runs programs until they have used so much fuel together; the same programs run on every machine.

    Args:
        fuel: units, over all programs and samples.
    """

    def __init__(self, fuel: int = _FUEL) -> None:
        self._left = fuel

    @property
    def is_spent(self) -> bool:
        """Whether no more programs are to be run."""
        return self._left <= 0

    def on(self, task: Task, name: str, text: str) -> list[SampleRun]:
        """A program on each sample of a task, demo samples first.

        Args:
            task: the task.
            name: what the program is called.
            text: its text; it may be a stranger's.

        Raises:
            InputError: the text cannot be read here.
        """
        try:
            (program,) = parse_programs(text, name)
        except ValueError as error:
            raise InputError(f"{name} cannot be read here: {str(error).splitlines()[0]:.200}") from None
        outcomes = [steps[-1] for steps in step_outcomes(program, task)]
        self._left -= sum(map(_fuel, outcomes))
        pairs = zip(task.samples, outcomes, strict=False)  # a differ has none on test samples
        return [_run(program, outcome, sample.output) for sample, outcome in pairs]


def grid_text(grid: Grid | None) -> str | None:
    """A grid as its rows of digits joined by ``/``."""
    return None if grid is None else "/".join("".join(map(str, row)) for row in grid)


def _fuel(outcome: Outcome) -> int:
    failure = outcome.failure
    return _CUT_OFF_FUEL if failure is not None and failure.kind.is_machine_dependent else outcome.fuel


def _run(program: Program, outcome: Outcome, expected: Grid | None) -> SampleRun:
    if outcome.failure is not None:
        words = printable(failure_in_words(program, outcome.failure, {}))
        return SampleRun(None, words, None if expected is None else False, outcome.fuel)
    is_right = None if expected is None else outcome.value == expected
    if not is_grid(outcome.value):
        return SampleRun(None, printable(value_in_words(outcome.value)), is_right, outcome.fuel)
    return SampleRun(grid_text(outcome.value), "", is_right, outcome.fuel)
