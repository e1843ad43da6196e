"""A user's own primitives and constants out of a Python file: the one place where a user's Python is executed.

Such a file is trusted as far as the user trusts it. Everything else (programs, batteries, tasks, databases) is data.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import arcbatt.dsl.registry as registry
from arcbatt.dsl.constants import CONSTANTS, USER_CONSTANTS
from arcbatt.dsl.values import LimitError, checked, weigh
from arcbatt.errors import InputError
from arcbatt.files import read_regular

__all__ = ["MODULE_PREFIX", "constant", "load_primitives", "loaded_files"]

V = TypeVar("V")

MODULE_PREFIX = "arcbatt_primitives_"
"""How the names of the modules begin that such files are executed as."""

_loaded: dict[str, tuple[str, list[str]]] = {}


def constant(name: str, value: V) -> V:
    """Makes a constant of a user's own known to programs, and returns its value.

    Programs of this process may use the name. Their canonical text has the value instead, so that stored programs
    can be read without the file that declares the constant::

        MY_LIMIT = constant("MY_LIMIT", 5)

    Args:
        name: a Python name in ASCII, other than ``S``, ``I``, ``C`` and the names of the DSL.
        value: an int of 64 bits, a bool, or a tuple of them.

    Raises:
        InputError: the name or the value is not such a one, or the name stands for another value already.

    Example:
        >>> constant("MY_LIMIT", 5)
        5
        >>> (program,) = parse_programs("def solve_a(I): return shift(I, astuple(MY_LIMIT, MY_LIMIT))")
        >>> print(program.text.splitlines()[1])
            x1 = astuple(FIVE, FIVE)
    """
    if not (isinstance(name, str) and name.isidentifier() and name.isascii()) or name in ("S", "I", "C"):
        raise InputError(f"constant {name!r}: expected a Python name in ASCII, other than S, I and C")
    _check_value(name, value)
    if name in registry.REGISTRY:
        raise InputError(f"constant {name}: a primitive has that name already; choose another name")
    known = CONSTANTS.get(name, USER_CONSTANTS.get(name, value))
    if repr(known) != repr(value):
        raise InputError(f"constant {name}: it is {known!r} already; choose another name")
    if name not in CONSTANTS:
        USER_CONSTANTS[name] = value
    return value


def _check_value(name: str, value: object) -> None:
    try:
        if type(value) is tuple:
            weigh(value)  # bounds size and depth before the parts are looked at
        todo = [value]
        while todo:
            part = todo.pop()
            if type(part) is tuple:
                todo.extend(part)
            elif type(part) is int:
                checked(part)
            elif type(part) is not bool:
                found = type(part).__name__
                raise InputError(f"constant {name}: expected an int, a bool or a tuple of them, not {found}")
    except LimitError as error:
        raise InputError(f"constant {name}: {error}") from None


def load_primitives(path: str | Path) -> list[str]:
    """Executes a Python file that declares primitives with ``@primitive``, constants with :func:`constant`, or both.

    A file that was loaded before by this process is not executed again.

    Returns:
        Names of the primitives, in order, then of the constants.

    Raises:
        InputError: the file cannot be read, raises, declares nothing, takes a name that is in use, or changed
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
    before, constants = {item.name for item in registry.REGISTRY}, set(USER_CONSTANTS)
    try:
        _execute(source, file, digest)
        names = [item.name for item in registry.REGISTRY if item.name not in before]
        names += [name for name in USER_CONSTANTS if name not in constants]
        if not names:
            wanted = "put @primitive, from arcbatt, on a function, or call constant"
            raise InputError(f"{file}: declares no primitive and no constant; {wanted}")
    except InputError:
        for item in [item for item in registry.REGISTRY if item.name not in before]:
            registry.REGISTRY.remove(item.name)
        for name in set(USER_CONSTANTS) - constants:
            del USER_CONSTANTS[name]
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
    except BaseException as error:  # whatever a user's file raises, SystemExit too, is only reported
        reason = " ".join(str(error).split())
        raise InputError(f"{file}:{_line(error, file)}: {type(error).__name__}: {reason}") from None


def _line(error: BaseException, file: Path) -> int:
    if isinstance(error, SyntaxError) and error.lineno is not None:
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return lines[-1] or 1 if lines else 1
