"""``arcbatt solve``: a submission for a set of tasks."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from arcbatt.cli.next_steps import again, options_text, primitive_words, workspace_words
from arcbatt.cli.option_groups import option_group
from arcbatt.cli.options import (
    ProgramChoice,
    TaskChoice,
    WorkChoice,
    program_options,
    report_left_out,
    task_options,
    work_options,
    workspace_option,
)
from arcbatt.cli.output import OutputFile, check_places
from arcbatt.cli.share_options import ShareChoice, share_options
from arcbatt.errors import InputError, StoreError
from arcbatt.interrupts import interrupts_deferred

if TYPE_CHECKING:
    from arcbatt.search.solving import Budget
    from arcbatt.store import Store
    from arcbatt.store.place import StorePlace

__all__ = ["command"]


@dataclass(frozen=True, slots=True)
class BudgetChoice:
    """The time for the searches."""

    time_per_task: float
    total_time: float | None

    def budget(self) -> Budget:
        """What the options stand for.

        Raises:
            InputError: a number is none.
        """
        from arcbatt.search.solving import Budget

        if not math.isfinite(self.time_per_task) or not math.isfinite(self.total_time or 0.0):
            raise InputError("--time-per-task and --total-time: expected a number of seconds")
        return Budget(self.time_per_task, self.total_time)

    @property
    def sample_limit_s(self) -> float:
        """Seconds for a sample with all programs of the battery: what the searches get, but enough for any battery."""
        return max(10.0, self.time_per_task)


budget_options = option_group(
    "time", BudgetChoice,
    click.option("--time-per-task", type=click.FloatRange(0, 86400), default=2.0, show_default=True, metavar="SECONDS",
                 help="Search on each task; 0 for none."),
    click.option("--total-time", type=click.FloatRange(0, min_open=True), metavar="SECONDS",
                 help="Bound on the whole run; tasks get less where it is short."),
)  # fmt: skip


@click.command("solve")
@task_options
@program_options
@work_options(timeout="10, or --time-per-task where that is more")
@workspace_option
@budget_options
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the searches.")
@click.option("--leave-out", is_flag=True,
              help="Answer each task without the programs named for it: those written or found for that very task.")
@click.option("-o", "--output", default="submission.json", show_default=True, metavar="FILE",
              help="The submission; - is standard output.")
@click.option("--keep", type=click.IntRange(1), default=32, show_default=True, help="Most programs kept for a task.")
@click.option("--no-save", is_flag=True, help="Do not write to the store; it need not exist or be writable.")
@click.option("--resume", is_flag=True, help="Take over the tasks that the last run of the same kind has done.")
@share_options
@click.option("--json", "json_path", metavar="FILE", help="Write a report as JSON; - is standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Print the totals only.")
@click.option("-v", "--verbose", is_flag=True,
              help="Print every program that solves a task's demo samples, and what speaks for each attempt.")
@click.option("--explain", is_flag=True,
              help="Print each task's story: its likeliest outputs, and what speaks for and against them. Not with -q.")
def command(
    tasks: TaskChoice, programs: ProgramChoice, work: WorkChoice, workspace: StorePlace, time: BudgetChoice, seed: int,
    leave_out: bool, output: str, keep: int, no_save: bool, resume: bool, sharing: ShareChoice, json_path: str | None,
    quiet: bool, verbose: bool, explain: bool,
) -> int:  # fmt: skip
    """Answer tasks: two attempts at each test output, in Kaggle's format.

    Without tasks named it answers all that --set and --data name. It tries the starter programs (or those that
    -b names) and those of the store, then searches for more, until the answers are sure enough or the time is
    spent. The two most probable answers are the attempts. Programs that solve the demo samples are stored.

    \b
    arcbatt solve --data arc-agi_test_challenges.json
    arcbatt solve --set arc1-eval -s 0 -c 20 -o submission.json --json report.json
    arcbatt solve 007bbfb7 --time-per-task 10 --no-save
    arcbatt solve --set arc1-eval --share
    arcbatt solve 1cf80156 --leave-out --explain --no-save
    """
    budget = time.budget()
    if explain and quiet:
        raise InputError("--explain prints stories, --quiet the totals only: leave one out")
    if sharing.share and no_save:
        raise InputError("--share works by what is saved, --no-save saves nothing: leave one out")
    if output == json_path == "-":
        raise InputError("-o - and --json - cannot share standard output; name a file for one of them")
    check_places({"-o": output, "--json": json_path}, tasks.data)
    chosen = tasks.load()
    # From here on there is a submission in every case: an interrupt ends the search, not the command.
    click.get_current_context().with_resource(interrupts_deferred())
    submission_file = OutputFile(output, "-o")
    report_file = OutputFile.for_option("--json", json_path)
    options = sharing.added_to(
        work.options(programs, keep=keep, resume=resume, timeout=time.sample_limit_s, in_processes=True)
    )

    from arcbatt.arc.submission import submission_text
    from arcbatt.execute import start_fork_server
    from arcbatt.report.solve import SolveView
    from arcbatt.report.solve_json import solve_results, solve_totals
    from arcbatt.results.json_form import plain
    from arcbatt.search.prior import load_prior
    from arcbatt.search.ranking.model import load_model
    from arcbatt.search.solving.solve import SOLVE_PRELOAD, solve
    from arcbatt.search.solving.worth import right_attempts

    load_model()
    load_prior()  # a broken file ends the command before a workspace is made
    if work.cluster is None:
        start_fork_server(SOLVE_PRELOAD)
    handed_in = programs.handed_in()
    with _store_of(workspace, is_saving=not no_save) as store:
        view = SolveView(
            chosen, quiet=quiet, verbose=verbose, explains=explain, to_stderr="-" in (output, json_path),
            limit_s=time.total_time,
        )
        view.store_options = options_text([*primitive_words(programs.primitive_files), *workspace_words(workspace)])
        view.data_options = options_text(tasks.source.words)
        view.resuming, view.is_saved = again("--resume"), not no_save
        with view:
            report = solve(
                handed_in, chosen, options, budget, store, seed=seed, leaves_out=leave_out, is_saving=not no_save,
                on_left_out=report_left_out, on_task=view.task_done,
                on_resumed=view.taken_over, on_others=view.others,
            )  # fmt: skip
        submission_file.write(submission_text(report.submission, chosen))
    # From here on the answers are fixed: what they are worth is reported, and nothing flows back.
    right = right_attempts(report.submission, chosen)
    totals = solve_totals(report, right)
    # Files first: the reader of standard output may have had enough, as `head` has.
    if report_file is not None:
        results = solve_results(report, totals, right, chosen, budget, options.engine, seed, leave_out)
        report_file.write(json.dumps(plain(results), indent=1) + "\n")
    view.stories(report)
    view.finish(report, totals, output)
    if report.error is not None:
        raise report.error
    return 130 if report.is_interrupted else 1 if report.bugs else 0


@contextmanager
def _store_of(workspace: StorePlace, *, is_saving: bool) -> Iterator[Store | None]:
    """The store; without saving it may be missing, and is then None."""
    from arcbatt.store import has_store, open_store

    if not is_saving and not has_store(workspace):
        yield None
        return
    try:
        store = open_store(workspace, create=is_saving, read_only=not is_saving)
    except StoreError as error:
        hint = "; --no-save solves without writing to it" if is_saving else "; --workspace or --store names another"
        raise StoreError(f"{error}{hint}") from None
    with store:
        yield store
