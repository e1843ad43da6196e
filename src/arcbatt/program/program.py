"""A program: a root in a graph, with a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from arcbatt.errors import InputError
from arcbatt.program.graph import DEPENDS_C, Graph
from arcbatt.program.names import Direction, Kind, describe
from arcbatt.program.text import canonical_text, md5_of

__all__ = ["Program"]


MAX_PICKLED_LABELS: Final = 1_000
"""Most labels that a program takes along when it is pickled; more of them are left behind."""


@dataclass(frozen=True, repr=False)
class Program:
    """A solver or a differ.

    Attributes:
        graph: where its nodes live, usually beside those of other programs.
        root: the node that is its result.
        kind: ``"solver"`` or ``"differ"``.
        direction: ``"iz"`` or ``"zo"`` for a differ, None for a solver.
        name: what people call it, such as ``solve_007bbfb7``; it says the same kind and direction and does not
            enter the text. Empty in the constructor means ``solve``, ``differ_iz`` or ``differ_zo``.
        labels: the names to which its author assigned calls, by node of the graph: ``x4``, or ``helper.x1`` inside a
            function that was inlined. None where nothing is known of it, as for canonical text. Calls that do not lead
            to the result may be among them. Two programs may be equal and have other labels; path and line likewise.
        path: the file that it was read from, as it was named, or what refusals call the text; None for a text without
            a name.
        line: where its function begins there, counted from 1; None when it was not read from a text.

    Raises:
        InputError: the name is none of a program, or says another kind or direction; a solver uses ``C``.

    Example:
        >>> (program,) = parse_programs("def solve_a(I): return vmirror(I)")
        >>> program
        <Program solve_a 1 call 050c2d81>
        >>> print(program.text, end="")
        def solve(S, I):
            x1 = vmirror(I)
            return x1
    """

    graph: Graph
    root: int
    kind: Kind = "solver"
    direction: Direction | None = None
    name: str = ""
    labels: Mapping[int, str] | None = field(default=None, compare=False)
    path: str | None = field(default=None, compare=False)
    line: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not self.name:
            plain = "solve" if self.kind == "solver" else f"differ_{self.direction}"
            object.__setattr__(self, "name", plain)
        if describe(self.name) != (self.kind, self.direction):
            raise InputError(f"{self.name!r} is no name for a program of kind {self.kind}, direction {self.direction}")
        if self.kind == "solver" and self.graph.levels[self.root] & DEPENDS_C:
            raise InputError(f"{self.name}: a solver sees I and S only, not C")

    @cached_property
    def text(self) -> str:
        """The canonical text (:mod:`arcbatt.program.text`)."""
        return canonical_text(self.graph, self.root, self.kind, self.direction)

    @cached_property
    def md5(self) -> str:
        """MD5 of the canonical text: the program's identity."""
        return md5_of(self.text)

    @cached_property
    def size(self) -> int:
        """Number of calls, shared ones counted once."""
        return len(self.graph.calls(self.root))

    @cached_property
    def step_names(self) -> tuple[str | None, ...]:
        """The names that its author gave to the steps ``x1``, ``x2`` ... of the canonical text; None for those without.

        Linear in the program.
        """
        labels = self.labels or {}
        return tuple([labels.get(node) for node in self.graph.calls(self.root)])

    def renamed(self, name: str) -> Program:
        """The same program under another name.

        Raises:
            InputError: as the constructor.
        """
        return Program(self.graph, self.root, self.kind, self.direction, name, self.labels, self.path, self.line)

    def __repr__(self) -> str:
        return f"<Program {self.name} {self.size} call{'s' * (self.size != 1)} {self.md5[:8]}>"

    def _repr_html_(self) -> str:
        from arcbatt.program.html import program_html

        return program_html(self)

    def __getstate__(self) -> dict[str, Any]:
        state = dict(self.__dict__)
        if self.labels is not None and len(self.labels) > MAX_PICKLED_LABELS:
            state["labels"] = None
        return state
