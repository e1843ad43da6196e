"""One result of a program on a task: nearness, rank, what is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.engine.outcome import Failure, FailureKind
from arcbatt.engine.verdict import Verdict
from arcbatt.results import FULL_SHARE, ProgramResult, nearness_of, rank_of, shares_of, t_log

FAILED = Verdict("", False, False, 3, Failure(FailureKind.ERROR, 1, "first", "empty"))
RIGHT = Verdict("0" * 16, True, True, 5, None, 4)
NEARLY = Verdict("1" * 16, True, False, 6, None, 3)
UNKNOWN = Verdict("2" * 16, True, None, 1, None, 0)
TIMED_OUT = Verdict("", False, False, 0, Failure(FailureKind.TIMEOUT, 0, "", "time"))


def result(*demo: Verdict, test: tuple[Verdict, ...] = ()) -> ProgramResult:
    return ProgramResult("a" * 32, "solve_a", 2, demo, test, (4,) * len(demo))


@given(st.integers(1, 900), st.integers(0, 900))
def test_only_what_is_right_in_every_cell_has_the_full_share(cells: int, right: int) -> None:
    (share,) = shares_of([min(right, cells)], [cells])
    assert 0 <= share <= FULL_SHARE
    assert (share == FULL_SHARE) == (right >= cells)


@given(st.lists(st.integers(0, FULL_SHARE), min_size=1, max_size=5))
def test_nearness_counts_solved_samples_before_cells(shares: list[int]) -> None:
    right, total = nearness_of(shares)
    assert right == sum(share == FULL_SHARE for share in shares)
    assert total == sum(shares)


def test_counts_samples_cells_fuel_and_failures() -> None:
    found = result(RIGHT, NEARLY, FAILED, test=(FAILED,))
    assert (found.demo_right, found.demo_count, found.test_right, found.test_count) == (1, 3, 0, 1)
    assert found.shares == (FULL_SHARE, 7_500, 0)
    assert found.nearness == (1, 17_500)
    assert found.near == pytest.approx(1.75 / 3)
    assert found.fuel == 5 + 6 + 3 + 3
    assert found.failures == {"error": 2}
    assert found.first_failure == FAILED.failure
    assert found.is_candidate
    assert not found.solves_demo
    assert found.t_log is None


def test_solved_needs_all_samples_and_known_test_outputs() -> None:
    assert result(RIGHT, test=(RIGHT,)).solves_all
    assert not result(RIGHT, test=(NEARLY,)).solves_all
    unknown = result(RIGHT, test=(RIGHT, UNKNOWN))
    assert unknown.test_right is None
    assert unknown.solves_demo
    assert not unknown.solves_all


def test_what_gives_no_grid_on_a_demo_sample_is_no_candidate() -> None:
    assert not result(FAILED, test=(RIGHT,)).is_candidate


def test_what_time_cut_off_is_marked() -> None:
    assert result(RIGHT, test=(TIMED_OUT,)).is_cut_off
    assert not result(RIGHT, FAILED).is_cut_off


def test_the_rank_is_demo_samples_then_cells_then_size_then_fuel_then_md5() -> None:
    order = [
        rank_of((2, 20_000), 9, 9, "f"), rank_of((1, 19_000), 9, 9, "f"), rank_of((1, 18_000), 1, 9, "f"),
        rank_of((1, 18_000), 2, 1, "f"), rank_of((1, 18_000), 2, 2, "a"), rank_of((1, 18_000), 2, 2, "b"),
        rank_of((0, 19_999), 1, 1, "a"),
    ]  # fmt: skip
    assert sorted(order) == order


def test_test_results_and_seconds_change_no_rank() -> None:
    one = result(NEARLY, test=(RIGHT,))
    other = replace(result(NEARLY, test=(replace(NEARLY, fuel=RIGHT.fuel),)), seconds=5.0)
    assert one.rank == other.rank


@pytest.mark.parametrize(("seconds", "expected"), [(1.0, 11), (0.0, 31), (0.001, 17), (100.0, 7)])
def test_t_log(seconds: float, expected: int) -> None:
    assert t_log(seconds) == expected
