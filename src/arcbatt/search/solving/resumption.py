"""What an interrupted run left in the store: attempts to take over, and programs that it found itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from arcbatt.arc import Task, parse_grid
from arcbatt.arc.submission import ATTEMPTS, Attempts
from arcbatt.errors import InputError

__all__ = ["attempts_in", "found_by"]


def attempts_in(summary: dict[str, Any] | None, task: Task) -> tuple[Attempts, ...] | None:
    """The attempts in a summary that was stored; None when the task is to be done again.

    That is so where the result depends on the machine, and where the summary is not whole: a store may come from a
    stranger.
    """
    if summary is None or not _is_whole(summary, task):
        return None
    try:
        pairs = [tuple(parse_grid(attempt["grid"], "attempt") for attempt in pair) for pair in summary["attempts"]]
    except (InputError, KeyError, TypeError):
        return None
    if len(pairs) != len(task.test) or any(len(pair) != ATTEMPTS for pair in pairs):
        return None
    return tuple((pair[0], pair[1]) for pair in pairs)


def _is_whole(summary: dict[str, Any], task: Task) -> bool:
    """Whether a stored summary has, beside its attempts, what a report tells of, and is of a task done to the end."""
    programs, bugs, attempts = (summary.get(name) for name in ("programs", "bugs", "attempts"))
    if not (isinstance(programs, list) and isinstance(bugs, list) and isinstance(attempts, list)):
        return False
    return (
        summary.get("task") == task.id and summary.get("test_count") == len(task.test) and "failure" not in summary
        and summary.get("cut_off") is False and summary.get("shortened") is False
        and all(isinstance(program, dict) and _told(program) for program in programs)
        and all(isinstance(attempt, dict) and isinstance(attempt.get("basis"), str)
                for pair in attempts if isinstance(pair, list) for attempt in pair)
    )  # fmt: skip


def _told(program: dict[str, Any]) -> bool:
    return all(isinstance(program.get(name), str) for name in ("md5", "name", "source")) and all(
        type(program.get(name)) is int for name in ("answers", "size", "cost")
    )


def found_by(summaries: Iterable[dict[str, Any]]) -> set[str]:
    """MD5s of the programs that searches found for tasks done.

    A run that goes on leaves them out of its battery: the run that was interrupted would not have known them either,
    so the rest of the tasks gets the same answers.
    """
    found = set()
    for summary in summaries:
        programs = summary.get("programs")
        for program in programs if isinstance(programs, list) else []:
            if isinstance(program, dict) and "text" in program and isinstance(program.get("md5"), str):
                found.add(program["md5"])
    return found
