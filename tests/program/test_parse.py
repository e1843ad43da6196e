from __future__ import annotations

import pickle
import textwrap

import pytest

from arcbatt.errors import InputError
from arcbatt.program.graph import Graph
from arcbatt.program.parse import collect_file, collect_programs, parse_file, parse_programs
from arcbatt.program.program import Program
from arcbatt.program.refusals import ProgramError


def body_of(*lines: str, head: str = "def solve(S, I):") -> Program:
    return parse_programs("\n".join([head, *("    " + line for line in lines)]) + "\n")[0]


def result_of(*lines: str, head: str = "def solve(S, I):") -> str:
    """The statements of the canonical text, without heading and indentation."""
    return "; ".join(line.strip() for line in body_of(*lines, head=head).text.splitlines()[1:])


def refusal_of(*lines: str, head: str = "def solve(S, I):") -> ProgramError:
    with pytest.raises(ProgramError) as caught:
        body_of(*lines, head=head)
    return caught.value


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["x1 = trim(I)", "return x1"], "x1 = trim(I); return x1"),
        (["return trim(trim(I))"], "x1 = trim(I); x2 = trim(x1); return x2"),
        (["'docstring'", "O = trim(I)", "return O"], "x1 = trim(I); return x1"),
        (["# a comment", "x: Grid = trim(I)  # another", "return x"], "x1 = trim(I); return x1"),
        (["a = b = trim(I)", "return hconcat(a, b)"], "x1 = trim(I); x2 = hconcat(x1, x1); return x2"),
        (["x = trim(I)", "x = trim(x)", "return x"], "x1 = trim(I); x2 = trim(x1); return x2"),
        (["I = trim(I)", "return trim(I)"], "x1 = trim(I); x2 = trim(x1); return x2"),
        (["x = y = 1", "return canvas(x, (y, 3))"], "x1 = canvas(ONE, (1, 3)); return x1"),
        (["return canvas(NEG_ONE, (ONE, T))"], "x1 = canvas(NEG_ONE, (1, True)); return x1"),
        (["return canvas(-0x10, (1_0, -0))"], "x1 = canvas(-16, (10, 0)); return x1"),
        (["return canvas(9223372036854775807, -9223372036854775808)"],
         "x1 = canvas(9223372036854775807, -9223372036854775808); return x1"),
        (["return first(((1, (2,)), ()))"], "x1 = first(((1, (2,)), ())); return x1"),
        (["return fill(I, patch=asindices(I), value=3)"], "x1 = asindices(I); x2 = fill(I, THREE, x1); return x2"),
        (["return fill(value=3, patch=I, grid=I)"], "x1 = fill(I, THREE, I); return x1"),
        (["f = compose(trim, rot90)", "return f(I)"], "x1 = compose(trim, rot90); x2 = x1(I); return x2"),
        (["return compose(trim, rot90)(I)"], "x1 = compose(trim, rot90); x2 = x1(I); return x2"),
        (["return rbind(rbind(fill, I), 3)(I)()"],
         "x1 = rbind(fill, I); x2 = rbind(x1, THREE); x3 = x2(I); x4 = x3(); return x4"),
        (["t = trim", "return t(I)"], "x1 = trim(I); return x1"),
        (["trim = rot90", "return trim(I)"], "x1 = rot90(I); return x1"),
        (["TWO = 3", "return canvas(TWO, THREE)"], "x1 = canvas(THREE, THREE); return x1"),
        (["return (trim)(\n        I,\n    )"], "x1 = trim(I); return x1"),
        (["return ｔｒｉｍ(I)"], "x1 = trim(I); return x1"),  # noqa: RUF001 - Python reads it as trim
        (["a = trim(I); return a"], "x1 = trim(I); return x1"),
    ],
)  # fmt: skip
def test_accepted(lines, expected):
    assert result_of(*lines) == expected


@pytest.mark.parametrize(
    "head",
    [
        "def solve(I):",
        "def solve(C, I, S):",
        "def solve_00d62c1b(I: Grid) -> Grid:",
        "def solve(I: 'whatever'):",
        "def solve(S: __import__('os').abort(), I) -> exit(): # never evaluated",
    ],
)
def test_accepted_headings(head):
    assert result_of("return trim(I)", head=head) == "x1 = trim(I); return x1"


