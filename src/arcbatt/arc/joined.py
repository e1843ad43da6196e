"""Tasks of several sources as one set, in which an id stands for one task."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from arcbatt.arc._shown import listed, shown_path
from arcbatt.arc.datasets import SETS, load_set, sets_with
from arcbatt.arc.entries import DEMO_COUNT, Entry
from arcbatt.arc.samples import Sample
from arcbatt.arc.sources import Source
from arcbatt.arc.task import Task
from arcbatt.arc.taskset import TaskSet
from arcbatt.errors import InputError

__all__ = ["joined", "merged", "source_of_set"]

_LONGEST_ID, _LONGEST_LABEL = 68, 24  # of an id that is made: with @ and a number it has less than 100 characters
_MOST_NAMES = 3


def joined(sources: Sequence[Source], *, skips_bad: bool, has_sets: bool) -> TaskSet:
    """The tasks of all sources as one set: those of each in turn, sorted by id.

    Args:
        sources: one or more.
        skips_bad: as in :class:`TaskSet`.
        has_sets: whether a named set is among them, so that unknown ids are looked for in the others.
    """
    join = _Join(sources)
    return TaskSet(
        _some([source.name for source in sources]), join.ids, join.read,
        lambda: " + ".join(source.revision() for source in sources), sets_with if has_sets else None,
        notes=join.notes(), skips_bad=skips_bad,
    )  # fmt: skip


def source_of_set(name: str) -> Source:
    """The tasks of a named set.

    Raises:
        InputError: as :func:`load_set`.
    """
    tasks = load_set(name)

    def entry(task_id: str) -> Entry:
        return Entry(task_id, name, lambda known: tasks[task_id], task_id)

    return Source(name, tuple(map(entry, tasks.ids)), lambda: tasks.revision)


@dataclass(slots=True)
class _Place:
    """What an id of the joined set stands for: entries that have the same samples."""

    id: str
    rank: tuple[int, str, str]
    entries: list[Entry]


class _Join:
    """Gives each different task of the sources an id of its own."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._places: dict[str, _Place] = {}
        self._variants: dict[str, list[_Place]] = {}
        self._tasks: dict[str, Task] = {}
        self._sets: dict[str, TaskSet] = {}
        self._same: set[str] = set()
        self._by_samples: dict[tuple[str, bool, str], list[_Place]] = {}
        self._numbers: Counter[str] = Counter()
        self._given = {entry.id for source in sources for entry in source.entries}
        for is_generated in (False, True):  # the task itself keeps its id, whatever comes first
            for index, source in enumerate(sources):
                for entry in sorted(source.entries, key=lambda entry: entry.order):
                    if entry.is_generated is is_generated:
                        self._add(index, entry)

    @property
    def ids(self) -> list[str]:
        """The ids of all tasks, in order."""
        return [place.id for place in sorted(self._places.values(), key=lambda place: place.rank)]

    def read(self, task_id: str) -> Task:
        """The task of one of the ids, under this id.

        Raises:
            InputError: it is malformed.
        """
        if task_id not in self._tasks:
            place = self._places[task_id]
            task = place.entries[0].read(self._known)
            for entry in place.entries[1:]:
                task = merged(task, entry.read(self._known)) or task
            self._tasks[task_id] = task if task.id == task_id else replace(task, id=task_id)
        return self._tasks[task_id]

    def notes(self) -> tuple[str, ...]:
        """What people should know of how the sources were read and joined, a line each."""
        notes = [note for source in self._sources for note in source.notes]
        if self._same:
            notes.append(f"{_tasks(len(self._same))} found more than once with the same samples, taken once")
        renamed = [place.id for places in self._variants.values() for place in places[1:]]
        if renamed:
            ids = "1 id stands" if len(renamed) == 1 else f"{len(renamed):,} ids stand"
            notes.append(f"{ids} for different tasks; the later ones are named {listed(map(shown_path, renamed))}")
        return (*notes, *self._notes_of_generated())

    def _notes_of_generated(self) -> list[str]:
        made = [place.entries[0].id for place in self._places.values() if place.entries[0].is_generated]
        unknown = [shown_path(task_id) for task_id in made if not self._is_known(task_id)]
        notes = []
        if len(made) > len(unknown):
            known = len(made) - len(unknown)
            notes.append(f"{_tasks(known)} of generated pairs: test samples, with the demo samples of the known task")
        if unknown:
            notes.append(
                f"{_tasks(len(unknown))} of pairs alone, of no known task: the first {DEMO_COUNT} pairs are the demo "
                f"samples: {listed(unknown)}"
            )
        return notes

    def _add(self, index: int, entry: Entry) -> None:
        places = self._variants.setdefault(entry.id, [])
        if len(places) == 1:
            self._note_samples(places[0])
        same = self._same_place(entry) if places else None
        if same is not None:
            same.entries.append(entry)
            self._tasks.pop(same.id, None)
            self._same.add(same.id)
            return
        task_id = self._new_id(entry) if places else entry.id
        place = _Place(task_id, (index, entry.order, task_id), [entry])
        self._places[task_id] = place
        places.append(place)
        if len(places) > 1:
            self._note_samples(place)

    def _note_samples(self, place: _Place) -> None:
        """Makes the place be found by its samples; done only where an id occurs again, since it reads the task."""
        entry = place.entries[0]
        try:
            found = self._by_samples.setdefault(_key(entry, self.read(place.id)), [])
        except InputError:  # refused when it is asked for
            return
        if place not in found:
            found.append(place)

    def _same_place(self, entry: Entry) -> _Place | None:
        """The place of a task with the id and the samples of the entry."""
        try:
            task = entry.read(self._known)
        except InputError:  # refused when it is asked for, under an id of its own
            return None
        places = self._by_samples.get(_key(entry, task), [])
        return next((place for place in places if merged(self.read(place.id), task) is not None), None)

    def _new_id(self, entry: Entry) -> str:
        label = re.sub(r"[^A-Za-z0-9_.-]+", "-", entry.label).strip("-.")[:_LONGEST_LABEL] or "other"
        stem = f"{entry.id[:_LONGEST_ID]}@{label}"
        while True:
            self._numbers[stem] += 1
            new = stem if self._numbers[stem] == 1 else f"{stem}.{self._numbers[stem]}"
            if new not in self._places and new not in self._given:
                return new

    def _known(self, task_id: str) -> Task | None:
        for place in self._variants.get(task_id, []):
            if not place.entries[0].is_generated:
                return replace(self.read(place.id), id=task_id)
        name = self._set_with(task_id)
        return None if name is None else self._sets[name][task_id]

    def _is_known(self, task_id: str) -> bool:
        places = self._variants.get(task_id, [])
        return any(not p.entries[0].is_generated for p in places) or self._set_with(task_id) is not None

    def _set_with(self, task_id: str) -> str | None:
        """The first named set of the usual ones that holds a task."""
        for name in SETS:
            if "@" not in name:
                tasks = self._sets.setdefault(name, self._sets.get(name) or load_set(name))
                if task_id in tasks:
                    return name
        return None


def merged(first: Task, second: Task) -> Task | None:
    """The task that two tasks are, with the test outputs that either knows; None where their samples differ."""
    if first.demo != second.demo or first.challenge.inputs != second.challenge.inputs:
        return None
    test = []
    for one, other in zip(first.test, second.test, strict=True):
        if None not in (one.output, other.output) and one.output != other.output:
            return None
        test.append(Sample(one.input, one.output if one.output is not None else other.output))
    return replace(first, test=tuple(test))


def _key(entry: Entry, task: Task) -> tuple[str, bool, str]:
    """What entries of the same task have in common; their test outputs have to agree besides."""
    return entry.id, entry.is_generated, task.challenge.digest


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return " + ".join(names[:_MOST_NAMES]) + more


def _tasks(number: int) -> str:
    return "1 task" if number == 1 else f"{number:,} tasks"
