"""What to do next, printed at the end of a command: other commands, as they are typed, quoted.

They go to standard error, so that standard output holds results alone.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from arcbatt.cli.store_option import DEFAULT_WORKSPACE, STORE_VARIABLE
from arcbatt.cli.waiting import is_quiet
from arcbatt.store.place import StorePlace, without_passwords

__all__ = ["again", "options_text", "primitive_words", "say_next", "typed", "workspace_words"]


def say_next(commands: Sequence[str]) -> None:
    """Prints commands on standard error, unless the command was asked to be quiet."""
    from arcbatt.report.terminal import next_lines

    if not is_quiet():
        for line in next_lines(commands, sys.stderr):
            print(line, file=sys.stderr, flush=True)


def typed(*words: object) -> str:
    """A command of arcbatt as it is typed."""
    return f"arcbatt {shlex.join(map(str, words))}"


def again(*more: str) -> str:
    """The command that was typed, with further options where it has them not."""
    words = without_passwords(sys.argv[1:])
    return typed(*words, *(word for word in more if word not in words))


def options_text(words: Sequence[str]) -> str:
    """Options as they are typed behind a command, with a space before them; "" where there are none."""
    return f" {shlex.join(words)}" if words else ""


def workspace_words(workspace: StorePlace) -> list[str]:
    """What a command needs to find the same store; of an address without its password.

    Nothing where it finds it anyway: by default, or by the variable that this one had it from.
    """
    if isinstance(workspace, Path):
        return [] if workspace == Path(DEFAULT_WORKSPACE) else ["--workspace", str(workspace)]
    is_known = os.environ.get(STORE_VARIABLE) == workspace.url
    return [] if is_known else ["--store", str(workspace)]


def primitive_words(paths: Iterable[Path]) -> list[str]:
    """What a command needs to find the same primitives."""
    return [word for path in paths for word in ("--primitives", str(path))]
