"""The output's shape as a function of the input."""

from __future__ import annotations

from fractions import Fraction

from arcbatt.search.evidence.invariants.invariant import Invariant, Pairs, Relation, always
from arcbatt.search.evidence.invariants.pair_facts import PairFacts
from arcbatt.search.evidence.invariants.panels import cut_at_lines

__all__ = ["SHAPES"]


def _constant(pairs: Pairs) -> Relation | None:
    height, width = shape = pairs[0].output.shape
    if len(pairs) < 2 or any(pair.output.shape != shape for pair in pairs):
        return None
    return Relation(
        f"the output is {height} x {width}", f"the output is not {height} x {width}",
        lambda pair: pair.output.shape == shape,
    )  # fmt: skip


def _ratio(pairs: Pairs, axis: int) -> Fraction | None:
    ratios = {Fraction(pair.output.shape[axis], pair.input.shape[axis]) for pair in pairs}
    return ratios.pop() if len(ratios) == 1 else None


def _scaled(pairs: Pairs) -> Relation | None:
    rows, columns = _ratio(pairs, 0), _ratio(pairs, 1)
    if rows is None or columns is None or rows == columns == 1:
        return None
    return Relation(
        f"the output has {rows} times the input's rows and {columns} times its columns",
        f"the output has not {rows} times the input's rows and {columns} times its columns",
        lambda pair: all(
            side * ratio.denominator == base * ratio.numerator
            for side, base, ratio in zip(pair.output.shape, pair.input.shape, (rows, columns), strict=True)
        ),
    )


def _is_panel_shape(pair: PairFacts) -> bool:
    cut = cut_at_lines(pair.input)
    return cut is not None and pair.output.shape == (cut[0][0][1], cut[1][0][1])


SHAPES = (
    always(
        "output-shape-of-input", "the output has the input's shape", "the output has another shape than the input",
        lambda pair: pair.same_shape,
    ),
    Invariant("output-shape-constant", _constant, ("output-shape-of-input",)),
    Invariant("output-shape-scaled", _scaled, ("output-shape-constant",)),
    always(
        "output-shape-of-panel", "the output has the shape of the panels between the input's full lines",
        "the output has not the shape of the input's panels", _is_panel_shape,
    ),
    always(
        "output-shape-of-cluster", "the output has the shape of the box around some cluster of the input",
        "no cluster of the input has a box of the output's shape",
        lambda pair: any(box[2:] == pair.output.shape for box in pair.input.cluster_boxes),
        implied_by=("output-shape-of-input",),
    ),
    always(
        "output-shape-of-object", "the output has the shape of the box around some object of the input",
        "no object of the input has a box of the output's shape",
        lambda pair: any(box[2:] == pair.output.shape for box in pair.input.object_boxes),
        implied_by=("output-shape-of-input",),
    ),
)  # fmt: skip
"""The invariants of this theme."""
