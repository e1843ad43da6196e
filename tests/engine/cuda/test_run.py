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
from support.fake_cupy import fake_cupy

calls = []
add = Traffic.add
Traffic.add = lambda self, *counts: (calls.append(counts[0]), add(self, *counts))
Costs.pays = lambda self, plan, samples: plan.call_count > 0
atexit.register(lambda: print("calls on devices:", sum(calls), file=sys.stderr))
sys.modules["cupy"] = fake_cupy(2)
"""
"""CuPy with two devices on the host; all that has a kernel goes there."""
TIMES = {"engine", "phases", "seconds", "started", "wall_s", "t_log", "time", "times", "timing"}


def without_times(value: Any) -> Any:
    """A report without what depends on the clock and on the engine's name."""
    if isinstance(value, dict):
        return {key: without_times(item) for key, item in value.items() if key not in TIMES}
    return [*map(without_times, value)] if isinstance(value, list) else value


def test_the_report_is_the_native_engines(tmp_path: Path) -> None:
    (tmp_path / "cupy.py").write_text(STAND_IN)
    places = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])
    found = {}
    for engine in ("cuda", "native"):
        done = arcbatt(
            "run", "007bbfb7", "00d62c1b", "-q", "--engine", engine, "--workspace", engine, "--json", f"{engine}.json",
            cwd=tmp_path, env={"PYTHONPATH": places, "ARCBATT_CACHE": str(tmp_path / "cache")},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        if engine == "cuda":
            assert int(done.stderr.split("calls on devices:")[1]) > 500
        found[engine] = json.loads((tmp_path / f"{engine}.json").read_text())
    assert without_times(found["cuda"]) == without_times(found["native"])
