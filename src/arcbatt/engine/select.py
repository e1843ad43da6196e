"""The one module that chooses an engine. No other asks which there are."""

from __future__ import annotations

import importlib.util
import sys

from arcbatt.engine.base import Engine
from arcbatt.engine.limits import Limits
from arcbatt.errors import EngineError

__all__ = ["ENGINES", "available_engines", "on_cpu", "select_engine"]

ENGINES = ("auto", "native", "python", "cuda")
"""What ``--engine`` takes; ``auto`` is the fastest that is installed.

It takes GPUs where they were measured to be faster for batteries that are large enough, and only for those
(:mod:`arcbatt.engine.cuda.choosing`).
"""

_NATIVE_MODULE = "arcbatt_native"


def available_engines() -> list[str]:
    """Names of the engines that can run here on the CPU, fastest first; ``python`` is always one of them."""
    native = ["native"] if importlib.util.find_spec(_NATIVE_MODULE) is not None else []
    return [*native, "python"]


def on_cpu(name: str) -> str:
    """The engine of that name, with the fastest on the CPU for ``auto``.

    For work that a GPU is no good for: a few programs, or processes, which would share it and are bounded in memory in
    a way that its driver does not bear.
    """
    return available_engines()[0] if name == "auto" else name


def _fastest() -> str:
    """What ``auto`` stands for. Without CuPy nothing of the CUDA engine is loaded."""
    cpu = available_engines()[0]
    if cpu == "native" and (sys.modules.get("cupy") is not None or importlib.util.find_spec("cupy") is not None):
        from arcbatt.engine.cuda.choosing import takes_devices

        return "cuda" if takes_devices() else cpu
    return cpu


def select_engine(name: str = "auto", limits: Limits | None = None) -> Engine:
    """The engine of that name.

    Args:
        name: one of :data:`ENGINES`.
        limits: budgets; None for the defaults.

    Raises:
        EngineError: there is no such engine, or it is not installed. A native engine that is installed but broken is
            an error too: only an absent one is passed over by ``auto``. ``cuda`` needs CuPy and a GPU that works, and
            says which of them is missing; ``auto`` goes on without, and warns where something is broken.

    Example:
        >>> select_engine("python").name
        'python'
    """
    if name not in ENGINES:
        raise EngineError(f"no engine is called {name!r}; choose one of {', '.join(ENGINES)}")
    chosen = _fastest() if name == "auto" else name
    if chosen == "python":
        from arcbatt.engine.python import PythonEngine

        return PythonEngine(limits)
    if "native" not in available_engines():
        needed = "the native engine" if chosen == "native" else "the CUDA engine works beside the native engine, which"
        raise EngineError(
            f"{needed} is not installed (pip install 'arcbatt[native]'); take --engine python or --engine auto"
        )
    try:
        if chosen == "cuda":
            from arcbatt.engine.cuda import CudaEngine

            return CudaEngine(limits)
        from arcbatt.engine.native import NativeEngine

        return NativeEngine(limits)
    except EngineError:
        raise
    except Exception as error:  # whatever a module of another make raises
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise EngineError(
            f"the native engine is installed but does not load ({reason}); install it again, or take --engine python"
        ) from None
