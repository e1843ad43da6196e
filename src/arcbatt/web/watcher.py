"""One thread that looks at the store while somebody looks at the page, and hands over what is new."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from arcbatt.errors import ArcbattError
from arcbatt.report.html.gathering.at_hand import Source
from arcbatt.report.words import printable
from arcbatt.results.json_form import to_json
from arcbatt.store import has_store
from arcbatt.web.gains import Gains
from arcbatt.web.live import live_state
from arcbatt.web.live_data import LiveState
from arcbatt.web.opening import Mark, mark_of, opened

__all__ = ["MOST_STREAMS", "Watcher"]

MOST_STREAMS: Final = 32
"""Pages that follow at once."""
_PAUSE_S: Final = 0.5
_SHARE: Final = 4
"""Times as long as a look took is the pause after it, at least; so that looking takes a fifth of a core at most."""
_RECENT_NS: Final = 1_000_000_000
"""Files that changed this short a time ago are looked at again: their next change may bear the same time."""
_ALIVE_S: Final = 10.0


class Watcher:
    """Looks at the store of a workspace each half second, if it changed, and only while a page follows.

    Args:
        workspace: folder of the store; neither need be there.
        sources: tasks whose grids are at hand.
    """

    def __init__(self, workspace: Path, sources: Sequence[Source]) -> None:
        self._workspace = workspace
        self._gains = Gains(sources)
        self._latest: str | None = None
        self._listeners: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_followed = threading.Event()
        self._is_closing = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="arcbatt-watcher", daemon=True)

    @property
    def is_full(self) -> bool:
        """Whether no further page can follow."""
        return len(self._listeners) >= MOST_STREAMS

    def close(self) -> None:
        """Ends the thread and every stream, soon; may be called from any thread, and from a signal's handler."""
        self._is_closing.set()
        self._is_followed.set()
        self._wake()

    async def events(self) -> AsyncIterator[str]:
        """What a page is sent: the newest state at once, then each new one, and a sign of life in between."""
        yield "retry: 1000\n\n"
        sent = None
        with self._listening() as signal:
            while not self._is_closing.is_set():
                signal.clear()
                latest = self._latest
                if latest is not None and latest is not sent:
                    sent = latest
                    yield f"data: {latest}\n\n"
                    continue
                try:
                    await asyncio.wait_for(signal.wait(), _ALIVE_S)
                except TimeoutError:
                    yield "event: alive\ndata:\n\n"

    @contextmanager
    def _listening(self) -> Iterator[asyncio.Event]:
        signal = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._listeners.add(signal)
        self._is_followed.set()
        if not self._thread.is_alive() and self._thread.ident is None:
            self._thread.start()
        try:
            yield signal
        finally:
            self._listeners.discard(signal)
            if not self._listeners and not self._is_closing.is_set():
                self._is_followed.clear()

    def _follow(self) -> None:
        """The thread."""
        seen: Mark | None = None
        while not self._is_closing.is_set():
            self._is_followed.wait()
            began = time.monotonic()
            mark = mark_of(self._workspace)
            is_settled = all(time.time_ns() - changed_ns > _RECENT_NS for _, changed_ns, _ in mark)
            if mark != seen or not is_settled:
                self._publish(self._look())
            seen = mark
            self._is_closing.wait(max(_PAUSE_S, _SHARE * (time.monotonic() - began)))

    def _look(self) -> LiveState:
        if not has_store(self._workspace):
            return LiveState("there is no store here yet: this page waits for 'arcbatt run', 'evolve', 'solve' or 'import'")
        try:
            with opened(self._workspace) as store:
                return live_state(store, self._gains)
        except (ArcbattError, OSError) as error:
            return LiveState(printable(str(error)))
        except Exception as error:  # the page says it; a thread that ended would say nothing any more
            return LiveState(printable(f"the store cannot be shown: {type(error).__name__}: {str(error):.300}"))

    def _publish(self, state: LiveState) -> None:
        text = to_json(state)
        if text != self._latest:
            self._latest = text
            self._wake()

    def _wake(self) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._set_all)

    def _set_all(self) -> None:
        for signal in self._listeners:
            signal.set()
