"""What an interrupted run left in the store: tasks to take over, and programs that it found itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property

from arcbatt.arc import Task, is_grid
from arcbatt.errors import InputError
from arcbatt.results.json_form import from_json
from arcbatt.search.solving.solved_task import SolvedTask

__all__ = ["FoundBy", "found_by", "stored_solution", "taken_over"]


def taken_over(text: str | None, task: Task, *, is_final: bool = True) -> SolvedTask | None:
    """A task as it was stored, a JSON text, under the id that it has now; None when it is to be done again.

    That is so where the result depends on the machine (unless ``is_final`` is false: then it need not be final), and
    where the text is not whole: a store may come from a stranger.
    """
    solved = None if text is None else stored_solution(text)
    if solved is None or (is_final and not solved.is_final) or solved.digest != task.digest:
        return None
    if (solved.demo_count, solved.test_count) != (len(task.demo), len(task.test)):
        return None
    return replace(solved, task=task.id)


def stored_solution(text: str) -> SolvedTask | None:
    """What the JSON text stands for that a run stored of a task; None where it is not whole.

    Whole is one with two attempts at each test input, all of them grids, that says nothing of what is right: a store
    may come from a stranger.
    """
    solved = _read(text)
    if solved is None or solved.right or solved.demo_count < 1:
        return None
    if len(solved.attempts) != solved.test_count or len(solved.others) not in (0, solved.test_count):
        return None
    grids = [attempt.grid for answers in (*solved.attempts, *solved.others) for attempt in answers]
    return solved if all(map(is_grid, grids)) else None


def found_by(texts: Iterable[str]) -> set[str]:
    """MD5s of the programs that searches found for tasks done.

    A run that goes on leaves them out of its battery: the run that was interrupted would not have known them either,
    so the rest of the tasks gets the same answers.
    """
    done = [solved for text in texts if (solved := _read(text)) is not None]
    return {program.md5 for solved in done for program in solved.programs if program.text is not None}


class FoundBy:
    """The MD5s that :func:`found_by` gives, of texts that are read when the first one is looked for.

    Args:
        read: gives the texts of the tasks done so far.
    """

    def __init__(self, read: Callable[[], Iterable[str]]) -> None:
        self._read = read

    @cached_property
    def _md5s(self) -> set[str]:
        return found_by(self._read())

    def __contains__(self, md5: object) -> bool:
        return md5 in self._md5s


def _read(text: str) -> SolvedTask | None:
    try:
        return from_json(SolvedTask, text, "summary")
    except InputError:
        return None
