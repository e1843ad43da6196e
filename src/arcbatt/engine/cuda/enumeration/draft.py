"""One request in the making: what it changes in the memory of its search once all of its round is done."""

from __future__ import annotations

from typing import Final

from arcbatt.engine.cuda.device import DeviceMemoryError, Memory
from arcbatt.engine.cuda.enumeration.memory import EntryList, Holding, KeyTable, SearchMemory
from arcbatt.engine.cuda.enumeration.steps import Adding, Feeding, Stretch, pack_segment
from arcbatt.engine.cuda.enumeration.wanted import Segment, Wanted

__all__ = ["Draft"]

_LIST: Final = 1 << 10
"""Entries that a new list has room for."""
_TABLE: Final = 1 << 12
"""Places of a new table."""
_MOST_PLACES: Final = 1 << 32
"""Places of the largest table: their numbers have 32 bits."""


class Draft:
    """A request with the memory that it needs. The search's own memory stays as it is until :meth:`commit`.

    Args:
        memory: the search's.
        wanted: its request.
        holding: where memory comes from.
        told: all that the kernels are told of references and keys; the request's are appended.

    Raises:
        ValueError: the request is none: places beyond a list, combinations beyond a block, too many of them.
        DeviceMemoryError: there is not enough memory.
    """

    def __init__(self, memory: SearchMemory, wanted: Wanted, holding: Holding, told: bytearray) -> None:
        self.memory, self.wanted, self._holding = memory, wanted, holding
        self.count = wanted.combinations
        if self.count >= (1 << 32) - 2:
            raise ValueError("a request has too many combinations")
        self._lists = dict(memory.lists)
        self._pieces: list[Memory] = []
        self._outdated: list[Memory] = []
        self._keys_at = len(told)
        told += wanted.keys
        self._added = self._told_of_lists(told)
        self._grow_lists()
        for segment in wanted.segments:
            self._check(segment)
        self._grow_table()
        self._outputs = memory.outputs_memory
        if self._outputs is None:
            self._outputs = holding.filled(memory.outputs)
        self._blob = holding.filled(wanted.blob) if wanted.blob else None
        self.table_address, self.firsts_address = map(memory.device.address, (self._table.keys, self._table.firsts))
        self.mask = self._table.capacity - 1
        self.outputs_address = memory.device.address(self._outputs)

    def _told_of_lists(self, told: bytearray) -> dict[int, tuple[int, int]]:
        """For each kind where its references are told, and how many."""
        by_kind: dict[int, bytes] = {}
        for kind, refs in self.wanted.added:
            if refs:
                by_kind[kind] = by_kind.get(kind, b"") + refs
        places = {}
        for kind, refs in by_kind.items():
            places[kind] = len(told), len(refs) // 8
            told += refs
        return places

    def _grow_lists(self) -> None:
        for kind, (_, count) in self._added.items():
            entries = self._lists.get(kind)
            length = count if entries is None else entries.length + count
            if entries is None or length > entries.capacity:
                capacity = max(_LIST, _power(length))
                if entries is not None:
                    self._outdated.append(entries.memory)
                entries = EntryList(self._holding.allocate(8 * capacity), capacity, 0)
            self._lists[kind] = entries._replace(length=length)

    def _grow_table(self) -> None:
        """A table that stays half empty whatever comes, filled with the old one's keys by :meth:`feedings`."""
        table, device = self.memory.table, self.memory.device
        needed = (0 if table is None else table.most) + len(self.wanted.keys) // 8 + self.count
        if table is not None and 2 * needed <= table.capacity:
            self._table = table
            return
        capacity = max(_TABLE, _power(2 * needed))
        if capacity > _MOST_PLACES:
            raise DeviceMemoryError(f"a table of {capacity} places")
        keys, firsts = self._holding.allocate(8 * capacity), self._holding.allocate(4 * capacity)
        device.fill(keys, 8 * capacity, 0)
        device.fill(firsts, 4 * capacity, 0xFF)
        if table is not None:
            self._outdated += [table.keys, table.firsts]
        self._table = KeyTable(keys, firsts, capacity, 0 if table is None else table.most)

    def _check(self, segment: Segment) -> None:
        rule = self.memory.rules[segment.rule]
        if len(segment.ranges) != len(rule.kinds) or (segment.is_twin and rule.symmetric < 0):
            raise ValueError(f"no such block of rule {segment.rule}: {segment}")
        for kind, (start, end) in zip(rule.kinds, segment.ranges, strict=True):
            entries = self._lists.get(kind)
            most = end if not rule.is_covered else 0 if entries is None else entries.length
            if not 0 <= start <= end <= most:
                raise ValueError(f"kind {kind} has {most} entries, not those of {segment}")
        combinations, digits = 1, list(rule.nesting)
        sizes = [end - start for start, end in segment.ranges]
        if segment.is_twin:
            first, second = digits[rule.symmetric : rule.symmetric + 2]
            if sizes[first] != sizes[second]:
                raise ValueError(f"twins of different ranges: {segment}")
            digits.remove(second)
            sizes[first] = sizes[first] * (sizes[first] + 1) // 2
        for digit in digits:
            combinations *= sizes[digit]
        if segment.first < 0 or segment.length < 0 or segment.first + segment.length > combinations:
            raise ValueError(f"a block of {combinations} combinations: {segment}")

    def addings(self, start: int, told: int) -> list[Adding]:
        """What is appended to lists; old references first where a list moved.

        Args:
            start: how many references come before in the round.
            told: address of what the kernels are told.
        """
        found, address = [], self.memory.device.address
        blob = 0 if self._blob is None else address(self._blob)
        for kind, (at, count) in self._added.items():
            old, new = self.memory.lists.get(kind), self._lists[kind]
            target, length = address(new.memory), 0 if old is None else old.length
            if old is not None and old.memory is not new.memory and length:
                found.append(Adding(start, address(old.memory), target, 0))
                start += length
            found.append(Adding(start, told + at, target + 8 * length, blob))
            start += count
        return found

    @property
    def added(self) -> int:
        """How many references :meth:`addings` appends."""
        moved = [old.length for kind, old in self.memory.lists.items() if self._lists[kind].memory is not old.memory]
        return sum(moved) + sum(count for _, count in self._added.values())

    def feedings(self, start: int, told: int) -> list[Feeding]:
        """What is put into the table; arguments as for :meth:`addings`."""
        found, old = [], self.memory.table
        table = self.table_address, self.firsts_address, self.mask
        if old is not None and old.keys is not self._table.keys:
            found.append(Feeding(start, self.memory.device.address(old.keys), *table, 0))
            start += old.capacity
        if self.wanted.keys:
            found.append(Feeding(start, told + self._keys_at, *table, 1))
        return found

    @property
    def fed(self) -> int:
        """How many keys :meth:`feedings` puts there."""
        old = self.memory.table
        moved = old.capacity if old is not None and old.keys is not self._table.keys else 0
        return moved + len(self.wanted.keys) // 8

    def segments(self, start: int, number: int) -> list[bytes]:
        """The packed segments of the request with this number, whose first combination has that one in the round."""
        found, address = [], self.memory.device.address
        lists = {kind: address(entries.memory) for kind, entries in self._lists.items()}
        for rule_number, ranges, is_twin, first, count in self.wanted.segments:
            if count:
                rule = self.memory.rules[rule_number]
                mine = [lists.get(kind, 0) for kind in rule.kinds]
                found.append(pack_segment(rule, Stretch(start, first, number, ranges, is_twin, mine)))
                start += count
        return found

    def note_keys(self) -> None:
        """Counts keys that were put into the search's own table, where they stay whatever comes."""
        table = self.memory.table
        if table is not None and table.keys is self._table.keys:
            self._table = self.memory.table = table._replace(most=table.most + len(self.wanted.keys) // 8)
        else:
            self._table = self._table._replace(most=self._table.most + len(self.wanted.keys) // 8)

    def make_home(self, size: int) -> Memory:
        """Memory for the records of new combinations; the search's if it is to keep them."""
        home = self._holding.allocate(size)
        if self.wanted.is_kept:
            self._pieces.append(home)
        return home

    def commit(self, fresh: int) -> None:
        """Hands everything over to the search; so many combinations were new."""
        memory, holding = self.memory, self._holding
        memory.lists, memory.outputs_memory = self._lists, self._outputs
        memory.table = self._table._replace(most=self._table.most + fresh)
        memory.pieces += self._pieces
        memory.pieces += [] if self._blob is None else [self._blob]
        for kept in (self._outputs, self._blob, self._table.keys, self._table.firsts, *self._pieces):
            holding.keep(kept)
        for entries in self._lists.values():
            holding.keep(entries.memory)
        for outdated in self._outdated:
            holding.release(outdated)


def _power(number: int) -> int:
    """The least power of two that is no less."""
    return 1 << max(0, number - 1).bit_length()
