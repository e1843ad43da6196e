"""How values lie in slots: a header of 32 bytes and a body, little-endian, as ``kernels/value.cuh`` says.

The forms: ``N`` an int of 64 bits, a bool or a pair of ints; ``G`` a grid of 1 to 30 rows and columns with cells from 0
to 255; ``M`` a set of locations within 64 x 64; ``O`` a set of cells on different locations within 30 x 30; ``S``
a set of up to 255 objects, none empty, that share no location and lie within 30 x 30 together; ``P`` a function, a
primitive by its number in :func:`arcbatt.engine.cuda.coverage.functions` or one built of it, ``F`` one that
moves an object; only devices read those.
"""

from __future__ import annotations

from itertools import chain
from struct import Struct
from typing import Any, Final

from arcbatt.dsl.values import MAX_INT, MIN_INT

__all__ = ["FORMS", "SIDE", "SLOT_BYTES", "fuel_of", "pack_function", "pack_value", "unpack_value"]

SIDE: Final = 30
"""Most rows and columns of a grid, and of the box of an object."""
_SPAN: Final = 64
_MASK_BYTES: Final = 8 * _SPAN
_SEATS: Final = 912
"""Bytes for the cells of a grid or the box of an object, a multiple of 16."""
_HEADER: Final = 32
_INT, _BOOL, _PAIR, _GRID, _MASK, _OBJECT, _OBJECTS, _PRIMITIVE = range(1, 9)
_numbers = Struct("<iiqqq")
_boxes = Struct("<iiiiiiq")

SLOT_BYTES: Final = {
    "N": _HEADER, "G": _HEADER + _SEATS, "M": _HEADER + _MASK_BYTES, "O": _HEADER + _MASK_BYTES + _SEATS,
    "S": _HEADER + 2 * _SEATS, "P": _HEADER, "F": _HEADER + _MASK_BYTES + _SEATS,
}  # fmt: skip
"""Bytes of a slot by its form, multiples of 16."""
FORMS: Final = frozenset(SLOT_BYTES)


def pack_value(value: Any) -> tuple[str, bytes] | None:
    """The form of an int, a bool, a pair of ints or a grid, and its slot without unused bytes at the end.

    None for anything else: such a value has no form on a device, or none of its own (sets are made there).
    """
    kind = type(value)
    if kind is int or kind is bool:
        is_held = MIN_INT <= value <= MAX_INT
        return ("N", _numbers.pack(_BOOL if kind is bool else _INT, 0, value, 0, 0)) if is_held else None
    if kind is not tuple or not value:
        return None
    if set(map(type, value)) == {int}:
        is_held = len(value) == 2 and all(MIN_INT <= number <= MAX_INT for number in value)
        return ("N", _numbers.pack(_PAIR, 0, *value, 0)) if is_held else None
    return _packed_grid(value)


def _packed_grid(value: tuple[Any, ...]) -> tuple[str, bytes] | None:
    if set(map(type, value)) != {tuple} or len(value) > SIDE:
        return None
    width = len(value[0])
    if not 1 <= width <= SIDE or set(map(len, value)) != {width}:
        return None
    if set(map(type, chain.from_iterable(value))) != {int}:
        return None
    try:
        cells = bytes(chain.from_iterable(value))
    except ValueError:  # a cell beyond a byte
        return None
    return "G", _boxes.pack(_GRID, len(cells), 0, 0, len(value), width, 0) + cells


def pack_function(number: int) -> bytes:
    """The slot of form ``P`` for a primitive with that number among the functions that devices know."""
    return _numbers.pack(_PRIMITIVE, number, 0, 0, 0)


def fuel_of(slot: bytes) -> int:
    """The fuel of the call that gave the value of a slot."""
    fuel: int = _numbers.unpack_from(slot)[4]
    return fuel


def unpack_value(slot: bytes) -> tuple[Any] | None:
    """The value of a slot, alone in a tuple; None when it holds none. The native engine reads slots itself."""
    kind, count, first, second, _ = _numbers.unpack_from(slot)
    _, _, top, left, height, width, _ = _boxes.unpack_from(slot)
    body = slot[_HEADER:]
    if kind == _INT:
        return (first,)
    if kind == _BOOL:
        return (bool(first),)
    if kind == _PAIR:
        return ((first, second),)
    if kind == _GRID:
        return (tuple(tuple(body[i * width : (i + 1) * width]) for i in range(height)),)
    if kind == _OBJECTS:
        return (_unpacked_objects(body, count, top, left, height, width),)
    if kind not in (_MASK, _OBJECT):
        return None
    rows = Struct(f"<{_SPAN}Q").unpack_from(body)
    seats = [(i, j) for i, row in enumerate(rows) for j in range(_SPAN) if row >> j & 1]
    assert len(seats) == count
    if kind == _MASK:
        return (frozenset((top + i, left + j) for i, j in seats),)
    return (frozenset((body[_MASK_BYTES + i * width + j], (top + i, left + j)) for i, j in seats),)


def _unpacked_objects(body: bytes, count: int, top: int, left: int, height: int, width: int) -> Any:
    """The set of the objects that labels tell apart: a byte for each seat, then their colors."""
    cells: list[list[Any]] = [[] for _ in range(count)]
    for seat in range(height * width):
        label, color = body[seat], body[_SEATS + seat]
        if label:
            cells[label - 1].append((color, (top + seat // width, left + seat % width)))
    assert all(cells)
    return frozenset(map(frozenset, cells))
