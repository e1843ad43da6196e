"""Enumerations for comparing: tasks, grammars, limits, and all that one finds and counts."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from typing import Any

from arcbatt.arc import Challenge, load_set
from arcbatt.search.enumeration import Enumeration, EnumerationLimits, Grammar, default_grammar, grid_grammar
from support.small_search import SMALL, TASK

SINGLE = ("Grid", "Object", "Indices", "Color", "Count", "Truth", "Offset", "Flag", "Factor")
"""Kinds of single values: all that a device has a form for."""
GRAMMARS: dict[str, Callable[[Challenge], Grammar]] = {
    "small": lambda _: SMALL, "grids": grid_grammar, "single": lambda task: default_grammar(task).restricted(*SINGLE),
    "all": default_grammar,
}  # fmt: skip
LIMITS = {
    "cost": EnumerationLimits(cost=14, nodes=6_000), "nodes": EnumerationLimits(nodes=2_345),
    "fuel": EnumerationLimits(fuel=30_000), "node fuel": EnumerationLimits(nodes=3_000, node_fuel=60),
    "answers": EnumerationLimits(nodes=6_000, answers=2),
}  # fmt: skip
Found = tuple[list[tuple[str, int, str]], list[tuple[Any, ...]], Any, list[str], tuple[Any, ...]]
"""Programs, entries, partial fits, near misses, and the counts of the report."""


@cache
def small_tasks() -> list[Challenge]:
    """The small task, and four of arc1-train with small grids."""
    tasks = [task.challenge for task in load_set("arc1-train").values()]
    cells = {task.id: sum(len(sample.input) * len(sample.input[0]) for sample in task.samples) for task in tasks}
    return [TASK, *sorted(tasks, key=lambda task: (cells[task.id], task.id))[:4]]


def found_by(search: Enumeration, most: int | None = None, serve: Callable[[], None] = lambda: None) -> Found:
    """Goes on with an enumeration until its end, ``serve`` being called whenever it rests.

    Args:
        most: it rests after at most so many nodes; None: when it has found something.
    """
    found, rng = [], random.Random(3)
    while search.report.end is None:
        some = search.advance(None if most is None else rng.randint(1, most))
        found += [(item.program.text, item.cost, item.goal) for item in some]
        serve()
    report = search.report
    entries = [(entry.root, entry.kind, entry.cost, entry.values) for entry in search.entries()]
    return (
        found, entries, search.partial_fits, [program.text for program in search.near_misses()],
        (report.applied, report.unique, report.duplicates, report.failed, report.fuel, report.answers, report.cost,
         report.end),
    )  # fmt: skip
