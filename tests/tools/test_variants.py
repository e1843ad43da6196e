"""The starters on variants of their own task: what is right, what is not and why."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from arcbatt.errors import InputError
from arcbatt.library import starter_solvers
from support.twins import ENGINES

TOOL = Path(__file__).parents[2] / "tools" / "variants.py"
SHARED = Path(__file__).parents[3] / "shared" / "variants"
MIRRORED = "67a3c6ac"
"""A task of arc1-train: the output is the input mirrored."""
COLORS = "b1948b0a"
"""Another one: color 6 becomes 2."""


@pytest.fixture(scope="module")
def variants() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tools_variants", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["tools_variants"] = module
    spec.loader.exec_module(module)
    return module


def sample(before: list[list[int]], after: list[list[int]]) -> dict[str, list[list[int]]]:
    return {"input": before, "output": after}


@pytest.fixture
def data(tmp_path: Path) -> tuple[Path, Path]:
    """Three tasks: mirrors, all right; colors, two of three wrong; one without a starter. Their solutions."""
    mirrors = {"train": [sample([[1, 2]], [[2, 1]])], "test": [{"input": [[3, 4]]}]}
    colors = {"train": [sample([[6, 7]], [[2, 7]]), sample([[5, 7]], [[2, 7]])], "test": [{"input": [[6]]}]}
    unknown = {"train": [sample([[1]], [[1]])], "test": [{"input": [[1]]}]}
    tasks, outputs = tmp_path / "made.json", tmp_path / "outputs.json"
    tasks.write_text(json.dumps({MIRRORED: mirrors, COLORS: colors, "00000000": unknown}))
    outputs.write_text(json.dumps({MIRRORED: [[[4, 3]]], COLORS: [[[6]]], "00000000": [[[1]]]}))
    return tasks, outputs


@pytest.mark.parametrize("engine", ENGINES)
def test_each_starter_runs_on_its_task_alone(variants: ModuleType, data: tuple[Path, Path], engine: str) -> None:
    tested = {item.name: item for item in variants.run(starter_solvers(), variants.read_tasks(*data), engine)}
    assert set(tested) == {f"solve_{MIRRORED}", f"solve_{COLORS}"}
    assert tested[f"solve_{MIRRORED}"][1:] == ("symmetry", (None, None), "")
    assert tested[f"solve_{COLORS}"][1:] == ("colors", (None, "wrong", "wrong"), "demo 2")


def test_the_report_has_totals_and_a_line_for_what_is_not_right(
    variants: ModuleType, data: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["variants.py", "--data", str(data[0]), "--solutions", str(data[1])]
    monkeypatch.setattr(sys, "argv", command)
    variants.main()
    assert capsys.readouterr().out.splitlines() == [
        "samples right: 3 / 5 (60.0%)",
        "starters right on all samples: 1 / 2",
        f"solve_{COLORS}  colors  1 / 3  demo 2: wrong",
    ]
    monkeypatch.setattr(sys, "argv", [*command, "--file", "symmetry"])
    variants.main()
    assert capsys.readouterr().out.splitlines() == ["samples right: 2 / 2 (100.0%)",
                                                    "starters right on all samples: 1 / 1"]  # fmt: skip
    monkeypatch.setattr(sys, "argv", [*command, "--file", "nope"])
    with pytest.raises(InputError, match="no file nope; it has colors, connecting"):
        variants.main()


def test_a_failure_is_told_with_its_step(variants: ModuleType) -> None:
    failed = variants.Tested("solve_00000000", "made", ("error at x1 = first(...): empty",), "demo 1")
    *_, line = variants.report([failed])
    assert line == "solve_00000000  made  0 / 1  demo 1: error at x1 = first(...): empty"
    assert list(variants.report([])) == ["samples right: 0 / 0 (0.0%)", "starters right on all samples: 0 / 0"]


def test_a_test_output_has_to_be_known(variants: ModuleType, data: tuple[Path, Path]) -> None:
    with pytest.raises(InputError, match="a test output is missing"):
        variants.read_tasks(data[0], None)


def test_a_malformed_task_is_left_out_and_told(
    variants: ModuleType, data: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    tasks = json.loads(data[0].read_text())
    tasks[MIRRORED]["test"][0]["input"] = [[10]]
    data[0].write_text(json.dumps(tasks))
    assert set(variants.read_tasks(*data)) == {COLORS, "00000000"}
    assert f"variants.py: 1 of 3 tasks left out as malformed: {data[0]}: task {MIRRORED}" in capsys.readouterr().err


@pytest.mark.skipif(not SHARED.is_dir(), reason="there are no variants beside the repository")
def test_nine_tenths_of_the_variants_are_right(variants: ModuleType) -> None:
    tasks = variants.read_tasks(SHARED / "variants_challenges.json", SHARED / "variants_solutions.json")
    tested = list(variants.run(starter_solvers(), tasks))
    assert sum(item.right for item in tested) >= 0.9 * sum(len(item.reasons) for item in tested)
