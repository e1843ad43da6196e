"""Columns of plain text: whole on narrow terminals, cut where that is allowed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arcbatt.report.columns import Column, columns_text

COLUMNS = [Column("name", can_be_cut=True), Column("count", is_right=True), Column("reason", can_be_cut=True)]
cells = st.text(st.characters(categories=("L", "N"), max_codepoint=0x24F), max_size=60)
tables = st.lists(st.tuples(cells, st.integers(0, 10**9).map(str), cells), max_size=6)


def lines(rows: list[tuple[str, str, str]], width: int | None = None) -> list[str]:
    return list(columns_text(COLUMNS, rows, width))


def test_numbers_stand_at_the_right_and_words_at_the_left() -> None:
    assert lines([("a", "5", "why"), ("bcd", "1234567", "x")]) == [
        "name    count  reason", "a           5  why", "bcd   1234567  x",
    ]  # fmt: skip


def test_the_widest_column_is_cut_first_and_says_so() -> None:
    (_, line) = lines([("n" * 10, "5", "r" * 50)], 40)
    assert line == "nnnnnnnnnn      5  " + "r" * 18 + "..."
    assert len(line) == 40


def test_numbers_are_never_cut() -> None:
    (_, line) = lines([("n" * 30, "123456789", "r" * 30)], 10)
    assert "123456789" in line
    assert line == "nnnnn...  123456789  rrrrr..."


@given(tables, st.integers(30, 120))
def test_no_line_is_wider_than_can_be_achieved(rows: list[tuple[str, str, str]], width: int) -> None:
    for line in lines(rows, width):
        assert len(line) <= max(width, 8 + 2 + 10 + 2 + 8)


@given(tables)
def test_without_a_width_nothing_is_cut(rows: list[tuple[str, str, str]]) -> None:
    found = lines(rows)
    assert len(found) == len(rows) + 1
    for row, line in zip(rows, found[1:], strict=True):
        assert all(cell in line for cell in row)


def test_no_rows_are_a_heading() -> None:
    assert lines([], 80) == ["name  count  reason"]


NARROW = [Column("task"), Column("calls", is_right=True, drop=2), Column("fuel", is_right=True, drop=1),
          Column("first reason", is_text=True)]  # fmt: skip
ROW = ("007bbfb7", "12", "445", "the container is empty, and no element meets the condition")


def test_columns_are_left_out_in_their_order_and_told() -> None:
    headings, *_ = columns_text(NARROW, [ROW], 36)
    assert headings.split() == ["task", "calls", "first", "reason"]
    assert " ".join(columns_text(NARROW, [ROW], 36)).endswith("columns: fuel")
    headings, *_ = columns_text(NARROW, [ROW], 30)
    assert headings.split() == ["task", "first", "reason"]
    assert list(columns_text(NARROW, [ROW], 200)) == list(columns_text(NARROW, [ROW]))


def test_a_sentence_goes_on_below_and_keeps_every_word() -> None:
    lines = list(columns_text(NARROW, [ROW], 36))
    assert all(len(line) <= 36 for line in lines)
    text = " ".join(line[17:] for line in lines[1:-2])
    assert " ".join(text.split()) == ROW[-1]
