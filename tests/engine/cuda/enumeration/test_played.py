"""A search played here with a device, level by level, counts what the native search counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from struct import pack, unpack

import pytest

from arcbatt.arc import Challenge, load_set
from arcbatt.engine.cuda.enumeration.answering import answer
from arcbatt.engine.cuda.enumeration.rules import Production
from arcbatt.engine.cuda.enumeration.wanted import LEFT_OUT, Segment, Status, Wanted
from arcbatt.search.enumeration import Enumeration, EnumerationLimits, EnumerationReport, default_grammar
from arcbatt.search.enumeration.grammar import Grammar
from support.device_search import Entry, TwinSearch, Values, key_of, record_of, values_in
from support.host_device import COMPILER, HostDevice
from support.twins import needs_native

pytestmark = [
    needs_native, pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host"),
]  # fmt: skip

KINDS = ("Grid", "Object", "Indices", "Color", "Count", "Truth", "Offset")
CHUNK = 3_000


class Player:
    """Plays rust/src/search/enumeration.rs with a device for all that it can tell."""

    def __init__(self, task: Challenge, grammar: Grammar, node_fuel: int) -> None:
        numbers = grammar.numbers
        productions = [
            Production(item.primitive, [numbers[kind] for kind in item.arguments], numbers[item.result],
                       item.symmetric, item.is_distinct)
            for item in grammar.productions
        ]  # fmt: skip
        outputs = [output for _, output in task.pairs]
        self.inputs = [sample.input for sample in task.samples]
        self.grammar = grammar
        self.twin = TwinSearch([kind.form for kind in grammar.kinds], productions, len(self.inputs), node_fuel, outputs)
        self.twin.lists = {kind: [] for kind in range(len(grammar.kinds))}
        self.memory = self.twin.open(HostDevice(free=1 << 32))
        self.ends: dict[int, list[int]] = {kind: [0] for kind in self.twin.lists}
        self.told: dict[int, int] = dict.fromkeys(self.twin.lists, 0)
        self.applied = self.unique = self.duplicates = self.failed = self.fuel = self.unknown = 0
        self.keys: list[int] = []
        self.blob = b""

    def play(self, cost: int) -> None:
        """Goes through all levels up to a cost, and the leaves of the next."""
        for level in range(1, cost + 2):
            for leaf in self.grammar.leaves:
                if leaf.cost == level:
                    self._leaf(self.inputs if leaf.what == "variable" else leaf.value, self.grammar.numbers[leaf.kind])
            if level <= cost:
                for chunk in chunks(list(self._blocks(level))):
                    self._ask(chunk)
            for kind, entries in self.twin.lists.items():
                self.ends[kind].append(len(entries))

    def _leaf(self, value: object, kind: int) -> None:
        self.applied += 1
        is_grid = self.twin.forms[kind] == "grid"
        self._found(kind, value if is_grid and isinstance(value, list) else [value], None)

    def _blocks(self, cost: int) -> Iterator[Segment]:
        for number, (item, production) in enumerate(zip(self.grammar.productions, self.twin.productions, strict=True)):
            for costs in shares(cost - item.cost, len(production.arguments)):
                is_twin = False
                if production.symmetric is not None:
                    first, second = (costs[place] for place in production.symmetric)
                    if first > second:
                        continue
                    is_twin = first == second
                ranges = tuple(
                    (self.ends[kind][share - 1], self.ends[kind][share])
                    for kind, share in zip(production.arguments, costs, strict=True)
                )
                block = Segment(number, ranges, is_twin, 0, 0)
                if all(start < end for start, end in ranges):
                    yield block._replace(length=sum(1 for _ in self.twin.combinations(block)))

    def _ask(self, segments: list[Segment]) -> None:
        added = []
        for kind, entries in self.twin.lists.items():
            fresh, self.told[kind] = entries[self.told[kind] :], len(entries)
            added.append((kind, pack(f"<{len(fresh)}Q", *(entry.ref for entry in fresh))))
        wanted = Wanted(segments, True, pack(f"<{len(self.keys)}Q", *self.keys), self.blob, added)
        self.keys, self.blob = [], b""
        (given,) = answer(self.memory.device, [(self.memory, wanted)])
        outcomes = iter(unpack(f"<{wanted.combinations}I", given.outcomes))
        sizes, offset = iter(unpack(f"<{len(given.sizes) // 4}I", given.sizes)), 0
        for segment in segments:
            places = list(self.twin.combinations(segment))[segment.first : segment.first + segment.length]
            for place, outcome in zip(places, outcomes, strict=False):
                size = next(sizes) if outcome & 3 == Status.NEW else 0
                self._take(segment.rule, place, outcome, given.values[offset : offset + size], given.home + offset)
                offset += size

    def _take(self, rule: int, places: tuple[int, ...], outcome: int, record: bytes, address: int) -> None:
        if outcome == LEFT_OUT:
            return
        self.applied += 1
        production, values, ref = self.twin.productions[rule], None, None
        form = self.twin.forms[production.result]
        fuel = outcome >> 2
        if outcome == Status.UNKNOWN:
            self.unknown += 1
            kinds = zip(production.arguments, places, strict=True)
            fuel, values = self.twin._worked_out(production, [self.twin.lists[kind][place] for kind, place in kinds])
        elif outcome & 3 == Status.NEW:
            values = values_in(form, record, self.twin.samples)
            ref = address | (len(values) == 1 and self.twin.samples > 1)
        self.fuel += fuel
        if values is not None:
            self._found(production.result, values, ref)
        elif outcome & 3 == Status.KNOWN:
            self.duplicates += 1
        else:
            self.failed += 1

    def _found(self, kind: int, values: Values, ref: int | None) -> None:
        """Takes up what an expression gives, unless it is known; ref is None when the device does not have it."""
        form = self.twin.forms[kind]
        key = key_of(kind, form, values, self.twin.samples)
        if key in self.twin.known:
            self.duplicates += 1
            return
        self.unique += 1
        self.twin.known.add(key)
        if ref is None:
            self.keys.append(key)
            record = record_of(form, values)
            ref = 0
            if record is not None:
                ref = len(self.blob) | 2 | (len(values) == 1 and self.twin.samples > 1)
                self.blob += record
        self.twin.lists[kind].append(Entry(values, ref))


def shares(cost: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to share a cost, at least 1 each, those with a small first part first."""
    if parts == 1 and cost >= 1:
        yield (cost,)
    for first in range(1, cost - parts + 2) if parts > 1 else ():
        for others in shares(cost - first, parts - 1):
            yield (first, *others)


