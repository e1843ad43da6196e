"""A run of the command line on devices, with a stand-in for CuPy: the same report as with the native engine."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from support.command import arcbatt
from support.host_device import COMPILER
from support.twins import needs_native

pytestmark = [
    needs_native, pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host"),
]  # fmt: skip

STAND_IN = """
import atexit, sys
from arcbatt.engine.cuda.batches import Traffic
from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.enumeration.queue import DeviceQueue
from support.fake_cupy import fake_cupy

calls = []
add = Traffic.add
Traffic.add = lambda self, *counts: (calls.append(counts[0]), add(self, *counts))
Costs.pays = lambda self, plan, samples: plan.call_count > 0
asked = []
answer = DeviceQueue.answer
DeviceQueue.answer = lambda self, memory, wanted: (asked.append(wanted.combinations), answer(self, memory, wanted))[1]

def told():
    with open("devices.txt", "a") as file:
        file.write(f"{sum(calls)} {sum(asked)}\\n")

atexit.register(told)
sys.modules["cupy"] = fake_cupy(2)
"""
"""CuPy with two devices on the host; all that has a kernel goes there."""
SMALL_LEVELS = """
from arcbatt.search.enumeration.device_search import DeviceSearch
DeviceSearch.__init__.__defaults__ = (64, 10_000)
"""
"""In every process devices are asked for levels of enumerations that are too small to pay."""
TIMES = {"engine", "phases", "seconds", "started", "wall_s", "t_log", "time", "times", "timing"}


def without_times(value: Any) -> Any:
    """A report without what depends on the clock and on the engine's name."""
    if isinstance(value, dict):
        return {key: without_times(item) for key, item in value.items() if key not in TIMES}
    return [*map(without_times, value)] if isinstance(value, list) else value


def reports(folder: Path, *command: str) -> dict[str, Any]:
    """The reports of a command with each engine; with the CUDA engine devices have work."""
    (folder / "cupy.py").write_text(STAND_IN)
    (folder / "sitecustomize.py").write_text(SMALL_LEVELS)
    places = os.pathsep.join([str(folder), str(Path(__file__).parents[2])])
    found = {}
    for engine in ("cuda", "native"):
        done = arcbatt(
            *command, "-q", "--engine", engine, "--workspace", engine, "--json", f"{engine}.json", cwd=folder,
            env={"PYTHONPATH": places, "ARCBATT_CACHE": str(folder / "cache")},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        if engine == "cuda":
            calls, combinations = map(int, (folder / "devices.txt").read_text().split()[:2])
            assert (combinations if command[0] == "solve" else calls) > 500
        found[engine] = json.loads((folder / f"{engine}.json").read_text())
    return found


def test_the_report_is_the_native_engines(tmp_path: Path) -> None:
    found = reports(tmp_path, "run", "007bbfb7", "00d62c1b")
    assert without_times(found["cuda"]) == without_times(found["native"])


def test_what_solve_hands_in_is_the_native_engines(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("def solve_near(I):\n    O = hmirror(I)\n    return O\n")
    found = reports(tmp_path, "solve", "007bbfb7", "6150a2bd", "3c9b0459", "--time-per-task", "0.3", "-b", "one.py")
    assert without_times(found["cuda"]) == without_times(found["native"])
