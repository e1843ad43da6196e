"""Names of programs that a search found."""

from __future__ import annotations

import pytest

from arcbatt.program.names import MAX_NAME, is_name
from arcbatt.search.found_names import found_name, is_named_for

MD5 = "1f2e3d4c" + "0" * 24


@pytest.mark.parametrize(("task_id", "name"), [
    ("007bbfb7", "solve_007bbfb7_1f2e3d4c"), ("a-b.c", "solve_a_b_c_1f2e3d4c"), ("\u00e4", "solve___1f2e3d4c"),
])  # fmt: skip
def test_a_name_has_the_task_and_the_first_digits(task_id: str, name: str) -> None:
    assert found_name(task_id, MD5) == name
    assert is_name(name)


def test_a_long_id_is_cut_and_the_digits_stay() -> None:
    name = found_name("a" * 300, MD5)
    assert len(name) == MAX_NAME
    assert is_name(name)
    assert name.endswith("_1f2e3d4c")


@pytest.mark.parametrize(("name", "task_id", "expected"), [
    ("solve_007bbfb7", "007bbfb7", True), ("solve_007bbfb7_1f2e3d4c", "007bbfb7", True),
    ("solve_007bbfb7_2", "007bbfb7", True), ("verify_007bbfb7", "007bbfb7", True),
    ("solve_007bbfb7", "007bbfb7@folder", True), ("solve_007bbfb7_folder_1f2e3d4c", "007bbfb7@folder", True),
    ("solve_007bbfb77", "007bbfb7", False), ("solve_17bbfb7", "007bbfb7", False), ("solve", "007bbfb7", False),
    ("solve_other_007bbfb7", "007bbfb7", False), ("solve_a_b", "a-b", True), ("solve_a", "a-b", False),
    ("solve_", "@", False),
])  # fmt: skip
def test_the_task_that_a_name_belongs_to(name: str, task_id: str, expected: bool) -> None:
    assert is_named_for(name, task_id) is expected


@pytest.mark.parametrize("task_id", [
    "007bbfb7", "a-b.c", "\u00e4", "a" * 84, "a" * 86, "a" * 94, "a" * 300, "b@c", "@",
])  # fmt: skip
def test_what_is_found_for_a_task_belongs_to_it(task_id: str) -> None:
    assert is_named_for(found_name(task_id, MD5), task_id)
