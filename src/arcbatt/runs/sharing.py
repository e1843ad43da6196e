"""A run as one driver of several: it claims tasks, says that it lives, takes over from the dead, waits for others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from arcbatt.errors import ArcbattError, InputError
from arcbatt.interrupts import interruptible
from arcbatt.runs.recorded import RecordedRun
from arcbatt.store.claims import LostClaimError

if TYPE_CHECKING:
    from typing import Self

    from arcbatt.store import DriverRecord, Store, TaskRecord, TaskTime

__all__ = ["DEFAULT_STALE_S", "Heart", "Sharing", "TaskSource", "Watch", "alone", "shared", "wait_until_free"]

DEFAULT_STALE_S: Final = 30.0
"""Seconds of silence after which a driver counts as dead."""

_BEAT_S: Final = 1.0
"""Seconds between two beats, less where a driver is taken for dead sooner."""
_BEATS: Final = 5
"""Least number of beats that must be missing before a driver counts as dead."""
_LOOK_S: Final = 1.0
"""Seconds between two looks at what the others have done, while there is work."""
_PAUSE_S: Final = 0.2
"""The same when there is none."""
_PATIENCE_S: Final = 4 * _BEAT_S
"""Seconds of silence after which somebody is told that a driver may be dead."""
_MANY: Final = 4
"""While so many tasks are left for each worker of each driver, every worker has one waiting besides the one it does."""


class _HasDigest(Protocol):
    @property
    def digest(self) -> str: ...


_T = TypeVar("_T", bound=_HasDigest)
_R = TypeVar("_R")


class Watch:
    """Who of the drivers has been silent for how long, by the time that this process has seen go by.

    No clock is compared with another one's, and time in which this process was stopped itself does not count.

    Args:
        stale_s: seconds of silence after which a driver counts as dead.
        most_s: most seconds that may count between two looks.
    """

    def __init__(self, stale_s: float, most_s: float) -> None:
        self._stale_s = stale_s
        self._most_s = most_s
        self._last = time.monotonic()
        self._silent: dict[int, tuple[int, float]] = {}

    def stale(self, drivers: Iterable[DriverRecord]) -> list[DriverRecord]:
        """Those of the drivers that have been silent for too long; to be called again and again."""
        now = time.monotonic()
        passed, self._last = min(now - self._last, self._most_s), now
        before, self._silent = self._silent, {}
        found = []
        for driver in drivers:
            beat, silent_s = before.get(driver.run_id, (-1, 0.0))
            silent_s = silent_s + passed if beat == driver.beat else 0.0
            self._silent[driver.run_id] = (driver.beat, silent_s)
            if silent_s >= self._stale_s:
                found.append(driver)
        return found


class Heart:
    """Says again and again, in a thread, that a driver lives, and drops other drivers of its series that do not.

    Args:
        run: the driver.
        series: its series.
        stale_s: seconds of silence after which another driver counts as dead.
    """

    def __init__(self, run: RecordedRun, series: int, stale_s: float) -> None:
        self._claims = run.store.claims
        self._run_id = run.id
        self._series = series
        self._beat_s = min(_BEAT_S, stale_s / _BEATS)
        self._watch = Watch(stale_s, 2 * self._beat_s)
        self._over = Event()
        self._thread = Thread(target=self._go_on, daemon=True, name="arcbatt-heart")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _go_on(self) -> None:
        while not self._over.wait(self._beat_s):
            # a store that is busy or away for a while costs beats; the work itself finds out if it is gone
            with suppress(ArcbattError):
                self._claims.beat(self._run_id)
                others = [d for d in self._claims.drivers(self._series) if d.run_id != self._run_id]
                for driver in self._watch.stale(others):
                    self._claims.drop(driver)


class Sharing:
    """The part of a run in the work on its series; a context manager around the work.

    Attributes:
        before: summaries of the tasks that were done before the drivers that work now began, by digest.
        ended: how many tasks this run has done that it claimed, lost ones included.
        lost: of those, the ones that another driver had done by then or was doing: this run was taken for dead
            meanwhile, and its result, the same one, was dropped.

    Args:
        run: begun, of a series that it may share.
        stale_s: seconds of silence after which another driver counts as dead.
        on_others: called now and then with the number of tasks that others have done since the last call, and with
            what is waited for, in words; "" while there is work.
    """

    def __init__(
        self, run: RecordedRun, stale_s: float, on_others: Callable[[int, str], None] = lambda count, words: None
    ) -> None:
        self._run = run
        self._claims = run.store.claims
        self._stale_s = stale_s
        self._on_others = on_others
        self._series = 0
        self._heart: Heart | None = None
        self._tasks: Sequence[str] = ()
        self._mine: set[str] = set()
        self._seen: set[str] = set()
        self._last_look = time.monotonic()
        self.drivers = 1
        self.before: Mapping[str, str] = {}
        self.ended = 0
        self.lost = 0

    def __enter__(self) -> Self:
        self._claims.join(self._run.id)
        try:
            self.before = self._claims.summaries_before(self._run.id)
            (self._series,) = {d.series for d in self._claims.drivers() if d.run_id == self._run.id}
            self._heart = Heart(self._run, self._series, self._stale_s)
            self._heart.__enter__()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._heart is not None:
            self._heart.__exit__()
        self._leave()

    def _leave(self) -> None:
        # what cannot be said now, the others find out: nothing beats any more
        with suppress(ArcbattError):
            self._claims.leave(self._run.id)

    def results(
        self, tasks: Sequence[_T], jobs: int, work: Callable[[TaskSource[_T]], Iterator[_R]]
    ) -> Iterator[_R]:
        """The results of this run's part of the tasks; ends when all of them are done, whoever did them.

        Args:
            tasks: what is to be done; of several with the same samples the first stands for all.
            jobs: workers.
            work: does the tasks that a source gives, as long as it gives some. With each result the caller does
                :meth:`saved` or :meth:`give_up` before it takes the next one.
        """
        unique: dict[str, _T] = {}
        for task in tasks:
            unique.setdefault(task.digest, task)
        self._tasks = list(unique)
        source = TaskSource(self, unique, jobs)
        while left := self._look():
            source.refill(left)
            before = self.ended
            yield from work(source)
            if self.ended == before:
                self._wait()

    def saved(self, record: TaskRecord, *, keep: int, time: TaskTime | None) -> frozenset[str] | None:
        """Saves a task that was claimed, see :meth:`arcbatt.store.Store.save_task`; None: another driver has it."""
        self.ended += 1
        try:
            kept = self._run.store.save_task(self._run.id, record, keep=keep, time=time, claimed=True)
        except LostClaimError:
            self.lost += 1
            return None
        self._mine.add(record.task.digest)
        return kept

    def give_up(self, digest: str, summary: str) -> None:
        """Notes that the work on a task that was claimed failed, with its summary (JSON text) for the others."""
        self.ended += 1
        self._mine.add(digest)
        self._claims.give_up(self._run.id, digest, summary)

    def of_others(self) -> dict[str, str]:
        """The summaries of the tasks that other drivers did or gave up, by digest."""
        found = self._claims.summaries(self._run.id)
        return {digest: text for digest, text in found.items() if digest not in self._mine}

    def claimed(self, digests: Sequence[str]) -> str | None:
        """Claims the first of some tasks that is free; None where none is."""
        if time.monotonic() - self._last_look >= _LOOK_S:
            self._look()
        return next(iter(self._claims.claim(self._run.id, digests, 1)), None)

    def _look(self, words: str = "") -> list[str]:
        """Tells what the others have done; returns which of the tasks are not done, whoever does them."""
        self._last_look = time.monotonic()
        self.drivers = max(1, len(self._claims.drivers(self._series)))
        settled = self._claims.settled(self._run.id)
        new = {digest for digest in self._tasks if digest in settled} - self._mine - self._seen
        self._seen |= new
        if new or words:
            self._on_others(len(new), words)
        return [digest for digest in self._tasks if digest not in settled]

    def _wait(self) -> None:
        """Waits a moment for the other drivers."""
        left = len(self._look())
        tasks = f"{left} task{'s' * (left != 1)}"
        others = f"{self.drivers - 1} other driver{'s' * (self.drivers != 2)}"
        self._look(f"waiting for {tasks} of {others}" if left else "")
        with interruptible():
            time.sleep(_PAUSE_S)


@contextmanager
def shared(
    run: RecordedRun, stale_s: float | None, on_others: Callable[[int, str], None]
) -> Iterator[Sharing | None]:
    """A run's part in the work around a block; None where it shares nothing.

    Args:
        run: begun.
        stale_s: see :class:`Sharing`; None to share nothing.
        on_others: likewise.
    """
    if stale_s is None:
        yield None
        return
    with Sharing(run, stale_s, on_others) as sharing:
        yield sharing


@contextmanager
def alone(run: RecordedRun, series: int) -> Iterator[None]:
    """A run that has its series to itself, around a block.

    Args:
        run: begun.
        series: its series.

    Raises:
        InputError: another run is at work on the series.
    """
    claims = run.store.claims
    claims.join(run.id, alone=True)
    try:
        with Heart(run, series, DEFAULT_STALE_S):
            yield
    finally:
        with suppress(ArcbattError):
            claims.leave(run.id)


def wait_until_free(
    store: Store, series: int, *, stale_s: float = DEFAULT_STALE_S, on_wait: Callable[[int], None] = lambda run_id: None
) -> None:
    """Returns once no run is at work on a series; one that was killed is known by its silence.

    Args:
        store: open for writing.
        series: the series.
        stale_s: seconds of silence after which a run counts as dead.
        on_wait: called with the run's number when it was silent for a while, and is waited for.

    Raises:
        InputError: a run is at work on it.
    """
    watch, seen = Watch(stale_s, 2 * _BEAT_S), {driver.run_id: driver for driver in store.claims.drivers(series)}
    patience = round(_PATIENCE_S / _PAUSE_S)
    while drivers := store.claims.drivers(series):
        for driver in drivers:
            if seen.setdefault(driver.run_id, driver) != driver:
                raise InputError(
                    f"run {driver.run_id} is at work on series {series}, which one process alone can go on with: "
                    "let it, or end it first"
                )
        patience -= 1
        if patience == 0:
            on_wait(drivers[0].run_id)
        for driver in watch.stale(drivers):
            store.claims.drop(driver)
        with interruptible():
            time.sleep(_PAUSE_S)


class TaskSource(Generic[_T]):
    """An iterator over the tasks that this driver does, each claimed when it is asked for.

    It gives as many as keep the workers busy, and near the end no more, so that all drivers end together. It ends when
    there is nothing to give for now, and may give more when it is asked again: once a task is done, or after
    :meth:`refill`.

    Args:
        sharing: claims, and knows how many tasks are done.
        tasks: by digest, in the order in which they are to be done.
        jobs: workers.
    """

    def __init__(self, sharing: Sharing, tasks: Mapping[str, _T], jobs: int) -> None:
        self._sharing = sharing
        self._tasks = tasks
        self._jobs = jobs
        self._left: Sequence[str] = ()
        self._given = 0

    def __iter__(self) -> Iterator[_T]:
        return self

    def __next__(self) -> _T:
        if not self._left or self._given - self._sharing.ended >= self._most():
            raise StopIteration
        digest = self._sharing.claimed(self._left)
        if digest is None:
            self._left = ()
            raise StopIteration
        self._left = self._left[self._left.index(digest) + 1 :]
        self._given += 1
        return self._tasks[digest]

    def _most(self) -> int:
        """How many tasks may be in hand: one a worker, and while many are left one more."""
        many = len(self._left) > _MANY * self._jobs * self._sharing.drivers
        return 2 * self._jobs if many else self._jobs

    def refill(self, digests: Sequence[str]) -> None:
        """Looks at these tasks again: some may have come free since drivers ended."""
        self._left = digests
