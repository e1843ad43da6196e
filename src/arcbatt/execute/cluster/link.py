"""The connection to a Dask scheduler: calls go out to one worker each, and everything that happens comes in as events.

Dask's own loop runs in a thread. It puts events into a queue and changes nothing else, so that all decisions are made
in the one thread that reads the queue.
"""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Final, TypeAlias

__all__ = ["Down", "Event", "Finished", "Link", "Members"]

_LOOK_S: Final = 0.5
"""Seconds between two looks at which workers there are."""
_SILENCE_S: Final = 30.0
"""A scheduler that does not answer for so long counts as gone."""
_LOGGERS: Final = ("distributed", "distributed.client", "distributed.core", "distributed.batched", "distributed.utils",
                   "distributed.comm", "tornado.application")  # fmt: skip
"""They report lost connections, which are handled and told here in one line."""


@dataclass(frozen=True, slots=True)
class Members:
    """The workers that the scheduler has: threads by address."""

    threads: dict[str, int]


@dataclass(frozen=True, slots=True)
class Down:
    """The scheduler does not answer any more; nothing else comes from this link."""

    reason: str


@dataclass(frozen=True, slots=True)
class Finished:
    """A call came to its end.

    Attributes:
        ticket: the number that it was made under, from 1.
        value: what the function returned.
        error: why there is no value.
    """

    ticket: int
    value: Any
    error: BaseException | None


Event: TypeAlias = Members | Down | Finished


class Link:
    """An open connection.

    Args:
        address: the scheduler's.
        timeout_s: seconds to wait for it.
        events: where events go.

    Raises:
        OSError: the scheduler does not answer, or no certificates are set for TLS.
    """

    def __init__(self, address: str, timeout_s: float, events: SimpleQueue[Event]) -> None:
        import distributed

        security: Any = distributed.Security
        if address.startswith("tls://") and security().get_connection_args("client").get("ssl_context") is None:
            raise OSError("Dask's configuration names no certificates: distributed.comm.tls")
        self._events = events
        self._is_closed = False
        self._running: dict[int, Future[None]] = {}
        self._forgotten: set[int] = set()
        self._levels = _silenced()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of versions: they are compared in members.py
                client: Any = distributed.Client
                self._client = client(address, timeout=timeout_s, set_as_default=False, name="arcbatt")
        except BaseException:
            _restore(self._levels)
            raise
        self._start(0, self._watch())

    def call(self, ticket: int, worker: str, function: Callable[..., Any], *arguments: Any) -> None:
        """Calls a function in a thread of a worker; :class:`Finished` tells of its end.

        Where the worker goes away before, nothing may ever come.
        """
        self._start(ticket, self._called(ticket, worker, function, arguments))

    def give(self, ticket: int, worker: str, function: Callable[..., Any], data: bytes, *arguments: Any) -> None:
        """As :meth:`call`, with data before the other arguments that may be large."""
        self._start(ticket, self._given(ticket, worker, function, data, arguments))

    def forget(self, tickets: Iterable[int]) -> None:
        """Takes calls back: what has not begun does not begin, and nothing more is heard of the rest."""
        for ticket in tickets:
            running = self._running.get(ticket)
            if running is not None:
                self._forgotten.add(ticket)
                running.cancel()

    def tell(self, workers: list[str], function: Callable[..., Any], *arguments: Any, timeout_s: float) -> None:
        """Calls a function in workers at once, also where their threads are busy. Failures are passed over."""
        if workers:
            with suppress(Exception):
                self._client.sync(self._told, workers, function, arguments, timeout_s, callback_timeout=timeout_s + 1)

    def close(self) -> None:
        """Ends the connection; what still runs on the cluster is not wanted any more. Idempotent."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            for running in list(self._running.values()):
                running.cancel()
            with suppress(Exception):
                self._client.close(timeout=2)
        finally:
            _restore(self._levels)

    def _start(self, ticket: int, work: Coroutine[Any, Any, None]) -> None:
        running = asyncio.run_coroutine_threadsafe(work, self._client.loop.asyncio_loop)
        self._running[ticket] = running
        running.add_done_callback(lambda _: self._running.pop(ticket, None))

    def _emit(self, event: Event) -> None:
        if not self._is_closed:
            self._events.put(event)

    async def _called(self, ticket: int, worker: str, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        try:
            value = await self._client.submit(function, *arguments, key=self._key(ticket), workers=[worker], pure=False)
        except (Exception, asyncio.CancelledError) as error:
            self._failed(ticket, error)
        else:
            self._emit(Finished(ticket, value, None))

    def _failed(self, ticket: int, error: BaseException) -> None:
        """Tells of a call without a value. One that nobody here took back was lost with the connection."""
        if ticket in self._forgotten:
            self._forgotten.discard(ticket)
        elif isinstance(error, asyncio.CancelledError | CancelledError):
            self._emit(Down("the connection broke"))
        else:
            self._emit(Finished(ticket, None, error))

    async def _given(
        self, ticket: int, worker: str, function: Callable[..., Any], data: bytes, arguments: tuple[Any, ...]
    ) -> None:
        try:
            there = await self._client.scatter(data, workers=[worker], hash=False)
        except (Exception, asyncio.CancelledError) as error:
            self._failed(ticket, error)
        else:
            await self._called(ticket, worker, function, (there, *arguments))

    async def _told(
        self, workers: list[str], function: Callable[..., Any], arguments: tuple[Any, ...], timeout_s: float
    ) -> None:
        told = self._client.run(function, *arguments, workers=workers, on_error="ignore")
        await asyncio.wait_for(told, timeout_s)

    async def _watch(self) -> None:
        """Tells which workers there are, again and again; that the connection is gone, once."""
        before: dict[str, int] | None = None
        while not self._is_closed:
            try:
                found = dict(await asyncio.wait_for(self._client.nthreads(), _SILENCE_S))
                if self._client.status != "running":
                    raise OSError("the connection broke")
            except (Exception, asyncio.CancelledError) as error:
                self._emit(Down(str(error) or type(error).__name__))
                return
            if found != before:
                before = found
                self._emit(Members(found))
            await asyncio.sleep(_LOOK_S)

    def _key(self, ticket: int) -> str:
        return f"arcbatt-{self._client.id}-{ticket}"


def _silenced() -> dict[str, int]:
    """Keeps Dask from writing to the terminal what is told in other words; returns the levels of before."""
    levels = {name: logging.getLogger(name).level for name in _LOGGERS}
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return levels


def _restore(levels: dict[str, int]) -> None:
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
