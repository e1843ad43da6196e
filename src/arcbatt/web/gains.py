"""The grids of a gain: a sample of the task, and what the best program gives on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from arcbatt.arc import Task
from arcbatt.arc.grid import is_grid
from arcbatt.errors import ArcbattError, InputError
from arcbatt.pipeline.outcomes import step_outcomes
from arcbatt.program.parse import parse_programs
from arcbatt.program.text import md5_of
from arcbatt.report.html.gathering.at_hand import Source, TasksAtHand
from arcbatt.report.html.gathering.texts import grid_digits, one_line
from arcbatt.report.steps import failure_in_words, value_in_words
from arcbatt.results import TaskKey
from arcbatt.store import Store
from arcbatt.web.live_data import GainView

__all__ = ["Gains"]

_MOST_KEPT: Final = 200


class Gains:
    """Draws gains; a program runs once for each task, within the limits of ``arcbatt show``.

    Args:
        sources: tasks whose grids are at hand.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._outputs: dict[tuple[str, str], tuple[str | None, str]] = {}

    def best_stored(self, store: Store, digest: str) -> str | None:
        """The text of the best program that the store keeps for a task."""
        scores = store.scores(digest)[:1]
        try:
            return store.find_programs(scores[0].result.md5)[0].text if scores else None
        except InputError:
            return None

    def drawn(self, store: Store, gain: GainView, digest: str, text: str | None) -> GainView:
        """The gain with its grids, where they are at hand, and the output of a program, where its text is known."""
        key = next((key for key in store.task_keys(gain.task) if key.digest == digest), None)
        task = None if key is None else self._task(store, key)
        program = "" if text is None else f"program {md5_of(text)[:8]}"
        if task is None:
            return replace(gain, program=program, words="its grids are not at hand")
        sample = task.samples[0]
        output, words = (None, "") if text is None else self._output(task, digest, text)
        return replace(
            gain, program=program, sample=task.sample_name(0), input=grid_digits(sample.input),
            expected=None if sample.output is None else grid_digits(sample.output), output=output, words=words,
        )  # fmt: skip

    def _task(self, store: Store, key: TaskKey) -> Task | None:
        found = TasksAtHand(self._sources, store).find(key)
        return None if found is None else found[0]

    def _output(self, task: Task, digest: str, text: str) -> tuple[str | None, str]:
        place = digest, md5_of(text)
        if place not in self._outputs:
            if len(self._outputs) >= _MOST_KEPT:
                self._outputs.clear()
            self._outputs[place] = _evaluated(task, text)
        return self._outputs[place]


def _evaluated(task: Task, text: str) -> tuple[str | None, str]:
    """What a program gives on the first sample: a grid, or words that say what else."""
    try:
        (program,) = parse_programs(text, "program")
        outcome = step_outcomes(program, Task(task.id, task.demo[:1], task.test[:1]))[0][-1]
    except (ArcbattError, ValueError) as error:
        return None, f"it cannot be run here: {one_line(str(error))}"
    if outcome.failure is not None:
        return None, f"it fails: {one_line(failure_in_words(program, outcome.failure, {}))}"
    if is_grid(outcome.value):
        return grid_digits(outcome.value), ""
    return None, f"it gives no grid: {one_line(value_in_words(outcome.value))}"
