"""What the system gives a process: checked before the work, and named when it runs out."""

from __future__ import annotations

import errno

__all__ = ["check_limits", "reason_of"]

_FILES = 64
"""Least number of open files that a command can do with; a pool of processes needs most of them."""
_WANTED_FILES = 1024
_LIGHT_MB = 64
_HEAVY_MB = 256
"""Least address space: with less the engine's allocations fail, which ends the process without a word."""
_HEAVY = ("run", "solve", "evolve", "verify", "show", "build")
"""Commands that evaluate programs."""
_MEMORY_WORDS = ("can't start new thread", "failed to map segment", "cannot allocate memory")


class LimitsError(OSError):
    """The limits of this process are too low. The message is for people."""


def check_limits(arguments: list[str]) -> None:
    """Checks the limits of this process for a command line; raises the one on open files where that is allowed.

    Raises:
        LimitsError: they are too low.
    """
    try:
        import resource
    except ImportError:  # no such limits on this system
        return
    if any(word in ("-h", "--help", "-V", "--version") for word in arguments):
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _WANTED_FILES if hard == resource.RLIM_INFINITY else min(hard, _WANTED_FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    if soft != resource.RLIM_INFINITY and soft < _FILES:
        raise LimitsError(f"this process may have {soft} files open (ulimit -n), and arcbatt needs {_FILES}")
    least_mb = _HEAVY_MB if any(word in _HEAVY for word in arguments[:1]) else _LIGHT_MB
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit != resource.RLIM_INFINITY and limit < least_mb * 1024**2:
        raise LimitsError(
            f"this process may use {limit // 1024:,} kB of memory (ulimit -v), and this command needs "
            f"{least_mb * 1024:,} kB"
        )


def reason_of(error: BaseException) -> str | None:
    """The reason for an error in one line; None when the error is none that the system causes."""
    if isinstance(error, LimitsError):
        return str(error)
    number = getattr(error, "errno", None)
    if number in (errno.EMFILE, errno.ENFILE):
        return "too many open files: allow this process more (ulimit -n)"
    text = str(error)
    if isinstance(error, MemoryError) or number == errno.ENOMEM or any(word in text for word in _MEMORY_WORDS):
        return "out of memory: allow this process more (ulimit -v), or take fewer workers (-j)"
    if not isinstance(error, OSError):
        return None
    if error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, FileNotFoundError):
        return "the current folder no longer exists; go to another one"
    return f"standard output: {error.strerror}" if error.strerror else text
