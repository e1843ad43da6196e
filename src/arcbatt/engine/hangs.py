"""Calls of a user's own primitives, watched: one that does not return in time is interrupted and not called again.

Such a primitive is Python that nothing else bounds. There are two lines of defence:

* **An alarm in this process.** While the main thread is inside such a call, a timer of the system raises
  :class:`OverdueError` in it. That ends every loop of Python and every sleep, and costs the one program.
* **A parent that watches.** What blocks in C, catches everything or ends its process cannot be stopped from within. A
  worker process notes each call where its parent can read it (:data:`Slot`), so that the parent knows which primitive
  to blame when it has to kill.

Either way the primitive is *refused* from then on: see :mod:`arcbatt.engine.left_out`.
"""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from traceback import clear_frames
from types import FrameType
from typing import Any, Protocol

from arcbatt.dsl.values import FuelError

__all__ = [
    "DeadlineError", "OverdueError", "Refusal", "Slot", "accept_again", "limited", "note", "noted", "overdue_reason",
    "refusals", "refuse", "set_deadline", "set_slot", "watched",
]  # fmt: skip

_SHARE = 0.5
"""A call that begins late in a sample's time still gets this share of the whole: less would prove nothing."""
_AGAIN_S = 0.05
"""Seconds between two alarms: a primitive may catch the first."""
_LEAST_S = 1e-3


class DeadlineError(FuelError):
    """The wall clock passed the deadline; like the end of the fuel, every primitive passes it on at once."""


class OverdueError(BaseException):
    """Raised inside a user's primitive whose time is up. No Exception, so that an ordinary handler lets it pass."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a user's primitive is not called any more.

    Attributes:
        reason: one line for people; names the primitive.
        limit_s: the time limit of a sample under which that was found. With a longer one the primitive is tried again.
            Infinite when no limit can help.
    """

    reason: str
    limit_s: float = math.inf


class Slot(Protocol):
    """Where a worker notes, for its parent, which primitive it is inside of."""

    def enter(self, name: str, start: float, allowed_s: float) -> None:
        """Notes the start of a call by :func:`time.monotonic`, and the seconds that it may take."""
        ...

    def leave(self) -> None:
        """Notes its end."""
        ...

    def check_memory(self) -> None:
        """Called after a call that ran out of memory: does not return where most of it is still in use."""
        ...


class _Calls(threading.local):
    """What holds for the calls of a thread: limit and deadline of a sample, whether a call is under way, and the timer.

    Signals, and so the timer, are the main thread's alone.
    """

    def __init__(self) -> None:
        self.limit_s: float | None = None
        self.deadline = math.inf
        self.is_inside = False
        self.is_timed = False
        self.is_main = threading.current_thread() is threading.main_thread()


_calls = _Calls()
_refused: dict[str, Refusal] = {}
_noted: dict[str, Refusal] = {}
_slot: Slot | None = None
_due = math.inf
"""When the main thread's present call must have ended; infinite outside of one."""


def refusals() -> dict[str, Refusal]:
    """The refusals that count under this thread's present limit, by name of the primitive."""
    if not _refused:
        return {}
    limit_s = math.inf if _calls.limit_s is None else _calls.limit_s
    return {name: refusal for name, refusal in _refused.items() if limit_s <= refusal.limit_s}


def refuse(found: Mapping[str, Refusal]) -> None:
    """Refuses primitives in this process from now on."""
    for name, refusal in found.items():
        before = _refused.get(name)
        if before is None or before.limit_s < refusal.limit_s:
            _refused[name] = refusal
    note(found)


def accept_again() -> None:
    """Forgets every refusal in this process."""
    _refused.clear()
    _noted.clear()


def note(found: Mapping[str, Refusal]) -> None:
    """Notes refusals, of this process or of its workers, to be reported at the end."""
    for name, refusal in found.items():
        _noted.setdefault(name, refusal)


