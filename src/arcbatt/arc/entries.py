"""The tasks that a file may hold, found without being checked: what every form of task file is turned into."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

from arcbatt.arc._shown import shown, shown_path
from arcbatt.arc.task import Task, check_task_id, parse_samples, parse_task
from arcbatt.errors import InputError

__all__ = ["DEMO_COUNT", "Entry", "Known", "faulty_entry", "id_of", "pairs_entry", "task_entry"]

Known: TypeAlias = Callable[[str], Task | None]
"""Gives the known task of an id, whose demo samples go before generated pairs; None: no such task is known."""

DEMO_COUNT = 3
"""How many generated pairs become demo samples where the task is not known."""

_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A task in a file or set, which is parsed and checked when it is read.

    Attributes:
        id: its id as the file has it; one that cannot be an id is refused when the entry is read.
        label: what distinguishes it from another task of the same id: its folder, file or set.
        read: gives the task, or raises InputError.
        order: what entries are sorted by.
        is_generated: whether it is made of generated pairs, to be judged apart from the task of the same id.
    """

    id: str
    label: str
    read: Callable[[Known], Task]
    order: str
    is_generated: bool = False


def task_entry(task_id: str, label: str, value: Callable[[], Any], where: str, order: str | None = None) -> Entry:
    """The entry of one task in the usual form.

    Args:
        task_id: its id as the file has it.
        label: as in :class:`Entry`.
        value: gives its JSON value, or raises InputError.
        where: what messages start with: the file.
        order: as in :class:`Entry`. [default: the id]
    """

    def read(known: Known) -> Task:
        return parse_task(check_task_id(task_id, where), value(), where)

    return Entry(_visible(task_id), label, read, order or task_id)


def pairs_entry(task_id: str, label: str, value: Callable[[], Any], where: str) -> Entry:
    """The entry of generated pairs: the test samples of a task that has the demo samples of the known task of that id.

    Where no such task is known, the first :data:`DEMO_COUNT` pairs are its demo samples, but all save one of them where
    there are fewer.

    Args:
        task_id: the id of the task that the pairs were generated for.
        label: as in :class:`Entry`.
        value: gives the JSON value, a list of ``{"input": grid, "output": grid}``, or raises InputError.
        where: what messages start with: the file.
    """

    def read(known: Known) -> Task:
        task = known(check_task_id(task_id, where))
        pairs = parse_samples(value(), f"{where}: task {task_id}: pair", is_output_needed=True)
        if task is not None:
            return Task(task_id, task.demo, pairs)
        if len(pairs) < 2:
            raise InputError(f"{where}: task {task_id}: is of no known task: expected two pairs or more, got one")
        count = min(DEMO_COUNT, len(pairs) - 1)
        return Task(task_id, pairs[:count], pairs[count:])

    return Entry(_visible(task_id), label, read, task_id, is_generated=True)


def faulty_entry(task_id: str, label: str, error: InputError, order: str | None = None) -> Entry:
    """The entry of something that should be a task and cannot be read: refused when it is asked for."""

    def read(known: Known) -> NoReturn:
        raise InputError(str(error))

    return Entry(_visible(task_id), label, read, order or task_id)


def _visible(task_id: str) -> str:
    """The id, fit for messages also where it is no id: what is left of it is refused when it is read."""
    return shown_path(task_id)[:_MOST_SHOWN]


def id_of(item: dict[str, Any], keys: Sequence[str], where: str) -> str | None:
    """The id that an object in a list names under one of the keys; None: it names none.

    Raises:
        InputError: it is neither a text nor a whole number.
    """
    key = next((key for key in keys if item.get(key) is not None), None)
    if key is None:
        return None
    value = item[key]
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return shown(value)
    raise InputError(f'{where}: "{key}": expected a text, got {shown(value)}')
