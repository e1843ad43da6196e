"""Holding back what ends a command (Ctrl-C, SIGTERM, a closed terminal) while a transaction is under way."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from arcbatt.interrupts import SIGNALS

__all__ = ["interrupts_held"]


_held: list[dict[int, FrameType | None]] = []
"""What came, in each of the blocks that the main thread is in."""


def raise_if_interrupted() -> None:
    """Raises KeyboardInterrupt in a block of :func:`interrupts_held` where something came: a long one may end early."""
    if threading.current_thread() is threading.main_thread() and any(_held):
        raise KeyboardInterrupt


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Calls the Python handlers of SIGINT, SIGTERM and SIGHUP after the block and not within it.

    A KeyboardInterrupt can come up between any two steps, so also between a commit and what is noted of it. A
    transaction takes milliseconds, so it is finished first. Only the main thread gets such an exception; in others this
    does nothing. A signal that ends the process without Python ends it still.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handlers = {number: handler for number in SIGNALS if callable(handler := signal.getsignal(number))}
    held: dict[int, FrameType | None] = {}
    _held.append(held)
    for number in handlers:
        signal.signal(number, held.__setitem__)
    try:
        yield
    finally:
        _held.pop()
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for came, frame in held.items():
            handlers[signal.Signals(came)](came, frame)
