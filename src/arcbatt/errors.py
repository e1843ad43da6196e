"""What a caller of arcbatt can catch.

Every error of this package derives from :class:`ArcbattError` and from the built-in that fits.
A program that fails on a grid is no error: it is an outcome (:mod:`arcbatt.engine.outcome`).
"""

from __future__ import annotations

__all__ = ["ArcbattError", "DeviceWarning", "EngineError", "ExecutorError", "InputError", "StoreError",
           "StoreWarning", "UnknownProgramError"]  # fmt: skip


class ArcbattError(Exception):
    """Base of all errors that arcbatt raises on purpose.

    Example:
        >>> try:
        ...     load_set("arc9")
        ... except ArcbattError as error:
        ...     print(type(error).__name__)
        InputError
    """


class InputError(ArcbattError, ValueError):
    """Something handed in is wrong: a file, an id, an option. The message says where, what was expected and what came.

    The command line ends with status 2 on it and shows the message alone.

    Example:
        >>> parse_programs("def solve_a(I): return nope(I)")
        Traceback (most recent call last):
        arcbatt.program.refusals.ProgramError: <text>:1: ...
    """


class UnknownProgramError(InputError, LookupError):
    """No stored program is named so."""


class StoreError(ArcbattError, OSError):
    """The workspace cannot be read or written: missing rights, a full disk, a database of another kind or version.

    Example:
        >>> try:
        ...     open_store("/nowhere/at/all", create=False)
        ... except (StoreError, InputError) as error:
        ...     print("no store")
        no store
    """


class StoreWarning(UserWarning):
    """A store works, but may not in every case: it lies on a network drive."""


class EngineError(ArcbattError, RuntimeError):
    """An engine that was asked for is missing or broken.

    Example:
        >>> select_engine("fastest")
        Traceback (most recent call last):
        arcbatt.errors.EngineError: no engine is called 'fastest'; ...
    """


class DeviceWarning(UserWarning):
    """A GPU is lost, broken or too small; the work goes on without it, with the same results."""


class ExecutorError(ArcbattError, RuntimeError):
    """The worker processes cannot be started, or all of them keep dying.

    Example:
        >>> issubclass(ExecutorError, ArcbattError)
        True
    """
