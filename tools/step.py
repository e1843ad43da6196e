"""Runs one step of an installation and shows that it goes on, for the Makefile. Needs nothing but Python::

    python tools/step.py "installing packages" .venv/bin/python -m pip install ...

On a terminal a step is one line: what is done, the seconds so far and, where they can be estimated, those left.
Elsewhere it is a line at the start, one each twenty seconds and one at the end. What the command prints is shown when
it fails.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

__all__ = ["Step", "run_step"]

_SPINNER = "|/-\\"
_TICK_S = 0.2
_QUIET_S = 20.0
"""Where there is no terminal, a line comes this often."""


class Step:
    """Shows a step while a ``with`` block does it.

    Attributes:
        detail: what is being done just now, such as ``3 of 20 crates``; may be changed at any time.
        expected_s: seconds that the whole step is going to take; None where that cannot be told.
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self.detail = ""
        self.expected_s: float | None = None
        self._is_moving = sys.stdout.isatty()
        self._start = time.monotonic()
        self._ended = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Step:
        if not self._is_moving:
            print(self.title, flush=True)
        self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._ticker.join()
        took = f"{'done in' if kind is None else 'stopped after'} {_seconds(self.elapsed_s)}"
        if self._is_moving:
            self._rewrite(f"{self.title}: {took}\n")
        else:
            print(f"  {took}", flush=True)

    @property
    def elapsed_s(self) -> float:
        """Seconds since the step began."""
        return time.monotonic() - self._start

    def _tick(self) -> None:
        count = 0
        while not self._ended.wait(_TICK_S if self._is_moving else _QUIET_S):
            if self._is_moving:
                self._rewrite(f"{_SPINNER[count % len(_SPINNER)]} {self.title}: {self._status()}")
            else:
                print(f"  {self._status()}", flush=True)
            count += 1

    def _status(self) -> str:
        told = [self.detail] if self.detail else []
        told.append(_seconds(self.elapsed_s))
        if self.expected_s is not None:
            left = self.expected_s - self.elapsed_s
            told.append(f"about {_rough(left)} left" if left >= 5 else "nearly done")
        return ", ".join(told)

    def _rewrite(self, line: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        end = "\n" if line.endswith("\n") else ""
        sys.stdout.write("\r\x1b[K" + line.rstrip("\n")[:width] + end)
        sys.stdout.flush()


def run_step(
    step: Step,
    command: Sequence[str],
    on_line: Callable[[str], None] = lambda line: None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Runs a command as a step.

    Args:
        step: not begun yet.
        command: the program and its arguments.
        on_line: called with each line that the command prints, on either stream, as it comes.
        cwd: folder to run it in; None for this one.
        env: environment; None for this one's.

    Returns:
        The command's status, and all that it printed.
    """
    printed: list[str] = []
    status = 1
    try:
        with step, subprocess.Popen(
            command, cwd=cwd, env=env, text=True, errors="replace", stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            for line in process.stdout:
                printed.append(line)
                on_line(line.rstrip("\n"))
            status = process.wait()
            if status:
                raise subprocess.CalledProcessError(status, command[0])
    except subprocess.CalledProcessError:
        pass
    return status, "".join(printed)


def _seconds(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 100 else f"{whole // 60} min {whole % 60} s"


def _rough(seconds: float) -> str:
    """An estimate, no finer than it can be."""
    return f"{max(1, round(seconds / 10)) * 10} s" if seconds < 95 else f"{round(seconds / 60)} min"


def main(arguments: list[str]) -> int:
    """Runs the command that the arguments name, under its title."""
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    title, *command = arguments
    try:
        status, printed = run_step(Step(title), command)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    if status:
        print(f"{printed}failed: {' '.join(command)}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
