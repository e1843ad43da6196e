"""What the live overview shows, typed and plain; it reaches the browser as JSON. All texts are data of strangers.

A grid is text, as in :mod:`arcbatt.report.html.page_data`: its rows of digits joined by ``/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["FORMAT", "LiveData", "LiveJob", "LivePopulation", "LiveRun", "NewestTask"]

FORMAT: Final = 1
"""Version of this format."""


@dataclass(frozen=True, slots=True)
class LiveRun:
    """A row of the list of runs.

    Attributes:
        id: its number.
        command: what was run.
        data: the task sets, in words.
        status: ``running``, ``finished``, ``interrupted``, ``failed``, or ``gone``: it never ended, and nobody writes.
        started: UTC, ISO 8601.
        finished: likewise; None while running and when killed.
        tasks: asked for; None where unknown.
        solved: all demo samples solved; None where unknown.
        has_page: whether there is a page about it.
    """

    id: int
    command: str
    data: str
    status: str
    started: str
    finished: str | None
    tasks: int | None
    solved: int | None
    has_page: bool


@dataclass(frozen=True, slots=True)
class NewestTask:
    """A task that came nearer, or was done: shares of right cells from 0 to 1; its first demo sample as grids.

    Attributes:
        task: its id.
        generation: of an evolution; None for other jobs.
        before: share before; None where there was none.
        after: share now.
        program: name of the best program; "" where there is none.
        input: None where the grids are not at hand, as for the two others.
        expected: the output.
        given: what the best program gives; None where it gives no grid or could not run.
    """

    task: str
    generation: int | None
    before: float | None
    after: float
    program: str = ""
    input: str | None = None
    expected: str | None = None
    given: str | None = None


@dataclass(frozen=True, slots=True)
class LivePopulation:
    """The population of a task: its size, the share of right cells of its best member (0 to 1) and that one's text."""

    task: str
    members: int
    near: float | None
    is_solved: bool
    best: str


@dataclass(frozen=True, slots=True)
class LiveJob:
    """A run as it stands.

    Attributes:
        run: its row.
        done: tasks done with; of an evolution, those with a population.
        total: tasks asked for; None while that is unknown.
        solved: tasks with all demo samples solved.
        generation: of an evolution; None before the first, and for other jobs.
        programs: evaluated, where counted.
        programs_per_s: by the wall clock; None before anything was counted.
        curve: (seconds since the run began, tasks solved), in time order.
        newest: newest first.
        populations: of an evolution: unsolved ones first, the nearest first.
        population_count: how many there are; some are left out of ``populations``.
    """

    run: LiveRun
    done: int
    total: int | None
    solved: int
    generation: int | None
    programs: int | None
    programs_per_s: float | None
    curve: tuple[tuple[float, int], ...] = ()
    newest: tuple[NewestTask, ...] = ()
    populations: tuple[LivePopulation, ...] = ()
    population_count: int = 0


@dataclass(frozen=True, slots=True)
class LiveData:
    """The overview.

    Attributes:
        format: :data:`FORMAT`.
        state: ``waiting`` (no store is there yet), ``open``, or ``unreadable``.
        message: why it cannot be read, on a line; "" where it can.
        solvers: programs stored.
        scores: stored.
        runs: newest first, some of them.
        run_count: how many there are.
        job: the newest run of ``run``, ``evolve`` or ``solve``, the newest running one if any; None where none is.
    """

    format: int
    state: Literal["waiting", "open", "unreadable"]
    message: str = ""
    solvers: int = 0
    scores: int = 0
    runs: tuple[LiveRun, ...] = ()
    run_count: int = 0
    job: LiveJob | None = None
