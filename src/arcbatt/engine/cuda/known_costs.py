"""The measured costs of this machine's GPUs: measured once for each device and version, and kept."""

from __future__ import annotations

import hashlib
import platform
import threading
from dataclasses import dataclass

import arcbatt
from arcbatt.engine.cuda import costs_file
from arcbatt.engine.cuda.break_even import break_even
from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.cupy_device import DeviceState, device_states, open_devices
from arcbatt.engine.cuda.device import Device, DeviceLostError, DeviceMemoryError
from arcbatt.engine.cuda.measuring import measured_costs
from arcbatt.engine.cuda.source import device_source
from arcbatt.engine.native_module import native_module
from arcbatt.errors import EngineError

__all__ = ["MeasuredDevice", "measured_devices"]

_known: dict[tuple[tuple[str, str], ...], Costs] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class MeasuredDevice:
    """A usable GPU and what work on it costs.

    Attributes:
        state: what its driver says of it.
        costs: as they were measured.
        break_even: calls times samples from which on it is faster, see
            :func:`arcbatt.engine.cuda.break_even.break_even`; None for never.
    """

    state: DeviceState
    costs: Costs
    break_even: int | None


def measured_devices() -> list[MeasuredDevice]:
    """All usable GPUs, in the order of :func:`~arcbatt.engine.cuda.cupy_device.open_devices`.

    What this process or an earlier one measured is not measured again, unless the device, a version or the kernels have
    changed since.

    Raises:
        NoDeviceError: there is none.
        EngineError: CuPy, a driver or a device is broken, or has no memory left to measure with.
    """
    devices = open_devices()
    versions, states = device_states()
    usable = [state for state in states if state.is_usable]
    found = []
    with _lock:
        for device, state in zip(devices, usable, strict=True):
            costs = _costs(device, _identity(versions, state))
            found.append(MeasuredDevice(state, costs, break_even(costs)))
    return found


def _costs(device: Device, identity: dict[str, str]) -> Costs:
    """The costs of a device: known to this process, kept by an earlier one, or measured now."""
    key = tuple(sorted(identity.items()))
    found = _known.get(key) or costs_file.load(identity)
    if found is None:
        found = _measured(device)
        costs_file.save(identity, found)
    _known[key] = found
    return found


def _measured(device: Device) -> Costs:
    try:
        return measured_costs(device)
    except DeviceMemoryError as error:
        raise EngineError(f"{device.name} has too little memory left to be measured ({error})") from None
    except DeviceLostError as error:
        raise EngineError(f"{device.name} is lost while it is measured ({error})") from None


def _identity(versions: dict[str, str], state: DeviceState) -> dict[str, str]:
    """All that costs depend on, and that may change between two runs."""
    return {
        **versions, "device": state.name, "capability": state.capability, "memory": str(state.memory_bytes),
        "arcbatt": arcbatt.__version__, "native": str(native_module().__version__), "processor": _processor(),
        "kernels": hashlib.sha256(device_source().encode()).hexdigest()[:32],
    }  # fmt: skip


def _processor() -> str:
    """What the CPU is called, as far as the system says."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()[:200]
    except OSError:
        pass
    return platform.processor()[:200] or platform.machine()[:200]
