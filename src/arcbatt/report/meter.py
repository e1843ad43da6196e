"""How far long work is, and how long it will take: a bar on a terminal, elsewhere a line now and then.

Both are on standard error (the bar where the lines of the work are, if that is a terminal), so that results can be
piped. In the logs of CI, in a pipe and on a terminal without cursor movements a line says every ten seconds that the
work goes on.
"""

from __future__ import annotations

import sys
import time
from threading import Event, RLock, Thread
from typing import TYPE_CHECKING, Final, TextIO

from arcbatt.report.terminal import is_live, width_of, write_line
from arcbatt.report.words import seconds_in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from rich.progress import Progress

__all__ = ["LOG_EVERY_S", "Meter", "Ticker"]

LOG_EVERY_S: Final = 10.0
"""Seconds between two lines where there is no terminal, and before the first."""
_BAR_AFTER_S: Final = 0.7
"""Seconds after which a terminal shows a bar: quick work needs none."""
_LEAST_BAR, _MOST_BAR, _BESIDES_BAR = 4, 40, 52


class Ticker:
    """Calls a function every so many seconds, in a thread of its own; a context manager around the work."""

    def __init__(self, function: Callable[[], None], every_s: float) -> None:
        self._function = function
        self._every_s = every_s
        self._over = Event()
        self._thread = Thread(target=self._tick, daemon=True, name="arcbatt-ticker")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _tick(self) -> None:
        while not self._over.wait(self._every_s):
            self._function()


class Meter:
    """Shows how far a piece of work is; a context manager around it.

    Args:
        label: what the work is, in a word or two: ``tasks``, ``reading programs``.
        total: number of steps; None where it is not known.
        is_quiet: show nothing.
        limit_s: seconds after which the work ends in any case; None for no such bound.
        out: where the lines of the work go; the bar is there too if that is a terminal. None: standard error.
        bar_after_s: seconds after which a terminal shows the bar.
        every_s: seconds between two lines elsewhere.
    """

    def __init__(
        self, label: str, total: int | None = None, *, is_quiet: bool = False, limit_s: float | None = None,
        out: TextIO | None = None, bar_after_s: float = _BAR_AFTER_S, every_s: float = LOG_EVERY_S,
    ) -> None:  # fmt: skip
        self.label = label
        self.total = total
        self.done = 0
        self.note = ""
        self._limit_s = limit_s
        self._start = time.monotonic()
        self._bar_after_s = bar_after_s
        self._bar: Progress | None = None
        self._lock = RLock()  # the bar may begin while a line is written
        self._out = out or sys.stderr
        self._stream = self._out if self._out.isatty() else sys.stderr
        self._is_live = is_live(self._stream)
        self._is_quiet = is_quiet
        self._ticker = Ticker(self._tick, bar_after_s if self._is_live else every_s)

    def __enter__(self) -> Self:
        self._start = time.monotonic()
        if self._is_quiet:
            return self
        if self._is_live and not self._bar_after_s:
            self._begin_bar()
        else:
            self._ticker.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        if not self._is_quiet and (not self._is_live or self._bar_after_s):
            self._ticker.__exit__()
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def advance(self, by: int = 1, note: str = "") -> None:
        """Some steps were done; the note stands before the time left."""
        self.reach(self.done + by, self.total, note)

    def reach(self, done: int, total: int | None = None, note: str = "") -> None:
        """So many steps are done, of so many; None leaves their number as it was."""
        self.done, self.note = done, note
        self.total = self.total if total is None else total
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done, total=self.total)

    def write(self, text: str) -> None:
        """Writes a text and a line break where the lines of the work go, above the bar if it is there."""
        with self._lock:
            if self._bar is not None and self._stream is self._out:
                self._bar.console.print(text, markup=False, emoji=False)
            else:
                self._out.write(f"{text}\n")
                self._out.flush()

    def seconds_left(self) -> float | None:
        """An estimate of the seconds until the end; None where it is not known."""
        elapsed = time.monotonic() - self._start
        found = [] if self._limit_s is None else [max(0.0, self._limit_s - elapsed)]
        if self.total is not None and self.done:
            found.append(elapsed / self.done * max(0, self.total - self.done))
        return min(found) if found else None

    def words(self) -> str:
        """How far the work is, on one line."""
        parts = (self._count(), self.note.rstrip(","), self._time())
        return f"{self.label}: {', '.join(filter(None, parts))}"

    def _count(self) -> str:
        if self.total is None:
            return f"{self.done:,} done" if self.done else ""
        return f"{self.done:,} of {self.total:,} done"

    def _time(self) -> str:
        left = self.seconds_left()
        if left is None:
            return f"{seconds_in_words(time.monotonic() - self._start)} so far"
        return f"{seconds_in_words(left)} left"

    def _tick(self) -> None:
        if not self._is_live:
            write_line(f"arcbatt: {self.words()}", self._stream)
        elif self._bar is None:
            with self._lock:
                self._begin_bar()

    def _begin_bar(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, ProgressColumn, Task
        from rich.text import Text

        meter = self

        class Words(ProgressColumn):
            """What the meter says beside the bar."""

            def render(self, task: Task) -> Text:
                note = f"{meter.note} " if meter.note else ""
                return Text(f"{meter._counted()}{note}{meter._time()}", no_wrap=True)

        width = (width_of(self._stream) or 80) - _BESIDES_BAR
        console = Console(file=self._stream, highlight=False, soft_wrap=True)
        bar = Progress(
            "{task.description}", BarColumn(max(_LEAST_BAR, min(_MOST_BAR, width))), Words(),
            console=console, transient=True, refresh_per_second=4,
        )  # fmt: skip
        bar.start()
        bar.add_task(self.label, total=self.total, completed=self.done)
        self._bar = bar

    def _counted(self) -> str:
        if self.total is None:
            return f"{self.done:,}  " if self.done else ""
        return f"{self.done:,}/{self.total:,}  "
