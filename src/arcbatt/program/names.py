"""What the name of a program says, and which names programs keep for themselves."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from arcbatt.dsl.constants import CONSTANTS

__all__ = ["MAX_NAME", "Direction", "Kind", "describe", "is_name", "is_reserved"]

Kind: TypeAlias = Literal["solver", "differ"]
Direction: TypeAlias = Literal["iz", "zo"]

MAX_NAME: Final = 100
"""Most characters of a program's name."""

_PROGRAM = re.compile(r"(solve|differ)(_[A-Za-z0-9_]*)?|(verify)_[A-Za-z0-9_]*", re.ASCII)
_TEMPORARY = re.compile(r"x[0-9]+", re.ASCII)


def describe(name: str) -> tuple[Kind, Direction | None] | None:
    """Kind and direction that a name stands for; None when it is not the name of a program.

    ``solve``, ``solve_*`` and ``verify_*`` are solvers, without direction. ``differ`` and ``differ_*`` are differs:
    *zo* when ``zo`` is one of the words between the underscores, else *iz*.
    """
    found = _PROGRAM.fullmatch(name)
    if found is None:
        return None
    if found[1] != "differ":
        return "solver", None
    return "differ", "zo" if "zo" in name.split("_") else "iz"


def is_name(name: str) -> bool:
    """Whether a program can have that name: one that :func:`describe` knows, of at most ``MAX_NAME`` characters."""
    return len(name) <= MAX_NAME and describe(name) is not None


@lru_cache(maxsize=1024)
def is_reserved(name: str) -> bool:
    """Whether the text of a program uses the name for something other than a primitive.

    That is so for variables, constants, ``x1``, ``x2`` ..., names of programs, and what is no name at all.
    """
    return (
        name in ("I", "S", "C", "battery")
        or name in CONSTANTS
        or _TEMPORARY.fullmatch(name) is not None
        or describe(name) is not None
        or not (name.isidentifier() and name.isascii())
    )