def test_kind_and_direction_come_from_the_name():
    names = ["solve", "verify_a_zo", "solve_"]
    names += ["differ", "differ_a", "differ_zo", "differ_a_zo_b", "differ_zoo", "differ_iz_zo"]
    programs = parse_programs("".join(f"def {name}(I):\n  return I\n" for name in names))
    assert [program.name for program in programs] == names
    assert [(p.kind, p.direction) for p in programs[:3]] == [("solver", None)] * 3
    assert [p.direction for p in programs[3:]] == ["iz", "iz", "zo", "zo", "iz", "zo"]


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        (["x = zyx(I)", "return x"], 2, "unknown name zyx"),
        (["return fil(I, 3, I)"], 2, "unknown name fil; did you mean fill?"),
        (["return canvas(FOURR, I)"], 2, "unknown name FOURR; did you mean FOUR?"),
        (["x = trim(I)", "return y"], 3, "unknown name y"),
        (["return C"], 2, "C is not a parameter of solve"),
        (["x = trim(y)", "y = I", "return x"], 2, "y is read before it is assigned"),
        (["trim = trim(I)", "return trim"], 2, "trim is read before it is assigned"),
        (["return trim()"], 2, "trim takes 1 argument, not 0"),
        (["return fill(I, 3)"], 2, "fill takes 3 arguments, not 2"),
        (["return fill(I, 3, I, I)"], 2, "fill takes 3 arguments, not 4"),
        (["return fill(I, 3, grid=I)"], 2, "fill: argument grid is given twice"),
        (["return fill(I, value=3, value=4)"], 2, "fill: argument value is given twice"),
        (["return fill(I, 3, pach=I)"], 2, "fill has no parameter pach; it has grid, value, patch"),
        (["return fill(value=3, patch=I)"], 2, "fill takes 3 arguments, not 2"),
        (["return fill(*I)"], 2, "a starred argument"),
        (["return fill(**I)"], 2, "a ** argument"),
        (["f = compose(trim, trim)", "return f(grid=I)"], 3, "a computed function takes positional arguments only"),
        (["return I(I)"], 2, "I is no function"),
        (["x = 3", "return x(I)"], 3, "3 is no function"),
        (["return (1, 2)(I)"], 2, "(1, 2) is no function"),
        (["return None"], 2, "None is not accepted"),
        (["return index(I, None)"], 2, "None is not accepted"),
        (["return 'a'"], 2, "a str literal is not accepted"),
        (["return b'a'"], 2, "a bytes literal"),
        (["return 1.5"], 2, "a float literal"),
        (["return 2j"], 2, "a complex literal"),
        (["return ..."], 2, "... is not accepted"),
        (["return f'{I}'"], 2, "an f-string"),
        (["return add(1, 2 + 3)"], 2, "an operator is not accepted"),
        (["return +1"], 2, "an operator"),
        (["return --1"], 2, "an operator"),
        (["return -True"], 2, "an operator"),
        (["return not I"], 2, "an operator"),
        (["return I and S"], 2, "an operator (and, or)"),
        (["return I == S"], 2, "a comparison"),
        (["return dsl.trim(I)"], 2, "an attribute"),
        (["return I[0]"], 2, "a subscript"),
        (["return [I]"], 2, "a list"),
        (["return {1: 2}"], 2, "a dict"),
        (["return {1}"], 2, "a set"),
        (["return [r for r in I]"], 2, "a comprehension"),
        (["return trim(r for r in I)"], 2, "a comprehension"),
        (["return 1 if I else 2"], 2, "a conditional expression"),
        (["return (x := I)"], 2, "an assignment inside an expression"),
        (["return await_ if 0 else (yield)"], 2, "a conditional expression"),
        (["x = (yield)", "return x"], 2, "yield"),
        (["return (1, *S)"], 2, "a starred expression"),
        (["return 9223372036854775808"], 2, "constant: integer beyond 64 bits"),
        (["return -9223372036854775809"], 2, "constant: integer beyond 64 bits"),
        (["return 0x" + "f" * 100_000], 2, "constant: integer beyond 64 bits"),
        (["return " + "9" * 5000], 2, "not Python: Exceeds the limit"),
        (["return " + "(" * 40 + ")," * 39 + ")"], 2, "constant: value of more than 32 levels"),
        (["x.y = I", "return x"], 2, "an assignment must be to names"),
        (["I[0] = I", "return I"], 2, "an assignment must be to names"),
        (["x: Grid", "return x"], 2, "an annotated assignment without a value"),
        (["x += I", "return x"], 2, "an augmented assignment"),
        (["trim(I)", "return I"], 2, "an expression whose value is not used"),
        (["x = I", "'text'", "return x"], 3, "an expression whose value is not used"),
        (["pass", "return I"], 2, "pass is not accepted"),
        (["for x in I: y = x", "return I"], 2, "a loop"),
        (["while I: x = I", "return I"], 2, "a loop"),
        (["if I: return I", "return I"], 2, "if is not accepted"),
        (["import os", "return I"], 2, "an import inside a function"),
        (["from os import path", "return I"], 2, "an import inside a function"),
        (["global x", "return I"], 2, "global"),
        (["del I", "return I"], 2, "del"),
        (["assert I", "return I"], 2, "assert"),
        (["raise I"], 2, "raise"),
        (["with I: pass", "return I"], 2, "with"),
        (["async def f(): pass", "return I"], 2, "an async function"),
        (["class A: pass", "return I"], 2, "a class"),
        (["try:", "  x = I", "finally:", "  x = I", "return x"], 2, "try"),
        (["match I:", "  case _: x = I", "return x"], 2, "match"),
        (["return"], 2, "returns nothing"),
        (["x = I"], 1, "solve does not end with a return"),
        (["'only a docstring'"], 1, "solve does not end with a return"),
        (["return I", "x = I"], 3, "a statement after return"),
        (["x = )"], 2, "not Python: unmatched ')'"),
        (["return trim(I", ""], 2, "not Python: '(' was never closed"),
    ],
)
def test_refused(lines, line, reason):
    refusal = refusal_of(*lines)
    assert reason in refusal.reason
    assert refusal.line == line
    assert str(refusal).startswith(f"<text>:{line}: ")


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("def solve(grid):", "parameter grid: the parameters of a program are S, I and C"),
        ("def solve(I, I):", "a parameter is given twice"),
        ("def solve(I=1):", "parameters must be plain names"),
        ("def solve(*I):", "parameters must be plain names"),
        ("def solve(**I):", "parameters must be plain names"),
        ("def solve(S, /, I):", "parameters must be plain names"),
        ("def solve(S, *, I):", "parameters must be plain names"),
        ("@cache\ndef solve(I):", "a decorator"),
        ("async def solve(I):", "an async function"),
        ("class solve:", "a class"),
        ("def solver(I):", "function solver is no program"),
        ("def verify(I):", "function verify is no program; expected one named solve, solve_*, verify_*, differ or "),
        ("def solve_é(I):", "is no program"),
        ("def solve_" + "a" * 95 + "(I):", "name of more than 100 characters"),
    ],
)
def test_refused_headings(head, reason):
    assert reason in refusal_of("return I", head=head).reason


