"""What a worker process does: it keeps the executor's state and runs items against it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from arcbatt.engine import hangs
from arcbatt.errors import ArcbattError
from arcbatt.execute.slots import WorkerSlot, refused_in

__all__ = ["PRELOAD", "Answer", "limit_memory", "run_item", "start"]

PRELOAD = ["arcbatt.execute.worker", "arcbatt.execute.server"]
"""Modules that the fork server loads once, so that each worker starts with them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says of an item that it ran.

    Attributes:
        value: what the item's function returned.
        refused: the primitives that this process knows to be refused.
        process: id of this process.
        start: when the item began, by :func:`time.monotonic`.
        wall_s: elapsed seconds.
        cpu_s: CPU seconds of this process.
    """

    value: Any
    refused: dict[str, hangs.Refusal]
    process: int
    start: float
    wall_s: float
    cpu_s: float


_state: Any = None
_slots: Any = None


def start(make_state: Callable[[], Any], memory_bytes: int | None, slots: Any) -> None:
    """Makes this process a worker; runs once, before its first item.

    Args:
        make_state: picklable; what it returns is the state that items get.
        memory_bytes: bound on the address space, beyond which allocations fail; None for no bound.
        slots: the memory of :class:`arcbatt.execute.slots.Slots`.
    """
    global _state, _slots
    _slots = slots
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # Ctrl-C and a closed terminal are the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # ends at once what no handler of Python's could interrupt
    if memory_bytes is not None:
        limit_memory(memory_bytes)
    threading.Thread(target=_follow_parent, daemon=True).start()
    try:
        _state = make_state()
    except ArcbattError as error:  # a file of primitives, say, that can be executed in the parent alone
        print(f"arcbatt: a worker cannot start: {error}", file=sys.stderr, flush=True)
        os._exit(1)


def run_item(function: Callable[..., Any], arguments: tuple[Any, ...], slot: int | None) -> Answer:
    """Runs one item against this process's state.

    Args:
        function: see :class:`arcbatt.execute.base.Item`.
        arguments: likewise.
        slot: where to note which of a user's primitives is called; None for nowhere.
    """
    hangs.refuse(refused_in(_slots))
    hangs.set_slot(None if slot is None else WorkerSlot(_slots, slot))
    start, start_cpu = time.monotonic(), time.process_time()
    value = function(_state, *arguments)
    cpu_s, wall_s = time.process_time() - start_cpu, time.monotonic() - start
    return Answer(value, hangs.noted(), os.getpid(), start, wall_s, cpu_s)


def limit_memory(memory_bytes: int) -> None:
    """Bounds the address space of this process, so that allocations beyond it fail instead of taking the machine."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    except (OSError, ValueError):
        return  # some systems know no such limit; the parent still sees a dead worker


def _follow_parent() -> None:
    """Ends this process when its parent was killed: nobody else would reap an orphan in an endless item."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
