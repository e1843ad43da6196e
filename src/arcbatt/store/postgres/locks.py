"""The keys of arcbatt's advisory locks; those of one number and those of two are apart in PostgreSQL."""

from __future__ import annotations

from typing import Final

__all__ = ["RUN_LOCK", "WRITE_LOCK"]

WRITE_LOCK: Final = int.from_bytes(b"arcbatt\0", "big")
"""Who has it writes: for the length of a transaction."""

RUN_LOCK: Final = int.from_bytes(b"ARCB", "big")
"""With the number of a run behind it: who has it works on the run, as long as its session lives."""
