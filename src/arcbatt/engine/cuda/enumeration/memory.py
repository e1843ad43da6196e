"""What a search has on a device, and memory that is held for a while."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from arcbatt.engine.cuda.device import Device, DeviceLostError, Memory
from arcbatt.engine.cuda.enumeration.rules import Rule

__all__ = ["MOST_FUEL", "EntryList", "Holding", "KeyTable", "SearchMemory"]

MOST_FUEL: Final = (1 << 28) - 3
"""Most fuel of a combination: an outcome has room for it and one more."""


class EntryList(NamedTuple):
    """References to the entries of a kind, 8 bytes each.

    Attributes:
        memory: where they are.
        capacity: how many there is room for.
        length: how many there are.
    """

    memory: Memory
    capacity: int
    length: int


class KeyTable(NamedTuple):
    """The keys that are known, by open addressing.

    Attributes:
        keys: 8 bytes a place, 0 where nothing is.
        firsts: 4 bytes a place: 0 where a key is, all bits where none is.
        capacity: number of places, a power of two.
        most: no more keys than that are in it.
    """

    keys: Memory
    firsts: Memory
    capacity: int
    most: int


class SearchMemory:
    """The entries and keys of one search on one device. Nothing is there before its first request.

    Only :mod:`arcbatt.engine.cuda.enumeration.answering` changes what it holds.

    Args:
        device: where it is; used by one thread at a time.
        rules: of the search's grammar, by number.
        samples: number of samples.
        node_fuel: what a combination may spend, at most :data:`MOST_FUEL`.
        outputs: a record of the outputs of demo samples: height and width of each, a byte each, then all cells.
        demos: number of demo samples, which are the first ones.
    """

    def __init__(
        self, device: Device, rules: Sequence[Rule], samples: int, node_fuel: int, outputs: bytes, demos: int
    ) -> None:
        if not 0 <= node_fuel <= MOST_FUEL:
            raise ValueError(f"no such fuel for a combination: {node_fuel}")
        self.device = device
        self.rules = list(rules)
        self.samples = samples
        self.node_fuel = node_fuel
        self.demos = demos
        self.outputs = outputs
        self.outputs_memory: Memory | None = None
        self.lists: dict[int, EntryList] = {}
        self.table: KeyTable | None = None
        self.pieces: list[Memory] = []
        """Records of entries."""

    @property
    def name(self) -> str:
        """The device's."""
        return self.device.name

    def close(self) -> None:
        """Gives all memory back; a second time does nothing. A lost device has nothing to be given."""
        held = [*self.pieces, *(entries.memory for entries in self.lists.values())]
        held += [] if self.outputs_memory is None else [self.outputs_memory]
        held += [] if self.table is None else [self.table.keys, self.table.firsts]
        self.pieces, self.lists, self.table, self.outputs_memory = [], {}, None, None
        with suppress(DeviceLostError):
            for memory in held:
                self.device.release(memory)


class Holding:
    """Memory that goes back in the end, but for what somebody keeps.

    Args:
        device: where it is.
    """

    def __init__(self, device: Device) -> None:
        self._device = device
        self._held: dict[int, Memory] = {}

    def allocate(self, size: int) -> Memory:
        """Memory of so many bytes, or of 8 where that is less.

        Raises:
            DeviceMemoryError: there is not so much.
        """
        memory = self._device.allocate(max(size, 8))
        self._held[id(memory)] = memory
        return memory

    def filled(self, content: bytes) -> Memory:
        """Memory that begins with this content; raises as :meth:`allocate`."""
        memory = self.allocate(len(content))
        if content:
            self._device.upload(memory, [content], len(content))
        return memory

    def keep(self, memory: Memory) -> None:
        """It does not go back."""
        self._held.pop(id(memory), None)

    def release(self, memory: Memory) -> None:
        """It goes back too, though it was not allocated here."""
        self._held[id(memory)] = memory

    def end(self) -> None:
        """Gives back what is left. A lost device has nothing to be given."""
        with suppress(DeviceLostError):
            while self._held:
                self._device.release(self._held.popitem()[1])
