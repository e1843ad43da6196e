"""Looking through a whole store for what is wrong in it; nothing is changed.

Every row is read as the readers of the store do it, and held against the rows that it stands beside. What is found is
data: the look goes on behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from arcbatt.errors import ArcbattError, InputError, StoreError
from arcbatt.store.records.checks import check_short
from arcbatt.store.records.task_records import ProgramRecord
from arcbatt.store.sql.damage import DamagedRow
from arcbatt.store.sql.schema import TABLES
from arcbatt.store.sql.statements import in_list
from arcbatt.store.sql.table_pages import pages_of

if TYPE_CHECKING:
    from arcbatt.store.sql.sql_store import SqlStore
    from arcbatt.store.sql.statements import Connection

__all__ = ["Problem", "problems"]

_REBUILD: Final = "what is sound can be saved: `arcbatt export` (programs and scores), then `arcbatt import`"
_RERUN: Final = "run the tasks again: a new run does not look at it"
_VACUUM: Final = "`arcbatt store vacuum` removes it"
_LONGEST: Final = 600
_TABLE: Final = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong in a store.

    Attributes:
        what: where it is and what.
        remedy: what can be done about it.
    """

    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Reference:
    """Rows of a table that need rows of another one.

    Attributes:
        table: the table.
        column: how its row is shown.
        missing: condition on ``x``, a row of it, that is true when what it needs is not there.
        words: what is wrong.
        remedy: what can be done.
    """

    table: str
    column: str
    missing: str
    words: str
    remedy: str


def _no(table: str, condition: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM {table} y WHERE {condition})"


_REFERENCES: Final = (
    _Reference("programs", "md5", _no("program_texts", "y.md5 = x.md5"), "a program without its text", _REBUILD),
    _Reference("program_texts", "md5", _no("programs", "y.md5 = x.md5"), "a text of no program", _VACUUM),
    _Reference("program_names", "md5", _no("programs", "y.md5 = x.md5"), "a name of no program", _VACUUM),
    _Reference("tasks", "digest", _no("task_names", "y.digest = x.digest AND y.is_first = 1"),
               "a task without its first id", _REBUILD),
    _Reference("task_names", "digest", _no("tasks", "y.digest = x.digest"), "an id of no task", _REBUILD),
    _Reference("task_names", "digest", "x.is_first = 1 AND (SELECT count(*) FROM task_names y WHERE "
               "y.digest = x.digest AND y.is_first = 1) > 1", "a task with several first ids", _REBUILD),
    _Reference("scores", "md5", _no("programs", "y.md5 = x.md5 AND y.kind = 'solver'"),
               "a score of no stored solver", _REBUILD),
    _Reference("scores", "digest", _no("tasks", "y.digest = x.digest"), "a score on no known task", _REBUILD),
    _Reference("score_results", "md5", _no("scores", "y.digest = x.digest AND y.md5 = x.md5"),
               "a result of no score", _VACUUM),
    _Reference("differ_scores", "differ_md5", _no("programs", "y.md5 = x.differ_md5 AND y.kind = 'differ'"),
               "a score of no stored differ", _REBUILD),
    _Reference("differ_scores", "solver_md5", _no("scores", "y.digest = x.digest AND y.md5 = x.solver_md5"),
               "a differ's score on no solver's score", _REBUILD),
    _Reference("runs", "id", _no("runs", "y.id = x.series"), "a run that resumes one that is not there", _RERUN),
    _Reference("done_tasks", "run_id", _no("runs", "y.id = x.run_id"), "a done task of no run", _VACUUM),
    _Reference("done_tasks", "digest", _no("tasks", "y.digest = x.digest"), "a done task that is not known", _RERUN),
    _Reference("run_programs", "run_id", _no("runs", "y.id = x.run_id"), "programs of no run", _VACUUM),
    _Reference("run_tables", "run_id", _no("runs", "y.id = x.run_id"), "results of no run", _VACUUM),
    _Reference("task_times", "run_id", _no("runs", "y.id = x.run_id"), "times of no run", _VACUUM),
    _Reference("evolutions", "series", _no("runs", "y.id = x.series"), "an evolution of no run", _REBUILD),
    _Reference("evolution_pool", "series", _no("evolutions", "y.series = x.series"), "programs of no evolution",
               _VACUUM),
    _Reference("evolution_members", "series", _no("evolutions", "y.series = x.series"), "members of no evolution",
               _VACUUM),
    _Reference("evolution_members", "digest", _no("tasks", "y.digest = x.digest"), "members for no known task",
               _REBUILD),
    _Reference("evolution_generations", "series", _no("evolutions", "y.series = x.series"),
               "generations of no evolution", _VACUUM),
    _Reference("drivers", "run_id", _no("runs", "y.id = x.run_id"), "a driver that is no run", _VACUUM),
    _Reference("claims", "run_id", _no("drivers", "y.run_id = x.run_id"), "a task claimed by no driver", _VACUUM),
)  # fmt: skip


