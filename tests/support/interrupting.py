"""Signals that a process sends to itself at a chosen call, so that no test depends on chance."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_CODE = """
import importlib, os
place, before, after = {place!r}, {before!r}, {after!r}
module, path, count = place.split(":")
owner = importlib.import_module(module)
*outer, name = path.split(".")
for part in outer:
    owner = getattr(owner, part)
inner, left = getattr(owner, name), [int(count)]
def interrupted(*arguments, **named):
    left[0] -= 1
    if left[0]:
        return inner(*arguments, **named)
    for number in before:
        os.kill(os.getpid(), number)
    try:
        return inner(*arguments, **named)
    finally:
        for number in after:
            os.kill(os.getpid(), number)
setattr(owner, name, interrupted)
"""


def signals_at(place: str, before: Sequence[int] = (), after: Sequence[int] = ()) -> str:
    """Code for :func:`start` that sends signals before and after a call.

    Args:
        place: ``module:name:count``: the call of that number of the function or method of that name.
        before: signals sent before the call.
        after: signals sent after it, also when it raises.
    """
    return _CODE.format(place=place, before=list(map(int, before)), after=list(map(int, after)))


def start(*arguments: object, cwd: Path, first: str = "") -> subprocess.Popen[str]:
    """Starts the command line in a process group of its own; the code ``first`` runs in it before anything else."""
    code = f"import signal\n{first}\nfrom arcbatt.cli.main import main\nmain()\n"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def ended(process: subprocess.Popen[str]) -> str:
    """What a process that ends says on standard error; no traceback."""
    try:
        _, told = process.communicate(timeout=100)
    finally:
        process.kill()
    assert "Traceback" not in told, told
    return told
