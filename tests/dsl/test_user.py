"""A user's own primitives from a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import arcbatt.dsl
from arcbatt.dsl.constants import USER_CONSTANTS
from arcbatt.dsl.registry import REGISTRY, primitive
from arcbatt.dsl.user import constant, load_primitives
from arcbatt.errors import InputError
from arcbatt.program import parse_programs

HEAD = "from arcbatt.dsl.registry import primitive\nfrom arcbatt.dsl.types import Grid, Integer\n\n"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    before = {item.name for item in REGISTRY}
    yield
    USER_CONSTANTS.clear()
    for name in [item.name for item in REGISTRY if item.name not in before]:
        REGISTRY.remove(name)


def write(folder: Path, body: str) -> Path:
    path = folder / "mine.py"
    path.write_text(HEAD + body)
    return path


def test_a_file_adds_typed_primitives_that_programs_can_call(tmp_path: Path) -> None:
    path = write(tmp_path, "@primitive\ndef first_row(grid: Grid) -> Grid:\n    return grid[:1]\n")
    assert load_primitives(path) == ["first_row"]
    assert REGISTRY["first_row"].signature == "first_row(grid: Grid) -> Grid"
    assert REGISTRY["first_row"].theme == "user"
    assert parse_programs("def solve_a(I):\n    return first_row(grid=I)\n")


def test_loading_a_file_again_does_not_execute_it_again(tmp_path: Path) -> None:
    marker = tmp_path / "count"
    note = f"with open({str(marker)!r}, 'a') as file:\n    file.write('x')\n\n"
    body = note + "@primitive\ndef mine_a(x: Integer) -> Integer:\n    return x\n"
    path = write(tmp_path, body)
    assert load_primitives(path) == load_primitives(str(path)) == ["mine_a"]
    assert marker.read_text() == "x"


@pytest.mark.parametrize(("body", "told"), [
    ("raise ValueError('no')\n", r"mine.py:4: ValueError: no"),
    ("import sys\nsys.exit(3)\n", r"mine.py:5: SystemExit"),
    ("def broken(:\n", r"mine.py:4: SyntaxError"),
    ("x = 1\n", r"declares no primitive and no constant"),
    ("from arcbatt import constant\nconstant('MINE', 5)\nraise ValueError('late')\n", r"ValueError: late"),
    ("from arcbatt import constant\nconstant('MINE', 5)\nconstant('ZERO', 5)\n", r"ZERO: it is 0 already"),
    ("@primitive\ndef fill(x: Integer) -> Integer:\n    return x\n", r"'fill' is there already"),
    ("@primitive\ndef mine(x) -> Integer:\n    return x\n", r"no type is given for x"),
    ("@primitive\ndef mine(x: Integer):\n    return x\n", r"no type is given for return"),
    ("@primitive\ndef mine(x: Integer = 1) -> Integer:\n    return x\n", r"positional, required"),
    ("@primitive\ndef mine(*x: Integer) -> Integer:\n    return x\n", r"positional, required"),
    ("@primitive\ndef mine(*, x: Integer) -> Integer:\n    return x\n", r"positional, required"),
    ("@primitive\ndef good(x: Integer) -> Integer:\n    return x\nraise ValueError('late')\n", r"ValueError: late"),
])  # fmt: skip
def test_a_bad_file_is_told_and_leaves_nothing(tmp_path: Path, body: str, told: str) -> None:
    before = [item.name for item in REGISTRY]
    with pytest.raises(InputError, match=told):
        load_primitives(write(tmp_path, body))
    assert [item.name for item in REGISTRY] == before
    assert USER_CONSTANTS == {}


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        load_primitives(tmp_path / "missing.py")


def test_a_file_that_changed_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "@primitive\ndef mine_b(x: Integer) -> Integer:\n    return x\n")
    load_primitives(path)
    path.write_text(path.read_text() + "# changed\n")
    with pytest.raises(InputError, match="changed"):
        load_primitives(path)


def test_built_in_primitives_cannot_be_removed() -> None:
    with pytest.raises(KeyError):
        REGISTRY.remove("fill")
    assert arcbatt.dsl.fill is REGISTRY["fill"].function


def test_the_decorator_gives_the_function_back() -> None:
    @primitive
    def mine_c(x: int) -> int:
        return x

    assert mine_c(3) == 3
    assert REGISTRY["mine_c"].types == ("int",)


def test_constants_are_known_to_programs_and_stand_as_values_in_their_text(tmp_path: Path) -> None:
    head = "from arcbatt import constant\n\n"
    path = write(tmp_path, head + "MY_LIMIT = constant('MY_LIMIT', 42)\nconstant('sky', (8, (True, -1)))\n")
    assert load_primitives(path) == ["MY_LIMIT", "sky"]
    (program,) = parse_programs("def solve_a(I):\n    return canvas(MY_LIMIT, sky)\n")
    assert "x1 = canvas(42, (8, (True, -1)))\n" in program.text
    USER_CONSTANTS.clear()
    assert parse_programs(program.text)[0].text == program.text


def test_a_file_declares_both(tmp_path: Path) -> None:
    head = "from arcbatt import constant\nN = constant('N', 2)\n"
    path = write(tmp_path, head + "@primitive\ndef mine_d(x: Integer) -> Integer:\n    return x + N\n")
    assert load_primitives(path) == ["mine_d", "N"]


def test_a_name_of_the_users_file_hides_a_constant() -> None:
    constant("N", 2)
    (program,) = parse_programs("N = 5\ndef solve_a(I):\n    return canvas(N, I)\n")
    assert "canvas(FIVE, I)" in program.text


@pytest.mark.parametrize(("name", "value", "told"), [
    ("a b", 1, "expected a Python name"),
    ("é", 1, "expected a Python name"),
    ("I", 1, "other than S, I and C"),
    ("fill", 1, "a primitive has that name already"),
    ("ZERO", 1, "it is 0 already"),
    ("T", 1, "it is True already"),
    ("MINE", 1.5, "expected an int, a bool or a tuple of them, not float"),
    ("MINE", "a", "not str"),
    ("MINE", None, "not NoneType"),
    ("MINE", [1], "not list"),
    ("MINE", (1, frozenset()), "not frozenset"),
    ("MINE", 2**63, "beyond 64 bits"),
    ("MINE", (0,) * 600_000, "more than 500000 parts"),
])  # fmt: skip
def test_what_is_no_constant_is_refused(name: str, value: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        constant(name, value)
    assert USER_CONSTANTS == {}


def test_the_same_constant_may_be_declared_again() -> None:
    assert constant("MINE", 5) == constant("MINE", 5) == 5
    assert constant("ZERO", 0) == 0
    with pytest.raises(InputError, match="it is 5 already"):
        constant("MINE", 6)
