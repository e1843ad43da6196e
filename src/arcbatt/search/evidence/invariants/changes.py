"""How many cells change and where, where the output has the input's shape."""

from __future__ import annotations

from arcbatt.search.evidence.invariants.invariant import Invariant, Pairs, Relation, always, changes
from arcbatt.search.evidence.invariants.masks import components, rectangle, spread
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["CHANGES"]


def _changed_share(pairs: Pairs) -> Relation | None:
    """Bounds of the share of changed cells in percent: half of the least and twice the most."""
    if len(pairs) < 2 or not all(map(changes, pairs)):
        return None
    shares = [100 * pair.changed.bit_count() // pair.input.all_cells.bit_count() for pair in pairs]
    low, high = min(shares) // 2, 2 * max(shares) + 2

    def keeps(pair: PairFacts) -> bool:
        cells = pair.input.all_cells.bit_count()
        return pair.same_shape and low * cells <= 100 * pair.changed.bit_count() <= high * cells

    if high >= 100 and low == 0:
        return None
    words = f"{low} to {min(high, 100)} percent of the cells"
    return Relation(f"{words} change", f"the cells that change are not {words}", keeps)


def _changed_touch(pair: PairFacts) -> bool:
    """Every component of changed cells holds or touches foreground of the input."""
    if not pair.same_shape:
        return False
    reached = pair.changed & spread(pair.input.foreground, diagonal=True)
    grown = 0
    while grown != reached:
        grown = reached
        reached = spread(grown, diagonal=True) & pair.changed
    return reached == pair.changed


def _takes_touched(pair: PairFacts) -> bool:
    """Each component of changed cells that get one color holds or touches that color in the input."""
    return pair.same_shape and all(
        spread(part, diagonal=True) & pair.input.masks.get(color, 0)
        for color, cells in pair.output.masks.items()
        for part in components(cells & pair.changed, diagonal=True)
    )


def _lines_stay(pair: PairFacts) -> bool:
    if not pair.same_shape:
        return False
    height, width = pair.input.shape
    return all(
        not pair.changed & rectangle((at, 0, 1, width) if kind == "row" else (0, at, height, 1))
        for kind, at, _ in pair.input.full_lines
    )


def _regions_uniform(pair: PairFacts) -> bool:
    return pair.same_shape and all(
        any(region & theirs == region for theirs in pair.output.masks.values()) for _, region in pair.input.regions
    )


def _objects_whole(pair: PairFacts) -> bool:
    return pair.same_shape and all(part & pair.changed in (0, part) for _, part in pair.input.objects)


CHANGES = (
    always(
        "output-not-input", "the output differs from the input", "the output is the input",
        lambda pair: pair.input.grid != pair.output.grid, telling=lambda pair: pair.same_shape,
    ),
    Invariant("cells-changed-share", _changed_share),
    always(
        "changes-touch-foreground", "all changed parts hold or touch foreground of the input",
        "a changed part touches no foreground of the input", _changed_touch,
        telling=lambda pair: changes(pair) and pair.changed & ~pair.input.foreground != 0,
    ),
    always(
        "changed-parts-take-touched-color", "each changed part gets a color that it touches in the input",
        "a changed part gets a color that it does not touch in the input", _takes_touched, telling=changes,
    ),
    always(
        "full-lines-stay", "full rows and columns of one color stay", "a full row or column of one color changes",
        _lines_stay, telling=lambda pair: changes(pair) and bool(pair.input.full_lines),
    ),
    always(
        "regions-stay-uniform", "each connected region of one color becomes one color",
        "a connected region of one color gets several colors", _regions_uniform, telling=changes,
        implied_by=("recolored-by-color",),
    ),
    always(
        "objects-change-whole", "each object stays or changes in all its cells", "an object changes in part",
        _objects_whole, telling=lambda pair: changes(pair) and pair.changed & pair.input.foreground != 0,
        implied_by=("recolored-by-color", "regions-stay-uniform"),
    ),
)  # fmt: skip
"""The invariants of this theme."""
