"""Writing scores, and which of them stay: inside the caller's transaction, a few statements for any number of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arcbatt.store.records.result_checks import stored_form
from arcbatt.store.sql.score_queries import select_ranks
from arcbatt.store.sql.score_rows import SCORE_VALUES, score_row
from arcbatt.store.sql.statements import Connection, execute_many, insert_into

if TYPE_CHECKING:
    from arcbatt.results import ProgramResult, TaskKey
    from arcbatt.store.records.task_records import DifferScoreRecord, ProgramRecord, TaskRecord

__all__ = ["TaskPlan", "delete_scores", "insert_differ_scores", "insert_scores", "plan_task", "save_scores"]

_INSERT_SCORE = insert_into("scores", ("digest", "md5", *SCORE_VALUES))
_INSERT_RESULT = insert_into("score_results", ("digest", "md5", "result"))
_INSERT_DIFFER_SCORE = insert_into("differ_scores", ("digest", "solver_md5", "differ_md5", "iz", "zo", "t_log"))


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """What saving a task comes to, once it is known which solvers stay.

    Attributes:
        programs: those of the record that are kept: the differs and the solvers that stay.
        results: of the solvers that stay.
        differ_scores: of the solvers that stay.
        rescored: md5 of every solver of the record: what is stored of them for the task is replaced.
        evicted: md5 of the solvers that have a score for the task so far and lose it.
    """

    programs: list[ProgramRecord]
    results: list[ProgramResult]
    differ_scores: list[DifferScoreRecord]
    rescored: list[str]
    evicted: list[str]


def plan_task(connection: Connection, record: TaskRecord, keep: int) -> TaskPlan:
    """Chooses the ``keep`` best solvers by rank among those stored for the task and those of the record."""
    stored = select_ranks(connection, record.task.digest)
    new = {result.md5: result.rank for result in record.results}
    ranks = {**stored, **new}
    kept = set(sorted(ranks, key=lambda md5: ranks[md5])[:keep])
    return TaskPlan(
        programs=[program for program in record.programs if program.kind == "differ" or program.md5 in kept],
        results=[result for result in record.results if result.md5 in kept],
        differ_scores=[score for score in record.differ_scores if score.solver_md5 in kept],
        rescored=sorted(new),
        evicted=sorted(stored.keys() - kept),
    )


def save_scores(connection: Connection, task: TaskKey, plan: TaskPlan) -> None:
    """Replaces what is stored for the rescored solvers by what the plan keeps of it, and evicts."""
    delete_scores(connection, task.digest, {*plan.rescored, *plan.evicted})
    insert_scores(connection, task, plan.results)
    insert_differ_scores(connection, plan.differ_scores)


def insert_scores(connection: Connection, task: TaskKey, results: Iterable[ProgramResult]) -> None:
    """Inserts the scores of solvers that have none for the task."""
    from arcbatt.results.json_form import to_json

    rows = [score_row(task, result) | {"result": to_json(stored_form(result))} for result in results]
    execute_many(connection, _INSERT_SCORE, rows)
    execute_many(connection, _INSERT_RESULT, rows)


def insert_differ_scores(connection: Connection, scores: Sequence[DifferScoreRecord]) -> None:
    """Inserts differ scores that are not there."""
    execute_many(connection, _INSERT_DIFFER_SCORE, [{n: getattr(s, n) for n in s.__slots__} for s in scores])


def delete_scores(connection: Connection, digest: str, md5s: Iterable[str]) -> None:
    """Deletes the scores of solvers for a task, and the differ scores with them."""
    rows = [{"digest": digest, "md5": md5} for md5 in sorted(md5s)]
    for table, column in (("scores", "md5"), ("score_results", "md5"), ("differ_scores", "solver_md5")):
        execute_many(connection, f"DELETE FROM {table} WHERE digest = :digest AND {column} = :md5", rows)
