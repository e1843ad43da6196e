"""Asking for the CUDA engine where there is no CuPy, no GPU, or something broken: errors that say so, and the CPU."""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path

import pytest

from arcbatt.engine import ENGINES, available_engines, select_engine
from arcbatt.engine.cuda import cupy_device
from arcbatt.errors import EngineError
from support.command import arcbatt
from support.twins import needs_native

FAKE = """
    class _Error(RuntimeError):
        status = 35

    class _Runtime:
        CUDARuntimeError = _Error
        @staticmethod
        def getDeviceCount():
            COUNT
        @staticmethod
        def getDeviceProperties(number):
            return {"name": b"Old Card", "major": 6, "minor": 1, "totalGlobalMem": 2**33}
        @staticmethod
        def runtimeGetVersion():
            return 12090
        @staticmethod
        def driverGetVersion():
            return 12020

    class cuda:
        runtime = _Runtime

    __version__ = "14.0"
"""
"""A CuPy of which only as much is there as is asked for before anything runs on a device."""
CASES = {
    "no CuPy": ("raise ModuleNotFoundError('none', name='cupy')", "needs CuPy, which is not installed"),
    "a part of CuPy": ("import numpy_that_is_not_there", "CuPy is installed but does not load"),
    "a broken CuPy": ("raise ImportError('libcuda.so.1: cannot open')", r"does not load \(ImportError: libcuda"),
    "no GPU": (FAKE.replace("COUNT", "return 0"), "there is no GPU here"),
    "a broken driver": (
        FAKE.replace("COUNT", "raise _Error('cudaErrorInsufficientDriver: too old')"),
        "CUDA does not work here .*cudaErrorInsufficientDriver: too old.*see to driver and devices",
    ),
    "an old GPU": (FAKE.replace("COUNT", "return 1"), "no GPU here has compute capability 7.5 or later"),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    """A folder with a module ``cupy``, which is found first, and what is said of it."""
    source, said = CASES[request.param]
    (tmp_path / "cupy.py").write_text(textwrap.dedent(source))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "cupy", raising=False)
    monkeypatch.setattr(cupy_device, "_opened", None)
    return tmp_path, said


@needs_native
def test_what_is_missing_is_told(case: tuple[Path, str]) -> None:
    with pytest.raises(EngineError, match=case[1]) as error:
        select_engine("cuda")
    assert "--engine native or --engine auto" in str(error.value)
    assert "\n" not in str(error.value)


def test_auto_goes_on_with_the_cpu(case: tuple[Path, str]) -> None:
    assert select_engine("auto").name == available_engines()[0]
    assert "cuda" in ENGINES
    assert "cuda" not in available_engines()


@needs_native
def test_commands_end_with_status_2_and_one_line(tmp_path: Path) -> None:
    (tmp_path / "cupy.py").write_text("raise ImportError('broken')\n")
    done = arcbatt("run", "007bbfb7", "--engine", "cuda", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 2
    assert "CuPy is installed but does not load (ImportError: broken)" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_says_why_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "cupy.py").write_text("raise ImportError('broken')\n")
    done = arcbatt("doctor", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 0
    assert "cuda           not here, auto takes native: CuPy is installed but does not load (ImportError: broken)" in done.stdout


def test_doctor_tells_devices(tmp_path: Path) -> None:
    (tmp_path / "cupy.py").write_text(textwrap.dedent(FAKE.replace("COUNT", "return 1")))
    done = arcbatt("doctor", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert "cuda           cupy 14.0, cuda 12.9, driver 12.2" in done.stdout
    assert "device         Old Card (0), capability 6.1, 8 GiB, too old" in done.stdout
    found = json.loads(arcbatt("doctor", "--json", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}).stdout)
    assert found["engines"]["cuda"]["devices"] == [
        {"name": "Old Card (0)", "capability": "6.1", "memory_bytes": 2**33, "is_usable": False}
    ]
