"""What every store promises."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from typing import Self

    from arcbatt.results import TaskKey, TaskTable
    from arcbatt.results.task_table import RunProgram
    from arcbatt.store.claims import Claims
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

__all__ = ["DEFAULT_KEEP", "END_STATUSES", "Origin", "Store"]

DEFAULT_KEEP = 32
"""Most solvers that are kept for a task unless the caller says otherwise."""

END_STATUSES = ("finished", "interrupted", "failed")
"""How a run can end."""

Origin = Literal["import", "run"]
"""Who brought a program: the user (it is never removed on its own) or a run."""


class Store(ABC):
    """Programs, scores, lineage and runs, kept for good.

    **Atomicity.** Each method that writes is one transaction: all of it is stored or nothing. When it returns, what
    it stored survives the death of the process at any later moment. A store that keeps files beside its database has
    the file of a program in place before the transaction that names it is committed, and removes it after the
    transaction that forgets it.

    **Tasks.** What is stored of a task belongs to the digest of its samples. An id is a name for them: two data sets
    may use one id for different samples, and several ids may stand for the same samples. The first id that samples
    were met under is the one that listings show.

    **Several users.** The threads of a process may share one store. Several processes may open stores on the same
    workspace at once; their writes queue up, and a write that waited too long raises :class:`StoreError`.
    A store does not pass into a forked child: it raises :class:`StoreError` there.

    **Order.** Every listing has the order stated with it, a total one that depends on nothing but the content:
    not on the order of insertion, the process count or the database's collation (text sorts by code points).

    **Distrust.** What is read back is checked as if a stranger had written it; what does not hold raises
    :class:`StoreError`. Every method can raise it, with one line that says where, why and what to do.
    """

    claims: Claims
    """Who does which task, where several runs work on a series at the same time."""

    @abstractmethod
    def add_programs(self, records: Sequence[ProgramRecord], *, origin: Origin = "import") -> list[bool]:
        """Adds programs, in one transaction; known ones stay as they are, except for a further name.

        A known program that is imported is from then on the user's and never removed on its own.

        Returns:
            for each record in order whether it was new; of equal records the first alone is.
        """

    @abstractmethod
    def programs(self, kind: str | None = None) -> list[ProgramRecord]:
        """All programs, or those of a kind (``solver``, ``differ``), sorted by md5."""

    @abstractmethod
    def find_programs(self, word: str) -> list[ProgramRecord]:
        """The programs that a word names: an md5, at least the first 4 digits of one, or a name it was seen under.

        An md5 or its first digits name one program. A name can be that of several; the best come first: by the number
        of tasks with all demo samples solved, demo samples solved over all tasks, right cells over all tasks (each
        the more the better), then smaller size, then md5.

        Returns:
            at least one program.

        Raises:
            UnknownProgramError: no program is named so.
            InputError: the first digits of an md5 fit several.
        """

    @abstractmethod
    def names(self, md5: str) -> list[str]:
        """Every name under which a program was seen: the first, then the others sorted. Empty when it is unknown."""

    @abstractmethod
    def name_tasks(self, keys: Iterable[TaskKey]) -> None:
        """Notes tasks with their ids, in one transaction; every job calls it with its tasks before anything else.

        What an earlier version of arcbatt stored knows a task by its id alone. It goes to the first task of that id
        with the same numbers of demo and test samples; a score of the same program that is there already stays.
        """

    @abstractmethod
    def tasks(self) -> list[TaskKey]:
        """Every task that was ever met, under its first id, sorted by id, then digest."""

    @abstractmethod
    def task_keys(self, id: str) -> list[TaskKey]:
        """Every task known under an id, sorted by digest; several where data sets use it for different samples.

        What an earlier version stored under the id, and no task has taken over yet, is one of them.
        """

    @abstractmethod
    def task_ids(self, digest: str) -> list[str]:
        """Every id under which a task was met: the first, then the others sorted. Empty when it is unknown."""

    @abstractmethod
    def add_scores(
        self, scores: Sequence[ScoreRecord], differ_scores: Sequence[DifferScoreRecord] = ()
    ) -> int:
        """Adds scores from elsewhere, in one transaction; a score of the same task and program that is there stays.

        More than any ``keep`` may be there afterwards, until a run saves the task.

        Args:
            scores: of solvers that are stored.
            differ_scores: of solvers that have a score for the task, with differs that are stored.

        Returns:
            the number of scores that were not there.

        Raises:
            InputError: a program is not stored or of another kind, a solver has no score, or one is given twice.
        """

    @abstractmethod
    def scores(self, digest: str | None = None, md5: str | None = None) -> list[ScoreRecord]:
        """Scores, all or of one task, one solver or both.

        Sorted by the task's first id, then digest, best first within a task, see :mod:`arcbatt.results.ranking`.
        """

    @abstractmethod
    def list_scores(self, query: ListQuery) -> list[ScoreRow]:
        """The scores that a query asks for; by default sorted as with :meth:`scores`.

        Raises:
            InputError: a column to sort by is none of these rows; as with the other two listings.
        """

    @abstractmethod
    def list_tasks(self, query: ListQuery) -> list[TaskRow]:
        """The tasks that a query asks for, each with its best score; by default sorted by id, then digest.

        With ``name`` or ``md5`` only the scores of these programs count, and only tasks that have some are listed.
        """

    @abstractmethod
    def list_programs(self, query: ListQuery) -> list[ProgramRow]:
        """The programs that a query asks for, with sums over their scores.

        With ``task`` only the scores on these tasks count, and only programs that have some are listed. By default
        sorted by tasks solved, demo samples solved, best share of right cells (each the more the better), name, md5.
        """

    @abstractmethod
    def differ_scores(
        self, digest: str | None = None, solver_md5: str | None = None, differ_md5: str | None = None
    ) -> list[DifferScoreRecord]:
        """Differ scores, all or those of a task, a solver, a differ; sorted by digest, solver's and differ's md5."""

    @abstractmethod
    def best_scores(self) -> list[ProgramTotal]:
        """Every solver with its scores summed up over its tasks, sorted by md5. Test results do not enter."""

    @abstractmethod
    def begin_run(self, start: RunStart, *, resume: bool = False) -> int:
        """Notes that a run begins, and returns its id.

        Args:
            start: what is asked for.
            resume: go on with the series of the newest run of the same key, if there is one: its tasks count as
                done. Otherwise the run starts a series of its own, and no task is done.
        """

    @abstractmethod
    def save_run_programs(self, run_id: int, programs: Sequence[RunProgram]) -> None:
        """Notes the programs of a run, in the order in which its tables name them, in place of any noted before.

        Raises:
            InputError: no such run.
        """

    @abstractmethod
    def run_programs(self, run_id: int) -> tuple[RunProgram, ...]:
        """The programs of a run; if it noted none, those of the newest run that it resumed; else none.

        Raises:
            InputError: no such run.
        """

    @abstractmethod
    def table(self, run_id: int, digest: str) -> TaskTable | None:
        """The results of all programs of a run on a task, from it or else the newest run that it resumed.

        None where there are none.

        Raises:
            InputError: no such run.
        """

    @abstractmethod
    def tables(self, run_id: int) -> Iterator[tuple[TaskKey, TaskTable]]:
        """The tables of a run, and of those that it resumed, by task: sorted by first id, then digest.

        They are read one by one, so that few are in memory at a time.

        Raises:
            InputError: no such run.
        """

    @abstractmethod
    def save_task(
        self, run_id: int, record: TaskRecord, *, keep: int = DEFAULT_KEEP, time: TaskTime | None = None,
        claimed: bool = False,
    ) -> frozenset[str]:
        """Saves all that a run found out about a task and marks it done, in one transaction.

        A score of the same task and program replaces the earlier one, the differ scores with it. Then at most ``keep``
        solvers stay with a score for the task, old and new ones alike: the first by
        :func:`arcbatt.results.ranking.rank_of`. Fuel and not measured seconds stands for slowness there: seconds
        differ from machine to machine and from run to run, and which programs are kept must not. Test results never
        enter. The differ scores of a solver that goes, go too. A solver that no score is left of anywhere and that the
        user did not import is removed. Differs stay.

        Of a failure's message 300 characters are stored.

        Args:
            run_id: the run.
            record: what it found out.
            keep: most solvers that keep a score for the task.
            time: when the run did the task, for :meth:`task_times`: of step 0. It replaces the one that the run had for
                the task. None when it was not measured.
            claimed: the run is a driver and claimed the task, see :attr:`claims`: it is saved only if nobody else has
                the claim, and no other driver of the session has done it.

        Returns:
            the md5 of those of the record's solvers that have a score for the task afterwards.

        Raises:
            InputError: no such run, ``keep`` below 1, or a time of another run, task or step; ``claimed``, and the
                run is no driver.
            LostClaimError: ``claimed``, and the task is another driver's.
        """

    @abstractmethod
    def task_times(self, run_id: int, *, from_step: int = 0) -> list[TaskTime]:
        """When and on which worker a run, and those that it resumed, did their tasks; a task may have several.

        Each names its run, since times count from the beginning of that: who draws one run leaves the others out.
        Sorted by run, start, digest, step. Tasks whose work was given up are absent, and so is what an earlier
        version stored.

        Args:
            run_id: the run.
            from_step: of an evolution, the first step of interest: who follows one that goes on need not read all of it
                again each time.

        Raises:
            InputError: no such run.
        """

    @abstractmethod
    def finish_run(
        self, run_id: int, status: str, totals: RunTotals | None, phases: Mapping[str, PhaseSeconds]
    ) -> None:
        """Notes the end of a run: ``finished``, ``interrupted`` or ``failed``, what it came to and what took the time.

        Raises:
            InputError: another status, no such run, or it has ended already.
        """

    @abstractmethod
    def runs(self, key: str | None = None) -> list[RunRecord]:
        """Runs, all or those of a key, sorted by id: in the order of their beginning."""

    @abstractmethod
    def done_tasks(self, key: str) -> dict[str, str]:
        """The summary (JSON text) of each task done in the newest run of a key and those that it resumed.

        By digest and sorted by it.

        So it holds what ``--resume`` skips, whether asked before or after :meth:`begin_run`. Empty for an unknown key.
        """

    @abstractmethod
    def add_lineage(self, records: Sequence[LineageRecord]) -> None:
        """Adds to the lineage, in one transaction; what is there already stays."""

    @abstractmethod
    def lineage(self, md5: str | None = None) -> list[LineageRecord]:
        """The lineage, all of it or where a program is child or parent; sorted by child, parent, mutation."""

    @abstractmethod
    def begin_evolution(self, run_id: int, settings: str, pool: Sequence[str]) -> None:
        """Notes that a run begins an evolution: what it was asked for and the programs that it has from the start.

        Args:
            run_id: the run, which begins a series of its own.
            settings: JSON text.
            pool: canonical texts of programs; they come back in this order.

        Raises:
            InputError: no such run, its series evolves already or the pool holds no texts.
        """

    @abstractmethod
    def save_generation(
        self, run_id: int, record: GenerationRecord, *, keep: int = DEFAULT_KEEP, times: Sequence[TaskTime] = ()
    ) -> dict[str, frozenset[str]]:
        """Saves everything that a generation changes, in one transaction.

        Solvers and scores go in as with :meth:`save_task` and at most ``keep`` stay with a score for each task; no task
        is marked done by it. Populations are kept beside: a member need not have a score, and eviction by score does
        not touch it.

        Args:
            run_id: the run.
            record: the generation.
            keep: most solvers that keep a score for each task.
            times: when its tasks were worked on, for :meth:`task_times`: at most one a task, with the record's number
                as their step.

        Returns:
            for each task record, by digest, the md5 of those of its solvers that have a score for the task afterwards.

        Raises:
            InputError: no such run, its series does not evolve, the record's number is not that of the series' next
                generation (from 0), ``keep`` is below 1, or a time is of another run or step or comes twice.
        """

    @abstractmethod
    def evolutions(self) -> list[EvolutionRecord]:
        """All evolutions, sorted by series: in the order of their beginning."""

    @abstractmethod
    def evolution_pool(self, series: int) -> tuple[str, ...]:
        """The texts of the programs that an evolution had from the start, in the order given; empty when unknown."""

    @abstractmethod
    def populations(self, series: int) -> dict[str, tuple[str, ...]]:
        """The populations of an evolution by digest, sorted by the task's first id: canonical texts, best first.

        Empty when unknown.
        """

    @abstractmethod
    def generations(self, series: int) -> list[str]:
        """The line (JSON text) of each generation of an evolution, in order; empty when unknown."""

    @abstractmethod
    def counts(self) -> dict[str, int]:
        """Number of ``solvers``, ``differs``, ``scores``, ``differ_scores``, ``tasks`` with a score, and ``runs``."""

    @abstractmethod
    def close(self) -> None:
        """Ends the use of the store; closing twice does no harm, any other use afterwards raises StoreError."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
