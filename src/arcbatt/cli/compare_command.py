"""``arcbatt compare``: what changed from one run to another."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.lines import say
from arcbatt.cli.next_steps import say_next, typed, workspace_words
from arcbatt.cli.options import json_option, workspace_option
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.compare import Comparison, Side

__all__ = ["command"]


@click.command("compare")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@workspace_option
@json_option
def command(before: str, after: str, workspace: Path, as_json: bool) -> None:
    """Compare two runs, workspaces or result files: tasks won, lost and nearer, programs new and gone, phases.

    A and B are each the number of a run of the workspace (see 'arcbatt list runs'), another workspace, a run of it
    (FOLDER:NUMBER), or a file that --json wrote.

    \b
    arcbatt compare 3 4
    arcbatt compare .arcbatt ../other/.arcbatt
    arcbatt compare before.json after.json
    """
    from arcbatt.compare import compare
    from arcbatt.report.compare import comparison_lines
    from arcbatt.report.words import printable
    from arcbatt.results.json_form import plain

    found = compare(_side(before, workspace), _side(after, workspace))
    if as_json:
        click.echo(json.dumps(plain(found), indent=1))
    else:
        for line in comparison_lines(found):
            say(printable(line))
        say_next(_next(found, before, after, workspace))


def _next(found: Comparison, before: str, after: str, workspace: Path) -> list[str]:
    """What to look at: what solved a task that was lost, else the tasks that are unsolved; nothing where files are
    compared."""
    of_before, of_after = _list_words(before, workspace), _list_words(after, workspace)
    if found.lost and of_before is not None:
        return [typed("list", "scores", "--task", found.lost[0].task, "--solved", *of_before)]
    if of_after is not None:
        return [typed("list", "tasks", "--unsolved", "--sort=-near", *of_after)]
    return []


def _list_words(side: str, workspace: Path) -> list[str] | None:
    """What ``arcbatt list`` needs to find a side; None for a file."""
    if _is_number(side):
        return ["--run", side, *workspace_words(workspace)]
    folder, _, number = side.rpartition(":")
    if _is_number(number) and os.path.isdir(folder):
        return ["--run", number, *workspace_words(Path(folder))]
    return workspace_words(Path(side)) if os.path.isdir(side) else None


def _side(word: str, workspace: Path) -> Side:
    """The side that a word names."""
    from arcbatt.compare import side_of_file, side_of_run, side_of_store
    from arcbatt.store import open_store

    if _is_number(word):
        with closing(open_store(workspace, create=False, read_only=True)) as store:
            return side_of_run(store, int(word), f"run {word}")
    folder, _, number = word.rpartition(":")
    if _is_number(number) and os.path.isdir(folder):
        with closing(open_store(folder, create=False, read_only=True)) as store:
            return side_of_run(store, int(number), word)
    if os.path.isdir(word):
        with closing(open_store(word, create=False, read_only=True)) as store:
            return side_of_store(store, word)
    if os.path.exists(word):
        return side_of_file(Path(word))
    raise InputError(f"{word!r:.80}: expected the number of a run, a workspace, FOLDER:NUMBER, or a file of --json")


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 10
