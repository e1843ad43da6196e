"""Noting the ids under which samples are met, and giving what an earlier version stored under an id its samples.

Earlier versions knew a task by its id alone. Their rows wait under a digest that is made from the id and the numbers of
samples, :func:`migrated_digest`. No task has that digest but by a collision of MD5: it is one of a text that begins
unlike any that stands for samples. When samples with this id and these numbers are first met, the rows become theirs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from arcbatt.store.sql.statements import Connection, insert_into, value

if TYPE_CHECKING:
    from arcbatt.results import TaskKey

__all__ = ["insert_unknown_task", "migrated_digest", "note_tasks"]

_INSERT_TASK = insert_into("tasks", ("digest", "demo_count", "test_count", "is_migrated"))
_NAMES = "SELECT id FROM task_names WHERE digest = :digest"
_INSERT_NAME = insert_into("task_names", ("digest", "id", "is_first"))


def migrated_digest(task_id: str, demo_count: int | None, test_count: int | None) -> str:
    """The digest under which a task waits that an earlier version knew by its id; None: numbers of samples unknown."""
    text = f"arcbatt: a task known by its id alone\n{demo_count} {test_count}\n{task_id}"
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def note_tasks(connection: Connection, keys: Iterable[TaskKey]) -> None:
    """Notes tasks and their ids, in order: the first id of a task is the one it is listed under.

    What was stored for an id by an earlier version goes to the first task of that id and these numbers of samples.
    """
    is_any_migrated = value(connection, "SELECT count(*) FROM tasks WHERE is_migrated = 1")
    for key in dict.fromkeys(keys):
        waiting = migrated_digest(key.id, key.demo_count, key.test_count)
        named = connection.execute(_NAMES, {"digest": key.digest}).fetchall()
        if not named:
            _insert_task(connection, key, is_migrated=key.digest == waiting)
        if (key.id,) not in named:
            row = {"digest": key.digest, "id": key.id, "is_first": 0 if named else 1}
            connection.execute(_INSERT_NAME, row)
        if is_any_migrated and key.digest != waiting:
            _adopt(connection, waiting, key.digest)


def insert_unknown_task(connection: Connection, task_id: str) -> str:
    """Notes a task that an earlier version knew by its id alone, without any score; returns its digest."""
    digest = migrated_digest(task_id, None, None)
    connection.execute(_INSERT_TASK, {"digest": digest, "demo_count": None, "test_count": None, "is_migrated": 1})
    connection.execute(_INSERT_NAME, {"digest": digest, "id": task_id, "is_first": 1})
    return digest


def _insert_task(connection: Connection, key: TaskKey, *, is_migrated: bool) -> None:
    row = {"digest": key.digest, "demo_count": key.demo_count, "test_count": key.test_count}
    connection.execute(_INSERT_TASK, {**row, "is_migrated": int(is_migrated)})


def _adopt(connection: Connection, old: str, new: str) -> None:
    """Moves the rows of a task that waits to its samples; what is there of the same program stays."""
    if value(connection, "SELECT 1 FROM tasks WHERE digest = :old", old=old) is None:
        return
    place = {"old": old, "new": new}
    scored = "SELECT md5 FROM scores WHERE digest = :new"
    connection.execute(f"DELETE FROM differ_scores WHERE digest = :old AND solver_md5 IN ({scored})", place)
    connection.execute("UPDATE differ_scores SET digest = :new WHERE digest = :old", place)
    for table in ("score_results", "scores"):
        connection.execute(f"DELETE FROM {table} WHERE digest = :old AND md5 IN ({scored})", place)
    for table in ("score_results", "scores"):
        connection.execute(f"UPDATE {table} SET digest = :new WHERE digest = :old", place)
    evolving = "SELECT series FROM evolution_members WHERE digest = :new"
    connection.execute(f"DELETE FROM evolution_members WHERE digest = :old AND series IN ({evolving})", place)
    connection.execute("UPDATE evolution_members SET digest = :new WHERE digest = :old", place)
    for table in ("task_names", "tasks"):
        connection.execute(f"DELETE FROM {table} WHERE digest = :old", {"old": old})
