"""Generations and pieces of work of a page."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from arcbatt.report.html.gathering.evolved import generations_of
from arcbatt.report.html.gathering.work import pieces_of
from arcbatt.report.html.page_data import GainData
from arcbatt.search.evolution.generation_line import Gain, GenerationLine, StepTiming
from arcbatt.store.records.task_times import TaskTime


def line(
    number: int, part: int, parts: int, programs: int, solved: int, gains: tuple[Gain, ...] = ()
) -> GenerationLine:
    timing = StepTiming.of(2.0, 1.0, programs)
    return GenerationLine(number, part, parts, ("a",), programs, 5, solved, (), gains, (), (), timing)


def test_parts_of_a_generation_are_one() -> None:
    gain = Gain("a", (0, 5_000), (1, 15_000))
    lines = [line(0, 1, 2, 100, 1), line(0, 2, 2, 50, 2), line(1, 1, 1, 40, 3, (gain,))]
    first, second = generations_of(lines, {"a": 2})
    assert (first.number, first.programs, first.new, first.solved, first.programs_per_s) == (0, 150, 10, 2, 37.5)
    assert (second.number, second.programs, second.solved) == (1, 40, 3)
    assert second.gains == (GainData("a", 0.25, 0.75),)


def test_a_gain_of_an_unknown_task_stays_a_share() -> None:
    (only,) = generations_of([line(0, 1, 1, 1, 0, (Gain("z", (0, -5), (9, 10**9)),))], {})
    assert only.gains == (GainData("z", 0.0, 1.0),)


def test_a_run_that_was_resumed_goes_on_where_the_first_ended() -> None:
    digest = "0" * 32
    times = [
        TaskTime(1, digest, 1, 0.5, 1.0, None), TaskTime(1, digest, 2, 0.0, 3.0, 1.0),
        TaskTime(4, digest, 1, 0.25, 1.0, 1.0),
    ]  # fmt: skip
    store = SimpleNamespace(task_times=lambda run_id: times)
    run: Any = SimpleNamespace(id=4, command="run")
    assert [piece.start_s for piece in pieces_of(cast(Any, store), run)] == [0.5, 0.0, 3.25]
