"""Ctrl-C, SIGTERM and a closed terminal while a command has results that must not be lost.

A KeyboardInterrupt may come up between any two steps, and so between the last result and the file that it belongs in.
Inside :func:`interrupts_deferred` it comes up only where code says that it may: in :func:`interruptible` blocks, as
when waiting for a worker. Everything else is finished first.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["SIGNALS", "Interrupts", "install_handlers", "interruptible", "interrupts_deferred"]

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What ends a command in an orderly way."""


class Interrupts:
    """The signals that arrived inside :func:`interrupts_deferred`.

    Attributes:
        came: whether one came.
        is_raised: whether a KeyboardInterrupt was raised for it; that happens once.
    """

    def __init__(self) -> None:
        self.came = False
        self.is_raised = False
        self._may_raise = False

    def handle(self, number: int, frame: FrameType | None) -> None:
        """The handler of the signals."""
        self.came = True
        if self._may_raise:
            self._raise_once()

    @contextmanager
    def raising(self) -> Iterator[None]:
        """Inside the block a signal that came before, or comes now, raises KeyboardInterrupt; once in all."""
        if self._may_raise:
            yield
            return
        self._may_raise = True
        try:
            if self.came:
                self._raise_once()
            yield
        finally:
            self._may_raise = False

    def _raise_once(self) -> None:
        if not self.is_raised:
            self.is_raised = True
            raise KeyboardInterrupt


_active: Interrupts | None = None


@contextmanager
def interrupts_deferred() -> Iterator[Interrupts]:
    """Inside the block signals raise KeyboardInterrupt in :func:`interruptible` blocks only, and only once.

    One that came and was not raised by the end of the block is raised there. Signals that are ignored stay ignored.
    Python calls handlers in the main thread; in others this does nothing. Not to be nested.
    """
    global _active
    interrupts = Interrupts()
    if threading.current_thread() is not threading.main_thread():
        yield interrupts
        return
    before = _install(interrupts.handle)
    _active = interrupts
    try:
        yield interrupts
    finally:
        _active = None
        for number, handler in before.items():
            signal.signal(number, handler)
    if interrupts.came and not interrupts.is_raised:
        raise KeyboardInterrupt


@contextmanager
def interruptible() -> Iterator[None]:
    """A block that may be left by KeyboardInterrupt without harm, also inside :func:`interrupts_deferred`."""
    if _active is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    with _active.raising():
        yield


def install_handlers() -> None:
    """Makes SIGTERM and SIGHUP end a command as Ctrl-C does, unless they are ignored, as ``nohup`` has it."""
    _install(_interrupt, (signal.SIGTERM, signal.SIGHUP))


def _install(
    handler: Callable[[int, FrameType | None], None], numbers: tuple[signal.Signals, ...] = SIGNALS
) -> dict[signal.Signals, Callable[[int, FrameType | None], object] | int]:
    """Installs a handler for signals that are not ignored; returns the ones before, where Python can put them back."""
    before: dict[signal.Signals, Callable[[int, FrameType | None], object] | int] = {}
    for number in numbers:
        known = signal.getsignal(number)
        if known is not None and known is not signal.SIG_IGN:
            signal.signal(number, handler)
            before[number] = known
    return before


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
