"""Requests of several searches in one go: one launch of each step for all of them, two waits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from arcbatt.engine.cuda.device import Device, DeviceLostError, DeviceMemoryError, Memory
from arcbatt.engine.cuda.enumeration.draft import Draft
from arcbatt.engine.cuda.enumeration.memory import Holding, SearchMemory
from arcbatt.engine.cuda.enumeration.steps import (
    FRESH_BYTES,
    ROUND_BYTES,
    TALLY,
    TILE,
    Adding,
    Feeding,
    Request,
    Round,
    packed,
    record_bytes,
)
from arcbatt.engine.cuda.enumeration.wanted import Answer, Wanted

__all__ = ["answer"]

_MOST_WARPS: Final = 1 << 12
"""Warps that evaluate at the same time, each with room for a record of its own."""
_MOST_LANES: Final = 1 << 21
"""Lanes of steps that do little for each item."""


def answer(device: Device, asked: Sequence[tuple[SearchMemory, Wanted]]) -> list[Answer]:
    """Answers requests, one of each search, all on one device.

    Args:
        device: where the memories are; nobody else uses it meanwhile.
        asked: requests with the memories of their searches.

    Returns:
        an answer each, in order; each is what it would be alone.

    Raises:
        DeviceMemoryError: there is not enough memory for all. The searches' memories are as before, but for keys that
            they were told, so all may be asked again, in parts.
        DeviceLostError: the device is lost, and all that was on it.
        ValueError: some request is none of a search with such entries; memories are as before.
    """
    memories = [memory for memory, _ in asked]
    if len({id(memory) for memory in memories}) < len(asked) or any(item.device is not device for item in memories):
        raise ValueError("requests of different searches are answered, on the device where their memories are")
    holding = Holding(device)
    try:
        return _Answering(device, holding, asked).answers()
    finally:
        holding.end()


class _Answering:
    def __init__(self, device: Device, holding: Holding, asked: Sequence[tuple[SearchMemory, Wanted]]) -> None:
        self._device, self._holding = device, holding
        told = bytearray()
        self._drafts = [Draft(memory, Wanted.of(wanted), holding, told) for memory, wanted in asked]
        self._told = device.address(holding.filled(bytes(told)))
        self._starts = _starts([draft.count for draft in self._drafts])
        self._tiles = _starts([(draft.count + TILE - 1) // TILE for draft in self._drafts])
        self._items = self._starts[-1]
        self._warps = max(1, min(_MOST_WARPS, (self._items + 3) // 4 * 4))
        self._lay_out()

    def answers(self) -> list[Answer]:
        control = self._open()
        self._run("add", control, self._round.added)
        self._run("feed", control, self._round.fed)
        for draft in self._drafts:
            draft.note_keys()
        self._run("evaluate", control, self._items, self._warps)
        totals = self._marked(control)
        try:
            homes, fresh = self._make_room(totals)
        except DeviceMemoryError:
            self._run("undo", control, self._items)
            raise
        try:
            found = self._kept(totals, homes, fresh)
        except DeviceMemoryError as error:  # a launch without memory, with all that is needed there
            raise DeviceLostError(str(error)) from error
        for draft, (count, _) in zip(self._drafts, totals, strict=True):
            draft.commit(count)
        return found

    def _lay_out(self) -> None:
        """Memory for what is known of each combination, for tallies, and for records in the making."""
        tiles, requests = self._tiles[-1], len(self._drafts)
        scratch = max((record_bytes(draft.memory.samples) for draft in self._drafts), default=0)
        sizes = [self._warps * scratch, 8 * self._items, TALLY.size * tiles, TALLY.size * requests]
        sizes += [4 * self._items] * 3
        offsets = _starts([(size + 15) // 16 * 16 for size in sizes])
        self._work = self._holding.allocate(offsets[-1])
        base = self._device.address(self._work)
        room, keys, tallies, totals, outcomes, places, records = (base + offset for offset in offsets[:-1])
        self._totals_at, self._outcomes_at = offsets[3], offsets[4]
        self._round = Round(*[0] * len(Round._fields))._replace(
            items=self._items, request_count=requests, tiles=tiles, outcomes=outcomes, keys=keys, places=places,
            sizes=records, tallies=tallies, totals=totals, scratch=room, scratch_bytes=scratch,
        )  # fmt: skip

    def _open(self) -> Memory:
        """The round of the first steps: what is added, fed, and evaluated."""
        drafts = self._drafts
        added, fed = _starts([draft.added for draft in drafts]), _starts([draft.fed for draft in drafts])
        addings, feedings, segments = list[Adding](), list[Feeding](), list[bytes]()
        for number, draft in enumerate(drafts):
            addings += draft.addings(added[number], self._told)
            feedings += draft.feedings(fed[number], self._told)
            segments += draft.segments(self._starts[number], number)
        requests = self._requests([0] * len(drafts), [0] * len(drafts))
        parts = [b"".join(segments), packed(requests), packed(addings), packed(feedings)]
        offsets = _starts([ROUND_BYTES, *map(len, parts)])
        control = self._holding.allocate(offsets[-1])
        base = self._device.address(control)
        self._round = self._round._replace(
            segments=base + offsets[1], segment_count=len(segments), requests=base + offsets[2],
            addings=base + offsets[3], adding_count=len(addings), added=added[-1],
            feedings=base + offsets[4], feeding_count=len(feedings), fed=fed[-1],
        )  # fmt: skip
        self._upload(control, packed([self._round]) + b"".join(parts))
        return control

    def _requests(self, fresh: Sequence[int], homes: Sequence[int]) -> list[Request]:
        found = []
        for number, draft in enumerate(self._drafts):
            memory = draft.memory
            request = Request(
                self._starts[number], draft.count, self._tiles[number], fresh[number], draft.table_address,
                draft.firsts_address, draft.mask, memory.samples, memory.node_fuel, draft.outputs_address, memory.demos,
                homes[number],
            )  # fmt: skip
            found.append(request)
        return found

    def _marked(self, control: Memory) -> list[tuple[int, int]]:
        """Looks all keys up; for each request how many combinations are new, and the bytes of their records."""
        if self._items == 0:
            return [(0, 0)] * len(self._drafts)
        try:
            self._run("insert", control, self._items)
            self._run("tally", control, self._round.tiles, self._round.tiles)
            self._run("scan", control, len(self._drafts), len(self._drafts))
            found = self._device.read(self._work, self._totals_at, TALLY.size * len(self._drafts))
        except DeviceMemoryError as error:
            raise DeviceLostError(str(error)) from error
        return [(count, size) for count, size in TALLY.iter_unpack(found)]

    def _make_room(self, totals: Sequence[tuple[int, int]]) -> tuple[list[Memory | None], Memory | None]:
        """Homes of records, None where there are none, and memory for what is known of each new combination."""
        homes = [draft.make_home(size) if size else None for draft, (_, size) in zip(self._drafts, totals, strict=True)]
        count = sum(count for count, _ in totals)
        bytes_each = FRESH_BYTES + 4 + 4
        # The second control is allocated here, too: after this nothing may be short of memory.
        size = ROUND_BYTES + 8 * len(Request._fields) * len(self._drafts)
        return homes, self._holding.allocate(size + bytes_each * count) if count else None

    def _kept(
        self, totals: Sequence[tuple[int, int]], homes: Sequence[Memory | None], fresh: Memory | None
    ) -> list[Answer]:
        """Writes the records of new combinations, and reads everything."""
        device, counts = self._device, [count for count, _ in totals]
        starts = _starts(counts)
        addresses = [0 if home is None else device.address(home) for home in homes]
        sizes = fits = b""
        if fresh is not None:
            requests = packed(self._requests(starts, addresses))
            offsets = _starts([ROUND_BYTES, len(requests), FRESH_BYTES * starts[-1], 4 * starts[-1], 4 * starts[-1]])
            base = device.address(fresh)
            self._round = self._round._replace(
                requests=base + offsets[1], fresh_count=starts[-1], fresh=base + offsets[2],
                fresh_sizes=base + offsets[3], fits=base + offsets[4],
            )  # fmt: skip
            self._upload(fresh, packed([self._round]) + requests)
            self._run("place", fresh, self._round.tiles, self._round.tiles)
            self._run("keep", fresh, starts[-1], self._warps)
            found = device.read(fresh, offsets[3], 8 * starts[-1])
            sizes, fits = found[: 4 * starts[-1]], found[4 * starts[-1] :]
        outcomes = device.read(self._work, self._outcomes_at, 4 * self._items) if self._items else b""
        answers = []
        for number, draft in enumerate(self._drafts):
            home, mine = homes[number], slice(4 * starts[number], 4 * starts[number + 1])
            values = b"" if home is None else device.read(home, 0, totals[number][1])
            first, last = 4 * self._starts[number], 4 * self._starts[number + 1]
            place = addresses[number] if draft.wanted.is_kept else 0
            answers.append(Answer(outcomes[first:last], sizes[mine], fits[mine], values, place))
        return answers

    def _run(self, step: str, control: Memory, items: int, warps: int = 0) -> None:
        """A step over so many items, by a warp each or, without a number of warps, by a lane each."""
        if items:
            by_lanes = (min(items, _MOST_LANES) + 31) // 32
            self._device.run(step, control, min(warps, items) or by_lanes)

    def _upload(self, memory: Memory, content: bytes) -> None:
        self._device.upload(memory, [content], len(content))


def _starts(counts: Sequence[int]) -> list[int]:
    """Where each of some things begins that stand end to end; last their sum."""
    return list(accumulate(counts, initial=0))
