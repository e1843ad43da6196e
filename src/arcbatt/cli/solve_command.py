"""``arcbatt solve``: a submission for a set of tasks."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import arcbatt
from arcbatt.cli.options import (
    battery_options,
    data_options,
    handed_in_programs,
    load_tasks,
    selected_tasks,
    selection_options,
    settings_of,
    tell_left_out,
    workspace_option,
)
from arcbatt.cli.output import OutputFile
from arcbatt.errors import InputError, StoreError

if TYPE_CHECKING:
    from arcbatt.store import Store

__all__ = ["command"]


@click.command("solve")
@selection_options
@data_options
@battery_options(timeout="10, or --time-per-task where that is more")
@workspace_option
@click.option("--time-per-task", type=click.FloatRange(0, 86400), default=2.0, show_default=True, metavar="SECONDS",
              help="Search on each task; 0 for none.")
@click.option("--total-time", type=click.FloatRange(0, min_open=True), metavar="SECONDS",
              help="Bound on the whole run; tasks get less where it is short.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the searches.")
@click.option("-o", "--output", default="submission.json", show_default=True, metavar="FILE",
              help="The submission; - is standard output.")
@click.option("--keep", type=click.IntRange(1), default=32, show_default=True, help="Most programs kept for a task.")
@click.option("--memory", type=click.IntRange(256, 1024**2), default=4096, show_default=True, metavar="MB",
              help="Bound on the memory of each worker.")
@click.option("--no-save", is_flag=True, help="Leave the store as it is; it need not be there, or writable.")
@click.option("--resume", is_flag=True, help="Take over the tasks that the last run of the same kind has done.")
@click.option("--json", "json_path", metavar="FILE", help="Write a report as JSON; - is standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Print the totals only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every program that solves a task's demo samples.")
def command(
    task_ids: tuple[str, ...], more_ids: tuple[str, ...], start: int | None, count: int | None, all_tasks: bool,
    sets: tuple[str, ...], data: tuple[Path, ...], skips_bad: bool, battery_paths: tuple[Path, ...], is_alone: bool,
    primitive_files: tuple[Path, ...], engine: str, fuel: int | None, timeout: float | None, jobs: int | None,
    workspace: Path, time_per_task: float, total_time: float | None, seed: int, output: str, keep: int, memory: int,
    no_save: bool, resume: bool, json_path: str | None, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Answer tasks: two attempts at each test output, in Kaggle's format.

    Without tasks named it answers all of the set. Programs are tried that ship with arcbatt (or that -b names) and
    those of the store; where none solves a task's demo samples, it searches for one. What it finds is stored.

    \b
    arcbatt solve --data arc-agi_test_challenges.json
    arcbatt solve --set arc1-eval -s 0 -c 20 -o submission.json --json report.json
    arcbatt solve 007bbfb7 --time-per-task 10 --no-save
    """
    if not math.isfinite(time_per_task) or not math.isfinite(total_time or 0.0):
        raise InputError("--time-per-task and --total-time: expected a number of seconds")
    if output == json_path == "-":
        raise InputError("-o - and --json - cannot share standard output; name a file for one of them")
    _check_places(output, json_path, data)
    tasks = selected_tasks(
        load_tasks(sets, data, skips_bad=skips_bad), (*task_ids, *more_ids), start, count, all_tasks,
        is_named=bool(sets or data),
    )  # fmt: skip
    submission_file = OutputFile(output, "-o")
    report_file = OutputFile.for_option("--json", json_path)
    settings = settings_of(engine, fuel, timeout or _sample_limit_s(time_per_task), primitive_files, keep, 1)

    from arcbatt.arc.submission import submission_text
    from arcbatt.execute import start_fork_server
    from arcbatt.report.solve import SolveView, solve_totals
    from arcbatt.search.solving import Budget
    from arcbatt.search.solving.job import SOLVE_PRELOAD, solve_job
    from arcbatt.search.solving.judge import judged

    start_fork_server(SOLVE_PRELOAD)
    programs = handed_in_programs(battery_paths)
    budget = Budget(time_per_task, total_time)
    with _store_of(workspace, is_saving=not no_save) as store:
        view = SolveView(len(tasks), quiet=quiet, verbose=verbose, to_stderr="-" in (output, json_path))
        with view:
            report = solve_job(
                programs, tasks, settings, budget, store, seed=seed, is_saving=not no_save, joins_store=not is_alone,
                jobs=jobs, memory_bytes=memory * 1024**2, resume=resume, arguments={"command": sys.argv[1:]},
                on_left_out=tell_left_out, on_task=view.task_done,
            )  # fmt: skip
    submission_file.write(submission_text(report.submission, tasks))
    # From here on the answers are fixed: what they are worth is told, and nothing flows back.
    right = judged(report.submission, tasks)
    sums = solve_totals(report, right)
    view.finish(report, sums, output)
    if report_file is not None:
        data_set = {"set": tasks.name, "revision": tasks.revision, "engine": settings.engine, "seed": seed,
                    "time_per_task_s": time_per_task, "total_time_s": total_time}  # fmt: skip
        report_file.write(json.dumps({**data_set, **_results(report, sums, right)}, indent=1) + "\n")
    return 130 if report.interrupted else 1 if any(summary["bugs"] for summary in report.summaries.values()) else 0


def _check_places(output: str, json_path: str | None, data: tuple[Path, ...]) -> None:
    """Refuses to write one file over the other, or over the tasks."""
    from arcbatt.arc.forms import holds_tasks

    written = {"-o": output, "--json": json_path}
    places = {option: Path(path).resolve() for option, path in written.items() if path is not None and path != "-"}
    if len(set(places.values())) < len(places):
        raise InputError(f"-o and --json: expected two files, got {output} for both")
    for option, place in places.items():
        folders = [path.resolve() for path in data]
        if place in folders or (any(folder in place.parents for folder in folders) and holds_tasks(place)):
            raise InputError(f"{option} {written[option]}: is the file of the tasks, or one of them; name another")


def _sample_limit_s(time_per_task: float) -> float:
    """Seconds for a sample with all programs of the battery: what the searches get, but enough for any battery."""
    return max(10.0, time_per_task)


@contextmanager
def _store_of(workspace: Path, *, is_saving: bool) -> Iterator[Store | None]:
    """The store; without saving it may be missing, and is then None."""
    from arcbatt.store import has_store, open_store

    if not is_saving and not has_store(workspace):
        yield None
        return
    try:
        store = open_store(workspace, create=is_saving, read_only=not is_saving)
    except StoreError as error:
        hint = "; --no-save solves without writing to it" if is_saving else "; --workspace DIR names another"
        raise StoreError(f"{error}{hint}") from None
    with store:
        yield store


def _results(report: Any, sums: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    """The report as JSON data; the same bytes for the same work."""
    return {
        "arcbatt": arcbatt.__version__,
        "interrupted": report.interrupted,
        "totals": sums,
        "tasks": [{**summary, "right": list(right[task])} for task, summary in report.summaries.items()],
    }
