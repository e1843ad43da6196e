"""NVRTC through ctypes, from the package ``nvidia-cuda-nvrtc-cu12``: compiles for GPUs without one."""

from __future__ import annotations

import ctypes
import importlib.util
from pathlib import Path
from typing import Any

from arcbatt.engine.cuda.source import COMPILER_FLAGS, device_source


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
    """The kernels for an architecture, and what the compiler says: PTX for ``compute_75``, a cubin for ``sm_75``.

    Raises:
        AssertionError: they do not compile; with the compiler's words.
    """
    nvrtc, program = ctypes.CDLL(str(path)), ctypes.c_void_p()
    source = device_source().encode()
    assert nvrtc.nvrtcCreateProgram(ctypes.byref(program), source, b"evaluate.cu", 0, None, None) == 0
    flags = [f"--gpu-architecture={architecture}".encode(), *[flag.encode() for flag in COMPILER_FLAGS]]
    status = nvrtc.nvrtcCompileProgram(program, len(flags), (ctypes.c_char_p * len(flags))(*flags))
    log = _bytes(nvrtc, "ProgramLog", program).rstrip(b"\0").decode(errors="replace")
    assert status == 0, log
    found = _bytes(nvrtc, "CUBIN" if architecture.startswith("sm") else "PTX", program)
    assert nvrtc.nvrtcDestroyProgram(ctypes.byref(program)) == 0
    return found, log


def _bytes(nvrtc: Any, what: str, program: ctypes.c_void_p) -> bytes:
    size = ctypes.c_size_t()
    assert getattr(nvrtc, f"nvrtcGet{what}Size")(program, ctypes.byref(size)) == 0
    buffer = ctypes.create_string_buffer(max(1, size.value))
    assert getattr(nvrtc, f"nvrtcGet{what}")(program, buffer) == 0
    return buffer.raw[: size.value]
