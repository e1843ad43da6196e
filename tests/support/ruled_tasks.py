"""Small random tasks made by rules, one kind for each family of goals: what it should find a rule for."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, TypeAlias

import arcbatt.dsl as dsl
from arcbatt.arc import Challenge, Grid, Sample

Rule: TypeAlias = Callable[[Grid], Any]
"""A function from an input to an output."""


def ruled_task(rng: random.Random) -> tuple[str, Challenge]:
    """A task of three demo samples and a test input whose outputs a random rule gave, and the kind of the rule."""
    kind = rng.choice(sorted(KINDS))
    while True:
        rule = KINDS[kind](rng)
        make = panels if kind == "panels" else scene
        inputs = [make(rng) for _ in range(4)]
        outputs = [rule(grid) for grid in inputs]
        is_told = all(grid != output for grid, output in zip(inputs, outputs, strict=True))
        if is_told and all(output and output[0] for output in outputs):
            samples = [Sample(grid, output) for grid, output in zip(inputs, outputs, strict=True)]
            return kind, Challenge(kind, tuple(samples[:3]), (Sample(inputs[3]),))


def scene(rng: random.Random) -> Grid:
    """Some boxes, frames, lines and specks of a few colors on black."""
    height, width = rng.randint(5, 9), rng.randint(5, 9)
    cells = [[0] * width for _ in range(height)]
    for _ in range(rng.randint(2, 4)):
        top, left = rng.randrange(height), rng.randrange(width)
        bottom, right = min(height - 1, top + rng.randint(0, 3)), min(width - 1, left + rng.randint(0, 3))
        color, is_frame = rng.choice((1, 2, 3)), rng.random() < 0.4
        for i in range(top, bottom + 1):
            for j in range(left, right + 1):
                if not is_frame or i in (top, bottom) or j in (left, right):
                    cells[i][j] = color
    return tuple(map(tuple, cells))


def panels(rng: random.Random) -> Grid:
    """Two panels of 4 x 4 beside each other, a grey line between them."""
    def row() -> tuple[int, ...]:
        return tuple(rng.choice((0, 0, 1)) for _ in range(4))

    return tuple(row() + (5,) + row() for _ in range(4))


def recolored(rng: random.Random) -> Rule:
    """Objects in the color that a question about them gives."""
    tests: list[Callable[[Any, Any], bool]] = [
        lambda item, grid: dsl.bordering(item, grid),
        lambda item, grid: len(item) > 3,
        lambda item, grid: dsl.height(item) == dsl.width(item),
        lambda item, grid: dsl.color(item) == 1,
        lambda item, grid: len(item) == dsl.valmax(_objects(grid), dsl.size),
        lambda item, grid: bool(dsl.enclosed(item)),
    ]
    test, (yes, no) = rng.choice(tests), rng.sample((4, 6, 7, 8), 2)

    def rule(grid: Grid) -> Any:
        made = grid
        for item in sorted(_objects(grid), key=sorted):
            made = dsl.fill(made, yes if test(item, grid) else no, item)
        return made

    return rule


def cell_by_cell(rng: random.Random) -> Rule:
    """Black cells, or all, in a color where something is seen, lies around, or where they are."""
    color, seen = rng.choice((4, 6, 8)), rng.choice((1, 2, 3))
    direction = rng.choice(((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1)))
    patches: list[Callable[[Grid], Any]] = [
        lambda grid: dsl.ofcolor(dsl.firstseen(grid, direction, 0), seen),
        lambda grid: dsl.ofcolor(dsl.translate(grid, direction, 0), seen),
        lambda grid: dsl.ofcolor(dsl.countaround(grid, 0, dsl.neighbors((0, 0))), 8),
        lambda grid: dsl.ofcolor(dsl.remainders(dsl.columnnumbers(grid), 2), 1),
    ]
    patch, is_under = rng.choice(patches), rng.random() < 0.5
    paint = dsl.underfill if is_under else dsl.fill
    return lambda grid: paint(grid, color, patch(grid))


def painted(rng: random.Random) -> Rule:
    """Something around or in each object."""
    region = rng.choice((dsl.outbox, dsl.delta, dsl.corners, dsl.box, dsl.enclosed))
    color = rng.choice((4, 6, 8))
    return lambda grid: dsl.fill(grid, color, dsl.mapply(region, _objects(grid)))


def moved(rng: random.Random) -> Rule:
    """Some or all objects elsewhere."""
    offset = rng.choice(((1, 0), (0, 1), (-1, 0), (0, -2), (2, 0)))
    only = rng.choice((None, 1, 2))

    def rule(grid: Grid) -> Any:
        chosen = frozenset(item for item in _objects(grid) if only is None or dsl.color(item) == only)
        cells = dsl.merge(chosen)
        return dsl.paint(dsl.fill(grid, 0, cells), dsl.shift(cells, offset)) if cells else grid

    return rule


def combined(rng: random.Random) -> Rule:
    """Panels laid over each other by a table."""
    table = {pair: rng.choice((0, 2, 4)) for pair in ((0, 0), (0, 1), (1, 0), (1, 1))}

    def rule(grid: Grid) -> Any:
        return tuple(tuple(table[row[j], row[j + 5]] for j in range(4)) for row in grid)

    return rule


def cut(rng: random.Random) -> Rule:
    """An object cut out, turned at times."""
    choose, by = rng.choice((dsl.argmax, dsl.argmin)), rng.choice((dsl.size, dsl.height, dsl.leftmost))
    turn = rng.choice((dsl.identity, dsl.vmirror, dsl.rot90, dsl.dmirror))
    return lambda grid: turn(dsl.subgrid(choose(_objects(grid), by), grid))


KINDS: dict[str, Callable[[random.Random], Rule]] = {
    "recolored": recolored, "cells": cell_by_cell, "painted": painted, "moved": moved, "panels": combined, "cut": cut,
}  # fmt: skip
"""The kinds of rules, by name."""


def _objects(grid: Grid) -> Any:
    return dsl.objects(grid, True, False, True)
