"""A task and a grammar that are searched in no time."""

from __future__ import annotations

from arcbatt.arc import Sample, Task
from arcbatt.search.enumeration import Grammar, Kind, Leaf, Production

TASK = Task(
    "small",
    (
        Sample(((1, 2, 3), (4, 5, 6)), ((3, 1, 4), (1, 5, 9))),
        Sample(((0, 1, 0), (2, 0, 0), (0, 0, 4)), ((2, 6), (5, 3))),
    ),
    (Sample(((5, 5), (0, 5), (5, 0))),),
)
SMALL = Grammar(
    (Kind("Grid", "grid", True), Kind("Count", "count"), Kind("Indices", "indices"), Kind("Color", "color")),
    (
        Leaf("variable", "I", "Grid", 1),
        *(Leaf("constant", number, "Count", 2) for number in (1, 2, 3)),
        *(Leaf("constant", color, "Color", 2) for color in (0, 5)),
    ),
    (
        Production("rot90", ("Grid",), "Grid", 1),
        Production("lefthalf", ("Grid",), "Grid", 2),
        Production("hconcat", ("Grid", "Grid"), "Grid", 3),
        Production("upscale", ("Grid", "Count"), "Grid", 3),
        Production("add", ("Count", "Count"), "Count", 1, symmetric=(0, 1)),
        Production("divide", ("Count", "Count"), "Count", 2),
        Production("height", ("Grid",), "Count", 2),
        Production("ofcolor", ("Grid", "Color"), "Indices", 2),
        Production("mostcolor", ("Grid",), "Color", 3),
        Production("replace", ("Grid", "Color", "Color"), "Grid", 2, is_distinct=True),
        Production("fill", ("Grid", "Color", "Indices"), "Grid", 2),
        Production("intersection", ("Indices", "Indices"), "Indices", 1, symmetric=(0, 1), is_distinct=True),
    ),
)
