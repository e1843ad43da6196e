"""Adding scores that come from elsewhere, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from arcbatt.errors import InputError
from arcbatt.store.records.checks import check_unique
from arcbatt.store.sql.score_saving import insert_differ_scores, insert_scores
from arcbatt.store.sql.statements import Connection, value

if TYPE_CHECKING:
    from arcbatt.store.records.task_records import DifferScoreRecord, ScoreRecord

__all__ = ["add_scores"]

_KIND = "SELECT kind FROM programs WHERE md5 = :md5"
_SCORE = "SELECT 1 FROM scores WHERE digest = :digest AND md5 = :md5"
_DIFFER_SCORE = (
    "SELECT 1 FROM differ_scores WHERE digest = :digest AND solver_md5 = :solver_md5 AND differ_md5 = :differ_md5"
)


def add_scores(
    connection: Connection, scores: Sequence[ScoreRecord], differ_scores: Sequence[DifferScoreRecord]
) -> int:
    """Adds what is not there; the tasks are noted. Returns the number of new scores.

    Raises:
        InputError: see :meth:`arcbatt.store.Store.add_scores`.
    """
    check_unique(((score.task.digest, score.result.md5) for score in scores), "scores")
    check_unique(((score.digest, score.solver_md5, score.differ_md5) for score in differ_scores), "differ scores")
    _check_programs(connection, {score.result.md5 for score in scores}, "solver")
    _check_programs(connection, {score.differ_md5 for score in differ_scores}, "differ")
    new = [s for s in scores if value(connection, _SCORE, digest=s.task.digest, md5=s.result.md5) is None]
    for task, found in groupby(new, key=lambda score: score.task):
        insert_scores(connection, task, [score.result for score in found])
    insert_differ_scores(connection, [score for score in differ_scores if _is_new(connection, score)])
    return len(new)


def _is_new(connection: Connection, score: DifferScoreRecord) -> bool:
    if value(connection, _SCORE, digest=score.digest, md5=score.solver_md5) is None:
        raise InputError(f"differ score: solver {score.solver_md5} has no score on task {score.digest}")
    place = {"digest": score.digest, "solver_md5": score.solver_md5, "differ_md5": score.differ_md5}
    return value(connection, _DIFFER_SCORE, **place) is None


def _check_programs(connection: Connection, md5s: Iterable[str], kind: str) -> None:
    for md5 in sorted(md5s):
        if value(connection, _KIND, md5=md5) != kind:
            raise InputError(f"score of {md5}: no {kind} of that MD5 is stored")