def problems(
    store: SqlStore, *, on_table: Callable[[int, int], None] = lambda done, total: None
) -> Iterator[Problem]:
    """What is wrong in a store: the database itself, its rows, what they refer to, the files beside it.

    In this order; within it by key. At most one problem is told of a row, and of rows that refer to nothing the first.

    Args:
        store: open, for reading alone is enough.
        on_table: called before each part with the number of those that were looked through, and of all.

    Raises:
        StoreError: the database cannot be read, and nothing was found that would explain it.
    """
    is_any_found = False
    looks = (_of_place, _of_types, _of_programs, _of_names, _of_scores, _of_runs, _of_evolutions, _of_references)
    for number, look in enumerate(looks):
        on_table(number, len(looks))
        try:
            for problem in look(store):
                is_any_found = True
                yield problem
        except StoreError as error:
            if not is_any_found:
                raise
            # Broken pages: some parts can be read and others cannot.
            yield Problem(str(error), _REBUILD)


def _of_place(store: SqlStore) -> Iterator[Problem]:
    with store.transactions.reading() as connection:
        for what in store.transactions.faults(connection):
            is_of_database = what.startswith(f"{store.transactions.place}:")
            yield Problem(what, _REBUILD if is_of_database else "`arcbatt import` of the program writes its file again")


def _there(store: SqlStore, connection: Connection, name: str) -> bool:
    return store.transactions.has_table(connection, name)


def _of_types(store: SqlStore) -> Iterator[Problem]:
    """Values that are not of their column's type."""
    with store.transactions.reading() as connection:
        for table in TABLES:
            if not _there(store, connection, table.name):
                continue
            try:
                for _ in pages_of(connection, table):
                    pass
            except DamagedRow as error:
                yield Problem(str(error), _REBUILD)


def _of_programs(store: SqlStore) -> Iterator[Problem]:
    with store.transactions.reading() as connection:
        try:
            for page in pages_of(connection, _TABLE["programs"]):
                listed, parameters = in_list([row["md5"] for row in page])
                query = f"SELECT md5, text FROM program_texts WHERE md5 IN {listed}"
                texts = dict(connection.execute(query, parameters))
                for row in page:
                    if row.pop("origin") not in ("import", "run"):
                        yield Problem(f"program {row['md5']:.40}: of no known origin", _REBUILD)
                    elif row["md5"] in texts:
                        yield from _tried(_REBUILD, partial(ProgramRecord, text=texts[row["md5"]], **row))
        except DamagedRow:
            return  # told with the types


def _of_names(store: SqlStore) -> Iterator[Problem]:
    with store.transactions.reading() as connection:
        for table, column in (("program_names", "name"), ("task_names", "id")):
            try:
                for page in pages_of(connection, _TABLE[table]):
                    for row in page:
                        where = f"{table} {row[_TABLE[table].key[0]]:.40}"
                        yield from _tried(_REBUILD, check_short, row[column], where)
            except DamagedRow:
                continue
    yield from _tried(_REBUILD, store.tasks)
    yield from _tried(_REBUILD, store.lineage)
    yield from _tried(_VACUUM, store.claims.drivers)


