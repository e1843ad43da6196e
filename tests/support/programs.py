"""Random grids and random programs, most of which have values: what property tests throw at engines."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import arcbatt.dsl
from arcbatt.dsl.constants import CONSTANTS
from arcbatt.dsl.registry import REGISTRY, Primitive
from arcbatt.program.graph import Graph
from arcbatt.program.type_terms import element_of
from arcbatt.program.types import Type, fits, infer_types

PRIMITIVES = [item for item in REGISTRY if item.theme != "user"]
_BY_ARITY = {arity: [item for item in PRIMITIVES if item.arity == arity] for arity in range(1, 5)}
_NUMBERS = [0, 1, 2, 3, 5, -1, -2, 7, 10, 29, 30, 63, 64, 100, 255, 10_000, 2**27, 2**31, 2**62, -(2**63), 2**63 - 1]
_ANY = Type("Any")
_RECENT = 12
"""Arguments are drawn from so many of the latest results."""
_ODD = 0.06
"""The share of arguments that may be anything at all."""


def random_grid(rng: random.Random, largest: int = 8) -> tuple[tuple[int, ...], ...]:
    """A grid of a few colors."""
    height, width = rng.randint(1, largest), rng.randint(1, largest)
    colors = rng.sample(range(10), rng.randint(1, 4))
    return tuple(tuple(rng.choice(colors) for _ in range(width)) for _ in range(height))


def random_arc_grid(rng: random.Random, largest: int = 30) -> tuple[tuple[int, ...], ...]:
    """A grid that looks like one of ARC: boxes, lines and specks on a background, mirrored or tiled at times."""
    height, width = (rng.randint(1, rng.choice([3, 10, largest])) for _ in range(2))
    ground, *colors = rng.sample(range(10), rng.randint(2, 5))
    cells = [[ground] * width for _ in range(height)]
    for _ in range(rng.randint(0, 5)):
        color = rng.choice(colors)
        top, left = rng.randrange(height), rng.randrange(width)
        bottom, right = rng.randint(top, min(top + 6, height - 1)), rng.randint(left, min(left + 6, width - 1))
        shape = rng.choice(["box", "frame", "row", "column", "specks", "diagonal"])
        for i in range(height):
            for j in range(width):
                inside = top <= i <= bottom and left <= j <= right
                hit = {
                    "box": inside,
                    "frame": inside and (i in (top, bottom) or j in (left, right)),
                    "row": i == top,
                    "column": j == left,
                    "specks": inside and rng.random() < 0.4,
                    "diagonal": inside and i - top == j - left,
                }[shape]
                if hit:
                    cells[i][j] = color
    made = tuple(map(tuple, cells))
    change = rng.random()
    if change < 0.1 and 2 * width <= largest:
        made = tuple(row + row[::-1] for row in made)
    elif change < 0.2 and 2 * height <= largest:
        made = made + made
    return made


def random_pairs(rng: random.Random, grid: Callable[[random.Random], Any] = random_grid) -> tuple[Any, ...]:
    """A value for S."""
    return tuple((grid(rng), grid(rng)) for _ in range(rng.randint(1, 3)))


def random_program(
    rng: random.Random, graph: Graph, calls: int, variables: str = "IS", primitives: Sequence[Primitive] = PRIMITIVES
) -> int:
    """Adds a random program of so many calls, and of those that make their arguments, to a graph; gives its root.

    Arguments fit by type and functions by what they are called on, so that most nodes have values; a few are anything.
    The calls are of these primitives, what makes arguments may be of others.
    """
    return _Writer(rng, graph, variables).program(calls, primitives)


class _Writer:
    """Writes one program, node by node."""

    def __init__(self, rng: random.Random, graph: Graph, variables: str) -> None:
        self.rng = rng
        self.graph = graph
        self.grids = [graph.variable(name) for name in variables if name != "S"]
        self.pairs = graph.variable("S") if "S" in variables else None
        self.types: dict[int, Type] = {}
        self.made: list[int] = []
        for name in variables:
            self._note(graph.variable(name))

    def program(self, calls: int, primitives: Sequence[Primitive]) -> int:
        """The root of a program of so many calls of these primitives."""
        for _ in range(calls):
            primitive = self.rng.choice(primitives)
            node = self.call(primitive.name, *self.arguments(primitive))
            if primitive.result == "Callable" and self.rng.random() < 0.8:
                node = self._note(self.graph.call(node, *self._handed(node)))
        return self.made[-1]

    def call(self, name: str, *arguments: int) -> int:
        """A call of a primitive."""
        return self._note(self.graph.call(self.graph.primitive(name), *arguments))

    def arguments(self, primitive: Primitive) -> list[int]:
        """Arguments for a primitive; functions are made for the container that they are called on."""
        drawn = _HIGHER.get(primitive.name)
        if drawn is not None and self.rng.random() > _ODD:
            return drawn(self)
        return [self.argument(type_) for type_ in primitive.types]

    def argument(self, wanted: str) -> int:
        """A node of a type: one that is there already, or a new one."""
        rng = self.rng
        if rng.random() < _ODD:
            return self._anything()
        if wanted in ("Integer", "Boolean") and rng.random() < 0.6:
            return self._constant(wanted)
        fitting = [node for node in self.made[-_RECENT:] if fits(self.type_of(node).name, wanted)]
        if fitting and rng.random() < 0.75:
            return rng.choice(fitting)
        return self._fresh(wanted)

    def function(self, takes: list[Type], gives: str = "Any", level: int = 0) -> int:
        """A function of one or two arguments of these types, by itself or built."""
        rng = self.rng
        choice = rng.random()
        if choice < _ODD:
            return self.graph.primitive(rng.choice(PRIMITIVES).name)
        if level > 1 or choice < 0.45:
            return self._plain(takes, gives)
        if len(takes) == 2 or choice < 0.65:
            return self._bound(takes, gives)
        if choice < 0.73 and fits("Boolean", gives):
            inner = self.function(takes, "Any", level + 1)
            return self.call("matcher", inner, self.argument(self._result(inner).name))
        if choice < 0.78:
            same = self.function(takes, takes[0].name, level + 1)
            return self.call("power", same, self.graph.constant(rng.randint(1, 4)))
        if choice < 0.88:
            a, b = self.function(takes, "Any", level + 1), self.function(takes, "Any", level + 1)
            return self.call("fork", self.function([self._result(a), self._result(b)], gives, level + 1), a, b)
        inner = self.function(takes, "Any", level + 1)
        outer = self.function([self._result(inner)], gives, level + 1)
        if rng.random() < 0.7:
            return self.call("compose", outer, inner)
        return self.call("chain", self.function([self._result(outer)], gives, level + 1), outer, inner)

    def of_elements(self, container: int) -> list[Type]:
        """The type that a function takes which is called on the elements of a container."""
        return [element_of(self.type_of(container))]

    def type_of(self, node: int) -> Type:
        """What is known of a node."""
        found = self.types.get(node)
        if found is None:
            found = self.types[node] = infer_types(self.graph, node)[node]
        return found

    def _plain(self, takes: list[Type], gives: str) -> int:
        """A primitive as a function."""
        fitting = [
            item.name
            for item in _BY_ARITY[len(takes)]
            if all(map(_accepts, item.types, takes)) and _gives(item, gives)
        ]
        return self.graph.primitive(self.rng.choice(fitting) if fitting else "identity")

    def _bound(self, takes: list[Type], gives: str) -> int:
        """A primitive of one argument more with its first or last argument fixed."""
        side = self.rng.choice(["rbind", "lbind"])
        free = slice(None, -1) if side == "rbind" else slice(1, None)
        fitting = [
            item
            for item in _BY_ARITY[len(takes) + 1]
            if all(map(_accepts, item.types[free], takes)) and _gives(item, gives)
        ]
        if not fitting:
            return self._plain(takes, gives)
        item = self.rng.choice(fitting)
        fixed = item.types[-1 if side == "rbind" else 0]
        if fixed == "Callable":
            return self.call(side, self.graph.primitive(item.name), self.function([_ANY], level=2))
        return self.call(side, self.graph.primitive(item.name), self.argument(fixed))

    def _result(self, function: int) -> Type:
        return self.type_of(function).result or _ANY

    def _handed(self, function: int) -> list[int]:
        """Arguments for a built function."""
        arity = self.type_of(function).arity or 1
        name = self.graph.values[self.graph.operands[function][0]]
        inner = self.graph.operands[function][-1 if name in ("compose", "chain", "fork") else 1]
        types = REGISTRY[self.graph.values[inner]].types if self.graph.kinds[inner] == 2 else ("Grid", "Grid")
        if name == "lbind":
            types = types[1:]
        return [self.argument(type_) for type_ in (*types, "Any", "Any", "Any")[:arity]]

    def _note(self, node: int) -> int:
        self.made.append(node)
        return node

    def _anything(self) -> int:
        rng = self.rng
        choice = rng.random()
        if choice < 0.6:
            return rng.choice(self.made)
        if choice < 0.85:
            return self.graph.constant(rng.choice(list(CONSTANTS.values())))
        return self.graph.primitive(rng.choice(PRIMITIVES).name)

    def _constant(self, wanted: str) -> int:
        rng = self.rng
        if wanted == "Boolean":
            return self.graph.constant(rng.random() < 0.5)
        return self.graph.constant(rng.choice(_NUMBERS) if rng.random() < 0.1 else rng.randint(-2, 9))

    def _grid(self) -> int:
        """A grid, now and then a wide one."""
        grid = self.rng.choice(self.grids) if self.grids else self.argument("Grid")
        choice = self.rng.random()
        if choice < 0.04:
            return self.call("upscale", grid, self.graph.constant(self.rng.randint(2, 4)))
        if choice < 0.08:
            return self.call("hconcat", grid, grid)
        if choice < 0.14 and self.pairs is not None:
            return self.call("first", self.call("first", self.pairs))
        return grid

    def _objects(self) -> int:
        choice = self.rng.random()
        if choice < 0.2:
            return self.call(self.rng.choice(["partition", "fgpartition"]), self._grid())
        flags = [self.graph.constant(self.rng.random() < chance) for chance in (0.6, 0.5, 0.7)]
        return self.call("objects", self._grid(), *flags)

    def _object(self) -> int:
        choice = self.rng.random()
        if choice < 0.15:
            return self.call("asobject", self._grid())
        if choice < 0.25:
            return self.call("recolor", self._constant("Integer"), self._indices())
        if choice < 0.6:
            by = self.graph.primitive(self.rng.choice(["size", "height", "color", "leftmost"]))
            return self.call(self.rng.choice(["argmax", "argmin"]), self._objects(), by)
        return self.call(self.rng.choice(["first", "last"]), self._objects())

    def _indices(self) -> int:
        choice = self.rng.random()
        if choice < 0.6:
            grid = self._grid()
            color = self.call(self.rng.choice(["leastcolor", "mostcolor"]), grid)
            return self.call("ofcolor", grid, color if choice < 0.4 else self._constant("Integer"))
        if choice < 0.75:
            return self.call("toindices", self._object())
        return self.call("connect", self._place(), self._place())

    def _place(self) -> int:
        return self.graph.constant((self.rng.randint(-1, 9), self.rng.randint(-1, 9)))

    def _set(self) -> int:
        choice = self.rng.random()
        if choice < 0.3:
            return self.call("palette", self._grid())
        if choice < 0.5:
            return self.call("apply", self.function([Type("Object")]), self._objects())
        return self.call("insert", self.argument("Any"), self.call("initset", self.argument("Any")))

    def _tuple(self) -> int:
        choice = self.rng.random()
        if choice < 0.3:
            return self.call("order", self._objects(), self.graph.primitive(self.rng.choice(["size", "ulcorner"])))
        if choice < 0.5:
            split = self.rng.choice(["hsplit", "vsplit"])
            return self.call(split, self._grid(), self.graph.constant(self.rng.randint(1, 4)))
        if choice < 0.7:
            return self.call("totuple", self._indices())
        if choice < 0.85:
            return self.call("repeat", self.argument("Any"), self.graph.constant(self.rng.randint(0, 5)))
        return self.call("interval", *map(self.graph.constant, (self.rng.randint(-2, 3), self.rng.randint(0, 12), 2)))

    def _fresh(self, wanted: str) -> int:
        """A new node of a type."""
        rng = self.rng
        makers: dict[str, list[Callable[[], int]]] = {
            "Grid": [self._grid],
            "Object": [self._object],
            "Objects": [self._objects],
            "Indices": [self._indices],
            "Patch": [self._object, self._indices],
            "Element": [self._grid, self._object],
            "Piece": [self._grid, self._object, self._indices],
            "Integer": [lambda: self._constant("Integer")],
            "Boolean": [lambda: self._constant("Boolean")],
            "IntegerTuple": [self._place, lambda: self.call("ulcorner", self._object())],
            "Numerical": [self._place, lambda: self._constant("Integer")],
            "IntegerSet": [lambda: self.call("palette", self._grid()), self._set],
            "IndicesSet": [lambda: self.call("apply", self.graph.primitive("toindices"), self._objects())],
            "FrozenSet": [self._object, self._indices, self._objects, self._set],
            "Tuple": [self._tuple, self._grid],
            "TupleTuple": [self._tuple, self._grid],
            "Container": [self._objects, self._indices, self._object, self._tuple, self._set, self._grid],
            "ContainerContainer": [self._objects, self._tuple, self._grid],
            "Callable": [lambda: self.function([Type(rng.choice(["Grid", "Object", "Integer"]))])],
            "Any": [self._grid, self._object, self._place, lambda: self._constant("Integer")],
        }
        return rng.choice(makers.get(wanted, [self._anything]))()


def _accepts(declared: str, given: Type) -> bool:
    return given.name == "Any" or fits(given.name, declared)


def _gives(item: Primitive, wanted: str) -> bool:
    return "Any" in (wanted, item.result) or fits(item.result, wanted)


def _filtering(gives: str, wanted: str = "Container") -> Callable[[_Writer], list[int]]:
    def draw(writer: _Writer) -> list[int]:
        container = writer.argument(wanted)
        return [container, writer.function(writer.of_elements(container), gives)]

    return draw


def _applying(gives: str, wanted: str) -> Callable[[_Writer], list[int]]:
    return lambda writer: _filtering(gives, wanted)(writer)[::-1]


def _stepping(gives: str, wanted: str) -> Callable[[_Writer], list[int]]:
    def draw(writer: _Writer) -> list[int]:
        a, b = writer.argument(wanted), writer.argument(wanted)
        return [writer.function(writer.of_elements(a) + writer.of_elements(b), gives), a, b]

    return draw


def _each_of(writer: _Writer) -> list[int]:
    value = writer.argument("Any")
    one, two = (writer.function([writer.type_of(value)]) for _ in range(2))
    if writer.rng.random() < 0.5:
        return [writer.call("insert", one, writer.call("initset", two)), value]
    times = writer.graph.constant(1)
    return [writer.call("combine", writer.call("repeat", one, times), writer.call("repeat", two, times)), value]


def _composing(writer: _Writer) -> list[int]:
    inner = writer.function([Type(writer.rng.choice(["Grid", "Object", "Integer"]))])
    return [writer.function([writer._result(inner)]), inner]


_HIGHER: dict[str, Callable[[_Writer], list[int]]] = {
    **dict.fromkeys(["sfilter", "extract"], _filtering("Boolean")),
    **dict.fromkeys(["argmax", "argmin", "valmax", "valmin", "order"], _filtering("Numerical")),
    "mfilter": _filtering("Boolean", "ContainerContainer"),
    "apply": _applying("Any", "Container"),
    "mapply": _applying("Container", "Container"),
    "papply": _stepping("Any", "Tuple"),
    "mpapply": _stepping("Container", "Tuple"),
    "prapply": _stepping("Any", "Container"),
    "rapply": _each_of,
    "compose": _composing,
}

assert arcbatt.dsl  # imported for the primitives it registers
