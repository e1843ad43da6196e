"""``arcbatt build``: a battery file of programs drawn from the store and mutated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.lines import say
from arcbatt.cli.next_steps import primitive_words, say_next, typed, workspace_words
from arcbatt.cli.options import (
    DataChoice,
    data_options,
    load_primitive_files,
    primitives_option,
    report_left_out,
    workspace_option,
)
from arcbatt.cli.output import OutputFile, check_places
from arcbatt.cli.waiting import measured, quiet_option
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.arc import Task
    from arcbatt.store.place import StorePlace

__all__ = ["command"]


@click.command("build")
@click.option("-c", "--count", type=click.IntRange(1, 100_000), default=32, show_default=True,
              help="Number of solvers.")
@click.option("--differs", type=click.IntRange(0, 100_000), default=32, show_default=True, help="Most differs.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the draw and the mutations.")
@click.option("-o", "--output", required=True, metavar="FILE", help="The battery file; - is standard output.")
@click.option("--freeze-solvers", is_flag=True, help="Do not mutate the solvers.")
@click.option("--freeze-differs", is_flag=True, help="Do not mutate the differs.")
@click.option("--mutation", "mutation", default="", metavar="NAME=NUMBER,...",
              help="Weights of operators, and rates: wrap=5,cross=0,mean_steps=2.")
@click.option("--task", "task_id", metavar="TASK", help="Build for this task: its scores and its colors count.")
@click.option("--no-lineage", is_flag=True, help="Do not write lineage to the store; it need not be writable.")
@primitives_option
@data_options
@workspace_option
@quiet_option
def command(
    count: int, differs: int, seed: int, output: str, freeze_solvers: bool, freeze_differs: bool, mutation: str,
    task_id: str | None, no_lineage: bool, primitive_files: tuple[Path, ...], data: DataChoice, workspace: StorePlace,
) -> None:  # fmt: skip
    """Draw programs from the store, mutate them, and put them into a battery file.

    The weight of a solver is 1 plus its o_score, over all tasks or on --task; what differs measure on its outputs
    counts for less than one sample. Differs are drawn by their scores; if none is stored, the starter differs are used.
    The store keeps the lineage: the parents and operator of each new program.
    """
    load_primitive_files(primitive_files)

    from arcbatt.battery.files import battery_text
    from arcbatt.search.build import BuildSettings, build
    from arcbatt.search.mutation import MutationSettings
    from arcbatt.store import open_store

    check_places({"-o": output}, data.data)
    file = OutputFile(output, "-o")
    settings = BuildSettings(count, differs, freeze_solvers, freeze_differs, MutationSettings.of_text(mutation))
    task = _task(task_id, data)
    is_read_only = no_lineage or (freeze_solvers and freeze_differs)
    with open_store(workspace, create=False, read_only=is_read_only) as store:
        with measured("reading, drawing and mutating programs"):
            built = build(store, settings, seed, task)
        if not is_read_only:
            store.add_lineage(built.lineage)
    report_left_out(built.refusals)
    file.write(battery_text(built.battery))
    if output != "-":
        new = len({record.child for record in built.lineage})
        battery = built.battery
        say(f"{len(battery.solvers)} solvers, {len(battery.differs)} differs in {output}, {new} of them new")
        more = [*data.words, *primitive_words(primitive_files), *workspace_words(workspace)]
        if task_id is None:
            say_next([typed("run", *([] if data.is_named else ["--all"]), "-b", output, *more)])
        else:
            say_next([
                typed("run", task_id, "-b", output, *more),
                typed("evolve", "--tasks", task_id, "--time", "60", "-b", output, *more),
            ])  # fmt: skip


def _task(task_id: str | None, data: DataChoice) -> Task | None:
    """The task to build for; None when there is none.

    Raises:
        InputError: there is no such task, or a set is given without a task.
    """
    if task_id is None:
        if data.is_named:
            raise InputError("--set and --data say where the task of --task is; give --task TASK too")
        return None
    return data.select([task_id])[task_id]
