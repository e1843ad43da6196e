"""GPUs through CuPy: its memory pools, its copies, and NVRTC for the kernels, once for each kind of device.

CuPy is imported when devices are asked for, not before: it is slow to load and not installed in most places.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from arcbatt.engine.cuda.coverage import kernels_by_call
from arcbatt.engine.cuda.device import Device, DeviceLostError, DeviceMemoryError, Memory, NoDeviceError
from arcbatt.engine.cuda.enumeration.steps import EVALUATING, STEPS
from arcbatt.engine.cuda.layout import SLOT_BYTES, fuel_of, pack_value, unpack_value
from arcbatt.engine.cuda.plan import CALL_BYTES, pack_call
from arcbatt.engine.cuda.source import COMPILER_FLAGS, device_source
from arcbatt.errors import EngineError

__all__ = ["CupyDevice", "DeviceState", "device_states", "open_devices"]

_OLDEST: Final = 75
"""The oldest compute capability, ten times: the kernels need warps whose lanes wait for each other."""
_WARPS: Final = 4
"""Warps of a block, as ``warp.cuh`` has it."""
_OUT_OF_MEMORY: Final = 2
"""``cudaErrorMemoryAllocation``."""
_NO_DEVICE: Final = 100
"""``cudaErrorNoDevice``."""
_ELSE = "take --engine native or --engine auto"

_opened: tuple[int, list[Device]] | None = None
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class DeviceState:
    """What is known of a GPU before anything runs on it.

    Attributes:
        name: what its driver calls it, with its number.
        capability: its compute capability, such as ``7.5``.
        memory_bytes: bytes of its memory.
        is_usable: whether it is new enough.
    """

    name: str
    capability: str
    memory_bytes: int
    is_usable: bool


def open_devices() -> list[Device]:
    """All usable GPUs, with the kernels compiled and tried out; the same ones each time in a process.

    Raises:
        EngineError: CuPy is missing or broken, there is no usable GPU, or the kernels do not work on it. The message
            says which, and what to do.
    """
    global _opened
    with _lock:
        if _opened is None or _opened[0] != os.getpid():
            cupy = _cupy()
            usable = [number for number, state in enumerate(_states(cupy)) if state.is_usable]
            if not usable:
                raise NoDeviceError(
                    f"no GPU here has compute capability {_OLDEST / 10} or later, which the CUDA engine needs; {_ELSE}"
                )
            devices: list[Device] = [CupyDevice(cupy, number) for number in usable]
            for device in devices:
                _try_out(device)
            _opened = os.getpid(), devices
        return list(_opened[1])


def device_states() -> tuple[dict[str, str], list[DeviceState]]:
    """Versions of CuPy, CUDA and the driver, and all GPUs, usable or not.

    Raises:
        EngineError: CuPy is missing or broken, or there is no GPU.
    """
    cupy = _cupy()
    runtime = cupy.cuda.runtime
    with _told():
        versions = {
            "cupy": str(cupy.__version__), "cuda": _version(runtime.runtimeGetVersion()),
            "driver": _version(runtime.driverGetVersion()),
        }  # fmt: skip
    return versions, _states(cupy)


def _version(number: int) -> str:
    """12090 is 12.9."""
    return f"{number // 1000}.{number % 1000 // 10}"


def _cupy() -> Any:
    try:
        import cupy
    except ModuleNotFoundError as error:
        if error.name != "cupy":
            raise EngineError(f"CuPy is installed but does not load ({error}); install it again, or {_ELSE}") from None
        raise NoDeviceError(
            f"the CUDA engine needs CuPy, which is not installed (pip install 'arcbatt[cuda]'); {_ELSE}"
        ) from None
    except Exception as error:  # whatever a broken installation or driver raises
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise EngineError(f"CuPy is installed but does not load ({reason}); install it again, or {_ELSE}") from None
    return cupy


@contextmanager
def _told() -> Iterator[None]:
    """Anything that CuPy raises, as an engine's error in one line."""
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        raise EngineError(f"CUDA does not work here ({reason}); see to driver and devices, or {_ELSE}") from None


