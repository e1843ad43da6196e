"""Writing: from records to rows, a few statements for any number of records.

Every function works inside the caller's transaction, which no other writer shares: so a replacement is a deletion and
an insertion, which every database understands, and not an upsert, which each spells in its own way.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from arcbatt.errors import InputError
from arcbatt.store.base import Origin
from arcbatt.store.eviction import Standing, best
from arcbatt.store.queries import chunks, select_standings
from arcbatt.store.records import DifferScoreRecord, LineageRecord, ProgramRecord, ScoreRecord, TaskRecord
from arcbatt.store.schema import differ_scores, done_tasks, lineage, program_names, programs, runs, scores

__all__ = [
    "TaskPlan",
    "add_lineage",
    "delete_unscored",
    "dumped",
    "end_run",
    "evict",
    "insert_programs",
    "insert_run",
    "interrupt_running",
    "mark_done",
    "plan_task",
    "save_scores",
]

_INSERT_PROGRAMS = insert(programs)
_INSERT_NAMES = insert(program_names)
_INSERT_SCORES = insert(scores)
_INSERT_DIFFER_SCORES = insert(differ_scores)
_INSERT_DONE = insert(done_tasks)
_INSERT_LINEAGE = insert(lineage)
_DELETE_SCORE = delete(scores).where(scores.c.task == bindparam("of_task"), scores.c.md5 == bindparam("of_md5"))
_DELETE_DIFFER_SCORES = delete(differ_scores).where(
    differ_scores.c.task == bindparam("of_task"), differ_scores.c.solver_md5 == bindparam("of_md5")
)
_DELETE_DONE = delete(done_tasks).where(
    done_tasks.c.run_id == bindparam("of_run"), done_tasks.c.task == bindparam("of_task")
)
_NAMES = select(program_names.c.md5, program_names.c.name).where(
    program_names.c.md5.in_(bindparam("md5s", expanding=True))
)
_UNSCORED = select(programs.c.md5).where(
    programs.c.md5.in_(bindparam("md5s", expanding=True)),
    programs.c.kind == "solver",
    programs.c.origin == "run",
    ~select(scores.c.md5).where(scores.c.md5 == programs.c.md5).exists(),
)
_ADOPT = update(programs).where(programs.c.md5 == bindparam("of_md5")).values(origin="import")
_RUN = select(runs.c.id).where(runs.c.id == bindparam("of_run"))


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """What saving a task comes to, once it is known which solvers stay.

    Attributes:
        programs: those of the record that are kept: the differs and the solvers that stay.
        scores: of the solvers that stay.
        differ_scores: of the solvers that stay.
        rescored: md5 of every solver of the record: what is stored of them for the task is replaced.
        evicted: md5 of the solvers that have a score for the task so far and lose it.
    """

    programs: list[ProgramRecord]
    scores: list[ScoreRecord]
    differ_scores: list[DifferScoreRecord]
    rescored: list[str]
    evicted: list[str]


def plan_task(connection: Connection, record: TaskRecord, keep: int) -> TaskPlan:
    """Chooses the solvers that stay among those stored for the task and those of the record."""
    stored = select_standings(connection, record.task)
    size = {program.md5: program.size for program in record.programs}
    new = {s.md5: Standing(s.md5, s.demo_right, s.fuel, size[s.md5]) for s in record.scores}
    kept = best({**stored, **new}.values(), keep)
    return TaskPlan(
        programs=[program for program in record.programs if program.kind == "differ" or program.md5 in kept],
        scores=[score for score in record.scores if score.md5 in kept],
        differ_scores=[score for score in record.differ_scores if score.solver_md5 in kept],
        rescored=sorted(new),
        evicted=sorted(stored.keys() - kept),
    )


def insert_programs(
    connection: Connection,
    records: Sequence[ProgramRecord],
    known: Mapping[str, tuple[str, str]],
    origin: Origin,
) -> None:
    """Inserts the programs that are not known, and the names that are.

    Args:
        connection: in a transaction.
        records: programs, the same one perhaps several times.
        known: first name and origin of those that are stored already.
        origin: who brings them.
    """
    first: dict[str, ProgramRecord] = {}
    for record in records:
        first.setdefault(record.md5, record)
    new = [record for md5, record in first.items() if md5 not in known]
    _execute_many(connection, _INSERT_PROGRAMS, [{**_row(record), "origin": origin} for record in new])
    if origin == "import":
        adopted = [md5 for md5 in first if md5 in known and known[md5][1] != "import"]
        _execute_many(connection, _ADOPT, [{"of_md5": md5} for md5 in adopted])
    first_names = {md5: record.name for md5, record in first.items()} | {md5: known[md5][0] for md5 in known}
    _insert_names(connection, {(r.md5, r.name) for r in records if r.name != first_names[r.md5]})


def _insert_names(connection: Connection, pairs: Collection[tuple[str, str]]) -> None:
    there: set[tuple[str, str]] = set()
    for chunk in chunks(sorted({md5 for md5, _ in pairs})):
        there.update((md5, name) for md5, name in connection.execute(_NAMES, {"md5s": chunk}))
    missing = sorted(set(pairs) - there)
    _execute_many(connection, _INSERT_NAMES, [{"md5": md5, "name": name} for md5, name in missing])


def save_scores(connection: Connection, task: str, plan: TaskPlan) -> None:
    """Replaces what is stored for the rescored solvers by what the plan keeps of it."""
    _delete_scores(connection, task, plan.rescored)
    rows = [{**_row(score), "failures": dumped(score.failures, "failures")} for score in plan.scores]
    _execute_many(connection, _INSERT_SCORES, rows)
    _execute_many(connection, _INSERT_DIFFER_SCORES, [_row(score) for score in plan.differ_scores])


def evict(connection: Connection, task: str, evicted: Sequence[str]) -> None:
    """Deletes the scores of solvers for a task, and the differ scores with them."""
    _delete_scores(connection, task, evicted)


def _delete_scores(connection: Connection, task: str, md5s: Iterable[str]) -> None:
    rows = [{"of_task": task, "of_md5": md5} for md5 in md5s]
    _execute_many(connection, _DELETE_SCORE, rows)
    _execute_many(connection, _DELETE_DIFFER_SCORES, rows)


def delete_unscored(connection: Connection, md5s: Sequence[str]) -> list[str]:
    """Deletes those of the solvers that have no score left and were not imported; returns their md5."""
    gone: list[str] = []
    for chunk in chunks(list(md5s)):
        unscored = list(connection.execute(_UNSCORED, {"md5s": chunk}).scalars())
        if unscored:
            connection.execute(delete(program_names).where(program_names.c.md5.in_(unscored)))
            connection.execute(delete(programs).where(programs.c.md5.in_(unscored)))
        gone += unscored
    return gone


def mark_done(connection: Connection, run_id: int, task: str, summary: str) -> None:
    """Notes that a run is done with a task.

    Raises:
        InputError: no such run.
    """
    if connection.execute(_RUN, {"of_run": run_id}).first() is None:
        raise InputError(f"run {run_id}: no such run in this store")
    connection.execute(_DELETE_DONE, {"of_run": run_id, "of_task": task})
    connection.execute(_INSERT_DONE, {"run_id": run_id, "task": task, "summary": summary})


def insert_run(connection: Connection, values: Mapping[str, Any], *, resume: bool) -> int:
    """Inserts a running run and gives it its series; returns its id."""
    series = None
    if resume:
        query = select(runs.c.series).where(runs.c.key == values["key"]).order_by(runs.c.id.desc()).limit(1)
        series = connection.execute(query).scalar()
    row = {**values, "metrics": "{}", "status": "running", "series": series or 0}
    result = connection.execute(insert(runs), row)
    assert result.inserted_primary_key is not None
    run_id = int(result.inserted_primary_key[0])
    if series is None:
        connection.execute(update(runs).where(runs.c.id == run_id).values(series=run_id))
    return run_id


def end_run(connection: Connection, run_id: int, values: Mapping[str, Any]) -> None:
    """Sets status, metrics and time of the end of a run that has not ended.

    Raises:
        InputError: no such run, or it has ended.
    """
    # interrupted without a time of its end: another store took it for dead
    open_run = (runs.c.id == run_id) & runs.c.finished.is_(None)
    if connection.execute(update(runs).where(open_run).values(**values)).rowcount != 1:
        raise InputError(f"run {run_id}: no such run in this store, or it has ended already")


def interrupt_running(connection: Connection) -> None:
    """Marks runs that are said to be running as interrupted; for a store that is alone on its workspace."""
    connection.execute(update(runs).where(runs.c.status == "running").values(status="interrupted"))


def add_lineage(connection: Connection, records: Iterable[LineageRecord]) -> None:
    """Inserts what is not there."""
    new = {(record.child, record.parent, record.mutation) for record in records}
    for chunk in chunks(sorted({child for child, _, _ in new})):
        there = connection.execute(select(*lineage.c).where(lineage.c.child.in_(chunk)))
        new.difference_update((child, parent, mutation) for child, parent, mutation in there)
    rows = [{"child": child, "parent": parent, "mutation": mutation} for child, parent, mutation in sorted(new)]
    _execute_many(connection, _INSERT_LINEAGE, rows)


def dumped(value: Mapping[str, Any], what: str) -> str:
    """A dictionary as JSON text, the same for equal dictionaries.

    Raises:
        InputError: it is no JSON data.
    """
    try:
        return json.dumps(dict(value), sort_keys=True, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(f"{what}: expected JSON data ({error!s:.200})") from error


def _row(record: ProgramRecord | ScoreRecord | DifferScoreRecord) -> dict[str, Any]:
    # dataclasses.asdict copies every value and takes longer than the rest of a save
    return {name: getattr(record, name) for name in record.__slots__}


def _execute_many(connection: Connection, statement: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)
