from __future__ import annotations

import pytest

from arcbatt.dsl.constants import CONSTANTS
from arcbatt.dsl.registry import REGISTRY, Primitive
from arcbatt.errors import InputError
from arcbatt.program.graph import Graph
from arcbatt.program.names import describe, is_name, is_reserved


@pytest.mark.parametrize(
    ("name", "described"),
    [
        ("solve", ("solver", None)),
        ("solve_", ("solver", None)),
        ("solve_zo", ("solver", None)),
        ("solve_00d62c1b", ("solver", None)),
        ("differ", ("differ", "iz")),
        ("differ_zo", ("differ", "zo")),
        ("differ_size_zo_2", ("differ", "zo")),
        ("differ_zoo", ("differ", "iz")),
        ("verify_00d62c1b", ("solver", None)),
        ("verify_zo", ("solver", None)),
        ("verify", None),
        ("verifier_a", None),
        ("solver", None),
        ("Solve", None),
        ("solve_a b", None),
        ("solve_a\n", None),
        ("solve_é", None),
        ("", None),
    ],
)
def test_what_a_name_says(name, described):
    assert describe(name) == described
    assert is_name(name) == (described is not None)


def test_names_are_bounded():
    assert is_name("solve_" + "a" * 94)
    assert not is_name("solve_" + "a" * 95)


@pytest.mark.parametrize(
    "name", ["I", "S", "C", "x1", "x123", "solve", "differ_a", "battery", "T", "TWO", "<lambda>", "é"]
)
def test_names_with_another_use_in_programs_are_no_primitives(name):
    item = Primitive(name, lambda x: x, ("x",), ("Any",), "Any", None, "user")
    try:
        REGISTRY.add(item)
    except InputError:
        return
    try:
        with pytest.raises(InputError, match="cannot be named"):
            Graph().primitive(name)
    finally:
        REGISTRY.remove(name)


def test_no_built_in_primitive_has_a_reserved_name():
    assert not [item.name for item in REGISTRY if is_reserved(item.name)]
    assert all(is_reserved(name) for name in CONSTANTS)
