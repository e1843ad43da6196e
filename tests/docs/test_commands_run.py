"""Every command of the README and the pages of docs/ works: typed in the order of its page, in one folder.

The tutorial has a test of its own. A command that would take long has a stand-in, with the reason.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from arcbatt.arc import load_set
from support.command import arcbatt
from support.documentation import ADDRESS, TEXTS, commands
from support.tasks import write_task

pytestmark = pytest.mark.slow

SEARCH = "it searches for minutes"
WHOLE_SET = "it is on hundreds of tasks"

STAND_INS = {
    "arcbatt evolve --time 600": ("arcbatt evolve --tasks 007bbfb7 --time 1", SEARCH),
    "arcbatt evolve --tasks 11852cab --time 60": ("arcbatt evolve --tasks 11852cab --time 1", SEARCH),
    "arcbatt evolve --tasks 007bbfb7,00d62c1b --generations 20 --seed 1": (
        "arcbatt evolve --tasks 007bbfb7,00d62c1b --generations 2 --seed 1", SEARCH),
    "arcbatt evolve --set arc1-eval --tasks all --no-progress 50 --resume": (
        "arcbatt evolve --set arc1-eval --tasks 00576224 --no-progress 1 --time 1 --resume", SEARCH),
    "arcbatt run --all": ("arcbatt run -s 0 -c 5", WHOLE_SET),
    "arcbatt run --all --share": ("arcbatt run -s 0 -c 5 --share", WHOLE_SET),
    "arcbatt solve --set arc1-eval --share": (
        "arcbatt solve 00576224 --set arc1-eval --share --time-per-task 0.1", WHOLE_SET),
    "arcbatt run --all -b next.py": ("arcbatt run -s 0 -c 2 -b next.py", WHOLE_SET),
    "arcbatt run --all -b my_solvers.py": ("arcbatt run -s 0 -c 5 -b my_solvers.py", WHOLE_SET),
    "arcbatt run --all --stored-only": ("arcbatt run -s 0 -c 5 --stored-only", WHOLE_SET),
    "arcbatt run -b my_solvers.py": ("arcbatt run -s 0 -c 5 -b my_solvers.py", "it names no tasks"),
    "arcbatt solve --data arc-agi_test_challenges.json --time-per-task 15 --total-time 3600": (
        "arcbatt solve --data arc-agi_test_challenges.json --time-per-task 0.1 --total-time 60", SEARCH),
    "arcbatt solve --set arc1-eval -o submission.json --json report.json": (
        "arcbatt solve 00576224 --set arc1-eval -o submission.json --json report.json --time-per-task 0.1", WHOLE_SET),
    "arcbatt solve 1cf80156 --leave-out --explain --no-save": (
        "arcbatt solve 1cf80156 --leave-out --explain --no-save --time-per-task 0.1", SEARCH),
    "arcbatt solve --set arc1-train --leave-out": (
        "arcbatt solve 007bbfb7 --set arc1-train --leave-out --time-per-task 0.1", WHOLE_SET),
    "arcbatt score submission.json --set arc1-eval": (
        "arcbatt score submission.json --set arc1-eval", "the one task that the submission has"),
}  # fmt: skip
"""By command: what is typed in its place, and why."""

ENDLESS = {"arcbatt serve --workspace .arcbatt"}
"""They go on until Ctrl-C; tests/web runs them."""

GROUNDS = [
    "arcbatt run 007bbfb7 00d62c1b -q",
    "arcbatt run 007bbfb7 00d62c1b -b mine.py -q --json before.json",
    "arcbatt run 007bbfb7 00d62c1b -q --json after.json",
    "arcbatt run 007bbfb7 00d62c1b -q -b my_solvers.py",
    "arcbatt run 007bbfb7 -q --workspace ../other/.arcbatt",
    "arcbatt run 00d62c1b -q --workspace ../other/.arcbatt",
    "arcbatt run 007bbfb7 -q --workspace mine",
    "arcbatt evolve --set arc1-eval --tasks 00576224 --time 1 -q",
    "arcbatt solve 00576224 --set arc1-eval -q --no-save --time-per-task 0.1 -o old_submission.json --json solved.json",
    "arcbatt solve 00576224 --set arc1-eval -q --no-save --time-per-task 0.1 --seed 1 -o submission.json",
]
"""What the pages take for granted: runs, result files and submissions."""

SOLVERS = "def solve_a(I):\n    return vmirror(I)\n\n\ndef solve_b(I):\n    return first(I)\n"
PLACEHOLDER = re.compile(r"\.\.\.|<|>|\||\[|(?<![\w-])[A-Z]{1,}(?![\w])")
LINES = [
    (page, line)
    for page in TEXTS
    if page != "docs/tutorial.md"
    for line in dict.fromkeys(re.sub(r"\s+#.*", "", line) for line in commands(page))
    if len(line.split()) > 2 and not PLACEHOLDER.search(line) and line not in ENDLESS
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with some runs, and the files that the pages speak of."""
    here = tmp_path_factory.mktemp("pages") / "here"
    (here / "my_solvers").mkdir(parents=True)
    for name in ("my_solvers.py", "my_solvers/a.py", "mine.py"):
        (here / name).write_text(SOLVERS, encoding="utf-8")
    tasks = load_set()
    write_task(here / "my_tasks", tasks["67a3c6ac"])
    write_task(here / "made", tasks["007bbfb7"])
    next((here / "made").rglob("*.json")).rename(here / "arc-agi_test_challenges.json")
    for line in GROUNDS:
        typed(line, here)
    return here


def typed(line: str, folder: Path) -> None:
    done = arcbatt(*shlex.split(line)[1:], cwd=folder)
    assert done.returncode == 0, f"{line}: {done.stderr}"


@pytest.mark.parametrize(("page", "line"), LINES)
def test_commands_of_the_pages_work(page: str, line: str, folder: Path, request: pytest.FixtureRequest) -> None:
    line = STAND_INS.get(line, (line,))[0]
    if ADDRESS in line:
        line = line.replace(ADDRESS, shlex.quote(request.getfixturevalue("documented_address")))
    typed(line, folder)


def test_stand_ins_are_needed_and_have_the_same_options() -> None:
    assert set(STAND_INS) - {line for _, line in LINES} == set()
    for line, (stand_in, _) in STAND_INS.items():
        words, others = shlex.split(line), shlex.split(stand_in)
        assert words[:2] == others[:2]
        assert {word for word in words if word.startswith("-")} - set(others) - {"--all"} == set()


def test_most_commands_are_typed() -> None:
    assert len(LINES) >= 45