def _states(cupy: Any) -> list[DeviceState]:
    runtime = cupy.cuda.runtime
    with _told():
        count = _device_count(runtime)
        if count == 0:
            raise NoDeviceError(f"there is no GPU here that CUDA knows; {_ELSE}")
        found = []
        for number in range(count):
            facts = runtime.getDeviceProperties(number)
            name = facts["name"].decode(errors="replace") if isinstance(facts["name"], bytes) else str(facts["name"])
            major, minor = int(facts["major"]), int(facts["minor"])
            is_usable = 10 * major + minor >= _OLDEST
            found.append(
                DeviceState(f"{name} ({number})", f"{major}.{minor}", int(facts["totalGlobalMem"]), is_usable)
            )
        return found


def _device_count(runtime: Any) -> int:
    try:
        return int(runtime.getDeviceCount())
    except runtime.CUDARuntimeError as error:
        if error.status == _NO_DEVICE:
            return 0
        raise


class CupyDevice:
    """A GPU. Everything goes through one stream, so that launches and copies come one after the other.

    Args:
        cupy: the module.
        number: the number of the device.

    Raises:
        EngineError: the kernels do not compile, or do not load.
    """

    def __init__(self, cupy: Any, number: int) -> None:
        self._cupy = cupy
        self._number = number
        self.name = f"GPU {number}"
        with _told(), cupy.cuda.Device(number):
            self._stream = cupy.cuda.Stream(non_blocking=True)
            self._pool = cupy.cuda.MemoryPool()
            module = cupy.RawModule(code=device_source(), options=COMPILER_FLAGS, backend="nvrtc")
            self._evaluate = module.get_function("evaluate")
            self._steps = {step: module.get_function(f"search_{step}") for step in STEPS if step not in EVALUATING}

    def another(self) -> CupyDevice:
        """See :class:`~arcbatt.engine.cuda.device.Device`."""
        return CupyDevice(self._cupy, self._number)

    def free_bytes(self) -> int:
        """See :class:`~arcbatt.engine.cuda.device.Device`."""
        with self._using():
            free, _ = self._cupy.cuda.runtime.memGetInfo()
            return int(free) + int(self._pool.free_bytes())

    def allocate(self, size: int) -> Memory:
        """See :class:`~arcbatt.engine.cuda.device.Device`."""
        with self._using():
            return self._pool.malloc(size)

    def release(self, memory: Memory) -> None:
        """See :class:`~arcbatt.engine.cuda.device.Device`. The pool has it back once nobody holds it."""

    def upload(self, memory: Memory, rows: list[bytes], stride: int) -> None:
        """See :class:`~arcbatt.engine.cuda.device.Device`."""
        width = max(map(len, rows))
        packed = b"".join(row.ljust(width, b"\0") for row in rows)
        runtime = self._cupy.cuda.runtime
        with self._using():
            pitch = stride if len(rows) > 1 else width
            # Pageable memory: the copy has left it when the call returns.
            runtime.memcpy2DAsync(
                memory.ptr, pitch, _address(packed), width, width, len(rows), runtime.memcpyHostToDevice,
                self._stream.ptr,
            )  # fmt: skip
            self._stream.synchronize()

    def launch(
        self, calls: Memory, first: int, count: int, blocks: Memory, block_bytes: int, shared: Memory, samples: int
    ) -> None:
        """See :class:`~arcbatt.engine.cuda.device.Device`."""
        whole = self._cupy.int64
        place = self._cupy.uint64
        arguments = (
            place(calls.ptr + first * CALL_BYTES), whole(count), place(blocks.ptr), whole(block_bytes),
            place(shared.ptr), whole(samples), place(0), whole(0),
        )  # fmt: skip
        grid = (count * samples + _WARPS - 1) // _WARPS
        with self._using():
            self._evaluate((grid,), (32 * _WARPS,), arguments)

    def download(self, memory: Memory, size: int, count: int) -> list[bytes]:
        """See :class:`~arcbatt.engine.cuda.device.Device`."""
        view = memoryview(self._copied(memory.ptr, size * count))
        return [bytes(view[number * size : (number + 1) * size]) for number in range(count)]

    def address(self, memory: Memory) -> int:
        """See :class:`~arcbatt.engine.cuda.device.Device`."""
        return int(memory.ptr)

    def fill(self, memory: Memory, size: int, byte: int) -> None:
        """See :class:`~arcbatt.engine.cuda.device.Device`."""
        with self._using():
            self._cupy.cuda.runtime.memsetAsync(memory.ptr, byte, size, self._stream.ptr)

    def run(self, step: str, round_: Memory, warps: int) -> None:
        """See :class:`~arcbatt.engine.cuda.device.Device`."""
        whole, place = self._cupy.int64, self._cupy.uint64
        grid = (warps + _WARPS - 1) // _WARPS
        with self._using():
            if step in EVALUATING:
                arguments = *(place(0), whole(0)) * 3, place(round_.ptr), whole(step == "keep")
                self._evaluate((grid,), (32 * _WARPS,), arguments)
            else:
                self._steps[step]((grid,), (32 * _WARPS,), (place(round_.ptr),))

    def read(self, memory: Memory, offset: int, size: int) -> bytes:
        """See :class:`~arcbatt.engine.cuda.device.Device`."""
        return bytes(self._copied(memory.ptr + offset, size))

    def _copied(self, place: int, size: int) -> bytearray:
        runtime = self._cupy.cuda.runtime
        found = bytearray(size)
        if size:
            with self._using():
                target = (ctypes.c_char * size).from_buffer(found)
                runtime.memcpyAsync(ctypes.addressof(target), place, size, runtime.memcpyDeviceToHost, self._stream.ptr)
                self._stream.synchronize()
        return found

    @contextmanager
    def _using(self) -> Iterator[None]:
        """This device and its stream in hand; what goes wrong on it by the names that batches know."""
        cuda = self._cupy.cuda
        try:
            with cuda.Device(self._number), self._stream:
                yield
        except cuda.memory.OutOfMemoryError as error:
            raise DeviceMemoryError(str(error)) from None
        except cuda.runtime.CUDARuntimeError as error:
            if error.status == _OUT_OF_MEMORY:
                raise DeviceMemoryError(str(error)) from None
            raise DeviceLostError(str(error)) from None
        except cuda.driver.CUDADriverError as error:
            raise DeviceLostError(str(error)) from None


