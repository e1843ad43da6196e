"""The listings: filtered, sorted and cut by the database, inside the caller's transaction.

Rows are checked by columns and not one by one, which takes a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from arcbatt.errors import InputError
from arcbatt.store.records.list_rows import ListQuery, ProgramRow, ScoreRow, TaskRow
from arcbatt.store.sql.damage import DamagedRow
from arcbatt.store.sql.statements import Connection, Row

__all__ = ["select_program_rows", "select_score_rows", "select_task_rows"]

_T = TypeVar("_T")

_SHARE: Final = "CAST({table}.near AS DOUBLE PRECISION) / (10000 * {table}.demo_count)"
_RANK: Final = "{s}.demo_right DESC, {s}.near DESC, {s}.size, {s}.fuel, {s}.md5"

# looked up for the rows that are left alone, where a join would do it for all of them
_FIRST_NAME: Final = "(SELECT name FROM programs p WHERE p.md5 = s.md5)"

_SCORE: Final = {
    "task": "n.id", "digest": "s.digest", "name": _FIRST_NAME, "md5": "s.md5", "size": "s.size",
    "demo_right": "s.demo_right", "demo_count": "s.demo_count",
    "near": _SHARE.format(table="s"), "test_right": "s.test_right",
    "test_count": "s.test_count", "fuel": "s.fuel", "seconds": "s.seconds", "t_log": "s.t_log", "failed": "s.failed",
}  # fmt: skip
_TASK: Final = {
    "task": "n.id", "digest": "t.digest", "demo_count": "t.demo_count", "test_count": "t.test_count",
    "scores": "t.scores", "name": "p.name", "md5": "b.md5", "size": "b.size", "demo_right": "b.demo_right",
    "near": _SHARE.format(table="b"), "test_right": "b.test_right", "fuel": "b.fuel",
}  # fmt: skip
_PROGRAM: Final = {
    "name": "p.name", "md5": "p.md5", "kind": "p.kind", "direction": "p.direction", "size": "p.size",
    "tasks": "coalesce(w.tasks, 0)", "solved": "coalesce(w.solved, 0)", "demo_right": "coalesce(w.demo_right, 0)",
    "near": "w.near",
}  # fmt: skip
_AT_ONCE: Final = 5_000
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    **dict.fromkeys(("task", "digest", "name", "md5", "kind", "direction"), (str,)),
    **dict.fromkeys(("near", "seconds"), (float, int)),
}
_MAYBE: Final = {
    ScoreRow: ("test_right", "seconds", "t_log"),
    TaskRow: ("name", "md5", "size", "demo_right", "near", "test_right", "fuel"),
    ProgramRow: ("direction", "near"),
}


def select_score_rows(connection: Connection, query: ListQuery) -> list[ScoreRow]:
    """Scores; without a sort key by task, digest, best first."""
    conditions, parameters = _program_conditions(query, "s.md5")
    conditions += _outcome_conditions(query, _SCORE["near"], "s.demo_right = s.demo_count")
    names = _names_of_tasks(query)
    sql = (
        f"SELECT {', '.join(_SCORE.values())} FROM scores s JOIN ({names}) n ON n.digest = s.digest "
        f"{_where(conditions)}"
    )
    order = f"n.id, s.digest, {_RANK.format(s='s')}"
    return _rows(connection, ScoreRow, _SCORE, sql, query, order, parameters)


def select_task_rows(connection: Connection, query: ListQuery) -> list[TaskRow]:
    """Tasks with a score and without, each with its best score; without a sort key by task, digest."""
    of_programs, parameters = _program_conditions(query, "s.md5")
    chosen = " AND ".join(["s.digest = t.digest", *of_programs])
    best = f"SELECT s.md5 FROM scores s WHERE {chosen} ORDER BY {_RANK.format(s='s')} LIMIT 1"
    tasks = (
        "SELECT t.digest, t.demo_count, t.test_count, "
        f"(SELECT count(*) FROM scores s WHERE {chosen}) AS scores, ({best}) AS best "
        "FROM tasks t WHERE t.demo_count IS NOT NULL"
    )
    conditions = _outcome_conditions(query, _TASK["near"], "coalesce(b.demo_right = b.demo_count, 1 = 0)")
    if of_programs:
        conditions.append("b.md5 IS NOT NULL")
    sql = (
        f"SELECT {', '.join(_TASK.values())} FROM ({tasks}) t JOIN ({_names_of_tasks(query)}) n ON n.digest = t.digest "
        "LEFT JOIN scores b ON b.digest = t.digest AND b.md5 = t.best "
        f"LEFT JOIN programs p ON p.md5 = b.md5 {_where(conditions)}"
    )
    return _rows(connection, TaskRow, _TASK, sql, query, "n.id, t.digest", parameters)


def select_program_rows(connection: Connection, query: ListQuery) -> list[ProgramRow]:
    """Programs; without a sort key by most tasks solved, most demo samples solved, nearest, name, md5."""
    conditions, parameters = _program_conditions(query, "p.md5")
    conditions += _outcome_conditions(query, "w.near", "coalesce(w.solved, 0) > 0")
    if query.kind is not None:
        conditions.append("p.kind = :kind")
    on_tasks = "" if query.task is None else f"WHERE s.digest IN (SELECT digest FROM ({_names_of_tasks(query)}) n) "
    if query.task is not None:
        conditions.append("w.tasks > 0")
    sums = (
        "SELECT s.md5, count(*) AS tasks, sum(CASE WHEN s.demo_right = s.demo_count THEN 1 ELSE 0 END) AS solved, "
        f"sum(s.demo_right) AS demo_right, max({_SCORE['near']}) AS near FROM scores s {on_tasks}GROUP BY s.md5"
    )
    sql = (
        f"SELECT {', '.join(_PROGRAM.values())} FROM programs p LEFT JOIN ({sums}) w ON w.md5 = p.md5 "
        f"{_where(conditions)}"
    )
    order = f"{_PROGRAM['solved']} DESC, {_PROGRAM['demo_right']} DESC, coalesce(w.near, -1) DESC, p.name, p.md5"
    return _rows(connection, ProgramRow, _PROGRAM, sql, query, order, parameters)


def _names_of_tasks(query: ListQuery) -> str:
    """The id under which each task is listed: of several that fit what is asked for the lowest."""
    if query.task is None:
        return "SELECT digest, id FROM task_names WHERE is_first = 1"
    condition = f"id {_matching(query.task, 'task')}"
    return f"SELECT digest, min(id) AS id FROM task_names WHERE {condition} GROUP BY digest"


def _program_conditions(query: ListQuery, md5: str) -> tuple[list[str], dict[str, object]]:
    conditions = []
    if query.name is not None:
        condition = f"name {_matching(query.name, 'name')}"
        named = f"SELECT md5 FROM programs WHERE {condition} UNION SELECT md5 FROM program_names WHERE {condition}"
        conditions.append(f"{md5} IN ({named})")
    if query.md5 is not None:
        conditions.append(f"{md5} BETWEEN :first_md5 AND :last_md5")
    digits = query.md5 or ""
    return conditions, {
        "task": _pattern(query.task), "name": _pattern(query.name), "near": query.near, "kind": query.kind,
        "first_md5": digits.ljust(32, "0"), "last_md5": digits.ljust(32, "f"),
    }  # fmt: skip


def _matching(word: str, parameter: str) -> str:
    return rf"LIKE :{parameter} ESCAPE '\'" if "*" in word else f"= :{parameter}"


def _pattern(word: str | None) -> str | None:
    if word is None or "*" not in word:
        return word
    for letter in "\\%_":
        word = word.replace(letter, "\\" + letter)
    return word.replace("*", "%")


def _outcome_conditions(query: ListQuery, near: str, solved: str) -> list[str]:
    conditions = [] if query.near is None else [f"{near} >= :near"]
    if query.is_solved is not None:
        conditions.append(solved if query.is_solved else f"NOT ({solved})")
    return conditions


def _where(conditions: Sequence[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _rows(
    connection: Connection,
    make: Callable[..., _T],
    columns: Mapping[str, str],
    sql: str,
    query: ListQuery,
    order: str,
    parameters: Mapping[str, object],
) -> list[_T]:
    sql += f" ORDER BY {', '.join([*_sorting(query, columns), order])}"
    if query.limit is not None:
        sql += f" LIMIT {query.limit}"
    cursor = connection.execute(sql, parameters)
    found: list[_T] = []
    while rows := cursor.fetchmany(_AT_ONCE):
        _check_columns(rows, list(columns), _MAYBE[make])  # type: ignore[index]
        found += [make(*row) for row in rows]
    return found


def _sorting(query: ListQuery, columns: Mapping[str, str]) -> list[str]:
    found = []
    for key in query.sort:
        if key.column not in columns:
            raise InputError(f"column to sort by: expected one of {', '.join(columns)}, got {key.column!r:.80}")
        expression = columns[key.column]
        found += [f"CASE WHEN {expression} IS NULL THEN 1 ELSE 0 END", expression + " DESC" * key.is_descending]
    return found


def _check_columns(rows: list[Row], names: Sequence[str], maybe: Sequence[str]) -> None:
    for name, values in zip(names, zip(*rows, strict=True), strict=False):
        fine = {*_TYPES.get(name, (int,)), *((type(None),) if name in maybe else ())}
        if not fine.issuperset(map(type, values)):
            raise DamagedRow(f"a {name} of an unexpected type")
        if name == "near" and not all(0 <= value <= 1 for value in values if value is not None):
            raise DamagedRow("a share of right cells that is not from 0 to 1")
        if str in fine:
            _check_texts(name, set(values) - {None})


def _check_texts(name: str, values: set[Any]) -> None:
    if not all(map(str.isprintable, values)):
        raise DamagedRow(f"a {name} that does not print")
