"""Loaded by the fork server alone: a worker that is ended while it starts leaves no traceback on the terminal.

Closing a pool takes its locks away, and a worker that was just being forked does not find them any more; where the
parent has ended, it does not even get to know what it was forked for. That is no failure, since nobody waits for it;
all other errors there are reported as before.
"""

from __future__ import annotations

import sys
from multiprocessing import reduction, spawn, synchronize
from pickle import UnpicklingError
from traceback import walk_tb
from types import TracebackType

__all__: list[str] = []


def _tell(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    places = [frame.f_code.co_filename for frame, _ in walk_tb(traceback)]
    expected: tuple[type[BaseException], ...] = ()
    if places and places[-1] == synchronize.__file__:
        expected = (FileNotFoundError,)
    elif places and places[-1] in (spawn.__file__, reduction.__file__):
        expected = (EOFError, UnpicklingError)
    if not isinstance(error, expected):
        sys.__excepthook__(kind, error, traceback)


sys.excepthook = _tell
