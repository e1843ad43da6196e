"""Curves of a page."""

from __future__ import annotations

from arcbatt.report.html.gathering.curves import calibration_of, right_against_cpu, solved_over_time
from arcbatt.report.html.gathering.work import Piece, seconds_by_task, spans_of
from arcbatt.report.html.page_data import AttemptData, ProgramOnTask, SampleData, SpanData, Standing, TaskData


def task(task_id: str, standing: Standing = "solved", attempts: tuple[AttemptData, ...] = ()) -> TaskData:
    programs = (ProgramOnTask("a" * 32, 2, 1.0, 2, 5, None),)
    samples = tuple(SampleData(name, "1", "1") for name in ("demo 1", "test 1", "test 2"))
    return TaskData(task_id, task_id * 32, "", standing, 1.0, samples=samples, programs=programs, attempts=attempts)


def attempt(test: int, place: int, probability: float | None, is_right: bool | None) -> AttemptData:
    return AttemptData(test, place, "1", probability, "right", (), (), (), is_right)


def piece(task_id: str, start: float, cpu: float | None = 1.0, step: int | None = None) -> Piece:
    return Piece(task_id * 32, step, 1, start, 2.0, cpu)


TASKS = [task("a"), task("b", "near"), task("c", "demo")]
PIECES = [piece("b", 0.0), piece("a", 1.0), piece("c", 5.0)]


def test_solved_over_time_counts_tasks_with_all_demo_samples() -> None:
    assert [(point.seconds, point.count) for point in solved_over_time(TASKS, PIECES, {})] == [(3.0, 1), (7.0, 2)]
    assert solved_over_time(TASKS, (), {}) == ()


def test_an_evolution_solves_a_task_in_its_step() -> None:
    steps = [piece("a", float(10 * step), step=step) for step in range(4)]
    (point,) = solved_over_time(TASKS, steps, {"a" * 32: 2})
    assert point.seconds == 22.0
    assert [(point.seconds, point.count) for point in right_against_cpu(TASKS, steps, {"a" * 32: 2})] == [(3.0, 2)]


def test_right_outputs_against_cpu_seconds() -> None:
    points = right_against_cpu(TASKS, PIECES, {})
    assert [(point.seconds, point.count) for point in points] == [(1.0, 0), (2.0, 2), (3.0, 2)]
    tried = [task("a", attempts=(attempt(1, 1, 0.5, False), attempt(1, 2, 0.5, True), attempt(1, 3, 0.5, True),
                                 attempt(2, 3, 0.1, True)))]  # fmt: skip
    assert [point.count for point in right_against_cpu(tried, [piece("a", 0.0)], {})] == [1]
    assert right_against_cpu([task("a", attempts=(attempt(1, 1, 0.5, None),))], [piece("a", 0.0)], {}) == ()
    assert right_against_cpu(TASKS, [piece("a", 0.0, None)], {}) == ()


def test_spans_and_seconds_are_by_task() -> None:
    pieces = [piece("a", 0.0, step=0), piece("a", 3.0, 0.5, step=1), piece("b", 1.0, None), piece("z", 0.0)]
    spans = spans_of(pieces, {"a" * 32: "a", "b" * 32: "b"})
    assert spans == (
        SpanData(1, "a", "generation 0", 0.0, 2.0, 1.0), SpanData(1, "a", "generation 1", 3.0, 2.0, 0.5),
        SpanData(1, "b", "", 1.0, 2.0, None),
    )  # fmt: skip
    assert seconds_by_task(pieces) == {"a" * 32: 1.5, "z" * 32: 1.0}


def test_calibration_is_by_tenths_of_the_two_attempts() -> None:
    attempts = (attempt(1, 1, 1.0, True), attempt(1, 2, 0.93, False), attempt(1, 3, 0.95, True),
                attempt(2, 1, 0.31, None), attempt(2, 2, None, True), attempt(3, 1, 0.0, False))  # fmt: skip
    rows = calibration_of([task("a", attempts=attempts)])
    assert [(row.low, row.high, row.count, row.right, row.mean) for row in rows] == [
        (0.0, 0.1, 1, 0, 0.0), (0.9, 1.0, 2, 1, 0.965),
    ]  # fmt: skip
