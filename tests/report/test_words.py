"""Numbers and results in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.report.words import counted, percent, printable, probability_in_words, samples_right, seconds_in_words


@pytest.mark.parametrize(("number", "text"), [(0, "0 tasks"), (1, "1 task"), (2, "2 tasks"), (1200, "1,200 tasks")])
def test_one_is_singular(number: int, text: str) -> None:
    assert counted(number, "task") == text


@pytest.mark.parametrize(("share", "text"), [
    (1.0, "100 %"), (0.99999, "99.9 %"), (0.975, "97.5 %"), (0.9, "90 %"), (0.0, "0 %"), (0.0004, "0 %"),
])  # fmt: skip
def test_only_what_is_whole_is_all_of_it(share: float, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(("probability", "text"), [
    (0.0, "<0.01"), (0.0049, "<0.01"), (0.005, "0.01"), (0.97, "0.97"), (0.9949, "0.99"), (0.995, ">0.99"),
    (1.0, ">0.99"),
])  # fmt: skip
def test_no_probability_is_certain(probability: float, text: str) -> None:
    assert probability_in_words(probability) == text


def test_what_is_unknown_has_a_question_mark() -> None:
    assert (samples_right(None, 1, "test"), samples_right(2, 3, "demo")) == ("?/1 test", "2/3 demo")


@pytest.mark.parametrize(("seconds", "text"), [
    (0.04, "0.0 s"), (9.9, "9.9 s"), (45, "45 s"), (720, "12 min"), (12_000, "3 h 20 min"),
])  # fmt: skip
def test_seconds(seconds: float, text: str) -> None:
    assert seconds_in_words(seconds) == text


@given(st.text())
def test_what_is_printed_is_one_line_of_the_same_length(text: str) -> None:
    assert printable(text).isprintable()
    assert len(printable(text)) == len(text)
    assert printable(text) == text or not text.isprintable()
