"""A function that is not Python costs itself only."""

from __future__ import annotations

import pytest

from arcbatt.program.parse import collect_programs

GOOD = "def solve_{}(I):\n    return vmirror(I)\n"


def told(text: str) -> tuple[list[str], list[tuple[int | None, str]]]:
    programs, refusals = collect_programs(text)
    return [program.name for program in programs], [(refusal.line, refusal.reason) for refusal in refusals]


@pytest.mark.parametrize(
    ("broken", "line", "reason"),
    [
        ("def solve_b(I):\n    return vmirror(I\n", 2, "not Python: '(' was never closed"),
        ("def solve_b(I:\n    return vmirror(I)\n", 1, "not Python: '(' was never closed"),
        ("def solve_b(I)\n    return vmirror(I)\n", 1, "not Python: expected ':'"),
        ("def solve_b(I):\n    return 'a\n", 2, "not Python: unterminated string literal"),
        ("def solve_b(I):\n    '''text\n    return I\n", 2, "not Python: unterminated triple-quoted string literal"),
        ("def solve_b(I):\nreturn I\n", 2, "not Python: expected an indented block"),
        ("def solve_b(I):\n    x = I\n      return x\n", 3, "not Python: unexpected indent"),
        ("def solve_b(I):\n    x = $\n    return x\n", 2, "not Python: invalid syntax"),
        ("def solve_b(I):\n    x = \x00\n    return x\n", 1, "not Python: source code string cannot contain null"),
        ("def solve_b(I):\n    return " + "(" * 300 + "I" + ")" * 300 + "\n", 2, "nested too deeply"),
        ("class solve_b(\n", 1, "not Python: '(' was never closed"),
        ("@cache(\ndef solve_b(I):\n    return I\n", 1, "not Python: "),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", GOOD.format("a"), "import dsl\n\n# a comment\nN = 3\n" + GOOD.format("a")])
def test_the_functions_around_a_broken_one_are_read(broken, line, reason, before):
    names, refusals = told(before + broken + GOOD.format("c") + "\n\n" + GOOD.format("d"))
    assert names == (["solve_a"] if before else []) + ["solve_c", "solve_d"]
    assert len(refusals) == 1
    assert refusals[0][0] == before.count("\n") + line
    assert refusals[0][1].startswith(reason)


def test_lines_in_reasons_are_those_of_the_file():
    text = GOOD.format("a") + "def solve_b(I):\nreturn I\n"
    assert told(text)[1] == [(4, "not Python: expected an indented block after function definition on line 3")]


def test_the_lines_of_what_follows_are_right():
    text = "def solve_a(I):\n    return trim(I\n\n\ndef solve_b(I):\n    return zyx(I)\n"
    assert told(text)[1] == [(2, "not Python: '(' was never closed"), (6, "unknown name zyx")]


def test_a_constant_after_a_broken_function_is_read():
    text = "def solve_a(I):\n    return trim(I\nN = 3\ndef solve_b(I):\n    return canvas(N, I)\n"
    assert told(text) == (["solve_b"], [(2, "not Python: '(' was never closed")])


def test_who_calls_a_broken_helper_is_refused_too():
    text = "def helper(x):\n    return trim(x\ndef solve_a(I):\n    return helper(I)\n" + GOOD.format("b")
    names, refusals = told(text)
    assert names == ["solve_b"]
    assert refusals[1] == (4, "helper is defined in this file (line 1); it is not Python")


def test_a_decorated_function_stays_decorated():
    text = "@cache\n\ndef solve_a(I):\n    return I\n" + "def f(\n" + "@a\n@b\nasync def solve_c(I):\n    return I\n"
    names, refusals = told(text)
    assert names == []
    assert len(refusals) == 3


def test_several_broken_ones_each_have_a_line():
    text = "".join(f"def solve_{i}(I):\n    return trim(I\n" + GOOD.format(f"good{i}") for i in range(4))
    programs, refusals = collect_programs(text)
    assert [program.name for program in programs] == [f"solve_good{i}" for i in range(4)]
    assert [refusal.line for refusal in refusals] == [2, 6, 10, 14]


def test_thousands_of_broken_lines_are_counted():
    programs, refusals = collect_programs("x = (\n" * 9_000 + GOOD.format("a"))
    assert ([program.name for program in programs], len(refusals)) == (["solve_a"], 9_000)
