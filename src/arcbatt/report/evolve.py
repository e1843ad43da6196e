"""What ``arcbatt evolve`` shows: a line a generation, a live view on a terminal, and the end."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live

    from arcbatt.search.evolution.generation import State
    from arcbatt.search.evolution.job import EvolutionReport

__all__ = ["EvolveView", "duration", "gains_told", "generation_line"]

_MOST_GAINS = 5


def generation_line(told: Mapping[str, Any], state: State, count: int, seconds_left: float | None) -> str:
    """One line on a generation: programs, rate, what entered, tasks solved, time left.

    Args:
        told: its line of the log.
        state: after it.
        count: number of tasks.
        seconds_left: an estimate; None where nobody can tell.
    """
    rate = told["timing"].get("programs_per_s", 0)
    line = (
        f"generation {told['generation']}: {told['programs']} programs ({rate:,.0f} a second), {told['new']} new; "
        f"{len(state.solved)} of {count} tasks solved"
    )
    if told["newly_solved"] and told["generation"]:
        line += f" (now {', '.join(told['newly_solved'])})"
    return line if seconds_left is None else f"{line}; {duration(seconds_left)} left"


def gains_told(told: Mapping[str, Any]) -> list[str]:
    """The best gains of a generation, largest first: demo samples right, and the share of right cells."""
    gains = sorted(
        told["gains"],
        key=lambda gain: (gain["from"][0] - gain["to"][0], gain["from"][1] - gain["to"][1], gain["task"]),
    )
    return [
        f"{gain['task']} {gain['from'][0]} -> {gain['to'][0]} samples, {_cells(gain['from'])} -> {_cells(gain['to'])}"
        for gain in gains[:_MOST_GAINS]
    ]


def duration(seconds: float) -> str:
    """Seconds as people say them: ``45 s``, ``12 min``, ``3 h 20 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def _cells(nearness: list[int]) -> str:
    """The sum of shares of right cells, in samples."""
    return f"{nearness[1] / 10_000:.2f}"


def _last_done(generation: int) -> str:
    return "before a generation was done" if generation < 0 else f"after generation {generation}"


class EvolveView:
    """Shows an evolution while it goes on; a context manager around the work.

    On a terminal the last generation stands at the bottom and only those that solved a task leave a line; elsewhere
    each generation is a plain line.

    Args:
        count: number of tasks.
        quiet: show the end only.
        to_stderr: leave standard output to something else.
    """

    def __init__(self, count: int, *, quiet: bool = False, to_stderr: bool = False) -> None:
        from rich.console import Console

        self._count = count
        self._quiet = quiet
        self._out = Console(stderr=to_stderr, highlight=False, soft_wrap=True)
        self._live: Live | None = None

    def __enter__(self) -> EvolveView:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.live import Live
            from rich.text import Text

            self._live = Live(console=Console(stderr=True, highlight=False), transient=True, auto_refresh=False)
            self._live.start()
            self._live.update(Text(f"{self._count} tasks; the first generation looks at all of them"), refresh=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def generation_done(self, told: Mapping[str, Any], state: State, seconds_left: float | None) -> None:
        """Shows a generation that was saved."""
        if self._quiet:
            return
        line = generation_line(told, state, self._count, seconds_left)
        if self._live is None:
            self._print(line)
            return
        from rich.text import Text

        if told["newly_solved"]:
            self._live.console.print(line, markup=False)
        self._live.update(Text("\n".join([line, *(f"    {gain}" for gain in gains_told(told))])), refresh=True)

    def finish(self, report: EvolutionReport, results: Mapping[str, Any]) -> None:
        """Shows why it ended and what was solved."""
        for bug in report.bugs:
            self._print(f"BUG in arcbatt, please report it: {bug}")
        solved = results["solved"]
        known = [item for item in solved if item["test"] is not None]
        later = sum(item["generation"] > 0 for item in solved)
        self._print(
            f"ended: {report.reason}, {_last_done(report.state.generation)}; {report.state.programs:,} programs; "
            f"{len(solved)} of {self._count} tasks solved, {later} of them by new programs"
        )
        if known:
            right = sum(bool(item["test"]) for item in known)
            self._print(f"on the test outputs, which nothing here was chosen by: {right} of {len(known)} right")
        if report.reason == "interrupted":
            self._print("interrupted: what is done is stored; the same command with --resume goes on")

    def _print(self, line: str) -> None:
        console: Console = self._out
        console.print(line, markup=False)
