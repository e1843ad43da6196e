"""Listings: an id that stands for several tasks shows which one is meant."""

from __future__ import annotations

from arcbatt.report.listing import LISTINGS, listing_text
from arcbatt.store import TaskRow


def row(task: str, digest: str) -> TaskRow:
    return TaskRow(task, digest * 32, 2, 1, 0, None, None, None, None, None, None, None)


def first_cells(rows: list[TaskRow]) -> list[str]:
    return [line.split("  ")[0] for line in listing_text(LISTINGS[TaskRow], rows, None)][1:]


def test_one_id_of_other_samples_comes_with_digits_of_the_digest() -> None:
    assert first_cells([row("1", "a"), row("1", "b"), row("2", "c")]) == ["1 (aaaaaa)", "1 (bbbbbb)", "2"]


def test_the_same_samples_twice_are_one_task() -> None:
    assert first_cells([row("1", "a"), row("1", "a")]) == ["1", "1"]
