"""Reading tasks, scores and differ scores, inside the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcbatt.store.records.checks import is_md5
from arcbatt.store.sql.damage import DamagedRow, made
from arcbatt.store.sql.score_rows import SCORE_VALUES, score_row
from arcbatt.store.sql.statements import Connection, Row, value

if TYPE_CHECKING:
    from arcbatt.results import TaskKey
    from arcbatt.store.records.task_records import DifferScoreRecord, ScoreRecord

__all__ = [
    "select_counts", "select_differ_scores", "select_ids", "select_keys", "select_ranks", "select_scores",
    "select_tasks",
]  # fmt: skip

_TASKS = (
    "SELECT t.digest, n.id, t.demo_count, t.test_count FROM tasks t JOIN task_names n ON n.digest = t.digest "
    "WHERE t.demo_count IS NOT NULL "
)
_SCORES = (
    f"SELECT r.result, s.md5, {', '.join(f's.{name}' for name in SCORE_VALUES)}, s.digest, n.id "
    "FROM scores s JOIN task_names n ON n.digest = s.digest AND n.is_first = 1 "
    "LEFT JOIN score_results r ON r.digest = s.digest AND r.md5 = s.md5 "
)
_RANK = "-s.demo_right, -s.near, s.size, s.fuel, s.md5"
_COUNTS = {
    "solvers": "SELECT count(*) FROM programs WHERE kind = 'solver'",
    "differs": "SELECT count(*) FROM programs WHERE kind = 'differ'",
    "scores": "SELECT count(*) FROM scores",
    "differ_scores": "SELECT count(*) FROM differ_scores",
    "tasks": "SELECT count(DISTINCT digest) FROM scores",
    "runs": "SELECT count(*) FROM runs",
}


def select_tasks(connection: Connection) -> list[TaskKey]:
    """Every task under its first id, sorted by id, then digest."""
    from arcbatt.results.task_key import TaskKey

    return made(TaskKey, connection.execute(_TASKS + "AND n.is_first = 1 ORDER BY n.id, t.digest"))


def select_keys(connection: Connection, task_id: str) -> list[TaskKey]:
    """Every task under an id, sorted by digest."""
    from arcbatt.results.task_key import TaskKey

    return made(TaskKey, connection.execute(_TASKS + "AND n.id = :id ORDER BY t.digest", {"id": task_id}))


def select_ids(connection: Connection, digest: str) -> list[str]:
    """The ids of a task: the first, then the others sorted."""
    query = "SELECT id FROM task_names WHERE digest = :digest ORDER BY is_first DESC, id"
    ids = [id for (id,) in connection.execute(query, {"digest": digest})]
    if not all(isinstance(id, str) and id.isprintable() for id in ids):
        raise DamagedRow(f"an id of task {digest!r:.80} is no text")
    return ids


def select_scores(connection: Connection, digest: str | None, md5: str | None) -> list[ScoreRecord]:
    """Scores sorted by first id of the task, digest, then best first."""
    query = f"{_SCORES}{_where('s', digest=digest, md5=md5)} ORDER BY n.id, s.digest, {_RANK}"
    rows = connection.execute(query, _given(digest=digest, md5=md5))
    return made(_score, rows)


def _score(text: object, md5: str, *rest: object) -> ScoreRecord:
    from arcbatt.results.json_form import from_json
    from arcbatt.results.program_result import ProgramResult
    from arcbatt.results.task_key import TaskKey
    from arcbatt.store.records.task_records import ScoreRecord

    *numbers, digest, task_id = rest
    if not isinstance(text, str):
        raise DamagedRow(f"a score of {md5!r:.80} without its result")
    result = from_json(ProgramResult, text, f"score of {md5!r:.80}")
    key = TaskKey(digest, task_id, len(result.demo), len(result.test))  # type: ignore[arg-type]
    record = ScoreRecord(key, result)
    row = score_row(key, result)
    if result.md5 != md5 or [row[name] for name in SCORE_VALUES] != numbers:
        raise DamagedRow(f"the score of {md5!r:.80} on {key.id} does not fit its result")
    return record


def select_ranks(connection: Connection, digest: str) -> dict[str, Row]:
    """The rank of each solver with a score on a task, by md5; see :func:`arcbatt.results.ranking.rank_of`."""
    from arcbatt.results.ranking import rank_of

    query = "SELECT md5, demo_right, near, size, fuel FROM scores WHERE digest = :digest"
    ranks = {}
    for md5, *numbers in connection.execute(query, {"digest": digest}):
        if not is_md5(md5) or any(type(number) is not int for number in numbers):
            raise DamagedRow(f"score of {md5!r:.80}: expected an MD5 and integers")
        demo_right, near, size, fuel = numbers
        ranks[md5] = rank_of((demo_right, near), size, fuel, md5)
    return ranks


def select_differ_scores(
    connection: Connection, digest: str | None, solver_md5: str | None, differ_md5: str | None
) -> list[DifferScoreRecord]:
    """Differ scores sorted by digest, solver, differ."""
    from arcbatt.store.records.task_records import DifferScoreRecord

    query = (
        "SELECT digest, solver_md5, differ_md5, iz, zo, t_log FROM differ_scores d "
        f"{_where('d', digest=digest, solver_md5=solver_md5, differ_md5=differ_md5)} "
        "ORDER BY digest, solver_md5, differ_md5"
    )
    rows = connection.execute(query, _given(digest=digest, solver_md5=solver_md5, differ_md5=differ_md5))
    return made(DifferScoreRecord, rows)


def select_counts(connection: Connection) -> dict[str, int]:
    """Number of rows by what they are."""
    return {name: int(value(connection, query)) for name, query in _COUNTS.items()}


def _given(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}


def _where(table: str, **values: str | None) -> str:
    conditions = [f"{table}.{name} = :{name}" for name in _given(**values)]
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""
