"""Budgets: seconds become numbers that depend on nothing else; the total time bounds and never adds."""

from __future__ import annotations

import pytest

from arcbatt.search.solving import budget
from arcbatt.search.solving.budget import Allowance, Budget, Clock


def test_an_allowance_depends_on_the_seconds_alone() -> None:
    two, four, none = Allowance.of(2.0), Allowance.of(4.0), Allowance.of(0.0)
    assert two == Allowance.of(2.0)
    assert (four.nodes, four.programs) == (2 * two.nodes, 2 * two.programs)
    assert 0 < two.nodes < 2 * budget.NODES_A_SECOND
    assert 0 < two.fuel < 2 * budget.FUEL_A_SECOND
    assert (none.nodes, none.fuel, none.programs) == (0, 0, 0)


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
        clock = Clock(Budget(2.0, 6.0), 1, 3)
        for _ in range(3):
            assert clock.allowance() == Allowance.of(2.0)
            now[0] += 2.0
            clock.task_done()

    def test_what_is_left_is_shared(self, now: list[float]) -> None:
        clock = Clock(Budget(2.0, 3.0), 1, 3)
        assert clock.allowance() == Allowance.of(1.0, is_shortened=True)
        now[0] += 0.5  # it took less: the others have more
        clock.task_done()
        assert clock.allowance() == Allowance.of(1.25, is_shortened=True)

    def test_jobs_share_the_time_at_once(self, now: list[float]) -> None:
        assert Clock(Budget(2.0, 3.0), 2, 3).allowance() == Allowance.of(2.0)
        assert Clock(Budget(2.0, 1.0), 8, 1).allowance() == Allowance.of(1.0, is_shortened=True)

    def test_nothing_is_left_in_the_end(self, now: list[float]) -> None:
        clock = Clock(Budget(2.0, 3.0), 1, 3)
        now[0] += 3.5
        assert clock.allowance() is None
