"""``arcbatt show``: a task, or a program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.options import (
    data_options,
    json_option,
    load_primitive_files,
    load_tasks,
    primitives_option,
    workspace_option,
)
from arcbatt.errors import InputError, UnknownProgramError

if TYPE_CHECKING:
    from arcbatt.arc import TaskSet
    from arcbatt.program.program import Program
    from arcbatt.report.program import ProgramView
    from arcbatt.report.task import TaskView
    from arcbatt.store import Store

__all__ = ["command"]


@click.command("show")
@click.argument("word", metavar="TASK|MD5|NAME")
@click.option("--task", "task_id", metavar="TASK",
              help="Show a program's outputs on this task. [default: its best task]")
@primitives_option
@data_options
@workspace_option
@json_option
def command(
    word: str, task_id: str | None, primitive_files: tuple[Path, ...], sets: tuple[str, ...], data: tuple[Path, ...],
    skips_bad: bool, workspace: Path, as_json: bool,
) -> None:  # fmt: skip
    """Show a task's grids and best programs, or a program's text, scores and outputs.

    A program is named by its MD5 (four digits or more) or by its name. Its outputs stand beside the expected ones,
    with the differing cells marked.
    """
    load_primitive_files(primitive_files)
    tasks = load_tasks(sets, data, skips_bad=skips_bad)
    if not word.isprintable():
        raise InputError(f"{word!a} is no task and no program: names are printable text")
    store = _open(workspace)
    try:
        is_task = word in tasks
        view = _task_view(tasks, word, store) if is_task else _program_view(tasks, word, task_id, store)
    finally:
        if store is not None:
            store.close()
    if as_json:
        click.echo(json.dumps(view.data(), indent=1))
    else:
        view.show()


def _open(workspace: Path) -> Store | None:
    """The workspace's store; None when there is no workspace yet, which is no error here."""
    from arcbatt.store import open_store

    return open_store(workspace, create=False, read_only=True) if workspace.exists() else None


def _task_view(tasks: TaskSet, word: str, store: Store | None) -> TaskView:
    from arcbatt.report.task import TaskView

    scores = store.scores(word) if store is not None else []
    names = {} if store is None else {score.md5: (store.names(score.md5) or ["?"])[0] for score in scores}
    return TaskView(tasks[word], scores, names)


def _program_view(tasks: TaskSet, word: str, task_id: str | None, store: Store | None) -> ProgramView:
    from arcbatt.library import starter_programs
    from arcbatt.report.program import ProgramView

    program = _stored_program(store, word)
    if program is None:
        program = next((starter for starter in starter_programs() if word in (starter.name, starter.md5)), None)
    if program is None:
        raise InputError(_unknown(tasks, word))
    scores = store.scores(md5=program.md5) if store is not None else []
    wanted = task_id or next((s.task for s in sorted(scores, key=lambda s: -s.demo_right / s.demo_count)), None)
    if wanted is None and program.name.startswith("solve_") and program.name[6:] in tasks:
        wanted = program.name[6:]
    task = tasks.select([wanted])[wanted] if wanted is not None else None
    lineage = store.lineage(program.md5) if store is not None else []
    return ProgramView(program, scores, task, lineage)


def _stored_program(store: Store | None, word: str) -> Program | None:
    """The stored program that a word names; None when there is none. More than one is an error."""
    from arcbatt.program.parse import parse_programs

    if store is None:
        return None
    try:
        record = store.find_program(word)
    except UnknownProgramError:
        return None
    (program,) = parse_programs(record.text, f"stored program {record.name} ({record.md5})")
    return program.renamed(record.name)


def _unknown(tasks: TaskSet, word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, tasks.ids, n=3)
    hint = f" The nearest tasks: {', '.join(near)}." if near else ""
    return (
        f"{word!r} is no task of {tasks.name}, and no program has this name or an MD5 that begins so (with 4 digits or "
        f"more).{hint} 'arcbatt list' shows the programs."
    )
