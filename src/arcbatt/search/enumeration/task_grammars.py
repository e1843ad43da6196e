"""The grammars that come with the package, made for a task: the whole vocabulary, and grids to grids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Final

from arcbatt.arc import COLORS, Challenge
from arcbatt.program.graph import Constant
from arcbatt.search.enumeration.function_kinds import FunctionKind, built, handed_on
from arcbatt.search.enumeration.grammar import Grammar, Kind, Leaf, Production
from arcbatt.search.enumeration.prior import SMOOTHING, Counts, costs_of, starter_counts
from arcbatt.search.enumeration.vocabulary import BUILT, ELEMENTS, FORMS, FUNCTIONS, OFFERED, SIGNATURES, WORDS
from arcbatt.search.prior.choices import COLOR

__all__ = ["default_grammar", "grid_grammar", "read_signatures"]

COUNTS: Final = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1, -2)
"""Numbers that are leaves."""
FACTORS: Final = (2, 3, 4)
"""Factors that are leaves."""
OFFSETS: Final = (
    (0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, -1), (-1, 1), (1, -1), (0, 2), (2, 0), (2, 2), (3, 3),
)  # fmt: skip
"""Offsets that are leaves: those that the vocabulary names."""
NEW_COLOR: Final = 4.0
"""Weight of a color of the outputs that no input has, against one of the inputs alone."""
KEPT_COLOR: Final = 2.0
"""Weight of a color of inputs and outputs."""
FAR_OFFSET: Final = 0.25
"""Weight of an offset by more than one cell, against how often it is written."""
_GRID_KINDS: Final = ("Grid", "Count", "Color", "Offset")
_GRID_PRIMITIVES: Final = (
    "rot90", "rot180", "rot270", "hmirror", "vmirror", "dmirror", "cmirror", "tophalf", "bottomhalf", "lefthalf",
    "righthalf", "trim", "compress", "hupscale", "vupscale", "upscale", "downscale", "hconcat", "vconcat", "cellwise",
    "replace", "switch", "crop", "canvas",
)  # fmt: skip


def default_grammar(task: Challenge, bits: float = 1.0) -> Grammar:
    """The whole vocabulary, with the colors of the task's demo samples and test inputs.

    Args:
        task: the task.
        bits: bits of the prior that a cost of 1 is worth. Larger: fewer, coarser levels.
    """
    counts = starter_counts()
    return _weighed(_kinds(), list(_leaves(task, counts)), list(_vocabulary()), counts, bits)


def grid_grammar(task: Challenge, bits: float = 1.0) -> Grammar:
    """Grids to grids, with numbers, offsets and colors that are leaves only."""
    kinds = tuple(kind for kind in _kinds() if kind.name in _GRID_KINDS)
    wanted = {*_GRID_KINDS}
    counts = starter_counts()
    leaves = [(leaf, weight) for leaf, weight in _leaves(task, counts) if leaf.kind in wanted]
    productions = [
        production
        for production in _vocabulary()
        if production.primitive in _GRID_PRIMITIVES
        and production.result == "Grid"
        and {*production.arguments} <= wanted
    ]
    return _weighed(kinds, leaves, productions, counts, bits)


def _kinds() -> tuple[Kind, ...]:
    values = [Kind(name, form, name in OFFERED) for name, form in FORMS.items()]
    return (*values, *(Kind(kind.name, _function_form(kind)) for kind in _function_kinds()))


def _function_form(kind: FunctionKind) -> str:
    """Those of one argument are distinguished by what they do, others by how they are built."""
    if len(kind.arguments) > 1:
        return "function"
    return f"function from {FORMS[kind.arguments[0]]} to {FORMS[kind.result]}"


@cache
def _function_kinds() -> tuple[FunctionKind, ...]:
    return tuple(FunctionKind.of(name) for name in FUNCTIONS.split())


@cache
def _called() -> tuple[Production, ...]:
    return tuple(read_signatures(SIGNATURES))


@cache
def _vocabulary() -> tuple[Production, ...]:
    return (*_called(), *built(_function_kinds()))


def read_signatures(text: str) -> Iterator[Production]:
    """The productions that a table of signatures stands for, each costing 1; see :mod:`.vocabulary`."""
    for line in text.splitlines():
        names, _, signature = line.partition(": ")
        if not signature:
            continue
        arguments, _, result = signature.partition(" -> ")
        result, _, flags = result.partition(" ")
        kinds = [*arguments.split(), result]
        for name in names.split():
            for chosen in _chosen(kinds):
                count = len(chosen) - 1
                symmetric = (count - 2, count - 1) if "~" in flags else None
                yield Production(name, chosen[:-1], chosen[-1], 1, symmetric, "!" in flags)


def _chosen(kinds: list[str]) -> Iterator[tuple[str, ...]]:
    """The kinds with each word replaced by one of those that it stands for, in all ways."""
    words = list(dict.fromkeys(kind for kind in kinds if kind in WORDS))
    for choice in product(*(WORDS[word] for word in words)):
        known = dict(zip(words, choice, strict=True))
        elements = [ELEMENTS[kind] for kind in choice if kind in ELEMENTS]
        known["Element1"] = elements[0] if elements else "Element1"
        yield tuple(known.get(kind, kind) for kind in kinds)


def _leaves(task: Challenge, counts: Counts) -> Iterator[tuple[Leaf, float]]:
    """All leaves with their weights, by kind."""
    yield Leaf("variable", "I", "Grid"), SMOOTHING + counts.symbols["I"]
    for kind, values in (("Flag", (True, False)), ("Factor", FACTORS), ("Count", COUNTS), ("Offset", OFFSETS)):
        for value in values:
            yield Leaf("constant", value, kind), (SMOOTHING + counts.constant(value)) * _natural(value)
    colors = _colors(task)
    # Literal colors are as likely as all small numbers that are written: by those that are colors alone they would be
    # too dear, which cost tasks.
    written = counts.symbols[COLOR] + sum(counts.constant(color) for color in range(COLORS))
    for color, share in colors.items():
        yield Leaf("constant", color, "Color"), SMOOTHING + written * share / sum(colors.values())
    for name, kind in handed_on(_function_kinds(), _called()):
        yield Leaf("primitive", name, kind), SMOOTHING + counts.handed(name)


def _natural(value: Constant) -> float:
    """Less for offsets by more than a cell: coordinates are literals that seldom generalize."""
    return FAR_OFFSET if isinstance(value, tuple) and any(part not in (-1, 0, 1) for part in value) else 1.0


def _colors(task: Challenge) -> dict[int, float]:
    """The colors of the task with their weights, ascending."""
    inputs = {color for sample in task.samples for row in sample.input for color in row}
    outputs = {color for _, output in task.pairs for row in output for color in row}
    kept = inputs & outputs
    return {
        color: NEW_COLOR if color not in inputs else KEPT_COLOR if color in kept else 1.0
        for color in sorted(inputs | outputs)
    }


def _weighed(
    kinds: tuple[Kind, ...],
    leaves: list[tuple[Leaf, float]],
    productions: list[Production],
    counts: Counts,
    bits: float,
) -> Grammar:
    """The grammar with costs from the prior: among all that gives a kind, the frequent costs less."""
    ways = Counter((production.primitive, production.result) for production in productions)
    weighed = [(leaf.kind, weight) for leaf, weight in leaves]
    for item in productions:
        share = ways[item.primitive, item.result] ** 0.5  # several ways to call it are not all as likely
        weighed.append((item.result, (SMOOTHING + counts.called(item.primitive)) / share))
    costs = [0] * len(weighed)
    for kind in kinds:
        places = [place for place, (result, _) in enumerate(weighed) if result == kind.name]
        for place, cost in zip(places, costs_of([weighed[place][1] for place in places], bits), strict=True):
            costs[place] = cost
    of_productions = costs[len(leaves) :]
    return Grammar(
        kinds,
        tuple(replace(leaf, cost=cost) for (leaf, _), cost in zip(leaves, costs, strict=False)),
        tuple(
            replace(item, cost=cost + BUILT.get(item.result.partition(">")[0], 0) * (">" in item.result))
            for item, cost in zip(productions, of_productions, strict=True)
        ),
    )
