"""The command ``arcbatt``: finds the module of a subcommand, and turns errors into one line and a status.

Status 0: done. 1: a difference or a bug was found. 2: the input is wrong, or the workspace cannot be used.
130: ended by Ctrl-C.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

import arcbatt

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["cli", "main"]

COMMANDS = {
    "demo": "Show what arcbatt does, on two tasks.",
    "run": "Evaluate a battery of programs on tasks, and store what works.",
    "import": "Put program files into the store.",
    "export": "Write the stored programs as a tree of files by task and score.",
    "list": "List programs, tasks, scores, failures or runs.",
    "show": "Show a task, or a program with its scores, outputs and steps.",
    "compare": "Compare two runs, workspaces or result files.",
    "verify": "Do the same work alone and shared, and compare.",
    "build": "Draw programs from the store, mutate them, and put them into a battery file.",
    "evolve": "Breed programs for tasks, generation after generation, and keep the best.",
    "solve": "Answer tasks: a submission with two attempts at each test output.",
    "score": "Score a submission against the solutions.",
    "completion": "Print the script that makes a shell complete.",
    "doctor": "Check versions, engines, data sets and the workspace.",
}
"""Every subcommand and what it does; its module has the same name, with ``_command`` behind it."""


COMPLETE_VARIABLE = "_ARCBATT_COMPLETE"
"""In the environment when a shell asks for completions."""


class _LazyGroup(click.Group):
    """Imports a subcommand's module when it is called, so that help and completion are quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"arcbatt.cli.{cmd_name}_command").command
        assert isinstance(command, click.Command)
        if COMPLETE_VARIABLE in os.environ:
            from arcbatt.cli.completion import add_proposals

            add_proposals(command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The subcommands, without importing them, and the options."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=told) for name, told in COMMANDS.items() if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(arcbatt.__version__, "-V", "--version", message="%(prog)s %(version)s")
def cli() -> None:
    """Evaluate batteries of candidate programs on ARC-AGI tasks, and keep what works.

    Start with: arcbatt run 007bbfb7 --timing
    """


def main() -> None:
    """Runs the command line and exits with its status; no traceback reaches a user for what input can cause."""
    from arcbatt.errors import ArcbattError

    _give_missing_streams()
    try:
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        os.getcwd()
        status = _run(sys.argv[1:])
        sys.stdout.flush()
    except click.exceptions.Abort:
        status = _complain("interrupted", 130)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
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
    except KeyboardInterrupt:
        status = _complain("interrupted", 130)
    except OSError as error:
        status = _complain(_told(error), 2)
    sys.exit(status or 0)


def _run(arguments: list[str]) -> int | None:
    """Runs a subcommand and gives its status. Not by click's own main, which turns a closed pipe into status 1."""
    if COMPLETE_VARIABLE in os.environ:
        from arcbatt.cli.completion import answer_shell

        return answer_shell(cli, arguments, COMPLETE_VARIABLE)
    with cli.make_context("arcbatt", arguments) as context:
        status: int | None = cli.invoke(context)
    return status


def _interrupt(*_: object) -> None:
    """SIGTERM and a closed terminal end a run as Ctrl-C does: what is done is stored, the workers are stopped."""
    raise KeyboardInterrupt


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


def _told(error: OSError) -> str:
    if error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, FileNotFoundError):
        return "the current folder is not there any more; go to another one"
    return f"standard output: {error.strerror}" if error.strerror else str(error)


def _complain(message: str, status: int) -> int:
    click.echo(f"arcbatt: {message}", err=True)
    return status
