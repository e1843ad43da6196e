"""The command ``arcbatt`` as click sees it: its subcommands, each imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

import arcbatt

__all__ = ["COMMANDS", "cli"]

COMMANDS = {
    "run": "Evaluate a battery of programs on tasks, and store what works.",
    "import": "Put program files into the store.",
    "export": "Write the stored programs as a tree of files by task and score.",
    "list": "List the stored programs, scores or runs.",
    "show": "Show a task, or a program with its scores and outputs.",
    "verify": "Do the same work alone and shared, and compare.",
    "build": "Draw programs from the store, mutate them, and put them into a battery file.",
    "evolve": "Breed programs for tasks, generation after generation, and keep the best.",
    "solve": "Answer tasks: a submission with two attempts at each test output.",
    "score": "Score a submission against the solutions.",
    "doctor": "Check versions, engines, data sets and the workspace.",
}
"""Every subcommand and what it does; its module has the same name, with ``_command`` behind it."""


class _LazyGroup(click.Group):
    """Imports a subcommand's module when it is called, so that help and completion are quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"arcbatt.cli.{cmd_name}_command").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(arcbatt.__version__, "-V", "--version", message="%(prog)s %(version)s")
def cli() -> None:
    """Evaluate batteries of candidate programs on ARC-AGI tasks, and keep what works.

    Start with: arcbatt run 007bbfb7 --timing
    """
