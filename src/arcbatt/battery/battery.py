"""A battery: the programs that are evaluated together, in one graph."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from arcbatt.errors import InputError
from arcbatt.program.graph import Graph
from arcbatt.program.names import Direction, Kind
from arcbatt.program.parse import Collected
from arcbatt.program.program import Program

__all__ = ["MAX_ORIGINS", "Battery", "Differ"]

_T = TypeVar("_T")
_cutting = threading.Lock()

MAX_ORIGINS: Final = 10_000
"""Most programs of a battery of which the battery keeps what was handed in."""


@dataclass(frozen=True, slots=True)
class Differ:
    """A differ's root in the battery's graph and its direction, ``"iz"`` or ``"zo"``."""

    root: int
    direction: Direction


@dataclass(slots=True, repr=False)
class Battery:
    """Solvers and differs over one graph, in the order in which they came.

    Programs with the same body are one: the first name stands for it, and later ones are kept beside it. Made by
    :meth:`of`; to be read only from then on.

    Attributes:
        graph: the nodes of all programs, and of nothing else.
        solvers: root by name.
        differs: root and direction by name.
        names: for each name above, all names of that body, that one first.

    Example:
        >>> battery = Battery.of(parse_programs("def solve_a(I): return vmirror(I)"))
        >>> battery
        <Battery 1 solver, 0 differs, 3 nodes>
        >>> battery.program("solve_a").size
        1
    """

    graph: Graph = field(default_factory=Graph)
    solvers: dict[str, int] = field(default_factory=dict)
    differs: dict[str, Differ] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    _programs: dict[str, Program] = field(default_factory=dict, init=False, compare=False)
    _origins: dict[str, Program] = field(default_factory=dict, init=False, compare=False)
    _texts: dict[str, str] = field(default_factory=dict, init=False, compare=False)
    _pieces: dict[int, Any] = field(default_factory=dict, init=False, compare=False)

    @classmethod
    def of(cls, programs: Iterable[Program] | Collected) -> Battery:
        """Merges programs, from any graphs, into one new graph; linear in their nodes.

        What :func:`~arcbatt.battery.load.load_programs` gives may be handed in as it is; its refusals are passed over.

        A program whose name another body has already gets the first free one of ``NAME_2``, ``NAME_3`` ...; a body that
        is known already under another name takes the new name too, unless that name is another's.
        The same programs in the same order give the same battery.
        """
        battery = cls()
        merger = _Merger(battery)
        for program in programs.programs if isinstance(programs, Collected) else programs:
            merger.add(program)
        return battery

    def program(self, name: str) -> Program:
        """A program by the name that stands for it; the same object each time, so its text is written once.

        Raises:
            InputError: there is none of that name.
        """
        known = self._programs.get(name)
        if known is None:
            known = self._programs[name] = self._made(name)
        return known

    def origin(self, name: str) -> Program | None:
        """The program that was handed in first with the body of a name: in its own graph, with its author's labels.

        None where it has no labels, beyond the first 10,000 programs, and after the battery was pickled.
        """
        return self._origins.get(name)

    def _made(self, name: str) -> Program:
        if name in self.solvers:
            program = Program(self.graph, self.solvers[name], "solver", None, name)
        elif name in self.differs:
            differ = self.differs[name]
            program = Program(self.graph, differ.root, "differ", differ.direction, name)
        else:
            raise InputError(f"the battery has no program named {name!r}")
        if name in self._texts:  # written before the program came here; the same in any graph
            program.__dict__["text"] = self._texts[name]
        return program

    def programs(self, all_names: bool = False) -> Iterator[Program]:
        """The programs, solvers first.

        Args:
            all_names: give each body once under each of its names, not once.
        """
        for first in (*self.solvers, *self.differs):
            program = self.program(first)
            yield program
            for name in self.names[first][1:] if all_names else ():
                yield program.renamed(name)

    def without(self, names: Set[str]) -> Battery:
        """The battery without the solvers of these first names, over the same graph; the programs are the same objects.

        The graph keeps the nodes of all.
        """
        solvers = {name: root for name, root in self.solvers.items() if name not in names}
        rest = Battery(self.graph, solvers, self.differs, {
            first: known for first, known in self.names.items() if first in solvers or first in self.differs
        })  # fmt: skip
        # Made by the whole, so that each text is written once; not shared, so that those left out are unknown.
        rest._programs = {name: self.program(name) for name in rest.names}
        rest._origins, rest._texts = self._origins, self._texts
        return rest

    def pieces(self, most_nodes: int, cut: Callable[[Battery, int], _T]) -> _T:
        """What ``cut`` makes of the battery and a number of nodes; made once, even if several threads ask.

        Not pickled: every process makes its own.
        """
        with _cutting:
            if most_nodes not in self._pieces:
                self._pieces[most_nodes] = cut(self, most_nodes)
            found: _T = self._pieces[most_nodes]
        return found

    def roots(self) -> list[int]:
        """Roots of the solvers, then of the differs, in order."""
        return [*self.solvers.values(), *(differ.root for differ in self.differs.values())]

    def __len__(self) -> int:
        """Number of different programs."""
        return len(self.names)

    def __repr__(self) -> str:
        counts = [(len(self.solvers), "solver"), (len(self.differs), "differ"), (len(self.graph), "node")]
        return f"<Battery {', '.join(f'{count} {word}' + 's' * (count != 1) for count, word in counts)}>"

    def __getstate__(self) -> tuple[Any, ...]:
        return self.graph, self.solvers, self.differs, self.names

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.graph, self.solvers, self.differs, self.names = state
        self._programs, self._origins, self._texts, self._pieces = {}, {}, {}, {}


class _Merger:
    """Adds programs to a battery, remembering what is there."""

    def __init__(self, battery: Battery) -> None:
        self._battery = battery
        self._bodies: dict[tuple[Kind, Direction | None, int], str] = {}
        self._taken: set[str] = set()
        # Keyed by identity, so the graphs are held to keep their identities from being used again.
        self._copied: dict[int, tuple[Graph, dict[int, int]]] = {}
        self._last_suffix: dict[str, int] = {}

    def add(self, program: Program) -> None:
        """Adds one program."""
        battery = self._battery
        _, copied = self._copied.setdefault(id(program.graph), (program.graph, {}))
        root = program.graph.copy(program.root, battery.graph, copied)
        body = (program.kind, program.direction, root)
        first = self._bodies.get(body)
        if first is not None:
            if program.name not in self._taken:
                self._taken.add(program.name)
                battery.names[first].append(program.name)
            return
        name = self._bodies[body] = self._free(program.name)
        if "text" in program.__dict__:
            battery._texts[name] = program.text
        self._taken.add(name)
        battery.names[name] = [name]
        if program.labels and len(battery._origins) < MAX_ORIGINS:
            battery._origins[name] = program
        if program.direction is None:
            battery.solvers[name] = root
        else:
            battery.differs[name] = Differ(root, program.direction)

    def _free(self, name: str) -> str:
        if name not in self._taken:
            return name
        number = self._last_suffix.get(name, 1) + 1
        while f"{name}_{number}" in self._taken:
            number += 1
        self._last_suffix[name] = number
        return f"{name}_{number}"


