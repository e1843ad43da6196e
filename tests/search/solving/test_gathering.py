"""Gathering: a program that fits ends nothing, enough ends everything, and what was found is kept apart."""

from __future__ import annotations

import pytest

from arcbatt.battery.battery import Battery
from arcbatt.program.parse import parse_programs
from arcbatt.runs import RunOptions
from arcbatt.search.ranking.candidates import Candidates
from arcbatt.search.solving.budget import Allowance
from arcbatt.search.solving.gathering import Gathered, gather
from arcbatt.search.solving.solve_settings import SolveSettings
from arcbatt.search.solving.solving_battery import SolvingBattery
from support.tasks import mirror_task
from support.twins import needs_native

TASK = mirror_task().challenge
RIGHT = "def solve_mirror(I):\n    return vmirror(I)\n"
NEAR = "def solve_near(I):\n    return hmirror(I)\n"
ALLOWANCE = Allowance(99.0, 60_000, 40_000_000, 300, 1_000_000)


def gathered(text: str, most_rounds: int = 99, engine: str = "native") -> tuple[Gathered, list[int]]:
    """What is gathered when it is enough after so many rounds, and the candidates at each of them."""
    seen: list[int] = []

    def is_enough(candidates: Candidates) -> bool:
        seen.append(candidates.count)
        return len(seen) > most_rounds

    opened = SolvingBattery(Battery.of(parse_programs(text)), RunOptions(engine))
    return gather(opened, TASK, SolveSettings(1), ALLOWANCE, is_enough), seen


@needs_native
def test_a_given_program_that_fits_does_not_end_the_search() -> None:
    found, seen = gathered(RIGHT)
    assert seen[0] == 1
    assert seen == sorted(seen)
    assert seen[-1] > 1
    assert found.reports.enumeration is not None
    assert {"given"} < set().union(*(one.families for one in found.candidates))


@needs_native
@pytest.mark.parametrize("rounds", [0, 1, 2])
def test_enough_ends_it_after_a_round(rounds: int) -> None:
    found, seen = gathered(RIGHT, rounds)
    assert len(seen) == rounds + 1
    report, whole = found.reports.enumeration, gathered(RIGHT)[0].reports.enumeration
    if rounds == 0:
        assert report is None
    else:
        assert report is not None
        assert whole is not None
        assert report.applied < whole.applied


@needs_native
def test_evolution_begins_only_where_nothing_fits() -> None:
    assert gathered(RIGHT)[0].reports.evolution is None
    assert gathered(NEAR, engine="python")[0].reports.evolution is not None


@needs_native
def test_right_programs_and_near_misses_are_kept_apart() -> None:
    found, _ = gathered(RIGHT + NEAR)
    assert all(lead.demo_right == len(TASK.demo) for lead in found.candidates.voices)
    assert found.near
    assert all(lead.demo_right < len(TASK.demo) for lead in found.near)


@needs_native
def test_the_same_comes_out_again() -> None:
    first, again = (gathered(NEAR)[0] for _ in range(2))
    assert [(one.outputs, one.count, one.families) for one in first.candidates] == [
        (one.outputs, one.count, one.families) for one in again.candidates
    ]
    assert [lead.program.md5 for lead in first.near] == [lead.program.md5 for lead in again.near]
    assert first.candidates.partial_fits == again.candidates.partial_fits
