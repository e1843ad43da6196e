"""As much of CuPy as the CUDA engine uses, with the host's memory for a GPU's, and the kernels built for the host."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from support.host_device import build


class FakeRuntimeError(RuntimeError):
    """An error of the CUDA runtime; 2 is out of memory."""

    def __init__(self, status: int) -> None:
        super().__init__(f"cudaError {status}")
        self.status = status


class FakeMemoryError(MemoryError):
    """An error of a memory pool."""


class _Memory:
    def __init__(self, size: int) -> None:
        self.buffer = ctypes.create_string_buffer(size)
        self.ptr = ctypes.addressof(self.buffer)


class _Stream:
    ptr = 7

    def __init__(self, non_blocking: bool) -> None:
        assert non_blocking

    def __enter__(self) -> _Stream:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def synchronize(self) -> None:
        pass


def fake_cupy(count: int = 1, fault: Callable[[str], Exception | None] = lambda _: None) -> ModuleType:
    """A module ``cupy`` with so many GPUs; ``fault`` is asked before a copy, an allocation and a launch, by name."""
    library = ctypes.CDLL(str(build()))
    evaluate, search = library.arcbatt_evaluate, library.arcbatt_search
    number, place = ctypes.c_int64, ctypes.c_void_p
    evaluate.argtypes = [place, number, place, number, place, number]
    search.argtypes = [ctypes.c_char_p, place]

    def ask(name: str) -> None:
        error = fault(name)
        if error is not None:
            raise error

    def copy(target: int, source: int, size: int, kind: int, stream: int) -> None:
        ask("memcpyAsync")
        assert (kind, stream) == (2, _Stream.ptr)
        ctypes.memmove(target, source, size)

    def copy_rows(
        target: int, pitch: int, source: int, width_of: int, width: int, rows: int, kind: int, stream: int
    ) -> None:
        ask("memcpy2DAsync")
        assert (kind, stream) == (1, _Stream.ptr)
        assert width <= pitch
        for row in range(rows):
            ctypes.memmove(target + row * pitch, source + row * width_of, width)

    def fill(target: int, byte: int, size: int, stream: int) -> None:
        ask("memsetAsync")
        assert stream == _Stream.ptr
        ctypes.memset(target, byte, size)

    def malloc(size: int) -> _Memory:
        ask("malloc")
        return _Memory(size)

    def launch(grid: tuple[int], block: tuple[int], arguments: tuple[Any, ...]) -> None:
        ask("launch")
        calls, count, blocks, block_bytes, shared, samples, round_, is_keeping = arguments
        assert [type(item) for item in arguments] == [np.uint64, np.int64] * 4
        assert block == (128,)
        if round_:
            search(b"keep" if is_keeping else b"evaluate", int(round_))
            return
        assert (grid[0] - 1) * 4 < count * samples <= grid[0] * 4
        evaluate(int(calls), int(count), int(blocks), int(block_bytes), int(shared), int(samples))

    def step(name: str, grid: tuple[int], block: tuple[int], arguments: tuple[Any, ...]) -> None:
        ask("launch")
        assert [type(item) for item in arguments] == [np.uint64]
        assert block == (128,)
        assert grid[0] >= 1
        search(name.encode(), int(arguments[0]))

    class RawModule:
        def __init__(self, code: str, options: tuple[str, ...], backend: str) -> None:
            assert 'extern "C" __global__' in code
            self._code = code
            assert (options, backend) == (("--std=c++17",), "nvrtc")

        def get_function(self, name: str) -> Any:
            if name == "evaluate":
                return launch
            assert f"STEP({name.removeprefix('search_')})" in self._code.split("#define STEP(name)")[1]
            return partial(step, name.removeprefix("search_"))

    properties = {"name": b"Host Card", "major": 9, "minor": 0, "totalGlobalMem": 2**33}
    runtime = SimpleNamespace(
        CUDARuntimeError=FakeRuntimeError, getDeviceCount=lambda: count, getDeviceProperties=lambda _: properties,
        memGetInfo=lambda: (2**28, 2**33), memcpyAsync=copy, memcpy2DAsync=copy_rows, memsetAsync=fill,
        memcpyHostToDevice=1, memcpyDeviceToHost=2, runtimeGetVersion=lambda: 12090, driverGetVersion=lambda: 12090,
    )  # fmt: skip
    module = ModuleType("cupy")
    module.__dict__.update(
        __version__="14.0", int64=np.int64, uint64=np.uint64, RawModule=RawModule,
        cuda=SimpleNamespace(
            runtime=runtime, memory=SimpleNamespace(OutOfMemoryError=FakeMemoryError), Stream=_Stream,
            driver=SimpleNamespace(CUDADriverError=type("CUDADriverError", (RuntimeError,), {})),
            Device=lambda _: nullcontext(), alloc_pinned_memory=_Memory,
            MemoryPool=lambda: SimpleNamespace(malloc=malloc, free_bytes=lambda: 0),
        ),
    )  # fmt: skip
    return module
