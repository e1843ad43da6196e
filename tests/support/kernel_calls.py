"""Calls of single kernels, on values of any form: what a plan of a graph could hand them and more."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from typing import Any

from arcbatt.dsl import backdrop, box, compose, delta, equality, flip, fork, matcher, shift, shoot, size, toindices
from arcbatt.dsl.closures import Function, left_bind, right_bind
from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine.cuda.coverage import Kernel, functions
from arcbatt.engine.cuda.device import Device
from arcbatt.engine.cuda.layout import SLOT_BYTES, fuel_of, pack_function, pack_value, unpack_value
from arcbatt.engine.cuda.plan import pack_call

_box = Struct("<iiiiiiq")


def pack_as(value: Any, form: str) -> bytes | None:
    """The slot of a value in a form; None when it has none."""
    if form == "P":
        return _packed_function(value)
    if form == "F":
        return _packed_moving(value)
    if form in "NG":
        packed = pack_value(value)
        return packed[1].ljust(SLOT_BYTES[form], b"\0") if packed is not None and packed[0] == form else None
    if type(value) is not frozenset:
        return None
    if form == "S":
        return _packed_objects(value)
    cells = list(value) if form == "O" else [(0, place) for place in value]
    if not all(_is_cell(cell) for cell in cells) or len({place for _, place in cells}) < len(cells):
        return None
    rows, columns = [i for _, (i, _) in cells] or [0], [j for _, (_, j) in cells] or [0]
    top, left, height, width = min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    if max(height, width) > (30 if form == "O" else 64) or max(map(abs, rows + columns)) >= 2**28:
        return None
    bits, seats = [0] * 64, bytearray(912)
    for color, (i, j) in cells:
        bits[i - top] |= 1 << (j - left)
        seats[(i - top) * width + j - left if form == "O" else 0] = color
    if not cells:
        height = width = 0
    header = _box.pack(6 if form == "O" else 5, len(cells), top, left, height, width, 0)
    return (header + Struct("<64Q").pack(*bits) + bytes(seats if form == "O" else b"")).ljust(SLOT_BYTES[form], b"\0")


def _packed_function(value: Any) -> bytes | None:
    """A primitive, or one built of it as ``kernels/functions.cuh`` has them."""
    if not callable(value):
        return None
    if not isinstance(value, Function):
        number = functions().get(value.__name__)
        return None if number is None else pack_function(number)
    inner, number, fixed = value.parts[0], None, value.parts[-1]
    if value.name == "matcher" and type(fixed) in (int, bool):
        kind, number, first, second = 10, _number_of(inner), int(fixed), 0
    elif value.name == "rbind" and inner is shoot and pack_as(fixed, "N") is not None and type(fixed) is tuple:
        kind, number, (first, second) = 9, _number_of(inner), fixed
    elif value.name == "compose" and inner is flip and isinstance(fixed, Function) and fixed.name == "matcher":
        packed = _packed_function(fixed)
        return None if packed is None else b"\x0b" + packed[1:]
    elif value.name == "compose" and inner is size and fixed in (delta, backdrop):
        kind, number, first, second = 12, _number_of(fixed), 0, 0
    elif value.name == "fork" and value.parts[:2] == (equality, toindices) and fixed in (box, backdrop):
        kind, number, first, second = 13, _number_of(fixed), 0, 0
    if number is None or (kind == 9 and max(map(abs, fixed)) >= 2**28):
        return None
    return Struct("<iiqqq").pack(kind, number, first, second, 0)


def _packed_moving(value: Any) -> bytes | None:
    if not isinstance(value, Function) or value.name != "lbind" or value.parts[0] is not shift or not value.parts[1]:
        return None
    packed = pack_as(value.parts[1], "O")
    return None if packed is None else b"\x0e" + packed[1:]


def _number_of(function: Any) -> int | None:
    return None if isinstance(function, Function) else functions().get(function.__name__)


def _function_of(slot: bytes) -> tuple[Any] | None:
    """The function of a slot, alone in a tuple; None without one."""
    if slot[0] == 14:
        moved = unpack_value(b"\6" + slot[1:])
        return None if moved is None else (left_bind(shift, moved[0]),)
    kind, number, first, second, _ = Struct("<iiqqq").unpack_from(slot)
    if kind not in range(8, 14):
        return None
    function = REGISTRY[next(name for name, other in functions().items() if other == number)].function
    if kind == 9:
        return (right_bind(function, (first, second)),)
    if kind >= 12:
        return (compose(size, function) if kind == 12 else fork(equality, toindices, function),)
    if kind == 8:
        return (function,)
    return (matcher(function, first) if kind == 10 else compose(flip, matcher(function, first)),)


def _packed_objects(objects: frozenset[Any]) -> bytes | None:
    """Objects by their first cells, in the box of all of them."""
    if not all(type(cells) is frozenset and cells and all(map(_is_cell, cells)) for cells in objects):
        return None
    places = [place for cells in objects for _, place in cells]
    rows, columns = [i for i, _ in places] or [0], [j for _, j in places] or [0]
    top, left, height, width = min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    is_held = max(height, width) <= 30 and max(map(abs, rows + columns)) < 2**28 and len(objects) <= 255
    if not is_held or len(set(places)) < len(places):
        return None
    labels, colors = bytearray(912), bytearray(912)
    for label, cells in enumerate(sorted(objects, key=lambda cells: min(place for _, place in cells)), 1):
        for color, (i, j) in cells:
            seat = (i - top) * width + j - left
            labels[seat], colors[seat] = label, color
    return _box.pack(7, len(objects), top, left, height, width, 0) + bytes(labels + colors)


def _is_cell(cell: Any) -> bool:
    if type(cell) is not tuple or len(cell) != 2 or type(cell[1]) is not tuple or len(cell[1]) != 2:
        return False
    color, (row, column) = cell
    return type(color) is type(row) is type(column) is int and 0 <= color <= 255


def packed_calls(calls: Sequence[tuple[Kernel, Sequence[bytes]]]) -> tuple[bytes, bytes, list[tuple[int, int]]]:
    """Calls of kernels on slots: packed, the block of all slots, and where in it each result is to stand."""
    packed, block, places = bytearray(), bytearray(), []
    for kernel, arguments in calls:
        offsets = []
        for slot in arguments:
            offsets.append(len(block))
            block += slot
        places.append((len(block), SLOT_BYTES[kernel.gives]))
        packed += pack_call(kernel.number, len(block), offsets)
        block += b"\x05" * SLOT_BYTES[kernel.gives]
    return bytes(packed), bytes(block), places


def results(device: Device, calls: Sequence[tuple[Kernel, Sequence[bytes]]]) -> list[tuple[tuple[Any] | None, int]]:
    """For each call of a kernel on slots the value, alone in a tuple or None without one, and the fuel."""
    packed, block, places = packed_calls(calls)
    memory, listed, shared = device.allocate(len(block)), device.allocate(len(packed)), device.allocate(16)
    try:
        device.upload(memory, [block], len(block))
        device.upload(listed, [packed], len(packed))
        device.launch(listed, 0, len(calls), memory, len(block), shared, 1)
        (found,) = device.download(memory, len(block), 1)
    finally:
        for item in (memory, listed, shared):
            device.release(item)
    slots = [found[offset : offset + length] for offset, length in places]
    kinds = [kernel.gives for kernel, _ in calls]
    return [(unpack_as(slot, form), fuel_of(slot)) for form, slot in zip(kinds, slots, strict=True)]


def unpack_as(slot: bytes, form: str) -> tuple[Any] | None:
    """The value of a slot of a form, alone in a tuple; None without one."""
    return _function_of(slot) if form in "PF" else unpack_value(slot)
