"""A workspace with a run of all programs on three tasks: two of them solved, of the third no test output known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.pipeline import run_battery
from arcbatt.program.parse import parse_programs
from arcbatt.runs import RunOptions
from arcbatt.store import Store, open_store
from support.evolution import task_of
from support.tasks import PROGRAMS, mirror_task, shifted

NEARLY = "def solve_nearly(I):\n    return fill(vmirror(I), FIVE, initset(ORIGIN))\n"
TASKS = {
    "aa": mirror_task("aa"),
    "ab": shifted(mirror_task("ab", test_known=False), 1),
    "far": task_of("hconcat(rot90(rot90(I)), replace(I, ONE, SEVEN))", "far"),
}


class Tasks(dict[str, Task]):
    """A mapping that has a name, as sets of tasks have."""

    name = "three"


@pytest.fixture(scope="session")
def tasks() -> Tasks:
    return Tasks(TASKS)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from arcbatt.arc import TaskSet

    folder = tmp_path_factory.mktemp("gathering")
    with open_store(folder, create=True) as store:
        battery = Battery.of(parse_programs(PROGRAMS + NEARLY))
        chosen = TaskSet("three", list(TASKS), TASKS.__getitem__, lambda: "1")
        run_battery(battery, chosen, RunOptions(jobs=1, min_score=0), store)
    return folder


@pytest.fixture
def store(workspace: Path) -> Iterator[Store]:
    with open_store(workspace, create=False, read_only=True) as opened:
        yield opened
