"""The command ``arcbatt`` as click sees it: its subcommands, each imported when it is called."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

import click

import arcbatt
from arcbatt.cli.help_text import FittingContext

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["COMMANDS", "COMPLETE_VARIABLE", "cli"]

COMMANDS = {
    "demo": "Show what arcbatt does, on two tasks.",
    "run": "Evaluate a battery of programs on tasks, and store what works.",
    "import": "Put program files into the store.",
    "export": "Write the stored programs as a tree of files by task and score.",
    "list": "List programs, tasks, scores, failures or runs.",
    "show": "Show a task, or a program with its scores, outputs and steps.",
    "report": "Write a page about a run: tasks, grids, programs, steps, failures, charts.",
    "compare": "Compare two runs, workspaces, result files or submissions.",
    "serve": "Show a workspace live in a browser: what runs now, pages of runs, comparisons.",
    "verify": "Check that programs give alone what they give together.",
    "build": "Draw programs from the store, mutate them, and put them into a battery file.",
    "evolve": "Breed programs for tasks, generation after generation, and keep the best.",
    "solve": "Answer tasks: a submission with two attempts at each test output.",
    "score": "Score a submission against the solutions.",
    "completion": "Print the script for completion with the Tab key.",
    "store": "Copy a store to another place, check it, give its space back.",
    "doctor": "Check versions, engines, data sets and the workspace.",
}
"""Every subcommand and what it does; its module has the same name, with ``_command`` behind it."""


COMPLETE_VARIABLE = "_ARCBATT_COMPLETE"
"""In the environment when a shell asks for completions."""


_WHOLE = (type(click.INT), click.IntRange)
"""Types of options whose value is a whole number, which the help calls N."""


class _LazyGroup(click.Group):
    """Imports a subcommand's module when it is called, so that help and completion are quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"arcbatt.cli.{cmd_name}_command").command
        assert isinstance(command, click.Command)
        command.context_class = FittingContext
        for option in command.params:
            if isinstance(option, click.Option) and isinstance(option.type, _WHOLE) and option.metavar is None:
                option.metavar = "N"
        if COMPLETE_VARIABLE in os.environ:
            from arcbatt.cli.completion import add_proposals

            add_proposals(command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The subcommands, without importing them, and the options."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=words) for name, words in COMMANDS.items() if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(arcbatt.__version__, "-V", "--version", message="%(prog)s %(version)s")
def cli() -> None:
    """Evaluate batteries of candidate programs on ARC-AGI tasks, and keep what works.

    Start with: arcbatt demo
    """
