"""Symmetry and repetition in the output."""

from __future__ import annotations

from arcbatt.arc import Grid
from arcbatt.search.evidence.invariants.grid_facts import SYMMETRIES, crop, variants
from arcbatt.search.evidence.invariants.invariant import Invariant, always
from arcbatt.search.evidence.invariants.masks import STRIDE, Box, box_of
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["REGULAR"]


def _is_varied(pair: PairFacts) -> bool:
    return len(pair.output.colors) > 1


_MIRRORS = SYMMETRIES[:4]

_NAMED = {
    "left-right": "is the same when left and right are exchanged",
    "top-bottom": "is the same when top and bottom are exchanged",
    "diagonal": "is the same when rows and columns are exchanged",
    "quarter turn": "is the same when turned by 90 degrees",
}
"""The symmetries that have an invariant of their own."""


def _symmetric(symmetry: str) -> Invariant:
    words = _NAMED[symmetry]
    return always(
        f"output-symmetric-{symmetry.replace(' ', '-')}", f"the output {words}",
        f"the output {words.replace('is', 'is not', 1)}", lambda pair: symmetry in pair.output.symmetries,
        telling=lambda pair: _is_varied(pair) and min(pair.output.shape) > 1,
    )  # fmt: skip


def _is_mirrored(grid: Grid) -> bool:
    turned = variants(grid)
    return any(turned[mirror] == grid for mirror in _MIRRORS)


def _clusters_mirrored(pair: PairFacts) -> bool:
    return all(map(_is_mirrored, {crop(pair.output.grid, box) for box in pair.output.cluster_boxes}))


def _cells_of(shape: int) -> Grid:
    """A shape as a grid of its box, with 1 for its cells."""
    _, _, height, width = box_of(shape)
    return tuple([tuple([shape >> (STRIDE * row + column) & 1 for column in range(width)]) for row in range(height)])


def _objects_mirrored(pair: PairFacts) -> bool:
    return all(_is_mirrored(_cells_of(shape)) for shape in pair.output.object_shapes)


def _is_broad(box: Box) -> bool:
    """Whether a box has several rows and columns; others are symmetric in any case, or nearly so."""
    return box[2] > 1 < box[3]


def _repeats(pair: PairFacts) -> bool:
    height, width = pair.output.shape
    return 2 * pair.output.row_period <= height or 2 * pair.output.column_period <= width


REGULAR = (
    *map(_symmetric, _NAMED),
    always(
        "output-clusters-symmetric", "the box around each cluster of the output has an axis of symmetry",
        "the box around a cluster of the output has no axis of symmetry", _clusters_mirrored,
        telling=lambda pair: any(map(_is_broad, pair.output.cluster_boxes)),
    ),
    always(
        "output-objects-symmetric", "each object of the output has an axis of symmetry",
        "an object of the output has no axis of symmetry", _objects_mirrored,
        telling=lambda pair: any(map(_is_broad, pair.output.object_boxes)),
    ),
    always(
        "output-periodic", "the output's rows or its columns repeat",
        "neither the output's rows nor its columns repeat", _repeats, telling=_is_varied,
    ),
)  # fmt: skip
"""The invariants of this theme."""
