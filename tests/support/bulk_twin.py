"""A device for enumerations in plain Python: slow, and right without any kernel."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import product
from struct import pack, unpack
from typing import Any

from arcbatt.arc import Challenge
from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine.cuda.enumeration.wanted import LEFT_OUT, Status
from arcbatt.engine.cuda.layout import SLOT_BYTES
from arcbatt.search.enumeration import EnumerationLimits, Grammar
from support.device_search import LETTERS, admits, record_of, values_in


class TwinDevice:
    """Answers what one search asks.

    Args:
        unsure: the share of combinations of which it cannot tell anything.
    """

    def __init__(self, task: Challenge, grammar: Grammar, limits: EnumerationLimits, unsure: float = 0.0) -> None:
        self.grammar = grammar
        self.asked: list[int] = []
        self._forms = [kind.form for kind in grammar.kinds]
        self._samples = len(task.samples)
        self._outputs = [output for _, output in task.pairs]
        self._fuel = limits.node_fuel
        self._lists: dict[int, list[Any]] = {number: [] for number in range(len(grammar.kinds))}
        self._kept: dict[int, tuple[Any, ...]] = {}
        self._seen: set[Any] = set()
        self._end = 64
        self._rng = random.Random(7)
        self._unsure = unsure

    @property
    def rules(self) -> list[bool]:
        """Which productions it evaluates."""
        forms = {kind.name: kind.form for kind in self.grammar.kinds}
        return [
            all(forms[kind] in LETTERS for kind in (*item.arguments, item.result)) for item in self.grammar.productions
        ]

    def answer(self, wanted: Any) -> tuple[bytes, bytes, bytes, bytes, int]:
        """The parts of what ``give`` takes."""
        segments, is_kept, _, blob, added = wanted
        for kind, refs in added:
            self._lists[kind] += [self._entry(kind, ref, blob) for ref in unpack(f"<{len(refs) // 8}Q", refs)]
        self.asked.append(sum(count for *_, count in segments))
        outcomes: list[int] = []
        records: list[tuple[bytes, int, tuple[Any, ...]]] = []
        for rule, ranges, is_twin, first, count in segments:
            combinations = list(self._combinations(rule, ranges, is_twin))
            assert 0 < count <= len(combinations) - first
            for entries, is_twice in combinations[first : first + count]:
                outcomes.append(LEFT_OUT if is_twice else self._outcome(rule, entries, records))
        home = self._end if is_kept else 0
        for record, _, values in records:
            if is_kept:
                self._kept[self._end] = values
            self._end += len(record)
        sizes, fits = [len(record) for record, _, _ in records], [fit for _, fit, _ in records]
        return (
            pack(f"<{len(outcomes)}I", *outcomes), pack(f"<{len(sizes)}I", *sizes), pack(f"<{len(fits)}I", *fits),
            b"".join(record for record, _, _ in records), home,
        )  # fmt: skip

    def _entry(self, kind: int, ref: int, blob: bytes) -> tuple[Any, ...] | None:
        """The values of an entry, one or one a sample; None where it has no form."""
        if ref == 0:
            return None
        number, count = ref & ~7, 1 if ref & 1 else self._samples
        if not ref & 2:
            values = self._kept[number]
            assert len(values) == count
            return values
        form = self._forms[kind]
        # A record of grids tells its end, one of slots does not.
        length = len(blob) if form == "grid" else count * SLOT_BYTES[LETTERS[form]]
        return tuple(values_in(form, blob[number : number + length], count))

    def _combinations(
        self, rule: int, ranges: Sequence[tuple[int, int]], is_twin: bool
    ) -> Iterator[tuple[list[Any], bool]]:
        production, numbers = self.grammar.productions[rule], self.grammar.numbers
        kinds = [numbers[kind] for kind in production.arguments]
        order = sorted(range(len(kinds)), key=lambda place: self._forms[kinds[place]] != "grid")
        for chosen in product(*(range(*ranges[place]) for place in order)):
            places = dict(zip(order, chosen, strict=True))
            if is_twin and production.symmetric is not None:
                first, second = production.symmetric
                if places[second] < places[first]:
                    continue
            entries = [(kinds[place], places[place]) for place in range(len(kinds))]
            is_twice = production.is_distinct and len(set(entries)) < len(entries)
            yield [self._lists[kind][place] for kind, place in entries], is_twice

    def _outcome(self, rule: int, entries: list[Any], records: list[tuple[bytes, int, tuple[Any, ...]]]) -> int:
        production = self.grammar.productions[rule]
        if None in entries or self._rng.random() < self._unsure:
            return Status.UNKNOWN
        form, primitive = self._forms[self.grammar.numbers[production.result]], REGISTRY[production.primitive]
        is_one = form != "grid" and all(len(entry) == 1 for entry in entries) and self._samples > 1
        values, fuel = [], 0
        for sample in range(1 if is_one else self._samples):
            arguments = [entry[0] if len(entry) == 1 else entry[sample] for entry in entries]
            work = 0 if primitive.work is None else primitive.work(*arguments)
            fuel += 1 + (work >> 3)
            if fuel > self._fuel:
                return (self._fuel + 1) << 2 | Status.FAILED
            try:
                value = primitive.function(*arguments)
            except Exception:
                return fuel << 2 | Status.FAILED
            if not admits(form, value):
                return fuel << 2 | Status.FAILED
            if form != "grid" and record_of(form, [value]) is None:
                return Status.UNKNOWN
            values.append(value)
        key = (production.result, tuple(map(repr, values * (self._samples if is_one else 1))))
        if form in ("object", "indices"):
            key = (production.result, tuple(values * (self._samples if is_one else 1)))
        if key in self._seen:
            return fuel << 2 | Status.KNOWN
        self._seen.add(key)
        record = record_of(form, values)
        assert record is not None
        records.append((record, self._fits(form, values), tuple(values)))
        return fuel << 2 | Status.NEW

    def _fits(self, form: str, values: Sequence[Any]) -> int:
        if form != "grid":
            return 0
        pairs = zip(values, self._outputs[:16], strict=False)
        return sum(1 << demo for demo, (value, output) in enumerate(pairs) if value == output)
