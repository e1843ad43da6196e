"""What solving came to on a task: for reports, for the view, and for runs that go on.

Everything here is the same on every machine, unless a task says that it was cut off or shortened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from arcbatt.arc import Grid
from arcbatt.execute import ItemFailure
from arcbatt.results import FULL_SHARE, FailureGroup, Nearness
from arcbatt.search.enumeration import EndReason

__all__ = ["Attempt", "EnumerationOfTask", "EvolutionOfTask", "SearchReports", "SolvedTask", "SolvingProgram"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt at a test output.

    Attributes:
        grid: the attempt.
        basis: what it stands on: ``right`` for programs right on all demo samples, ``near`` for one that is not,
            or the name of a guess.
        programs: MD5s of the programs that give it, best first; empty for a guess.
        nearness: of the first of them; None for a guess.
        probability: that it is right, 0 to 1, in steps of 1/10,000; None for a guess, and for a near miss beside right
            programs.
        features: what the model weighed, see :data:`arcbatt.search.ranking.features.FEATURES`; those that are 0 are
            left out.
        broken: names of the likely invariants that it breaks.
        count: number of programs that were found to give it, of which ``programs`` names some.
        families: goals and sources that found those, sorted.
    """

    grid: Grid
    basis: str
    programs: tuple[str, ...] = ()
    nearness: Nearness | None = None
    probability: float | None = None
    features: Mapping[str, int] = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    count: int = 0
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SolvingProgram:
    """A program that is right on all demo samples, or a near miss that an answer stands on.

    Attributes:
        md5: of its canonical text.
        name: what people call it.
        source: where it comes from: ``given`` (handed in), ``store``, ``enumeration`` or ``evolution``.
        size: number of calls.
        cost: bits of its prior.
        answers: on how many test inputs it gives a valid grid.
        text: its canonical text where a search found it, else None.
        family: what found it: the goal of an enumeration, such as ``exact``, else the source.
    """

    md5: str
    name: str
    source: str
    size: int
    cost: int
    answers: int
    text: str | None = None
    family: str = ""


@dataclass(frozen=True, slots=True)
class EnumerationOfTask:
    """What an enumeration did: :class:`arcbatt.search.enumeration.EnumerationReport` without seconds and bytes."""

    applied: int
    unique: int
    duplicates: int
    failed: int
    fuel: int
    answers: int
    cost: int
    end: EndReason | None


@dataclass(frozen=True, slots=True)
class EvolutionOfTask:
    """What the evolution of a task did.

    Attributes:
        generations: how many it bred.
        programs: distinct programs evaluated.
        right: members of the last population that are right on all demo samples.
    """

    generations: int
    programs: int
    right: int


@dataclass(frozen=True, slots=True)
class SearchReports:
    """What each search did; None for one that did not run."""

    enumeration: EnumerationOfTask | None = None
    evolution: EvolutionOfTask | None = None

    @property
    def tried(self) -> int:
        """Programs that they evaluated; of an enumeration each distinct value counts, for the program that gives it."""
        enumerated = 0 if self.enumeration is None else self.enumeration.unique
        return enumerated + (0 if self.evolution is None else self.evolution.programs)

    def having(self, report: EnumerationOfTask | EvolutionOfTask) -> SearchReports:
        """These with the report of one more search."""
        if isinstance(report, EnumerationOfTask):
            return replace(self, enumeration=report)
        return replace(self, evolution=report)


@dataclass(frozen=True, slots=True)
class SolvedTask:
    """What solving came to on a task.

    Attributes:
        task: the task's id.
        digest: of its samples; "" in a worker, which does not know the test outputs.
        demo_count: number of demo samples.
        test_count: number of test samples.
        programs: those that are right on all demo samples and could matter, those of the most probable answers first.
        attempts: for each test input two.
        others: for each test input the next best answers; empty where there are none.
        found: by goal or source, how many programs were found to be right on all demo samples, of which ``programs``
            names some.
        searches: what each search did.
        bugs: outcomes that a program did not reproduce alone, a line each: bugs in arcbatt.
        cut_off: whether the clock or memory ended something, so that the result depends on the machine.
        shortened: whether the total time left the task less than it would have had; depends on the machine too.
        failure: why its work was given up, so that there are guesses alone; None where it was done.
        failures: of the battery's programs in primitives of the user's own.
        near: of the near misses that are reported the best program each, in the order in which they are.
        right: for each test output whether an attempt is right, None where the output is unknown; filled in for a
            report, after all is decided.
    """

    task: str
    digest: str
    demo_count: int
    test_count: int
    programs: tuple[SolvingProgram, ...]
    attempts: tuple[tuple[Attempt, Attempt], ...]
    others: tuple[tuple[Attempt, ...], ...] = ()
    found: Mapping[str, int] = field(default_factory=dict)
    searches: SearchReports = field(default_factory=SearchReports)
    bugs: tuple[str, ...] = ()
    cut_off: bool = False
    shortened: bool = False
    failure: ItemFailure | None = None
    failures: tuple[FailureGroup, ...] = ()
    near: tuple[SolvingProgram, ...] = ()
    right: tuple[bool | None, ...] = ()

    def _repr_html_(self) -> str:
        from arcbatt.search.solving.solved_html import solved_task_html

        return solved_task_html(self)

    def answers(self, index: int) -> tuple[Attempt, ...]:
        """All answers at a test input that are reported: the two attempts, then the next best."""
        return (*self.attempts[index], *(self.others[index] if self.others else ()))

    @property
    def is_final(self) -> bool:
        """Whether the result depends on no machine, so that a run that goes on takes it over."""
        return not self.cut_off and not self.shortened and self.failure is None

    @property
    def nearest(self) -> tuple[int, float] | None:
        """The best near miss among the attempts: demo samples solved, and the mean share of right cells, 0 to 1."""
        near = [
            attempt.nearness for pair in self.attempts for attempt in pair
            if attempt.basis == "near" and attempt.nearness is not None
        ]  # fmt: skip
        if not near:
            return None
        right, share = max(near)
        return right, share / (FULL_SHARE * self.demo_count)