def _address(content: bytes) -> int:
    return ctypes.cast(ctypes.c_char_p(content), ctypes.c_void_p).value or 0


def _try_out(device: Device) -> None:
    """Turns one grid, to see whether the kernels do what they should.

    Raises:
        EngineError: they do not.
    """
    kernel = kernels_by_call()["rot90", "G"]
    packed = pack_value(((1, 2), (3, 4)))
    assert packed is not None
    start, size = SLOT_BYTES["G"], 2 * SLOT_BYTES["G"]
    try:
        calls, block, shared = device.allocate(CALL_BYTES), device.allocate(size), device.allocate(CALL_BYTES)
        device.upload(calls, [pack_call(kernel.number, start, [0])], CALL_BYTES)
        device.upload(block, [packed[1]], size)
        device.launch(calls, 0, 1, block, size, shared, 1)
        slot = device.download(block, size, 1)[0][start:]
    except DeviceMemoryError as error:
        raise EngineError(f"{device.name} has no memory left ({error}); {_ELSE}") from None
    except DeviceLostError as error:
        raise EngineError(f"{device.name} does not answer ({error}); {_ELSE}") from None
    if unpack_value(slot) != (((3, 1), (4, 2)),) or fuel_of(slot) != 1:
        raise EngineError(f"{device.name} computes wrong values; {_ELSE}")
    for memory in (calls, block, shared):
        device.release(memory)
