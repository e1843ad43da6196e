"""The rows of one run, out of the tables that it kept: nothing is evaluated again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from re import DOTALL, escape, fullmatch
from typing import Any, TypeVar

from arcbatt.errors import InputError
from arcbatt.results import FULL_SHARE, FailureGroup, TaskKey, TaskTable, failure_groups, merged_groups, rank_of
from arcbatt.results.task_table import RunProgram
from arcbatt.store import ListQuery, ScoreRow, Store, TaskRow

__all__ = ["failure_rows", "newest_run", "run_scores", "run_tasks"]

T = TypeVar("T", ScoreRow, TaskRow, FailureGroup)


def newest_run(store: Store) -> int:
    """The number of the newest run that kept its results.

    Raises:
        InputError: there is none.
    """
    for run in reversed(store.runs()):
        if store.run_programs(run.id):
            return run.id
    raise InputError("no run here has kept its results: 'arcbatt run' makes one")


def run_scores(store: Store, run_id: int, query: ListQuery) -> list[ScoreRow]:
    """What every program of a run gave on every task, as far as a query asks for it.

    By default sorted by task, the better program first.

    Raises:
        InputError: no such run, or a column to sort by is none of these rows.
    """
    programs = store.run_programs(run_id)
    chosen = [place for place, program in enumerate(programs) if _names(program, query)]
    found: list[ScoreRow] = []
    for key, table in _tables(store, run_id, query, len(programs)):
        found += _score_rows(key, table, programs, _near(table, key, chosen, query))
    return _sorted(ScoreRow, found, query)


def run_tasks(store: Store, run_id: int, query: ListQuery) -> list[TaskRow]:
    """The tasks of a run with the best program on each, as far as a query asks for it; by default sorted by task.

    Raises:
        InputError: no such run, or a column to sort by is none of these rows.
    """
    programs = store.run_programs(run_id)
    chosen = [place for place, program in enumerate(programs) if _names(program, query)]
    found = []
    for key, table in _tables(store, run_id, query, len(programs)):
        nearness = table.nearness()
        best = max((nearness[place] for place in chosen), default=None)
        if best is None or not _fits(best, key, query):
            continue
        top = _score_rows(key, table, programs, [place for place in chosen if nearness[place] == best])[0]
        found.append(TaskRow(
            key.id, key.digest, key.demo_count, key.test_count, len(chosen), top.name, top.md5, top.size,
            top.demo_right, top.near, top.test_right, top.fuel,
        ))  # fmt: skip
    return _sorted(TaskRow, found, query)


def failure_rows(store: Store, run_id: int, query: ListQuery) -> list[FailureGroup]:
    """What failed in a run: by kind and primitive; with a program or a task asked for, each program on each task.

    Raises:
        InputError: no such run, or a column to sort by is none of these rows.
    """
    programs = store.run_programs(run_id)
    names = [program.name for program in programs]
    is_single = query.name is not None or query.md5 is not None or query.task is not None
    groups: list[FailureGroup] = []
    for key, table in _tables(store, run_id, query, len(programs)):
        if is_single:
            groups += _single_failures(key, table, programs, query)
        else:
            groups += failure_groups(table, names, key.id)
    return _sorted(FailureGroup, groups if is_single else list(merged_groups(groups)), query)


def _single_failures(
    key: TaskKey, table: TaskTable, programs: Sequence[RunProgram], query: ListQuery
) -> Iterator[FailureGroup]:
    for place, program in enumerate(programs):
        if not _names(program, query):
            continue
        for sample in range(len(table.samples)):
            failure = table.verdict(place, sample).failure
            if failure is not None:
                yield FailureGroup(
                    failure.kind, failure.call, 1, program.name, key.id, sample, failure.step, failure.message
                )
                break


def _tables(store: Store, run_id: int, query: ListQuery, programs: int) -> Iterator[tuple[TaskKey, TaskTable]]:
    """The tables of a run on the tasks that a query asks for, under the ids that it asks for."""
    ids = None
    if query.task is not None:
        ids = {row.digest: row.task for row in store.list_tasks(ListQuery(task=query.task))}
    for key, table in store.tables(run_id):
        if ids is None or key.digest in ids:
            table.check(key, programs)
            yield key if ids is None else replace(key, id=ids[key.digest]), table


def _names(program: RunProgram, query: ListQuery) -> bool:
    return (query.name is None or _matches(program.name, query.name)) and (
        query.md5 is None or program.md5.startswith(query.md5)
    )


def _matches(text: str, pattern: str) -> bool:
    """Whether a text fits a pattern in which ``*`` alone stands for any characters, as in the store's listings."""
    return fullmatch(".*".join(map(escape, pattern.split("*"))), text, DOTALL) is not None


def _near(table: TaskTable, key: TaskKey, chosen: Sequence[int], query: ListQuery) -> list[int]:
    nearness = table.nearness()
    return [place for place in chosen if _fits(nearness[place], key, query)]


def _fits(nearness: tuple[int, int], key: TaskKey, query: ListQuery) -> bool:
    right, share = nearness
    if query.near is not None and share / (FULL_SHARE * key.demo_count) < query.near:
        return False
    return query.is_solved is None or query.is_solved == (right == key.demo_count)


def _score_rows(
    key: TaskKey, table: TaskTable, programs: Sequence[RunProgram], places: Sequence[int]
) -> list[ScoreRow]:
    """The rows of some programs, by their places, the better first. By columns: there may be very many of them."""
    nearness, fuel, test_right, failed = table.nearness(), table.fuel(), table.test_right(), table.failed()
    whole = FULL_SHARE * key.demo_count
    ranked = sorted(
        (rank_of(nearness[place], programs[place].size, fuel[place], programs[place].md5), place) for place in places
    )
    return [
        ScoreRow(
            key.id, key.digest, programs[place].name, programs[place].md5, programs[place].size, nearness[place][0],
            key.demo_count, nearness[place][1] / whole, test_right[place], key.test_count, fuel[place],
            table.seconds[place] if table.seconds else None, None, failed[place],
        )
        for _, place in ranked
    ]  # fmt: skip


def _sorted(kind: type[T], rows: list[T], query: ListQuery) -> list[T]:
    columns = [field.name for field in fields(kind)]
    for key in reversed(query.sort):
        if key.column not in columns:
            raise InputError(f"column to sort by: expected one of {', '.join(columns)}, got {key.column!r:.80}")
        value: Callable[[T], Any] = attrgetter(key.column)
        known: list[T] = [row for row in rows if value(row) is not None]
        known.sort(key=value, reverse=key.is_descending)
        # Rows without a value come last in either direction.
        rows = known + [row for row in rows if value(row) is None]
    return rows[: query.limit]