def noted() -> dict[str, Refusal]:
    """Every refusal noted so far, by name of the primitive."""
    return dict(_noted)


def overdue_reason(name: str, allowed_s: float) -> str:
    """The reason for refusing a primitive that did not return in so many seconds."""
    seconds = f"{allowed_s:,.0f}" if allowed_s >= 10 else f"{allowed_s:.2g}"
    return f"{name} did not return within {seconds} s"


def set_slot(slot: Slot | None) -> None:
    """Sets where this process notes the calls of its main thread; None for nowhere."""
    global _slot
    _slot = slot


def set_deadline(deadline: float | None) -> None:
    """Sets, by :func:`time.monotonic`, when the time of this thread's present sample is up; None for never."""
    _calls.deadline = math.inf if deadline is None else deadline


@contextmanager
def limited(limit_s: float | None) -> Iterator[None]:
    """Sets the time limit of a sample for the calls inside the block; it begins now; None for no limit."""
    calls = _calls
    before = calls.limit_s, calls.deadline
    calls.limit_s = limit_s
    calls.deadline = math.inf if limit_s is None else time.monotonic() + limit_s
    try:
        yield
    finally:
        calls.limit_s, calls.deadline = before
        if calls.is_timed and not calls.is_inside:
            _stop_timer()


def watched(name: str, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """Calls a user's primitive, for no longer than it may take.

    That is until the sample's deadline, but at least half of the sample's limit. A call from within another is part of
    that one.

    Raises:
        DeadlineError: the primitive is refused, or is from now on, since it took too long.
    """
    calls = _calls
    if calls.is_inside:
        return function(*arguments)
    refusal = refusals().get(name) if _refused else None
    if refusal is not None:
        raise DeadlineError(refusal.reason)
    start = time.monotonic()
    allowed_s = max(calls.deadline - start, _SHARE * (calls.limit_s or 0.0), _LEAST_S)
    slot = _slot if calls.is_main else None
    try:
        calls.is_inside = True
        if slot is not None:
            slot.enter(name, start, allowed_s)
        if calls.is_main:
            _set_alarm(start, allowed_s)
        return function(*arguments)
    except OverdueError:
        _clear_alarm()
        refusal = Refusal(overdue_reason(name, allowed_s), calls.limit_s or allowed_s)
        refuse({name: refusal})
        raise DeadlineError(refusal.reason) from None
    except MemoryError as error:
        _clear_alarm()
        clear_frames(error.__traceback__)  # what the call itself held is free now; what it keeps elsewhere is not
        if slot is not None:
            slot.check_memory()
        raise
    finally:
        _clear_alarm()
        calls.is_inside = False
        if slot is not None:
            slot.leave()
        if calls.is_timed and calls.limit_s is None:
            _stop_timer()


# The timer of the system costs more than the call of a small primitive, so it is started once for all calls of a sample
# and rings again and again from the first one's end on. Whether it means the call at hand is a matter of `_due`.


def _set_alarm(start: float, allowed_s: float) -> None:
    global _due
    if math.isinf(allowed_s):
        return
    _due = start + allowed_s
    if not _calls.is_timed and _has_handler():
        _calls.is_timed = True
        signal.setitimer(signal.ITIMER_REAL, allowed_s, _AGAIN_S)


def _clear_alarm() -> None:
    global _due
    _due = math.inf


def _stop_timer() -> None:
    _calls.is_timed = False
    signal.setitimer(signal.ITIMER_REAL, 0)


def _has_handler() -> bool:
    """Whether the alarm is ours to use: installs the handler unless the program around us has one of its own."""
    handler = signal.getsignal(signal.SIGALRM)
    if handler is signal.SIG_DFL:
        signal.signal(signal.SIGALRM, _ring)
        return True
    return handler is _ring


def _ring(number: int, frame: FrameType | None) -> None:
    if time.monotonic() >= _due:
        raise OverdueError
