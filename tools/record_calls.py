"""Records calls of primitives that rules are written with: ``tests/dsl/recorded_calls/NAME.jsonl``.

    python tools/record_calls.py [--seed 1] [--count 48] [NAME ...]

A line is a call, drawn at random, and what the python engine makes of it: ``name``, ``arguments`` as literals (a
function by the expression that builds it), ``result`` as a literal or ``failure`` (``error`` or ``limit``), and the
``fuel`` of the call alone. About one call in seven has an argument that does not fit. Both engines run them in
``tests/dsl/test_recorded_calls.py``. A recorded file is made anew only when a primitive is meant to change.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
from pathlib import Path
from typing import Any

from arcbatt.dsl.registry import REGISTRY
from arcbatt.dsl.values import ordered
from arcbatt.engine import Engine, select_engine
from arcbatt.engine.recorded import Plumbing
from arcbatt.program.graph import Graph

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "dsl" / "recorded_calls"

UNIT = [(0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1)]
ODD = ["None", "()", "frozenset()", "((),)", "((1, 2), (3,))", "((1, None), (0, 2))", "(1, 2, 3)", "True", "-1", "300",
       "((True, 0), (0, False))", "9223372036854775807", "frozenset({(0, 0), (1, (0, 0))})"]  # fmt: skip
"""Arguments that fit in few places."""


def spelled(value: Any) -> str:
    """The literal of a value, sets in canonical order."""
    if isinstance(value, tuple):
        return f"({', '.join(map(spelled, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, frozenset):
        return f"frozenset({{{', '.join(map(spelled, ordered(value)))}}})" if value else "frozenset()"
    return repr(value)


class Cases:
    """Draws arguments, as literals."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._here: tuple[tuple[int, ...], ...] = ((0,),)
        self._kind = "_grid"

    def arguments(self, name: str) -> list[str]:
        """The arguments of a call; patches and objects lie in or near the grid that comes first."""
        self._here = self._made_grid()
        found = [getattr(self, f"_{maker}")() for maker in SHAPES[name]]
        if self.rng.random() < 0.15:
            found[self.rng.randrange(len(found))] = self.rng.choice(ODD)
        return found

    def _grid(self) -> str:
        return spelled(self._here)

    def _cut(self) -> str:
        rows, height, width = [*map(list, self._here)], len(self._here), len(self._here[0])
        line = self.rng.choice([0, 5, 5])
        for i in self.rng.sample(range(height), min(height, self.rng.randint(0, 2))):
            rows[i] = [line] * width
        for j in self.rng.sample(range(width), min(width, self.rng.randint(0, 2))):
            for row in rows:
                row[j] = line
        self._here = tuple(map(tuple, rows))
        return spelled(self._here)

    def _parts(self) -> str:
        found = REGISTRY["panels"].function(self._here)
        make = self.rng.choice([lambda part: part[::-1], lambda part: part[0][0], lambda part: ((7,),)])
        return spelled(tuple(map(make, found))[: self.rng.choice([1, None, None, None, None])])

    def _other(self) -> str:
        return spelled(self._made_grid())

    def _mosaic(self) -> str:
        """A grid repeated, cut at the upper left, mirrored or not, and with holes."""
        rng, rows = self.rng, self._here
        rows = tuple(row + (row[::-1] if rng.random() < 0.9 else row) for row in rows)
        rows += rows[::-1] if rng.random() < 0.5 else rows
        top, left = rng.randint(0, len(rows) // 2), rng.randint(0, len(rows[0]) // 2)
        rows = tuple(row[left:] + row if rng.random() < 0.95 else row + row[left:] for row in rows[top:])
        return spelled(tuple(tuple(0 if rng.random() < 0.1 else cell for cell in row) for row in rows))

    def _number(self) -> str:
        return str(self.rng.choice([0, 0, 0, 1, 1, 2, 3]))

    def _divisor(self) -> str:
        return str(self.rng.choice([1, 2, 2, 3, 5, 10, 300, 0, -2]))

    def _place(self) -> str:
        return str(self.rng.randint(-4, 3))

    def _direction(self) -> str:
        return spelled(self.rng.choice([*UNIT, *UNIT, (0, 0), (2, 0), (1, -2)]))

    def _turn(self) -> str:
        return str(self.rng.choice([-1, 0, 1, 1, 2]))

    def _offset(self) -> str:
        return spelled((self.rng.randint(-3, 3), self.rng.randint(-3, 3)))

    def _offsets(self) -> str:
        places = [(i, j) for i in range(-2, 3) for j in range(-2, 3)]
        return spelled(frozenset(self.rng.sample(places, self.rng.randint(0, 8)) if self.rng.random() < 0.5 else UNIT))

    def _patch(self) -> str:
        cells = self._cells(self.rng.randint(0, 8), 5)
        return spelled(cells if self.rng.random() < 0.5 else frozenset(place for _, place in cells))

    def _walls(self) -> str:
        side = self.rng.randint(3, 8)
        places = [(i, j) for i in range(side) for j in range(side) if self.rng.random() < 0.6]
        return spelled(frozenset(places))

    def _object(self) -> str:
        return spelled(self._cells(self.rng.randint(1, 5), 2))

    def _objects(self) -> str:
        flags = [self.rng.random() < 0.5 for _ in range(2)]
        found = REGISTRY["objects"].function(self._here, *flags, True)
        return spelled(found if self.rng.random() < 0.8 else tuple(ordered(found)))

    def _one(self) -> str:
        found = ordered(REGISTRY["objects"].function(self._here, True, True, True))
        return spelled(self.rng.choice(found)) if found and self.rng.random() < 0.8 else self._object()

    def _container(self) -> str:
        return self.rng.choice([self._grid, self._patch, self._objects, self._offset])()

    def _measure(self) -> str:
        return self.rng.choice(["size", "height", "color", "uppermost", "leftmost", "toindices", "rbind(add, 3)"])

    def _change(self) -> str:
        self._kind = self.rng.choice(sorted(CHANGES))
        return self.rng.choice(CHANGES[self._kind])

    def _value(self) -> str:
        text: str = getattr(self, self._kind)()
        return text

    def _made_grid(self) -> tuple[tuple[int, ...], ...]:
        rng = self.rng
        colors = rng.choice([[1, 2, 3], [1, 2, 3], [1], [-1, 300]])
        full = rng.choice([0.1, 0.25, 0.6])
        height, width = rng.randint(1, 7), rng.randint(1, 7)
        return tuple(
            tuple(rng.choice(colors) if rng.random() < full else 0 for _ in range(width)) for _ in range(height)
        )

    def _cells(self, count: int, reach: int) -> frozenset[Any]:
        rng = self.rng
        top, left = rng.randint(-1, len(self._here) - 1), rng.randint(-1, len(self._here[0]) - 1)
        places = {(top + rng.randint(0, reach), left + rng.randint(0, reach)) for _ in range(count)}
        return frozenset((rng.randint(1, 3), place) for place in sorted(places))


CHANGES = {
    "_grid": ["tophalf", "rbind(remainders, 2)", "vmirror", "identity", "rbind(countinrows, 0)", "trim", "first",
              "rot90"],
    "_place": ["halve", "increment", "sign", "double", "crement", "invert"],
    "_patch": ["normalize", "toindices", "delta", "outbox", "rbind(shift, (0, 0))", "enclosed"],
}  # fmt: skip
"""Functions by the values that they are settled on."""

SHAPES: dict[str, tuple[str, ...]] = {
    "columncolors": ("grid", "number"), "columnnumbers": ("grid",), "countaround": ("grid", "number", "offsets"),
    "countincolumns": ("grid", "number"), "countinrows": ("grid", "number"),
    "countseen": ("grid", "number", "number", "offsets"), "edgedistances": ("grid",), "element": ("container", "place"),
    "enclosed": ("walls",), "equalcells": ("grid", "other"), "firstseen": ("grid", "direction", "number"),
    "flooded": ("grid", "number", "number"), "holes": ("walls",), "joinpanels": ("cut", "parts"),
    "morethan": ("grid", "number"), "nearest": ("one", "objects"), "nearestcolors": ("grid", "number"),
    "overlay": ("grid", "other", "patch"), "paintby": ("grid", "objects", "measure"), "panels": ("cut",),
    "path": ("grid", "offset", "direction", "number", "turn"), "periodic": ("mosaic", "number"), "regions": ("grid",),
    "remainders": ("grid", "divisor"), "rowcolors": ("grid", "number"), "rownumbers": ("grid",),
    "seendistance": ("grid", "direction", "number"), "setpanels": ("cut", "parts"), "settle": ("change", "value"),
    "slide": ("grid", "object", "direction", "number"), "symmetric": ("mosaic", "number"), "tile": ("mosaic", "number"),
    "trail": ("grid", "patch", "direction", "number"), "translate": ("grid", "offset", "number"),
    "valrank": ("container", "measure", "place"),
}  # fmt: skip
"""For each recorded primitive how its arguments are drawn."""


def node_of(graph: Graph, plumbing: Plumbing, text: str) -> int:
    """The node of an argument: functions by name or built, values through ``I``."""
    tree = ast.parse(text, mode="eval").body
    if isinstance(tree, ast.Name):
        return graph.primitive(tree.id)
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id != "frozenset":
        parts = [node_of(graph, plumbing, ast.unparse(part)) for part in tree.args]
        return graph.call(graph.primitive(tree.func.id), *parts)
    return plumbing.plain(eval(text, {"frozenset": frozenset, "__builtins__": {}}))


def told(engine: Engine, name: str, arguments: list[str]) -> dict[str, Any]:
    """What an engine makes of a call: its result or failure, and its fuel without that of the arguments."""
    graph = Graph()
    plumbing = Plumbing(graph)
    nodes = [node_of(graph, plumbing, text) for text in arguments]
    root = graph.call(graph.primitive(name), *nodes)
    (outcome,) = engine.open(graph).bind(I=plumbing.values()).run([root])
    fuel = outcome.fuel - (len(graph.calls(root)) - 1)
    if outcome.failure is not None:
        return {"failure": str(outcome.failure.kind), "fuel": fuel}
    return {"result": spelled(outcome.value), "fuel": fuel}


def recorded(engine: Engine, name: str, seed: int, count: int) -> list[dict[str, Any]]:
    """So many calls of a primitive, drawn anew, with what an engine makes of them."""
    cases = Cases(random.Random(f"{seed} {name}"))
    drawn = [cases.arguments(name) for _ in range(count)]
    return [{"name": name, "arguments": arguments, **told(engine, name, arguments)} for arguments in drawn]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="primitives; all that are recorded if none is named")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=48, help="calls of each")
    options = parser.parse_args()
    engine = select_engine("python")
    FOLDER.mkdir(exist_ok=True)
    for name in options.names or SHAPES:
        lines = [json.dumps(call) for call in recorded(engine, name, options.seed, options.count)]
        (FOLDER / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
