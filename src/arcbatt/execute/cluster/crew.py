"""The workers of a run: found, checked, prepared, kept count of; and the connection to them, made again when it breaks.

A worker that the scheduler names is first asked who it is. One that would not give the same answers is refused and
named, and the others go on. One that comes later, or again, is asked and used likewise.
"""

from __future__ import annotations

import pickle
import pkgutil
import time
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count
from queue import Empty, SimpleQueue
from typing import Final

from arcbatt.errors import ExecutorError
from arcbatt.execute.cluster.address import ClusterAddress
from arcbatt.execute.cluster.identity import Identity, identity, proof
from arcbatt.execute.cluster.link import Event, Finished, Link, Members
from arcbatt.execute.cluster.local import LocalNodes
from arcbatt.execute.cluster.remote import Answer, Payload, end_session, greet, prepare, run_batch
from arcbatt.interrupts import interruptible

__all__ = ["Crew", "Reply", "Settings"]

_CONNECT_S: Final = 10.0
"""Seconds that a scheduler has to answer at the start, and at each try of a reconnection."""
_AGAIN_S: Final = 1.0
_LOOK_S: Final = 0.25
_SETTLE_S: Final = 10.0
"""Seconds at most to wait at the start for the workers that are there to say who they are, once one has."""
_END_S: Final = 5.0
_MEND_S: Final = 0.5
_TELL_S: Final = 5.0
_GREETING: Final = f"{greet.__module__}:{greet.__qualname__}"
_SAFE: Final = "What was done is stored; --resume goes on with it"


