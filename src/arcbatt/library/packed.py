"""The library's programs as one piece of JSON, from which they are restored ten times faster than they are parsed.

``{"nodes": [...], "programs": [[name, root], ...]}``, the nodes in the order of the graph: a variable or primitive is
its name, a constant ``{"is": value}`` with lists for tuples, a call the list of the nodes of callee and arguments.
It is data from outside as any program file is: restoring it makes the same checks, and one more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from arcbatt.errors import InputError
from arcbatt.program.graph import CALL, CONSTANT, Constant, Graph
from arcbatt.program.names import describe, is_name
from arcbatt.program.program import Program

__all__ = ["pack", "unpack"]


def pack(programs: Sequence[Program]) -> str:
    """Programs of one graph, and all nodes of that graph, as one line of JSON in ASCII."""
    graph = programs[0].graph if programs else Graph()
    data = {
        "nodes": [_written(graph, node) for node in range(len(graph))],
        "programs": [[program.name, program.root] for program in programs],
    }
    return json.dumps(data, separators=(",", ":"))


def unpack(text: str | bytes) -> list[Program]:
    """The programs that were packed: the same nodes in the same order, the same names.

    Raises:
        ValueError: the text is not what :func:`pack` writes, or names what this version of arcbatt does not know.
    """
    try:
        data = json.loads(text)
        graph = Graph()
        for place, written in enumerate(data["nodes"]):
            if _read(graph, written) != place:
                raise ValueError(f"node {place} is there twice")
        return [_program(graph, *entry) for entry in data["programs"]]
    except (InputError, LookupError, TypeError, RecursionError) as error:
        raise ValueError(f"no packed programs: {error}") from None


def _written(graph: Graph, node: int) -> Any:
    kind = graph.kinds[node]
    if kind == CALL:
        return graph.operands[node]
    return {"is": graph.values[node]} if kind == CONSTANT else graph.values[node]


def _read(graph: Graph, written: Any) -> int:
    kind = type(written)
    if kind is list:
        if set(map(type, written)) != {int}:  # also an empty one
            raise ValueError("operands that are no numbers")
        return graph.call(*written)
    if kind is str:
        return graph.variable(written) if written in ("I", "S", "C") else graph.primitive(written)
    return graph.constant(_constant(written["is"]))


def _constant(value: Any) -> Constant:
    return tuple(map(_constant, value)) if type(value) is list else value  # the graph looks at what it is


def _program(graph: Graph, name: Any, root: Any) -> Program:
    described = describe(name) if is_name(name) else None
    if described is None or type(root) is not int or not 0 <= root < len(graph):
        raise ValueError("an entry that is no program")
    return Program(graph, root, *described, name)
