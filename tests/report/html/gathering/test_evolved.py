"""Generations and pieces of work of a page."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from arcbatt.report.html.gathering.evolved import _lines, generations_of
from arcbatt.report.html.gathering.work import pieces_of
from arcbatt.report.html.page_data import GainData
from arcbatt.results.json_form import to_json
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


def test_a_line_of_impossible_numbers_is_not_read() -> None:
    sound = line(3, 1, 1, 40, 3)
    odd = [
        replace(sound, generation=10**15),
        replace(sound, programs=-1),
        replace(sound, solved=10**30),
        replace(sound, timing=StepTiming(1e308, 1.0, 1.0)),
        replace(sound, timing=StepTiming(1.0, 1.0, -2.0)),
    ]
    assert _lines([to_json(item) for item in (*odd, sound)]) == ([sound], len(odd))


def test_a_rate_over_hardly_any_time_is_the_one_that_was_noted() -> None:
    (only,) = generations_of([replace(line(0, 1, 1, 40, 3), timing=StepTiming(1e-308, 1.0, 7.5))], {})
    assert only.programs_per_s == 7.5


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
