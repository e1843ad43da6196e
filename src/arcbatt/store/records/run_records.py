"""The records of a run: what it was asked for, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from arcbatt.errors import InputError
from arcbatt.store.base import END_STATUSES
from arcbatt.store.records.checks import check_count, check_seconds, check_short, check_words

__all__ = ["PhaseSeconds", "RunRecord", "RunStart", "RunTotals"]

_STATUSES = ("running", *END_STATUSES)


@dataclass(frozen=True, slots=True)
class RunStart:
    """What is known of a run when it begins.

    Attributes:
        key: names what is asked for, so that only the same work is ever resumed: a digest of the settings that
            matter, the samples of the tasks and the battery, say. 1 to 200 printable characters.
        command: the command, as ``run``, or what the caller calls it.
        arguments: the words after it.
        data: names of the task sets, for people; may be empty.
        data_revision: revision of the task sets; may be empty.
        engine: name of the engine.
        versions: version of each part, by its name.

    Raises:
        InputError: a field is out of these bounds.
    """

    key: str
    command: str
    arguments: tuple[str, ...]
    data: str
    data_revision: str
    engine: str
    versions: Mapping[str, str]

    def __post_init__(self) -> None:
        _check_start(self, "run")


@dataclass(frozen=True, slots=True)
class RunTotals:
    """What a run came to.

    Attributes:
        tasks: number of tasks asked for.
        done: of which the run is done with, earlier runs of its series included.
        failed: of which could not be evaluated.
        solved: of which some program solves all samples; None where test outputs are unknown.
        demo_solved: of which some program solves all demo samples.
        programs: number of programs in the battery, or tried.
        stored: number of scores that the run left in the store.
    """

    tasks: int
    done: int
    failed: int
    solved: int | None
    demo_solved: int
    programs: int
    stored: int

    def __post_init__(self) -> None:
        for value in (self.tasks, self.done, self.failed, self.demo_solved, self.programs, self.stored):
            check_count(value, "totals of a run")
        if self.solved is not None:
            check_count(self.solved, "totals of a run: solved")


@dataclass(frozen=True, slots=True)
class PhaseSeconds:
    """How long a phase took, in seconds; None where that does not apply or was not measured."""

    wall_s: float | None
    cpu_s: float | None

    def __post_init__(self) -> None:
        check_seconds(self.wall_s, "phase: wall_s")
        check_seconds(self.cpu_s, "phase: cpu_s")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run of arcbatt over tasks.

    Attributes:
        id: number of the run in its store, from 1, later runs higher.
        key: see :class:`RunStart`, as for the other fields that stand there.
        series: id of the run that this one resumes, over all resumptions; its own id when it began anew.
        status: ``running``, ``finished``, ``interrupted`` (also when it was killed) or ``failed``.
        started: time in UTC, ISO 8601, seconds.
        finished: likewise, None while running and when killed.
        totals: None while running, when killed, and where the run gave none.
        phases: seconds by the name of the phase; empty while running.
    """

    id: int
    key: str
    series: int
    command: str
    arguments: tuple[str, ...]
    data: str
    data_revision: str
    engine: str
    versions: Mapping[str, str]
    status: str
    started: str
    finished: str | None
    totals: RunTotals | None
    phases: Mapping[str, PhaseSeconds]

    def __post_init__(self) -> None:
        check_count(self.id, "run: id")
        where = f"run {self.id}"
        check_count(self.series, f"{where}: series")
        _check_start(self, where)
        check_short(self.started, f"{where}: started")
        if self.finished is not None:
            check_short(self.finished, f"{where}: finished")
        if self.status not in _STATUSES:
            raise InputError(f"{where}: expected a status of {', '.join(_STATUSES)}, got {self.status!r:.80}")
        for phase in self.phases:
            check_short(phase, f"{where}: phase")


def _check_start(start: RunStart | RunRecord, where: str) -> None:
    check_short(start.key, f"{where}: key")
    check_short(start.command, f"{where}: command")
    check_words(start.arguments, f"{where}: arguments")
    check_words((start.data,), f"{where}: data")
    for name, value in (("data_revision", start.data_revision), ("engine", start.engine)):
        check_short(value, f"{where}: {name}", least=0)
    for name, version in start.versions.items():
        check_short(name, f"{where}: versions")
        check_short(version, f"{where}: version of {name}", least=0)
