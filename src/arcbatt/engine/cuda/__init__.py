"""The CUDA engine: what a GPU is good at runs there for many samples at once, everything else in the native engine.

From the bottom up: ``layout`` (values in slots), ``kernels/`` (CUDA C++, one source for all),
``coverage`` (what there is a kernel for), ``device`` (what a device has to do), ``plan`` (which nodes of a graph go
there), ``costs`` (when that pays), ``batches`` (samples over devices, within their memory), ``engine``; ``cupy_device``
is the one module that needs CuPy, imported when a device is asked for. The package ``enumeration`` is another use of
the same kernels: what enumerations of programs ask of a device.

Beside them: ``measuring`` measures costs with a ``measured_battery``, ``break_even`` says from which size on they pay,
``known_costs`` keeps them for the GPUs of this machine in a ``costs_file``, ``choosing`` is what ``auto`` goes by.

A device never words a failure: a call that fails, or whose arguments or result have no form on the device, has no value
there, and the native engine evaluates it with all that depends on it. So values, failures and fuel are the native
engine's as long as the values that a device does give are right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arcbatt.engine.cuda.engine import CudaEngine

__all__ = ["CudaEngine"]


def __getattr__(name: str) -> Any:
    # The engine brings the native one along, which what only asks for devices can do without.
    if name == "CudaEngine":
        from arcbatt.engine.cuda.engine import CudaEngine

        return CudaEngine
    raise AttributeError(name)
