"""``arcbatt evolve``: programs that get better, generation after generation."""

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
    load_tasks,
    print_notes,
    settings_of,
    tell_left_out,
    workspace_option,
)
from arcbatt.cli.output import OutputFile

if TYPE_CHECKING:
    from arcbatt.search.evolution.job import EvolutionReport
    from arcbatt.search.evolution.log import EvolutionLog
    from arcbatt.search.evolution.request import Request
    from arcbatt.store import Store

__all__ = ["command"]

_FUEL = 1_000_000
"""Fuel of a program on a sample unless told otherwise: a twentieth of what ``arcbatt run`` gives, since most children
are worth nothing. Of the starter solvers one needs more on its own task."""


@click.command("evolve")
@click.option("--generations", type=click.IntRange(0), metavar="N",
              help="End after generation N; generation 0 evaluates the programs that are there.")
@click.option("--time", "seconds", type=click.FloatRange(0), metavar="SECONDS",
              help="End with the first generation that is done after so long.")
@click.option("--no-progress", type=click.IntRange(1), metavar="N",
              help="End after N generations in which no task came nearer.")
@click.option("--tasks", "words", default="unsolved", show_default=True, metavar="all|unsolved|ID,ID,...|@FILE",
              help="Tasks to work on; unsolved: each until all its demo samples are solved.")
@click.option("--tasks-per-generation", type=click.IntRange(1), default=32, show_default=True, metavar="N",
              help="Tasks that a generation works on, smaller ones more often.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of everything that is drawn.")
@click.option("--resume", is_flag=True, help="Go on with the last evolution of the same settings.")
@click.option("--keep", type=click.IntRange(1, 1000), default=32, show_default=True,
              help="Most programs kept for a task.")
@click.option("--children", type=click.IntRange(1, 100_000), default=64, show_default=True,
              help="Programs bred for a task in one of the rounds of a generation.")
@click.option("--rounds", type=click.IntRange(1, 1000), default=4, show_default=True, help="Rounds of a generation.")
@click.option("--mutation", "mutation_text", default="", metavar="NAME=NUMBER,...",
              help="Weights of operators and rates of mutation.")
@click.option("--min-score", type=click.IntRange(0), default=1, show_default=True,
              help="Least number of demo samples that a program solves to get a score in the store.")
@data_options
@battery_options(_FUEL)
@workspace_option
@click.option("--memory", type=click.IntRange(256, 1024**2), default=2048, show_default=True, metavar="MB",
              help="Bound on the memory of each worker.")
@click.option("--log", "log_path", type=click.Path(path_type=Path), metavar="FILE",
              help="The log, a line of JSON a generation. [default: evolve-NUMBER.jsonl in the workspace]")
@click.option("--json", "json_path", metavar="FILE", help="Write the results as JSON; - is standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Only the end.")
def command(
    generations: int | None, seconds: float | None, no_progress: int | None, words: str, tasks_per_generation: int,
    seed: int, resume: bool, keep: int, children: int, rounds: int, mutation_text: str, min_score: int,
    sets: tuple[str, ...], data: tuple[Path, ...], skips_bad: bool, battery_paths: tuple[Path, ...], is_alone: bool,
    primitive_files: tuple[Path, ...], engine: str, fuel: int | None, timeout: float | None, jobs: int | None,
    workspace: Path, memory: int, log_path: Path | None, json_path: str | None, quiet: bool,
) -> int:  # fmt: skip
    """Evolve programs for tasks: breed, evaluate, keep the best, save, again.

    It begins with the starter programs (or those that -b names) and, unless --no-store is given, the programs in the
    store. Partly right programs count: demo samples solved, then right cells, then what the differs tell. No test
    output is looked at but for the report. Without --generations, --time and --no-progress it goes on until all demo
    samples are solved, or until Ctrl-C; what is done is stored, and --resume goes on.

    \b
    arcbatt evolve --time 60
    arcbatt evolve --tasks 007bbfb7,00d62c1b --generations 20 --seed 1
    arcbatt evolve --set arc1-eval --tasks all --no-progress 50 --resume
    """
    from arcbatt.execute import start_fork_server
    from arcbatt.search.evolution.workers import PRELOAD

    start_fork_server(PRELOAD)  # loads while this process reads tasks and opens the store
    from arcbatt.search.evolution import EvolutionSettings
    from arcbatt.search.evolution.choice import named_tasks
    from arcbatt.search.evolution.ending import Ending
    from arcbatt.search.evolution.job import evolve
    from arcbatt.search.evolution.request import Request
    from arcbatt.search.evolution.work import Plan
    from arcbatt.search.mutation import MutationSettings

    tasks, leave_solved = named_tasks(load_tasks(sets, data, skips_bad=skips_bad), words)
    print_notes(tasks)
    settings = settings_of(engine, fuel or _FUEL, timeout, primitive_files, keep, min_score)
    evolution = EvolutionSettings(keep=keep, family=max(1, keep // 4), children=children, rounds=rounds)
    plan = Plan(seed, evolution, MutationSettings.of_text(mutation_text), settings)
    request = Request(
        tasks, leave_solved, tasks_per_generation, plan, handed_in_programs(battery_paths), not is_alone
    )
    results_file = OutputFile.for_option("--json", json_path)

    from arcbatt.report.evolve import EvolveView
    from arcbatt.store import open_store

    with open_store(workspace, create=True) as store:
        view = EvolveView(len(tasks), quiet=quiet, to_stderr=json_path == "-")
        with view:
            report = evolve(
                request, Ending(generations, seconds, no_progress), store, make_log=_log_maker(workspace, log_path),
                jobs=jobs, memory_bytes=memory * 1024**2, resume=resume, arguments={"command": sys.argv[1:]},
                on_generation=view.generation_done,
            )  # fmt: skip
        tell_left_out(report.refusals)
        results = _results(request, report, store)
        view.finish(report, results)
    if results_file is not None:
        results_file.write(json.dumps(results, indent=1) + "\n")
    return 130 if results["reason"] == "interrupted" else 1 if report.bugs else 0


def _log_maker(workspace: Path, path: Path | None) -> Any:
    from arcbatt.search.evolution.log import EvolutionLog

    def make(series: int, lines: list[dict[str, Any]]) -> EvolutionLog:
        return EvolutionLog(path or workspace / f"evolve-{series}.jsonl", lines)

    return make


def _results(request: Request, report: EvolutionReport, store: Store) -> dict[str, Any]:
    """The results as JSON data; the same bytes for the same work.

    ``solved`` has for each task whose demo samples are solved the generation, and in ``test`` whether one of the
    stored solvers that solve them is right on the test too; null where a test output is unknown.
    """
    state = report.state
    return {
        "arcbatt": arcbatt.__version__,
        "set": request.tasks.name,
        "revision": request.tasks.revision,
        "seed": request.plan.seed,
        "reason": str(report.reason),
        "series": report.series,
        "generations": state.generation + 1,
        "programs": state.programs,
        "tasks": len(request.tasks),
        "solved": [
            {"task": task, "generation": state.solved[task], "test": _test_result(store, request, task)}
            for task in request.tasks if task in state.solved
        ],
        "nearness": {task: list(state.nearness[task]) for task in request.tasks if task in state.nearness},
        "bugs": list(report.bugs),
    }  # fmt: skip


def _test_result(store: Store, request: Request, task: str) -> bool | None:
    if any(sample.output is None for sample in request.tasks[task].test):
        return None
    scores = store.scores(task)
    return any(s.demo_right == s.demo_count and s.test_right == s.test_count for s in scores)
