"""Memory that a pool's parent and its workers share: what the workers are inside of, and what they must not call.

It can be read even when a worker hangs or was killed. The parent gives a slot to each item that it submits. The worker
that runs the item notes there which of a user's primitives it calls, when the call began and how long it may take, and
clears it afterwards. The primitives that are refused stand in a table which only grows, so that an item that is under
way, or waits in a queue, learns of them too.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import Any

from arcbatt.engine.hangs import Refusal
from arcbatt.execute.memory import memory_is_short

__all__ = ["OUT_OF_MEMORY", "Call", "Slots", "WorkerSlot", "refused_in"]

OUT_OF_MEMORY = 71
"""Status of a worker that ends since a user's primitive keeps its memory."""

_CALL = struct.Struct("=dd240s")
"""A slot: start of the call, seconds allowed, name in UTF-8; the name is empty when there is no call."""
_NAME_AT = struct.calcsize("=dd")
_ENTRY = struct.Struct("=d240s504s")
"""An entry of the table: limit under which the primitive is refused, its name, the reason."""
_ENTRIES = 128
_COUNT = struct.Struct("=Q")
_TABLE_BYTES = _COUNT.size + _ENTRIES * _ENTRY.size


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a user's primitive that is under way.

    Attributes:
        name: of the primitive.
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
        self.memory = context.RawArray("c", _TABLE_BYTES + count * _CALL.size)
        self._view = memoryview(self.memory).cast("B")
        self._free = list(range(count))

    def take(self) -> int | None:
        """A free slot, cleared; None when there is none, and then the item has none."""
        if not self._free:
            return None
        slot = self._free.pop()
        _CALL.pack_into(self._view, _offset(slot), 0.0, 0.0, b"")
        return slot

    def give_back(self, slot: int | None) -> None:
        """Frees a slot whose item has ended."""
        if slot is not None:
            self._free.append(slot)

    def call(self, slot: int | None) -> Call | None:
        """The call that is under way in the slot's item, or was when its worker ended; None when there is none."""
        if slot is None:
            return None
        start, allowed_s, name = _CALL.unpack_from(self._view, _offset(slot))
        text = _text(name)
        return Call(text, start, allowed_s) if text else None

    def refuse(self, name: str, refusal: Refusal) -> None:
        """Adds a primitive to the table; what no longer fits is left out."""
        (count,) = _COUNT.unpack_from(self._view)
        if count < _ENTRIES:
            entry = refusal.limit_s, name.encode()[:240], refusal.reason.encode()[:504]
            _ENTRY.pack_into(self._view, _COUNT.size + count * _ENTRY.size, *entry)
            _COUNT.pack_into(self._view, 0, count + 1)  # last: what is counted is whole


class WorkerSlot:
    """The worker's side of a slot; see :class:`arcbatt.engine.hangs.Slot`."""

    def __init__(self, memory: Any, slot: int) -> None:
        self._view = memoryview(memory).cast("B")
        self._offset = _offset(slot)

    def enter(self, name: str, start: float, allowed_s: float) -> None:
        """Notes a call."""
        _CALL.pack_into(self._view, self._offset, start, allowed_s, name.encode()[:240])

    def check_memory(self) -> None:
        """Ends this worker where a call has used up its memory and kept it: everything else would fail from then on."""
        try:
            is_short = memory_is_short()
        except MemoryError:
            is_short = True
        if is_short:
            os._exit(OUT_OF_MEMORY)

    def leave(self) -> None:
        """Notes its end."""
        self._view[self._offset + _NAME_AT] = 0


def refused_in(memory: Any) -> dict[str, Refusal]:
    """The refused primitives in the table, as a worker reads it."""
    view = memoryview(memory).cast("B")
    found = {}
    for number in range(_COUNT.unpack_from(view)[0]):
        limit_s, name, reason = _ENTRY.unpack_from(view, _COUNT.size + number * _ENTRY.size)
        found[_text(name)] = Refusal(_text(reason), limit_s)
    return found


def _offset(slot: int) -> int:
    return _TABLE_BYTES + slot * _CALL.size


def _text(padded: bytes) -> str:
    return padded.partition(b"\0")[0].decode(errors="ignore")
