"""Canonical text: straight-line code that is the same for the same program, however it was written.

Only calls get a statement, in canonical order, named ``x1``, ``x2`` ...; constants are spelled by their name in the DSL
where they have one. The MD5 of this text is the program's name, and a file named after it holds exactly this text.
"""

from __future__ import annotations

from hashlib import md5
from typing import TYPE_CHECKING, Final

from arcbatt.dsl.constants import CONSTANTS
from arcbatt.program.graph import CONSTANT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcbatt.program.graph import Constant, Graph
    from arcbatt.program.names import Direction, Kind

__all__ = ["canonical_text", "constant_text", "heading", "md5_of", "statements"]

INDENT: Final = "    "
_SPELLED: Final[dict[str, str]] = {repr(value): name for name, value in reversed(CONSTANTS.items())}


def canonical_text(graph: Graph, root: int, kind: Kind = "solver", direction: Direction | None = None) -> str:
    """The program's text, ending with a newline; linear in its nodes.

    Args:
        graph: where the program lives.
        root: its node.
        kind: ``"solver"`` or ``"differ"``.
        direction: ``"iz"`` or ``"zo"`` for a differ, None for a solver.
    """
    lines, words = statements(graph, root)
    return "\n".join([heading(kind, direction), *lines, f"{INDENT}return {words[root]}", ""])


def md5_of(text: str) -> str:
    """MD5 of a text in UTF-8, 32 lower-case hexadecimal digits: what ``md5sum`` says of a file that holds it."""
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def heading(kind: Kind, direction: Direction | None) -> str:
    """First line of a program's text, without the newline."""
    return "def solve(S, I):" if kind == "solver" else f"def differ_{direction}(S, I, C):"


def constant_text(value: Constant) -> str:
    """A constant as programs spell it: by its name in the DSL when one has its value and type, else literally."""
    literal = repr(value)
    return _SPELLED.get(literal, literal)


def statements(
    graph: Graph, *roots: int, names: Mapping[int, str] | None = None
) -> tuple[list[str], dict[int, str]]:
    """One line for each call that the roots reach, in canonical order, and the word that stands for each node.

    Args:
        graph: where the nodes live.
        roots: the nodes.
        names: what to call the value of a call, by node; the others are ``x1``, ``x2`` ... by their place.
    """
    names = names or {}
    lines: list[str] = []
    words: dict[int, str] = {}
    kinds, operands, values = graph.kinds, graph.operands, graph.values
    for node in graph.order(*roots):
        inner = operands[node]
        if inner:
            callee, *args = [words[part] for part in inner]
            name = words[node] = names.get(node) or f"x{len(lines) + 1}"
            lines.append(f"{INDENT}{name} = {callee}({', '.join(args)})")
        elif kinds[node] == CONSTANT:
            words[node] = constant_text(values[node])
        else:
            words[node] = values[node]
    return lines, words
