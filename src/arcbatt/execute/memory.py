"""How much memory work may take in this process."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["memory_share"]

_USABLE = 0.75
"""Of the address space that is left; the rest is for Python, the store and what fragments."""
_LEAST = 32 * 1024**2


def memory_share(memory_bytes: int | None, jobs: int) -> int | None:
    """Bytes that each of so many threads may allocate: the bound asked for, or a fair share of what is left if less.

    Args:
        memory_bytes: the bound asked for; None for none.
        jobs: threads, at least 1.

    Returns:
        None when nothing bounds it.
    """
    left = _address_space_left()
    if left is None:
        return memory_bytes
    share = max(_LEAST, int(left * _USABLE) // jobs)
    return share if memory_bytes is None else min(share, memory_bytes)


def _address_space_left() -> int | None:
    """Bytes of address space that this process may still map; None when no limit is set or nobody can tell."""
    try:
        import resource

        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        if limit == resource.RLIM_INFINITY:
            return None
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        return max(0, limit - pages * os.sysconf("SC_PAGE_SIZE"))
    except (ImportError, OSError, ValueError):
        return None
