"""What a device has to answer to a search, worked out by the python primitives, a dict and a twin of the hashes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise, product
from struct import pack, unpack
from typing import Any

from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine.cuda.coverage import kernels
from arcbatt.engine.cuda.device import Device
from arcbatt.engine.cuda.enumeration.memory import SearchMemory
from arcbatt.engine.cuda.enumeration.rules import Production, rules_of
from arcbatt.engine.cuda.enumeration.wanted import LEFT_OUT, Answer, Segment, Status, Wanted
from arcbatt.engine.cuda.layout import SLOT_BYTES, unpack_value
from support.kernel_calls import pack_as
from support.native_cases import python_result
from support.twins import typed

LETTERS = {"grid": "G", "object": "O", "indices": "M", "color": "N", "count": "N", "truth": "N", "offset": "N"}
_SEARCHED = [
    kernel for kernel in kernels() if len(kernel.takes) <= 4 and {*kernel.takes, kernel.gives} <= {*LETTERS.values()}
]
"""The kernels that a search can call."""
_WORDS = (0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3)
_ALL = 2**64 - 1

Values = list[Any]
"""A value for each sample, or one for all."""


# ---- keys: rust/src/value/hash.rs and rust/src/search/key.rs


def _fold(a: int, b: int) -> int:
    whole = (a & _ALL) * (b & _ALL)
    return whole & _ALL ^ whole >> 64


def with_word(key: int, word: int) -> int:
    return _fold(key ^ _WORDS[0], (word & _ALL) ^ _WORDS[1])


def with_bytes(key: int, content: bytes) -> int:
    count = len(content)
    if count < 16:
        first, second = unpack("<QQ", content.ljust(16, b"\0"))
        return with_word(_fold(key ^ first, _WORDS[2] ^ second), count)
    first, second = key, key ^ _WORDS[3]
    for at in range(0, count // 32 * 32, 32):
        a, b, c, d = unpack("<4Q", content[at : at + 32])
        first, second = _fold(first ^ a, _WORDS[2] ^ b), _fold(second ^ c, _WORDS[0] ^ d)
    at = max(0, count - 32)
    a, b = unpack("<QQ", content[at : at + 16])
    c, d = unpack("<QQ", content[count - 16 :])
    first, second = _fold(first ^ a, _WORDS[2] ^ b), _fold(second ^ c, _WORDS[0] ^ d)
    return with_word(_fold(first, _WORDS[1] ^ second), count)


def with_places(key: int, places: Any) -> int:
    top, left = min(i for i, _ in places), min(j for _, j in places)
    key = with_word(key, (top & 0xFFFFFFFF) << 32 | left & 0xFFFFFFFF)
    height = max(i for i, _ in places) - top + 1
    for row in range(top, top + height):
        key = _fold(key ^ sum(1 << (j - left) for i, j in places if i == row), _WORDS[2])
    return with_word(key, height)


def with_value(key: int, value: Any, form: str) -> int:
    if form in ("color", "count", "truth"):
        return with_word(key, int(value))
    if form == "offset":
        return with_word(key ^ 1, (value[0] & 0xFFFFFFFF) << 32 | value[1] & 0xFFFFFFFF)
    if form == "indices":
        return with_places(key ^ 3, value)
    places = {place for _, place in value}
    colors = [color for color, _ in sorted(value, key=lambda cell: cell[1])]
    if len(set(colors)) == 1:
        return with_places(with_word(key ^ 4, colors[0]), places)
    return with_bytes(with_places(key ^ 5, places), bytes(colors))


def key_of(kind: int, form: str, values: Values, samples: int) -> int:
    key = with_word(kind << 32, kind)
    if form == "grid":
        return with_bytes(key, grids_record(values)) or 1
    for value in values if len(values) == samples else values * samples:
        key = with_value(key, value, form)
    return key or 1


# ---- records


def grids_record(grids: Values) -> bytes:
    sizes = bytes(chain.from_iterable((len(grid), len(grid[0])) for grid in grids))
    return sizes + bytes(chain.from_iterable(chain.from_iterable(grid) for grid in grids))


def record_of(form: str, values: Values) -> bytes | None:
    """The record, a multiple of 8; None where some value has no form on a device."""
    if form == "grid":
        record = grids_record(values)
        return record.ljust((len(record) + 7) // 8 * 8, b"\0")
    slots = [pack_as(value, LETTERS[form]) for value in values]
    return None if None in slots else b"".join(slot for slot in slots if slot is not None)


def values_in(form: str, record: bytes, samples: int) -> Values:
    """The values of a record."""
    if form != "grid":
        size = SLOT_BYTES[LETTERS[form]]
        found = [unpack_value(record[at : at + size]) for at in range(0, len(record), size)]
        return [value[0] for value in found if value is not None]
    sizes, at = record[: 2 * samples], 2 * samples
    grids: Values = []
    for height, width in zip(sizes[::2], sizes[1::2], strict=True):
        grids.append(tuple(tuple(record[at + i * width : at + (i + 1) * width]) for i in range(height)))
        at += height * width
    return grids


def admits(form: str, value: Any) -> bool:
    """rust/src/search/form.rs."""
    if form == "grid":
        return pack_as(value, "G") is not None and all(cell < 10 for row in value for cell in row)
    if form in ("object", "indices"):
        return type(value) is frozenset and bool(value) and _are_places(value, form == "object")
    if form == "truth":
        return type(value) is bool
    if form == "offset":
        return (
            type(value) is tuple and len(value) == 2
            and all(type(part) is int and abs(part) <= 1000 for part in value)
        )  # fmt: skip
    return type(value) is int and (0 <= value <= 9 if form == "color" else abs(value) <= 1000)


def _are_places(value: frozenset[Any], have_colors: bool) -> bool:
    """Whether a set is one of locations within 64 x 64, or of cells on different ones of them."""
    cells = value if have_colors else {(0, place) for place in value}
    for cell in cells:
        if type(cell) is not tuple or len(cell) != 2 or type(cell[0]) is not int or not 0 <= cell[0] <= 9:
            return False
        if type(cell[1]) is not tuple or list(map(type, cell[1])) != [int, int]:
            return False
    rows, columns = {i for _, (i, _) in cells}, {j for _, (_, j) in cells}
    is_near = max(max(rows) - min(rows), max(columns) - min(columns)) < 64
    return is_near and len({place for _, place in cells}) == len(cells)


# ---- searches


@dataclass
class Entry:
    """An entry of a kind: its values, and what a device knows it by."""

    values: Values
    ref: int


@dataclass
class TwinSearch:
    """A search as the contract has it, and what a device was told of it."""

    forms: list[str]
    productions: list[Production]
    samples: int
    node_fuel: int
    outputs: Values
    lists: dict[int, list[Entry]] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)
    unknown: int = 0
    """Combinations that a device could not tell though the primitive gives a value."""
    could: int = 0
    """Combinations that it could perhaps tell."""

    def __post_init__(self) -> None:
        self.rules = rules_of(self.forms, self.productions)
        self._calls: dict[Any, tuple[str, Any, int]] = {}

    def open(self, device: Device) -> SearchMemory:
        record = grids_record(self.outputs)
        return SearchMemory(device, self.rules, self.samples, self.node_fuel, record, len(self.outputs))

    def combinations(self, segment: Segment) -> Iterator[tuple[int, ...]]:
        """The places of a block's combinations in order, by argument."""
        production = self.productions[segment.rule]
        grids_first = sorted(range(len(segment.ranges)), key=lambda k: self.forms[production.arguments[k]] != "grid")
        for digits in product(*(range(*segment.ranges[place]) for place in grids_first)):
            places = [digits[grids_first.index(place)] for place in range(len(grids_first))]
            if segment.is_twin:
                assert production.symmetric is not None
                first, second = production.symmetric
                if places[first] > places[second]:
                    continue
            yield tuple(places)

    def key(self, rule: int, places: Sequence[int]) -> int | None:
        """The key of what a combination gives; None without a value."""
        production = self.productions[rule]
        entries = [self.lists[kind][place] for kind, place in zip(production.arguments, places, strict=True)]
        if not self.rules[rule].is_covered or not all(entry.ref for entry in entries):
            return None
        _, values = self._worked_out(production, entries)
        form = self.forms[production.result]
        return None if values is None else key_of(production.result, form, values, self.samples)

    def check(self, wanted: Wanted, answer: Answer) -> list[tuple[int, Values, int]]:
        """Compares an answer with what it has to be; kind, values and reference of each new entry."""
        outcomes = unpack(f"<{wanted.combinations}I", answer.outcomes)
        told = [
            (segment.rule, places)
            for segment in wanted.segments
            for places in list(self.combinations(segment))[segment.first : segment.first + segment.length]
        ]
        assert len(told) == wanted.combinations
        self.known |= set(unpack(f"<{len(wanted.keys) // 8}Q", wanted.keys))
        expected = []
        for outcome, (rule, places) in zip(outcomes, told, strict=True):
            fresh = self._check_one(outcome, rule, places)
            expected += [] if fresh is None else [(rule, fresh)]
        return self._check_new(wanted, answer, expected)

    def _check_one(self, outcome: int, rule: int, places: tuple[int, ...]) -> Values | None:
        """The values of a combination if it is new."""
        production, what = self.productions[rule], (self.productions[rule], places, outcome)
        kinds = list(zip(production.arguments, places, strict=True))
        if production.is_distinct and len(set(kinds)) < len(kinds):
            assert outcome == LEFT_OUT, what
            return None
        entries = [self.lists[kind][place] for kind, place in kinds]
        if not self.rules[rule].is_covered or not all(entry.ref for entry in entries):
            assert outcome == Status.UNKNOWN, what
            return None
        fuel, values = self._worked_out(production, entries)
        self.could += values is not None
        if outcome == Status.UNKNOWN:
            assert not self.rules[rule].is_sure, what
            self.unknown += values is not None
            return None
        assert outcome >> 2 == fuel, (what, fuel)
        if values is None:
            assert outcome & 3 == Status.FAILED, what
            return None
        key = key_of(production.result, self.forms[production.result], values, self.samples)
        assert outcome & 3 == (Status.KNOWN if key in self.known else Status.NEW), what
        is_new = key not in self.known
        self.known.add(key)
        return values if is_new else None

    def _worked_out(self, production: Production, entries: Sequence[Entry]) -> tuple[int, Values | None]:
        primitive, form = REGISTRY[production.primitive], self.forms[production.result]
        is_one = form != "grid" and all(len(entry.values) == 1 for entry in entries)
        fuel, found = 0, []
        for sample in range(1 if is_one else self.samples):
            arguments = tuple(entry.values[sample if len(entry.values) > 1 else 0] for entry in entries)
            call = production.primitive, tuple(map(typed, arguments))
            if call not in self._calls:
                work = 0 if primitive.work is None else primitive.work(*arguments)
                self._calls[call] = (*python_result(primitive, arguments), work)
            kind, value, work = self._calls[call]
            fuel += 1 + (work >> 3)
            if fuel > self.node_fuel:
                return self.node_fuel + 1, None
            if kind != "ok" or not admits(form, value):
                return fuel, None
            found.append(value)
        return fuel, found

    def _check_new(
        self, wanted: Wanted, answer: Answer, expected: list[tuple[int, Values]]
    ) -> list[tuple[int, Values, int]]:
        sizes = unpack(f"<{len(expected)}I", answer.sizes)
        fits = unpack(f"<{len(expected)}I", answer.fits)
        offsets = list(accumulate(sizes, initial=0))
        assert len(answer.values) == offsets[-1]
        assert (answer.home != 0) == (wanted.is_kept and bool(expected))
        found = []
        for (rule, values), offset, size, fit in zip(expected, offsets, sizes, fits, strict=False):
            kind = self.productions[rule].result
            form, record = self.forms[kind], answer.values[offset : offset + size]
            assert size == len(record_of(form, values) or b"")
            assert typed(tuple(values_in(form, record, self.samples))) == typed(tuple(values))
            pairs = enumerate(zip(values, self.outputs, strict=False))
            right = sum((mine == theirs) << d for d, (mine, theirs) in pairs if d < 16 and form == "grid")
            assert fit == right
            ref = answer.home + offset + (len(values) == 1 and self.samples > 1)
            found.append((kind, values, ref if answer.home else 0))
        return found


