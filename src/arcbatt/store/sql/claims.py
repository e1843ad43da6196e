"""Reading and writing drivers and their claims, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from arcbatt.errors import InputError
from arcbatt.store.sql.damage import DamagedRow, made
from arcbatt.store.sql.run_queries import series_of
from arcbatt.store.sql.statements import Connection, chunks, in_list, insert_into, one, value

if TYPE_CHECKING:
    from arcbatt.store.records.claim_records import DriverRecord

__all__ = [
    "drop_driver", "drop_ended_drivers", "has_sharing_drivers", "insert_claims", "insert_driver", "last_beside",
    "note_beat", "note_given_up", "remove_driver", "select_drivers", "select_settled", "select_summaries",
    "select_summaries_before", "takes_for_saving",
]  # fmt: skip

_COLUMNS = ("run_id", "series", "session", "beat")
_INSERT_DRIVER = insert_into("drivers", (*_COLUMNS, "is_live"))
_INSERT_CLAIM = insert_into("claims", ("series", "digest", "run_id", "given_up")) + (
    " ON CONFLICT (series, digest) DO NOTHING"
)
_SESSION = "SELECT min(session) FROM drivers WHERE series = :series AND session > 0 AND is_live = 1"
_DONE = "FROM done_tasks d JOIN drivers v ON v.run_id = d.run_id WHERE v.session = :session"
_GIVEN_UP = "FROM claims WHERE series = :series AND given_up IS NOT NULL"
_BEFORE = (
    "SELECT d.digest, d.summary FROM done_tasks d JOIN runs r ON r.id = d.run_id WHERE r.series = :series "
    "AND d.run_id NOT IN (SELECT run_id FROM drivers WHERE session = :session) ORDER BY d.run_id"
)
_RELEASE = f"DELETE FROM claims WHERE run_id = :run_id AND given_up IS NULL AND digest NOT IN (SELECT d.digest {_DONE})"
_DROP = "UPDATE drivers SET is_live = 0 WHERE run_id = :run_id AND beat = :beat AND is_live = 1"
_ENDED = "SELECT v.run_id FROM drivers v JOIN runs r ON r.id = v.run_id WHERE v.is_live = 1 AND r.status <> 'running'"
_LAST = (
    "SELECT max(v.run_id) FROM drivers v JOIN drivers mine ON v.session = mine.session "
    "WHERE mine.run_id = :run_id AND mine.session > 0"
)


def insert_driver(connection: Connection, run_id: int, *, alone: bool) -> int:
    """Makes a run a driver of its series; returns its session.

    Raises:
        InputError: no such run, it has joined, or it wants to be alone and is not.
    """
    series = series_of(connection, run_id)
    if value(connection, "SELECT 1 FROM drivers WHERE run_id = :run_id", run_id=run_id) is not None:
        raise InputError(f"run {run_id}: it has joined its series already")
    other = value(connection, "SELECT min(run_id) FROM drivers WHERE series = :series AND is_live = 1", series=series)
    if alone and other is not None:
        raise InputError(
            f"run {other} is at work on series {series}, which one process alone can go on with: "
            "let it, or end it first"
        )
    session = 0 if alone else value(connection, _SESSION, series=series) or run_id
    connection.execute(
        _INSERT_DRIVER, {"run_id": run_id, "series": series, "session": session, "beat": 0, "is_live": 1}
    )
    return int(session)


def note_beat(connection: Connection, run_id: int) -> None:
    """Counts a beat; a driver that was dropped is there again.

    Raises:
        InputError: no such driver.
    """
    was_live = value(connection, "SELECT is_live FROM drivers WHERE run_id = :run_id", run_id=run_id)
    if was_live is None:
        raise InputError(f"run {run_id}: it has not joined its series")
    connection.execute("UPDATE drivers SET beat = beat + 1, is_live = 1 WHERE run_id = :run_id", {"run_id": run_id})
    if not was_live:
        again = "UPDATE runs SET status = 'running' WHERE id = :run_id AND finished IS NULL"
        connection.execute(again, {"run_id": run_id})


def select_drivers(connection: Connection, series: int | None) -> list[DriverRecord]:
    """The drivers that are there, of a series or all, sorted by run."""
    from arcbatt.store.records.claim_records import DriverRecord

    where = "" if series is None else "AND series = :series "
    query = f"SELECT {', '.join(_COLUMNS)} FROM drivers WHERE is_live = 1 {where}ORDER BY run_id"
    return made(DriverRecord, connection.execute(query, {} if series is None else {"series": series}))


def has_sharing_drivers(connection: Connection) -> bool:
    """Whether drivers are there that share a series."""
    return value(connection, "SELECT 1 FROM drivers WHERE is_live = 1 AND session > 0 LIMIT 1") is not None


def drop_driver(connection: Connection, driver: DriverRecord) -> bool:
    """Takes a driver for dead unless its beat has moved on; returns whether it was dropped."""
    if connection.execute(_DROP, {"run_id": driver.run_id, "beat": driver.beat}).rowcount != 1:
        return False
    dead = "UPDATE runs SET status = 'interrupted' WHERE id = :run_id AND status = 'running'"
    connection.execute(dead, {"run_id": driver.run_id})
    _release(connection, driver.run_id)
    return True


def remove_driver(connection: Connection, run_id: int) -> None:
    """Ends a run's being a driver; with the last one of a series its claims go."""
    connection.execute("UPDATE drivers SET is_live = 0 WHERE run_id = :run_id", {"run_id": run_id})
    _release(connection, run_id)


