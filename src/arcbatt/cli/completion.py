"""Completion in the shell: what can stand where sets, tasks, programs and operators are named.

A shell asks by running ``arcbatt`` with a variable in its environment. The answer must be quick and must never disturb
the line that somebody types, so whatever goes wrong gives no proposals and prints nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

__all__ = ["add_proposals", "answer_shell"]

MOST_PROGRAMS = 200
"""Most names or MD5s of programs that are proposed at once."""
_PROGRAM_STEPS = 1_000_000
"""Steps that the database may take: a foreign one could have a query that never ends in the place of a table."""
_PROGRAM = re.compile(r"[A-Za-z0-9_]+", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{4,32}", re.ASCII)

_Propose = Callable[[click.Context, str], Iterable[str]]


def answer_shell(group: click.Group, arguments: list[str], variable: str) -> int:
    """Prints the proposals that a shell asks for and returns the status.

    Args:
        group: the whole command.
        arguments: of this process.
        variable: the name of the variable in which the shell says what it asks.
    """
    try:
        group.main(arguments, prog_name="arcbatt", complete_var=variable)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except Exception:  # a shell would print a traceback into the line that is being typed
        return 1
    return 0


def add_proposals(command: click.Command) -> None:
    """Lets the options and arguments of a command propose what they can be, by the words that a user sees."""
    for parameter in command.params:
        propose = _proposing(parameter)
        if propose is not None:
            setattr(parameter, "shell_complete", _completing(propose))  # noqa: B010


def _proposing(parameter: click.Parameter) -> _Propose | None:
    if isinstance(parameter, click.Argument):
        metavar = parameter.metavar or ""
        if "TASK" not in metavar:
            return None
        return _tasks_and_programs if "NAME" in metavar else _tasks
    return next((_OPTIONS[flag] for flag in parameter.opts if flag in _OPTIONS), None)


def _completing(propose: _Propose) -> Callable[[click.Context, str], list[CompletionItem]]:
    def complete(context: click.Context, incomplete: str) -> list[CompletionItem]:
        try:
            return [CompletionItem(word) for word in propose(context, incomplete)]
        except Exception:  # see the top of this module
            return []

    return complete


def _sets(context: click.Context, incomplete: str) -> Iterator[str]:
    from arcbatt.arc.datasets import SETS

    return (name for name in SETS if name.startswith(incomplete))


def _tasks(context: click.Context, incomplete: str) -> Iterator[str]:
    from arcbatt.arc import DEFAULT_SET, load_tasks

    sets, data = context.params.get("sets") or (), context.params.get("data") or ()
    tasks = load_tasks(sets if sets or data else (DEFAULT_SET,), data)
    return (task for task in tasks.ids if task.startswith(incomplete))


def _task_list(context: click.Context, incomplete: str) -> Iterator[str]:
    """Several ids with commas between, or a word in their place."""
    before, comma, last = incomplete.rpartition(",")
    if not comma:
        yield from (word for word in ("all", "unsolved") if word.startswith(incomplete))
    given = before.split(",")
    yield from (before + comma + task for task in _tasks(context, last) if task not in given)


def _tasks_and_programs(context: click.Context, incomplete: str) -> Iterator[str]:
    yield from _tasks(context, incomplete)
    yield from _programs(context, incomplete)


def _programs(context: click.Context, incomplete: str) -> list[str]:
    """Names out of the workspace and of the starter programs; MD5s once four digits of one are there."""
    from arcbatt.cli.options import DEFAULT_WORKSPACE

    place = context.params.get("store_place") or context.params.get("workspace") or DEFAULT_WORKSPACE
    found: set[str] = set()
    with suppress(Exception):  # no database, or a damaged one: the starter programs are there still
        if isinstance(place, str | Path):  # a database elsewhere is not asked while somebody types
            found.update(_stored_words(Path(place), incomplete))
    if incomplete.startswith(("s", "d")):
        from arcbatt.library import starter_programs

        found.update(program.name for program in starter_programs() if program.name.startswith(incomplete))
    return sorted(found)[:MOST_PROGRAMS]


def _stored_words(workspace: Path, incomplete: str) -> Iterator[str]:
    """Names and MD5s in the workspace's database, which is neither made nor changed nor believed."""
    path = workspace / "arcbatt.db"
    if path.is_symlink() or not path.is_file():
        return
    import sqlite3

    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)) as connection:
        connection.set_progress_handler(lambda: 1, _PROGRAM_STEPS)
        yield from _words(connection, "name", incomplete, _PROGRAM)
        if _DIGEST.fullmatch(incomplete):
            yield from _words(connection, "md5", incomplete, _DIGEST)


def _words(connection: Any, column: str, incomplete: str, wanted: re.Pattern[str]) -> Iterator[str]:
    query = f"SELECT DISTINCT {column} FROM programs WHERE {column} >= ? AND {column} < ? ORDER BY 1 LIMIT ?"
    for (word,) in connection.execute(query, (incomplete, incomplete + "\x7f", MOST_PROGRAMS)):
        if isinstance(word, str) and wanted.fullmatch(word):
            yield word


def _mutations(context: click.Context, incomplete: str) -> Iterator[str]:
    """Operators and rates that are not there yet, each with the sign that a number follows."""
    from arcbatt.search.mutation.mutation_settings import setting_names

    before, comma, last = incomplete.rpartition(",")
    given = {part.partition("=")[0] for part in before.split(",")}
    return (f"{before}{comma}{name}=" for name in setting_names() if name.startswith(last) and name not in given)


_OPTIONS: dict[str, _Propose] = {
    "--set": _sets, "--id": _tasks, "--task": _tasks, "--tasks": _task_list, "--mutation": _mutations,
}  # fmt: skip
