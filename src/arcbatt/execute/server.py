"""Loaded by the fork server alone: a worker that is ended while it starts leaves no traceback on the terminal.

Closing a pool takes its locks away, and a worker that was just being forked does not find them any more. That is no
failure, since nobody waits for it; whatever else goes wrong there is told as before.
"""

from __future__ import annotations

import sys
from multiprocessing import synchronize
from traceback import walk_tb
from types import TracebackType

__all__: list[str] = []


def _tell(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    places = [frame.f_code.co_filename for frame, _ in walk_tb(traceback)]
    if not (isinstance(error, FileNotFoundError) and places and places[-1] == synchronize.__file__):
        sys.__excepthook__(kind, error, traceback)


sys.excepthook = _tell
