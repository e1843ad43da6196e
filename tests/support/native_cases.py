"""Random calls of single primitives, run by the python primitive and by the native one, and compared."""

from __future__ import annotations

import random
from typing import Any

import arcbatt.dsl
from arcbatt.dsl.closures import Function, left_bind, right_bind
from arcbatt.dsl.constants import CONSTANTS
from arcbatt.dsl.registry import REGISTRY, Primitive
from arcbatt.dsl.values import LimitError
from support.programs import random_arc_grid, random_grid
from support.twins import typed, untyped

NAMES = [item.name for item in REGISTRY if item.theme != "user"]
_EDGES = [
    0, 1, 2, 3, 5, -1, -2, 7, 10, 29, 30, 31, 63, 64, 65, 100, 255, 256, 10_000, 2**27, 2**31, 2**62, -(2**63),
    2**63 - 1,
]  # fmt: skip
_UNARY = [
    "first", "last", "size", "height", "width", "color", "identity", "increment", "ulcorner", "toindices", "flip",
    "even", "vmirror", "mostcolor", "initset", "tojvec", "normalize", "totuple", "palette", "invert", "shape",
]  # fmt: skip


class Functions:
    """How functions look to the native module: as the plain functions of the registry."""

    def __init__(self, numbers: dict[str, int]) -> None:
        self._numbers = numbers

    def primitive(self, name: str) -> Any:
        return REGISTRY[name].function

    def built(self, name: str, parts: tuple[Any, ...]) -> Any:
        return REGISTRY[name].function(*parts)

    def parts(self, function: Any) -> Any:
        if isinstance(function, Function):
            return (function.name, list(function.parts))
        return self._numbers[function.__name__]


