"""The benchmark of GPUs runs: with a stand-in for CuPy, and without one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from arcbatt.engine.cuda import cupy_device, known_costs
from arcbatt.engine.cuda.plan import make_plan
from support.fake_cupy import fake_cupy
from support.host_device import COMPILER
from support.timed import FAST, SLOW, forget
from support.twins import needs_native

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def tool() -> Iterator[Any]:
    """The benchmark, imported as a script's neighbor."""
    sys.path.insert(0, str(BENCHMARKS))
    yield import_module("gpu")
    sys.path.remove(str(BENCHMARKS))


@needs_native
@pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host")
def test_it_measures(
    tool: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "cupy", fake_cupy(2))
    forget(monkeypatch, tmp_path)
    costs = {"GPU 0": FAST, "GPU 1": SLOW}
    monkeypatch.setattr(known_costs, "measured_costs", lambda device: costs[device.name])
    monkeypatch.setattr(tool, "COPIED", 1 << 20)
    monkeypatch.setattr(tool, "FIRST", "print(0.5)")
    monkeypatch.setattr(sys, "argv", ["gpu.py", "--sizes", "20,30", "--samples", "2", "--repeats", "1"])
    tool.main()
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "cupy 14.0, cuda 12.9, driver 12.9, Host Card (0), Host Card (1)"
    measured = "Host Card (0): start 100 us, launch 5.0 us, blocks 20.00 GB/s, 1000 million calls/s; copy of 64 MiB "
    assert told[1].startswith(measured)
    assert told[2] == "native engine: calls N 60, G 300, M 250, O 500 ns, taking in a value 20 ns"
    assert told[3].startswith("Host Card (1): start 200 us")
    heading, rows = told[4], told[5:7]
    assert [line.split()[:2] for line in rows] == [["20", "2"], ["30", "2"]]
    assert {len(line) for line in (heading, *rows)} == {len(heading)}
    for size, row in zip((20, 30), rows, strict=True):
        plan = make_plan(*tool.chains(size, size))
        expected = SLOW.device_s(plan, 2) - SLOW.seed_s * 2 * plan.call_count
        assert row.split()[6] == f"{expected:.4f}"
        assert row.endswith("%")
    assert told[7].startswith("calls times samples from which on devices are faster: expected never and measured ")
    assert told[-1].endswith("in a new process: 0.5")


def test_without_a_gpu_it_says_why(
    tool: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "cupy", None)
    monkeypatch.setattr(cupy_device, "_opened", None)
    monkeypatch.setattr(sys, "argv", ["gpu.py"])
    tool.main()
    assert capsys.readouterr().out.startswith("nothing to measure: the CUDA engine needs CuPy")
