"""Reads canonical text, five times faster than Python's parser does: programs are kept, sent and run as such text.

A shortcut and never a second grammar: what it reads must be written back as the very same text, and everything else is
left to :mod:`arcbatt.program.parse`.
"""

from __future__ import annotations

import re
from typing import Final

from arcbatt.dsl.constants import CONSTANTS
from arcbatt.errors import InputError
from arcbatt.program.graph import Graph
from arcbatt.program.names import Direction, Kind
from arcbatt.program.program import Program
from arcbatt.program.reading.source import MAX_BYTES
from arcbatt.program.reading.statements import MAX_STATEMENTS
from arcbatt.program.text import heading

__all__ = ["read_canonical"]

_HEADINGS: Final[dict[str, tuple[Kind, Direction | None]]] = {
    heading("solver", None): ("solver", None),
    heading("differ", "iz"): ("differ", "iz"),
    heading("differ", "zo"): ("differ", "zo"),
}
_STATEMENT = re.compile(r"    (x\d+) = (\w+)\((.*)\)", re.ASCII)
_RETURN = "    return "


def read_canonical(text: str, graph: Graph | None = None, path: str | None = None) -> Program | None:
    """The program whose canonical text this is; None when it is not canonical, or holds literal tuples.

    Args:
        text: any text.
        graph: where the nodes go, perhaps some too many when the answer is None; None means a new graph.
        path: the file that the text is from; None when it is from none.
    """
    first, _, rest = text.partition("\n")
    described = _HEADINGS.get(first)
    if described is None or len(text) > MAX_BYTES or not rest.endswith("\n"):
        return None
    graph = Graph() if graph is None else graph
    kind, direction = described
    *lines, last = rest[:-1].split("\n")
    if len(lines) >= MAX_STATEMENTS:
        return None
    words = {name: graph.variable(name) for name in ("SI" if kind == "solver" else "SIC")}
    try:
        for line in lines:
            _read_statement(line, words, graph)
        root = _node(last.removeprefix(_RETURN), words, graph)
        program = Program(graph, root, kind, direction, path=path, line=1)
    except (InputError, ValueError):
        return None
    return program if program.text == text else None


def _read_statement(line: str, words: dict[str, int], graph: Graph) -> None:
    found = _STATEMENT.fullmatch(line)
    if found is None:
        raise ValueError(line)
    target, callee, args = found.groups()
    parts = [callee, *args.split(", ")] if args else [callee]
    words[target] = graph.call(*[words[part] if part in words else _node(part, words, graph) for part in parts])


def _node(word: str, words: dict[str, int], graph: Graph) -> int:
    """The node of a variable, constant, primitive or literal int; a ValueError for any other word."""
    if word in words:
        return words[word]
    if word in CONSTANTS:
        node = graph.constant(CONSTANTS[word])
    elif word.isidentifier():
        node = graph.primitive(word)
    else:
        node = graph.constant(int(word))
    words[word] = node
    return node
