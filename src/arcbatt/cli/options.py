"""Options and arguments that several commands share, and what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.arc import TaskSet
    from arcbatt.battery.battery import Battery
    from arcbatt.pipeline import Settings
    from arcbatt.program.program import Program
    from arcbatt.program.refusals import ProgramError
    from arcbatt.store import Store

__all__ = [
    "battery_options", "data_options", "handed_in_programs", "joined_battery", "json_option", "load_primitive_files",
    "load_tasks", "primitives_option", "selected_tasks", "selection_options", "settings_of", "tell_left_out",
    "workspace_option",
]  # fmt: skip

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_WORKSPACE = ".arcbatt"


class _HomePath(click.Path):
    """A path in which ``~`` stands for a home folder, also where no shell has seen it, as in a variable."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        import os

        return Path(os.path.expanduser(os.fsdecode(super().convert(value, param, ctx))))


workspace_option = click.option(
    "--workspace", type=_HomePath(), default=DEFAULT_WORKSPACE, show_default=True,
    envvar="ARCBATT_WORKSPACE", show_envvar=True, help="Folder of the store.",
)  # fmt: skip

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


primitives_option = click.option(
    "--primitives", "primitive_files", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
    help="Python file with primitives of your own. It is executed.",
)  # fmt: skip


def _stack(*options: Callable[[F], F]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


data_options = _stack(
    click.option("--set", "set_name", metavar="NAME",
                 help="Task set: arc1-train (default), arc1-eval, arc2-train, arc2-eval."),
    click.option("--data", type=click.Path(path_type=Path), metavar="PATH",
                 help="Task file, folder of them, or Kaggle file."),
)  # fmt: skip

selection_options = _stack(
    click.argument("task_ids", metavar="[TASK]...", nargs=-1),
    click.option("-i", "--id", "more_ids", multiple=True, metavar="TASK",
                 help="Another way to name a task; repeatable."),
    click.option("-s", "--start", type=click.IntRange(0), help="First task of a slice of the set, from 0."),
    click.option("-c", "--count", type=click.IntRange(1), help="Number of tasks in the slice."),
    click.option("--all", "all_tasks", is_flag=True, help="All tasks of the set."),
)  # fmt: skip


def battery_options(fuel: int = 20_000_000, timeout: str = "60") -> Callable[[F], F]:
    """What is evaluated, with what, within which limits.

    Args:
        fuel: units of a program on a sample where ``--fuel`` is not given, as the help tells them.
        timeout: likewise the seconds of ``--timeout``, in words.
    """
    return _stack(
        click.option("-b", "--battery", "battery_paths", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
                     help="Battery file, program file or folder, instead of the starter programs and differs."),
        click.option("--no-store", "is_alone", is_flag=True, help="Leave out the programs of the store."),
        primitives_option,
        click.option("--engine", type=click.Choice(["auto", "native", "python"]), default="auto", show_default=True,
                     help="Engine that evaluates."),
        click.option("--fuel", type=click.IntRange(1), metavar="UNITS",
                     help=f"Fuel of a program on a sample. [default: {fuel:,}]"),
        click.option("-t", "--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS",
                     help=f"Wall-clock limit of a sample, for all programs together. [default: {timeout}]"),
        click.option("-j", "--jobs", type=click.IntRange(1, 1024), help="Workers. [default: one a core]"),
    )  # fmt: skip


def load_tasks(set_name: str | None, data: Path | None) -> TaskSet:
    """The task set that ``--set`` or ``--data`` names.

    Raises:
        InputError: both are given, or what they name is not there or malformed.
    """
    from arcbatt.arc import DEFAULT_SET, load_path, load_set

    if set_name is not None and data is not None:
        raise InputError("--set and --data exclude each other; give one")
    return load_path(data) if data is not None else load_set(set_name or DEFAULT_SET)


def selected_tasks(
    tasks: TaskSet, ids: tuple[str, ...], start: int | None, count: int | None, all_tasks: bool, *, is_all: bool = False
) -> TaskSet:
    """The tasks that the options name, all checked; with ``is_all`` all tasks where the options name none.

    Raises:
        InputError: the options contradict each other or name no task, or a task is malformed.
    """
    ways = [bool(ids), start is not None or count is not None, all_tasks]
    if sum(ways) > 1:
        raise InputError("name tasks, or take a slice with -s and -c, or take --all; not several of these")
    if ids:
        return tasks.select(ids)
    if ways[1]:
        return tasks.slice(start or 0, count)
    if all_tasks or is_all or len(tasks) == 1:
        return tasks.slice()
    raise InputError(f"which tasks? Name some ('arcbatt run {tasks.ids[0]}'), take a slice with -s and -c, or --all")


def settings_of(
    engine: str, fuel: int | None, timeout: float | None, primitive_files: Sequence[Path],
    keep: int = 32, min_score: int = 1,
) -> Settings:  # fmt: skip
    """The settings that the options stand for; a user's primitives are loaded, before any program is parsed.

    Raises:
        InputError: a file with primitives is wrong.
        EngineError: the engine is not there.
    """
    from arcbatt.engine import Limits, select_engine
    from arcbatt.engine.limits import DEFAULT_FUEL, DEFAULT_TIMEOUT_S
    from arcbatt.pipeline import Settings

    load_primitive_files(primitive_files)
    try:
        limits = Limits(fuel or DEFAULT_FUEL, timeout or DEFAULT_TIMEOUT_S)
    except ValueError as error:
        raise InputError(str(error)) from None
    name = select_engine(engine, limits).name
    return Settings(name, limits, keep, min_score, tuple(str(path.resolve()) for path in primitive_files))


def load_primitive_files(paths: Sequence[Path]) -> None:
    """Executes files with a user's own primitives; to be done before any program is parsed.

    Raises:
        InputError: a file is wrong.
    """
    from arcbatt.dsl.user import load_primitives

    for path in paths:
        load_primitives(path)


def handed_in_programs(paths: Sequence[Path]) -> list[Program]:
    """The programs of files and folders; the starter programs when none is given.

    Raises:
        InputError: a path is wrong, or a program is refused; the message has a line for each refusal.
    """
    from arcbatt.battery.load import load_programs

    if not paths:
        from arcbatt.library import starter_programs

        return starter_programs()
    programs, refusals = load_programs(paths)
    if refusals:
        raise InputError("\n".join(map(str, refusals)))
    return programs


def joined_battery(programs: Sequence[Program], store: Store | None) -> Battery:
    """The battery of some programs and of those in the store; what of the store is left out is told."""
    from arcbatt.pipeline.stored import battery_with_store

    battery, refusals = battery_with_store(programs, store)
    tell_left_out(refusals)
    return battery


def tell_left_out(refusals: Sequence[ProgramError]) -> None:
    """Warns of stored programs that cannot be read here."""
    for refusal in refusals[:5]:
        click.echo(f"arcbatt: left out: {refusal} (--primitives FILE loads primitives of your own)", err=True)
    if len(refusals) > 5:
        click.echo(f"arcbatt: left out: {len(refusals) - 5} more stored programs", err=True)
