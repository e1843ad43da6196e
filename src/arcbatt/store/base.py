"""What every store promises."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from typing import Self

    from arcbatt.store.evolution_records import EvolutionRecord, GenerationRecord
    from arcbatt.store.records import (
        DifferScoreRecord,
        LineageRecord,
        ProgramRecord,
        ProgramTotal,
        RunRecord,
        ScoreRecord,
        TaskRecord,
    )

__all__ = ["DEFAULT_KEEP", "Origin", "Store"]

DEFAULT_KEEP = 32
"""Most solvers that are kept for a task unless told otherwise."""

Origin = Literal["import", "run"]
"""Who brought a program: the user (it is never removed on its own) or a run."""


class Store(ABC):
    """Programs, scores, lineage and runs, kept for good.

    **Atomicity.** Each method that writes is one transaction: all of it is stored or nothing. When it returns, what
    it stored survives the death of the process at any later moment. A store that keeps files beside its database has
    the file of a program in place before the transaction that names it is committed, and removes it after the
    transaction that forgets it.

    **Several users.** The threads of a process may share one store. Several processes may open stores on the same
    workspace at once; their writes queue up, and a write that waited too long raises :class:`StoreError`.
    A store does not pass into a forked child: it raises :class:`StoreError` there.

    **Order.** Every listing has the order stated with it, a total one that depends on nothing but the content:
    not on the order of insertion, the process count or the database's collation (text sorts by code points).

    **Distrust.** What is read back is checked as if a stranger had written it; what does not hold raises
    :class:`StoreError`. Every method can raise it, with one line that says where, why and what to do.
    """

    @abstractmethod
    def add_programs(self, records: Sequence[ProgramRecord], *, origin: Origin = "import") -> list[bool]:
        """Adds programs, in one transaction; known ones stay as they are but for a further name.

        A known program that is imported is from then on the user's and never removed on its own.

        Returns:
            for each record in order whether it was new; of equal records the first alone is.
        """

    @abstractmethod
    def programs(self, kind: str | None = None) -> list[ProgramRecord]:
        """All programs, or those of a kind (``solver``, ``differ``), sorted by md5."""

    @abstractmethod
    def find_program(self, word: str) -> ProgramRecord:
        """The one program that a word names: its md5, at least the first 4 digits of it, or a name it was seen under.

        Raises:
            UnknownProgramError: no program is named so.
            InputError: more than one is.
        """

    @abstractmethod
    def names(self, md5: str) -> list[str]:
        """Every name under which a program was seen: the first, then the others sorted. Empty when it is unknown."""

    @abstractmethod
    def scores(self, task: str | None = None, md5: str | None = None) -> list[ScoreRecord]:
        """Scores, all or of one task, one solver or both.

        Sorted by task, best first within it: higher demo_right, less fuel, smaller size of the program, md5.
        """

    @abstractmethod
    def differ_scores(
        self, task: str | None = None, solver_md5: str | None = None, differ_md5: str | None = None
    ) -> list[DifferScoreRecord]:
        """Differ scores, all or those of a task, a solver, a differ; sorted by task, solver's and differ's md5."""

    @abstractmethod
    def best_scores(self) -> list[ProgramTotal]:
        """Every solver with its scores summed up over its tasks, sorted by md5. Test results do not enter."""

    @abstractmethod
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
        """Notes that a run begins, and returns its id.

        Args:
            key: names what is asked for, so that only the same work is ever resumed: a digest of the arguments that
                matter, the data revision and the battery, say.
            arguments: JSON data.
            data_revision: revision of the data set.
            engine: name of the engine.
            versions: JSON data.
            resume: go on with the series of the newest run of the same key, where there is one: its tasks count as
                done. Otherwise the run starts a series of its own, and no task is done.
        """

    @abstractmethod
    def save_task(self, run_id: int, record: TaskRecord, *, keep: int = DEFAULT_KEEP) -> frozenset[str]:
        """Saves all that a run found out about a task and marks it done, in one transaction.

        A score of the same task and program replaces the earlier one, the differ scores with it. Then at most ``keep``
        solvers stay with a score for the task, old and new ones alike: those with the lowest demo_right go first, of
        equal ones those that need more fuel, then those of larger size, then of higher md5.
        Fuel and not measured seconds stands for slowness here: seconds differ from machine to machine and from run to
        run, and which programs are kept must not. Test results never enter.
        The differ scores of a solver that goes, go too. A solver that no score is left of anywhere and that the user
        did not import is removed. Differs stay.

        Returns:
            the md5 of those of the record's solvers that are kept for the task.

        Raises:
            InputError: no such run, ``keep`` below 1, or a summary that is no JSON data.
        """

    @abstractmethod
    def finish_run(self, run_id: int, status: str, metrics: Mapping[str, Any]) -> None:
        """Notes the end of a run: ``finished``, ``interrupted`` or ``failed``, with its metrics (JSON data).

        Raises:
            InputError: another status, no such run, or it has ended already.
        """

    @abstractmethod
    def runs(self, key: str | None = None) -> list[RunRecord]:
        """Runs, all or those of a key, sorted by id: in the order of their beginning."""

    @abstractmethod
    def done_tasks(self, key: str) -> dict[str, dict[str, Any]]:
        """The summary of each task done, sorted by task id, in the newest run of a key and those that it resumed.

        So it holds what ``--resume`` skips, whether asked before or after :meth:`begin_run`. Empty for an unknown key.
        """

    @abstractmethod
    def add_lineage(self, records: Sequence[LineageRecord]) -> None:
        """Adds to the lineage, in one transaction; what is there already stays."""

    @abstractmethod
    def lineage(self, md5: str | None = None) -> list[LineageRecord]:
        """The lineage, all of it or where a program is child or parent; sorted by child, parent, mutation."""

    @abstractmethod
    def begin_evolution(self, run_id: int, settings: Mapping[str, Any], pool: Sequence[str]) -> None:
        """Notes that a run begins an evolution: what it was asked for and the programs that it has from the start.

        Args:
            run_id: the run, which begins a series of its own.
            settings: JSON data.
            pool: canonical texts of programs; they come back in this order.

        Raises:
            InputError: no such run, its series evolves already, the settings are no JSON data or the pool no texts.
        """

    @abstractmethod
    def save_generation(
        self, run_id: int, record: GenerationRecord, *, keep: int = DEFAULT_KEEP
    ) -> dict[str, frozenset[str]]:
        """Saves everything that a generation changes, in one transaction.

        Solvers and scores go in as with :meth:`save_task` and at most ``keep`` stay with a score for each task; no task
        is marked done by it. Populations are kept beside: a member need not have a score, and eviction by score does
        not touch it.

        Returns:
            for each task record the md5 of those of its solvers that are kept for the task.

        Raises:
            InputError: no such run, its series does not evolve, the record's number is not that of the series' next
                generation (from 0), ``keep`` is below 1, or what should be JSON data is none.
        """

    @abstractmethod
    def evolutions(self) -> list[EvolutionRecord]:
        """All evolutions, sorted by series: in the order of their beginning."""

    @abstractmethod
    def evolution_pool(self, series: int) -> tuple[str, ...]:
        """The texts of the programs that an evolution had from the start, in the order given; empty when unknown."""

    @abstractmethod
    def populations(self, series: int) -> dict[str, tuple[str, ...]]:
        """The populations of an evolution by task, sorted by task: canonical texts, best first. Empty when unknown."""

    @abstractmethod
    def generations(self, series: int) -> list[dict[str, Any]]:
        """What each generation of an evolution told, in order; empty when unknown."""

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
