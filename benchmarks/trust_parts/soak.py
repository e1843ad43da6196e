"""Work without end: run, solve and evolve again and again in one process, and a server that is asked beside it.

Memory, open files and threads of both processes are looked at after every round. Memory must be flat after the first
fifth of the time; files and threads may not be more than then.
"""

from __future__ import annotations

import contextlib
import gc
import os
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from arcbatt.cli.group import cli
from trust_parts.counted import Counted, Options, Part
from trust_parts.processes import command

__all__ = ["soak"]

_WARM = 0.2
"""Share of the time in which caches fill."""
_MOST_GROWTH_MB = 16.0
"""What may be there more at the end than after the warm-up, since allocators keep what is free."""
_MOST_SLOPE_MB = 16.0
"""MiB an hour."""
_TASKS = ("--set", "arc1-train")
_JOBS = {
    "run": ("run", *_TASKS, "-c", "20", "-q", "--timeout", "600"),
    "run, python engine": ("run", *_TASKS, "-c", "4", "-b", "few.py", "-q", "--engine", "python", "-j", "2"),
    "evolve": ("evolve", *_TASKS, "--tasks", "0520fde7", "-q", "--generations", "1", "--children", "16",
               "-b", "few.py", "--timeout", "600"),
    "solve": ("solve", *_TASKS, "-c", "2", "--time-per-task", "0.05", "-q", "-o", "submission.json",
              "--timeout", "600"),
}  # fmt: skip
_PAGES = ("", "runs/1", "runs/2", "runs/3", "workspace", "compare?before=1&after=1")
_FEW = "def solve_mirrored(I):\n    return vmirror(I)\n\ndef solve_half(I):\n    return lefthalf(I)\n"


@dataclass(slots=True)
class _Watched:
    """A process, and what was seen of it: seconds, MiB, files, threads."""

    name: str
    pid: int
    seen: list[tuple[float, float, int, int]] = field(default_factory=list)

    def look(self, began: float) -> None:
        root = Path("/proc") / str(self.pid)
        status = dict(line.split(":", 1) for line in (root / "status").read_text().splitlines() if ":" in line)
        rss_mb = int(status["VmRSS"].split()[0]) / 1024
        files = len(list((root / "fd").iterdir()))
        self.seen.append((time.monotonic() - began, rss_mb, files, int(status["Threads"])))


def soak(options: Options) -> Part:
    """Works for as many minutes as asked."""
    folder = options.folder / "soak"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "few.py").write_text(_FEW)
    worked = Counted("rounds of run, run with processes, evolve and solve in one process")
    asked = Counted("pages of a server, asked beside it")
    began, end_s = time.monotonic(), options.minutes * 60
    with contextlib.chdir(folder), _served(folder) as (address, server):
        own = _Watched("the process that works", os.getpid())
        watched = [own, _Watched("the server", server)]
        while not worked.tried or time.monotonic() - began < end_s:
            worked.add(_round(folder))
            for path in _PAGES:
                asked.add(_page(address + path))
            gc.collect()
            for one in watched:
                one.look(began)
        rows = [worked, asked, *(_flat(one, options.minutes) for one in watched)]
    return Part("soak", rows)


def _round(folder: Path) -> str | None:
    """One round on a fresh workspace; why it is lost."""
    shutil.rmtree(folder / "fresh", ignore_errors=True)
    for name, words in _JOBS.items():
        why = _called([*words, "--workspace", "fresh"])
        if why is not None:
            return f"{name}: {why}"
    return None


def _called(words: Sequence[str]) -> str | None:
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), cli.make_context(
        "arcbatt", list(words)
    ) as context:
        try:
            status = cli.invoke(context)
        except Exception as error:
            return f"{type(error).__name__}: {error!s:.300}"
    return f"status {status}" if status else None


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, int]]:
    """A server over a workspace with three runs: its address and its number."""
    for name in ("run", "evolve", "solve"):
        subprocess.run(command(*_JOBS[name], "--workspace", "shown"), cwd=folder, check=True, capture_output=True)
    server = subprocess.Popen(
        command("serve", "--workspace", "shown", "--port", "0"), cwd=folder, stdout=subprocess.PIPE, text=True,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        found = re.search(r"http\S+", line)
        if found is None:
            raise OSError(f"the server did not start: {line!r}")
        yield found[0].rstrip("/") + "/", server.pid
    finally:
        server.kill()
        server.communicate()


def _page(url: str) -> str | None:
    try:
        with urllib.request.urlopen(url, timeout=120) as answer:
            return None if answer.status == 200 and answer.read() else f"{url}: {answer.status}"
    except OSError as error:
        return f"{url}: {error}"


def _flat(one: _Watched, minutes: float) -> Counted:
    """Whether a process stayed as it was after the warm-up; each look counts as a try."""
    warm = [look for look in one.seen if look[0] >= _WARM * minutes * 60] or one.seen[-1:]
    counted = Counted(f"looks at {one.name}", len(one.seen))
    slope_mb = _slope([(seconds / 3600, mb) for seconds, mb, _, _ in warm])
    third = max(1, len(warm) // 3)
    growth_mb = _mean(warm[-third:], 1) - _mean(warm[:third], 1)
    counted.notes.append(f"{slope_mb:+.1f} MiB an hour over {len(warm)} looks, {growth_mb:+.1f} MiB in all, "
                         f"{warm[-1][1]:.0f} MiB at the end")  # fmt: skip
    if slope_mb > _MOST_SLOPE_MB and growth_mb > _MOST_GROWTH_MB:
        counted.lost.append(f"memory of {one.name} grows by {slope_mb:.1f} MiB an hour")
    for what, place in (("open files", 2), ("threads", 3)):
        first, last = max(look[place] for look in warm[:third]), max(look[place] for look in warm[-third:])
        counted.notes.append(f"{last} {what}")
        if last > first:
            counted.lost.append(f"{what} of {one.name} went from {first} to {last}")
    return counted


def _mean(looks: Sequence[tuple[float, ...]], place: int) -> float:
    return sum(look[place] for look in looks) / len(looks)


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the straight line nearest to points; 0 for a single one."""
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    spread = sum((point[0] - x) ** 2 for point in points)
    return sum((point[0] - x) * (point[1] - y) for point in points) / spread if spread else 0.0