class Cases:
    """Draws arguments for primitives: mostly of the declared types, now and then anything at all."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def arguments(self, primitive: Primitive) -> tuple[Any, ...]:
        rng = self.rng
        odd = rng.random()
        grid = self.grid() if rng.random() < 0.5 else None
        found = []
        for type_ in primitive.types:
            if odd < 0.15 and rng.random() < 0.5:
                found.append(self.anything())
            elif type_ in ("Grid", "Piece", "Element") and grid is not None and rng.random() < 0.5:
                found.append(grid)
            elif grid is not None and type_ in ("Object", "Indices", "Patch") and rng.random() < 0.5:
                found.append(self.patch_of(grid, type_))
            else:
                found.append(self.of_type(type_))
        return self._with_fitting_functions(primitive, found)

    def _with_fitting_functions(self, primitive: Primitive, found: list[Any]) -> tuple[Any, ...]:
        """The arguments, their functions drawn anew until they have a result; a share is left as it came."""
        places = [place for place, type_ in enumerate(primitive.types) if type_ == "Callable"]
        if primitive.name == "rapply":
            found[0] = self.rng.choice([tuple, frozenset])(self.function() for _ in range(self.rng.randint(0, 3)))
        elif not places or primitive.result == "Callable":
            return tuple(found)
        for _ in range(self.rng.choice([0, 4, 12, 12])):
            if python_result(primitive, tuple(found))[0] == "ok":
                break
            for place in places:
                found[place] = self.function()
            if not places:
                found[0] = type(found[0])([self.function() for _ in found[0]])
        return tuple(found)

    def of_type(self, type_: str) -> Any:
        rng = self.rng
        makers = {
            "Grid": self.grid, "Element": lambda: rng.choice([self.grid, self.object])(),
            "Piece": lambda: rng.choice([self.grid, self.object, self.indices])(),
            "Patch": lambda: rng.choice([self.object, self.indices])(), "Object": self.object,
            "Objects": self.objects, "Indices": self.indices,
            "IndicesSet": lambda: frozenset(self.indices() for _ in range(rng.randint(0, 4))),
            "Integer": self.integer, "Boolean": lambda: rng.choice([True, False, True, False, 0, 1, None, ()]),
            "IntegerTuple": self.pair, "Numerical": lambda: rng.choice([self.integer, self.pair])(),
            "IntegerSet": lambda: frozenset(self.integer() for _ in range(rng.randint(0, 6))),
            "Tuple": self.tuple, "TupleTuple": lambda: tuple(self.tuple() for _ in range(rng.randint(0, 4))),
            "FrozenSet": lambda: rng.choice([self.object, self.indices, self.objects, self.set])(),
            "Container": self.container,
            "ContainerContainer": lambda: rng.choice([self.grid, self.objects, lambda: tuple(
                self.container() for _ in range(rng.randint(0, 4)))])(),
            "Callable": self.function, "Cell": lambda: (self.integer(), self.pair()),
        }  # fmt: skip
        return makers.get(type_, self.anything)()

    def anything(self, level: int = 0) -> Any:
        rng = self.rng
        kinds = [
            "Grid", "Object", "Indices", "Objects", "Integer", "IntegerTuple", "Boolean", "Tuple", "Cell", "Callable",
        ]  # fmt: skip
        choice = rng.random()
        if choice < 0.06:
            return None
        if choice < 0.12:
            return ()
        if choice < 0.16:
            return frozenset()
        if choice < 0.35 and level < 3:
            items = [self.anything(level + 1) for _ in range(rng.randint(0, 3))]
            return rng.choice([tuple, frozenset])(items)
        if choice < 0.4:
            return ((),) * rng.randint(1, 3)
        if choice < 0.45:
            return tuple(tuple(self.anything(3) for _ in range(rng.randint(1, 3))) for _ in range(rng.randint(1, 3)))
        if choice < 0.5:
            return rng.choice(list(CONSTANTS.values()))
        return self.of_type(rng.choice(kinds))

    def integer(self) -> Any:
        rng = self.rng
        choice = rng.random()
        if choice < 0.1:
            return rng.choice(_EDGES)
        if choice < 0.13:
            return rng.random() < 0.5
        return rng.randint(-3, 9)

    def pair(self) -> Any:
        return (self.integer(), self.integer())

    def grid(self) -> Any:
        rng = self.rng
        choice = rng.random()
        if choice < 0.6:
            return random_grid(rng, 6)
        if choice < 0.7:
            return random_arc_grid(rng, rng.choice([5, 12, 30]))
        if choice < 0.75:
            return random_grid(rng, rng.choice([3, 12, 33, 70]))
        if choice < 0.82:  # ragged
            return tuple(tuple(rng.randint(0, 3) for _ in range(rng.randint(1, 4))) for _ in range(rng.randint(1, 4)))
        if choice < 0.9:  # other cells
            pool = [0, 1, True, False, None, -1, 300, (1, 2), frozenset(), (), self.pair()]
            pool = rng.sample(pool, 3)
            width = rng.randint(1, 4)
            return tuple(tuple(rng.choice(pool) for _ in range(width)) for _ in range(rng.randint(1, 4)))
        if choice < 0.93:
            return rng.choice([(), ((),), ((), ()), ((1, 2), 3), ((1,), frozenset({2}))])
        return random_grid(rng, 2)

    def place(self, reach: int) -> tuple[int, int]:
        rng = self.rng
        return (rng.randint(-2, reach), rng.randint(-2, reach))

    def indices(self) -> Any:
        rng = self.rng
        choice = rng.random()
        reach = rng.choice([3, 6, 12, 29, 35])
        places: list[Any] = [self.place(reach) for _ in range(rng.choice([0, 1, 1, 2, 3, 5, 9, 20]))]
        if choice < 0.06:
            places.append((rng.choice(_EDGES), rng.choice(_EDGES)))
        elif choice < 0.1:
            places.append((True, 0))
        elif choice < 0.13:
            places.append(self.anything(2))
        elif choice < 0.2:
            return tuple(places)
        return frozenset(places)

    def object(self) -> Any:
        rng = self.rng
        choice = rng.random()
        reach = rng.choice([3, 6, 12, 29, 35])
        colors: list[Any] = rng.sample(range(10), rng.choice([1, 1, 2, 3]))
        if choice < 0.05:
            colors.append(rng.choice([None, True, 300, -1, (1, 2), frozenset()]))
        places = [self.place(reach) for _ in range(rng.choice([0, 1, 1, 2, 3, 5, 9, 20]))]
        if choice < 0.85:
            places = list(set(places))
        cells: list[Any] = [(rng.choice(colors), place) for place in places]
        if 0.85 < choice < 0.9:
            cells.append((rng.choice(colors), (rng.choice(_EDGES), rng.choice(_EDGES))))
        elif 0.9 < choice < 0.93:
            cells.append(self.anything(2))
        elif choice > 0.95:
            return tuple(cells)
        return frozenset(cells)

    def objects(self) -> Any:
        rng = self.rng
        if rng.random() < 0.4:
            flags = [rng.random() < 0.5 for _ in range(3)]
            return arcbatt.dsl.objects(random_grid(rng), *flags)
        items = [self.object() for _ in range(rng.randint(0, 5))]
        return tuple(items) if rng.random() < 0.15 else frozenset(items)

    def patch_of(self, grid: Any, type_: str) -> Any:
        """A patch that lies in a grid, or nearly so."""
        rng = self.rng
        try:
            places = [(i, j) for i in range(len(grid)) for j in range(len(grid[0])) if rng.random() < 0.3]
            found: Any = [(grid[i][j], (i, j)) for i, j in places]
        except (IndexError, TypeError):
            return self.of_type(type_)
        if rng.random() < 0.3:
            found = [(color, (i + 1, j - 1)) for color, (i, j) in found]
        if type_ == "Indices" or (type_ == "Patch" and rng.random() < 0.5):
            found = [place for _, place in found]
        return tuple(found) if rng.random() < 0.1 else frozenset(found)

    def tuple(self) -> Any:
        rng = self.rng
        makers = [self.integer, self.pair, self.grid, self.indices, self.object, self.anything]
        make = rng.choice(makers)
        return tuple(make() for _ in range(rng.randint(0, 6)))

    def set(self) -> Any:
        rng = self.rng
        make = rng.choice([self.integer, self.pair, self.grid, self.indices, self.object, self.tuple, self.anything])
        return frozenset(make() for _ in range(rng.randint(0, 6)))

    def container(self) -> Any:
        makers = [self.grid, self.object, self.indices, self.objects, self.tuple, self.set, self.tuple, self.set]
        return self.rng.choice(makers)()

    def function(self, level: int = 0) -> Any:
        rng = self.rng
        choice = rng.random()
        if choice < 0.35:
            return REGISTRY[rng.choice(_UNARY)].function
        if choice < 0.6 or level > 2:
            return REGISTRY[rng.choice(NAMES)].function
        if choice < 0.7:
            return right_bind(self.function(level + 1), self.anything(2))
        if choice < 0.8:
            return left_bind(self.function(level + 1), self.anything(2))
        if choice < 0.9:
            return arcbatt.dsl.compose(self.function(level + 1), self.function(level + 1))
        if choice < 0.95:
            return arcbatt.dsl.matcher(self.function(level + 1), self.anything(2))
        return arcbatt.dsl.fork(*(self.function(level + 1) for _ in range(3)))


def python_result(primitive: Primitive, arguments: tuple[Any, ...]) -> tuple[str, Any]:
    """``("ok", value)``, or the kind of failure."""
    try:
        return "ok", primitive.function(*arguments)
    except LimitError as error:
        return "limit", str(error)
    except Exception as error:
        return "error", f"{type(error).__name__}: {error}"


def difference(native: Any, functions: Functions, primitive: Primitive, arguments: tuple[Any, ...]) -> str | None:
    """Where the native primitive differs from the python one on these arguments, in words; None when it does not."""
    mine = 0 if primitive.work is None else primitive.work(*arguments)
    theirs = native.work(primitive.name, arguments, functions)
    if mine != theirs:
        return f"work of {primitive.name}{arguments!r}: python {mine}, native {theirs}"
    kind, value = python_result(primitive, arguments)
    native_kind, native_value, _ = native.call(primitive.name, arguments, functions, 2**62)
    told = untyped if any(map(holds_bool_in_set, arguments)) else typed
    if kind != native_kind or (kind == "ok" and told(value) != told(native_value)):
        found = f"python {kind} {value!r:.300}, native {native_kind} {native_value!r:.300}"
        return f"{primitive.name}{arguments!r}: {found}"
    return None


def holds_bool_in_set(value: Any, inside: bool = False) -> bool:
    """Whether a bool stands in a set: it may have come there in place of an equal int, or else go on for one."""
    if isinstance(value, tuple | frozenset):
        return any(holds_bool_in_set(item, inside or isinstance(value, frozenset)) for item in value)
    if isinstance(value, Function):
        return any(holds_bool_in_set(item, inside) for item in value.parts)
    return inside and isinstance(value, bool)
