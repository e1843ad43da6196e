"""``auto`` with a GPU: taken where it was measured to be faster, and else not. With a stand-in for CuPy."""

from __future__ import annotations

import json
import os
import random
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Sample
from arcbatt.cli import doctor_command
from arcbatt.engine import ENGINES, on_cpu, select_engine
from arcbatt.engine.cuda import CudaEngine, choosing, cupy_device, known_costs
from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.device import Device, DeviceLostError, DeviceMemoryError
from arcbatt.engine.cuda.measured_battery import chains
from arcbatt.errors import DeviceWarning
from arcbatt.report.html.page_workers import FUEL_OF_ALL
from arcbatt.runs.options import RunOptions
from arcbatt.runs.workers import open_workers
from support.command import arcbatt
from support.fake_cupy import FakeRuntimeError, fake_cupy
from support.host_device import COMPILER
from support.programs import random_grid
from support.timed import BREAK_EVEN, FAST, SLOW, forget
from support.twins import needs_native

pytestmark = [
    needs_native, pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host"),
]  # fmt: skip


class Machine:
    """A machine with GPUs that cost what they are told to when they are measured."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._monkeypatch = monkeypatch
        self._folder = folder
        self.measured: list[str] = []

    def begin(self, *costs: Costs | Exception, fault: Any = lambda _: None) -> None:
        """A new process, with a GPU for each of these."""
        self._monkeypatch.setitem(sys.modules, "cupy", fake_cupy(len(costs), fault))
        forget(self._monkeypatch, self._folder)

        def measured(device: Device) -> Costs:
            self.measured.append(device.name)
            found = costs[int(device.name.removeprefix("GPU "))]
            if isinstance(found, Exception):
                raise found
            return found

        self._monkeypatch.setattr(known_costs, "measured_costs", measured)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    return Machine(monkeypatch, tmp_path / "cache")


def judged(engine: Any, programs: int) -> list[list[Any]]:
    rng, battery = random.Random(1), chains("G", programs, 4)
    samples = [Sample(random_grid(rng), None) for _ in range(4)]
    return [list(row) for row, _ in engine.open(battery.graph).bind(S=()).judge_samples(battery.roots, samples)]


def test_a_gpu_that_is_faster_is_taken_for_batteries_large_enough(machine: Machine) -> None:
    machine.begin(FAST)
    engine = select_engine("auto")
    assert isinstance(engine, CudaEngine)
    assert judged(engine, 4) == judged(select_engine("native"), 4)
    assert engine.traffic.calls == 0
    assert judged(engine, 100) == judged(select_engine("native"), 100)
    assert engine.traffic.calls > BREAK_EVEN
    assert choosing.choose().reason == "the GPU was measured to be faster from 528 calls times samples on"


def test_one_that_never_is_stays_unused(machine: Machine) -> None:
    machine.begin(SLOW)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert select_engine("auto").name == "native"
    assert choosing.choose() == choosing.Choice(
        False, "the GPU was measured never to be faster, up to 1,000,000 calls times samples"
    )
    engine = select_engine("cuda")  # by name it is there, and does what pays: nothing
    assert isinstance(engine, CudaEngine)
    assert judged(engine, 100) == judged(select_engine("native"), 100)
    assert engine.traffic.calls == 0


def test_of_several_that_share_the_work_the_slowest_counts(machine: Machine) -> None:
    machine.begin(FAST, FAST)
    assert select_engine("auto").name == "cuda"
    machine.begin(FAST, SLOW)
    (machine._folder / "gpu-costs.json").unlink()
    forget(machine._monkeypatch, machine._folder)
    assert select_engine("auto").name == "native"
    assert [device.break_even for device in known_costs.measured_devices()] == [BREAK_EVEN, None]


def test_it_is_measured_once_on_a_machine(machine: Machine) -> None:
    machine.begin(FAST)
    for _ in range(3):
        assert select_engine("auto").name == select_engine("cuda").name == "cuda"
    machine.begin(SLOW)  # what was kept counts
    assert select_engine("auto").name == "cuda"
    assert machine.measured == ["GPU 0"]


@pytest.mark.parametrize("changed", ["cupy", "driver", "kernels", "native", "card"])
def test_it_is_measured_anew_when_something_has_changed(
    changed: str, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.begin(FAST)
    assert select_engine("auto").name == "cuda"
    machine.begin(SLOW)
    cupy: Any = sys.modules["cupy"]
    if changed == "cupy":
        cupy.__version__ = "14.1"
    elif changed == "driver":
        cupy.cuda.runtime.driverGetVersion = lambda: 13000
    elif changed == "kernels":
        monkeypatch.setattr(known_costs, "device_source", lambda: "others")
    elif changed == "native":
        monkeypatch.setattr(known_costs, "native_module", lambda: type("module", (), {"__version__": "9"}))
    else:
        card = cupy.cuda.runtime.getDeviceProperties(0)
        cupy.cuda.runtime.getDeviceProperties = lambda _: {**card, "name": b"Other Card"}
    assert select_engine("auto").name == "native"
    assert machine.measured == ["GPU 0", "GPU 0"]


def test_where_nothing_can_be_kept_it_is_measured_once_a_process(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the folder's place")
    for _ in range(2):
        machine.begin(FAST)
        for _ in range(2):
            assert select_engine("auto").name == "cuda"
    assert machine.measured == ["GPU 0", "GPU 0"]


@pytest.mark.parametrize(("error", "said"), [
    (DeviceLostError("it fell off the bus"), "GPU 0 is lost while it is measured (it fell off the bus)"),
    (DeviceMemoryError("none"), "GPU 0 has too little memory left to be measured (none)"),
    (RuntimeError("odd\nindeed"), "RuntimeError: odd indeed"),
])  # fmt: skip
def test_what_breaks_while_it_is_measured_leaves_the_cpu(machine: Machine, error: Exception, said: str) -> None:
    machine.begin(error)
    with pytest.warns(DeviceWarning) as told:
        assert [select_engine("auto").name for _ in range(3)] == ["native"] * 3
    assert [str(item.message) for item in told] == [f"auto goes on with the CPU: {said}"]


def test_one_that_does_not_answer_leaves_the_cpu(machine: Machine) -> None:
    machine.begin(FAST, fault=lambda name: FakeRuntimeError(719) if name == "launch" else None)
    with pytest.warns(DeviceWarning, match=r"the CPU: GPU 0 does not answer \(cudaError 719\)$"):
        assert select_engine("auto").name == "native"


def test_one_that_computes_nonsense_leaves_the_cpu(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.begin(FAST)
    monkeypatch.setattr(cupy_device, "unpack_value", lambda _: (((0,),),))
    with pytest.warns(DeviceWarning, match="the CPU: GPU 0 computes wrong values$"):
        assert select_engine("auto").name == "native"
    assert machine.measured == []


def test_work_in_processes_goes_to_the_cpu() -> None:
    assert [on_cpu(name) for name in ("auto", "native", "python", "cuda")] == ["native", "native", "python", "cuda"]
    given: list[str] = []

    def opener(options: RunOptions) -> Any:
        given.append(options.engine)
        return dict

    open_workers(opener, RunOptions(engine="auto")).close()
    with pytest.warns(DeviceWarning, match="processes, in which this work is done, use no GPU"):
        open_workers(opener, RunOptions(engine="cuda")).close()
    assert given == ["native", "native"]


def test_pages_bound_the_same_work_with_every_engine_that_is_native() -> None:
    assert set(FUEL_OF_ALL) == {*ENGINES} - {"auto"}
    assert FUEL_OF_ALL["cuda"] == FUEL_OF_ALL["native"]


def test_doctor_goes_on_where_measuring_breaks(machine: Machine, tmp_path: Path) -> None:
    machine.begin(RuntimeError("odd"))
    found = doctor_command._engines()
    assert (found["auto"], found["auto_reason"]) == ("native", "RuntimeError: odd")
    assert [device["name"] for device in found["cuda"]["devices"]] == ["Host Card (0)"]
    assert "break_even" not in found["cuda"]["devices"][0]


# ---------------------------------------------------------------------- commands

STAND_IN = """
import sys
from arcbatt.engine.cuda import known_costs
from support.fake_cupy import fake_cupy
from support.timed import {costs}

