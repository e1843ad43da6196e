"""Devices of one process that work for the enumerations of others: a server there, and what stands for the queues here.

Worker processes are bounded in memory, and a driver maps more than that; and requests of many workers go to a device
together only if one process has them all. So the process that started the workers keeps the devices. Each search has a
connection of its own, which ends with it.
"""

from __future__ import annotations

import multiprocessing
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from typing import Any, Final

from arcbatt.engine.cuda.device import DeviceLostError, DeviceMemoryError
from arcbatt.engine.cuda.enumeration.queue import DeviceQueues
from arcbatt.engine.cuda.enumeration.rules import Rule
from arcbatt.engine.cuda.enumeration.wanted import Answer, Wanted

__all__ = ["RemoteQueues", "RemoteSearch", "SearchServer"]

_ANSWER, _NO_MEMORY, _LOST, _WRONG = range(4)
_CLOSED: Final = (EOFError, OSError)


class SearchServer:
    """Lets processes that this one started use its devices, from :meth:`open` to :meth:`close`.

    What comes over a connection is unpickled: only processes that know this one's key are let in, and its children do.

    Args:
        queues: the devices.
    """

    def __init__(self, queues: DeviceQueues) -> None:
        self._queues = queues
        self._is_over = False
        self._open: set[Connection[Any, Any]] = set()
        self._lock = threading.Lock()

    def open(self) -> str:
        """Begins; the address at which it is.

        Raises:
            OSError: the system gives no socket.
        """
        self._listener = Listener(None, "AF_UNIX", authkey=_key())
        assert isinstance(self._listener.address, str)
        self._address = self._listener.address
        threading.Thread(target=self._accept, daemon=True).start()
        return self._address

    def close(self) -> None:
        """Ends it: whoever has a search here has lost the device. A second time does nothing."""
        with self._lock:
            if self._is_over:
                return
            self._is_over = True
            for connection in self._open:
                _hang_up(connection)
        # Closing a listener does not wake the thread that waits in it; somebody who comes and goes does.
        with suppress(*_CLOSED), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
            caller.connect(self._address)
        self._listener.close()

    def _accept(self) -> None:
        while not self._is_over:
            try:
                connection = self._listener.accept()
            except (*_CLOSED, multiprocessing.AuthenticationError):
                continue
            with self._lock:
                if self._is_over:
                    connection.close()
                    return
                self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Connection[Any, Any]) -> None:
        """Works for one search, until its process closes the connection or ends."""
        memory = None
        try:
            memory = self._queues.open(*connection.recv())
            connection.send(None if memory is None else memory.name)
            while memory is not None:
                answer: tuple[int, Answer | str]
                try:
                    answer = _ANSWER, self._queues.answer(memory, connection.recv())
                except DeviceMemoryError as error:
                    answer = _NO_MEMORY, str(error)
                except DeviceLostError as error:
                    answer = _LOST, str(error)
                except ValueError as error:
                    answer = _WRONG, str(error)
                connection.send(answer)
        except _CLOSED:
            pass
        finally:
            with self._lock:
                self._open.discard(connection)
                connection.close()
            if memory is not None:
                self._queues.close(memory)


class RemoteSearch:
    """A search's place on a device of another process."""

    def __init__(self, connection: Connection[Any, Any], name: str) -> None:
        self.connection = connection
        self.name = name


class RemoteQueues:
    """The devices of the process that started this one, as :class:`DeviceQueues` would have them here.

    Args:
        address: where its :class:`SearchServer` is.
    """

    def __init__(self, address: str) -> None:
        self._address = address

    def open(
        self, rules: Sequence[Rule], samples: int, node_fuel: int, outputs: bytes, demos: int
    ) -> RemoteSearch | None:
        """See :meth:`DeviceQueues.open`; None as well where nobody answers."""
        try:
            connection: Connection[Any, Any] = Client(self._address, authkey=_key())
            connection.send((list(rules), samples, node_fuel, outputs, demos))
            name = connection.recv()
        except (*_CLOSED, multiprocessing.AuthenticationError):
            return None
        if name is None:
            connection.close()
            return None
        return RemoteSearch(connection, name)

    def answer(self, search: RemoteSearch, wanted: Wanted) -> Answer:
        """See :meth:`DeviceQueue.answer`; a process that is gone is a lost device."""
        try:
            search.connection.send(wanted)
            what, answer = search.connection.recv()
        except _CLOSED as error:
            raise DeviceLostError(f"its process is gone: {type(error).__name__}") from None
        if what == _NO_MEMORY:
            raise DeviceMemoryError(answer)
        if what == _LOST:
            raise DeviceLostError(answer)
        if what == _WRONG:
            raise ValueError(answer)
        return Answer(*answer)

    def close(self, search: RemoteSearch) -> None:
        """See :meth:`DeviceQueues.close`."""
        with suppress(*_CLOSED):
            search.connection.close()


def _hang_up(connection: Connection[Any, Any]) -> None:
    """Lets the thread that waits for a connection go on: it sees the end, which closing would not show it."""
    with suppress(*_CLOSED):
        line = socket.fromfd(connection.fileno(), socket.AF_UNIX, socket.SOCK_STREAM)
        line.shutdown(socket.SHUT_RDWR)
        line.close()


def _key() -> bytes:
    """What this process shares with those that it starts, and with the one that started it."""
    return bytes(multiprocessing.current_process().authkey)
