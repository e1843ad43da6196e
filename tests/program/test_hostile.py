"""Whatever a text holds, reading it gives programs or refusals: no other exception, no warning, no effect."""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arcbatt.errors import InputError
from arcbatt.program.graph import Graph
from arcbatt.program.parse import collect_file, collect_programs
from arcbatt.program.reading import canonical, source, statements
from arcbatt.program.reading.canonical import read_canonical
from arcbatt.program.reading.source import MAX_BYTES
from arcbatt.program.refusals import ProgramError

PIECES = [
    "def f(x):\n    return trim(x)\n", "f(", "lambda: ", "x1, x2 = ",
    "def ", "solve", "differ_zo", "battery", "(", ")", "S, I", "C", ":", "\n", "    ", "\n    ", "return ", "x1",
    " = ", "trim(I)", "fill(I, 3, x1)", "rbind(fill, 3)", "(I)", ", ", "-", "7", "True", "None", "'a'", "f'{x1}'",
    "lambda x: x", "[", "]", "{", "}", "*", "**", "@", "class ", "if ", "else", "for x in I", "import os", "#", "\\",
    "from dsl import *", "\t", "\r", "\x0c", "\x00", "\ufeff", "é", "\udc80", "grid=", "1_0", "0x", "1e9", "...", ":=",
    "->", "global x",
    "async ", "await ", "'''", "\\N{x}", "1if 1else 1",
]  # fmt: skip


def check(text: str) -> None:
    programs, refusals = collect_programs(text, "hostile.py")
    assert programs or refusals
    for refusal in refusals:
        assert type(refusal) is ProgramError
        assert str(refusal).isprintable()
        assert len(str(refusal)) < 1000
    for program in programs:
        assert collect_programs(program.text).programs[0].text == program.text


@given(st.text())
@example("\x00")
@example("\udc80")
@example("0_")
@example("def solve(I):\n  return '\\d'\n")
@example("1()")
@example("def solve(I):\n  return 1if 1else 2\n")
def test_random_text(text):
    check(text)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_random_pieces(text):
    check(text)


@settings(max_examples=300)
@given(data=st.data())
def test_mutated_programs(data, programs):
    text = data.draw(programs).text
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 6))
        text = text[:start] + data.draw(st.sampled_from(["", *PIECES])) + text[start + length :]
    check(text)
    program = read_canonical(text)
    assert program is None or program.text == text


DEEP = {
    "calls in calls": "trim(" * 10_000 + "I" + ")" * 10_000,
    "calls of calls": "trim" + "()" * 100_000,
    "calls of calls with arguments": "trim" + "(I)" * 100_000,
    "tuples": "(" * 150 + "1" + ",)" * 150,
    "more tuples": "(" * 10_000 + ")" * 10_000,
    "minus": "-" * 100_000 + "1",
    "not": "not " * 100_000 + "1",
    "sum": "1" + "+1" * 100_000,
    "power": "1" + "**1" * 100_000,
    "attributes": "I" + ".a" * 100_000,
    "subscripts": "I" + "[0]" * 100_000,
    "lambdas": "lambda: " * 100_000 + "1",
    "conditionals": "1 if 1 else " * 100_000 + "1",
    "comparison": "1" + "<1" * 100_000,
    "comprehensions": "[a for a in " * 100_000,
    "f-strings": "f'" + "{f'" * 1000,
    "open brackets": "[{(" * 10_000,
    "strings": "'a' " * 100_000,
    "walrus": "(a:=" * 150 + "1" + ")" * 150,
    "digits": "9" * 1_000_000,
    "hexadecimal": "0x" + "f" * 1_000_000,
    "arguments": "trim(" + "I, " * 100_000 + ")",
    "keywords": "trim(" + "grid=I, " * 100_000 + ")",
    "long name": "a" * 1_000_000 + "(I)",
}


@pytest.mark.parametrize("expression", DEEP.values(), ids=DEEP)
def test_deep_and_long_expressions_are_refused(expression):
    for lines in (f"return {expression}", f"x1 = {expression}\n    return x1"):
        programs, refusals = collect_programs(f"def solve(S, I):\n    {lines}\n")
        assert programs == []
        assert len(refusals) == 1
        assert len(str(refusals[0])) < 500


def test_deep_statements_are_refused():
    nested = "".join("    " * i + "if I:\n" for i in range(1, 150))
    chained = "if I:\n  pass\n" + "elif I:\n  pass\n" * 50_000
    for text in (f"def solve(I):\n{nested}", chained, "@a\n" * 100_000 + "def solve(I): return I"):
        programs, refusals = collect_programs(text)
        assert programs == []
        assert refusals


