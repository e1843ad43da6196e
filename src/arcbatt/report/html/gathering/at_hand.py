"""Tasks whose grids are at hand: found by id, taken only if their samples are those that the results belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from arcbatt.arc import Task
from arcbatt.errors import InputError
from arcbatt.report.html.gathering.texts import grid_digits
from arcbatt.report.html.page_data import SampleData
from arcbatt.results import TaskKey
from arcbatt.store import Store

__all__ = ["Source", "TasksAtHand", "samples_of"]

Source = Mapping[str, Task]
"""Tasks by id; the attribute ``name``, where there is one, is what their set is called."""


class TasksAtHand:
    """The tasks of several sources.

    Args:
        sources: in the order in which they are looked at.
        store: knows under which other ids samples were met.
    """

    def __init__(self, sources: Sequence[Source], store: Store) -> None:
        self._sources = sources
        self._store = store

    def find(self, key: TaskKey) -> tuple[Task, str] | None:
        """The task with the samples of a key, under the key's id, and the name of its set; None where it is not here.

        A malformed task counts as not here.
        """
        for task_id in self._ids(key):
            for source in self._sources:
                try:
                    task = source.get(task_id)
                except InputError:
                    continue
                if task is not None and task.digest == key.digest:
                    renamed = task if task.id == key.id else Task(key.id, task.demo, task.test)
                    return renamed, str(getattr(source, "name", ""))
        return None

    def _ids(self, key: TaskKey) -> Iterator[str]:
        """The ids that it may go by: its own, that without ``@LABEL``, then the others that the store knows."""
        yield key.id
        if "@" in key.id:
            yield key.id.partition("@")[0]
        yield from (task_id for task_id in self._store.task_ids(key.digest) if task_id != key.id)


def samples_of(task: Task) -> tuple[SampleData, ...]:
    """The samples of a task, demo samples first."""
    return tuple(
        SampleData(
            task.sample_name(place), grid_digits(sample.input),
            None if sample.output is None else grid_digits(sample.output),
        )
        for place, sample in enumerate(task.samples)
    )  # fmt: skip
