"""The devices of a process for the enumerations of its workers: who gets them, and who does without."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from arcbatt.engine.cuda.enumeration import remote
from arcbatt.engine.cuda.enumeration.queue import DeviceQueues
from arcbatt.errors import DeviceWarning
from arcbatt.runs import search_devices
from arcbatt.runs.options import RunOptions
from arcbatt.runs.search_devices import devices_for_workers


@pytest.fixture(autouse=True)
def _a_machine_with_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = SimpleNamespace(searches=DeviceQueues([]))
    monkeypatch.setattr(search_devices, "select_engine", lambda name, limits: engine)


def test_workers_evaluate_natively_and_find_the_devices() -> None:
    with devices_for_workers(RunOptions(engine="cuda")) as options:
        assert options.engine == "native"
        assert options.searches is not None
        queues = remote.RemoteQueues(options.searches)
        assert queues.open([], 1, 1, b"", 0) is None  # it answers that there is no device left
    assert queues.open([], 1, 1, b"", 0) is None  # nobody answers


@pytest.mark.parametrize("given", [
    RunOptions(engine="native"), RunOptions(engine="python"), RunOptions(engine="cuda", cluster="local:2"),
])  # fmt: skip
def test_other_workers_are_left_as_they_are(given: RunOptions) -> None:
    with devices_for_workers(given) as options:
        assert options is given


def test_without_a_socket_workers_search_on_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_listener(*_: Any, **__: Any) -> Any:
        raise OSError("no space left on device")

    monkeypatch.setattr(remote, "Listener", no_listener)
    with (
        pytest.warns(DeviceWarning, match=r"cannot reach the GPUs \(no space left on device\): they search on the CPU"),
        devices_for_workers(RunOptions(engine="cuda")) as options,
    ):
        assert (options.engine, options.searches) == ("native", None)
