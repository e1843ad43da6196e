"""``arcbatt verify``: the same work done in two ways, compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from arcbatt.cli.lines import say
from arcbatt.cli.next_steps import primitive_words, say_next, typed, workspace_words
from arcbatt.cli.options import (
    DataChoice,
    ProgramChoice,
    WorkChoice,
    data_options,
    json_option,
    program_options,
    work_options,
    workspace_option,
)
from arcbatt.cli.store_option import is_there
from arcbatt.cli.waiting import measured, quiet_option

if TYPE_CHECKING:
    from arcbatt.store.place import StorePlace

__all__ = ["command"]


@click.command("verify")
@click.argument("task_ids", metavar="TASK...", nargs=-1, required=True)
@data_options
@program_options
@work_options()
@workspace_option
@json_option
@quiet_option
def command(
    task_ids: tuple[str, ...], data: DataChoice, programs: ProgramChoice, work: WorkChoice, workspace: StorePlace,
    as_json: bool,
) -> int:  # fmt: skip
    """Check that programs give alone what they give together.

    The work on each task is done twice: one program at a time, and all in one battery, in parallel. Candidates, scores
    and files must be the same; else the exit status is 1, with the first difference of each task. Nothing is written
    to the workspace.
    """
    tasks = data.select(task_ids)
    options = work.options(programs)

    from arcbatt.pipeline import verify_task
    from arcbatt.runs.workers import open_battery_workers
    from arcbatt.store import open_store

    if programs.joins_store and is_there(workspace):
        with open_store(workspace, create=False, read_only=True) as store:
            battery = programs.joined(programs.handed_in(), store)
    else:
        battery = programs.joined(programs.handed_in(), None)
    differences: dict[str, str | None] = {}
    with open_battery_workers(battery, options) as workers, measured("tasks", len(tasks)) as meter:
        for task in tasks.values():
            found = differences[task.id] = verify_task(battery, task, workers, options)
            if not as_json:
                line = "alone and shared agree" if found is None else f"DIFFERS at {found}"
                say(f"{task.id}  {len(battery.solvers)} solvers, {len(battery.differs)} differs: {line}")
            meter.advance()
    if as_json:
        report = {"engine": options.engine, "solvers": len(battery.solvers), "differences": differences}
        click.echo(json.dumps(report, indent=1))
    elif any(differences.values()):
        say_next([typed("doctor", *workspace_words(workspace))])
    else:
        more = [*data.words, *primitive_words(programs.primitive_files), *workspace_words(workspace)]
        say_next([typed("run", *task_ids, *more)])
    return int(any(differences.values()))
