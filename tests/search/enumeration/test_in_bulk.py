"""A search for which a device works finds, counts and ends as one without."""

from __future__ import annotations

import random
from typing import Any

import pytest

from arcbatt.arc import Challenge
from arcbatt.search.enumeration import (
    Enumeration,
    EnumerationLimits,
    Grammar,
)
from support.bulk_twin import TwinDevice
from support.small_search import SMALL, TASK
from support.twins import needs_native

pytestmark = needs_native


def searched(task: Challenge, grammar: Grammar, limits: EnumerationLimits, device: Any = None, least: int = 1,
             most: int = 1000, steps: int | None = None) -> tuple[Any, ...]:
    search = Enumeration(task, limits, grammar)
    native = search._search
    if device is not None:
        native.work_in_bulk(device.rules, least, most)
    found = []
    rng = random.Random(3)
    while search.report.end is None:
        found += search.advance(None if steps is None else rng.randint(1, steps))
        if native.is_waiting():
            native.give(*device.answer(native.wanted()))
    entries = [(e.root, e.kind, e.cost, e.values) for e in search.entries()]
    r = search.report
    return [(f.program.text, f.cost, f.goal) for f in found], entries, search.partial_fits, [p.text for p in search.near_misses()], (r.applied, r.unique, r.duplicates, r.failed, r.fuel, r.answers, r.cost, r.end)

@pytest.mark.parametrize("unsure", [0.0, 0.2])
def test_small(unsure):
    for limits in (EnumerationLimits(cost=9), EnumerationLimits(nodes=3000), EnumerationLimits(fuel=20000), EnumerationLimits(nodes=4000, node_fuel=15)):
        device = TwinDevice(TASK, SMALL, limits, unsure)
        a = searched(TASK, SMALL, limits)
        b = searched(TASK, SMALL, limits, device, steps=500)
        assert a[4] == b[4]
        assert a == b
        print(device.asked, a[4])
