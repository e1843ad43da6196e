"""The kernels on the host, from the same source as for GPUs; and a device that breaks when told to."""

from __future__ import annotations

import atexit
import ctypes
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from arcbatt.engine.cuda.device import DeviceLostError, DeviceMemoryError
from arcbatt.engine.cuda.enumeration.steps import STEPS
from arcbatt.engine.cuda.plan import CALL_BYTES
from arcbatt.engine.cuda.source import host_source

COMPILER = shutil.which("g++") or shutil.which("c++") or shutil.which("clang++")


LANES_SOURCE = """
#include <cstdio>
int main() {
    i64 sizes[2];
    if (fread(sizes, 8, 2, stdin) != 2) return 1;
    std::vector<Call> calls(sizes[0]);
    std::vector<u64> block(sizes[1] / 8 + 1), shared(4);
    if (fread(calls.data(), sizeof(Call), sizes[0], stdin) != (size_t)sizes[0]) return 1;
    if (fread(block.data(), 1, sizes[1], stdin) != (size_t)sizes[1]) return 1;
    arcbatt_evaluate(calls.data(), sizes[0], (u8*)block.data(), sizes[1], (u8*)shared.data(), 1);
    return fwrite(block.data(), 1, sizes[1], stdout) != (size_t)sizes[1];
}
"""
"""A program that evaluates calls from its input: the numbers of calls and of bytes, the calls, the block."""


@cache
def build() -> Path:
    """The library of the kernels."""
    return _built("kernels.so", "", "-fPIC", "-shared")


def build_program(main: str, *flags: str) -> Path | None:
    """A program of the kernels and more source, built with flags; None where the compiler does not know one of them."""
    try:
        return _built("kernels", main, *flags)
    except subprocess.CalledProcessError:
        _built("kernels", main, "-DLANES=4")  # the source is right
        return None


def _built(name: str, more: str, *flags: str) -> Path:
    assert COMPILER is not None
    folder = Path(mkdtemp(prefix="arcbatt-kernels-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    source = folder / "kernels.cpp"
    source.write_text(host_source() + more, encoding="utf-8")
    warnings = ["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter", "-Wno-unused-function"]
    command = [COMPILER, "-std=c++17", "-O1", *warnings, "-pthread", *flags, "-o", str(folder / name), str(source)]
    subprocess.run(command, check=True)
    return folder / name


class HostDevice:
    """Runs the kernels in this process."""

    def __init__(self, name: str = "host", free: int = 1 << 30) -> None:
        self.name = name
        self.free = free
        self.others: list[HostDevice] = []
        self.batches: list[int] = []
        self._held: dict[int, int] = {}
        library = ctypes.CDLL(str(build()))
        self._evaluate, self._search = library.arcbatt_evaluate, library.arcbatt_search
        number, place = ctypes.c_int64, ctypes.c_void_p
        self._evaluate.argtypes = [place, number, place, number, place, number]
        self._search.argtypes = [ctypes.c_char_p, place]
        self._evaluate.restype = self._search.restype = None

    def another(self) -> HostDevice:
        self.others.append(HostDevice(self.name, self.free))
        return self.others[-1]

    @property
    def held(self) -> int:
        """Bytes that are not released."""
        return sum(self._held.values())

    def free_bytes(self) -> int:
        return self.free - self.held

    def allocate(self, size: int) -> Any:
        if size > self.free - self.held:
            raise DeviceMemoryError(f"{size} bytes of {self.free - self.held}")
        # Of any content: what a kernel does not write must not look like a value.
        memory = ctypes.create_string_buffer(b"\x05" * size, size)
        self._held[id(memory)] = size
        return memory

    def release(self, memory: Any) -> None:
        del self._held[id(memory)]

    def upload(self, memory: Any, rows: list[bytes], stride: int) -> None:
        for number, row in enumerate(rows):
            assert number * stride + len(row) <= len(memory)
            ctypes.memmove(ctypes.addressof(memory) + number * stride, row, len(row))

    def launch(
        self, calls: Any, first: int, count: int, blocks: Any, block_bytes: int, shared: Any, samples: int
    ) -> None:
        assert block_bytes * samples <= len(blocks)
        if first == 0:
            self.batches.append(samples)
        self._evaluate(
            ctypes.addressof(calls) + first * CALL_BYTES, count, ctypes.addressof(blocks), block_bytes,
            ctypes.addressof(shared), samples,
        )  # fmt: skip

    def download(self, memory: Any, size: int, count: int) -> list[bytes]:
        assert size * count <= len(memory)
        return [ctypes.string_at(ctypes.addressof(memory) + number * size, size) for number in range(count)]

    def address(self, memory: Any) -> int:
        return ctypes.addressof(memory)

    def fill(self, memory: Any, size: int, byte: int) -> None:
        assert size <= len(memory)
        ctypes.memset(ctypes.addressof(memory), byte, size)

    def run(self, step: str, round_: Any, warps: int) -> None:
        assert step in STEPS
        assert warps >= 1
        self._search(step.encode(), ctypes.addressof(round_))

    def read(self, memory: Any, offset: int, size: int) -> bytes:
        assert offset + size <= len(memory)
        return ctypes.string_at(ctypes.addressof(memory) + offset, size)


class FaultyDevice(HostDevice):
    """Breaks at a call of a method: ``fault`` is asked before each, with its name and how often it was called."""

    def __init__(self, fault: Callable[[str, int], Exception | None], name: str = "faulty") -> None:
        super().__init__(name)
        self._fault = fault
        self.counts: dict[str, int] = {}

    def another(self) -> FaultyDevice:
        self.others.append(FaultyDevice(self._fault, self.name))
        self.others[-1].free = self.free
        return self.others[-1]

    def _ask(self, method: str) -> None:
        self.counts[method] = self.counts.get(method, 0) + 1
        error = self._fault(method, self.counts[method])
        if error is not None:
            raise error

    def free_bytes(self) -> int:
        self._ask("free_bytes")
        return super().free_bytes()

    def allocate(self, size: int) -> Any:
        self._ask("allocate")
        return super().allocate(size)

    def upload(self, memory: Any, rows: list[bytes], stride: int) -> None:
        self._ask("upload")
        super().upload(memory, rows, stride)

    def launch(self, *arguments: Any) -> None:
        self._ask("launch")
        super().launch(*arguments)

    def download(self, memory: Any, size: int, count: int) -> list[bytes]:
        self._ask("download")
        return super().download(memory, size, count)

    def fill(self, memory: Any, size: int, byte: int) -> None:
        self._ask("fill")
        super().fill(memory, size, byte)

    def run(self, step: str, round_: Any, warps: int) -> None:
        self._ask("run")
        super().run(step, round_, warps)

    def read(self, memory: Any, offset: int, size: int) -> bytes:
        self._ask("read")
        return super().read(memory, offset, size)


def lost_at(method: str, call: int) -> Callable[[str, int], Exception | None]:
    """A fault: the device is lost at that call of a method, and from then on."""
    broken: list[bool] = []

    def fault(name: str, count: int) -> Exception | None:
        if (name, count) == (method, call):
            broken.append(True)
        return DeviceLostError("it fell off the bus") if broken else None

    return fault
