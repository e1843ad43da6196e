"""Runs the command line in a real pseudo-terminal of a width, as a person sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import sys
import termios
from dataclasses import dataclass
from pathlib import Path

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
_LEFT_OUT = ("CI", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")


@dataclass(frozen=True)
class Shown:
    """What a command wrote to its terminal.

    Attributes:
        status: its exit status.
        raw: everything, with control sequences.
    """

    status: int
    raw: str

    @property
    def lines(self) -> list[str]:
        """The lines without control sequences; what was drawn again and again on one line are several."""
        return _CONTROL.sub("", self.raw).replace("\r", "\n").split("\n")

    @property
    def commands(self) -> list[str]:
        """The commands behind ``next:``, as a shell reads them."""
        text = "\n".join(line for line in self.lines if line).replace(" \\\n", " ")
        found = text[text.index("next: ") :].split("\n")
        return [line.removeprefix("next: ").strip() for line in found if line[:6] in ("next: ", " " * 6)]


def shown(*arguments: object, width: int, cwd: Path, env: dict[str, str] | None = None) -> Shown:
    """Runs ``arcbatt`` with these arguments in a terminal of so many columns; no traceback may ever appear."""
    words = [sys.executable, "-m", "arcbatt", *map(str, arguments)]
    surroundings = {key: value for key, value in os.environ.items() if key not in _LEFT_OUT}
    process, terminal = pty.fork()
    if process == 0:  # pragma: no cover - the other process
        os.chdir(cwd)
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
        os.execvpe(words[0], words, {**surroundings, "TERM": "xterm-256color", **(env or {})})
    written = b""
    while part := _read(terminal):
        written += part
    os.close(terminal)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    text = written.decode(errors="strict")
    assert "Traceback" not in text, text
    return Shown(status, text)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end was closed
        return b""
