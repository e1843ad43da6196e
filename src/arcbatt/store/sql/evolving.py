"""Reading and writing what evolutions leave, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from arcbatt.errors import InputError
from arcbatt.store.records.checks import check_texts
from arcbatt.store.sql.damage import DamagedRow, made
from arcbatt.store.sql.statements import Connection, execute_many, insert_into, value

if TYPE_CHECKING:
    from arcbatt.results import TaskKey
    from arcbatt.store.records.evolution_records import EvolutionRecord

__all__ = [
    "insert_evolution", "insert_generation", "replace_populations", "select_evolutions", "select_generations",
    "select_pool", "select_populations",
]  # fmt: skip

_INSERT_EVOLUTION = insert_into("evolutions", ("series", "settings", "state"))
_INSERT_POOL = insert_into("evolution_pool", ("series", "place", "text"))
_INSERT_GENERATION = insert_into("evolution_generations", ("series", "generation", "line"))
_INSERT_MEMBER = insert_into("evolution_members", ("series", "digest", "place", "text"))
_EVOLUTIONS = (
    "SELECT e.series, r.key, e.settings, e.state FROM evolutions e JOIN runs r ON r.id = e.series ORDER BY e.series"
)
_POPULATIONS = (
    "SELECT m.digest, m.text FROM evolution_members m "
    "LEFT JOIN task_names n ON n.digest = m.digest AND n.is_first = 1 "
    "WHERE m.series = :series ORDER BY CASE WHEN n.id IS NULL THEN 0 ELSE 1 END, n.id, m.digest, m.place"
)


def insert_evolution(connection: Connection, series: int, settings: str, pool: Sequence[str]) -> None:
    """Notes an evolution before its first generation.

    Raises:
        InputError: the series has one.
    """
    if value(connection, "SELECT 1 FROM evolutions WHERE series = :series", series=series) is not None:
        raise InputError(f"series {series}: it evolves already")
    connection.execute(_INSERT_EVOLUTION, {"series": series, "settings": settings, "state": "{}"})
    rows = [{"series": series, "place": place, "text": text} for place, text in enumerate(pool)]
    execute_many(connection, _INSERT_POOL, rows)


def insert_generation(connection: Connection, series: int, number: int, state: str, line: str) -> None:
    """Notes a generation and the state after it.

    Raises:
        InputError: the series does not evolve, or this is not its next generation.
    """
    saved = value(connection, "SELECT count(*) FROM evolution_generations WHERE series = :series", series=series)
    update = "UPDATE evolutions SET state = :state WHERE series = :series"
    known = connection.execute(update, {"state": state, "series": series}).rowcount
    if known != 1 or saved != number:
        raise InputError(f"series {series}: expected its generation {saved} next, got {number}")
    connection.execute(_INSERT_GENERATION, {"series": series, "generation": number, "line": line})


def replace_populations(connection: Connection, series: int, populations: Mapping[TaskKey, Sequence[str]]) -> None:
    """Puts populations in the place of those that the tasks had."""
    places = [{"series": series, "digest": task.digest} for task in populations]
    execute_many(connection, "DELETE FROM evolution_members WHERE series = :series AND digest = :digest", places)
    rows = [
        {"series": series, "digest": task.digest, "place": place, "text": text}
        for task, texts in populations.items()
        for place, text in enumerate(texts)
    ]
    execute_many(connection, _INSERT_MEMBER, rows)


def select_evolutions(connection: Connection) -> list[EvolutionRecord]:
    """All evolutions sorted by series."""
    from arcbatt.store.records.evolution_records import EvolutionRecord

    return made(EvolutionRecord, connection.execute(_EVOLUTIONS))


def select_pool(connection: Connection, series: int) -> tuple[str, ...]:
    """The texts of an evolution's pool in order."""
    query = "SELECT text FROM evolution_pool WHERE series = :series ORDER BY place"
    return _texts([text for (text,) in connection.execute(query, {"series": series})], f"pool of series {series}")


def select_populations(connection: Connection, series: int) -> dict[str, tuple[str, ...]]:
    """The texts of the members of each task's population, best first, by digest, sorted by the task's first id."""
    found: dict[str, list[Any]] = {}
    for digest, text in connection.execute(_POPULATIONS, {"series": series}):
        found.setdefault(digest, []).append(text)
    if not all(isinstance(digest, str) for digest in found):
        raise DamagedRow("the digest of a task is no text")
    return {digest: _texts(texts, f"population of {digest}") for digest, texts in found.items()}


def select_generations(connection: Connection, series: int) -> list[str]:
    """The line of each generation, in order."""
    query = "SELECT line FROM evolution_generations WHERE series = :series ORDER BY generation"
    lines = [line for (line,) in connection.execute(query, {"series": series})]
    if not all(isinstance(line, str) for line in lines):
        raise DamagedRow(f"a line of series {series} is no text")
    return lines


def _texts(values: Sequence[Any], where: str) -> tuple[str, ...]:
    texts = tuple(values)
    try:
        check_texts(texts, where)
    except InputError as error:
        raise DamagedRow(str(error)) from error
    return texts
