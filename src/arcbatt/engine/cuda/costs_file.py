"""Measured costs as they are kept in the user's cache folder: one small file of JSON, never needed and never believed.

What is not there, damaged, or not the user's own is measured anew; where nothing can be written, nothing is. Two
processes that write at once: one file is whole in the end, and what the other had measured it measures again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.plan import NATIVE_S
from arcbatt.files import cache_folder, read_own, write_whole

__all__ = ["load", "save"]

_NAME: Final = "gpu-costs.json"
_FORMAT: Final = 1
_MOST_BYTES: Final = 1 << 16
_KEPT: Final = 16
"""Measurements in the file, of different devices and versions; the oldest go."""
_SECONDS: Final = 1e-15, 10.0
_RATES: Final = 1.0, 1e18
_RANGES: Final = {
    "start_s": _SECONDS, "launch_s": _SECONDS, "bytes_per_s": _RATES, "calls_per_s": _RATES, "seed_s": _SECONDS,
}  # fmt: skip


def load(identity: Mapping[str, str]) -> Costs | None:
    """What was measured before of a device.

    Args:
        identity: all that costs depend on.

    Returns:
        None where nothing is known, or nothing that can be trusted.
    """
    path = _path()
    if path is None:
        return None
    for known, costs in _read(path):
        if known == identity:
            return costs
    return None


def save(identity: Mapping[str, str], costs: Costs) -> None:
    """Keeps what was measured, if that can be done, in place of what was kept of the same identity."""
    path = _path()
    if path is None:
        return
    found = [item for item in _read(path) if item[0] != identity][1 - _KEPT :]
    found.append((dict(identity), costs))
    measured = [{"of": known, "costs": asdict(one)} for known, one in found]
    text = json.dumps({"format": _FORMAT, "measured": measured}, indent=1)
    with suppress(OSError, ValueError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, text.encode(), 0o600)


def _path() -> Path | None:
    folder = cache_folder()
    return None if folder is None else folder / _NAME


def _read(path: Path) -> list[tuple[dict[str, str], Costs]]:
    """What the file holds, oldest first; nothing where anything about it is odd."""
    try:
        content = json.loads(read_own(path, _MOST_BYTES))
        if set(content) != {"format", "measured"} or content["format"] != _FORMAT:
            return []
        return [(_identity_of(item["of"]), _costs_of(item["costs"])) for item in content["measured"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return []


def _identity_of(found: Any) -> dict[str, str]:
    if type(found) is not dict or not all(type(value) is str for value in found.values()):
        raise ValueError("not an identity")
    return found


def _costs_of(found: Any) -> Costs:
    """Raises ValueError, or what Python raises for other types, for anything but measured costs."""
    given = dict(found)
    native_s = given.pop("native_s")
    if type(native_s) is not dict or not native_s.keys() <= NATIVE_S.keys() or given.keys() != _RANGES.keys():
        raise ValueError("not costs")
    numbers = {name: _number(value, *_RANGES[name]) for name, value in given.items()}
    return Costs(**numbers, native_s={form: _number(value, *_SECONDS) for form, value in native_s.items()})


def _number(value: Any, least: float, most: float) -> float:
    if type(value) not in (int, float) or not math.isfinite(value) or not least <= value <= most:
        raise ValueError("not a number in its range")
    return float(value)
