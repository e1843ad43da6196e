"""The source of the kernels as one text, for compilers that know no folder: NVRTC, and a host compiler in tests."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

__all__ = ["COMPILER_FLAGS", "device_source", "host_source", "source_text"]

COMPILER_FLAGS: Final = ("--std=c++17",)
"""What NVRTC is told besides the architecture."""

_INCLUDE = re.compile(r'^ *#include "([a-z]+\.(?:cuh|hpp))"$')


def device_source() -> str:
    """All kernels for a device. Entries: ``evaluate`` for whatever calls kernels, ``search_...`` for other steps."""
    return _joined("device.cu", set())


def host_source() -> str:
    """The same for a host: ``arcbatt_evaluate`` and ``arcbatt_search`` loop in place of launches."""
    return _joined("host.cpp", set())


def source_text(name: str) -> str:
    """A file of the folder ``kernels``."""
    return (files("arcbatt.engine.cuda") / "kernels" / name).read_text(encoding="utf-8")


def _joined(name: str, seen: set[str]) -> str:
    """A file with those that it includes in their places, each once; lines keep the numbers that they have there."""
    seen.add(name)
    joined = [f'#line 1 "{name}"']
    for number, line in enumerate(source_text(name).splitlines(), 1):
        match = _INCLUDE.match(line)
        if match is None:
            joined.append("" if line == "#pragma once" else line)
        elif match[1] not in seen:
            joined += [_joined(match[1], seen), f'#line {number + 1} "{name}"']
        else:
            joined.append("")
    return "\n".join(joined) + "\n"
