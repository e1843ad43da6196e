"""The records of an evolution: what it was asked for, its populations, and what each generation came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arcbatt.errors import InputError
from arcbatt.store.records.checks import check_json, check_texts, check_unique
from arcbatt.store.records.task_records import LineageRecord, TaskRecord

if TYPE_CHECKING:
    from arcbatt.results import TaskKey

__all__ = ["EvolutionRecord", "GenerationRecord"]


@dataclass(frozen=True, slots=True)
class EvolutionRecord:
    """An evolution as it stands after its last saved generation.

    Attributes:
        series: the series of the runs that evolve it, see :class:`~arcbatt.store.RunRecord`.
        key: that of the runs.
        settings: JSON text: what was asked for.
        state: JSON text: what the next generation needs to know beside the populations; ``{}`` before the first.
    """

    series: int
    key: str
    settings: str
    state: str

    def __post_init__(self) -> None:
        check_json(self.settings, f"evolution {self.series}: settings")
        check_json(self.state, f"evolution {self.series}: state")


@dataclass(frozen=True, slots=True)
class GenerationRecord:
    """Everything that a generation changes, saved in one transaction.

    Attributes:
        number: from 0.
        populations: canonical texts of the members of each task that was worked on, best first; they replace those
            that were there.
        tasks: solvers for the store with their results; what they say of done tasks is not looked at.
        lineage: how new members were bred.
        state: JSON text, see :class:`EvolutionRecord`.
        line: JSON text: the generation's line in the log.

    Raises:
        InputError: a number below 0, a population that is no texts, two populations or records of the same samples.
    """

    number: int
    populations: Mapping[TaskKey, tuple[str, ...]]
    tasks: tuple[TaskRecord, ...] = ()
    lineage: tuple[LineageRecord, ...] = ()
    state: str = "{}"
    line: str = "{}"

    def __post_init__(self) -> None:
        if type(self.number) is not int or self.number < 0:
            raise InputError(f"generation: expected a number of 0 or more, got {self.number!r:.80}")
        where = f"generation {self.number}"
        for task, texts in self.populations.items():
            check_texts(texts, f"{where}, task {task.id}")
        check_unique((task.digest for task in self.populations), where)
        check_unique((record.task.digest for record in self.tasks), where)
        check_json(self.state, f"{where}: state")
        check_json(self.line, f"{where}: line")
