"""What is known of a value before anything runs: a type name of the DSL, and what its elements or results are.

The names are those of :mod:`arcbatt.dsl.types`. Where two names would do, the narrower is used: a set of locations is
``Indices``, not ``FrozenSet``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["ANY", "BOOLEAN", "INTEGER", "MAX_NESTED", "Type", "element_of", "fits", "join", "like", "merged", "pair_of",
           "set_of", "tuple_of"]  # fmt: skip

MAX_NESTED: Final = 4
"""Most levels of elements that a type remembers."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type name with what else is known.

    Attributes:
        name: a type name of the DSL; ``Any`` when nothing is known.
        element: type of a container's elements where the name does not say it; None when unknown.
        arity: number of arguments of a function; None when unknown.
        result: type of a function's result; None when unknown.
        primitive: the name of a function that is a primitive itself.
    """

    name: str
    element: Type | None = None
    arity: int | None = None
    result: Type | None = None
    primitive: str | None = None


ANY: Final = Type("Any")
BOOLEAN: Final = Type("Boolean")
INTEGER: Final = Type("Integer")
_ROW: Final = Type("Tuple", INTEGER)

_SET: Final = ("FrozenSet", "Container")
_PATCH: Final = ("Patch", "Piece", "ContainerContainer", *_SET)
_WIDER: Final[dict[str, frozenset[str]]] = {
    name: frozenset(wider)
    for name, wider in {
        "Boolean": ("Integer", "Numerical"),
        "Integer": ("Numerical",),
        "IntegerTuple": ("Numerical", "Tuple", "Container"),
        "IntegerSet": _SET,
        "Cell": ("Tuple", "Container"),
        "Grid": ("Element", "Piece", "TupleTuple", "Tuple", "ContainerContainer", "Container"),
        "Object": ("Element", *_PATCH),
        "Indices": _PATCH,
        "Patch": ("Piece", "ContainerContainer", *_SET),
        "Element": ("Piece", "ContainerContainer", "Container"),
        "Piece": ("ContainerContainer", "Container"),
        "Objects": ("ContainerContainer", *_SET),
        "IndicesSet": ("ContainerContainer", *_SET),
        "TupleTuple": ("Tuple", "ContainerContainer", "Container"),
        "Tuple": ("Container",),
        "FrozenSet": ("Container",),
        "ContainerContainer": ("Container",),
    }.items()
}
_ELEMENTS: Final = {
    "IntegerTuple": INTEGER,
    "IntegerSet": INTEGER,
    "Grid": _ROW,
    "Object": Type("Cell"),
    "Objects": Type("Object"),
    "Indices": Type("IntegerTuple"),
    "IndicesSet": Type("Indices"),
    "TupleTuple": Type("Tuple"),
}
_SETS: Final = {
    "Boolean": "IntegerSet",
    "Integer": "IntegerSet",
    "Cell": "Object",
    "Object": "Objects",
    "IntegerTuple": "Indices",
    "Indices": "IndicesSet",
}
_JOINS: Final = ("Numerical", "Patch", "Element", "Piece", "TupleTuple", "Tuple", "FrozenSet", "Container")

_OPEN: Final = ("Container", "FrozenSet", "Tuple", "TupleTuple")
"""Names that say little about the elements."""


def fits(name: str, wanted: str) -> bool:
    """Whether every value of one type name is one of the other too; ``Any`` fits nothing but ``Any``."""
    return wanted in (name, "Any") or wanted in _WIDER.get(name, ())


def element_of(container: Type) -> Type:
    """Type of a container's elements."""
    return container.element or _ELEMENTS.get(container.name, ANY)


def set_of(element: Type) -> Type:
    """Type of a frozenset of such elements."""
    name = _SETS.get(element.name)
    return Type(name) if name else Type("FrozenSet", _known(element))


def tuple_of(element: Type) -> Type:
    """Type of a tuple of such elements, of any length; a tuple of tuples of ints is a grid."""
    if element == _ROW:
        return Type("Grid")
    return Type("TupleTuple" if fits(element.name, "Tuple") else "Tuple", _known(element))


def like(container: Type, element: Type) -> Type:
    """Type of a container of the same kind, tuple or frozenset, with such elements."""
    if fits(container.name, "FrozenSet"):
        return set_of(element)
    return tuple_of(element) if fits(container.name, "Tuple") else Type("Container", _known(element))


def merged(container: Type) -> Type:
    """Type of all elements of all members, in a container of the kind of the outer one."""
    return like(container, element_of(element_of(container)))


def pair_of(a: Type, b: Type) -> Type:
    """Type of the tuple of one value and another."""
    if not fits(a.name, "Integer"):
        return Type("Tuple", _known(join(a, b)))
    if fits(b.name, "Integer"):
        return Type("IntegerTuple")
    return Type("Cell") if b.name == "IntegerTuple" else Type("Tuple")


def join(a: Type, b: Type) -> Type:
    """Narrowest named type that holds the values of both, and what their elements have in common."""
    if a == b:
        return a
    for name in (a.name, b.name, *_JOINS):
        if fits(a.name, name) and fits(b.name, name):
            return Type(name, _known(join(element_of(a), element_of(b))) if name in _OPEN else None)
    return ANY


def _known(element: Type) -> Type | None:
    """The element type as it is remembered: None when nothing is known or it nests too deeply."""
    depth, inner = 0, element.element
    while inner is not None:
        depth, inner = depth + 1, inner.element
    return None if element == ANY or depth >= MAX_NESTED else element
