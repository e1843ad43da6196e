"""Loading of the native engine's module."""

from __future__ import annotations

import sys
import threading
from importlib import import_module
from typing import Any

__all__ = ["native_module"]

_NAME = "arcbatt_native"
_lock = threading.Lock()


def native_module() -> Any:
    """The module ``arcbatt_native``, whichever thread asks first.

    Its allocator takes the thread that loads it for the main one; the process crashes if that thread ends while others
    go on. So where another than the main thread asks first, a thread that never ends loads it.

    Raises:
        ImportError: it is not installed.
    """
    with _lock:
        if _NAME not in sys.modules and threading.current_thread() is not threading.main_thread():
            _load_in_a_lasting_thread()
        return import_module(_NAME)


def _load_in_a_lasting_thread() -> None:
    loaded = threading.Event()

    def load() -> None:
        try:
            import_module(_NAME)
        except ImportError:
            pass  # who asked finds out by itself
        finally:
            loaded.set()
        threading.Event().wait()

    threading.Thread(target=load, name="arcbatt-native", daemon=True).start()
    loaded.wait()