def chunks(segments: list[Segment]) -> Iterator[list[Segment]]:
    """Blocks in requests of so many combinations; large blocks in several."""
    chunk: list[Segment] = []
    for segment in segments:
        first = 0
        while first < segment.length:
            length = min(segment.length - first, CHUNK - sum(part.length for part in chunk))
            chunk.append(segment._replace(first=first, length=length))
            first += length
            if sum(part.length for part in chunk) == CHUNK:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def both(task_id: str, cost: int, node_fuel: int) -> tuple[Player, EnumerationReport]:
    """A search played here up to a cost, and what the native search tells of the same."""
    task = load_set()[task_id].challenge
    grammar = default_grammar(task).restricted(*KINDS)
    # Nothing is shown to the goals, so the last level is leaves alone.
    grammar = replace(grammar, kinds=tuple(replace(kind, is_offered=False) for kind in grammar.kinds))
    player = Player(task, grammar, node_fuel)
    player.play(cost)
    limits = EnumerationLimits(nodes=None, answers=None, cost=cost + 1, node_fuel=node_fuel)
    search = Enumeration(task, limits, grammar)
    for _ in search:
        pass
    return player, search.report


@pytest.mark.parametrize(
    ("task_id", "cost", "node_fuel"), [("0520fde7", 20, 12_000), ("22168020", 21, 400), ("447fd412", 22, 12_000)]
)
def test_the_native_search_counts_the_same(task_id: str, cost: int, node_fuel: int) -> None:
    player, report = both(task_id, cost, node_fuel)
    counts = player.applied, player.unique, player.duplicates, player.failed
    assert counts == (report.applied, report.unique, report.duplicates, report.failed)
    assert player.applied > 5_000
    assert player.unknown < 0.05 * player.applied


@pytest.mark.parametrize(("task_id", "node_fuel"), [("0e206a2e", 12_000), ("22168020", 60), ("846bdb03", 200)])
def test_the_native_search_spends_the_same(task_id: str, node_fuel: int) -> None:
    """So far the goals spend a unit for each level and no more."""
    player, report = both(task_id, 14, node_fuel)
    assert player.fuel > 5_000
    assert player.fuel + report.cost == report.fuel
