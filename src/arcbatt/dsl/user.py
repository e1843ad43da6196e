"""A user's own primitives out of a Python file: the one place where arcbatt executes Python that a user hands in.

Such a file is trusted as far as the user trusts it. Everything else (programs, batteries, tasks, databases) is data.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from pathlib import Path
from types import ModuleType

import arcbatt.dsl.registry as registry
from arcbatt.errors import InputError
from arcbatt.files import read_regular

__all__ = ["MODULE_PREFIX", "load_primitives", "loaded_files"]

MODULE_PREFIX = "arcbatt_primitives_"
"""How the names of the modules begin that such files are executed as."""

_loaded: dict[str, tuple[str, list[str]]] = {}


def load_primitives(path: str | Path) -> list[str]:
    """Executes a Python file that declares primitives with ``@primitive`` and gives their names.

    A file that was loaded before by this process is not executed again.

    Raises:
        InputError: the file cannot be read, raises, declares no primitive, takes a name that is in use, or changed
            since this process loaded it.
    """
    file = Path(path)
    try:
        source = read_regular(file)
    except OSError as error:
        raise InputError(f"{file}: cannot read the primitives: {error.strerror or error}") from None
    key, digest = str(file.resolve()), hashlib.sha256(source).hexdigest()
    if key in _loaded:
        if _loaded[key][0] != digest:
            raise InputError(f"{file}: changed while it is in use; start again")
        return _loaded[key][1]
    before = {item.name for item in registry.REGISTRY}
    try:
        _execute(source, file, digest)
        names = [item.name for item in registry.REGISTRY if item.name not in before]
        if not names:
            raise InputError(f"{file}: declares no primitive; put @primitive, from arcbatt, on a function")
    except InputError:
        for item in [item for item in registry.REGISTRY if item.name not in before]:
            registry.REGISTRY.remove(item.name)
        raise
    _loaded[key] = (digest, names)
    return names


def loaded_files() -> list[str]:
    """Paths of the files that this process has loaded, in their order."""
    return list(_loaded)


def _execute(source: bytes, file: Path, digest: str) -> None:
    module = ModuleType(f"{MODULE_PREFIX}{digest[:12]}")
    module.__file__ = str(file)
    sys.modules[module.__name__] = module
    try:
        exec(compile(source, str(file), "exec"), module.__dict__)
    except InputError as error:
        raise InputError(f"{file}: {error}") from None
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever a user's file raises, SystemExit too, is told and nothing more
        told = " ".join(str(error).split())
        raise InputError(f"{file}:{_line(error, file)}: {type(error).__name__}: {told}") from None


def _line(error: BaseException, file: Path) -> int:
    if isinstance(error, SyntaxError) and error.lineno is not None:
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return lines[-1] or 1 if lines else 1
