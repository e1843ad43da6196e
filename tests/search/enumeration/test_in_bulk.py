"""A search for which a device works finds, counts and ends as one without."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from arcbatt.arc import Challenge
from arcbatt.search.enumeration import EndReason, Enumeration, EnumerationLimits, Grammar, grid_grammar
from support.bulk_twin import TwinDevice
from support.enumerations import GRAMMARS, LIMITS, Found, found_by, small_tasks
from support.twins import needs_native

pytestmark = needs_native


class Driven:
    """A search that is gone on with until its end, answered by a device as a test says."""

    def __init__(self, task: Challenge, grammar: Grammar, limits: EnumerationLimits) -> None:
        self.search = Enumeration(task, limits, grammar)
        self.native: Any = self.search._search

    def go(self, serve: Callable[[Any], None] = lambda _: None, most: int | None = None) -> Found:
        return found_by(self.search, most, lambda: serve(self.native) if self.native.is_waiting() else None)


def served(device: TwinDevice) -> Callable[[Any], None]:
    return lambda native: native.give(*device.answer(native.wanted()))


@pytest.mark.parametrize("grammar", GRAMMARS)
@pytest.mark.parametrize("limits", LIMITS)
def test_a_device_changes_nothing(grammar: str, limits: str) -> None:
    for number, task in enumerate(small_tasks()):
        rules, bounds = GRAMMARS[grammar](task), LIMITS[limits]
        expected = Driven(task, rules, bounds).go()
        device = TwinDevice(task, rules, bounds, unsure=(0.0, 0.1, 0.5)[number % 3])
        driven = Driven(task, rules, bounds)
        driven.native.work_in_bulk(device.rules, (1, 20)[number % 2], (1_000, 77)[number // 2 % 2])
        assert driven.go(served(device), most=(None, 300, 1)[number % 3]) == expected
        assert sum(device.asked) > 0


def test_grids_are_left_to_a_device_but_for_leaves_and_small_levels() -> None:
    task = small_tasks()[1]
    grammar, limits = grid_grammar(task), EnumerationLimits(nodes=20_000)
    device = TwinDevice(task, grammar, limits)
    driven = Driven(task, grammar, limits)
    driven.native.work_in_bulk(device.rules, 50, 4_000)
    applied = driven.go(served(device))[4][0]
    assert applied == 20_000
    assert sum(device.asked) > 0.9 * applied
    assert max(device.asked) <= 4_000
    assert min(device.asked) >= 50


def test_less_is_asked_where_a_device_has_no_memory() -> None:
    task = small_tasks()[1]
    grammar, limits = grid_grammar(task), EnumerationLimits(nodes=5_000)
    expected = Driven(task, grammar, limits).go()
    device, rng = TwinDevice(task, grammar, limits), random.Random(1)
    driven = Driven(task, grammar, limits)
    driven.native.work_in_bulk(device.rules, 4, 1_000)

    def serve(native: Any) -> None:
        before = sum(count for *_, count in native.wanted()[0])
        if rng.random() < 0.5 and native.want_less():
            assert sum(count for *_, count in native.wanted()[0]) == before // 2
        native.give(*device.answer(native.wanted()))

    assert driven.go(serve) == expected
    assert len(device.asked) > 20


@pytest.mark.parametrize("answers", [0, 1, 5])
def test_a_lost_device_leaves_the_rest_to_the_search(answers: int) -> None:
    task = small_tasks()[2]
    grammar, limits = grid_grammar(task), EnumerationLimits(nodes=5_000)
    expected = Driven(task, grammar, limits).go()
    device = TwinDevice(task, grammar, limits)
    driven = Driven(task, grammar, limits)
    driven.native.work_in_bulk(device.rules, 1, 500)

    def serve(native: Any) -> None:
        if len(device.asked) < answers:
            native.give(*device.answer(native.wanted()))
        else:
            native.give_up()

    assert driven.go(serve, most=100) == expected
    assert len(device.asked) == answers


def test_what_is_no_answer_is_refused() -> None:
    task = small_tasks()[1]
    grammar, limits = grid_grammar(task), EnumerationLimits(nodes=3_000)
    expected = Driven(task, grammar, limits).go()
    device = TwinDevice(task, grammar, limits)
    driven = Driven(task, grammar, limits)
    driven.native.work_in_bulk(device.rules, 1, 500)

    def serve(native: Any) -> None:
        outcomes, sizes, fits, values, home = device.answer(native.wanted())
        if len(device.asked) < 3:
            native.give(outcomes, sizes, fits, values, home)
            return
        with pytest.raises(ValueError, match="outcomes"):
            native.give(outcomes[4:], sizes, fits, values, home)
        native.give_up()

    assert driven.go(serve) == expected
    with pytest.raises(ValueError, match="no answer"):
        driven.native.give(b"", b"", b"", b"", 0)


@pytest.mark.parametrize("grammar", ["grids", "single"])
def test_values_that_are_none_are_evaluated_by_the_search(grammar: str) -> None:
    task = small_tasks()[1]
    rules, limits = GRAMMARS[grammar](task), EnumerationLimits(nodes=3_000)
    expected = Driven(task, rules, limits).go()
    device, rng = TwinDevice(task, rules, limits), random.Random(1)
    driven = Driven(task, rules, limits)
    driven.native.work_in_bulk(device.rules, 1, 500)

    def serve(native: Any) -> None:
        outcomes, sizes, fits, values, home = device.answer(native.wanted())
        native.give(outcomes, sizes, fits, rng.choice([b"\xff", b"\0"]) * len(values), home)

    assert driven.go(serve) == expected


def test_the_time_that_it_waits_counts() -> None:
    task = small_tasks()[1]
    grammar, limits = grid_grammar(task), EnumerationLimits(nodes=10**9, seconds=0.2)
    device = TwinDevice(task, grammar, limits)
    driven = Driven(task, grammar, limits)
    driven.native.work_in_bulk(device.rules, 1, 500)

    def serve(native: Any) -> None:
        time.sleep(0.3)
        native.give(*device.answer(native.wanted()))

    *_, end = driven.go(serve)[4]
    assert end is EndReason.TIME
    assert len(device.asked) == 1
    assert driven.search.report.seconds >= 0.3


def test_a_search_waits_until_it_is_answered() -> None:
    task = small_tasks()[1]
    grammar, limits = grid_grammar(task), EnumerationLimits(nodes=3_000)
    driven = Driven(task, grammar, limits)
    driven.native.work_in_bulk(TwinDevice(task, grammar, limits).rules, 1, 500)
    for _ in range(10):
        driven.search.advance()
    assert driven.native.is_waiting()
    before = driven.search.report.applied
    assert driven.search.advance() == []
    assert driven.search.report.applied == before
