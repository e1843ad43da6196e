"""Output as a part of the input, input as a part of the output."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from arcbatt.arc import Grid
from arcbatt.search.evidence.invariants.grid_facts import GridFacts, crop
from arcbatt.search.evidence.invariants.invariant import always
from arcbatt.search.evidence.invariants.masks import Box
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["CONTAINMENT", "contains"]


def contains(grid: Grid, part: Grid) -> bool:
    """Whether a grid stands somewhere in another one."""
    rows, wanted = list(map(bytes, grid)), list(map(bytes, part))
    height, width = len(wanted), len(wanted[0])
    for top in range(len(rows) - height + 1):
        at = rows[top].find(wanted[0])
        while at >= 0:
            if all(rows[top + down][at : at + width] == wanted[down] for down in range(1, height)):
                return True
            at = rows[top].find(wanted[0], at + 1)
    return False


def _in_input(pair: PairFacts) -> bool:
    return not pair.same_shape and contains(pair.input.grid, pair.output.grid)


def _in_output(pair: PairFacts) -> bool:
    return not pair.same_shape and contains(pair.output.grid, pair.input.grid)


def _is_crop(boxes: Callable[[GridFacts], Sequence[Box]]) -> Callable[[PairFacts], bool]:
    def keeps(pair: PairFacts) -> bool:
        return any(
            box[2:] == pair.output.shape and crop(pair.input.grid, box) == pair.output.grid for box in boxes(pair.input)
        )

    return keeps


def _smaller(pair: PairFacts) -> bool:
    return not pair.same_shape and min(pair.output.shape) > 1


def _tiles(pair: PairFacts) -> list[Grid]:
    """The output cut into parts of the input's shape; none where it is not larger by whole factors."""
    (height, width), (tall, wide) = pair.input.shape, pair.output.shape
    if pair.same_shape or tall % height or wide % width:
        return []
    boxes = [(top, left, height, width) for top in range(0, tall, height) for left in range(0, wide, width)]
    return [crop(pair.output.grid, box) for box in boxes]


def _tiles_known(pair: PairFacts) -> bool:
    known = {pair.input.grid, *pair.input.variants.values()}
    tiles = _tiles(pair)
    return bool(tiles) and all(tile in known or len({cell for row in tile for cell in row}) == 1 for tile in tiles)


def _blocks_uniform(pair: PairFacts) -> bool:
    """Each cell of the input stands for a block of the output, and each block is of one color."""
    (height, width), (tall, wide) = pair.input.shape, pair.output.shape
    if pair.same_shape or tall % height or wide % width:
        return False
    down, right = tall // height, wide // width
    return pair.output.grid == tuple([
        tuple([row[left // right * right] for left in range(wide)])
        for row in (pair.output.grid[top // down * down] for top in range(tall))
    ])  # fmt: skip


def _lines_known(pair: PairFacts) -> bool:
    return set(pair.output.grid) <= set(pair.input.grid) or (
        set(pair.output.variants["diagonal"]) <= set(pair.input.variants["diagonal"])
    )


def _is_panel(pair: PairFacts) -> bool:
    return any(panel.grid == pair.output.grid for panel in pair.panels)


def _several_panels(pair: PairFacts) -> bool:
    return len({panel.grid for panel in pair.panels}) > 1


_CROP = ("output-is-cluster-box", "output-is-object-box")

CONTAINMENT = (
    always(
        "output-is-cluster-box", "the output is the part of the input around some cluster",
        "the output is the box around no cluster of the input", _is_crop(lambda facts: facts.cluster_boxes),
        telling=_smaller,
    ),
    always(
        "output-is-object-box", "the output is the part of the input around some object",
        "the output is the box around no object of the input", _is_crop(lambda facts: facts.object_boxes),
        telling=_smaller,
    ),
    always(
        "output-in-input", "the output is a part of the input", "the output is no part of the input", _in_input,
        telling=_smaller, implied_by=_CROP,
    ),
    always(
        "input-in-output", "the input is a part of the output", "the input is no part of the output", _in_output,
    ),
    always(
        "output-tiles-of-input", "the output consists of tiles: the input turned or mirrored, or of one color",
        "a tile of the output is neither the input turned or mirrored nor of one color", _tiles_known,
        telling=lambda pair: len(pair.input.colors) > 1,
    ),
    always(
        "output-blocks-uniform", "each cell of the input stands for a block of one color in the output",
        "a block of the output that stands for a cell of the input has several colors", _blocks_uniform,
        telling=lambda pair: len(pair.output.colors) > 1,
    ),
    always(
        "output-lines-of-input", "every row of the output is a row of the input, or every column a column",
        "a row of the output is no row of the input, and a column is no column", _lines_known,
        telling=lambda pair: pair.input.grid != pair.output.grid,
    ),
    always(
        "output-is-panel", "the output is one of the input's equal panels", "the output is no panel of the input",
        _is_panel, telling=_several_panels,
    ),
)  # fmt: skip
"""The invariants of this theme."""
