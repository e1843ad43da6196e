"""What programs come to on tasks: one result of a program on a task, its rank, its written forms.

A :class:`~arcbatt.engine.verdict.Verdict` is the result of a program on one sample. :class:`ProgramResult` holds those
of one program on all samples of a task, :class:`TaskTable` those of all programs of a run on a task, in columns.
"""

from arcbatt.results.failures import FailureGroup, failure_groups, merged_groups
from arcbatt.results.nearness import FULL_SHARE, Nearness, nearness_of, shares_of
from arcbatt.results.program_result import ProgramResult, t_log
from arcbatt.results.ranking import Rank, rank_of
from arcbatt.results.task_key import TaskKey
from arcbatt.results.task_table import RunProgram, TaskTable

__all__ = [
    "FULL_SHARE", "FailureGroup", "Nearness", "ProgramResult", "Rank", "RunProgram", "TaskKey", "TaskTable",
    "failure_groups", "merged_groups", "nearness_of", "rank_of", "shares_of", "t_log",
]  # fmt: skip
