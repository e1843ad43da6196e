"""The store in an SQLite file of the workspace, with the programs' files beside it."""

from __future__ import annotations

import os
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from arcbatt.errors import InputError, StoreError, UnknownProgramError
from arcbatt.store import DATABASE_NAME, evolving, queries, saving
from arcbatt.store.base import DEFAULT_KEEP, Origin, Store
from arcbatt.store.connection import BUSY_TIMEOUT_S, prepare, sqlalchemy_connection
from arcbatt.store.evolution_records import EvolutionRecord, GenerationRecord, check_texts
from arcbatt.store.faults import refused, translated
from arcbatt.store.files import Entry, Journal, ProgramFiles, journals_of_others
from arcbatt.store.interrupts import interrupts_held
from arcbatt.store.presence import Presence
from arcbatt.store.records import (
    DifferScoreRecord,
    LineageRecord,
    ProgramRecord,
    ProgramTotal,
    RunRecord,
    ScoreRecord,
    TaskRecord,
    is_md5,
)

__all__ = ["SqliteStore"]

MIN_PREFIX = 4


class SqliteStore(Store):
    """The store of a workspace; see :func:`arcbatt.store.open_store` for the arguments and :class:`Store` for the rest.

    The database is in WAL mode, flushed at checkpoints: a killed process loses nothing that was committed, a power cut
    perhaps the last transactions, but neither breaks it. Each write begins with the right to write, so that
    two processes never work on a state that the other one changes. One connection, one lock: threads queue up.
    """

    def __init__(self, workspace: Path, *, create: bool, read_only: bool = False) -> None:
        self.workspace = workspace
        self._database = workspace / DATABASE_NAME
        self._read_only = read_only
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._is_open = True
        token = os.urandom(8).hex()
        self._files = ProgramFiles(workspace, token)
        self._journal = Journal(workspace, token)
        with ExitStack() as stack:
            stack.enter_context(translated(self._database))
            self._connection = self._opened(stack, create=create)
            self._closing = stack.pop_all()

    # ------------------------------------------------------------------ programs

    def add_programs(self, records: Sequence[ProgramRecord], *, origin: Origin = "import") -> list[bool]:
        """See :meth:`Store.add_programs`."""
        with self._writing() as connection:
            seen = set(self._put_programs(connection, records, origin))
        is_new = []
        for record in records:
            is_new.append(record.md5 not in seen)
            seen.add(record.md5)
        return is_new

    def programs(self, kind: str | None = None) -> list[ProgramRecord]:
        """See :meth:`Store.programs`."""
        with self._reading() as connection:
            return queries.select_programs(connection, kind)

    def find_program(self, word: str) -> ProgramRecord:
        """See :meth:`Store.find_program`."""
        digits = word.lower()
        is_prefix = MIN_PREFIX <= len(digits) <= 32 and is_md5(digits.ljust(32, "0"))
        with self._reading() as connection:
            found = queries.select_by_prefix(connection, digits) if is_prefix else []
            found = found or queries.select_by_name(connection, word)
        if len(found) == 1:
            return found[0]
        if found:
            some = ", ".join(record.md5 for record in found[:3]) + (", ..." if len(found) > 3 else "")
            raise InputError(f"program {word!r}: {len(found)} programs are named so ({some}): give more of the MD5")
        raise UnknownProgramError(
            f"program {word!r}: none in {self._database}: expected an MD5, the first {MIN_PREFIX} or more digits of "
            "one, or a program's name; `arcbatt list` shows them"
        )

    def names(self, md5: str) -> list[str]:
        """See :meth:`Store.names`."""
        with self._reading() as connection:
            return queries.select_names(connection, md5)

    def add_lineage(self, records: Sequence[LineageRecord]) -> None:
        """See :meth:`Store.add_lineage`."""
        with self._writing() as connection:
            saving.add_lineage(connection, records)

    def lineage(self, md5: str | None = None) -> list[LineageRecord]:
        """See :meth:`Store.lineage`."""
        with self._reading() as connection:
            return queries.select_lineage(connection, md5)

    # ------------------------------------------------------------------ scores

    def scores(self, task: str | None = None, md5: str | None = None) -> list[ScoreRecord]:
        """See :meth:`Store.scores`."""
        with self._reading() as connection:
            return queries.select_scores(connection, task, md5)

    def differ_scores(
        self, task: str | None = None, solver_md5: str | None = None, differ_md5: str | None = None
    ) -> list[DifferScoreRecord]:
        """See :meth:`Store.differ_scores`."""
        with self._reading() as connection:
            return queries.select_differ_scores(connection, task, solver_md5, differ_md5)

    def best_scores(self) -> list[ProgramTotal]:
        """See :meth:`Store.best_scores`."""
        with self._reading() as connection:
            return queries.select_totals(connection)

    def counts(self) -> dict[str, int]:
        """See :meth:`Store.counts`."""
        with self._reading() as connection:
            return queries.select_counts(connection)

    # ------------------------------------------------------------------ runs

    def begin_run(
        self,
        key: str,
        arguments: Mapping[str, Any],
        data_revision: str,
        engine: str,
        versions: Mapping[str, Any],
        *,
        resume: bool = False,
    ) -> int:
        """See :meth:`Store.begin_run`."""
        values = {
            "key": key,
            "arguments": saving.dumped(arguments, "arguments of the run"),
            "data_revision": data_revision,
            "engine": engine,
            "versions": saving.dumped(versions, "versions of the run"),
            "started": _now(),
        }
        # the record checks what the caller gives before it is stored
        RunRecord(0, key, 0, {}, data_revision, engine, {}, {}, "running", values["started"], None)
        with self._writing() as connection:
            return saving.insert_run(connection, values, resume=resume)

    def save_task(self, run_id: int, record: TaskRecord, *, keep: int = DEFAULT_KEEP) -> frozenset[str]:
        """See :meth:`Store.save_task`."""
        _check_keep(keep)
        summary = saving.dumped(record.summary, f"task {record.task}: summary")
        removed: list[Entry] = []
        with self._writing(removed) as connection:
            saving.mark_done(connection, run_id, record.task, summary)
            kept = self._save_scores(connection, [record], keep, removed)
        return kept[record.task]

    def _save_scores(
        self, connection: Connection, records: Sequence[TaskRecord], keep: int, removed: list[Entry]
    ) -> dict[str, frozenset[str]]:
        """Saves the scores of tasks and evicts; adds to ``removed`` whose files are to go, and gives what is kept."""
        kept = {}
        for record in records:
            plan = saving.plan_task(connection, record, keep)
            self._put_programs(connection, plan.programs, "run")
            saving.save_scores(connection, record.task, plan)
            saving.evict(connection, record.task, plan.evicted)
            removed += [("solver", md5) for md5 in saving.delete_unscored(connection, plan.evicted)]
            kept[record.task] = frozenset(score.md5 for score in plan.scores)
        self._journal.note(removed)
        return kept

    def finish_run(self, run_id: int, status: str, metrics: Mapping[str, Any]) -> None:
        """See :meth:`Store.finish_run`."""
        if status not in ("finished", "interrupted", "failed"):
            raise InputError(f"run {run_id}: expected to end finished, interrupted or failed, got {status!r}")
        values = {"status": status, "metrics": saving.dumped(metrics, "metrics of the run"), "finished": _now()}
        with self._writing() as connection:
            saving.end_run(connection, run_id, values)

    def runs(self, key: str | None = None) -> list[RunRecord]:
        """See :meth:`Store.runs`."""
        with self._reading() as connection:
            return queries.select_runs(connection, key)

    def done_tasks(self, key: str) -> dict[str, dict[str, Any]]:
        """See :meth:`Store.done_tasks`."""
        with self._reading() as connection:
            return queries.select_done_tasks(connection, key)

    # ------------------------------------------------------------------ evolutions

    def begin_evolution(self, run_id: int, settings: Mapping[str, Any], pool: Sequence[str]) -> None:
        """See :meth:`Store.begin_evolution`."""
        check_texts(tuple(pool), "pool of the evolution")
        asked = saving.dumped(settings, "settings of the evolution")
        with self._writing() as connection:
            evolving.insert_evolution(connection, evolving.series_of(connection, run_id), asked, pool)

    def save_generation(
        self, run_id: int, record: GenerationRecord, *, keep: int = DEFAULT_KEEP
    ) -> dict[str, frozenset[str]]:
        """See :meth:`Store.save_generation`."""
        _check_keep(keep)
        state = saving.dumped(record.state, f"generation {record.number}: state")
        told = saving.dumped(record.told, f"generation {record.number}: line")
        removed: list[Entry] = []
        with self._writing(removed) as connection:
            series = evolving.series_of(connection, run_id)
            evolving.insert_generation(connection, series, record.number, state, told)
            evolving.replace_populations(connection, series, record.populations)
            saving.add_lineage(connection, record.lineage)
            return self._save_scores(connection, record.tasks, keep, removed)

    def evolutions(self) -> list[EvolutionRecord]:
        """See :meth:`Store.evolutions`."""
        with self._reading() as connection:
            return evolving.select_evolutions(connection) if self._version > 1 else []

    def evolution_pool(self, series: int) -> tuple[str, ...]:
        """See :meth:`Store.evolution_pool`."""
        with self._reading() as connection:
            return evolving.select_pool(connection, series) if self._version > 1 else ()

    def populations(self, series: int) -> dict[str, tuple[str, ...]]:
        """See :meth:`Store.populations`."""
        with self._reading() as connection:
            return evolving.select_populations(connection, series) if self._version > 1 else {}

    def generations(self, series: int) -> list[dict[str, Any]]:
        """See :meth:`Store.generations`."""
        with self._reading() as connection:
            return evolving.select_generations(connection, series) if self._version > 1 else []

    # ------------------------------------------------------------------ opening, transactions, closing

    def close(self) -> None:
        """See :meth:`Store.close`."""
        with self._lock, interrupts_held():
            # a forked child leaves everything to its parent
            if self._is_open and os.getpid() == self._process:
                self._is_open = False
                with suppress(Exception):
                    # if that fails, the journal stays for the next store
                    self._tidy(self._journal.entries)
                with translated(self._database):
                    self._closing.close()

    def _opened(self, stack: ExitStack, *, create: bool) -> Connection:
        presence = None
        if not self._read_only:
            _check_workspace(self.workspace, create=create)
            presence = Presence(self.workspace, BUSY_TIMEOUT_S)
            stack.callback(presence.close)
        connection = sqlalchemy_connection(self._database, create=create, read_only=self._read_only)
        stack.callback(connection.close)
        self._version = prepare(connection, self._database, create=create, read_only=self._read_only)
        if presence is not None:
            self._files.make_folders()
            stack.callback(self._journal.close)
            if presence.alone:
                self._clean_up(connection)
                presence.share()
        return connection

    def _clean_up(self, connection: Connection) -> None:
        """Finishes what killed processes began; only while no other store is open on the workspace."""
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        saving.interrupt_running(connection)
        for path, token, entries in journals_of_others(self.workspace):
            known = queries.select_known(connection, {md5 for _, md5 in entries})
            self._files.tidy(entries, known, token)
            path.unlink(missing_ok=True)
        connection.commit()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._lock, interrupts_held(), translated(self._database):
            self._check_usable()
            try:
                # one snapshot, however many queries
                self._connection.exec_driver_sql("BEGIN")
                yield self._connection
            finally:
                self._connection.rollback()

    @contextmanager
    def _writing(self, removed: Sequence[Entry] = ()) -> Iterator[Connection]:
        """A transaction that may write; afterwards the files of ``removed``, filled in by then, go."""
        with self._lock, interrupts_held(), translated(self._database):
            self._check_usable()
            if self._read_only:
                raise StoreError(f"{self._database}: opened for reading only")
            # what could not be tidied up before
            self._tidy(self._journal.entries)
            try:
                self._connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.commit()
            except BaseException:
                # the first error is what matters; what cannot be tidied up now stays in the journal
                with suppress(Exception):
                    self._connection.rollback()
                    self._tidy(self._journal.entries)
                raise
            # all is stored: what fails from here on is no failure of the caller's, and the next write tries again
            with suppress(Exception):
                self._tidy(removed)

    def _put_programs(
        self, connection: Connection, records: Sequence[ProgramRecord], origin: Origin
    ) -> Collection[str]:
        """Puts files, then rows; returns the md5 of those that were known."""
        unique = {record.md5: record for record in records}
        known = queries.select_known(connection, unique)
        # the content of a file without a row is anybody's guess; one with a row is only ever renamed into place whole
        needed = [r for r in unique.values() if r.md5 not in known or not self._files.is_whole(r)]
        self._journal.note([(record.kind, record.md5) for record in needed])
        for record in needed:
            self._files.write(record)
        saving.insert_programs(connection, records, known, origin)
        return known.keys()

    def _tidy(self, entries: Sequence[Entry]) -> None:
        """Removes the files of programs that have no row, sure that nobody adds them meanwhile; clears the journal."""
        if entries:
            self._connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                known = queries.select_known(self._connection, {md5 for _, md5 in entries})
                self._files.tidy(entries, known)
            finally:
                self._connection.rollback()
        self._journal.clear()

    def _check_usable(self) -> None:
        if os.getpid() != self._process:
            raise StoreError(f"{self._database}: opened in another process: open the store after forking")
        if not self._is_open:
            raise StoreError(f"{self._database}: closed")


def _check_keep(keep: int) -> None:
    if keep < 1:
        raise InputError(f"programs to keep for a task: expected at least 1, got {keep}")


def _check_workspace(workspace: Path, *, create: bool) -> None:
    try:
        if create:
            workspace.mkdir(parents=True, exist_ok=True)
        elif not workspace.is_dir():
            raise StoreError(f"{workspace}: no workspace here. `arcbatt run` or `arcbatt import` makes one")
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise refused(workspace, error) from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
