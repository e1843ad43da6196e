"""What a machine can deny a process: room, rights, memory, files, processes, an even clock, a place to print to.

Each hardship is a way to start a command so that it suffers it; afterwards the command is started without. What needs
root, or a tool that is not there, says so.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

__all__ = ["Clock", "Hardship", "grow", "hardships", "shrink", "small_disk"]

_UID = "54321"
"""A user that nobody is, so that nobody else's processes count."""


@dataclass(frozen=True, slots=True)
class Hardship:
    """One of them.

    Attributes:
        name: in words.
        lack: why it cannot be tried here; empty where it can.
        limit: called in the process before the command begins.
        environment: variables to change; None removes one.
        wrapper: words before the command; FOLDER stands for the folder that it works in.
        is_small: whether the folder is on a small disk of its own.
        room_kb: that is left on it.
        is_read_only: whether nothing can be written on it.
        output: where standard output goes: ``""``, ``closed``, ``deaf`` (a pipe that nobody reads), ``full``.
        clock_s: seconds by which the clock jumps while the command works.
        is_late: whether the command worked for a while before, and was killed.
    """

    name: str
    lack: str = ""
    limit: Callable[[], None] | None = None
    environment: Mapping[str, str | None] = field(default_factory=dict)
    wrapper: tuple[str, ...] = ()
    is_small: bool = False
    room_kb: int = 0
    is_read_only: bool = False
    output: str = ""
    clock_s: float = 0.0
    is_late: bool = False


def hardships() -> Iterator[Hardship]:
    """All of them."""
    root = "" if os.geteuid() == 0 else "needs root"
    for room_kb in (0, 40, 150, 400, 800):
        yield Hardship(f"disk full after {room_kb} kB", root, is_small=True, room_kb=room_kb)
    for size_kb in (4, 100, 300):
        yield Hardship(f"no file may be larger than {size_kb} kB", limit=_rlimit(resource.RLIMIT_FSIZE, size_kb << 10))
    yield Hardship("read-only disk", root, is_small=True, room_kb=40_000, is_read_only=True)
    yield Hardship("disk that becomes read-only", root, is_small=True, room_kb=40_000, is_read_only=True, is_late=True)
    for size_mb in (64, 256, 320, 400, 512, 768, 1024):
        yield Hardship(f"{size_mb} MiB of address space", limit=_rlimit(resource.RLIMIT_AS, size_mb << 20))
    for count in (16, 32, 63, 64, 80):
        yield Hardship(f"{count} open files", limit=_rlimit(resource.RLIMIT_NOFILE, count))
    for count in (1, 2, 3, 4, 6, 10, 16):
        yield Hardship(f"{count} processes and threads", root or _without("setpriv", "prlimit"), wrapper=(
            "setpriv", f"--reuid={_UID}", f"--regid={_UID}", "--clear-groups",
            "--inh-caps=+dac_override,+dac_read_search", "--ambient-caps=+dac_override,+dac_read_search",
            "prlimit", f"--nproc={count}",
        ))  # fmt: skip
    for hours in (-2, 2):
        yield Hardship(f"clock set {'back' if hours < 0 else 'forward'} by 2 hours", clock_s=hours * 3600.0)
    for output in ("closed", "deaf", "full"):
        yield Hardship(f"{output} standard output", output=output)
    yield Hardship("no HOME", environment={"HOME": None})
    yield Hardship("a HOME that is not there", environment={"HOME": "/nowhere/at/all"})
    mounts = root or _without("unshare", "mount")
    yield Hardship("TMPDIR that cannot be written", environment={"TMPDIR": "/proc"})
    yield Hardship("no folder for temporary files", mounts, wrapper=_in_mounts(
        "mount --rbind /tmp /tmp && mount --bind FOLDER FOLDER && mount -o remount,ro,bind /tmp && "
        "mount -t tmpfs -o ro none /var/tmp"
    ))  # fmt: skip
    yield Hardship("no shared memory", mounts, wrapper=_in_mounts("mount -t tmpfs -o ro none /dev/shm"))
    yield Hardship("LC_ALL=C", environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    yield Hardship("one core", limit=partial(os.sched_setaffinity, 0, {min(os.sched_getaffinity(0))}))


def _rlimit(kind: int, most: int) -> Callable[[], None]:
    return partial(resource.setrlimit, kind, (most, most))


def _without(*tools: str) -> str:
    missing = [tool for tool in tools if shutil.which(tool) is None]
    return f"needs {' and '.join(missing)}" if missing else ""


def _in_mounts(script: str) -> tuple[str, ...]:
    return ("unshare", "--mount", "sh", "-c", f'{script} && exec "$@"', "sh")


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of its own in a folder, large for now."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def shrink(folder: Path, hardship: Hardship) -> None:
    """Leaves the room that a hardship leaves on the disk in a folder."""
    used = os.statvfs(folder)
    size_kb = (used.f_blocks - used.f_bfree) * used.f_frsize // 1024 + hardship.room_kb
    _remount(folder, f"size={max(4, size_kb)}k{',ro' if hardship.is_read_only else ''}")


def grow(folder: Path) -> None:
    """Makes a disk large and writable again."""
    _remount(folder, "size=64m,rw")


def _remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


class Clock:
    """A clock of a command's own, that can be set while it works: Python's ``time.time`` in all its processes.

    libfaketime, which would reach everything, breaks Python's ``time.sleep``: it gets times from a clock that counts on
    and sets others on one that was set.

    Attributes:
        environment: variables of the command.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self._file.unlink(missing_ok=True)
        site = folder / "site"
        site.mkdir(exist_ok=True)
        (site / "sitecustomize.py").write_text(_SITE.format(file=str(self._file)))
        before = filter(None, [os.environ.get("PYTHONPATH")])
        self.environment = {"PYTHONPATH": os.pathsep.join([str(site), *before])}

    def jump(self, seconds: float) -> None:
        """Sets it."""
        made = self._file.with_suffix(".new")
        made.write_text(f"{seconds:+.0f}\n")
        made.replace(self._file)


_SITE = """
import os, time
_real = time.time
def _time():
    try:
        with open({file!r}) as file:
            return _real() + float(file.read())
    except OSError:
        return _real()
time.time = _time
"""

