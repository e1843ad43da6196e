"""Looks for news in a workspace, in one thread for the whole server, and hands them to who listens.

A look is two file times, or a small query, twice a second. Only when they changed, and only while somebody listens, the
store is opened, read and closed again. Reading never takes more than a third of the time.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Final

from arcbatt.errors import ArcbattError
from arcbatt.report.html.gathering.texts import one_line
from arcbatt.results.json_form import plain
from arcbatt.store import StorePlace, has_store, open_store
from arcbatt.web.at_hand import TaskSources
from arcbatt.web.live_data import FORMAT, LiveData
from arcbatt.web.live_reading import LiveReader
from arcbatt.web.news import Signature, news_of

__all__ = ["PERIOD_S", "Watcher"]

PERIOD_S: Final = 0.5
"""Seconds between two looks."""

_PROBE_S: Final = 3.0
"""Seconds without a change after which it is asked whether anybody still writes."""

Listener = Callable[[str], None]


class Watcher:
    """The thread that looks.

    Args:
        workspace: the place of the store, which may not be there yet.
        sources: where grids come from.
        period_s: seconds between two looks.
    """

    def __init__(self, workspace: StorePlace, sources: TaskSources, period_s: float = PERIOD_S) -> None:
        self._workspace = workspace
        self._news = news_of(workspace)
        self._reader = LiveReader(sources)
        self._period_s = period_s
        self._listeners: set[Listener] = set()
        self._changed = threading.Condition()
        self._is_ended = False
        self._latest: str | None = None
        self._thread = threading.Thread(target=self._watch, name="watcher", daemon=True)

    def start(self) -> None:
        """Begins to look."""
        self._thread.start()

    def close(self) -> None:
        """Ends the thread, as soon as it is through with what it reads."""
        with self._changed:
            self._is_ended = True
            self._changed.notify()

    def listen(self, listener: Listener) -> None:
        """Has a function called with the overview as JSON: with the newest one at once, then with each new one.

        It is called in the watcher's thread, but for the first time, and has to return at once.
        """
        with self._changed:
            self._listeners.add(listener)
            if self._latest is not None:
                listener(self._latest)
            self._changed.notify()

    def leave(self, listener: Listener) -> None:
        """Ends that."""
        with self._changed:
            self._listeners.discard(listener)

    def _watch(self) -> None:
        with closing(self._news):
            self._look_on_and_on()

    def _look_on_and_on(self) -> None:
        seen: tuple[Signature, bool] | None = None
        changed_at = time.monotonic()
        pause_s = 0.0
        last: Signature | None = None
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_ended, pause_s)
                self._changed.wait_for(lambda: self._is_ended or bool(self._listeners))
                if self._is_ended:
                    return
            began = time.monotonic()
            now = self._news.signature()
            if now != last:
                last, changed_at = now, began
            is_written = began - changed_at < _PROBE_S or self._news.is_written()
            if (now, is_written) != seen:
                seen = now, is_written
                self._tell(self._read(is_written=is_written))
            pause_s = max(self._period_s, 2 * (time.monotonic() - began))

    def _read(self, *, is_written: bool) -> LiveData:
        """The overview; what is wrong with the store is told in it."""
        try:
            if not has_store(self._workspace):
                return LiveData(FORMAT, "waiting")
            with closing(open_store(self._workspace, create=False, read_only=True)) as store:
                return self._reader.read(store, is_written=is_written)
        except ArcbattError as error:
            return LiveData(FORMAT, "unreadable", one_line(str(error)))
        except Exception as error:  # a page that says so, rather than one that stands still
            words = f"a bug in arcbatt, please report it: {type(error).__name__}: {error}"
            return LiveData(FORMAT, "unreadable", one_line(words))

    def _tell(self, data: LiveData) -> None:
        text = json.dumps(plain(data), separators=(",", ":"))
        with self._changed:
            self._latest = text
            for listener in self._listeners:
                listener(text)
