"""The benchmark of GPUs runs: with a stand-in for CuPy, and without one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from arcbatt.engine.cuda import cupy_device
from support.fake_cupy import fake_cupy
from support.host_device import COMPILER
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
def test_it_measures(tool: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "cupy", fake_cupy())
    monkeypatch.setattr(cupy_device, "_opened", None)
    monkeypatch.setattr(tool, "FIRST", "print(0.5)")
    monkeypatch.setattr(sys, "argv", ["gpu.py", "--sizes", "20,30", "--samples", "2", "--repeats", "1"])
    tool.main()
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "cupy 14.0, cuda 12.9, driver 12.9, Host Card (0)"
    assert [line.split()[:2] for line in told[2:4]] == [["20", "2"], ["30", "2"]]
    assert told[-1].endswith("in a new process: 0.5")


def test_without_a_gpu_it_says_why(
    tool: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "cupy", None)
    monkeypatch.setattr(cupy_device, "_opened", None)
    monkeypatch.setattr(sys, "argv", ["gpu.py"])
    tool.main()
    assert capsys.readouterr().out.startswith("nothing to measure: the CUDA engine needs CuPy")
