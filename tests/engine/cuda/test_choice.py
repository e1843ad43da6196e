"""Asking for the CUDA engine where there is no CuPy, no GPU, or something broken: errors that say so, and the CPU."""

from __future__ import annotations

import json
import re
import sys
import textwrap
import warnings
from pathlib import Path

import pytest

from arcbatt.engine import ENGINES, available_engines, select_engine
from arcbatt.engine.cuda import choosing
from arcbatt.errors import DeviceWarning, EngineError
from support.command import arcbatt
from support.timed import forget
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
BROKEN = {"a part of CuPy", "a broken CuPy", "a broken driver"}
"""The cases that need repair; in the others there just is nothing."""
CASES = {
    "no CuPy": ("raise ModuleNotFoundError('none', name='cupy')", "needs CuPy, which is not installed"),
    "a part of CuPy": ("import numpy_that_is_not_there", "CuPy is installed but does not load"),
    "a broken CuPy": ("raise ImportError('libcuda.so.1: cannot open')", r"does not load \(ImportError: libcuda"),
    "no GPU": (FAKE.replace("COUNT", "return 0"), "there is no GPU here"),
    "no GPU, as CUDA says it": (
        FAKE.replace("COUNT", "error = _Error('cudaErrorNoDevice'); error.status = 100; raise error"),
        "there is no GPU here",
    ),
    "a broken driver": (
        FAKE.replace("COUNT", "raise _Error('cudaErrorInsufficientDriver: too old')"),
        "CUDA does not work here .*cudaErrorInsufficientDriver: too old.*see to driver and devices",
    ),
    "an old GPU": (FAKE.replace("COUNT", "return 1"), "no GPU here has compute capability 7.5 or later"),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The name of a case, with its module ``cupy``, which is found first, and what is said of it."""
    source, said = CASES[request.param]
    (tmp_path / "cupy.py").write_text(textwrap.dedent(source))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "cupy", raising=False)
    forget(monkeypatch, tmp_path / "cache")
    return request.param, said


@needs_native
def test_what_is_missing_is_told(case: tuple[str, str]) -> None:
    with pytest.raises(EngineError, match=case[1]) as error:
        select_engine("cuda")
    assert "--engine native or --engine auto" in str(error.value)
    assert "\n" not in str(error.value)


def test_auto_goes_on_with_the_cpu_and_warns_once_of_what_is_broken(case: tuple[str, str]) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for _ in range(3):
            assert select_engine("auto").name == available_engines()[0]
    assert "cuda" in ENGINES
    assert "cuda" not in available_engines()
    expected = [DeviceWarning] if case[0] in BROKEN and "native" in available_engines() else []
    assert [item.category for item in told] == expected
    for item in told:
        assert re.match(f"auto goes on with the CPU: .*{case[1].partition('.*see')[0]}", str(item.message))
        assert "--engine" not in str(item.message)


def test_why_auto_does_not_take_one_is_told(case: tuple[str, str]) -> None:
    choice = choosing.choose()
    assert not choice.is_taken
    assert re.search(case[1], choice.reason)
    assert choice.is_broken == (case[0] in BROKEN)
    assert "\n" not in choice.reason
    assert "--engine" not in choice.reason


@needs_native
def test_commands_end_with_status_2_and_one_line(tmp_path: Path) -> None:
    (tmp_path / "cupy.py").write_text("raise ImportError('broken')\n")
    done = arcbatt("run", "007bbfb7", "--engine", "cuda", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 2
    assert "CuPy is installed but does not load (ImportError: broken)" in done.stderr
    assert "Traceback" not in done.stderr


@needs_native
def test_a_run_warns_in_one_line_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "cupy.py").write_text("raise ImportError('broken')\n")
    done = arcbatt("run", "007bbfb7", "-q", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 0
    said = "CuPy is installed but does not load (ImportError: broken); install it again"
    assert done.stderr == f"arcbatt: auto goes on with the CPU: {said}\n"


@needs_native
def test_doctor_says_why_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "cupy.py").write_text("raise ImportError('broken')\n")
    done = arcbatt("doctor", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 0
    said = f"cuda           not here, auto takes {available_engines()[0]}: CuPy is installed but does not load"
    assert said in done.stdout


def test_doctor_tells_devices(tmp_path: Path) -> None:
    (tmp_path / "cupy.py").write_text(textwrap.dedent(FAKE.replace("COUNT", "return 1")))
    done = arcbatt("doctor", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert "cuda           cupy 14.0, cuda 12.9, driver 12.2" in done.stdout
    assert "device         Old Card (0), capability 6.1, 8 GiB, too old" in done.stdout
    assert f"auto           takes {available_engines()[0]}: " in done.stdout
    assert "break-even" not in done.stdout
    found = json.loads(arcbatt("doctor", "--json", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}).stdout)
    assert found["engines"]["cuda"]["devices"] == [
        {"name": "Old Card (0)", "capability": "6.1", "memory_bytes": 2**33, "is_usable": False}
    ]