def _release(connection: Connection, run_id: int) -> None:
    """Gives up the claims of a driver on what is not done, and all claims of its series where nobody is left."""
    series, session = _place(connection, run_id)
    connection.execute(_RELEASE, {"run_id": run_id, "session": session})
    left = "SELECT 1 FROM drivers WHERE series = :series AND is_live = 1 LIMIT 1"
    if value(connection, left, series=series) is None:
        connection.execute("DELETE FROM claims WHERE series = :series", {"series": series})


def drop_ended_drivers(connection: Connection) -> None:
    """Takes the drivers for dead whose runs are not running any more."""
    for (run_id,) in connection.execute(_ENDED).fetchall():
        remove_driver(connection, run_id)


def insert_claims(connection: Connection, run_id: int, digests: Sequence[str], most: int) -> list[str]:
    """Claims the first free ones of some tasks, at most so many; returns them."""
    series, session = _place(connection, run_id)
    claimed: list[str] = []
    for chunk in chunks(digests):
        taken = _taken(connection, series, session, chunk)
        for digest in chunk:
            if len(claimed) >= most:
                return claimed
            if digest not in taken and _inserted(connection, series, digest, run_id):
                claimed.append(digest)
    return claimed


def _taken(connection: Connection, series: int, session: int, digests: Sequence[str]) -> set[str]:
    listed, parameters = in_list(digests)
    claimed = f"SELECT digest FROM claims WHERE series = :series AND digest IN {listed}"
    done = f"SELECT d.digest {_DONE} AND d.digest IN {listed}"
    rows = [*connection.execute(claimed, {**parameters, "series": series})]
    rows += connection.execute(done, {**parameters, "session": session})
    return {digest for (digest,) in rows}


def _inserted(connection: Connection, series: int, digest: str, run_id: int, given_up: str | None = None) -> bool:
    row = {"series": series, "digest": digest, "run_id": run_id, "given_up": given_up}
    return connection.execute(_INSERT_CLAIM, row).rowcount == 1


def takes_for_saving(connection: Connection, run_id: int, digest: str) -> bool:
    """Whether a driver may save a task: it has the claim, or nobody has, and the session has not done it."""
    series, session = _place(connection, run_id)
    done = f"SELECT 1 {_DONE} AND d.digest = :digest"
    if value(connection, done, session=session, digest=digest) is not None:
        return False
    return _holds(connection, series, digest, run_id)


def note_given_up(connection: Connection, run_id: int, digest: str, summary: str) -> None:
    """Notes that a driver's work on a task failed, if the task is still its own."""
    series, _ = _place(connection, run_id)
    if _holds(connection, series, digest, run_id):
        update = "UPDATE claims SET given_up = :summary WHERE series = :series AND digest = :digest"
        connection.execute(update, {"summary": summary, "series": series, "digest": digest})


def _holds(connection: Connection, series: int, digest: str, run_id: int) -> bool:
    if _inserted(connection, series, digest, run_id):
        return True
    owner = "SELECT run_id FROM claims WHERE series = :series AND digest = :digest AND given_up IS NULL"
    return bool(value(connection, owner, series=series, digest=digest) == run_id)


def select_settled(connection: Connection, run_id: int) -> dict[str, int]:
    """The run that did or gave up each task of a driver's session, by digest, sorted."""
    series, session = _place(connection, run_id)
    rows = [*connection.execute(f"SELECT digest, run_id {_GIVEN_UP}", {"series": series})]
    rows += connection.execute(f"SELECT d.digest, d.run_id {_DONE} ORDER BY d.run_id", {"session": session})
    found: dict[str, int] = {}
    for digest, doer in rows:
        if not isinstance(digest, str) or type(doer) is not int:
            raise DamagedRow("a done task without its digest or run")
        found[digest] = doer
    return dict(sorted(found.items()))


def select_summaries(connection: Connection, run_id: int) -> dict[str, str]:
    """The summaries of the tasks that a driver's session has done or given up, sorted by digest."""
    series, session = _place(connection, run_id)
    given_up = connection.execute(f"SELECT digest, given_up {_GIVEN_UP}", {"series": series}).fetchall()
    done = connection.execute(f"SELECT d.digest, d.summary {_DONE} ORDER BY d.run_id", {"session": session})
    return _texts([*given_up, *done])


def select_summaries_before(connection: Connection, run_id: int) -> dict[str, str]:
    """The summaries of the tasks that runs of the series did which are not of the driver's session."""
    series, session = _place(connection, run_id)
    return _texts(connection.execute(_BEFORE, {"series": series, "session": session}))


def _texts(rows: Iterable[tuple[object, object]]) -> dict[str, str]:
    found = {}
    for digest, summary in rows:
        if not isinstance(digest, str) or not isinstance(summary, str):
            raise DamagedRow("a done task without its digest or summary")
        found[digest] = summary
    return dict(sorted(found.items()))


def _place(connection: Connection, run_id: int) -> tuple[int, int]:
    """Series and session of a driver.

    Raises:
        InputError: the run has not joined.
    """
    row = one(connection, "SELECT series, session FROM drivers WHERE run_id = :run_id", run_id=run_id)
    if row is None:
        raise InputError(f"run {run_id}: it has not joined its series")
    series, session = row
    if type(series) is not int or type(session) is not int:
        raise DamagedRow(f"driver {run_id}: series {series!r:.80}, session {session!r:.80}")
    return series, session


def last_beside(connection: Connection, run_id: int) -> int:
    """The newest run of a run's session, which may have begun after it; the run itself where it shared nothing."""
    last = value(connection, _LAST, run_id=run_id)
    return last if type(last) is int else run_id
