"""What goes through CuPy, with a stand-in for it that keeps everything on the host: copies, launches, errors.

Only a GPU shows the rest: ``tests/gpu``.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Sample
from arcbatt.engine import select_engine
from arcbatt.engine.cuda import cupy_device
from arcbatt.engine.cuda.batches import DeviceWarning
from arcbatt.errors import EngineError
from arcbatt.program.graph import Graph
from support.cuda_programs import covered_program, engine_on
from support.fake_cupy import FakeMemoryError, FakeRuntimeError, fake_cupy
from support.host_device import COMPILER
from support.programs import random_grid
from support.timed import forget
from support.twins import needs_native

pytestmark = [
    needs_native, pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host"),
]  # fmt: skip


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Puts a stand-in in CuPy's place."""

    def install(*arguments: Any) -> None:
        monkeypatch.setitem(sys.modules, "cupy", fake_cupy(*arguments))
        forget(monkeypatch, tmp_path / "cache")

    return install


def judged(engine: Any, seed: int = 3) -> list[list[Any]]:
    rng, graph = random.Random(seed), Graph()
    roots = [covered_program(rng, graph, rng.randint(1, 5)) for _ in range(40)]
    samples = [Sample(random_grid(rng), random_grid(rng)) for _ in range(5)]
    return [list(row) for row, _ in engine.open(graph).bind(S=()).judge_samples(roots, samples)]


@pytest.mark.parametrize("count", [1, 2])
def test_it_evaluates(count: int, installed: Any) -> None:
    installed(count)
    devices = cupy_device.open_devices()
    assert len(devices) == count
    assert cupy_device.open_devices() == devices
    engine = engine_on(devices)
    assert judged(engine) == judged(select_engine("native"))
    assert engine.traffic.calls > 100


def test_it_is_chosen_by_name(installed: Any) -> None:
    installed(1)
    engine = select_engine("cuda")
    assert engine.name == "cuda"
    assert engine.is_threaded
    assert judged(engine) == judged(select_engine("native"))


def test_errors_of_the_runtime_mean_a_lost_device(installed: Any) -> None:
    broken: list[bool] = []
    installed(1, lambda name: FakeRuntimeError(700) if broken and name == "launch" else None)
    engine = engine_on(cupy_device.open_devices())
    broken.append(True)
    with pytest.warns(DeviceWarning, match=r"GPU 0 is lost \(cudaError 700\); the rest is done on the CPU"):
        assert judged(engine) == judged(select_engine("native"))


@pytest.mark.parametrize("error", [FakeMemoryError("no"), FakeRuntimeError(2)])
def test_out_of_memory_is_no_loss(error: Exception, installed: Any) -> None:
    asked: list[str] = []

    def fault(name: str) -> Exception | None:
        asked.append(name)
        return error if asked.count("malloc") == 6 and name == "malloc" else None  # three try the device out

    installed(1, fault)
    engine = engine_on(cupy_device.open_devices())
    assert judged(engine) == judged(select_engine("native"))
    assert engine.traffic.batches == 2


def test_a_device_that_does_not_answer_is_refused(installed: Any) -> None:
    installed(1, lambda name: FakeRuntimeError(719) if name == "launch" else None)
    with pytest.raises(EngineError, match=r"GPU 0 does not answer \(cudaError 719\)"):
        select_engine("cuda")


def test_one_that_computes_nonsense_is_refused(installed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(1)
    monkeypatch.setattr(cupy_device, "unpack_value", lambda _: (((0,),),))
    with pytest.raises(EngineError, match="GPU 0 computes wrong values"):
        select_engine("cuda")
