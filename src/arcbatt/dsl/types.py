"""The DSL's type names, as the vocabulary uses them in signatures.

They are aliases for people, mypy and type inference (:mod:`arcbatt.program.types`); nothing checks them when a
primitive is called. Those that the DSL itself distinguishes at run time only (patch, element, container) are ``Any``.
"""

from __future__ import annotations

from collections.abc import Callable as _Callable
from typing import Any

Boolean = bool
Integer = int
IntegerTuple = tuple[int, int]
Numerical = Any  # an Integer or an IntegerTuple
IntegerSet = frozenset[int]
Grid = tuple[tuple[Any, ...], ...]
Cell = tuple[Any, IntegerTuple]
Object = frozenset[Cell]
Objects = frozenset[Object]
Indices = frozenset[IntegerTuple]
IndicesSet = frozenset[Indices]
Patch = Any  # an Object or Indices
Element = Any  # an Object or a Grid
Piece = Any  # a Grid or a Patch
Container = Any  # a tuple or a frozenset
ContainerContainer = Any  # a container of containers
Tuple = tuple[Any, ...]
TupleTuple = tuple[tuple[Any, ...], ...]
FrozenSet = frozenset[Any]
Callable = _Callable[..., Any]

__all__ = [
    "Any", "Boolean", "Callable", "Cell", "Container", "ContainerContainer", "Element", "FrozenSet", "Grid", "Indices",
    "IndicesSet", "Integer", "IntegerSet", "IntegerTuple", "Numerical", "Object", "Objects", "Patch", "Piece", "Tuple",
    "TupleTuple",
]  # fmt: skip