def entries_of(search: TwinSearch, kind: int, values: list[Values]) -> tuple[bytes, tuple[int, bytes]]:
    """Entries of a kind for an empty search: the blob, and what a request says of them."""
    blob, entries = b"", []
    for item in values:
        record = record_of(search.forms[kind], item)
        assert record is not None
        entries.append(Entry(item, len(blob) | 2 | (len(item) < search.samples)))
        blob += record
    search.lists[kind] = entries
    return blob, (kind, pack(f"<{len(entries)}Q", *(entry.ref for entry in entries)))


class RandomSearch(TwinSearch):
    """A search of a random grammar with random entries, of all forms."""

    def __init__(self, rng: random.Random, samples: int | None = None, node_fuel: int | None = None) -> None:
        self.rng = rng
        forms = [*LETTERS, "grid", "offset", "function"]
        samples = samples or rng.choice([1, 2, 3, 5])
        fuel = node_fuel or rng.choice([6, 40, 300, 100_000])
        productions = [self._production(forms) for _ in range(40)]
        outputs = [self.value("grid") for _ in range(rng.randint(0, samples))]
        super().__init__(forms, productions, samples, fuel, outputs)
        self._pending: dict[int, list[Entry]] = {}
        self._blob = b""

    def _production(self, forms: list[str]) -> Production:
        rng = self.rng
        while True:
            kernel = rng.choice(_SEARCHED)
            kinds = [
                rng.choice([kind for kind, form in enumerate(forms) if LETTERS.get(form) == letter])
                for letter in kernel.takes + kernel.gives
            ]
            if rng.random() < 0.03:
                kinds[rng.randrange(len(kinds))] = forms.index("function")
            arguments = kinds[:-1]
            grids_first = sorted(range(len(arguments)), key=lambda k: forms[arguments[k]] != "grid")
            pairs = [pair for pair in pairwise(grids_first)
                     if pair[0] < pair[1] and arguments[pair[0]] == arguments[pair[1]]]  # fmt: skip
            symmetric = rng.choice(pairs) if pairs and rng.random() < 0.7 else None
            made = Production(kernel.primitive, arguments, kinds[-1], symmetric, rng.random() < 0.4)
            if rules_of(forms, [made])[0].is_covered or rng.random() < 0.1:
                return made

    def value(self, form: str) -> Any:
        rng = self.rng
        if form == "grid":
            most = rng.choice([2, 3, 3, 6, 30])
            height, width, colors = rng.randint(1, most), rng.randint(1, most), rng.sample(range(10), 3)
            return tuple(tuple(rng.choice(colors) for _ in range(width)) for _ in range(height))
        if form in ("object", "indices"):
            reach, colors = rng.choice([3, 5, 12, 29]), rng.sample(range(10), rng.choice([1, 2, 3]))
            places = {(rng.randint(-1, reach), rng.randint(-1, reach)) for _ in range(rng.choice([1, 2, 4, 9, 20]))}
            if form == "indices":
                return frozenset(places)
            rows, columns = {i for i, _ in places}, {j for _, j in places}
            places = {place for place in places if place[0] < min(rows) + 30 and place[1] < min(columns) + 30}
            return frozenset((rng.choice(colors), place) for place in places)
        if form == "offset":
            return (self.value("count"), self.value("count"))
        if form == "truth":
            return rng.random() < 0.5
        return rng.randint(0, 9) if form == "color" else rng.choice([rng.randint(-3, 7), rng.randint(-1000, 1000)])

    def grow(self, most: int = 4) -> list[tuple[int, bytes]]:
        """New entries of every kind, and those that :meth:`take` left; what a request says of them."""
        for kind, form in enumerate(self.forms):
            for _ in range(self.rng.randint(1, most)):
                self._add(kind, form)
        added = []
        for kind, entries in self._pending.items():
            self.lists.setdefault(kind, []).extend(entries)
            added.append((kind, pack(f"<{len(entries)}Q", *(entry.ref for entry in entries))))
        self._pending = {}
        return added

    def _keys_to_come(self, segments: Sequence[Segment]) -> list[int]:
        """The keys of some combinations that are asked for, as if the search had found what they give."""
        found = []
        for segment in segments:
            for places in list(self.combinations(segment))[segment.first : segment.first + segment.length]:
                key = self.key(segment.rule, places) if self.rng.random() < 0.3 else None
                found += [] if key is None else [key]
        return found

    def _add(self, kind: int, form: str) -> None:
        rng = self.rng
        if form == "function" or rng.random() < 0.05:
            values = [None if form == "function" else self.value(form) for _ in range(self.samples)]
            self._pending.setdefault(kind, []).append(Entry(values, 0))
            return
        is_one = form != "grid" and rng.random() < 0.4
        values = [self.value(form) for _ in range(1 if is_one else self.samples)]
        record = record_of(form, values)
        assert record is not None
        ref = len(self._blob) | 2 | (len(values) == 1 and self.samples > 1)
        self._blob += record
        self._pending.setdefault(kind, []).append(Entry(values, ref))

    def take(self, found: list[tuple[int, Values, int]]) -> None:
        """New entries that a device keeps become entries, of each kind in order; some are dropped."""
        for kind, values, ref in found:
            if ref and self.rng.random() < 0.8:
                self._pending.setdefault(kind, []).append(Entry(values, ref))

    def wanted(self, blocks: int = 12, most: int = 60) -> Wanted:
        """A request of so many random blocks, a stretch of each, with some keys."""
        rng, added = self.rng, self.grow()
        blob, self._blob = self._blob, b""
        segments = []
        for _ in range(blocks):
            rule = rng.randrange(len(self.productions))
            production, ranges = self.productions[rule], []
            for kind in production.arguments:
                length = len(self.lists[kind])
                start = rng.randrange(length)
                ranges.append((start, min(length, start + rng.randint(1, 5))))
            is_twin = production.symmetric is not None and rng.random() < 0.7
            if is_twin and production.symmetric is not None:
                ranges[production.symmetric[1]] = ranges[production.symmetric[0]]
            block = Segment(rule, tuple(ranges), is_twin, 0, 0)
            whole = len(list(self.combinations(block)))
            first = rng.choice([0, rng.randrange(whole)])
            segments.append(block._replace(first=first, length=min(most, rng.randint(0, whole - first))))
        keys = [rng.getrandbits(64) | 1 for _ in range(rng.choice([0, 3, 40]))]
        if rng.random() < 0.3:
            keys += self._keys_to_come(segments)
        return Wanted(segments, rng.random() < 0.8, pack(f"<{len(keys)}Q", *keys), blob, added)