def _of_scores(store: SqlStore) -> Iterator[Problem]:
    """Scores that do not fit their results, task by task."""
    with store.transactions.reading() as connection:
        digests = [digest for (digest,) in connection.execute("SELECT DISTINCT digest FROM scores ORDER BY digest")]
    for digest in digests:
        if isinstance(digest, str):
            yield from _tried(_REBUILD, store.scores, digest)
            yield from _tried(_REBUILD, store.differ_scores, digest)


def _of_runs(store: SqlStore) -> Iterator[Problem]:
    found = list(_tried(_REBUILD, store.runs))
    yield from found
    if found:
        return
    for run in store.runs():
        yield from _tried(_RERUN, store.run_programs, run.id)
        yield from _tried(_RERUN, store.task_times, run.id)
        yield from _of_tables(store, run.id)
    yield from _of_summaries(store)


def _of_tables(store: SqlStore, run_id: int) -> Iterator[Problem]:
    """Tables of a run of its own that are none, or of other programs than it had."""
    with store.transactions.reading() as connection:
        query = "SELECT digest FROM run_tables WHERE run_id = :run_id ORDER BY digest"
        digests = [digest for (digest,) in connection.execute(query, {"run_id": run_id})]
    if not digests:
        return
    try:
        programs = len(store.run_programs(run_id))
    except ArcbattError:
        return  # told before
    if not programs:
        yield Problem(f"run {run_id}: {len(digests)} tables of results, and no programs that they are of", _RERUN)
        return
    for digest in digests:
        yield from _tried(_RERUN, _check_table, store, run_id, digest, programs)


def _check_table(store: SqlStore, run_id: int, digest: str, programs: int) -> None:
    where = f"run {run_id}, task {digest:.40}"
    try:
        table = store.table(run_id, digest)
    except StoreError as error:
        raise InputError(f"{where}: {_reason(error)}") from error
    count = None if table is None else len(table.seconds)
    if count is not None and count != programs:
        raise InputError(f"{where}: results of {count} programs, the run had {programs}")


def _of_summaries(store: SqlStore) -> Iterator[Problem]:
    import json

    with store.transactions.reading() as connection:
        try:
            for page in pages_of(connection, _TABLE["done_tasks"]):
                for row in page:
                    try:
                        json.loads(row["summary"])
                    except (ValueError, RecursionError):
                        yield Problem(f"done task {row['digest']:.40} of run {row['run_id']}: no JSON", _RERUN)
        except DamagedRow:
            return


def _of_evolutions(store: SqlStore) -> Iterator[Problem]:
    found = list(_tried(_REBUILD, store.evolutions))
    yield from found
    for evolution in [] if found else store.evolutions():
        series = evolution.series
        for read in (store.evolution_pool, store.populations, store.generations):
            yield from _tried(_REBUILD, read, series)
        with store.transactions.reading() as connection:
            query = "SELECT generation FROM evolution_generations WHERE series = :series ORDER BY generation"
            numbers = [number for (number,) in connection.execute(query, {"series": series})]
        if numbers != list(range(len(numbers))):
            yield Problem(f"evolution {series}: generations are missing", "begin a new one without --resume")


def _of_references(store: SqlStore) -> Iterator[Problem]:
    with store.transactions.reading() as connection:
        for reference in _REFERENCES:
            if not _there(store, connection, reference.table):
                continue
            where = f"FROM {reference.table} x WHERE {reference.missing}"
            ((count, first),) = connection.execute(f"SELECT count(*), min(x.{reference.column}) {where}").fetchall()
            if count:
                more = f" ({count} such)" if count > 1 else ""
                yield Problem(f"{reference.table} {first!s:.40}: {reference.words}{more}", reference.remedy)


def _tried(remedy: str, read: Callable[..., object], *arguments: object) -> Iterator[Problem]:
    """The problem that reading comes upon, if any."""
    try:
        read(*arguments)
    except (InputError, StoreError, DamagedRow) as error:
        yield Problem(" ".join(_reason(error)[:_LONGEST].split()), remedy)


def _reason(error: Exception) -> str:
    """What is wrong; of a damaged row that alone, since what to do is said here."""
    return str(error.__cause__ if isinstance(error.__cause__, DamagedRow) else error)
