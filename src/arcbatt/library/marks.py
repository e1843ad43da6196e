"""Which starter solvers are right on their own task by accident: ``accidental.txt``, a name and a reason a line.

Such a program is right on every sample of its task and wrong on others made by the same rule. It stays a starter, since
it solves the task, but it says nothing about what is natural: no prior is fitted on it, and no search builds with its
parts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from arcbatt.errors import InputError

__all__ = ["parse_marks"]

_LINE = re.compile(r"(solve_[0-9a-f]{8}):\s+(\S.*)")


def parse_marks(text: str, path: str) -> Mapping[str, str]:
    """The reasons by the programs' names, in the order of the text.

    A line is ``solve_<id>: reason``; blank lines and those that begin with ``#`` are left aside. Whether there is a
    program with this name is not asked here.

    Args:
        text: the contents of the file.
        path: what messages call it.

    Raises:
        InputError: a line is none of these, or a name comes twice; the message has the line.

    Example:
        >>> parse_marks("# marks\\nsolve_007bbfb7: a literal color\\n", "marks.txt")
        {'solve_007bbfb7': 'a literal color'}
    """
    reasons: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        match = _LINE.fullmatch(stripped)
        if match is None:
            raise InputError(f"{path}:{number}: expected 'solve_<id>: reason', got {stripped!r:.80}")
        name, reason = match.groups()
        if name in reasons:
            raise InputError(f"{path}:{number}: {name} is marked twice")
        reasons[name] = reason
    return reasons
