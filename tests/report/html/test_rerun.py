"""Programs run again for a page: what they give, and which are refused."""

from __future__ import annotations

import pytest

from arcbatt.program.parse import parse_programs
from arcbatt.report.html.rerun import Rerun, read_solver, rerun
from support.tasks import mirror_task

MIRROR = "def solve(I):\n    return vmirror(I)\n"
TEXTS = (MIRROR, "def solve(I):\n    return height(I)\n", "def solve(I):\n    return first(ofcolor(I, NINE))\n")


def test_outputs_values_and_failures() -> None:
    programs = [parse_programs(text)[0] for text in TEXTS]
    md5s = tuple(program.md5 for program in programs)
    (found,) = rerun([Rerun(mirror_task(test_known=False), md5s)], programs, "python")
    assert not isinstance(found, str)
    right, number, failed = (found[md5] for md5 in md5s)
    assert [(run.output, run.is_right) for run in right] == [
        ("10/02", True), ("003/040", True), ("065/211/300", None),
    ]  # fmt: skip
    assert [(run.output, run.words, run.is_right) for run in number] == [
        (None, "2", False), (None, "2", False), (None, "3", None),
    ]  # fmt: skip
    assert failed[0].output is None
    assert "first" in failed[0].words
    assert (failed[0].is_right, failed[2].is_right) == (False, None)


def test_nothing_to_run_needs_no_engine() -> None:
    assert rerun([Rerun(mirror_task(), ())], [], "no such engine") == [{}]


@pytest.mark.parametrize("text", [
    "", "x = 1", "def solve(I):\n    return nope(I)\n", MIRROR + MIRROR, "\x00", "(", MIRROR,
])  # fmt: skip
def test_texts_that_cannot_be_read_or_are_anothers_are_told_on_one_line(text: str) -> None:
    found = read_solver("0" * 32, text)
    assert isinstance(found, str)
    assert found.startswith("cannot be read here: ")
    assert "\n" not in found
