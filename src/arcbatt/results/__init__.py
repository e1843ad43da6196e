"""What programs achieve on tasks: one result of a program on a task, its rank, its written forms.

A :class:`~arcbatt.engine.verdict.Verdict` is the result of a program on one sample. :class:`ProgramResult` holds those
of one program on all samples of a task, :class:`TaskTable` those of all programs of a run on a task, in columns.

The names are imported when they are first used: a listing needs no engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arcbatt.results.failures import FailureGroup, failure_groups, merged_groups, own_failures
    from arcbatt.results.nearness import FULL_SHARE, Nearness, nearness_of, shares_of
    from arcbatt.results.program_result import ProgramResult, t_log
    from arcbatt.results.ranking import Rank, rank_of
    from arcbatt.results.task_key import TaskKey
    from arcbatt.results.task_table import RunProgram, TaskTable

_HOME_OF = {
    "FULL_SHARE": "nearness", "Nearness": "nearness", "nearness_of": "nearness", "shares_of": "nearness",
    "ProgramResult": "program_result", "t_log": "program_result", "Rank": "ranking", "rank_of": "ranking",
    "TaskKey": "task_key", "RunProgram": "task_table", "TaskTable": "task_table", "FailureGroup": "failures",
    "failure_groups": "failures", "merged_groups": "failures", "own_failures": "failures",
}  # fmt: skip

__all__ = [
    "FULL_SHARE", "FailureGroup", "Nearness", "ProgramResult", "Rank", "RunProgram", "TaskKey", "TaskTable",
    "failure_groups", "merged_groups", "nearness_of", "own_failures", "rank_of", "shares_of",
    "t_log",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"arcbatt.results.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
