"""What a program learned from the demo samples: its literals, and what could stand in their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from arcbatt.arc import COLORS
from arcbatt.dsl.values import MAX_INT, MIN_INT
from arcbatt.program.graph import CALL, CONSTANT, PRIMITIVE, Constant, Graph
from arcbatt.search.mutation.roles import role_of
from arcbatt.search.mutation.vocabulary import current_vocabulary

__all__ = ["CHOICES", "LITERALS", "Kind", "Site", "alternatives", "sites", "variants"]

Kind: TypeAlias = Literal["color", "count", "offset", "flag", "function"]
"""What stands at a site: a color, any other number, a pair of numbers, a bool, a primitive that is handed on."""

LITERALS: Final[frozenset[Kind]] = frozenset({"color", "count", "offset"})
"""The numbers of a program."""

CHOICES: Final[frozenset[Kind]] = frozenset({"flag", "function"})
"""What a program chooses among a few that the DSL has."""

_MAX_FUNCTIONS: Final = 8
_HANDED_ON: Final = (
    "size", "color", "height", "width", "uppermost", "lowermost", "leftmost", "rightmost", "numcolors", "square",
    "hline", "vline", "portrait", "vmirror", "hmirror", "dmirror", "rot90", "rot180", "box", "delta", "backdrop",
    "toindices", "center", "ulcorner", "first", "last",
)  # fmt: skip
"""Functions that are often handed on: those of related types are tried after all of the same types."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place where something stands that was learned.

    Attributes:
        call: the call whose argument it is; the call may occur several times in the program.
        position: of the argument, from 1.
        kind: what stands there.
    """

    call: int
    position: int
    kind: Kind


def sites(graph: Graph, root: int, kinds: Iterable[Kind]) -> list[Site]:
    """The sites of a program that are of some kinds, in canonical order of the calls."""
    wanted = frozenset(kinds)
    found: list[Site] = []
    for call in graph.calls(root):
        for position, node in enumerate(graph.operands[call][1:], 1):
            kind = _kind(graph, call, position, node)
            if kind in wanted:
                found.append(Site(call, position, kind))
    return found


def alternatives(graph: Graph, site: Site, colors: Sequence[int]) -> list[int]:
    """Nodes that could stand at a site instead of what stands there; the graph grows by them.

    Args:
        graph: where the site is.
        site: a site.
        colors: the colors that are tried where a color stands, sorted.

    Returns:
        At most ten, in a fixed order, each once; none where nothing else is known to fit.
    """
    value = graph.values[graph.operands[site.call][site.position]]
    if site.kind == "function":
        return [graph.primitive(name) for name in _functions(value)]
    return [graph.constant(other) for other in _constants(site.kind, value, colors)]


def variants(graph: Graph, root: int, site: Site, nodes: Sequence[int]) -> list[int]:
    """Roots of a program with each of some nodes at one of its sites; the graph grows by them."""
    above = _above(graph, root, site.call)
    return [_replaced(graph, root, above, site, node) for node in nodes]


def _kind(graph: Graph, call: int, position: int, node: int) -> Kind | None:
    if graph.kinds[node] == PRIMITIVE:
        return "function"
    if graph.kinds[node] != CONSTANT:
        return None
    value = graph.values[node]
    if type(value) is bool:
        return "flag"
    if type(value) is int:
        return "color" if 0 <= value < COLORS and role_of(graph, call, position) == "color" else "count"
    return "offset" if len(value) == 2 and all(type(part) is int for part in value) else None


def _functions(name: str) -> list[str]:
    """Primitives that could be handed on in the place of one."""
    known = current_vocabulary().alternatives(name)
    return [*known.same, *[other for other in _HANDED_ON if other in known.related]][:_MAX_FUNCTIONS]


def _constants(kind: Kind, value: Constant, colors: Sequence[int]) -> list[Constant]:
    """What could stand in the place of a constant, none of it twice, the constant itself left out."""
    tried: list[Constant]
    match kind, value:
        case "color", int():
            tried = [*colors]
        case "count", int(number):
            tried = [*_in_bounds(number - 1, number + 1), 0, 1, 2]
        case "flag", bool(flag):
            tried = [not flag]
        case "offset", (int(a), int(b)):
            near = [(a + 1, b), (a - 1, b), (a, b + 1), (a, b - 1), (-a, -b), (b, a)]
            tried = [pair for pair in near if len(_in_bounds(*pair)) == 2]
        case _:
            tried = []
    return [other for other in dict.fromkeys(tried) if other != value]


def _in_bounds(*numbers: int) -> list[int]:
    return [number for number in numbers if MIN_INT <= number <= MAX_INT]


def _above(graph: Graph, root: int, call: int) -> list[int]:
    """The calls of a program that a call enters, operands first; the call itself comes first."""
    touched = {call}
    found = [call]
    for node in graph.order(root):
        if node != call and graph.kinds[node] == CALL and not touched.isdisjoint(graph.operands[node]):
            touched.add(node)
            found.append(node)
    return found


def _replaced(graph: Graph, root: int, above: Sequence[int], site: Site, node: int) -> int:
    made: dict[int, int] = {}
    for call in above:
        operands = [made.get(part, part) for part in graph.operands[call]]
        if call == site.call:
            operands[site.position] = node
        made[call] = graph.call(*operands)
    return made[root]
