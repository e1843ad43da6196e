"""Two sides beside each other: tasks won, lost, nearer, farther; programs; phases."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from arcbatt.compare import Comparison, Side, TaskStanding, compare, side_of_file
from arcbatt.errors import InputError
from arcbatt.report.compare import comparison_lines
from arcbatt.store import PhaseSeconds

D1, D2 = "1" * 32, "2" * 32
SOLVED = TaskStanding(True, True, 1.0, "solve_a")
DEMO_ONLY = TaskStanding(True, False, 1.0, "solve_b")
NEAR = TaskStanding(False, None, 0.9, "solve_c")
FAR = TaskStanding(False, None, 0.5, "solve_d")
NOTHING = TaskStanding(False, None, None, "")


def side(name: str = "one", programs: Mapping[str, str] | None = None, **tasks: TaskStanding) -> Side:
    return Side(name, {(task, task * 4): standing for task, standing in tasks.items()}, programs or {})


@pytest.mark.parametrize(("before", "after", "expected"), [
    (FAR, SOLVED, "won"), (SOLVED, FAR, "lost"), (FAR, DEMO_ONLY, "won"), (DEMO_ONLY, SOLVED, "won"),
    (SOLVED, DEMO_ONLY, "lost"), (FAR, NEAR, "nearer"), (NEAR, FAR, "farther"), (NEAR, NEAR, ""),
    (SOLVED, SOLVED, ""), (NOTHING, NEAR, ""), (NOTHING, SOLVED, "won"),
])  # fmt: skip
def test_a_task_is_in_one_list_at_most(before: TaskStanding, after: TaskStanding, expected: str) -> None:
    found = compare(side(a=before), side(a=after))
    lists = {name: getattr(found, name) for name in ("won", "lost", "nearer", "farther")}
    assert [name for name, changes in lists.items() if changes] == ([expected] if expected else [])


def test_tasks_of_one_side_alone_are_named_and_not_compared() -> None:
    found = compare(side(a=SOLVED, b=FAR), side(b=FAR, c=SOLVED))
    assert (found.common, found.only_before, found.only_after) == (1, ("a",), ("c",))
    assert not found.won
    assert not found.lost


def test_the_same_samples_under_another_id_are_one_task_and_others_under_one_id_are_not() -> None:
    one, other = Side("one", {("a", D1): FAR, ("x", D2): FAR}, {}), Side("other", {("b", D1): SOLVED}, {})
    found = compare(one, other)
    assert [change.task for change in found.won] == ["a"]
    assert found.only_before == ("x",)
    assert compare(Side("one", {("a", D1): FAR}, {}), Side("other", {("a", D2): SOLVED}, {})).common == 0


def test_two_ids_of_the_same_samples_are_compared_each_with_its_own() -> None:
    one = Side("one", {("a", D1): FAR, ("b", D1): SOLVED}, {})
    found = compare(one, one)
    assert found.common == 2
    assert not found.won
    assert not found.lost


def test_a_side_without_digests_is_compared_by_id() -> None:
    assert compare(Side("one", {("a", ""): FAR}, {}), side(a=SOLVED)).common == 1
    assert compare(side(a=SOLVED), Side("one", {("a", ""): FAR}, {})).common == 1


def test_programs_are_told_apart_by_md5_and_named() -> None:
    found = compare(side(programs={"a": "solve_x", "b": "solve_y"}), side(programs={"b": "solve_y", "c": "solve_x"}))
    assert (found.new, found.gone) == ((("solve_x", "c"),), (("solve_x", "a"),))


def test_phases_are_those_that_both_have() -> None:
    phases = {"p": PhaseSeconds(2.0, 1.0), "q": PhaseSeconds(3.0, None), "r": PhaseSeconds(1.0, 1.0)}
    before = Side("one", {}, {}, phases)
    after = Side("two", {}, {}, {"p": PhaseSeconds(1.0, 3.0), "q": PhaseSeconds(6.0, None)})
    found = compare(before, after)
    seconds = [(phase.phase, phase.before_s, phase.after_s) for phase in found.phases]
    assert seconds == [("p", 1.0, 3.0), ("q", 3.0, 6.0)]
    assert any("3.00 times" in line for line in comparison_lines(found))


def many(count: int) -> Comparison:
    one = {f"t{number:03}": FAR for number in range(count)}
    return compare(side(**one), side("two", **dict.fromkeys(one, SOLVED)))


def test_long_lists_are_cut_and_counted() -> None:
    lines = list(comparison_lines(many(30), 20))
    assert "won: 30" in lines
    assert "  and 10 more" in lines
    assert "  t000  50 % of cells -> solved by solve_a" in lines


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"tasks": "x"}', '{"tasks": [{"digest": "a"}]}', "\x00"])
def test_a_file_of_something_else_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(InputError, match=r"x\.json"):
        side_of_file(tmp_path / "x.json")


@pytest.mark.parametrize("near", [1e308, -1e308, -0.5, 2])
def test_a_share_that_is_none_is_refused(tmp_path: Path, near: float) -> None:
    kept = {"md5": "0" * 32, "name": "solve_a", "near": near, "demo_right": 1}
    (tmp_path / "x.json").write_text(json.dumps({"tasks": [{"task": "a", "kept": [kept]}]}))
    with pytest.raises(InputError, match=r"x\.json.*near: expected a share") as caught:
        side_of_file(tmp_path / "x.json")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("shares", [10**400, -1])
def test_a_nearness_that_is_none_is_refused(tmp_path: Path, shares: int) -> None:
    (tmp_path / "x.json").write_text(json.dumps({"tasks": 1, "nearness": {"a": [0, shares]}}))
    with pytest.raises(InputError, match=r"x\.json"):
        side_of_file(tmp_path / "x.json")
