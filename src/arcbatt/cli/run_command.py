"""``arcbatt run``: the main job."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import arcbatt
from arcbatt.cli.options import (
    battery_options,
    data_options,
    handed_in_programs,
    joined_battery,
    load_tasks,
    selected_tasks,
    selection_options,
    settings_of,
    workspace_option,
)
from arcbatt.cli.output import OutputFile, check_places

if TYPE_CHECKING:
    from arcbatt.arc import TaskSet

__all__ = ["command"]


@click.command("run")
@selection_options
@data_options
@battery_options()
@workspace_option
@click.option("--keep", type=click.IntRange(1), default=32, show_default=True, help="Most programs kept for a task.")
@click.option("--min-score", type=click.IntRange(0), default=1, show_default=True,
              help="Least number of demo samples that a kept program solves; 0 keeps near misses too.")
@click.option("--memory", type=click.IntRange(256, 1024**2), default=4096, show_default=True, metavar="MB",
              help="Bound on the memory of each worker.")
@click.option("--resume", is_flag=True, help="Skip the tasks that the last run of the same kind has done.")
@click.option("--timing", is_flag=True, help="Print what each phase took.")
@click.option("--json", "json_path", metavar="FILE", help="Write the results as JSON; - is standard output.")
@click.option("--trace", "trace_path", metavar="FILE", help="Write a trace that Perfetto and Chrome open.")
@click.option("-q", "--quiet", is_flag=True, help="Print the totals only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every kept program of a task.")
def command(
    task_ids: tuple[str, ...], more_ids: tuple[str, ...], start: int | None, count: int | None, all_tasks: bool,
    sets: tuple[str, ...], data: tuple[Path, ...], skips_bad: bool, battery_paths: tuple[Path, ...], is_alone: bool,
    primitive_files: tuple[Path, ...], engine: str, fuel: int | None, timeout: float | None, jobs: int | None,
    workspace: Path, keep: int, min_score: int, memory: int, resume: bool, timing: bool, json_path: str | None,
    trace_path: str | None, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Evaluate a battery of programs on tasks, and store what works.

    The battery is made of the starter programs (or of what -b names) and, unless --no-store is given, of the programs
    in the store. Without tasks named it takes all that --set and --data name. Tasks of several of them go together:
    the same samples under the same id are one task, other samples under it are named ID@FOLDER.

    \b
    arcbatt run 007bbfb7 --timing
    arcbatt run -i 007bbfb7 -b my_battery.py
    arcbatt run --set arc1-eval -s 0 -c 20 --json results.json
    arcbatt run --data training --data made.jsonl.gz --skip-bad
    arcbatt run --all --resume
    """
    from arcbatt.pipeline.workers import start_early

    start_early(engine, primitive_files)  # loads while this process reads tasks and opens the store
    check_places({"--json": json_path, "--trace": trace_path}, data)
    tasks = selected_tasks(
        load_tasks(sets, data, skips_bad=skips_bad), (*task_ids, *more_ids), start, count, all_tasks,
        is_named=bool(sets or data),
    )  # fmt: skip
    settings = settings_of(engine, fuel, timeout, primitive_files, keep, min_score)
    results_file = OutputFile.for_option("--json", json_path)
    trace_file = OutputFile.for_option("--trace", trace_path)

    from arcbatt.pipeline.job import run_job
    from arcbatt.report.run import RunView
    from arcbatt.store import open_store

    programs = handed_in_programs(battery_paths)
    with open_store(workspace, create=True) as store:
        battery = joined_battery(programs, None if is_alone else store)
        view = RunView(len(tasks), quiet=quiet, verbose=verbose, to_stderr=json_path == "-")
        with view:
            report = run_job(
                battery, tasks, settings, store, jobs=jobs, memory_bytes=memory * 1024**2, resume=resume,
                arguments={"command": sys.argv[1:]}, on_task=view.task_done,
            )  # fmt: skip
        view.finish(report, timing=timing)
    if results_file is not None:
        results_file.write(json.dumps(_results(tasks, settings.engine, battery, report, timing), indent=1) + "\n")
    if trace_file is not None:
        trace_file.write(json.dumps(report.timing.trace()) + "\n")
    return 130 if report.interrupted else 1 if report.bugs else 0


def _results(tasks: TaskSet, engine: str, battery: Any, report: Any, timing: bool) -> dict[str, Any]:
    """The results as JSON data; the same bytes for the same work, unless timings are asked for."""
    from arcbatt.report.run import totals

    data: dict[str, Any] = {
        "arcbatt": arcbatt.__version__,
        "set": tasks.name,
        "revision": tasks.revision,
        "engine": engine,
        "battery": {"solvers": len(battery.solvers), "differs": len(battery.differs), "nodes": len(battery.graph)},
        "interrupted": report.interrupted,
        "totals": totals(report),
        "tasks": list(report.summaries.values()),
        "bugs": report.bugs,
    }
    return {**data, "timing": report.timing.table()} if timing else data
