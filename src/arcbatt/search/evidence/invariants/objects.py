"""The objects of input and output: components of one color (8 neighbours) that are not background."""

from __future__ import annotations

from arcbatt.search.evidence.invariants.invariant import always, changes
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["OBJECTS"]


def _has_objects(pair: PairFacts) -> bool:
    return len(pair.input.objects) > 0


def _subset(pair: PairFacts) -> bool:
    return all(count <= pair.input.object_forms[form] for form, count in pair.output.object_forms.items())


def _superset(pair: PairFacts) -> bool:
    return all(count <= pair.output.object_forms[form] for form, count in pair.input.object_forms.items())


def _alike(pair: PairFacts) -> bool:
    return len(pair.output.object_shapes) <= 1


def _clusters_one_color(pair: PairFacts) -> bool:
    return len(pair.output.clusters) == len(pair.output.objects)


def _no_single_cells(pair: PairFacts) -> bool:
    return all(part & (part - 1) for _, part in pair.output.objects)


def _sizes(pair: PairFacts) -> tuple[list[int], list[int]]:
    return (
        sorted(part.bit_count() for _, part in pair.input.objects),
        sorted(part.bit_count() for _, part in pair.output.objects),
    )


def _lines_rearranged(pair: PairFacts) -> bool:
    """Every row holds the cells that it held, in any order, or else every column does."""
    return pair.same_shape and any(
        all(sorted(old) == sorted(new) for old, new in zip(before, after, strict=True))
        for before, after in (
            (pair.input.grid, pair.output.grid),
            (pair.input.variants["diagonal"], pair.output.variants["diagonal"]),
        )
    )


_KEPT = ("objects-kept",)

OBJECTS = (
    always(
        "objects-kept", "the output's objects are the input's, moved or not",
        "the output lacks an object or has another",
        lambda pair: pair.input.object_forms == pair.output.object_forms, telling=_has_objects,
    ),
    always(
        "object-shapes-kept", "the shapes of the output's objects are those of the input's",
        "the output lacks the shape of an object or has another",
        lambda pair: pair.input.object_shapes == pair.output.object_shapes, telling=_has_objects, implied_by=_KEPT,
    ),
    always(
        "object-sizes-kept", "the sizes of the output's objects are those of the input's",
        "the output lacks an object of some size or has another", lambda pair: _sizes(pair)[0] == _sizes(pair)[1],
        telling=_has_objects, implied_by=("objects-kept", "object-shapes-kept"),
    ),
    always(
        "object-count-kept", "the output has as many objects as the input",
        "the output has more or fewer objects than the input",
        lambda pair: len(pair.input.objects) == len(pair.output.objects), telling=_has_objects,
        implied_by=("objects-kept", "object-shapes-kept", "object-sizes-kept"),
    ),
    always(
        "cluster-count-kept", "the output has as many clusters as the input",
        "the output has more or fewer clusters than the input",
        lambda pair: len(pair.input.clusters) == len(pair.output.clusters), telling=_has_objects,
    ),
    always(
        "object-count-grows", "the output has more objects than the input",
        "the output has no more objects than the input",
        lambda pair: len(pair.input.objects) < len(pair.output.objects),
    ),
    always(
        "object-count-shrinks", "the output has fewer objects than the input",
        "the output has no fewer objects than the input",
        lambda pair: len(pair.input.objects) > len(pair.output.objects),
    ),
    always(
        "objects-of-output-in-input", "every object of the output is one of the input, moved or not",
        "an object of the output is none of the input", _subset, telling=lambda pair: len(pair.output.objects) > 0,
        implied_by=_KEPT,
    ),
    always(
        "objects-of-input-in-output", "every object of the input is one of the output, moved or not",
        "an object of the input is none of the output", _superset, telling=_has_objects, implied_by=_KEPT,
    ),
    always(
        "output-objects-alike", "all objects of the output have one shape",
        "two objects of the output have different shapes", _alike, telling=lambda pair: len(pair.output.objects) > 1,
    ),
    always(
        "clusters-one-color", "no two objects of the output touch", "two objects of the output touch",
        _clusters_one_color, telling=lambda pair: len(pair.output.objects) > 1,
    ),
    always(
        "no-single-cells", "no object of the output is a single cell", "an object of the output is a single cell",
        _no_single_cells, telling=lambda pair: any(not part & (part - 1) for _, part in pair.input.objects),
    ),
    always(
        "lines-rearranged", "each row, or each column, holds the cells that it held, in any order",
        "rows and columns hold other cells than they held", _lines_rearranged,
        telling=lambda pair: changes(pair) and min(pair.input.shape) > 1,
    ),
)  # fmt: skip
"""The invariants of this theme."""
