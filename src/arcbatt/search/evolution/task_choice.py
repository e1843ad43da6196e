"""Which tasks an evolution works on, and which of them next."""

from __future__ import annotations

from collections.abc import Container, Sequence
from math import sqrt
from pathlib import Path

from arcbatt.arc import Challenge, FaultyTasksError, TaskSet
from arcbatt.arc._json import read_bytes
from arcbatt.errors import InputError
from arcbatt.search.seeds import seeded

__all__ = ["SOLVED_WEIGHT", "chosen_tasks", "named_tasks", "task_weight"]

SOLVED_WEIGHT = 0.1
"""How much less often a solved task is chosen again."""


def named_tasks(tasks: TaskSet, words: str) -> tuple[TaskSet, bool]:
    """The tasks that a text names, and whether they are left once they are solved.

    Args:
        tasks: what to choose from.
        words: ``all``; ``unsolved``: all, each until it is solved; ids with commas between; or ``@FILE``, a file of
            ids, each on a line of its own or with commas or blanks between.

    Raises:
        InputError: an id is unknown, none is given, the file cannot be read, or a task is malformed.
    """
    if words in ("all", "unsolved"):
        return tasks.slice(), words == "unsolved"
    ids = (_read(Path(words[1:])) if words.startswith("@") else words).replace(",", " ").split()
    if not ids:
        raise InputError(f"{words:.80}: expected all, unsolved, ids with commas between, or @FILE with ids")
    try:
        return tasks.select(ids), False
    except FaultyTasksError:
        raise
    except InputError as error:
        raise InputError(f"{words:.80}: {error}; expected all, unsolved, ids or @FILE") from None


def task_weight(task: Challenge) -> float:
    """How often a task is chosen: by one over the square root of its number of cells, so smaller tasks more often."""
    grids = [grid for sample in task.samples for grid in (sample.input, sample.output) if grid is not None]
    return 1 / sqrt(sum(len(grid) * len(grid[0]) for grid in grids))


def chosen_tasks(
    tasks: Sequence[Challenge], solved: Container[int], count: int, seed: int, generation: int, *, leave_solved: bool
) -> list[int]:
    """The places of the tasks of a generation, ascending: drawn by weight, without replacement.

    Args:
        tasks: to choose from.
        solved: places of those whose demo samples some program solves.
        count: how many to draw; fewer come when there are fewer.
        seed: of the evolution.
        generation: its number.
        leave_solved: whether solved tasks are left; else they are chosen :data:`SOLVED_WEIGHT` as often.
    """
    rng = seeded(seed, "tasks", generation)
    arrivals = []
    for place, task in enumerate(tasks):
        is_solved = place in solved
        arrival = rng.expovariate(task_weight(task) * (SOLVED_WEIGHT if is_solved else 1))
        if not (is_solved and leave_solved):
            arrivals.append((arrival, place))
    return sorted(place for _, place in sorted(arrivals)[:count])


def _read(path: Path) -> str:
    try:
        return read_bytes(path).decode("utf-8")
    except (InputError, UnicodeDecodeError) as error:
        reason = error if isinstance(error, InputError) else "no text in UTF-8"
        raise InputError(f"@{path}: cannot read the file of task ids: {reason}") from None
