"""Reading and writing what evolutions leave, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from arcbatt.errors import InputError
from arcbatt.store.evolution_records import EvolutionRecord, check_texts
from arcbatt.store.faults import DamagedRow, made
from arcbatt.store.queries import loaded
from arcbatt.store.schema import evolution_generations, evolution_members, evolution_pool, evolutions, runs

__all__ = [
    "insert_evolution",
    "insert_generation",
    "replace_populations",
    "select_evolutions",
    "select_generations",
    "select_pool",
    "select_populations",
    "series_of",
]


def series_of(connection: Connection, run_id: int) -> int:
    """The series of a run.

    Raises:
        InputError: no such run.
    """
    series = connection.execute(select(runs.c.series).where(runs.c.id == run_id)).scalar()
    if series is None:
        raise InputError(f"run {run_id}: no such run in this store")
    return int(series)


def insert_evolution(connection: Connection, series: int, settings: str, pool: Sequence[str]) -> None:
    """Notes an evolution before its first generation.

    Raises:
        InputError: the series has one.
    """
    if connection.execute(select(evolutions.c.series).where(evolutions.c.series == series)).first() is not None:
        raise InputError(f"series {series}: it evolves already")
    connection.execute(insert(evolutions), {"series": series, "settings": settings, "state": "{}"})
    rows = [{"series": series, "place": place, "text": text} for place, text in enumerate(pool)]
    if rows:
        connection.execute(insert(evolution_pool), rows)


def insert_generation(connection: Connection, series: int, number: int, state: str, told: str) -> None:
    """Notes a generation and the state after it.

    Raises:
        InputError: the series does not evolve, or this is not its next generation.
    """
    count = select(func.count()).where(evolution_generations.c.series == series)
    saved = connection.execute(count).scalar_one()
    known = connection.execute(update(evolutions).where(evolutions.c.series == series).values(state=state)).rowcount
    if known != 1 or saved != number:
        raise InputError(f"series {series}: expected its generation {saved} next, got {number}")
    connection.execute(insert(evolution_generations), {"series": series, "generation": number, "told": told})


def replace_populations(connection: Connection, series: int, populations: Mapping[str, Sequence[str]]) -> None:
    """Puts populations in the place of those that the tasks had."""
    for task in populations:
        connection.execute(
            delete(evolution_members).where(evolution_members.c.series == series, evolution_members.c.task == task)
        )
    rows = [
        {"series": series, "task": task, "place": place, "text": text}
        for task, texts in sorted(populations.items())
        for place, text in enumerate(texts)
    ]
    if rows:
        connection.execute(insert(evolution_members), rows)


def select_evolutions(connection: Connection) -> list[EvolutionRecord]:
    """All evolutions sorted by series."""
    query = (
        select(evolutions.c.series, runs.c.key, evolutions.c.settings, evolutions.c.state)
        .join(runs, runs.c.id == evolutions.c.series)
        .order_by(evolutions.c.series)
    )
    rows = connection.execute(query).all()
    return made(EvolutionRecord, ((series, key, loaded(asked), loaded(state)) for series, key, asked, state in rows))


def select_pool(connection: Connection, series: int) -> tuple[str, ...]:
    """The texts of an evolution's pool in order."""
    query = select(evolution_pool.c.text).where(evolution_pool.c.series == series).order_by(evolution_pool.c.place)
    return _texts(connection.execute(query).scalars().all(), f"pool of series {series}")


def select_populations(connection: Connection, series: int) -> dict[str, tuple[str, ...]]:
    """The texts of the members of each task's population, best first, sorted by task."""
    columns = evolution_members.c
    query = select(columns.task, columns.text).where(columns.series == series).order_by(columns.place)
    found: dict[str, list[Any]] = {}
    for task, text in connection.execute(query):
        found.setdefault(task, []).append(text)
    if not all(isinstance(task, str) for task in found):
        raise DamagedRow("a task id is no text")
    return {task: _texts(found[task], f"population of {task}") for task in sorted(found)}


def select_generations(connection: Connection, series: int) -> list[dict[str, Any]]:
    """What each generation told, in order."""
    columns = evolution_generations.c
    query = select(columns.told).where(columns.series == series).order_by(columns.generation)
    return [loaded(told) for told in connection.execute(query).scalars()]


def _texts(values: Sequence[Any], where: str) -> tuple[str, ...]:
    texts = tuple(values)
    try:
        check_texts(texts, where)
    except InputError as error:
        raise DamagedRow(str(error)) from error
    return texts
