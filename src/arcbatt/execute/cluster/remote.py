"""What runs inside a Dask worker: it says who it is, keeps what a run's items need, and runs batches of items.

Work that an engine bounds by itself runs in the worker's own threads, as :class:`~arcbatt.execute.ThreadExecutor` has
it. Work that may hang or die runs in processes of a pool under the worker, one for each of its threads, so that a limit
of time holds and what dies takes no worker with it.

What is kept belongs to a *session*, one for each executor, and is made once a worker. It goes when the driver says so,
when the worker ends, and when no batch has come for a while, as after a driver that was killed.
"""

from __future__ import annotations

import multiprocessing
import pickle
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from arcbatt.engine import hangs
from arcbatt.engine.outcome import FailureKind
from arcbatt.errors import ArcbattError
from arcbatt.execute.base import Item, ItemFailure
from arcbatt.execute.cluster.identity import identity, proof

__all__ = ["Answer", "Done", "Payload", "end_session", "greet", "prepare", "run_batch"]

_IDLE_S: Final = 600.0
"""A session without work for so long is dropped; a driver that is still there makes it anew."""
_LOOK_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class Payload:
    """What a session is made of.

    Attributes:
        make_state: given the number of slots that share the worker's machine, returns what makes the state of a slot.
        stop_state: ends soon what runs with a state in another thread.
        is_killable: whether items run in processes that can be killed.
        memory_bytes: bound on the memory of each such process; None for no bound.
        preload: modules that these processes have loaded when they start.
    """

    make_state: Callable[[int], Callable[[], Any]]
    stop_state: Callable[[Any], None]
    is_killable: bool
    memory_bytes: int | None
    preload: tuple[str, ...]

    def packed(self) -> bytes:
        """The payload as bytes."""
        return zlib.compress(pickle.dumps(self, pickle.HIGHEST_PROTOCOL), 1)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an item.

    Attributes:
        value: what its function returned.
        failure: why there is none.
        error: the exception that it raised, a bug of the caller's.
        cpu_s: CPU seconds.
        start: by the worker's :func:`time.monotonic`.
        wall_s: elapsed seconds.
    """

    value: Any = None
    failure: ItemFailure | None = None
    error: BaseException | None = None
    cpu_s: float = 0.0
    start: float = 0.0
    wall_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says of a batch.

    Attributes:
        done: one for each item, in their order; fewer where the session ended under way.
        slot: number of the thread that ran them, of those of the session on this worker.
        now: the worker's :func:`time.monotonic` when this was said.
        refused: users' primitives that are refused here.
        is_unprepared: whether the worker has no such session; then nothing was run.
    """

    done: tuple[Done, ...] = ()
    slot: int = 0
    now: float = 0.0
    refused: dict[str, hangs.Refusal] = field(default_factory=dict)
    is_unprepared: bool = False


class _Session:
    """What one executor has on this worker."""

    def __init__(self, payload: Payload, slots: int) -> None:
        self._payload = payload
        self._make_state = payload.make_state(slots)
        self._local = threading.local()
        self._lock = threading.Lock()
        self._closers: list[Callable[[], None]] = []
        self._running = 0
        self._last = time.monotonic()
        self.is_ended = False

    @property
    def is_idle(self) -> bool:
        return self._running == 0 and time.monotonic() - self._last > _IDLE_S

    def begin(self) -> None:
        """Makes what this thread's items need, so that an error shows before any work is sent."""
        if not hasattr(self._local, "slot"):
            runner, closer = self._pool() if self._payload.is_killable else self._inline()
            with self._lock:
                self._closers.append(closer)
                self._local.slot = len(self._closers)
            self._local.runner = runner

    def run(self, items: Iterable[Item], refused: dict[str, hangs.Refusal]) -> Answer:
        """Runs items in this thread, one after the other; stops early where the session is ended."""
        with self._lock:
            self._running += 1
        try:
            self.begin()
            known = dict(refused)
            done = tuple(self._local.runner(items, known))
            return Answer(done, self._local.slot, time.monotonic(), known)
        finally:
            with self._lock:
                self._running -= 1
            self._last = time.monotonic()

    def end(self) -> None:
        """Stops what runs and lets everything go."""
        self.is_ended = True
        with self._lock:
            closers, self._closers = self._closers, []
        for close in closers:
            close()

    def _inline(self) -> tuple[Callable[..., Iterator[Done]], Callable[[], None]]:
        state = self._make_state()

        def run(items: Iterable[Item], refused: dict[str, hangs.Refusal]) -> Iterator[Done]:
            for item in items:
                if self.is_ended:
                    return
                yield _run_here(state, item)

        return run, lambda: self._payload.stop_state(state)

    def _pool(self) -> tuple[Callable[..., Iterator[Done]], Callable[[], None]]:
        from arcbatt.execute.pool import PoolExecutor

        # Dask's nannies start workers as daemons, which may have no children since those would be left behind. Ours
        # follow their parent.
        multiprocessing.current_process().daemon = False
        pool = PoolExecutor(self._make_state, 1, self._payload.memory_bytes, self._payload.preload)
        pool.start()

        def run(items: Iterable[Item], refused: dict[str, hangs.Refusal]) -> Iterator[Done]:
            pool.refuse(refused)
            for item in items:
                if not self.is_ended:
                    yield _run_in(pool, item)
            refused.update(pool.refused)
            if self.is_ended:
                pool.close()  # once more: the last item may have started it again

        return run, pool.close