def test_a_solver_does_not_see_c():
    refusal = refusal_of("x1 = trim(C)", "return x1", head="def solve(S, I, C):")
    assert (refusal.line, refusal.reason) == (3, "solve uses C; a solver sees I and S only")
    assert result_of("x1 = trim(C)", "return I", head="def solve(S, I, C):") == "return I"
    assert result_of("return trim(C)", head="def differ(S, I, C):") == "x1 = trim(C); return x1"


def test_one_refusal_a_function_and_the_rest_is_read():
    text = textwrap.dedent('''
        """A module."""
        from dsl import *
        import constants
        def solve_a(I):
            return trim(I)
        def helper(x):
            return x + 1
        def solve_b(I):
            x = helper(I)
            return foo(x)
        class Thing: pass
        LIMIT = 3
        if __name__ == "__main__":
            print(solve_a(None))
        def solve_c(I):
            return canvas(LIMIT, UNITY)
        def differ_d(I, C):
            return pair(I, C)
    ''')
    programs, refusals = collect_programs(text, "file.py")
    assert [program.name for program in programs] == ["solve_a", "solve_c", "differ_d"]
    assert programs[0].graph is programs[1].graph
    assert [str(refusal) for refusal in refusals] == [
        "file.py:8: an operator is not accepted; a program is assignments of calls of primitives, constants, ints, "
        "bools and tuples of them (in helper, which solve_b uses)",
        "file.py:12: a class is not accepted; a program file holds imports, functions and constants",
    ]
    with pytest.raises(ProgramError, match=r"file\.py:8"):
        parse_programs(text, "file.py")


