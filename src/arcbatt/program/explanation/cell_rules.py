"""Rules for cells: grids that lie over each other where conditions hold, the topmost first."""

from __future__ import annotations

from typing import Final, NamedTuple

from arcbatt.program.explanation.grids import leaf
from arcbatt.program.explanation.patches import where
from arcbatt.program.explanation.reader import Reader

__all__ = ["LAYERS", "cell_rule"]

LAYERS: Final = ("overlay", "fill", "underfill", "paint", "underpaint", "cover")
"""Primitives that put something over a grid, which is their first argument."""
_MOST: Final = 40
"""Most branches that are told."""
_DEPTH: Final = 6
"""Most trees inside each other."""
_INDENT: Final = "    "


class _Layer(NamedTuple):
    """What lies over the rest: the condition, and what a cell becomes: words, or the node of a grid."""

    condition: str
    above: int | str


def cell_rule(reader: Reader, root: int) -> tuple[str, ...]:
    """A line for each branch; nothing where the root puts nothing over a grid."""
    if reader.call(root).name not in LAYERS:
        return ()
    return tuple(_lines(reader, root, 0))


def _lines(reader: Reader, node: int, depth: int) -> list[str]:
    indent = _INDENT * depth
    lines: list[str] = []
    while (name := reader.call(node).name) in LAYERS and depth < _DEPTH and len(lines) < _MOST:
        layer = _layer(reader, name, reader.call(node).args)
        start = f"{indent}{'else ' if lines else ''}"
        if isinstance(layer.above, str):
            lines.append(f"{start}{layer.above} where {layer.condition}")
        elif reader.call(layer.above).name in LAYERS and depth + 1 < _DEPTH:
            lines.append(f"{start}where {layer.condition}:")
            lines += _lines(reader, layer.above, depth + 1)
        else:
            lines.append(f"{start}{leaf(reader, layer.above)} where {layer.condition}")
        node = reader.call(node).args[0]
    return [*lines, f"{indent}{'else ' if lines else ''}{leaf(reader, node)}"]


def _layer(reader: Reader, name: str, args: tuple[int, ...]) -> _Layer:
    if name == "overlay":
        return _Layer(where(reader, args[2]), args[1])
    free = " and only the background lies there" if name.startswith("under") else ""
    if name in ("fill", "underfill"):
        return _Layer(where(reader, args[2]) + free, reader.color(args[1]))
    if name == "cover":
        return _Layer(where(reader, args[1]), "the background")
    recolored = reader.args(args[1], "recolor")
    if recolored:
        return _Layer(where(reader, recolored[1]) + free, reader.color(recolored[0]))
    return _Layer(where(reader, args[1]) + free, "the color there")
