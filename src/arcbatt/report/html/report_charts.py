"""The charts of a report: those that it has figures for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from arcbatt.report.html.charts import Chart, bars, curve
from arcbatt.report.words import counted

if TYPE_CHECKING:
    from arcbatt.report.html.page_data import ReportData

__all__ = ["report_charts"]

_MOST_BARS: Final = 20
_DIRECTIONS: Final = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Letters that turn the direction of the text after them."""


def report_charts(report: ReportData) -> list[Chart]:
    """The charts that a report has figures for."""
    return [*_over_time(report), *_generations(report), *_calibration(report), *_phases(report), *_by_program(report)]


def _over_time(report: ReportData) -> Iterator[Chart]:
    if len(report.solved_over_time) > 1:
        points = [(point.seconds, float(point.count)) for point in report.solved_over_time]
        words = f"{counted(report.solved_over_time[-1].count, 'task')} solved after {points[-1][0]:,.1f} s."
        yield curve("solved-over-time", "Tasks solved over time", words, ("seconds", "tasks solved"),
                    [("solved", points)])  # fmt: skip
    if len(report.right_against_cpu) > 1:
        points = [(point.seconds, float(point.count)) for point in report.right_against_cpu]
        right = counted(report.right_against_cpu[-1].count, "test output")
        words = f"{right} right for {points[-1][0]:,.1f} CPU seconds."
        yield curve("right-against-cpu", "Right answers against CPU seconds", words,
                    ("CPU seconds, tasks one after the other", "test outputs right"), [("right", points)])  # fmt: skip


def _generations(report: ReportData) -> Iterator[Chart]:
    if len(report.generations) < 2:
        return
    last = report.generations[-1]
    solved = [(float(item.number), float(item.solved)) for item in report.generations]
    words = f"{counted(last.solved, 'task')} solved by the end of generation {last.number}."
    axes = ("generation", "tasks solved")
    yield curve("generations", "Tasks solved by generation", words, axes, [("solved", solved)])
    rate = [(float(item.number), item.programs_per_s) for item in report.generations]
    yield curve("rate", "Programs a second by generation", f"{last.programs_per_s:,.0f} programs a second at the end.",
                ("generation", "programs a second"), [("programs a second", rate)])  # fmt: skip


def _calibration(report: ReportData) -> Iterator[Chart]:
    rows = [row for row in report.calibration if row.count]
    if not rows:
        return
    count, right = sum(row.count for row in rows), sum(row.right for row in rows)
    points = [(row.mean, row.right / row.count) for row in rows]
    yield curve(
        "calibration", "Calibration of the probabilities",
        f"{right:,} of {count:,} attempts are right; on the diagonal, probabilities are what they say.",
        ("mean probability", "share right"),
        [("attempts", points), ("as probable as they say", [(0.0, 0.0), (1.0, 1.0)])],
    )  # fmt: skip


def _phases(report: ReportData) -> Iterator[Chart]:
    phases = report.work.phases
    if not phases:
        return
    names = [phase.name.rpartition(".")[2] for phase in phases]
    most = max(phases, key=lambda phase: phase.cpu_s or phase.wall_s or 0.0)
    yield bars(
        "phases", "Phases: wall against CPU seconds, summed over tasks",
        f"{most.name.rpartition('.')[2]} took the most.", ("phase", "seconds"), names,
        [("wall", [phase.wall_s for phase in phases]), ("CPU", [phase.cpu_s for phase in phases])],
    )  # fmt: skip


def _by_program(report: ReportData) -> Iterator[Chart]:
    fueled = [item for item in report.programs if item.fuel > 0]
    fuel = sorted(fueled, key=lambda item: (-item.fuel, item.name, item.md5))[:_MOST_BARS]
    if fuel:
        yield bars("fuel", f"Fuel of the {len(fuel)} most expensive programs",
                   f"{_in_words(fuel[0].name)} takes the most.",
                   ("program", "units"), [item.name for item in fuel],
                   [("fuel", [float(item.fuel) for item in fuel])])  # fmt: skip
    timed = [item for item in report.programs if item.seconds is not None]
    slow = sorted(timed, key=lambda item: (-(item.seconds or 0), item.name, item.md5))[:_MOST_BARS]
    if slow and slow[0].seconds:
        yield bars("seconds", f"Seconds of the {len(slow)} slowest programs",
                   f"{_in_words(slow[0].name)} takes the most.",
                   ("program", "seconds"), [item.name for item in slow],
                   [("seconds", [item.seconds for item in slow])])  # fmt: skip


def _in_words(name: str) -> str:
    """A name as part of a sentence, which it must not turn around."""
    return name.translate(_DIRECTIONS)
