"""What a caller of arcbatt can catch.

Every error of this package derives from :class:`ArcbattError` and from the built-in that fits.
A program that fails on a grid is no error: it is an outcome (:mod:`arcbatt.engine.outcome`).
"""

from __future__ import annotations

__all__ = ["ArcbattError", "EngineError", "ExecutorError", "InputError", "StoreError",
           "UnknownProgramError"]  # fmt: skip


class ArcbattError(Exception):
    """Base of all errors that arcbatt raises on purpose."""


class InputError(ArcbattError, ValueError):
    """Something handed in is wrong: a file, an id, an option. The message says where, what was expected and what came.

    The command line ends with status 2 on it and shows the message alone.
    """


class UnknownProgramError(InputError, LookupError):
    """No stored program is named so."""


class StoreError(ArcbattError, OSError):
    """The workspace cannot be read or written: missing rights, a full disk, a database of another kind or version."""


class EngineError(ArcbattError, RuntimeError):
    """An engine that was asked for is missing or broken."""


class ExecutorError(ArcbattError, RuntimeError):
    """The worker processes cannot be started, or all of them keep dying."""
