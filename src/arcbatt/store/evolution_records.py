"""The records of an evolution: what it was asked for, its populations, and what each generation came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from arcbatt.errors import InputError
from arcbatt.store.records import MAX_NAME, MAX_TEXT, LineageRecord, TaskRecord

__all__ = ["EvolutionRecord", "GenerationRecord", "check_texts"]


@dataclass(frozen=True, slots=True)
class EvolutionRecord:
    """An evolution as it stands after its last saved generation.

    Attributes:
        series: the series of the runs that evolve it, see :class:`~arcbatt.store.RunRecord`.
        key: that of the runs.
        settings: JSON data: what was asked for.
        state: JSON data: what the next generation needs to know beside the populations; empty before the first.
    """

    series: int
    key: str
    settings: dict[str, Any]
    state: dict[str, Any]


@dataclass(frozen=True, slots=True)
class GenerationRecord:
    """Everything that a generation changes, saved in one transaction.

    Attributes:
        number: from 0.
        populations: canonical texts of the members of each task that was worked on, best first; they replace those
            that were there.
        tasks: solvers for the store with their scores; what they say of done tasks is not looked at.
        lineage: how new members were bred.
        state: JSON data, see :class:`EvolutionRecord`.
        told: JSON data: the generation's line in the log.

    Raises:
        InputError: a number below 0, a population that is no texts, or two records of one task.
    """

    number: int
    populations: Mapping[str, tuple[str, ...]]
    tasks: tuple[TaskRecord, ...] = ()
    lineage: tuple[LineageRecord, ...] = ()
    state: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if type(self.number) is not int or self.number < 0:
            raise InputError(f"generation: expected a number of 0 or more, got {self.number!r:.80}")
        for task, texts in self.populations.items():
            if not isinstance(task, str) or not 0 < len(task) <= MAX_NAME:
                raise InputError(f"generation {self.number}: expected a task id, got {task!r:.80}")
            check_texts(texts, f"generation {self.number}, task {task}")
        if len({record.task for record in self.tasks}) < len(self.tasks):
            raise InputError(f"generation {self.number}: a task has two records")


def check_texts(texts: object, where: str) -> None:
    """Checks that something is a tuple of texts that can be programs'.

    Raises:
        InputError: it is not.
    """
    if not isinstance(texts, tuple):
        raise InputError(f"{where}: expected a tuple of texts, got {type(texts).__name__}")
    for text in texts:
        if not isinstance(text, str) or not 0 < len(text) <= MAX_TEXT:
            raise InputError(f"{where}: expected a program's text of at most {MAX_TEXT} characters, got {text!r:.80}")
