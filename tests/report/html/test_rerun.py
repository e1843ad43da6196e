"""Programs run again for a page: what they give, and where it ends."""

from __future__ import annotations

import pytest

from arcbatt.errors import InputError
from arcbatt.report.html.rerun import Rerun
from support.tasks import mirror_task

MIRROR = "def solve(I):\n    return vmirror(I)\n"


def test_outputs_values_and_failures() -> None:
    task = mirror_task(test_known=False)
    right = Rerun().on(task, "solve", MIRROR)
    assert [(run.output, run.is_right) for run in right] == [
        ("10/02", True), ("003/040", True), ("065/211/300", None),
    ]  # fmt: skip
    number = Rerun().on(task, "solve", "def solve(I):\n    return height(I)\n")
    assert [(run.output, run.words, run.is_right) for run in number] == [
        (None, "2", False), (None, "2", False), (None, "3", None),
    ]  # fmt: skip
    failed = Rerun().on(task, "solve", "def solve(I):\n    return first(ofcolor(I, NINE))\n")
    assert failed[0].output is None
    assert "first" in failed[0].words
    assert (failed[0].is_right, failed[2].is_right) == (False, None)


def test_the_bound_is_on_the_fuel_of_all() -> None:
    rerun = Rerun(fuel=1)
    assert not rerun.is_spent
    rerun.on(mirror_task(), "solve", MIRROR)
    assert rerun.is_spent


@pytest.mark.parametrize("text", ["", "x = 1", "def solve(I):\n    return nope(I)\n", MIRROR + MIRROR, "\x00", "("])
def test_texts_that_cannot_be_read_are_refused_on_one_line(text: str) -> None:
    with pytest.raises(InputError, match="solve") as caught:
        Rerun().on(mirror_task(), "solve", text)
    assert "\n" not in str(caught.value)
