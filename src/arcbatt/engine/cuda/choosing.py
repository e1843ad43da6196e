"""Whether ``auto`` takes the GPUs of this machine, and why not."""

from __future__ import annotations

import os
import re
import threading
import warnings
from dataclasses import dataclass
from typing import Final

from arcbatt.engine.cuda.break_even import MOST, break_even, worst
from arcbatt.engine.cuda.device import NoDeviceError
from arcbatt.errors import DeviceWarning, EngineError

__all__ = ["Choice", "choose", "takes_devices"]

_HINT: Final = re.compile(r"(;|, or) take --engine [^;()]*$")
"""What to take instead, at the end of an error of ``--engine cuda``."""

_chosen: tuple[int, Choice] | None = None
_warned_in = 0
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Choice:
    """What ``auto`` does about GPUs.

    Attributes:
        is_taken: whether it takes them, for batteries for which that is expected to be faster.
        reason: why, on one line.
        is_broken: whether something is there that ought to work, and does not.
    """

    is_taken: bool
    reason: str
    is_broken: bool = False


def choose() -> Choice:
    """What ``auto`` does about GPUs; found out once a process. Whatever is wrong with them, it raises nothing.

    GPUs that are not measured yet are measured.
    """
    global _chosen
    with _lock:
        if _chosen is None or _chosen[0] != os.getpid():
            _chosen = os.getpid(), _choice()
        return _chosen[1]


def takes_devices() -> bool:
    """Whether ``auto`` takes GPUs; something broken is told once a process, in a :class:`DeviceWarning`."""
    global _warned_in
    choice = choose()
    if choice.is_broken and _warned_in != os.getpid():
        _warned_in = os.getpid()
        warnings.warn(f"auto goes on with the CPU: {choice.reason}", DeviceWarning, stacklevel=4)
    return choice.is_taken


def _choice() -> Choice:
    try:
        # Late: this loads CuPy, and the native engine.
        from arcbatt.engine.cuda.known_costs import measured_devices

        found = break_even(worst([device.costs for device in measured_devices()]))
    except NoDeviceError as error:
        return Choice(False, _plain(error))
    except EngineError as error:
        return Choice(False, _plain(error), is_broken=True)
    except Exception as error:  # whatever CuPy, a driver or the native module raises
        return Choice(False, " ".join(f"{type(error).__name__}: {error}".split())[:300], is_broken=True)
    if found is None:
        return Choice(False, f"the GPU was measured never to be faster, up to {MOST:,} calls times samples")
    return Choice(True, f"the GPU was measured to be faster from {found:,} calls times samples on")


def _plain(error: EngineError) -> str:
    return _HINT.sub("", " ".join(str(error).split()))