def _run_here(state: Any, item: Item) -> Done:
    start, start_cpu = time.monotonic(), time.thread_time()
    try:
        value = item.function(state, *item.arguments)
    except MemoryError:
        return Done(failure=ItemFailure(FailureKind.MEMORY, "the worker ran out of memory"))
    except Exception as error:
        return Done(error=error)
    return Done(value, None, None, time.thread_time() - start_cpu, start, time.monotonic() - start)


def _run_in(pool: Any, item: Item) -> Done:
    try:
        result = pool.run_once(item)
    except Exception as error:
        return Done(error=error)
    return Done(result.value, result.failure, None, result.cpu_s, result.start, result.wall_s)


_sessions: dict[str, _Session] = {}
_keeper: threading.Thread | None = None


def greet(engine: str, needs_proof: bool) -> dict[str, str]:
    """Who this worker is; see :class:`arcbatt.execute.cluster.identity.Identity`.

    Args:
        engine: name of the engine that the run takes; "" for none.
        needs_proof: whether to evaluate the sample too.
    """
    found = asdict(identity(engine))
    if needs_proof and engine and not found["engine"].startswith("no "):
        found["proof"] = proof(engine)
    return found


def prepare(payload: bytes, session: str, slots: int) -> str | None:
    """Makes a session, unless it is there.

    Args:
        payload: of :meth:`Payload.packed`.
        session: its name.
        slots: slots of the run on this machine, which share its memory.

    Returns:
        Why that is not possible here; None when it is done.
    """
    global _keeper
    if session not in _sessions:
        try:
            made = _Session(pickle.loads(zlib.decompress(payload)), slots)
            made.begin()
        except ArcbattError as error:
            return str(error)
        _sessions[session] = made
    if _keeper is None or not _keeper.is_alive():
        _keeper = threading.Thread(target=_drop_idle, name="arcbatt-sessions", daemon=True)
        _keeper.start()
    return None


def run_batch(session: str, batch: bytes) -> bytes:
    """Runs items of a session: a pickled :class:`Answer`.

    Args:
        session: its name.
        batch: pickled items, and the primitives that are refused.
    """
    found = _sessions.get(session)
    if found is None:
        return pickle.dumps(Answer(is_unprepared=True))
    items, refused = pickle.loads(batch)
    return _pickled(found.run(items, refused))


def end_session(session: str) -> None:
    """Stops what runs of a session and lets it go; does nothing where there is none."""
    found = _sessions.pop(session, None)
    if found is not None:
        # In a thread: this is called in the loop that answers the scheduler.
        threading.Thread(target=found.end, name="arcbatt-end", daemon=True).start()


def _drop_idle() -> None:
    while True:
        time.sleep(_LOOK_S)
        for name, session in list(_sessions.items()):
            if session.is_idle:
                end_session(name)


def _pickled(answer: Answer) -> bytes:
    try:
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except Exception:  # an exception, say, that holds a lock
        done = tuple(
            one if one.error is None else Done(error=RuntimeError(f"{type(one.error).__name__}: {one.error}"))
            for one in answer.done
        )
        return pickle.dumps(Answer(done, answer.slot, answer.now, answer.refused), pickle.HIGHEST_PROTOCOL)
