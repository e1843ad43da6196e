"""Budgets: seconds become numbers that depend on nothing else; the total time bounds and never adds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arcbatt.search.solving import budget
from arcbatt.search.solving.budget import Allowance, Budget, Clock


def test_an_allowance_depends_on_the_seconds_alone() -> None:
    two, four, none = (Allowance.of(seconds) for seconds in (2.0, 4.0, 0.0))
    assert two == Allowance.of(2.0)
    assert four.nodes == pytest.approx(2 * two.nodes, abs=1)
    assert four.fuel == pytest.approx(2 * two.fuel, abs=1)
    assert four.programs == pytest.approx(2 * two.programs, abs=1)
    assert (none.nodes, none.fuel, none.programs) == (0, 0, 0)


def test_nine_tenths_of_the_time_are_given_out() -> None:
    given = Allowance.of(10.0)
    evolution = given.programs * budget.PROGRAM_S
    assert given.nodes * budget.NODE_S + evolution == pytest.approx(9.0, abs=0.01)
    assert given.fuel * budget.FUEL_S + evolution == pytest.approx(9.0, abs=0.01)


def test_enumeration_gets_no_more_than_its_memory_is_enough_for() -> None:
    given, more = Allowance.of(20.0), Allowance.of(60.0)
    assert given.nodes == more.nodes == round(4.0 / budget.NODE_S)
    assert given.fuel == more.fuel
    assert more.programs * budget.PROGRAM_S == pytest.approx(0.9 * 60 - 4, abs=0.01)


class TestClock:
    @pytest.fixture
    def now(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        """The time, to be moved by the test."""
        time = [100.0]
        monkeypatch.setattr(budget.time, "monotonic", lambda: time[0])
        return time

    def test_without_a_bound_every_task_has_its_own_seconds(self, now: list[float]) -> None:
        clock = Clock(Budget(2.0), 1, 3)
        now[0] += 1e6
        assert clock.allowance() == Allowance.of(2.0)
        assert clock.left_s() is None

    def test_a_bound_that_is_wide_changes_nothing(self, now: list[float]) -> None:
        clock = Clock(Budget(2.0, 100.0), 1, 3)
        for _ in range(3):
            assert clock.allowance() == Allowance.of(2.0)
            now[0] += 2.0
            clock.task_done()

    def test_a_bound_that_is_met_moves_the_clock_alone(self, now: list[float]) -> None:
        found = Clock(Budget(2.0, 7.0), 1, 3).allowance()
        assert found == replace(Allowance.of(2.0), stop_s=7 / 3)

    def test_what_is_left_is_shared(self, now: list[float]) -> None:
        clock = Clock(Budget(2.0, 3.0), 1, 3)
        assert clock.allowance() == Allowance.of(2.0, 1.0)
        now[0] += 0.5  # it took less: the others have more
        clock.task_done()
        assert clock.allowance() == Allowance.of(2.0, 1.25)

    def test_jobs_share_the_time_at_once(self, now: list[float]) -> None:
        assert Clock(Budget(2.0, 3.0), 2, 3).allowance() == Allowance.of(2.0, 2.0)
        assert Clock(Budget(2.0, 1.0), 8, 1).allowance() == Allowance.of(2.0, 1.0)

    def test_less_time_gives_smaller_numbers_and_is_marked(self) -> None:
        short, whole = Allowance.of(2.0, 1.0), Allowance.of(1.0)
        assert (short.nodes, short.programs, short.stop_s) == (whole.nodes, whole.programs, 1.0)
        assert short.is_shortened
        assert not Allowance.of(2.0, 2.0).is_shortened

    def test_nothing_is_left_in_the_end(self, now: list[float]) -> None:
        clock = Clock(Budget(2.0, 3.0), 1, 3)
        now[0] += 3.5
        assert clock.allowance() is None
