"""Random programs of which devices can evaluate much, and an engine that evaluates all it can on a device."""

from __future__ import annotations

import random
from collections.abc import Sequence

from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine import Limits
from arcbatt.engine.cuda import CudaEngine
from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.coverage import kernels
from arcbatt.engine.cuda.device import Device
from arcbatt.engine.cuda.plan import Plan
from arcbatt.program.graph import Graph
from support.programs import PRIMITIVES, random_program

COVERED = [REGISTRY[name] for name in sorted({kernel.primitive for kernel in kernels()})]


GIVING = ["backdrop", "delta", "box", "outbox", "corners", "toindices"]
"""Primitives that give locations for an object."""


class NoCosts(Costs):
    """Everything that a device can do pays."""

    def pays(self, plan: Plan, samples: int) -> bool:
        return plan.call_count > 0 and samples > 0


def engine_on(devices: Sequence[Device], limits: Limits | None = None) -> CudaEngine:
    """An engine that does on these devices whatever they can."""
    return CudaEngine(limits, devices, NoCosts())


def covered_program(rng: random.Random, graph: Graph, calls: int, variables: str = "I") -> int:
    """Adds a random program, mostly of primitives that devices have kernels for; gives its root."""
    return random_program(rng, graph, calls, variables, COVERED if rng.random() < 0.9 else PRIMITIVES)


def object_program(rng: random.Random, graph: Graph) -> int:
    """Adds a program about the objects of the input: some of them, or what is made of them; gives its root."""
    return _ObjectWriter(rng, graph).program()


class _ObjectWriter:
    def __init__(self, rng: random.Random, graph: Graph) -> None:
        self.rng = rng
        self.graph = graph
        self.grid = graph.variable("I")

    def program(self) -> int:
        """The root: a number, an object, a grid that it is painted on, or objects."""
        rng, objects = self.rng, self.objects(self.rng.randint(0, 3))
        choice = rng.random()
        if choice < 0.2:
            return objects
        if choice < 0.4:
            return rng.choice([
                lambda: self.call("size", objects), lambda: self.call("equality", objects, self.objects(1)),
                lambda: self.call("contained", self.one_of(self.objects(1)), objects),
                lambda: self.call(rng.choice(["valmax", "valmin"]), objects, self.measure()),
                lambda: self.call("mapply", self.graph.primitive(rng.choice(GIVING)), objects),
                lambda: self.call("mapply", self.of_locations(), self.locations()),
            ])()  # fmt: skip
        one = self.one_of(objects)
        return one if choice < 0.6 else self.call(rng.choice(["paint", "cover", "underpaint"]), self.grid, one)

    def objects(self, steps: int) -> int:
        """A set of objects, made in so many steps of those of the input."""
        if not steps:
            return self.all_objects()
        rng, objects = self.rng, self.objects(steps - 1)
        return rng.choice([
            lambda: self.call("colorfilter", objects, self.number(9)),
            lambda: self.call("sizefilter", objects, self.number(4)),
            lambda: self.call("sfilter", objects, self.condition(self.measure())),
            lambda: self.call(rng.choice(["difference", "intersection"]), objects, self.all_objects()),
            lambda: self.call("remove", self.one_of(objects), objects),
        ])()  # fmt: skip

    def all_objects(self) -> int:
        """Objects of the input, of the kinds that there are."""
        if self.rng.random() < 0.3:
            return self.call(self.rng.choice(["partition", "fgpartition"]), self.grid)
        return self.call("objects", self.grid, *[self.graph.constant(self.rng.random() < 0.5) for _ in range(3)])

    def one_of(self, objects: int) -> int:
        """An object of a set, or cells of some."""
        rng = self.rng
        return rng.choice([
            lambda: self.call(rng.choice(["first", "last", "merge"]), objects),
            lambda: self.call(rng.choice(["argmax", "argmin"]), objects, self.measure()),
            lambda: self.call(rng.choice(["extract", "mfilter"]), objects, self.condition(self.measure())),
            lambda: self.call("other", objects, self.call("first", objects)),
            lambda: self.call("sfilter", self.call("merge", objects), self.condition("first")),
            lambda: self.call("mapply", self.moving(self.call("first", objects)), self.locations()),
        ])()  # fmt: skip

    def locations(self) -> int:
        """Locations of the input, by color and by row or column."""
        locations = self.call("ofcolor", self.grid, self.number(9))
        if self.rng.random() < 0.5:
            return locations
        return self.call("sfilter", locations, self.condition(self.rng.choice(["first", "last"])))

    def of_locations(self) -> int:
        """A function that gives locations for a location."""
        names = ["neighbors", "dneighbors", "ineighbors", "hfrontier", "vfrontier"]
        step = self.graph.constant((self.rng.randint(-1, 1), self.rng.randint(-1, 1)))
        shooting = self.call("rbind", self.graph.primitive("shoot"), step)
        return self.rng.choice([shooting, self.graph.primitive(self.rng.choice(names))])

    def moving(self, one: int) -> int:
        """A function that moves an object."""
        return self.call("lbind", self.graph.primitive("shift"), one)

    def measure(self) -> int:
        """A function that takes an object and gives an int."""
        if self.rng.random() < 0.2:
            return self.call("compose", *map(self.graph.primitive, ["size", self.rng.choice(["delta", "backdrop"])]))
        names = ["size", "height", "width", "uppermost", "lowermost", "leftmost", "rightmost", "numcolors", "color"]
        return self.graph.primitive(self.rng.choice(names))

    def condition(self, measure: int | str) -> int:
        """Whether a measure is, or is not, a number; or whether an object has some shape."""
        if isinstance(measure, int) and self.rng.random() < 0.4:
            alike = ["equality", "toindices", self.rng.choice(["box", "backdrop"])]
            plain = self.graph.primitive(self.rng.choice(["square", "hline", "vline"]))
            return self.rng.choice([plain, self.call("fork", *map(self.graph.primitive, alike)), self.measure()])
        function = measure if isinstance(measure, int) else self.graph.primitive(measure)
        matching = self.call("matcher", function, self.number(5))
        is_flipped = self.rng.random() < 0.5
        return self.call("compose", self.graph.primitive("flip"), matching) if is_flipped else matching

    def number(self, most: int) -> int:
        """A number from 0 on, or the least common color."""
        if self.rng.random() < 0.2:
            return self.call("leastcolor", self.grid)
        return self.graph.constant(self.rng.randint(0, most))

    def call(self, name: str, *arguments: int) -> int:
        """A call of a primitive."""
        return self.graph.call(self.graph.primitive(name), *arguments)
