"""How much memory work may take in this process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

__all__ = ["affordable_threads", "memory_is_short", "memory_share"]

_USABLE = 0.75
"""Of the memory that is left; the rest is for Python, the store and what fragments."""
_LEAST = 32 * 1024**2
_THREAD_BYTES = 160 * 1024**2
"""Address space of a thread: its stack, what the allocators set aside for it, and the least that it works with."""
_CGROUPS = (
    ("memory.max", "memory.current", "memory.stat", "inactive_file"),
    ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "memory/memory.stat", "total_inactive_file"),
)
"""Limit, use and what of that is files that need not stay, in the second and the first version of control groups."""


def memory_share(memory_bytes: int | None, jobs: int) -> int | None:
    """Bytes that each of so many threads may allocate: the bound asked for, or a fair share of what is left if less.

    A thread that took more would take the whole process down: by a failing allocation, or by the system's killer.

    Args:
        memory_bytes: the bound asked for; None for none.
        jobs: threads, at least 1.

    Returns:
        None when nothing bounds it.
    """
    left = min([*_address_space_left(), *_container_left(), *_machine_left()], default=None)
    if left is None:
        return memory_bytes
    share = max(_LEAST, int(left * _USABLE) // jobs)
    return share if memory_bytes is None else min(share, memory_bytes)


def affordable_threads(jobs: int) -> int:
    """Threads that the bound on this process's address space allows, at least 1 and at most so many."""
    left = next(_address_space_left(), None)
    return jobs if left is None else max(1, min(jobs, left // _THREAD_BYTES))


def memory_is_short() -> bool:
    """Whether less than a quarter of this process's bound on its address space is left; False without a bound."""
    left = next(_address_space_left(), None)
    if left is None:
        return False
    import resource

    return left < resource.getrlimit(resource.RLIMIT_AS)[0] // 4


def _address_space_left() -> Iterator[int]:
    """Bytes of address space that this process may still map; nothing when no limit is set or nobody can tell."""
    try:
        import resource

        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        if limit != resource.RLIM_INFINITY:
            pages = int(Path("/proc/self/statm").read_text().split()[0])
            yield max(0, limit - pages * os.sysconf("SC_PAGE_SIZE"))
    except (ImportError, OSError, ValueError):
        return


def _container_left() -> Iterator[int]:
    """Bytes that the container may still use; nothing when it has no limit or nobody can tell."""
    for limit, used, stat, key in _CGROUPS:
        try:
            folder = Path("/sys/fs/cgroup")
            most, now = int((folder / limit).read_text()), int((folder / used).read_text())
            counts = dict(line.split(maxsplit=1) for line in (folder / stat).read_text().splitlines())
            yield max(0, most - now + int(counts.get(key, "0")))
        except (OSError, ValueError):  # a limit of "max" is none
            continue


def _machine_left() -> Iterator[int]:
    """Bytes that the machine has available; nothing when nobody can tell."""
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                yield 1024 * int(line.split()[1])
    except (OSError, ValueError, IndexError):
        return
