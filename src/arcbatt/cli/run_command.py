"""``arcbatt run``: the main job."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

import arcbatt
from arcbatt.cli.next_steps import again, options_text, primitive_words, workspace_words
from arcbatt.cli.options import (
    ProgramChoice,
    TaskChoice,
    WorkChoice,
    program_options,
    task_options,
    work_options,
    workspace_option,
)
from arcbatt.cli.output import OutputFile, check_places
from arcbatt.cli.share_options import ShareChoice, share_options

if TYPE_CHECKING:
    from arcbatt.arc import TaskSet
    from arcbatt.battery.battery import Battery
    from arcbatt.pipeline import RunReport
    from arcbatt.store.place import StorePlace

__all__ = ["command"]


@click.command("run")
@task_options
@program_options
@work_options()
@workspace_option
@click.option("--keep", type=click.IntRange(1), default=32, show_default=True, help="Most programs kept for a task.")
@click.option("--min-score", type=click.IntRange(0), default=1, show_default=True,
              help="Least number of demo samples that a kept program solves; 0 keeps near misses too.")
@click.option("--resume", is_flag=True, help="Skip the tasks that the last run of the same kind has done.")
@share_options
@click.option("--timing", is_flag=True, help="Print what each phase took.")
@click.option("--durations", type=click.IntRange(0), default=0, metavar="N", help="Print the N slowest programs.")
@click.option("--json", "json_path", metavar="FILE", help="Write the results as JSON; - is standard output.")
@click.option("--trace", "trace_path", metavar="FILE", help="Write a trace that Perfetto and Chrome open.")
@click.option("-q", "--quiet", is_flag=True, help="Print the totals only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every kept program of a task.")
def command(
    tasks: TaskChoice, programs: ProgramChoice, work: WorkChoice, workspace: StorePlace, keep: int, min_score: int,
    resume: bool, sharing: ShareChoice, timing: bool, durations: int, json_path: str | None, trace_path: str | None,
    quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Evaluate a battery of programs on tasks, and store what works.

    The battery is made of the starter programs (or of what -b names) and, unless --no-store is given, of the programs
    in the store. Without tasks named it takes all that --set and --data name. Tasks of several of them go together:
    the same samples under the same id are one task, other samples under it are named ID@FOLDER.

    It ends with what came near, what failed and what to do next.

    \b
    arcbatt run 007bbfb7
    arcbatt run -i 007bbfb7 -b my_battery.py
    arcbatt run --set arc1-eval -s 0 -c 20 --json results.json
    arcbatt run --data training --data made.jsonl.gz --skip-bad
    arcbatt run --all --resume --durations 10
    arcbatt run --all --share
    """
    from arcbatt.runs.workers import start_early

    if work.cluster is None:
        start_early(work.engine, programs.primitive_files)  # loads while this process reads tasks and opens the store
    check_places({"--json": json_path, "--trace": trace_path}, tasks.data)
    chosen = tasks.load()
    options = sharing.added_to(work.options(programs, keep=keep, min_score=min_score, resume=resume))
    results_file = OutputFile.for_option("--json", json_path)
    trace_file = OutputFile.for_option("--trace", trace_path)

    from arcbatt.pipeline.run import battery_to_resume, run_battery
    from arcbatt.report.run import RunView
    from arcbatt.store import open_store

    handed_in = programs.handed_in()  # refused before the store is made
    with open_store(workspace, create=True) as store:
        battery = battery_to_resume(programs.joined(handed_in, store), options, store)
        del handed_in  # of many programs more memory than the battery
        view = RunView(len(chosen), quiet=quiet, verbose=verbose, to_stderr=json_path == "-")
        of_store = workspace_words(workspace)
        view.store_options, view.resuming = options_text(of_store), again("--resume")
        view.options = options_text([*tasks.source.words, *primitive_words(programs.primitive_files), *of_store])
        with view:
            report = run_battery(
                battery, chosen, options, store, on_task=view.task_done, on_resumed=view.taken_over,
                on_others=view.others,
            )  # fmt: skip
        # Files first: the reader of standard output may have had enough, as `head` has.
        if results_file is not None:
            results = _results(chosen, options.engine, battery, report, timing)
            results_file.write(json.dumps(results, indent=1) + "\n")
        if trace_file is not None:
            trace_file.write(json.dumps(report.timing.trace()) + "\n")
        view.finish(report, timing=timing, durations=durations)
    return 130 if report.is_interrupted else 1 if report.bugs else 0


def _results(tasks: TaskSet, engine: str, battery: Battery, report: RunReport, timing: bool) -> dict[str, Any]:
    """The results as JSON data; the same bytes for the same work, unless timings are asked for."""
    from arcbatt.report.run_json import run_json, timing_json

    data = {
        "arcbatt": arcbatt.__version__,
        "set": tasks.name,
        "revision": tasks.revision,
        "engine": engine,
        "battery": {"solvers": len(battery.solvers), "differs": len(battery.differs), "nodes": len(battery.graph)},
        **run_json(report),
    }
    return {**data, "timing": timing_json(report)} if timing else data
