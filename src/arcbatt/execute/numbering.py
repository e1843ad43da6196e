"""Small numbers for worker processes, whose ids are large and come and go."""

from __future__ import annotations

import os

__all__ = ["Numbering"]


class Numbering:
    """Numbers processes from 1, in the order in which they are first asked for.

    One that is new gets the number of one that has ended, if there is one, so that the numbers stay about as few as
    the processes at a time.

    Example:
        >>> import os
        >>> numbering = Numbering()
        >>> numbering.of(os.getpid()), numbering.of(os.getppid()), numbering.of(os.getpid())
        (1, 2, 1)
    """

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def of(self, process: int) -> int:
        """The number of a process, by its id: the same as long as it lives."""
        if process not in self._numbers:
            ended = next((known for known in self._numbers if not _is_alive(known)), None)
            self._numbers[process] = len(self._numbers) + 1 if ended is None else self._numbers.pop(ended)
        return self._numbers[process]


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, PermissionError):  # gone, or somebody else's by now
        return False
    return True