def measured(device):
    print("measured", device.name, file=sys.stderr)
    return {costs}

known_costs.measured_costs = measured
sys.modules["cupy"] = fake_cupy(1)
"""


def command(folder: Path, costs: str, *words: str) -> Any:
    (folder / "cupy.py").write_text(STAND_IN.format(costs=costs))
    places = os.pathsep.join([str(folder), str(Path(__file__).parents[2])])
    return arcbatt(*words, cwd=folder, env={"PYTHONPATH": places, "ARCBATT_CACHE": str(folder / f"of-{costs}")})


def test_doctor_tells_the_break_even(tmp_path: Path) -> None:
    first, second = (command(tmp_path, "FAST", "doctor") for _ in range(2))
    assert first.returncode == second.returncode == 0
    assert "measured GPU 0" in first.stderr
    assert "measured" not in second.stderr
    assert first.stdout == second.stdout
    lines = first.stdout.splitlines()
    start = lines.index("device         Host Card (0), capability 9.0, 8 GiB")
    assert lines[start - 1 : start + 3] == [
        "cuda           cupy 14.0, cuda 12.9, driver 12.9",
        "device         Host Card (0), capability 9.0, 8 GiB",
        "break-even     Host Card (0): faster from 528 calls times samples on (chains of 4 cheap calls on 4 samples)",
        "auto           takes cuda: the GPU was measured to be faster from 528 calls times samples on",
    ]
    told = command(tmp_path, "SLOW", "doctor").stdout
    assert "break-even     Host Card (0): never faster than the native engine, up to 1,000,000 calls" in told
    assert "auto           takes native: the GPU was measured never to be faster" in told


def test_doctor_tells_all_of_it_as_json(tmp_path: Path) -> None:
    found = json.loads(command(tmp_path, "FAST", "doctor", "--json").stdout)["engines"]
    assert found["auto"] == "cuda"
    assert found["auto_reason"].startswith("the GPU was measured to be faster from 528")
    (device,) = found["cuda"]["devices"]
    assert (device["name"], device["break_even"]) == ("Host Card (0)", 528)
    assert device["costs"]["native_s"] == dict(FAST.native_s)
    assert device["costs"]["launch_s"] == FAST.launch_s
    assert json.loads(command(tmp_path, "SLOW", "doctor", "--json").stdout)["engines"]["auto"] == "native"


def engine_of_last_run(folder: Path, workspace: str) -> str:
    listed = arcbatt("list", "runs", "--json", "--workspace", workspace, cwd=folder)
    found: str = json.loads(listed.stdout)[-1]["engine"]
    return found


def test_a_run_takes_it_and_finds_the_same(tmp_path: Path) -> None:
    reports = {}
    for costs in ("FAST", "SLOW"):
        done = command(tmp_path, costs, "run", "007bbfb7", "-q", "--workspace", costs, "--json", f"{costs}.json")
        assert done.returncode == 0, done.stderr
        reports[costs] = json.loads((tmp_path / f"{costs}.json").read_text())
    assert [engine_of_last_run(tmp_path, costs) for costs in ("FAST", "SLOW")] == ["cuda", "native"]
    assert reports["FAST"]["tasks"] == reports["SLOW"]["tasks"]


def test_work_in_processes_does_not_take_it(tmp_path: Path) -> None:
    done = command(
        tmp_path, "FAST", "evolve", "--tasks", "007bbfb7", "--generations", "1", "-j", "1", "--workspace", "evolved"
    )
    assert done.returncode == 0, done.stderr
    assert "measured" not in done.stderr
    assert engine_of_last_run(tmp_path, "evolved") == "native"
