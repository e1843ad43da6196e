"""What a search found goes into the library: right programs alone, the cheapest, each under its command."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from arcbatt.arc import load_set
from arcbatt.program.parse import parse_programs
from arcbatt.report.solve_json import SolveResults, SolveTotals
from arcbatt.results.json_form import plain
from arcbatt.search.solving.solved_task import SolvedTask, SolvingProgram
from support.twins import needs_native

TOOL = Path(__file__).parents[2] / "tools" / "found.py"
TASK = "67a3c6ac"  # its output is the input mirrored
MIRROR = "def solve(S, I):\n    x1 = vmirror(I)\n    return x1\n"
LONGER = "def solve(S, I):\n    x1 = rot180(I)\n    x2 = hmirror(x1)\n    return x2\n"
WRONG = "def solve(S, I):\n    x1 = hmirror(I)\n    return x1\n"


@pytest.fixture(scope="module")
def found() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tools_found", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["tools_found"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def report(tmp_path: Path) -> Path:
    programs = tuple(
        SolvingProgram("0" * 32, "solve", "enumeration" if text else "given", 1, 1, 1, text)
        for text in (WRONG, LONGER, MIRROR, None)
    )
    tasks = (SolvedTask(TASK, "", 1, 1, programs, ()), SolvedTask("007bbfb7", "", 1, 1, programs[:1], ()))
    totals = SolveTotals(2, 2, 0, 2, {}, 0, 0, 0, 0, 0, 0, 0)
    results = SolveResults("arc1-train", "-", "native", 7, 2.0, None, "1", False, totals, tasks)
    path = tmp_path / "report.json"
    path.write_text(json.dumps(plain(results)))
    return path


@needs_native
def test_the_cheapest_right_program_of_each_task_is_taken(found: ModuleType, report: Path) -> None:
    tasks = load_set("arc1-train")
    (candidate,) = found.best(found.from_report(report), tasks, set())
    assert (candidate.task, candidate.program.text) == (TASK, MIRROR)
    assert candidate.command == f"arcbatt solve {TASK} --seed 7 --time-per-task 2 (enumeration)"
    assert list(found.best(found.from_report(report), tasks, {f"solve_{TASK}"})) == []


def test_a_file_is_written_as_it_is_read(found: ModuleType, report: Path) -> None:
    candidates = list(found.from_report(report))
    blocks = {f"solve_{number}": found.block(f"solve_{number}", item) for number, item in enumerate(candidates[:3])}
    text = found.file_text(blocks)
    assert found.blocks_of(text) == blocks
    programs = parse_programs(text)
    assert [program.text for program in programs] == [WRONG, LONGER, MIRROR]
    assert [program.name for program in programs] == sorted(blocks)


def test_a_report_on_another_set_is_refused(found: ModuleType, report: Path) -> None:
    report.write_text(report.read_text().replace("arc1-train", "arc1-eval"))
    with pytest.raises(SystemExit, match="arc1-train"):
        list(found.from_report(report))


@pytest.mark.parametrize("text", ["", "[]", "[" * 100_000, '{"set": "arc1-train"}', '{"set": "arc1-train", "seed": 0, '
    '"time_per_task_s": 1, "tasks": [{"task": "a", "programs": [{"text": "import os", "source": ""}]}]}'])  # fmt: skip
def test_what_is_no_report_is_refused_in_a_line(
    found: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    report = tmp_path / "report.json"
    report.write_text(text)
    monkeypatch.setattr(found, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "argv", ["found.py", "name", str(report)])
    with pytest.raises(SystemExit, match="no report of arcbatt solve"):
        found.main()
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
