"""The entry point of ``arcbatt``: runs the command line and turns errors into one line and a status.

Status 0: done. 1: a difference or a bug was found. 2: the input is wrong, the workspace cannot be used, or the system
does not give what is needed. 130: ended by Ctrl-C.

Hardly anything is imported before :func:`main` runs, so that it can report what goes wrong then.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import click

__all__ = ["main"]


def main() -> None:
    """Runs the command line and exits with its status; no traceback reaches a user for what the surroundings cause."""
    try:
        status = _status(sys.argv[1:])
    except KeyboardInterrupt:
        status = _complain("interrupted", 130)
    sys.exit(status)


def _status(arguments: list[str]) -> int:
    """Runs the command line; what is wrong with the system comes out as one line."""
    from arcbatt.cli.surroundings import check_limits, reason_of

    try:
        _give_missing_streams()
        check_limits(arguments)
        return _run_reported(arguments)
    except (MemoryError, OSError, ImportError, RuntimeError) as error:
        reason = reason_of(error)
        if reason is None:
            raise
        return _complain(reason, 2)


def _run_reported(arguments: list[str]) -> int:
    """Runs the command line; errors that have a name of their own come out as one line."""
    import click

    from arcbatt.errors import ArcbattError
    from arcbatt.interrupts import install_handlers

    _say_warnings()
    try:
        install_handlers()
        os.getcwd()
        status = _run(arguments)
        sys.stdout.flush()
    except click.exceptions.Abort:
        status = _complain("interrupted", 130)
    except click.ClickException as error:
        status = _show_usage_error(error)
    except click.exceptions.Exit as error:
        status = error.exit_code
    except ArcbattError as error:
        status = _complain(str(error), 2)
    except SystemExit as stop:
        # 1 is rich's word for a reader that had enough, which is no failure of ours.
        status = stop.code if isinstance(stop.code, int) and stop.code != 1 else 0
    except BrokenPipeError:
        # Who reads our output had enough; nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    _report_refused()
    return status or 0


def _say_warnings() -> None:
    """What arcbatt warns of comes out as one line; other warnings stay as they are."""
    import warnings

    from arcbatt.errors import DeviceWarning, StoreWarning

    show = warnings.showwarning

    def say(
        message: Warning | str, category: type[Warning], filename: str, lineno: int, file: TextIO | None = None,
        line: str | None = None,
    ) -> None:  # fmt: skip
        if issubclass(category, (DeviceWarning, StoreWarning)):
            _complain(str(message), 0)
        else:
            show(message, category, filename, lineno, file, line)

    warnings.showwarning = say


def _run(arguments: list[str]) -> int | None:
    """Runs a subcommand and returns its status. Not by click's own main, which turns a closed pipe into status 1."""
    from arcbatt.cli.group import COMPLETE_VARIABLE, cli

    if COMPLETE_VARIABLE in os.environ:
        from arcbatt.cli.completion import answer_shell

        return answer_shell(cli, arguments, COMPLETE_VARIABLE)
    with cli.make_context("arcbatt", arguments) as context:
        status: int | None = cli.invoke(context)
    return status


def _report_refused() -> None:
    """Names the users' primitives that hung or ended a process, and so were not called any more."""
    hangs = sys.modules.get("arcbatt.engine.hangs")
    for refusal in hangs.noted().values() if hangs is not None else ():
        _complain(f"{refusal.reason}; it was not called again, and the programs that call it count as timed out", 0)


def _give_missing_streams() -> None:
    """Makes standard output and error usable whatever the surroundings.

    One that was closed at the start goes nowhere; one that cannot spell a character shows a question mark for it.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _show_usage_error(error: click.ClickException) -> int:
    """Prints what click has to say of a command line, as it fits the terminal; the exit status."""
    from io import StringIO

    from arcbatt.report.terminal import fitted

    text = StringIO()
    error.show(text)
    sys.stderr.write(fitted(_without_passwords(text.getvalue()), sys.stderr))
    return error.exit_code


def _without_passwords(text: str) -> str:
    """A message that may quote an address of a database."""
    if "postgres" not in text:
        return text
    from arcbatt.store.place import without_passwords

    return "".join(without_passwords(re.split(r"(\s+)", text)))


def _complain(message: str, status: int) -> int:
    from contextlib import suppress

    text = f"arcbatt: {_without_passwords(message)}"
    with suppress(OSError):  # nobody listens
        if sys.stderr.isatty():
            from arcbatt.report.terminal import fitted

            text = fitted(text, sys.stderr)
        print(text, file=sys.stderr, flush=True)
    return status
