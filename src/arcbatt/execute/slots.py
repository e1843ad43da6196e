"""What the workers of a pool are inside of, where the parent can read it even when they hang or were killed.

A slot is some bytes of memory that parent and workers share. The parent gives one to each item that it submits. The
worker that runs the item notes there which of a user's primitives it calls, when the call began and how long it may
take, and clears it afterwards.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

__all__ = ["Call", "Slots", "WorkerSlot"]

_HEAD = struct.Struct("=dd")
_NAME_BYTES = 240
SLOT_BYTES = _HEAD.size + _NAME_BYTES
"""Bytes of a slot: start, seconds allowed, and the name in UTF-8, which ends with a zero byte."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a user's primitive that is under way.

    Attributes:
        name: of the primitive; cut at 240 bytes.
        start: by :func:`time.monotonic`, which all processes of a machine share.
        allowed_s: seconds that it may take; may be infinite.
    """

    name: str
    start: float
    allowed_s: float


class Slots:
    """The parent's side.

    Args:
        context: of multiprocessing.
        count: slots, at least 1.
    """

    def __init__(self, context: Any, count: int) -> None:
        self.memory = context.RawArray("c", count * SLOT_BYTES)
        self._free = list(range(count))

    def take(self) -> int:
        """A free slot, cleared."""
        slot = self._free.pop()
        start = slot * SLOT_BYTES
        self.memory[start : start + SLOT_BYTES] = bytes(SLOT_BYTES)
        return slot

    def give_back(self, slot: int) -> None:
        """Frees a slot whose item has ended."""
        self._free.append(slot)

    def call(self, slot: int) -> Call | None:
        """The call that is under way in the slot's item, or was when its worker ended; None when there is none."""
        content = self.memory[slot * SLOT_BYTES : (slot + 1) * SLOT_BYTES]
        name = content[_HEAD.size :].partition(b"\0")[0]
        return Call(name.decode(errors="ignore"), *_HEAD.unpack_from(content)) if name else None


class WorkerSlot:
    """The worker's side; see :class:`arcbatt.engine.hangs.Slot`."""

    def __init__(self, memory: Any, slot: int) -> None:
        self._view = memoryview(memory).cast("B")[slot * SLOT_BYTES : (slot + 1) * SLOT_BYTES]
        self._names: dict[str, bytes] = {}

    def enter(self, name: str, start: float, allowed_s: float) -> None:
        """Notes a call; the name comes last, since it is what says that there is one."""
        encoded = self._names.get(name)
        if encoded is None:
            encoded = self._names[name] = name.encode()[: _NAME_BYTES - 1] + b"\0"
        _HEAD.pack_into(self._view, 0, start, allowed_s)
        self._view[_HEAD.size : _HEAD.size + len(encoded)] = encoded

    def leave(self) -> None:
        """Notes its end."""
        self._view[_HEAD.size] = 0
