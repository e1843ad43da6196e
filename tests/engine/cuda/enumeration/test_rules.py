"""What a device can evaluate of a grammar, and that structs are laid out alike on both sides."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

import pytest

from arcbatt.engine.cuda.coverage import kernels_by_call
from arcbatt.engine.cuda.enumeration import rules, steps
from arcbatt.engine.cuda.enumeration.rules import Production, rules_of
from arcbatt.engine.cuda.source import source_text
from support.host_device import COMPILER, build

FORMS = ["grid", "object", "indices", "color", "count", "truth", "offset", "function", "set of object"]
GRID, OBJECT, INDICES, COLOR, COUNT, TRUTH, OFFSET, FUNCTION, OBJECTS = range(9)
NATIVE = Path(__file__).parents[4] / "rust" / "src" / "search" / "kernels" / "mod.rs"


@pytest.mark.parametrize(
    ("production", "kernel", "is_sure"),
    [
        (Production("rot90", [GRID], GRID), "G", True),
        (Production("rot90", [OBJECT], GRID), "", False),
        (Production("hmirror", [OBJECT], OBJECT), "O", False),
        (Production("fill", [GRID, COLOR, INDICES], GRID), "GNM", True),
        (Production("fill", [GRID, COUNT, INDICES], GRID), "", False),  # the native kernel looks at it another way
        (Production("subgrid", [OBJECT, GRID], GRID), "OG", True),
        (Production("move", [GRID, OBJECT, OFFSET], GRID), "GON", False),
        (Production("upscale", [OBJECT, COUNT], OBJECT), "ON", False),
        (Production("upscale", [GRID, TRUTH], GRID), "", False),
        (Production("add", [COUNT, OFFSET], OFFSET), "NN", False),
        (Production("mostcolor", [GRID], COLOR), "G", False),
        (Production("mostcolor", [GRID], GRID), "", False),
        (Production("apply", [FUNCTION, OBJECTS], OBJECTS), "", False),
        (Production("branch", [TRUTH, GRID, GRID], GRID), "NGG", False),
    ],
)
def test_a_rule_has_the_kernel_for_its_forms(production: Production, kernel: str, is_sure: bool) -> None:
    (rule,) = rules_of(FORMS, [production])
    expected = kernels_by_call()[production.primitive, kernel].number if kernel else 0
    assert (rule.kernel, rule.is_covered, rule.is_sure) == (expected, bool(kernel), is_sure)


def test_a_rule_says_how_combinations_are_numbered() -> None:
    twins = Production("cellwise", (GRID, GRID, COLOR), GRID, (0, 1), True)
    last_first = Production("subgrid", (INDICES, GRID), GRID)
    apart = Production("branch", (COUNT, GRID, COUNT), COUNT, (0, 2))
    first, second, third = rules_of(FORMS, [twins, last_first, apart])
    assert (first.nesting, first.symmetric, first.is_distinct, first.grids) == ((0, 1, 2), 0, True, 0b011)
    assert (second.nesting, second.symmetric, second.is_distinct, second.grids) == ((1, 0), -1, False, 0b10)
    assert (third.nesting, third.symmetric) == ((1, 0, 2), 1)
    assert (first.form, first.kind, first.kinds) == (1, GRID, (GRID, GRID, COLOR))


def test_sure_are_the_kernels_of_the_native_search() -> None:
    """The same names, with the same arguments grids; and all of them have a kernel here."""
    lines = re.findall(r'^    \("(\w+)", &\[([a-z, ]+)\], ', NATIVE.read_text(encoding="utf-8"), re.MULTILINE)
    native = {name: [word == "true" for word in grids.split(", ")] for name, grids in lines}
    assert native == {name: [choice == "grid" for choice in pattern.split()] for name, pattern in rules._SURE.items()}
    for name, pattern in rules._SURE.items():
        arguments = [FORMS.index(choice.split("/")[-1]) for choice in pattern.split()]
        (rule,) = rules_of(FORMS, [Production(name, arguments, GRID)])
        assert rule.is_covered, name
        assert rule.is_sure, name


def test_forms_and_steps_are_numbered_alike() -> None:
    text = source_text("combinations.cuh")
    (names,) = re.findall(r"enum Form \{ NO_FORM, ([A-Z_, ]+) \}", text)
    assert [name.removesuffix("_FORM").lower() for name in names.split(", ")] == list(rules._NUMBERS)
    search = source_text("search.cuh")
    (listed,) = re.findall(r"#define STEPS\(STEP\) \\\n(.*)\n", search)
    assert tuple(re.findall(r"STEP\((\w+)\)", listed)) == steps.STEPS
    assert f"#define TILE {steps.TILE} " in search
    assert f"#define MOST_PLACES {rules.MOST_PLACES}\n" in text


@pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host")
def test_structs_are_as_large_on_both_sides() -> None:
    sizes = (ctypes.c_int64 * 7)()
    ctypes.CDLL(str(build())).arcbatt_search_sizes(sizes)
    fields = [len(item._fields) * 8 for item in (steps.Round, steps.Request, steps.Adding, steps.Feeding)]
    assert fields == [sizes[0], sizes[1], sizes[3], sizes[4]]
    assert [steps.SEGMENT_BYTES, steps.TALLY.size, steps.FRESH_BYTES] == [sizes[2], sizes[5], sizes[6]]
