"""``arcbatt evolve``: programs that get better, generation after generation."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.lines import say
from arcbatt.cli.next_steps import again, options_text, workspace_words
from arcbatt.cli.option_groups import option_group
from arcbatt.cli.options import (
    DataChoice,
    ProgramChoice,
    WorkChoice,
    data_options,
    program_options,
    report_left_out,
    select_tasks,
    work_options,
    workspace_option,
)
from arcbatt.cli.output import OutputFile, check_places
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.arc import TaskSet
    from arcbatt.search.evolution.breeding import EvolutionPlan
    from arcbatt.search.evolution.ending import Ending
    from arcbatt.search.evolution.evolution_log import EvolutionLog
    from arcbatt.search.evolution.evolution_request import EvolutionRequest
    from arcbatt.search.evolution.evolve import EvolutionReport, EvolutionWatcher
    from arcbatt.store import Store
    from arcbatt.store.place import StorePlace

__all__ = ["command"]

_FUEL = 1_000_000
"""Fuel of a program on a sample unless ``--fuel`` is given: a twentieth of what ``arcbatt run`` gives, since most
children are worth nothing. Of the starter solvers one needs more on its own task."""
_MOST_SAME = 5
"""Tasks with the samples of others that are named."""


@dataclass(frozen=True, slots=True)
class EndChoice:
    """When an evolution ends."""

    generations: int | None
    seconds: float | None
    no_progress: int | None

    def ending(self) -> Ending:
        """What the options stand for."""
        from arcbatt.search.evolution.ending import Ending

        return Ending(self.generations, self.seconds, self.no_progress)


@dataclass(frozen=True, slots=True)
class BreedingChoice:
    """How programs are bred, and which are kept."""

    seed: int
    keep: int
    children: int
    rounds: int
    mutation_text: str
    min_score: int

    def plan(self) -> EvolutionPlan:
        """What the options stand for.

        Raises:
            InputError: a setting of mutation is wrong.
        """
        from arcbatt.search.evolution import EvolutionSettings
        from arcbatt.search.evolution.breeding import EvolutionPlan
        from arcbatt.search.mutation import MutationSettings

        settings = EvolutionSettings(
            keep=self.keep, family=max(1, self.keep // 4), children=self.children, rounds=self.rounds
        )
        return EvolutionPlan(self.seed, settings, MutationSettings.of_text(self.mutation_text))


end_options = option_group(
    "end", EndChoice,
    click.option("--generations", type=click.IntRange(0), metavar="N",
                 help="End after generation N; generation 0 evaluates the starting programs."),
    click.option("--time", "seconds", type=click.FloatRange(0), metavar="SECONDS",
                 help="End within this time, generation 0 included; a generation that does not fit is not begun."),
    click.option("--no-progress", type=click.IntRange(1), metavar="N",
                 help="End after N generations in which no task came nearer."),
)  # fmt: skip

breeding_options = option_group(
    "breeding", BreedingChoice,
    click.option("--seed", type=int, default=0, show_default=True, help="Seed of everything that is drawn."),
    click.option("--keep", type=click.IntRange(1, 1000), default=32, show_default=True,
                 help="Most programs kept for a task."),
    click.option("--children", type=click.IntRange(1, 100_000), default=64, show_default=True,
                 help="Programs bred for a task in one of the rounds of a generation."),
    click.option("--rounds", type=click.IntRange(1, 1000), default=4, show_default=True,
                 help="Rounds of a generation."),
    click.option("--mutation", "mutation_text", default="", metavar="NAME=NUMBER,...",
                 help="Weights of operators and rates of mutation."),
    click.option("--min-score", type=click.IntRange(0), default=1, show_default=True,
                 help="Least number of demo samples that a program solves to get a score in the store."),
)  # fmt: skip


@click.command("evolve")
@end_options
@click.option("--tasks", "words", default="unsolved", show_default=True, metavar="all|unsolved|ID,ID,...|@FILE",
              help="Tasks to work on; unsolved: each until all its demo samples are solved.")
@click.option("--tasks-per-generation", type=click.IntRange(1), default=32, show_default=True, metavar="N",
              help="Tasks that a generation works on, smaller ones more often.")
@breeding_options
@click.option("--resume", is_flag=True, help="Go on with the last evolution of the same settings.")
@data_options
@program_options
@work_options(_FUEL, memory=2048)
@workspace_option
@click.option("--log", "log_path", type=click.Path(path_type=Path), metavar="FILE",
              help="The log, a line of JSON a generation. [default: evolve-NUMBER.jsonl in the workspace; "
                   "in this folder where the store is a database]")
@click.option("--json", "json_path", metavar="FILE", help="Write the results as JSON; - is standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Print the end only.")
def command(
    end: EndChoice, words: str, tasks_per_generation: int, breeding: BreedingChoice, resume: bool, data: DataChoice,
    programs: ProgramChoice, work: WorkChoice, workspace: StorePlace, log_path: Path | None, json_path: str | None,
    quiet: bool,
) -> int:  # fmt: skip
    """Evolve programs for tasks: breed, evaluate, keep the best, save, again.

    It begins with the starter programs (or those that -b names) and, unless --no-store is given, the programs in the
    store. Partly right programs count: demo samples solved, then right cells, then what the differs measure. Test
    outputs are only reported on. Without --generations, --time and --no-progress it goes on until all demo samples
    are solved, or until Ctrl-C; what is done is stored, and --resume goes on.

    \b
    arcbatt evolve --time 60
    arcbatt evolve --tasks 007bbfb7,00d62c1b --generations 20 --seed 1
    arcbatt evolve --set arc1-eval --tasks all --no-progress 50 --resume
    """
    start = time.monotonic()
    from arcbatt.execute import start_fork_server
    from arcbatt.search.evolution.evolve import PRELOAD

    if work.cluster is None:
        start_fork_server(PRELOAD)  # loads while this process reads tasks and opens the store
    from arcbatt.report.evolve import EvolveView
    from arcbatt.report.evolve_json import evolve_results
    from arcbatt.results.json_form import plain
    from arcbatt.search.evolution.evolution_request import EvolutionRequest
    from arcbatt.store import open_store

    check_places({"--json": json_path, "--log": log_path}, data.data)
    tasks, leave_solved = _named_tasks(data, words)
    plan, ending = breeding.plan(), end.ending()
    options = work.options(programs, keep=breeding.keep, min_score=breeding.min_score, resume=resume, fuel=_FUEL,
                           in_processes=True)  # fmt: skip
    request = EvolutionRequest(tasks, leave_solved, tasks_per_generation, plan, options, programs.handed_in())
    results_file = OutputFile.for_option("--json", json_path)
    _report_same(request)
    with open_store(workspace, create=True) as store:
        view = EvolveView(
            len(request.distinct_tasks), quiet=quiet, to_stderr=json_path == "-", limit_s=end.seconds, start=start
        )
        view.store_options, view.resuming = options_text(workspace_words(workspace)), again("--resume")
        with view:
            report = _evolved(request, ending, store, _log_opener(workspace, log_path), view, start)
        report_left_out(report.refusals)
        results = evolve_results(request, report, store)
        # The file first: the reader of standard output may have had enough, as `head` has.
        if results_file is not None:
            results_file.write(json.dumps(plain(results), indent=1) + "\n")
        view.finish(report, results)
    return 130 if results.reason == "interrupted" else 1 if report.bugs else 0


def _named_tasks(data: DataChoice, words: str) -> tuple[TaskSet, bool]:
    """The tasks that ``--tasks`` names, and whether they are left once they are solved."""
    from arcbatt.arc import FaultyTasksError
    from arcbatt.search.evolution.task_choice import named_tasks

    tasks = data.load()

    def select() -> TaskSet:
        try:
            return named_tasks(tasks, words)[0]
        except FaultyTasksError:
            raise
        except InputError as error:
            raise InputError(f"--tasks {error}") from None

    return select_tasks(select), words == "unsolved"


def _report_same(request: EvolutionRequest) -> None:
    """Says which tasks are left out since an earlier one has the same samples."""
    ids = {task.digest: task.id for task in request.distinct_tasks}
    same = [(task.id, ids[task.digest]) for task in request.tasks.values() if ids[task.digest] != task.id]
    for task_id, first in same[:_MOST_SAME]:
        say(f"arcbatt: left out: task {task_id} has the samples of {first}", err=True)
    if len(same) > _MOST_SAME:
        say(f"arcbatt: left out: {len(same) - _MOST_SAME} more tasks with the samples of others", err=True)


def _evolved(
    request: EvolutionRequest, ending: Ending, store: Store,
    open_log: Callable[[int, Sequence[str]], EvolutionLog], watcher: EvolutionWatcher, start: float,
) -> EvolutionReport:  # fmt: skip
    from arcbatt.search.evolution.evolution_request import ResumeError
    from arcbatt.search.evolution.evolve import evolve

    try:
        return evolve(request, ending, store, open_log=open_log, watcher=watcher, start=start)
    except ResumeError as error:
        raise InputError(f"--resume: {error}. Without --resume a new one begins") from None


def _log_opener(workspace: StorePlace, path: Path | None) -> Callable[[int, Sequence[str]], EvolutionLog]:
    from arcbatt.search.evolution.evolution_log import EvolutionLog

    folder = workspace if isinstance(workspace, Path) else Path()

    def open_log(series: int, lines: Sequence[str]) -> EvolutionLog:
        return EvolutionLog(path or folder / f"evolve-{series}.jsonl", lines, "--log")

    return open_log
