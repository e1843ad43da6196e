"""Reading: from rows to checked records. Every function works inside the caller's transaction.

Sorting is done here and not by the database, whose collation may differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, case, func, or_, select

from arcbatt.store.eviction import Standing
from arcbatt.store.faults import DamagedRow, made
from arcbatt.store.records import (
    DifferScoreRecord,
    LineageRecord,
    ProgramRecord,
    ProgramTotal,
    RunRecord,
    ScoreRecord,
)
from arcbatt.store.schema import differ_scores, done_tasks, lineage, program_names, programs, runs, scores

__all__ = [
    "chunks",
    "loaded",
    "select_by_name",
    "select_by_prefix",
    "select_counts",
    "select_differ_scores",
    "select_done_tasks",
    "select_known",
    "select_lineage",
    "select_names",
    "select_programs",
    "select_runs",
    "select_scores",
    "select_standings",
    "select_totals",
]

_CHUNK = 500  # values in one IN list; databases limit them

_PROGRAM = (programs.c.md5, programs.c.text, programs.c.kind, programs.c.direction, programs.c.name, programs.c.size)
_KNOWN = select(programs.c.md5, programs.c.name, programs.c.origin).where(
    programs.c.md5.in_(bindparam("md5s", expanding=True))
)
_STANDINGS = (
    select(scores.c.md5, scores.c.demo_right, scores.c.fuel, programs.c.size)
    .join(programs, programs.c.md5 == scores.c.md5)
    .where(scores.c.task == bindparam("task"))
)
_TOTALS = (
    select(
        programs.c.md5,
        func.coalesce(func.sum(scores.c.demo_right), 0),
        func.count(scores.c.task),
        func.coalesce(func.sum(case((scores.c.demo_right == scores.c.demo_count, 1), else_=0)), 0),
        func.coalesce(func.max(scores.c.demo_right * 1.0 / scores.c.demo_count), 0.0),
    )
    .join_from(programs, scores, programs.c.md5 == scores.c.md5, isouter=True)
    .where(programs.c.kind == "solver")
    .group_by(programs.c.md5)
)


def select_programs(connection: Connection, kind: str | None) -> list[ProgramRecord]:
    """All programs or those of a kind, sorted by md5."""
    return _programs(connection, select(*_PROGRAM), programs.c.kind == kind if kind is not None else None)


def select_by_prefix(connection: Connection, prefix: str) -> list[ProgramRecord]:
    """The programs whose md5 begins with 1 to 32 hexadecimal digits, sorted by md5."""
    first, last = prefix.ljust(32, "0"), prefix.ljust(32, "f")
    return _programs(connection, select(*_PROGRAM), programs.c.md5.between(first, last))


def select_by_name(connection: Connection, name: str) -> list[ProgramRecord]:
    """The programs that were ever seen under a name, sorted by md5."""
    further = select(program_names.c.md5).where(program_names.c.name == name)
    return _programs(connection, select(*_PROGRAM), or_(programs.c.name == name, programs.c.md5.in_(further)))


def _programs(
    connection: Connection, query: Select[Any], condition: ColumnElement[bool] | None
) -> list[ProgramRecord]:
    if condition is not None:
        query = query.where(condition)
    records = made(ProgramRecord, connection.execute(query))
    return sorted(records, key=lambda record: record.md5)


def select_known(connection: Connection, md5s: Iterable[str]) -> dict[str, tuple[str, str]]:
    """First name and origin of those of the programs that are stored, by md5."""
    known: dict[str, tuple[str, str]] = {}
    for chunk in chunks(sorted(md5s)):
        rows = connection.execute(_KNOWN, {"md5s": chunk})
        known.update({md5: (name, origin) for md5, name, origin in rows})
    return known


def select_names(connection: Connection, md5: str) -> list[str]:
    """The names of a program: the first, then the others sorted."""
    first = connection.execute(select(programs.c.name).where(programs.c.md5 == md5)).scalars().all()
    further = connection.execute(select(program_names.c.name).where(program_names.c.md5 == md5)).scalars().all()
    if not all(isinstance(name, str) and name.isprintable() for name in (*first, *further)):
        raise DamagedRow(f"a name of {md5} is no text")
    return [*first, *sorted(further)]


def select_scores(connection: Connection, task: str | None, md5: str | None) -> list[ScoreRecord]:
    """Scores sorted by task, then best first."""
    query = select(*scores.c, programs.c.size).join(programs, programs.c.md5 == scores.c.md5)
    rows = connection.execute(_filtered(query, scores, task=task, md5=md5)).all()
    records = made(_score, (row[:-1] for row in rows))
    standings = made(Standing, ((r.md5, r.demo_right, r.fuel, row[-1]) for r, row in zip(records, rows, strict=True)))
    pairs = sorted(zip(records, standings, strict=True), key=lambda pair: (pair[0].task, pair[1].rank()))
    return [record for record, _ in pairs]


def _score(*row: Any) -> ScoreRecord:
    return ScoreRecord(*(*row[:-1], loaded(row[-1])))


def select_standings(connection: Connection, task: str) -> dict[str, Standing]:
    """What the choice of solvers to keep looks at, of all those with a score on a task, by md5."""
    standings = made(Standing, connection.execute(_STANDINGS, {"task": task}))
    return {standing.md5: standing for standing in standings}


def select_totals(connection: Connection) -> list[ProgramTotal]:
    """Every solver with its scores summed up, sorted by md5."""
    return sorted(made(ProgramTotal, connection.execute(_TOTALS)), key=lambda total: total.md5)


def select_differ_scores(
    connection: Connection, task: str | None, solver_md5: str | None, differ_md5: str | None
) -> list[DifferScoreRecord]:
    """Differ scores sorted by task, solver, differ."""
    query = _filtered(
        select(*differ_scores.c), differ_scores, task=task, solver_md5=solver_md5, differ_md5=differ_md5
    )
    records = made(DifferScoreRecord, connection.execute(query))
    return sorted(records, key=lambda record: (record.task, record.solver_md5, record.differ_md5))


def select_lineage(connection: Connection, md5: str | None) -> list[LineageRecord]:
    """Lineage sorted by child, parent, mutation."""
    query = select(*lineage.c)
    if md5 is not None:
        query = query.where(or_(lineage.c.child == md5, lineage.c.parent == md5))
    records = made(LineageRecord, connection.execute(query))
    return sorted(records, key=lambda record: (record.child, record.parent, record.mutation))


def select_runs(connection: Connection, key: str | None) -> list[RunRecord]:
    """Runs sorted by id."""
    rows = connection.execute(_filtered(select(*runs.c).order_by(runs.c.id), runs, key=key)).mappings()
    return made(_run, ([dict(row)] for row in rows))


def _run(row: dict[str, Any]) -> RunRecord:
    return RunRecord(**{**row, **{name: loaded(row[name]) for name in ("arguments", "versions", "metrics")}})


def select_done_tasks(connection: Connection, key: str) -> dict[str, dict[str, Any]]:
    """The summaries of the tasks done in the newest series of runs of a key, sorted by task."""
    newest = select(runs.c.series).where(runs.c.key == key).order_by(runs.c.id.desc()).limit(1).scalar_subquery()
    query = (
        select(done_tasks.c.task, done_tasks.c.summary)
        .join(runs, runs.c.id == done_tasks.c.run_id)
        # the key again, for in a stranger's database a series may cross keys
        .where(runs.c.series == newest, runs.c.key == key)
        .order_by(done_tasks.c.run_id)
    )
    found = {task: loaded(summary) for task, summary in connection.execute(query)}
    if not all(isinstance(task, str) for task in found):
        raise DamagedRow("a task id is no text")
    return dict(sorted(found.items()))


def select_counts(connection: Connection) -> dict[str, int]:
    """Number of rows by what they are."""
    return {
        "solvers": _count(connection, select(func.count()).where(programs.c.kind == "solver")),
        "differs": _count(connection, select(func.count()).where(programs.c.kind == "differ")),
        "scores": _count(connection, select(func.count()).select_from(scores)),
        "differ_scores": _count(connection, select(func.count()).select_from(differ_scores)),
        "tasks": _count(connection, select(func.count(scores.c.task.distinct()))),
        "runs": _count(connection, select(func.count()).select_from(runs)),
    }


def _count(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())


def _filtered(query: Select[Any], table: Table, **values: str | None) -> Select[Any]:
    return query.where(*(table.c[name] == value for name, value in values.items() if value is not None))


def chunks(md5s: list[str]) -> Iterator[list[str]]:
    """The list in pieces that fit an IN list."""
    return (md5s[start : start + _CHUNK] for start in range(0, len(md5s), _CHUNK))


def loaded(text: object) -> dict[str, Any]:
    """The dictionary that a JSON column holds.

    Raises:
        DamagedRow: it holds anything else.
    """
    if not isinstance(text, str):
        raise DamagedRow(f"expected JSON text, got {type(text).__name__}")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DamagedRow(f"broken JSON: {error!s:.80}") from error
    if not isinstance(value, dict):
        raise DamagedRow(f"expected a JSON object, got {text:.80}")
    return value
