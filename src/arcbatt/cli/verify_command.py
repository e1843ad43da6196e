"""``arcbatt verify``: the same work done in two ways, compared."""

from __future__ import annotations

import json
from pathlib import Path

import click

from arcbatt.cli.options import (
    battery_options,
    data_options,
    handed_in_programs,
    joined_battery,
    json_option,
    load_tasks,
    selection,
    settings_of,
    workspace_option,
)

__all__ = ["command"]


@click.command("verify")
@click.argument("task_ids", metavar="TASK...", nargs=-1, required=True)
@data_options
@battery_options()
@workspace_option
@json_option
def command(
    task_ids: tuple[str, ...], sets: tuple[str, ...], data: tuple[Path, ...], skips_bad: bool,
    battery_paths: tuple[Path, ...], is_alone: bool, primitive_files: tuple[Path, ...], engine: str, fuel: int | None,
    timeout: float | None, jobs: int | None, workspace: Path, as_json: bool,
) -> int:  # fmt: skip
    """Do the same work twice, and compare: one program at a time without sharing, and shared and in parallel.

    Same candidates, same scores, same files, or exit status 1 with the first difference of each task. Nothing is
    written to the workspace.
    """
    loaded = load_tasks(sets, data, skips_bad=skips_bad)
    tasks = selection(lambda: loaded.select(task_ids))
    settings = settings_of(engine, fuel, timeout, primitive_files)

    from arcbatt.pipeline import open_pool, verify_task
    from arcbatt.store import open_store

    programs = handed_in_programs(battery_paths)
    if workspace.exists() and not is_alone:
        with open_store(workspace, create=False, read_only=True) as store:
            battery = joined_battery(programs, store)
    else:
        battery = joined_battery(programs, None)
    differences: dict[str, str | None] = {}
    with open_pool(battery, settings, jobs) as workers:
        for task in tasks.values():
            found = differences[task.id] = verify_task(battery, task, workers, settings)
            if not as_json:
                told = "alone and shared agree" if found is None else f"DIFFERS at {found}"
                click.echo(f"{task.id}  {len(battery.solvers)} solvers, {len(battery.differs)} differs: {told}")
    if as_json:
        report = {"engine": settings.engine, "solvers": len(battery.solvers), "differences": differences}
        click.echo(json.dumps(report, indent=1))
    return int(any(differences.values()))