@pytest.mark.parametrize(
    "definition",
    [
        "async def trim(x): return x",
        "class trim: pass",
        "import trim",
        "import numpy as trim",
        "from numpy import flip as trim",
        "from dsl import sort as trim",
        "trim = len",
        "trim += 1",
        "for trim in (): pass",
        "if 0:\n  from numpy import flip as trim",
        "try:\n  def trim(x): return x\nfinally: pass",
        "(trim := 3)",
        "with a as trim: pass",
    ],
)
def test_names_that_the_file_defines_are_not_taken_for_the_dsl(definition):
    programs, refusals = collect_programs(f"def solve(I):\n  return trim(I)\n{definition}\n")
    assert programs == []
    assert "trim is defined in this file (line 3)" in str(refusals[0])


def test_other_names_for_the_dsls_own_out_of_an_import():
    text = "from arc.dsl import vmirror as turn, trim\nfrom constants import (ONE as UNO)\ndef solve(I):\n"
    (program,) = parse_programs(text + "    return upscale(turn(trim(I)), UNO)\n")
    assert "upscale(x2, ONE)" in program.text


@pytest.mark.parametrize(
    "line", ["from dsl import *", "from dsl import trim", "import dsl", "from dsl import trim as trim"]
)
def test_plain_imports_are_ignored(line):
    assert len(parse_programs(f"{line}\ndef solve(I):\n  return trim(I)\n")) == 1


@pytest.mark.parametrize("text", ["", "# nothing\n", "'''doc'''\nimport dsl\n"])
def test_a_file_without_programs_is_refused(text):
    with pytest.raises(ProgramError, match="<text>:1: no program here; expected a function named solve"):
        parse_programs(text)


def test_same_name_twice_is_two_programs():
    programs = parse_programs("def solve(I):\n  return I\ndef solve(I):\n  return trim(I)\n")
    assert [program.name for program in programs] == ["solve", "solve"]
    assert programs[0].md5 != programs[1].md5


def test_reading_into_a_graph_shares_its_nodes():
    graph = Graph()
    first = parse_programs("def solve(I):\n  return trim(trim(I))\n", graph=graph)[0]
    size = len(graph)
    second = parse_programs("def solve_b(I):\n  y = trim(I)\n  return trim(y)\n", graph=graph)[0]
    assert (second.root, len(graph)) == (first.root, size)


def test_files(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes("\ufeff# é\r\ndef solve_a(I):\r\n\treturn trim(I)\r\n".encode())
    assert parse_file(path)[0].name == "solve_a"
    assert collect_file(str(path)).programs[0].name == "solve_a"
    path.write_bytes(b"def solve(I):\n    x = '\xff'\n")
    with pytest.raises(ProgramError, match="not UTF-8 text") as caught:
        parse_file(path)
    assert (caught.value.path, caught.value.line) == (str(path), 2)


def test_a_refusal_is_an_input_error_and_can_be_pickled():
    refusal = refusal_of("return zyx")
    assert isinstance(refusal, InputError)
    copy = pickle.loads(pickle.dumps(refusal))
    assert (str(copy), copy.path, copy.line, copy.reason) == (str(refusal), "<text>", 2, "unknown name zyx")


def test_refusals_are_safe_to_print():
    refusal = ProgramError("a\nb\x1b[31m\udcff.py", 3, "reason")
    assert str(refusal) == "a\\nb\\x1b[31m\\udcff.py:3: reason"


def test_a_long_text_without_a_program_is_not_parsed(monkeypatch):
    def never(*_: object) -> None:
        raise AssertionError

    text = "def helper(x):\n    return x\n" + "# solve\n" * 1_000
    with monkeypatch.context() as patched:
        patched.setattr("arcbatt.program.parse.read_source", never)
        refusals = collect_programs(text, "a.py").refusals
    assert str(refusals[0]).startswith("a.py:1: no program here; expected a function named")
    assert len(collect_programs(text + "def solve(I):\n    return I\n").programs) == 1
