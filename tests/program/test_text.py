from __future__ import annotations

import hashlib
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.dsl.constants import CONSTANTS
from arcbatt.errors import InputError
from arcbatt.program.graph import Graph
from arcbatt.program.parse import collect_source, parse_programs
from arcbatt.program.program import Program
from arcbatt.program.reading.canonical import read_canonical
from arcbatt.program.reading.source import read_source
from arcbatt.program.text import canonical_text, constant_text, md5_of


def parsed(source: str) -> Program:
    return parse_programs(textwrap.dedent(source))[0]


def test_canonical_text_is_straight_line_code_in_canonical_order():
    program = parsed("""
        def solve_x(I):
            unused = trim(I)
            y = rbind(shift, (3, -1))
            x = apply(compose(normalize, y), objects(I, T, False, without_bg=True))
            return fill(grid=I, patch=merge(x), value=-1)
    """)
    assert program.text == textwrap.dedent("""\
        def solve(S, I):
            x1 = rbind(shift, (3, -1))
            x2 = compose(normalize, x1)
            x3 = objects(I, T, F, T)
            x4 = apply(x2, x3)
            x5 = merge(x4)
            x6 = fill(I, NEG_ONE, x5)
            return x6
    """)
    assert program.size == 6
    assert program.md5 == hashlib.md5(program.text.encode()).hexdigest() == md5_of(program.text)


@pytest.mark.parametrize(
    ("result", "text"),
    [("I", "I"), ("S", "S"), ("2", "TWO"), ("(1, 0)", "DOWN"), ("11", "11"), ("trim", "trim"), ("(T, 0)", "(True, 0)")],
)
def test_a_program_without_calls_is_a_return(result, text):
    assert parsed(f"def solve(S, I):\n    return {result}\n").text == f"def solve(S, I):\n    return {text}\n"


def test_headings_of_differs():
    iz, zo = parse_programs("def differ_a(S, I, C):\n  return C\ndef differ_zo_a(C, I):\n  return C\n")
    assert iz.text == "def differ_iz(S, I, C):\n    return C\n"
    assert zo.text == "def differ_zo(S, I, C):\n    return C\n"
    assert iz.md5 != zo.md5


def test_constants_are_spelled_by_value_and_type():
    for name, value in CONSTANTS.items():
        assert constant_text(value) == name
    assert [constant_text(value) for value in (True, 1, (True, False), (1, 0), (3, 1), -7, ())] == [
        "T", "ONE", "(True, False)", "DOWN", "(3, 1)", "-7", "()",
    ]  # fmt: skip


@given(data=st.data())
def test_reading_the_text_gives_the_same_node(data, programs):
    program = data.draw(programs)
    for graph in (program.graph, Graph()):
        again = parse_programs(program.text, graph=graph)[0]
        assert again.text == program.text
        assert (again.kind, again.direction, again.name) == (program.kind, program.direction, program.name)
        if graph is program.graph:
            assert again.root == program.root


@given(data=st.data())
def test_the_shortcut_and_the_parser_read_the_same(data, programs):
    program = data.draw(programs)
    graph = Graph()
    by_parser = collect_source(read_source(program.text, "a.py"), graph).programs[0]
    by_shortcut = read_canonical(program.text, graph)
    assert by_shortcut is None or by_shortcut == by_parser
    assert by_shortcut is not None or "((" in program.text or ", (" in program.text or "return (" in program.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "def solve(S, I):\n    return I",
        "def solve(S, I):\n\n    return I\n",
        "def solve(S, I):\n    x1 = trim(I)\n    return I\n",
        "def solve(S, I):\n    x2 = trim(I)\n    return x2\n",
        "def solve(S, I):\n    x1 = trim( I)\n    return x1\n",
        "def solve(S, I):\n    x1 = canvas(0, UNITY)\n    return x1\n",
        "def solve(S, I):\n    x1 = trim(I)\n    x1 = trim(x1)\n    return x1\n",
        "def solve(S, I):\n    x1 = first(x1)\n    return x1\n",
        "def solve(S, I):\n    x1 = trim(I, I)\n    return x1\n",
        "def solve(S, I):\n    x1 = trim(\u0661)\n    return x1\n",
        "def solve(S, I):\n    return C\n",
        "def solve(S, I):\n    return " + "9" * 5000 + "\n",
        "def solve(S, I):\n    return import\n",
        "def solve(S, I):\n    return I\n\n",
        "def solve(S, I):\r\n    return I\r\n",
    ],
)
def test_the_shortcut_leaves_everything_else_to_the_parser(text):
    assert read_canonical(text) is None


def test_text_is_linear_in_the_graph_not_in_the_tree():
    graph = Graph()
    node = graph.variable("I")
    for _ in range(10_000):
        node = graph.call(graph.primitive("hconcat"), node, node)
    text = canonical_text(graph, node)
    assert text.count("\n") == 10_002
    assert parse_programs(text, graph=graph)[0].root == node
    assert parse_programs(text.replace("def solve(", "def solve_a("), graph=graph)[0].root == node


def test_names_must_say_the_kind():
    graph = Graph()
    grid, c = graph.variable("I"), graph.variable("C")
    assert Program(graph, grid).name == "solve"
    assert Program(graph, grid, "differ", "zo").name == "differ_zo"
    assert Program(graph, grid).renamed("solve_a").name == "solve_a"
    for kind, direction, name in [("solver", None, "differ_a"), ("differ", "iz", "differ_zo"), ("differ", None, "")]:
        with pytest.raises(InputError, match="no name for a program"):
            Program(graph, grid, kind, direction, name)
    with pytest.raises(InputError, match="a solver sees I and S only"):
        Program(graph, c)
