"""Inputs that consist of equal panels."""

from __future__ import annotations

from itertools import pairwise

from arcbatt.search.evidence.invariants.grid_facts import GridFacts, crop

__all__ = ["cut_at_lines", "panels_of"]

Spans = list[tuple[int, int]]


def panels_of(facts: GridFacts, shape: tuple[int, int]) -> tuple[GridFacts, ...]:
    """The panels of a grid, in reading order: those between its full lines, else equal parts of a shape; else none."""
    cut = cut_at_lines(facts)
    if cut is not None:
        rows, columns = cut
    elif facts.shape != shape and facts.shape[0] % shape[0] == 0 == facts.shape[1] % shape[1]:
        rows = [(start, shape[0]) for start in range(0, facts.shape[0], shape[0])]
        columns = [(start, shape[1]) for start in range(0, facts.shape[1], shape[1])]
    else:
        return ()
    return tuple([
        GridFacts(crop(facts.grid, (top, left, height, width))) for top, height in rows for left, width in columns
    ])


def cut_at_lines(facts: GridFacts) -> tuple[Spans, Spans] | None:
    """Where a grid is cut into two equal panels or more by full lines of one color: spans of rows and of columns.

    A span is its start and length. None where no color cuts so; of several the smallest does.
    """
    for color in sorted({color for _, _, color in facts.full_lines}):
        lines = [(kind, at) for kind, at, its in facts.full_lines if its == color]
        rows = _spans(facts.shape[0], {at for kind, at in lines if kind == "row"})
        columns = _spans(facts.shape[1], {at for kind, at in lines if kind == "column"})
        lengths = {length for _, length in rows}, {length for _, length in columns}
        if len(rows) * len(columns) > 1 and all(len(several) == 1 for several in lengths):
            return rows, columns
    return None


def _spans(side: int, lines: set[int]) -> Spans:
    """What lies between the lines of a side."""
    bounds = [-1, *sorted(lines), side]
    return [(low + 1, high - low - 1) for low, high in pairwise(bounds) if high - low > 1]