def test_refusals_do_not_depend_on_how_deep_the_caller_is():
    text = "def solve(I):\n    return " + "trim(" * 190 + "I" + ")" * 190 + "\n"

    def deeper(levels: int) -> str:
        return deeper(levels - 1) if levels else collect_programs(text).programs[0].text

    assert deeper(sys.getrecursionlimit() // 2) == deeper(0)


def test_a_very_long_program_is_read():
    lines = "".join(f"    x = hconcat(x, trim({i}))\n" for i in range(10_000))
    program = collect_programs(f"def solve_a(I):\n    x = I\n{lines}    return x\n").programs[0]
    assert program.size == 20_000
    assert collect_programs(program.text, graph=program.graph).programs[0].root == program.root


def test_too_large_a_tuple_is_refused():
    refusal = collect_programs("def solve(I):\n    return (" + "1, " * 510_000 + ")\n").refusals[0]
    assert "more than 500,000 pieces of syntax" in str(refusal)
    with pytest.raises(InputError, match="constant: value of more than 500000 parts"):
        Graph().constant((1,) * 510_000)


@pytest.mark.parametrize(("text", "told"), [
    ("import " + "a." * 100_000 + "a\n", "dots"),
    ("import a" + ".\\\na" * 30_000 + "\n", "dots"),
    ("a;" * 600_000, "pieces of syntax"),
    ("x=" * 600_000, "pieces of syntax"),
])  # fmt: skip
def test_what_would_cost_the_parser_gigabytes_is_refused_before_it(text, told):
    assert told in str(collect_programs(text).refusals[0])


def test_refusals_of_one_file_are_counted_in_bounded_memory():
    text = "a\n" * 100_000 + "def solve(I):\n    return I\n"
    programs, refusals = collect_programs(text)
    assert [program.name for program in programs] == ["solve"]
    assert (len(refusals), len(list(refusals))) == (100_000, 5)


def test_syntax_errors_of_one_file_are_bounded(monkeypatch):
    monkeypatch.setattr(source, "MAX_SYNTAX_ERRORS", 50)
    programs, refusals = collect_programs("def f(\n" * 100 + "def solve(I):\n    return I\n")
    assert (programs, len(refusals)) == ([], 51)
    assert "the rest of the file is not read after 50 syntax errors" in str(refusals[-1])


def test_too_many_statements_are_refused(monkeypatch):
    for module in (statements, canonical):
        monkeypatch.setattr(module, "MAX_STATEMENTS", 1000)
    refusal = collect_programs("def solve(I):\n" + "    x = I\n" * 1000 + "    return x\n").refusals[0]
    assert (refusal.line, refusal.reason) == (1002, "more than 1,000 statements in one function")
    for count, kept in [(999, 1), (1000, 0)]:
        lines = "".join(f"    x{i + 1} = hconcat(I, {f'x{i}' if i else 'I'})\n" for i in range(count))
        assert len(collect_programs(f"def solve(S, I):\n{lines}    return x{count}\n").programs) == kept


def test_too_large_a_file_is_refused_unread(tmp_path):
    path = tmp_path / "large.py"
    with path.open("wb") as file:
        file.truncate(10**12)  # sparse: it takes no room on the disk
    assert "larger than 4,000,000 bytes; split it" in str(collect_file(path).refusals[0])
    assert "larger than" in collect_programs("#" * (MAX_BYTES + 1)).refusals[0].reason


def test_special_files_are_refused_without_waiting(tmp_path):
    pipe = tmp_path / "pipe.py"
    os.mkfifo(pipe)
    loop = tmp_path / "loop.py"
    loop.symlink_to(loop)
    for path in (pipe, loop, tmp_path, tmp_path / "missing.py", "/dev/zero", "/dev/tty", "", "a\x00b", "x" * 5000):
        programs, refusals = collect_file(path)
        assert programs == []
        assert len(refusals) == 1
        assert refusals[0].line is None
        assert "cannot be read: " in str(refusals[0]) or "not a regular file" in str(refusals[0])
        assert str(refusals[0]).count("cannot be read") <= 1
        assert not refusals[0].reason.startswith("cannot be read: /")  # the message names the file once


def test_nothing_is_executed(tmp_path):
    mark = tmp_path / "mark"
    touch = f"open({str(mark)!r}, 'w')"
    text = f"""
import antigravity, this
from nowhere import *
{touch}
@{touch}
def solve_a(I=({touch})) -> {touch}:
    return I
def solve_b(I: {touch}) -> {touch}:
    x: {touch} = I
    return x
class A({touch}): {touch}
__import__("os").abort()
"""
    programs, refusals = collect_programs(text)
    assert [program.name for program in programs] == ["solve_b"]
    assert len(refusals) == 4
    assert not mark.exists()
    assert "antigravity" not in sys.modules
