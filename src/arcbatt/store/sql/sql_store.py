"""The store over a database that speaks SQL; what is special about one database is in its :class:`Transactions`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from arcbatt.errors import InputError, UnknownProgramError
from arcbatt.store.base import DEFAULT_KEEP, END_STATUSES, Origin, Store
from arcbatt.store.claims import LostClaimError
from arcbatt.store.records.checks import check_json, check_texts, is_md5
from arcbatt.store.sql import (
    claims,
    evolving,
    list_queries,
    program_queries,
    program_saving,
    run_queries,
    score_adding,
    score_queries,
    score_saving,
    tables,
    task_times,
)
from arcbatt.store.sql.sql_claims import SqlClaims
from arcbatt.store.sql.task_names import note_tasks

if TYPE_CHECKING:
    from arcbatt.results import TaskKey, TaskTable
    from arcbatt.results.task_table import RunProgram
    from arcbatt.store.records.evolution_records import EvolutionRecord, GenerationRecord
    from arcbatt.store.records.list_rows import ListQuery, ProgramRow, ScoreRow, TaskRow
    from arcbatt.store.records.run_records import PhaseSeconds, RunRecord, RunStart, RunTotals
    from arcbatt.store.records.task_records import (
        DifferScoreRecord,
        LineageRecord,
        ProgramRecord,
        ProgramTotal,
        ScoreRecord,
        TaskRecord,
    )
    from arcbatt.store.records.task_times import TaskTime
    from arcbatt.store.sql.statements import Connection
    from arcbatt.store.sql.transactions import Entry, Transactions

__all__ = ["SqlStore"]

MIN_PREFIX = 4


class SqlStore(Store):
    """A store over transactions; see :class:`Store` for what its methods promise.

    Attributes:
        transactions: for what works on the tables as they are.

    Args:
        transactions: open; closed with the store.
    """

    def __init__(self, transactions: Transactions) -> None:
        self._open = self.transactions = transactions
        self._reading, self._writing = transactions.reading, transactions.writing
        self.claims = SqlClaims(transactions)

    def close(self) -> None:
        """See :meth:`Store.close`."""
        self._open.close()

    # ------------------------------------------------------------------ programs

    def add_programs(self, records: Sequence[ProgramRecord], *, origin: Origin = "import") -> list[bool]:
        """See :meth:`Store.add_programs`."""
        with self._writing() as connection:
            seen = set(self._open.put_programs(connection, records, origin))
        is_new = []
        for record in records:
            is_new.append(record.md5 not in seen)
            seen.add(record.md5)
        return is_new

    def programs(self, kind: str | None = None) -> list[ProgramRecord]:
        """See :meth:`Store.programs`."""
        with self._reading() as connection:
            return program_queries.select_programs(connection, kind)

    def find_programs(self, word: str) -> list[ProgramRecord]:
        """See :meth:`Store.find_programs`."""
        digits = word.lower()
        is_prefix = MIN_PREFIX <= len(digits) <= 32 and is_md5(digits.ljust(32, "0"))
        with self._reading() as connection:
            found = program_queries.select_by_prefix(connection, digits) if is_prefix else []
            if len(found) > 1:
                some = ", ".join(record.md5 for record in found[:3]) + (", ..." if len(found) > 3 else "")
                raise InputError(f"program {word!r}: the first digits of {len(found)} MD5s ({some}): give more of them")
            if not found and word.isprintable():  # as every name is
                found = program_queries.select_by_name(connection, word)
            if found:
                return program_queries.sorted_by_worth(connection, found)
        raise UnknownProgramError(
            f"program {word!r}: none in {self._open.place}: expected an MD5, the first {MIN_PREFIX} or more digits "
            "of one, or a program's name; `arcbatt list` shows them"
        )

    def names(self, md5: str) -> list[str]:
        """See :meth:`Store.names`."""
        with self._reading() as connection:
            return program_queries.select_names(connection, md5)

    def list_programs(self, query: ListQuery) -> list[ProgramRow]:
        """See :meth:`Store.list_programs`."""
        with self._reading() as connection:
            return list_queries.select_program_rows(connection, query)

    def add_lineage(self, records: Sequence[LineageRecord]) -> None:
        """See :meth:`Store.add_lineage`."""
        with self._writing() as connection:
            program_saving.add_lineage(connection, records)

    def lineage(self, md5: str | None = None) -> list[LineageRecord]:
        """See :meth:`Store.lineage`."""
        with self._reading() as connection:
            return program_queries.select_lineage(connection, md5)

    # ------------------------------------------------------------------ tasks and scores

    def name_tasks(self, keys: Iterable[TaskKey]) -> None:
        """See :meth:`Store.name_tasks`."""
        with self._writing() as connection:
            note_tasks(connection, keys)

    def tasks(self) -> list[TaskKey]:
        """See :meth:`Store.tasks`."""
        with self._reading() as connection:
            return score_queries.select_tasks(connection)

    def task_keys(self, id: str) -> list[TaskKey]:
        """See :meth:`Store.task_keys`."""
        with self._reading() as connection:
            return score_queries.select_keys(connection, id)

    def task_ids(self, digest: str) -> list[str]:
        """See :meth:`Store.task_ids`."""
        with self._reading() as connection:
            return score_queries.select_ids(connection, digest)

    def list_tasks(self, query: ListQuery) -> list[TaskRow]:
        """See :meth:`Store.list_tasks`."""
        with self._reading() as connection:
            return list_queries.select_task_rows(connection, query)

    def add_scores(
        self, scores: Sequence[ScoreRecord], differ_scores: Sequence[DifferScoreRecord] = ()
    ) -> int:
        """See :meth:`Store.add_scores`."""
        with self._writing() as connection:
            note_tasks(connection, [score.task for score in scores])
            return score_adding.add_scores(connection, scores, differ_scores)

    def scores(self, digest: str | None = None, md5: str | None = None) -> list[ScoreRecord]:
        """See :meth:`Store.scores`."""
        with self._reading() as connection:
            return score_queries.select_scores(connection, digest, md5)

    def list_scores(self, query: ListQuery) -> list[ScoreRow]:
        """See :meth:`Store.list_scores`."""
        with self._reading() as connection:
            return list_queries.select_score_rows(connection, query)

    def differ_scores(
        self, digest: str | None = None, solver_md5: str | None = None, differ_md5: str | None = None
    ) -> list[DifferScoreRecord]:
        """See :meth:`Store.differ_scores`."""
        with self._reading() as connection:
            return score_queries.select_differ_scores(connection, digest, solver_md5, differ_md5)

    def best_scores(self) -> list[ProgramTotal]:
        """See :meth:`Store.best_scores`."""
        with self._reading() as connection:
            return program_queries.select_totals(connection)

    def counts(self) -> dict[str, int]:
        """See :meth:`Store.counts`."""
        with self._reading() as connection:
            return score_queries.select_counts(connection)

    # ------------------------------------------------------------------ runs

    def begin_run(self, start: RunStart, *, resume: bool = False) -> int:
        """See :meth:`Store.begin_run`."""
        with self._writing() as connection:
            run_id = run_queries.insert_run(connection, start, _now(), resume=resume)
            self._open.hold_run(connection, run_id)
            return run_id

    def save_run_programs(self, run_id: int, programs: Sequence[RunProgram]) -> None:
        """See :meth:`Store.save_run_programs`."""
        with self._writing() as connection:
            tables.insert_run_programs(connection, run_id, programs)

    def run_programs(self, run_id: int) -> tuple[RunProgram, ...]:
        """See :meth:`Store.run_programs`."""
        with self._reading() as connection:
            return tables.select_run_programs(connection, run_id)

    def table(self, run_id: int, digest: str) -> TaskTable | None:
        """See :meth:`Store.table`."""
        with self._reading() as connection:
            return tables.select_table(connection, run_id, self._last(connection, run_id), digest)

    def tables(self, run_id: int) -> Iterator[tuple[TaskKey, TaskTable]]:
        """See :meth:`Store.tables`."""
        with self._reading() as connection:
            keys = tables.select_table_keys(connection, run_id, self._last(connection, run_id))
        return self._tables(run_id, keys)

    def _tables(self, run_id: int, keys: Sequence[TaskKey]) -> Iterator[tuple[TaskKey, TaskTable]]:
        for key in keys:
            table = self.table(run_id, key.digest)
            if table is not None:
                yield key, table

    def save_task(
        self, run_id: int, record: TaskRecord, *, keep: int = DEFAULT_KEEP, time: TaskTime | None = None,
        claimed: bool = False,
    ) -> frozenset[str]:
        """See :meth:`Store.save_task`."""
        _check_keep(keep)
        times = () if time is None else (time,)
        task_times.check_times(times, run_id, 0, [record.task.digest])
        removed: list[Entry] = []
        with self._writing(removed) as connection:
            if claimed and not claims.takes_for_saving(connection, run_id, record.task.digest):
                raise LostClaimError(f"task {record.task.id}: another driver has it, or has done it")
            run_queries.mark_done(connection, run_id, record.task.digest, record.summary)
            kept = self._save_scores(connection, [record], keep, removed)
            if record.table is not None:
                tables.insert_table(connection, run_id, record.task.digest, record.table)
            task_times.insert_times(connection, times)
        return kept[record.task.digest]

    def _save_scores(
        self, connection: Connection, records: Sequence[TaskRecord], keep: int, removed: list[Entry]
    ) -> dict[str, frozenset[str]]:
        """Saves the scores of tasks and evicts; adds to ``removed`` whose files are to go, and gives what is kept."""
        note_tasks(connection, [record.task for record in records])
        kept = {}
        stay = claims.has_sharing_drivers(connection)  # one that comes later needs the programs that there were
        for record in records:
            plan = score_saving.plan_task(connection, record, keep)
            self._open.put_programs(connection, plan.programs, "run")
            score_saving.save_scores(connection, record.task, plan)
            if not stay:
                removed += [("solver", md5) for md5 in program_saving.delete_unscored(connection, plan.evicted)]
            kept[record.task.digest] = frozenset(result.md5 for result in plan.results)
        self._open.will_remove(removed)
        return kept

    def task_times(self, run_id: int, *, from_step: int = 0) -> list[TaskTime]:
        """See :meth:`Store.task_times`."""
        with self._reading() as connection:
            is_there = self._open.has_table(connection, "task_times")
            last = self._last(connection, run_id)
            return task_times.select_times(connection, run_id, last, from_step, is_there=is_there)

    def _last(self, connection: Connection, run_id: int) -> int:
        """The newest run whose results are a run's too: one that worked beside it may have begun later."""
        return claims.last_beside(connection, run_id) if self._open.has_table(connection, "drivers") else run_id

    def finish_run(
        self, run_id: int, status: str, totals: RunTotals | None, phases: Mapping[str, PhaseSeconds]
    ) -> None:
        """See :meth:`Store.finish_run`."""
        if status not in END_STATUSES:
            raise InputError(f"run {run_id}: expected to end {', '.join(END_STATUSES)}, got {status!r}")
        with self._writing() as connection:
            run_queries.end_run(connection, run_id, status, _now(), totals, phases)
            self._open.release_run(connection, run_id)

    def runs(self, key: str | None = None) -> list[RunRecord]:
        """See :meth:`Store.runs`."""
        with self._reading() as connection:
            return run_queries.select_runs(connection, key)

    def done_tasks(self, key: str) -> dict[str, str]:
        """See :meth:`Store.done_tasks`."""
        with self._reading() as connection:
            return run_queries.select_done_tasks(connection, key)

    # ------------------------------------------------------------------ evolutions

    def begin_evolution(self, run_id: int, settings: str, pool: Sequence[str]) -> None:
        """See :meth:`Store.begin_evolution`."""
        check_texts(tuple(pool), "pool of the evolution")
        check_json(settings, "settings of the evolution")
        with self._writing() as connection:
            evolving.insert_evolution(connection, run_queries.series_of(connection, run_id), settings, pool)

    def save_generation(
        self, run_id: int, record: GenerationRecord, *, keep: int = DEFAULT_KEEP, times: Sequence[TaskTime] = ()
    ) -> dict[str, frozenset[str]]:
        """See :meth:`Store.save_generation`."""
        _check_keep(keep)
        task_times.check_times(times, run_id, record.number)
        removed: list[Entry] = []
        with self._writing(removed) as connection:
            series = run_queries.series_of(connection, run_id)
            evolving.insert_generation(connection, series, record.number, record.state, record.line)
            note_tasks(connection, record.populations)
            evolving.replace_populations(connection, series, record.populations)
            program_saving.add_lineage(connection, record.lineage)
            task_times.insert_times(connection, times)
            return self._save_scores(connection, record.tasks, keep, removed)

    def evolutions(self) -> list[EvolutionRecord]:
        """See :meth:`Store.evolutions`."""
        with self._reading() as connection:
            return evolving.select_evolutions(connection)

    def evolution_pool(self, series: int) -> tuple[str, ...]:
        """See :meth:`Store.evolution_pool`."""
        with self._reading() as connection:
            return evolving.select_pool(connection, series)

    def populations(self, series: int) -> dict[str, tuple[str, ...]]:
        """See :meth:`Store.populations`."""
        with self._reading() as connection:
            return evolving.select_populations(connection, series)

    def generations(self, series: int) -> list[str]:
        """See :meth:`Store.generations`."""
        with self._reading() as connection:
            return evolving.select_generations(connection, series)


def _check_keep(keep: int) -> None:
    if keep < 1:
        raise InputError(f"programs to keep for a task: expected at least 1, got {keep}")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
