"""Giving back the space of what nothing in a store refers to any more."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arcbatt.errors import StoreError
from arcbatt.store.sql.claims import drop_ended_drivers
from arcbatt.store.sql.program_saving import delete_all_unscored

if TYPE_CHECKING:
    from arcbatt.store.sql.sql_store import SqlStore
    from arcbatt.store.sql.transactions import Entry

__all__ = ["Vacuumed", "vacuum"]

_PAUSE_S: Final = 0.2

_NO_RUN: Final = "NOT EXISTS (SELECT 1 FROM runs r WHERE r.id = {column})"
_NO_EVOLUTION: Final = "NOT EXISTS (SELECT 1 FROM evolutions e WHERE e.series = {table}.series)"
_UNREACHABLE: Final = {
    "program_texts": "md5 NOT IN (SELECT md5 FROM programs)",
    "program_names": "md5 NOT IN (SELECT md5 FROM programs)",
    "score_results": "NOT EXISTS (SELECT 1 FROM scores s WHERE s.digest = score_results.digest "
    "AND s.md5 = score_results.md5)",
    "run_programs": _NO_RUN.format(column="run_programs.run_id"),
    "run_tables": _NO_RUN.format(column="run_tables.run_id"),
    "task_times": _NO_RUN.format(column="task_times.run_id"),
    "drivers": _NO_RUN.format(column="drivers.run_id"),
    "claims": "1 = 1",
    "evolution_pool": _NO_EVOLUTION.format(table="evolution_pool"),
    "evolution_members": _NO_EVOLUTION.format(table="evolution_members"),
    "evolution_generations": _NO_EVOLUTION.format(table="evolution_generations"),
}
"""By table, the rows that no reader comes to; claims, for none of whose drivers is there."""
_DONE_OF_NO_RUN: Final = (
    "SELECT d.run_id, d.digest FROM done_tasks d LEFT JOIN runs r ON r.id = d.run_id WHERE r.id IS NULL"
)
# of a key only the newest series is ever looked at, and in it the newest run that did a task
_SUPERSEDED: Final = (
    "SELECT d.run_id, d.digest FROM done_tasks d JOIN runs r ON r.id = d.run_id WHERE "
    "r.series <> (SELECT n.series FROM runs n WHERE n.key = r.key ORDER BY n.id DESC LIMIT 1) "
    "OR EXISTS (SELECT 1 FROM done_tasks l JOIN runs m ON m.id = l.run_id "
    "WHERE l.digest = d.digest AND m.series = r.series AND m.key = r.key AND l.run_id > d.run_id)"
)


@dataclass(frozen=True, slots=True)
class Vacuumed:
    """What a vacuum came to.

    Attributes:
        before: bytes of the database before it.
        after: bytes afterwards.
        rows: how many rows nothing referred to, by table; tables without any are absent.
    """

    before: int
    after: int
    rows: dict[str, int]


def vacuum(store: SqlStore, *, patience_s: float = 30.0, on_wait: Callable[[], None] = lambda: None) -> Vacuumed:
    """Removes what nothing refers to, and gives the space back.

    Those are: solvers that a run brought and that have no score left; summaries of tasks that a newer run of the same
    series did again, or that belong to a series that no run can go on with, since a newer one of the same kind began;
    parts of programs, runs and evolutions that are not there. Programs that the user imported, scores, runs and their
    tables of results stay.

    Args:
        store: open for writing.
        patience_s: seconds after which a driver that says nothing counts as dead.
        on_wait: called when it is waited for that.

    Raises:
        StoreError: drivers are at work, or the database cannot be written.
    """
    _check_idle(store, patience_s, on_wait)
    opened = store.transactions
    before = opened.size()
    removed: list[Entry] = []
    with opened.writing(removed) as connection:
        removed += [("solver", md5) for md5 in delete_all_unscored(connection)]
        opened.will_remove(removed)
        counts = {"programs": len(removed)}
        for query in (_DONE_OF_NO_RUN, _SUPERSEDED):
            gone = [{"run_id": run_id, "digest": digest} for run_id, digest in connection.execute(query).fetchall()]
            counts["done_tasks"] = counts.get("done_tasks", 0) + len(gone)
            if gone:
                connection.executemany("DELETE FROM done_tasks WHERE run_id = :run_id AND digest = :digest", gone)
        for table, condition in _UNREACHABLE.items():
            counts[table] = max(0, connection.execute(f"DELETE FROM {table} WHERE {condition}").rowcount)
    opened.compact()
    return Vacuumed(before, opened.size(), {table: count for table, count in counts.items() if count})


def _check_idle(store: SqlStore, patience_s: float, on_wait: Callable[[], None]) -> None:
    """Sees to it that no driver is there; those that say nothing for long enough are dropped."""
    with store.transactions.writing() as connection:
        drop_ended_drivers(connection)
    seen = {driver.run_id: driver for driver in store.claims.drivers()}
    if not seen:
        return
    on_wait()
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        now = store.claims.drivers()
        for driver in now:
            if seen.get(driver.run_id) != driver:
                place = store.transactions.place
                raise StoreError(f"{place}: run {driver.run_id} is at work on it. Wait for it to end")
        if not now:
            return
        time.sleep(_PAUSE_S)
    for driver in seen.values():
        store.claims.drop(driver)
