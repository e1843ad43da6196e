"""``arcbatt.evaluate``: programs and tasks in every form, and the answers."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import arcbatt
from arcbatt.arc import Task
from arcbatt.engine import available_engines
from support.tasks import PROGRAMS, mirror_task, shifted, write_task
from support.twins import ENGINES

TASKS = [mirror_task("a"), shifted(mirror_task("b"), 1)]
NEARLY = "def solve_nearly(I):\n    return fill(vmirror(I), FIVE, initset(ORIGIN))\n"


@pytest.fixture(scope="module", params=ENGINES)
def found(request: pytest.FixtureRequest) -> arcbatt.Evaluation:
    return arcbatt.evaluate(arcbatt.parse_programs(PROGRAMS + NEARLY), TASKS, engine=request.param)


class TestAnswers:
    def test_solved_are_the_programs_that_solve_all_demo_samples_best_first(self, found: arcbatt.Evaluation) -> None:
        assert [(item.task.id, item.result.name) for item in found.solved] == [
            ("a", "solve_mirror"), ("a", "solve_turn"), ("b", "solve_mirror"), ("b", "solve_turn"),
        ]  # fmt: skip

    def test_near_leaves_out_what_is_solved_and_what_is_far(self, found: arcbatt.Evaluation) -> None:
        near = {(item.task.id, item.result.name) for item in found.near(0.7)}
        assert near == {("a", "solve_nearly"), ("b", "solve_nearly")}
        least = min(item.result.near for item in found.near(0.7))
        assert found.near(least)
        assert not found.near(1.0)

    def test_failures_are_groups_over_all_tasks(self, found: arcbatt.Evaluation) -> None:
        (group,) = found.failures
        assert (group.kind, group.call, group.count, group.program, group.task) == (
            "error", "first", 2, "solve_fails", "a")  # fmt: skip

    def test_one_result(self, found: arcbatt.Evaluation) -> None:
        result = found.result("solve_from_pairs", "b")
        assert (result.demo_right, result.test_right) == (1, 0)
        assert found.result(result.md5, "b") == result
        for program, task in (("solve_x", "a"), ("solve_mirror", "c")):
            with pytest.raises(arcbatt.InputError, match="was evaluated"):
                found.result(program, task)

    def test_every_program_on_every_task_once(self, found: arcbatt.Evaluation) -> None:
        pairs = [(item.task.id, item.result.name) for item in found]
        assert len(pairs) == len(set(pairs)) == len(found) == 2 * len(found.programs)

    def test_rows_are_plain_data(self, found: arcbatt.Evaluation) -> None:
        rows = found.rows()
        assert json.loads(json.dumps(rows)) == rows
        failed = next(row for row in rows if row["program"] == "solve_fails")
        assert (failed["failure"], failed["failed_in"], failed["near"]) == ("error", "first", 0.0)
        assert failed["reason"]

    @pytest.mark.parametrize(("library", "other"), [("pandas", "polars"), ("polars", "pandas")])
    def test_a_frame_of_whichever_library_is_there(
        self, found: arcbatt.Evaluation, library: str, other: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pytest.importorskip(library)
        monkeypatch.setitem(sys.modules, other, None)
        frame = found.frame()
        assert type(frame).__module__.partition(".")[0] == library
        assert (list(frame.columns), len(frame)) == (list(found.rows()[0]), len(found.rows()))
        assert list(frame["near"]) == [row["near"] for row in found.rows()]

    def test_without_one_it_says_what_to_do(self, found: arcbatt.Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("pandas", "polars"):
            monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(ImportError, match="pip install pandas"):
            found.frame()

    def test_reprs_are_short(self, found: arcbatt.Evaluation) -> None:
        assert repr(found) == "<Evaluation of 8 programs on 2 tasks: 2 solved>"
        assert repr(found.solved[0]) == "<solve_mirror on a: 2/2 demo, 100.0% of cells>"


def test_both_engines_and_any_workers_give_the_same_rows() -> None:
    programs = arcbatt.parse_programs(PROGRAMS)
    rows = []
    for engine in available_engines():
        for jobs in (1, 3):
            found = arcbatt.evaluate(programs, TASKS, engine=engine, jobs=jobs).rows()
            rows.append([{**row, "reason": None} for row in found])
    assert all(one == rows[0] for one in rows)


class TestForms:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for task in TASKS:
            write_task(tmp_path / "tasks", task)
        (tmp_path / "programs").mkdir()
        (tmp_path / "programs" / "mine.py").write_text(PROGRAMS)
        return tmp_path

    def programs(self, folder: Path) -> list[Any]:
        parsed = arcbatt.parse_programs(PROGRAMS)
        return [
            parsed, tuple(parsed), iter(parsed), arcbatt.Battery.of(parsed), folder / "programs",
            str(folder / "programs" / "mine.py"), arcbatt.load_programs(folder / "programs"),
        ]  # fmt: skip

    def test_programs(self, folder: Path) -> None:
        for given in self.programs(folder):
            assert len(arcbatt.evaluate(given, TASKS).solved) == 4

    def test_one_program(self) -> None:
        (program,) = arcbatt.parse_programs("def solve_a(I):\n    return vmirror(I)\n")
        assert [item.result.name for item in arcbatt.evaluate(program, TASKS[0]).solved] == ["solve_a"]

    def test_tasks(self, folder: Path) -> None:
        programs = arcbatt.parse_programs(PROGRAMS)
        for given in (TASKS, iter(TASKS), folder / "tasks", str(folder / "tasks"), arcbatt.load_path(folder / "tasks")):
            assert [task.id for task in arcbatt.evaluate(programs, given).tasks] == ["a", "b"]
        one: Task = TASKS[0]
        assert [task.id for task in arcbatt.evaluate(programs, one).tasks] == ["a"]

    def test_no_task_is_no_error(self) -> None:
        assert not arcbatt.evaluate(arcbatt.parse_programs(PROGRAMS), []).solved

    def test_what_is_refused_is_there_to_see(self, folder: Path) -> None:
        text = "def solve_a(I):\n    return vmirror(I)\ndef solve_b(I):\n    return nope(I)\n"
        (folder / "mixed.py").write_text(text)
        for given in (folder / "mixed.py", arcbatt.load_programs(folder / "mixed.py")):
            found = arcbatt.evaluate(given, TASKS)
            assert len(found.refusals) == 1
            assert "nope" in str(found.refusals[0])
            assert repr(found) == "<Evaluation of 1 program on 2 tasks: 2 solved; 1 refused>"

    @pytest.mark.parametrize(("programs", "told"), [
        ("missing.py", "missing.py"), ([], "at least one solver"),
    ])  # fmt: skip
    def test_no_programs_are_an_error(self, programs: Any, told: str) -> None:
        with pytest.raises(arcbatt.InputError, match=told):
            arcbatt.evaluate(programs, TASKS)

    def test_only_refused_programs_are_an_error_with_the_reasons(self, tmp_path: Path) -> None:
        (tmp_path / "bad.py").write_text("def solve_a(I):\n    return nope(I)\n")
        with pytest.raises(arcbatt.InputError, match="nope"):
            arcbatt.evaluate(tmp_path / "bad.py", TASKS)

    def test_unknown_test_outputs_are_none(self) -> None:
        found = arcbatt.evaluate(arcbatt.parse_programs(PROGRAMS), mirror_task(test_known=False))
        assert found.result("solve_mirror", "mirrored").test_right is None
