"""Curves of a page."""

from __future__ import annotations

from arcbatt.report.html.gathering.curves import calibration_of, right_against_cpu, solved_over_time
from arcbatt.report.html.page_data import AttemptData, ProgramOnTask, SampleData, SpanData, Standing, TaskData


def task(task_id: str, standing: Standing = "solved", attempts: tuple[AttemptData, ...] = ()) -> TaskData:
    programs = (ProgramOnTask("a" * 32, 2, 1.0, 2, 5, None),)
    samples = tuple(SampleData(name, "1", "1") for name in ("demo 1", "test 1", "test 2"))
    return TaskData(task_id, "d" * 32, "", standing, 1.0, samples=samples, programs=programs, attempts=attempts)


def attempt(test: int, place: int, probability: float | None, is_right: bool | None) -> AttemptData:
    return AttemptData(test, place, "1", probability, "right", (), (), (), is_right)


def span(task_id: str, start: float, cpu: float | None = 1.0, name: str = "") -> SpanData:
    return SpanData(1, task_id, name, start, 2.0, cpu)


TASKS = [task("a"), task("b", "near"), task("c", "demo")]
SPANS = [span("c", 5.0), span("a", 1.0), span("b", 0.0), span("a", 1.0, name="phase")]


def test_solved_over_time_counts_tasks_with_all_demo_samples() -> None:
    assert [(point.seconds, point.count) for point in solved_over_time(TASKS, SPANS)] == [(3.0, 1), (7.0, 2)]
    assert solved_over_time(TASKS, ()) == ()


def test_right_outputs_against_cpu_seconds() -> None:
    assert [(point.seconds, point.count) for point in right_against_cpu(TASKS, SPANS)] == [(1.0, 0), (2.0, 2), (3.0, 2)]
    tried = [task("a", attempts=(attempt(1, 1, 0.5, False), attempt(1, 2, 0.5, True), attempt(1, 3, 0.5, True),
                                 attempt(2, 3, 0.1, True)))]  # fmt: skip
    assert [point.count for point in right_against_cpu(tried, [span("a", 0.0)])] == [1]
    assert right_against_cpu([task("a", attempts=(attempt(1, 1, 0.5, None),))], [span("a", 0.0)]) == ()


def test_calibration_is_by_tenths_of_the_two_attempts() -> None:
    attempts = (attempt(1, 1, 1.0, True), attempt(1, 2, 0.93, False), attempt(1, 3, 0.95, True),
                attempt(2, 1, 0.31, None), attempt(2, 2, None, True), attempt(3, 1, 0.0, False))  # fmt: skip
    rows = calibration_of([task("a", attempts=attempts)])
    assert [(row.low, row.high, row.count, row.right, row.mean) for row in rows] == [
        (0.0, 0.1, 1, 0, 0.0), (0.9, 1.0, 2, 1, 0.965),
    ]  # fmt: skip
