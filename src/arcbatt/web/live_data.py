"""What the live page shows, as it is pushed: plain, bounded, each text printable. Grids are rows of digits, ``01/23``."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GainView", "JobView", "LiveState", "PopulationRow"]


@dataclass(frozen=True, slots=True)
class GainView:
    """That a task came nearer, or was solved.

    Attributes:
        task: its id.
        before: share of right cells before, 0 to 1; None where there was none.
        after: and now.
        when: in words.
        program: the best program now, in words; "" where it is not known.
        sample: name of the sample that is drawn; "" where its grids are not at hand.
        input: of the sample.
        expected: its output.
        output: what the program gives on it; None where that is no grid.
        words: why there is none; "" where there is.
    """

    task: str
    before: float | None
    after: float | None
    when: str
    program: str = ""
    sample: str = ""
    input: str | None = None
    expected: str | None = None
    output: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """The population of a task: ``text`` is its best member's, ``near`` that one's share of right cells."""

    task: str
    digest: str
    is_solved: bool
    near: float | None
    members: int
    text: str


@dataclass(frozen=True, slots=True)
class JobView:
    """A run as it stands.

    Attributes:
        id: its number.
        command: ``run``, ``evolve``, ``solve`` or what a caller says.
        words: its command line.
        status: as the store has it.
        started: UTC, ISO 8601.
        finished: likewise; None while it runs.
        data: the task sets.
        engine: its name.
        done: tasks that are done; of an evolution, those with a population.
        total: tasks asked for; None where that is not known yet.
        solved: tasks with all demo samples solved.
        programs: evaluated so far, where that was counted.
        programs_per_s: by the wall clock, of an evolution in its last steps; None where not measured.
        generation: of an evolution, the last one; None of other jobs and before the first.
        chart: tasks solved over time as SVG; "" where there are no two points.
        gains: newest first.
        populations: of an evolution, the tasks that are not solved first.
        populations_left_out: how many more there are.
    """

    id: int
    command: str
    words: str
    status: str
    started: str
    finished: str | None
    data: str
    engine: str
    done: int = 0
    total: int | None = None
    solved: int = 0
    programs: int = 0
    programs_per_s: float | None = None
    generation: int | None = None
    chart: str = ""
    gains: tuple[GainView, ...] = ()
    populations: tuple[PopulationRow, ...] = ()
    populations_left_out: int = 0


@dataclass(frozen=True, slots=True)
class LiveState:
    """All of the live page: what there is to say first, and the running jobs, else the newest one."""

    words: str
    jobs: tuple[JobView, ...] = ()
