"""``arcbatt show``: a task, or a program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.options import (
    DataChoice,
    aliases_option,
    data_options,
    json_option,
    load_primitive_files,
    primitives_option,
    workspace_option,
)
from arcbatt.cli.picture_file import PictureFile
from arcbatt.cli.store_option import is_there
from arcbatt.drawing.palette import DEFAULT_PALETTE
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.arc import Task, TaskSet
    from arcbatt.program.program import Program
    from arcbatt.program.reading.aliases import Aliases
    from arcbatt.report.program import ProgramView
    from arcbatt.report.task import TaskView
    from arcbatt.store import ScoreRecord, Store
    from arcbatt.store.place import StorePlace

__all__ = ["command"]


@click.command("show")
@click.argument("word", metavar="TASK|MD5|NAME|FILE:NAME")
@click.option("--task", "task_id", metavar="TASK",
              help="Show a program's outputs on this task. [default: its best task]")
@click.option("--steps", is_flag=True, help="Show each statement of a program with its value on one sample.")
@click.option("--sample", "sample_name", metavar="SAMPLE",
              help="Show the steps on this sample: 'demo 2', 'test 1'. [default: the first that it gets wrong]")
@click.option("--invariants", "with_invariants", is_flag=True,
              help="Show what holds on all demo samples of a task: its likely invariants.")
@click.option("-o", "--output", "output_path", metavar="FILE",
              help="Write it as a picture: FILE.svg, FILE.png, or FILE.html for a page.")
@click.option("--palette", type=click.Choice(["arc", "colorblind"]),
              help="Colors of the picture: ARC's own, or others with a symbol each. [default: arc]")
@primitives_option
@aliases_option
@data_options
@workspace_option
@json_option
def command(
    word: str, task_id: str | None, steps: bool, sample_name: str | None, with_invariants: bool,
    output_path: str | None, palette: str | None,
    primitive_files: tuple[Path, ...], aliases_file: Path | None, data: DataChoice,
    workspace: StorePlace, as_json: bool,
) -> None:  # fmt: skip
    """Show a task's grids and best programs, or a program's text, scores and outputs.

    A program is named by its MD5 (four digits or more), by its name, or by its file and its name in it. Its outputs
    stand beside the expected ones, with the differing cells marked. -o draws the same as a picture.

    \b
    arcbatt show 007bbfb7 --invariants
    arcbatt show solve_007bbfb7
    arcbatt show mine.py:solve_a --task 007bbfb7 --steps
    arcbatt show solve_007bbfb7 --steps -o steps.png
    """
    if output_path is not None and as_json:
        raise InputError("-o writes a picture, --json prints data: give one of them")
    if output_path is None and palette is not None:
        raise InputError("--palette is for pictures: name a file with -o")
    picture = None if output_path is None else PictureFile(output_path, data.data)
    load_primitive_files(primitive_files)
    aliases = None
    if aliases_file is not None:
        from arcbatt.program.reading.aliases import read_aliases

        aliases = read_aliases(aliases_file)
    tasks = data.load()
    if not word.isprintable():
        raise InputError(f"{word!a} is no task and no program: names are printable text")
    with _open(workspace) or nullcontext() as store:
        if word in tasks:
            if task_id is not None or steps or sample_name is not None:
                raise InputError(f"{word} is a task: --task, --steps and --sample are for programs")
            view: TaskView | ProgramView = _task_view(tasks, word, store, with_invariants)
        else:
            if with_invariants:
                raise InputError(_without_invariants(tasks, word))
            steps = steps or sample_name is not None
            view = _program_view(tasks, word, task_id, sample_name, store, aliases)
            if steps and view.task is None:
                raise InputError(f"{view.program.name} has no task of its own here: name one with --task")
    from arcbatt.report.task import TaskView

    if picture is not None:
        if isinstance(view, TaskView):
            picture.write(view.pictures(palette=palette or DEFAULT_PALETTE), f"task {view.task.id}")
        else:
            parts = view.pictures(steps=steps, palette=palette or DEFAULT_PALETTE)
            picture.write(parts, view.program.name)
    elif isinstance(view, TaskView):
        click.echo(json.dumps(view.data(), indent=1)) if as_json else view.show()
    elif as_json:
        click.echo(json.dumps(view.data(steps=steps), indent=1))
    else:
        view.show(steps=steps)


def _open(workspace: StorePlace) -> Store | None:
    """The workspace's store; None when there is no workspace yet, which is no error here."""
    from arcbatt.store import open_store

    return open_store(workspace, create=False, read_only=True) if is_there(workspace) else None


def _task_view(tasks: TaskSet, word: str, store: Store | None, with_invariants: bool) -> TaskView:
    from arcbatt.report.task import TaskView

    task = tasks[word]
    invariants = None
    if with_invariants:
        from arcbatt.search.evidence.invariants import likely_invariants

        invariants = likely_invariants(task.challenge).held
    return TaskView(task, [] if store is None else store.scores(task.digest), invariants)


def _program_view(
    tasks: TaskSet, word: str, task_id: str | None, sample_name: str | None, store: Store | None,
    aliases: Aliases | None,
) -> ProgramView:
    from arcbatt.cli.named_program import named_program
    from arcbatt.report.program import ProgramView

    found = named_program(word, store, aliases)
    if found is None:
        raise InputError(_unknown(tasks, word))
    program = found.program
    scores = store.scores(md5=program.md5) if store is not None else []
    task = _task_of(tasks, task_id, program, scores)
    sample = None if task is None or sample_name is None else _sample(task, program, sample_name)
    lineage = store.lineage(program.md5) if store is not None else []
    return ProgramView(program, scores, task, lineage, found.others, found.names, sample)


def _task_of(
    tasks: TaskSet, task_id: str | None, program: Program, scores: Sequence[ScoreRecord]
) -> Task | None:
    """The task that is asked for, else the program's best one, else the one that it is named after."""
    if task_id is not None:
        return tasks.select([task_id])[task_id]
    for score in sorted(scores, key=lambda score: score.result.rank):
        # Other samples may go by the same id.
        if score.task.id in tasks and tasks[score.task.id].digest == score.task.digest:
            return tasks[score.task.id]
    named = program.name.partition("_")[2]
    return tasks.get(named)


def _sample(task: Task, program: Program, name: str) -> int:
    """The place of a sample; a differ measures demo samples alone."""
    count = len(task.demo if program.kind == "differ" else task.samples)
    names = [task.sample_name(index) for index in range(count)]
    if name not in names:
        raise InputError(f"--sample: expected one of {', '.join(names)}, got {name!r:.40}")
    return names.index(name)


def _without_invariants(tasks: TaskSet, word: str) -> str:
    return f"{word!r} is no task of {tasks.name}: --invariants is for tasks"


def _unknown(tasks: TaskSet, word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, tasks.ids, n=3)
    hint = f" The nearest tasks: {', '.join(near)}." if near else ""
    return (
        f"{word!r} is no task of {tasks.name}, and no program has this name or an MD5 that begins so (with 4 digits or "
        f"more).{hint} 'arcbatt list' shows the programs; FILE:NAME names one in a file."
    )
