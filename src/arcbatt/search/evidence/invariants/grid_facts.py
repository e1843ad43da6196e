"""What the invariants ask of one grid, computed once and when it is first asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from arcbatt.arc import Grid
from arcbatt.search.evidence.invariants.masks import Box, box_of, color_masks, components, normalized, rectangle

__all__ = ["SYMMETRIES", "GridFacts", "background", "crop", "variants"]

SYMMETRIES = ("left-right", "top-bottom", "diagonal", "antidiagonal", "half turn", "quarter turn")
"""The symmetries of the square by name: mirrors that exchange left and right, top and bottom, rows and columns (along
the main diagonal and the other one), then the turns by 180 and 90 degrees."""


def background(counts: Mapping[int, int]) -> int:
    """The most common color; of equally common ones 0, then the smallest."""
    return max(counts, key=lambda color: (counts[color], -color))


def crop(grid: Grid, box: Box) -> Grid:
    """The part of a grid in a box."""
    top, left, height, width = box
    return tuple([row[left : left + width] for row in grid[top : top + height]])


def variants(grid: Grid) -> dict[str, Grid]:
    """The grid under each of :data:`SYMMETRIES`, by its name."""
    turned = tuple(zip(*grid, strict=True))
    back = tuple([row[::-1] for row in grid])
    return {
        "left-right": back,
        "top-bottom": grid[::-1],
        "diagonal": turned,
        "antidiagonal": tuple([row[::-1] for row in turned[::-1]]),
        "half turn": back[::-1],
        "quarter turn": tuple([row[::-1] for row in turned]),
    }


@dataclass(frozen=True)
class GridFacts:
    """A valid grid and what is known of it.

    An *object* is a component of one color (8 neighbours) that is not background; a *cluster* is one of any colors but
    the background (8 neighbours); a *region* is a component of one color (4 neighbours), background or not.
    """

    grid: Grid

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.grid), len(self.grid[0])

    @cached_property
    def counts(self) -> dict[int, int]:
        """The number of cells of each color."""
        return Counter(chain.from_iterable(self.grid))

    @cached_property
    def colors(self) -> frozenset[int]:
        """The colors that stand in it."""
        return frozenset(self.counts)

    @cached_property
    def background(self) -> int:
        """The most common color; of equally common ones 0, then the smallest."""
        return background(self.counts)

    @cached_property
    def masks(self) -> dict[int, int]:
        """The cells of each color."""
        return color_masks(self.grid, self.counts)

    @cached_property
    def all_cells(self) -> int:
        """All cells."""
        return rectangle((0, 0, *self.shape))

    @cached_property
    def foreground(self) -> int:
        """The cells that are not background."""
        return self.all_cells ^ self.masks[self.background]

    @cached_property
    def foreground_box(self) -> Box:
        """The bounding box of the cells that are not background."""
        return box_of(self.foreground)

    @cached_property
    def objects(self) -> tuple[tuple[int, int], ...]:
        """Color and cells of each object, by color."""
        return tuple([
            (color, part)
            for color in sorted(self.masks) if color != self.background
            for part in components(self.masks[color], diagonal=True)
        ])  # fmt: skip

    @cached_property
    def clusters(self) -> tuple[int, ...]:
        """The cells of each cluster."""
        return tuple(components(self.foreground, diagonal=True))

    @cached_property
    def regions(self) -> tuple[tuple[int, int], ...]:
        """Color and cells of each region, by color."""
        return tuple([
            (color, part)
            for color in sorted(self.masks) for part in components(self.masks[color], diagonal=False)
        ])  # fmt: skip

    @cached_property
    def object_forms(self) -> Counter[tuple[int, int]]:
        """How often an object of each color and shape occurs."""
        return Counter([(color, normalized(part)) for color, part in self.objects])

    @cached_property
    def object_shapes(self) -> Counter[int]:
        """How often an object of each shape occurs, whatever its color."""
        return Counter([normalized(part) for _, part in self.objects])

    @cached_property
    def cluster_boxes(self) -> tuple[Box, ...]:
        """The bounding box of each cluster."""
        return tuple(map(box_of, self.clusters))

    @cached_property
    def object_boxes(self) -> tuple[Box, ...]:
        """The bounding box of each object."""
        return tuple([box_of(part) for _, part in self.objects])

    @cached_property
    def variants(self) -> dict[str, Grid]:
        """The grid under each of :data:`SYMMETRIES`, by its name."""
        return variants(self.grid)

    @cached_property
    def symmetries(self) -> frozenset[str]:
        """Those of :data:`SYMMETRIES` that leave it as it is."""
        return frozenset(name for name, turned in self.variants.items() if turned == self.grid)

    @cached_property
    def full_lines(self) -> tuple[tuple[str, int, int], ...]:
        """Rows and columns of two cells or more, all of one color but the background: their kind, index and color."""
        return tuple([
            (kind, index, line[0])
            for kind, lines in (("row", self.grid), ("column", self.variants["diagonal"]))
            for index, line in enumerate(lines)
            if len(line) > 1 and len(set(line)) == 1 and line[0] != self.background
        ])  # fmt: skip

    @cached_property
    def row_period(self) -> int:
        """The smallest period of the rows from top to bottom; the height where there is none."""
        return _period(self.grid)

    @cached_property
    def column_period(self) -> int:
        """The smallest period of the columns from left to right; the width where there is none."""
        return _period(self.variants["diagonal"])


def _period(rows: Grid) -> int:
    return next((step for step in range(1, len(rows)) if rows[step:] == rows[:-step]), len(rows))
