"""What ``arcbatt evolve`` shows: a line a generation, a live view on a terminal, and the end."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from rich.text import Text

from arcbatt.report.meter import LOG_EVERY_S, Ticker
from arcbatt.report.progress import JobView
from arcbatt.report.terminal import fitted, is_live, write_line
from arcbatt.report.words import counted, own_failure_lines, printable, seconds_in_words
from arcbatt.results import FULL_SHARE
from arcbatt.search.evolution.evolve import EvolutionWatcher

if TYPE_CHECKING:
    from typing import Self

    from rich.live import Live

    from arcbatt.report.evolve_json import EvolveResults
    from arcbatt.results import Nearness
    from arcbatt.search.evolution.evolution_state import EvolutionState
    from arcbatt.search.evolution.evolve import EvolutionReport
    from arcbatt.search.evolution.generation_line import GenerationLine

__all__ = ["EvolveView", "gain_lines", "generation_line"]

_MOST_GAINS = 5


def generation_line(line: GenerationLine, solved: int, count: int, seconds_left: float | None) -> str:
    """One line on a generation, or a part of generation 0: programs, rate, what entered, tasks solved, time left.

    Args:
        line: its line of the log.
        solved: number of tasks solved so far.
        count: number of tasks.
        seconds_left: an estimate; None where nobody can tell.
    """
    part = "" if line.parts == 1 else f", part {line.part} of {line.parts}"
    words = (
        f"generation {line.generation}{part}: {line.programs} programs "
        f"({line.timing.programs_per_s:,.0f} a second), {line.new} new; {solved} of {count} tasks solved"
    )
    if line.newly_solved and line.generation:
        words += f" (now {', '.join(line.newly_solved)})"
    return words if seconds_left is None else f"{words}; {seconds_in_words(seconds_left)} left"


def gain_lines(line: GenerationLine) -> list[str]:
    """The best gains of a generation, largest first: demo samples right, and the share of right cells."""
    gains = sorted(
        line.gains,
        key=lambda gain: (gain.before[0] - gain.after[0], gain.before[1] - gain.after[1], gain.task),
    )
    return [
        f"{gain.task} {gain.before[0]} -> {gain.after[0]} samples, {_cells(gain.before)} -> {_cells(gain.after)}"
        for gain in gains[:_MOST_GAINS]
    ]


def _cells(nearness: Nearness) -> str:
    """The sum of shares of right cells, in samples."""
    return f"{nearness[1] / FULL_SHARE:.2f}"


class EvolveView(JobView, EvolutionWatcher):
    """Shows an evolution while it goes on; a context manager around the work.

    On a terminal the last generation stands at the bottom with the time left, and only those that solved a task leave a
    line; elsewhere each generation is a plain line, and where one takes long a line on standard error says how long
    it may yet be.

    Args:
        count: number of tasks.
        quiet: show the end only.
        to_stderr: leave standard output to something else.
        limit_s: seconds after which the evolution ends in any case; None for no such bound.
        start: when they began, by :func:`time.monotonic`; None for now.

    Attributes:
        store_options: what a command needs to find the same workspace, with a space before it.
        resuming: the command that goes on.
    """

    store_options = ""
    resuming = ""
    _live: Live | None = None

    def __init__(
        self, count: int, *, quiet: bool = False, to_stderr: bool = False, limit_s: float | None = None,
        start: float | None = None,
    ) -> None:  # fmt: skip
        super().__init__(count, quiet=quiet, to_stderr=to_stderr, limit_s=limit_s)
        self._start = self._shown = time.monotonic() if start is None else start
        self._end = None if limit_s is None else self._start + limit_s
        self._doing = "generation 0"
        self._words = f"{counted(count, 'task')}; generation 0 evaluates the programs that are there on all of them"

    def __enter__(self) -> Self:
        self._ticker = Ticker(self._tick, LOG_EVERY_S)
        if self.quiet:
            return self
        if not is_live(sys.stderr):
            self._ticker.__enter__()
            return self
        from rich.console import Console
        from rich.live import Live

        self._live = Live(
            console=Console(stderr=True, highlight=False), transient=True, refresh_per_second=2,
            get_renderable=self._drawn,
        )  # fmt: skip
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None
        elif not self.quiet:
            self._ticker.__exit__()

    def step_done(self, line: GenerationLine, state: EvolutionState, seconds_left: float | None) -> None:
        """Shows a generation, or a part of generation 0, that was saved."""
        if self.quiet:
            return
        self._end = None if seconds_left is None else time.monotonic() + seconds_left
        words = printable(generation_line(line, len(state.solved), self.count, None if self._live else seconds_left))
        self._doing = f"generation {line.generation + (line.part == line.parts)}"
        if self._live is None:
            self._shown = time.monotonic()
            self.line(words)
            return
        if line.newly_solved and line.generation:
            self._live.console.print(Text(fitted(words, sys.stderr)))
        self._words = "\n".join([words, *(printable(f"    {gain}") for gain in gain_lines(line))])
        self._live.refresh()

    def time_is_short(self, needed_s: float, left_s: float) -> None:
        """Says that nothing will be bred in the time that is left."""
        words = (
            f"the time is too short: generation 0 needs about {seconds_in_words(needed_s)} more and "
            f"{seconds_in_words(left_s)} are left, so nothing is bred; what is done is kept"
        )
        self._say(words)

    def waits_for(self, run_id: int) -> None:
        """Says what is waited for."""
        self._say(f"run {run_id} of this evolution did not end: waiting for half a minute to see whether it is dead")

    def _say(self, words: str) -> None:
        if self._live is None:
            self.line(words)
        else:
            self._live.console.print(Text(fitted(words, sys.stderr)))

    def _drawn(self) -> Text:
        """The last generation, and below it the time."""
        return Text(fitted(f"{self._words}\n{self._time()}", sys.stderr))

    def _time(self) -> str:
        now = time.monotonic()
        so_far = f"{seconds_in_words(now - self._start)} so far"
        return so_far if self._end is None else f"{so_far}, {seconds_in_words(max(0.0, self._end - now))} left"

    def _tick(self) -> None:
        if time.monotonic() - self._shown >= LOG_EVERY_S:
            self._shown = time.monotonic()
            write_line(f"arcbatt: {self._doing} goes on: {self._time()}", sys.stderr)

    def finish(self, report: EvolutionReport, results: EvolveResults) -> None:
        """Shows why it ended and what was solved."""
        self.bugs(list(report.bugs))
        solved = results.solved
        later = sum(item.generation > 0 for item in solved)
        self.line(
            f"ended: {report.reason}, {_last_done(report)}; {report.state.programs:,} programs; "
            f"{len(solved)} of {results.tasks} tasks solved, {later} of them by new programs"
        )
        known = [item for item in solved if item.test is not None]
        if known:
            right = sum(bool(item.test) for item in known)
            self.line(f"on the test outputs, which were not used for selection: {right} of {len(known)} right")
        for words in own_failure_lines(report.failures):
            self.line(words)
        if report.reason == "interrupted":
            self.line("interrupted: what is done is stored; the same command with --resume goes on")
        elif report.state.generation < 0:
            self.line("the time was over within generation 0; the same command with --resume and more --time goes on")
        if not self.quiet:
            self.next(self._next_steps(report, results))

    def _next_steps(self, report: EvolutionReport, results: EvolveResults) -> list[str]:
        """Go on, where that is possible; look at what there is."""
        steps = [f"arcbatt list scores --solved{self.store_options}"] if results.solved else []
        if len(results.solved) < results.tasks:
            steps.append(f"arcbatt list tasks --unsolved --sort=-near{self.store_options}")
        steps.append(f"arcbatt report{self.store_options}")
        return [self.resuming, *steps] if report.reason in ("interrupted", "time") else steps


def _last_done(report: EvolutionReport) -> str:
    state = report.state
    if state.generation >= 0:
        return f"after generation {state.generation}"
    return f"within generation 0 ({len(state.nearness)} of {len(report.tasks)} tasks evaluated)"
