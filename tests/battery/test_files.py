from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.battery.battery import Battery
from arcbatt.battery.files import battery_text, parse_battery, parse_battery_file
from arcbatt.program.refusals import ProgramError


def test_text_of_a_battery(program):
    battery = Battery.of(
        [
            program("differ_zo_a", "pair(C, I)"),
            program("solve_a", "fill(I, 3, asindices(I))"),
            program("solve_b", "asindices(I)"),
            program("solve_c", "fill(I, 3, asindices(I))"),
            program("solve_d", "I"),
            program("solve_e", "(True, 2)"),
        ]
    )
    assert battery_text(battery) == textwrap.dedent("""\
        def battery(S, I, C):
            x1 = asindices(I)
            x2 = fill(I, THREE, x1)
            x3 = pair(C, I)
            return {
                "solve_a": x2,
                "solve_c": x2,
                "solve_b": x1,
                "solve_d": I,
                "solve_e": (True, 2),
                "differ_zo_a": x3,
            }
    """)


def test_an_empty_battery_has_a_text():
    text = battery_text(Battery())
    assert text == "def battery(S, I, C):\n    return {\n    }\n"
    assert len(parse_battery(text)) == 0


def test_what_people_write_is_read():
    battery = parse_battery("""
'''Mine.'''
from dsl import *
def battery(I, C) -> dict:
    "docstring"
    unused = rot90(I)
    a = fill(value=3, patch=asindices(I), grid=I)
    return {"solve_b": trim(a), 'solve_a': a, "differ_b": pair(I, C), "solve_c": trim(a)}
""")
    assert list(battery.solvers) == ["solve_b", "solve_a"]
    assert battery.names["solve_b"] == ["solve_b", "solve_c"]
    assert battery.differs["differ_b"].direction == "iz"
    assert battery.program("solve_a").text.endswith("x2 = fill(I, THREE, x1)\n    return x2\n")
    assert len(battery.graph.calls()) == 0
    assert not any(battery.graph.value(node) == "rot90" for node in range(len(battery.graph)))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "no function named battery here"),
        ("def solve(I):\n  return I\n", 1, "a function beside the battery; a battery file holds one function"),
        ("def battery(I):\n  return {}\ndef battery(I):\n  return {}\n", 3, "a function beside the battery"),
        ("def battery(I):\n  return {}\nX = 3\n", 3, "an assignment beside the battery"),
        ("async def battery(I):\n  return {}\n", 1, "an async function beside the battery"),
        ("def battery(I):\n  return I\n", 2, "a battery returns a mapping such as"),
        ("def battery(I):\n  x = {}\n  return x\n", 2, "a dict is not accepted"),
        ("def battery(I):\n  x = 1\n", 1, "battery does not end with a return"),
        ("def battery(I):\n  return {solve_a: I}\n", 2, "a key of the mapping must be a program's name"),
        ("def battery(I):\n  return {'a': I}\n", 2, "a key of the mapping must be a program's name"),
        ("def battery(I):\n  return {3: I}\n", 2, "a key of the mapping must be a program's name"),
        ("def battery(I):\n  return {'solve_a\\n': I}\n", 2, "a key of the mapping must be a program's name"),
        ("def battery(I):\n  return {**I}\n", 2, "a key of the mapping must be a program's name"),
        ("def battery(I):\n  return {'solve_a': I,\n   'solve_a': S}\n", 3, "solve_a comes twice"),
        ("def battery(I):\n  return {'solve_a':\n  foo(I)}\n", 3, "unknown name foo"),
        ("def battery(C):\n  x = trim(C)\n  return {'solve_a': x}\n", 3, "solve_a: a solver sees I and S only, not C"),
        ("def battery(X):\n  return {}\n", 1, "parameter X"),
        ("def battery(I):\n  return {x: I for x in I}\n", 2, "a battery returns a mapping"),
        ("def battery(I):\n  return {\n", 2, "not Python"),
    ],
)
def test_refused(text, line, reason):
    with pytest.raises(ProgramError) as caught:
        parse_battery(text, "b.py")
    assert reason in caught.value.reason
    assert caught.value.line == line
    assert str(caught.value).startswith(f"b.py:{line}: ")


def test_a_battery_file(tmp_path):
    path = tmp_path / "b.py"
    path.write_text("def battery(I):\n  return {'solve_a': I}\n")
    assert list(parse_battery_file(path).solvers) == ["solve_a"]
    with pytest.raises(ProgramError, match="cannot be read: No such file"):
        parse_battery_file(tmp_path / "missing.py")


PIECES = ["def battery(S, I, C):", "\n", "    ", "return {", "}", '"solve_a": ', "'differ_b': ", "x1", " = ", "trim(I)"]
PIECES += ["C", ", ", "**", "def solve(I):", "\x00", "("]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_random_text_is_read_or_refused(text):
    try:
        read = battery_text(parse_battery(text))
    except ProgramError:
        return
    assert battery_text(parse_battery(read)) == read
