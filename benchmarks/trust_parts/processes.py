"""The command in processes of its own: started, killed, watched; and other work on the machine to disturb it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["busy", "command", "ended", "kill_all", "others_of", "start", "wait_until_gone"]


def command(*words: object) -> list[str]:
    """The words that start the command line with this Python."""
    return [sys.executable, "-m", "arcbatt", *map(str, words)]


def start(words: Sequence[object], cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Starts the command in a session of its own; what it says goes into files, so that no pipe fills up."""
    with (cwd / "said.out").open("w") as out, (cwd / "said.err").open("w") as err:
        return subprocess.Popen(
            command(*words), cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, stdout=out,
            stderr=err, text=True, start_new_session=True,
        )  # fmt: skip


def ended(process: subprocess.Popen[str], cwd: Path, seconds: float = 300.0) -> str | None:
    """Waits for the end of a process; why it is a loss, or None where it ended with status 0."""
    try:
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        kill_all(process.pid)
        process.wait()
        return f"did not end within {seconds:g} s"
    if status == 0:
        return None
    told = (cwd / "said.err").read_text(errors="replace").strip().splitlines()
    return f"ended with status {status}: {told[-1] if told else 'it said nothing'}"


def others_of(session: int) -> list[int]:
    """The living processes of a session but for its first, by number."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == session:
            continue
        with suppress(OSError, IndexError, ValueError):
            state, _, _, its_session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(its_session) == session and state != "Z":
                found.append(int(entry.name))
    return sorted(found)


def kill_all(session: int) -> None:
    """Kills a session: the process that began it and all that it started."""
    for pid in (session, *others_of(session)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def wait_until_gone(session: int, seconds: float) -> list[int]:
    """Waits until the others of a session have ended; those that have not."""
    end = time.monotonic() + seconds
    while (left := others_of(session)) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def _burn() -> None:
    while True:
        sum(range(10_000))


@contextmanager
def busy(count: int) -> Iterator[None]:
    """So many processes that do nothing but use the cores while a block runs."""
    fork = multiprocessing.get_context("fork")
    processes = [fork.Process(target=_burn, daemon=True) for _ in range(count)]
    for process in processes:
        process.start()
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.join()
