"""The report of an evolution as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arcbatt.drawing.markup import Markup, Part, element, listed, table
from arcbatt.results import FULL_SHARE, TaskKey

if TYPE_CHECKING:
    from arcbatt.search.evolution.evolve import EvolutionReport

__all__ = ["MOST_TASKS", "evolution_html"]

MOST_TASKS: Final = 20
"""Most tasks of an evolution that are shown."""


def evolution_html(report: EvolutionReport) -> Markup:
    """An evolution: why it ended, its totals, and how near the best program of its first tasks is."""
    state = report.state
    lines = [
        f"ended: {report.reason}, after generation {max(state.generation, 0):,}; "
        f"{state.programs:,} programs evaluated; {len(state.solved):,} of {len(report.tasks):,} tasks "
        "with all demo samples solved",
        *(f"bug: {bug}" for bug in report.bugs[:5]),
    ]
    rows = [_row(report, key) for key in report.tasks[:MOST_TASKS]]
    parts = [element("p", line) for line in lines]
    if rows:
        parts.append(table(("task", "demo", "cells", "solved in generation"), rows))
    if len(report.tasks) > MOST_TASKS:
        parts.append(element("p", f"The first {MOST_TASKS} of {len(report.tasks):,} tasks."))
    return listed(f"evolution {report.series}", *parts)


def _row(report: EvolutionReport, key: TaskKey) -> tuple[Part, ...]:
    nearness = report.state.nearness.get(key.digest)
    solved = report.state.solved.get(key.digest)
    if nearness is None:
        return (key.id, "", "", "")
    share = nearness[1] / (FULL_SHARE * key.demo_count)
    return (
        key.id, f"{nearness[0]}/{key.demo_count}", f"{int(share * 1000) / 10:g} %",
        "" if solved is None else str(solved),
    )  # fmt: skip
