"""Random generators of their own for pieces of work, so that no piece's randomness depends on another's."""

from __future__ import annotations

import json
from hashlib import sha256
from random import Random

__all__ = ["seeded"]


def seeded(seed: int, *parts: str | int) -> Random:
    """A generator for one piece of work; the same for the same arguments, on every machine and in every process.

    Args:
        seed: the seed of the whole work, any integer.
        parts: what distinguishes the pieces: the purpose, a task id, the number of a generation ... ``1`` and ``"1"``
            are two parts.
    """
    text = json.dumps([seed, *parts])
    return Random(int.from_bytes(sha256(text.encode()).digest(), "big"))
