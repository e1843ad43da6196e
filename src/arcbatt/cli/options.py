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
    from arcbatt.store import Store

__all__ = [
    "battery_options", "battery_with_store", "data_options", "handed_in_programs", "json_option", "load_tasks",
    "settings_of", "workspace_option",
]  # fmt: skip

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_WORKSPACE = ".arcbatt"

workspace_option = click.option(
    "--workspace", type=click.Path(path_type=Path), default=DEFAULT_WORKSPACE, show_default=True,
    envvar="ARCBATT_WORKSPACE", help="Folder of the store.",
)  # fmt: skip

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


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

battery_options = _stack(
    click.option("-b", "--battery", "battery_paths", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
                 help="Battery file, program file or folder, instead of the starter programs."),
    click.option("--primitives", "primitive_files", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
                 help="Python file with primitives of your own. It is executed."),
    click.option("--engine", type=click.Choice(["auto", "native", "python"]), default="auto", show_default=True,
                 help="Engine that evaluates."),
    click.option("--fuel", type=click.IntRange(1), metavar="UNITS", help="Fuel of a program on a sample."),
    click.option("-t", "--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS",
                 help="Wall-clock limit of a sample, behind fuel. [default: 60]"),
    click.option("-j", "--jobs", type=click.IntRange(1, 1024), help="Processes. [default: one a core]"),
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


def settings_of(
    engine: str, fuel: int | None, timeout: float | None, primitive_files: Sequence[Path],
    keep: int = 32, min_score: int = 1,
) -> Settings:  # fmt: skip
    """The settings that the options stand for; a user's primitives are loaded, before any program is parsed.

    Raises:
        InputError: a file with primitives is wrong.
        EngineError: the engine is not there.
    """
    from arcbatt.dsl.user import load_primitives
    from arcbatt.engine import Limits, select_engine
    from arcbatt.engine.limits import DEFAULT_FUEL, DEFAULT_TIMEOUT_S
    from arcbatt.pipeline import Settings

    for path in primitive_files:
        load_primitives(path)
    limits = Limits(fuel or DEFAULT_FUEL, timeout or DEFAULT_TIMEOUT_S)
    name = select_engine(engine, limits).name
    return Settings(name, limits, keep, min_score, tuple(str(path.resolve()) for path in primitive_files))


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


def battery_with_store(programs: Sequence[Program], store: Store | None) -> Battery:
    """The battery of some programs and of those in the store; None stands for an empty one."""
    from arcbatt.battery.battery import Battery
    from arcbatt.program.parse import parse_programs

    known = {program.md5 for program in programs}
    stored = [] if store is None else [record for record in store.programs() if record.md5 not in known]
    joining = [parse_programs(record.text, f"{record.md5}.py")[0].renamed(record.name) for record in stored]
    return Battery.of([*programs, *joining])
