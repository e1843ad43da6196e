"""NVRTC through ctypes, from the package ``nvidia-cuda-nvrtc-cu12``: compiles for GPUs without one."""

from __future__ import annotations

import ctypes
import importlib.util
from pathlib import Path
from typing import Any

from arcbatt.engine.cuda.coverage import source_names, source_text


def library_path() -> Path | None:
    """The library, None where the package is missing."""
    try:
        found = importlib.util.find_spec("nvidia.cuda_nvrtc")
    except ModuleNotFoundError:
        found = None
    places = [] if found is None else list(found.submodule_search_locations or [])
    libraries = [path for place in places for path in sorted(Path(place).glob("lib/libnvrtc.so.*"))]
    return libraries[0] if libraries else None


def compiled(path: Path, architecture: str) -> tuple[bytes, str]:
    """The kernels compiled for an architecture (``sm_75``), as a device loads them, and what the compiler says.

    Raises:
        AssertionError: they do not compile; with the compiler's words.
    """
    nvrtc = ctypes.CDLL(str(path))
    names = [name for name in source_names() if name != "evaluate.cuh"]
    texts = [source_text(name).encode() for name in names]
    count = len(names)
    program = ctypes.c_void_p()
    headers, included = (ctypes.c_char_p * count)(*texts), (ctypes.c_char_p * count)(*[n.encode() for n in names])
    source = source_text("evaluate.cuh").replace("#pragma once", "").encode()
    assert nvrtc.nvrtcCreateProgram(ctypes.byref(program), source, b"evaluate.cu", count, headers, included) == 0
    flags = [f"--gpu-architecture={architecture}".encode(), b"--std=c++17"]
    status = nvrtc.nvrtcCompileProgram(program, len(flags), (ctypes.c_char_p * len(flags))(*flags))
    log = _bytes(nvrtc, "ProgramLog", program).decode(errors="replace")
    assert status == 0, log
    return _bytes(nvrtc, "CUBIN", program), log


def _bytes(nvrtc: Any, what: str, program: ctypes.c_void_p) -> bytes:
    size = ctypes.c_size_t()
    assert getattr(nvrtc, f"nvrtcGet{what}Size")(program, ctypes.byref(size)) == 0
    buffer = ctypes.create_string_buffer(max(1, size.value))
    assert getattr(nvrtc, f"nvrtcGet{what}")(program, buffer) == 0
    return buffer.raw[: size.value]