@dataclass(frozen=True, slots=True)
class Settings:
    """What does not change in a run.

    Attributes:
        address: where the cluster is.
        payload: what workers get once.
        engine: name of the engine of the run; "" for none.
        patience_s: seconds without a scheduler, or without any worker, until the run is given up.
        tell: gets lines for the user.
    """

    address: ClusterAddress
    payload: Payload
    engine: str
    patience_s: float
    tell: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a batch.

    Attributes:
        ticket: the number that it was sent under.
        answer: the worker's; None where the batch is lost.
        worker: the worker's address.
        offset: what to add to times of the worker's clock.
        is_blameless: whether it was lost with the scheduler, or since the worker had no session: nothing that it did.
    """

    ticket: int
    answer: Answer | None
    worker: str
    offset: float = 0.0
    is_blameless: bool = False


class _Stage(Enum):
    MET = auto()
    GREETED = auto()
    PREPARED = auto()
    READY = auto()
    REFUSED = auto()


@dataclass(slots=True)
class _Member:
    """A worker: how far it is, and what it has to do."""

    address: str
    threads: int
    stage: _Stage
    ticket: int
    host: str = ""
    offset: float | None = None
    load: int = 0


class Crew:
    """See the module.

    Args:
        settings: the run's.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._session = uuid.uuid4().hex
        self._payload = settings.payload.packed()
        self._is_local = settings.address.scheduler is None
        self._mine: Identity | None = None
        self._nodes: LocalNodes | None = None
        self._link: Link | None = None
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._tickets = count(1)
        self._members: dict[str, _Member] = {}
        self._sent: dict[int, str] = {}
        self._numbers: dict[tuple[str, int], int] = {}
        self._mended = 0.0
        self._alone_since: float | None = None
        self._has_told = False

    @property
    def threads(self) -> int:
        """Threads of the workers that take work."""
        return sum(member.threads for member in self._members.values() if member.stage is _Stage.READY)

    def start(self) -> None:
        """Starts the processes of a cluster on this machine; returns before they are up. Nothing for another.

        Raises:
            ExecutorError: the system does not give what is needed.
        """
        if self._is_local and self._nodes is None:
            self._nodes = LocalNodes(self._settings.address.count, self._settings.payload.preload)

    def connect(self) -> None:
        """Connects, unless that is done.

        Raises:
            ExecutorError: no scheduler answers.
        """
        if self._link is not None:
            return
        self.start()
        try:
            with interruptible():
                self._link = Link(self._scheduler, _CONNECT_S, self._events)
        except Exception as error:  # of Dask, of TLS, of the system
            raise ExecutorError(
                f"no Dask scheduler answers at {self._scheduler} ({_line(error)}): start one (dask scheduler), or give "
                "its address"
            ) from None

    def settle(self) -> None:
        """Connects, and waits until a worker takes work and the others that are there have been asked.

        Raises:
            ExecutorError: no scheduler answers, or no worker takes work.
        """
        self.connect()
        end = time.monotonic() + _SETTLE_S
        while not self.threads or (self._is_asking and time.monotonic() < end):
            self.replies()

    @property
    def _is_asking(self) -> bool:
        return any(member.stage not in (_Stage.READY, _Stage.REFUSED) for member in self._members.values())

    @property
    def _prepared(self) -> list[str]:
        """Addresses of the workers that have, or get, what the run's items need."""
        stages = (_Stage.PREPARED, _Stage.READY)
        return [member.address for member in self._members.values() if member.stage in stages]

    @property
    def _scheduler(self) -> str:
        return self._settings.address.scheduler or (self._nodes.address if self._nodes else "")

    # ---------------------------------------------------------------- batches

    def free_worker(self, ahead: int = 1) -> str | None:
        """The worker that has the least to do, if one may be sent a batch; None when none may.

        Args:
            ahead: batches that each thread of a worker has at a time.
        """
        free = [
            member for member in self._members.values()
            if member.stage is _Stage.READY and member.load < member.threads * ahead
        ]  # fmt: skip
        return min(free, key=lambda member: member.load / member.threads).address if free else None

    def send(self, worker: str, batch: bytes) -> int:
        """Sends a batch to a worker; the ticket under which the reply comes."""
        ticket = next(self._tickets)
        self._sent[ticket] = worker
        self._members[worker].load += 1
        self._connected.call(ticket, worker, run_batch, self._session, batch)
        return ticket

    def replies(self) -> list[Reply]:
        """Waits a moment for what happens, and gives the replies to batches that came of it.

        Raises:
            ExecutorError: there has been no scheduler, or no worker, for too long.
        """
        self.connect()
        self._mend()
        found: list[Reply] = []
        for event in self._next_events():
            if isinstance(event, Members):
                found += self._met(event.threads)
            elif isinstance(event, Finished):
                found += self._finished(event)
            else:
                found += self._lost_all()
                self._reconnect(event.reason)
                break
        self._check_patience()
        return found

    def number_of(self, worker: str, slot: int) -> int:
        """A small number for a thread of a worker, the same for as long as the worker is there."""
        if (worker, slot) not in self._numbers:
            taken = set(self._numbers.values())
            self._numbers[worker, slot] = next(number for number in count(1) if number not in taken)
        return self._numbers[worker, slot]

    def abandon(self) -> None:
        """Stops what still runs, on all workers; what they were given for it goes."""
        if self._link is None or not self._sent:
            return
        self._link.forget(self._sent)
        self._link.tell(self._prepared, end_session, self._session, timeout_s=_END_S)
        self._sent.clear()
        self._session = uuid.uuid4().hex
        for member in self._members.values():
            member.load = 0
            if member.stage in (_Stage.PREPARED, _Stage.READY):
                self._prepare(member)

    def close(self) -> None:
        """Ends everything that runs for this run: here all processes, elsewhere its session. Idempotent."""
        link, self._link = self._link, None
        nodes, self._nodes = self._nodes, None
        try:
            if link is not None:
                if nodes is None:
                    link.tell(self._prepared, end_session, self._session, timeout_s=_END_S)
                link.close()
        finally:
            if nodes is not None:
                nodes.close()
        self._members.clear()
        self._sent.clear()
        self._numbers.clear()

    # ---------------------------------------------------------------- events

    @property
    def _connected(self) -> Link:
        assert self._link is not None
        return self._link

    def _next_events(self) -> list[Event]:
        """Everything that has happened, after a moment at most."""
        found: list[Event] = []
        with suppress(Empty):
            with interruptible():
                found.append(self._events.get(timeout=_LOOK_S))
            while True:
                found.append(self._events.get_nowait())
        return found

    def _met(self, threads: dict[str, int]) -> list[Reply]:
        """Takes note of which workers there are; replies for the batches of those that are gone."""
        gone = self._members.keys() - threads.keys()
        found = self._lost(ticket for ticket, worker in self._sent.items() if worker in gone)
        for address in gone:
            if self._members.pop(address).stage is _Stage.READY:
                self._say(f"worker {address} is gone; what it had goes to others")
        self._numbers = {key: number for key, number in self._numbers.items() if key[0] in threads}
        for address, number in threads.items():
            if address in self._members:
                self._members[address].threads = number
            else:
                ticket = next(self._tickets)
                self._members[address] = _Member(address, number, _Stage.MET, ticket)
                # A function that a worker cannot load would end it, so the first call is one that every Python has.
                self._connected.call(ticket, address, pkgutil.resolve_name, _GREETING)
        return found

    def _finished(self, event: Finished) -> list[Reply]:
        worker = self._sent.get(event.ticket)
        if worker is not None:
            return self._replied(event, worker)
        for member in self._members.values():
            if member.ticket == event.ticket:
                self._advance(member, event)
                break
        return []

    def _replied(self, event: Finished, worker: str) -> list[Reply]:
        """The reply to a batch."""
        member = self._members[worker]
        if event.error is not None:
            return self._lost([event.ticket])
        answer: Answer = pickle.loads(event.value)
        if answer.is_unprepared:  # a new process under the address of one that ended, or one that was idle for long
            if member.stage is _Stage.READY:
                self._prepare(member)
            return self._lost([event.ticket], is_blameless=True)
        del self._sent[event.ticket]
        member.load -= 1
        if member.offset is None or member.offset > 0:
            behind = time.monotonic() - answer.now
            member.offset = behind if member.offset is None else min(member.offset, behind)
        return [Reply(event.ticket, answer, worker, member.offset)]

    def _lost(self, tickets: Iterable[int], is_blameless: bool = False) -> list[Reply]:
        found = []
        for ticket in list(tickets):
            worker = self._sent.pop(ticket)
            if worker in self._members:
                self._members[worker].load -= 1
            found.append(Reply(ticket, None, worker, is_blameless=is_blameless))
        if self._link is not None:
            self._link.forget(reply.ticket for reply in found)
        return found

    def _lost_all(self) -> list[Reply]:
        """Replies for all batches, lost with the scheduler; no worker is known any more."""
        found = self._lost(list(self._sent), is_blameless=True)
        self._members.clear()
        return found

    # ---------------------------------------------------------------- workers

    def _advance(self, member: _Member, event: Finished) -> None:
        """A step of a worker on its way to work."""
        if event.error is not None:
            self._refuse(member, _why_mute(event.error))
        elif member.stage is _Stage.MET:
            member.stage, member.ticket = _Stage.GREETED, next(self._tickets)
            self._connected.call(member.ticket, member.address, greet, self._settings.engine, not self._is_local)
        elif member.stage is _Stage.GREETED:
            self._check(member, event.value)
        elif event.value is not None:
            self._refuse(member, str(event.value))
        else:
            member.stage = _Stage.READY

    def _check(self, member: _Member, found: dict[str, str]) -> None:
        """Refuses a worker that might give other answers; prepares another."""
        engine = self._settings.engine
        if self._mine is None:
            self._mine = identity(engine)
        member.host = found.get("host", "")
        difference = self._mine.difference(found)
        if difference is None and "proof" in found and found["proof"] != proof(engine):
            difference = "programs of a sample come to something else there than here"
        if difference is not None:
            self._refuse(member, difference)
            return
        if self._mine.boot and self._mine.boot == found.get("boot"):
            member.offset = 0.0  # one clock
        self._prepare(member)

    def _prepare(self, member: _Member) -> None:
        """Gives a worker what the run's items need, unless it has that."""
        member.stage, member.ticket = _Stage.PREPARED, next(self._tickets)
        machine = _machine(member.address)
        slots = sum(one.threads for one in self._members.values() if _machine(one.address) == machine)
        self._connected.give(member.ticket, member.address, prepare, self._payload, self._session, slots)

    def _refuse(self, member: _Member, reason: str) -> None:
        member.stage = _Stage.REFUSED
        where = f"{member.address} on {member.host}" if member.host else member.address
        self._say(f"worker {where} is not used: {reason}")

    # ---------------------------------------------------------------- what is gone

    def _mend(self) -> None:
        """Starts processes of this machine anew that have died."""
        if self._nodes is not None and time.monotonic() - self._mended > _MEND_S:
            self._mended = time.monotonic()
            self._nodes.mend()

    def _check_patience(self) -> None:
        """Ends a run that has had no worker for too long."""
        if self.threads or self._is_asking:
            self._alone_since = None
            return
        now = time.monotonic()
        if self._alone_since is None:
            self._alone_since = now
            self._has_told = False
        patience_s = self._settings.patience_s
        if not self._has_told and now - self._alone_since > min(_TELL_S, patience_s / 2):
            self._has_told = True
            self._say(f"no worker at {self._scheduler} takes work; waiting for one for {patience_s:g} seconds")
        if now - self._alone_since > patience_s:
            there = len(self._members)
            what = f"{there} refused" if there else "there is none"
            raise ExecutorError(
                f"no worker at {self._scheduler} took work within {patience_s:g} seconds ({what}): start some "
                f"(dask worker {self._scheduler}). {_SAFE}"
            )

    def _reconnect(self, reason: str) -> None:
        """Connects again.

        Raises:
            ExecutorError: the scheduler has not come back in time.
        """
        patience_s = self._settings.patience_s
        where = self._scheduler
        self._say(f"the scheduler {where} does not answer ({reason}); trying again for {patience_s:g} seconds")
        link, self._link = self._link, None
        if link is not None:
            link.close()
        self._events = SimpleQueue()
        end = time.monotonic() + patience_s
        while (left_s := end - time.monotonic()) > 0:
            try:
                if self._nodes is not None:
                    self._nodes.mend()
                with interruptible():
                    self._link = Link(where, min(_CONNECT_S, left_s), self._events)
            except ExecutorError:
                raise
            except Exception:  # as above
                with interruptible():
                    time.sleep(min(_AGAIN_S, left_s))
            else:
                self._say(f"the scheduler {where} is back")
                return
        raise ExecutorError(f"the scheduler {where} was gone for {patience_s:g} seconds. {_SAFE}")

    def _say(self, line: str) -> None:
        self._settings.tell(line)


def _machine(address: str) -> str:
    return address.rpartition(":")[0]


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _why_mute(error: BaseException) -> str:
    """Why a worker could not even say who it is, or not take what it needs."""
    if isinstance(error, ModuleNotFoundError):
        return f"arcbatt is not installed there, or is another version ({_line(error)})"
    return f"{type(error).__name__}: {_line(error)}"
