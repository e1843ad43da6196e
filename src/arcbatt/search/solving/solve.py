"""The whole job of ``arcbatt solve``: battery, workers, and the run in the store around the work on the tasks."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from functools import partial

from arcbatt.arc import TaskSet
from arcbatt.battery.battery import Battery
from arcbatt.engine import on_cpu
from arcbatt.errors import ArcbattError
from arcbatt.program.program import Program
from arcbatt.program.refusals import ProgramError
from arcbatt.program.text import md5_of
from arcbatt.results.json_form import to_json
from arcbatt.runs.fingerprint import Fingerprint
from arcbatt.runs.opened_battery import battery_opener
from arcbatt.runs.options import RunOptions
from arcbatt.runs.recorded import recorded_run
from arcbatt.runs.search_devices import devices_for_workers
from arcbatt.runs.sharing import shared
from arcbatt.runs.stored_programs import battery_with_store
from arcbatt.runs.workers import PRELOAD, open_workers
from arcbatt.search.prior import load_counts, load_prior
from arcbatt.search.ranking.model import load_model
from arcbatt.search.solving.budget import Budget
from arcbatt.search.solving.resumption import FoundBy
from arcbatt.search.solving.solve_task import Solution, SolveSettings
from arcbatt.search.solving.solve_tasks import SolveReport, solve_tasks
from arcbatt.search.solving.solved_task import SolvedTask
from arcbatt.search.solving.solving_battery import SolvingBattery
from arcbatt.store import Store

__all__ = ["SOLVE_PRELOAD", "solve", "solve_fingerprint"]

SOLVE_PRELOAD = (*PRELOAD, "arcbatt.search.solving")
"""What the fork server loads, so that workers need not."""


def solve(
    programs: Sequence[Program],
    tasks: TaskSet,
    options: RunOptions,
    budget: Budget,
    store: Store | None,
    *,
    seed: int = 0,
    leaves_out: bool = False,
    is_saving: bool = True,
    on_left_out: Callable[[Sequence[ProgramError]], None] = lambda refusals: None,
    on_task: Callable[[SolvedTask], None] = lambda solved: None,
    on_solution: Callable[[Solution], None] = lambda solution: None,
    on_resumed: Callable[[int], None] = lambda count: None,
    on_others: Callable[[int, str], None] = lambda count, words: None,
) -> SolveReport:
    """Solves tasks over several worker processes, and stores the programs that are right on all demo samples.

    KeyboardInterrupt, and errors that end the work, stop it and are reported, not raised.

    Args:
        programs: the programs handed in.
        tasks: the tasks.
        options: engine, limits, what the store keeps, and whether its programs join those handed in. With ``resume``
            the tasks are taken over that the last run of the same kind has done, except those that depended on the
            machine. With ``stale_s`` the run shares the work with others of the same kind that go on at the same time;
            the report and the submission are of all tasks, whoever did them.
        budget: the time.
        store: None to do without.
        seed: of everything random.
        leaves_out: each task is solved without the programs that were written or found for it, by their names; see
            :func:`arcbatt.search.found_names.is_named_for`.
        is_saving: whether the store, open for writing then, gets what is found.
        on_left_out: called with the stored programs that cannot be read here.
        on_task: called with what each task came to when it is done.
        on_solution: called with all that came out of each task that was worked on, once it is decided.
        on_resumed: called at the beginning with the number of tasks that an earlier run has done.
        on_others: see :class:`arcbatt.runs.sharing.Sharing`.

    Raises:
        InputError: the file of weights or that of the prior cannot be read, or is of another version.
        StoreError: the run cannot be begun in the store. Later errors are in the report.
    """
    load_model()
    load_prior()  # a broken file is told here, before any work, and not once a task
    given = len({program.md5 for program in programs if program.kind == "solver"})
    settings = SolveSettings(given, seed, leaves_out=leaves_out)
    fingerprint = solve_fingerprint(programs, options, settings, budget)
    options = replace(options, engine=on_cpu(options.engine))  # workers are processes
    done = store.done_tasks(fingerprint.key) if store is not None and options.resume else {}
    joining = store if options.joins_store else None
    battery, refusals = battery_with_store(programs, joining, _found(store, fingerprint, options))
    on_left_out(refusals)
    if leaves_out:
        _add_names(battery, programs, joining)
    with (
        devices_for_workers(options) as of_workers,
        open_workers(battery_opener(SolvingBattery, battery), of_workers, SOLVE_PRELOAD) as pool,
    ):
        work = partial(
            solve_tasks, list(tasks.values()), pool, settings, budget, keep=options.keep, on_task=on_task,
            on_solution=on_solution, on_resumed=on_resumed,
        )
        if store is None or not is_saving:
            return work(done=done)
        report = None
        try:
            with (
                recorded_run(store, fingerprint, tasks, options) as run,
                shared(run, options.stale_s, on_others) as sharing,
            ):
                report = work(run=run, done=done if sharing is None else sharing.before, sharing=sharing)
                run.is_interrupted, run.totals = report.is_interrupted, report.totals(len(battery.solvers))
                if report.error is not None:
                    raise report.error
        except ArcbattError as error:
            if report is None:
                raise
            report.error = report.error or error
        return report


def _found(store: Store | None, fingerprint: Fingerprint, options: RunOptions) -> Container[str]:
    """The programs that runs of the same kind found; others may go on with them, so it is looked up when needed."""
    if store is None or not options.resume:
        return ()
    return FoundBy(lambda: store.done_tasks(fingerprint.key).values())


def solve_fingerprint(
    programs: Sequence[Program], options: RunOptions, settings: SolveSettings, budget: Budget
) -> Fingerprint:
    """Names what is asked for, so that a run that goes on skips exactly the tasks that were done in the same way.

    The engine is in it, since not every search runs with the python engine; devices change no result. Not the programs
    of the store: a run adds to them; :func:`arcbatt.search.solving.resumption.found_by` says which those are.
    """
    more = {
        "engine": "native" if options.engine == "cuda" else options.engine,
        "seed": settings.seed,
        "searches": ", ".join(settings.searches),
        "seconds a task": budget.time_per_task_s,
        "ranking": md5_of(to_json(load_model()) + to_json(load_counts())),
        "leave out": settings.leaves_out,
    }
    return Fingerprint.of("solve", options, programs, more)


def _add_names(battery: Battery, programs: Sequence[Program], store: Store | None) -> None:
    """Adds the names that a battery passed over, so that a body that was found for several tasks belongs to each.

    Those are names that another body has too, and those that a program has in the store.
    """
    by_md5: dict[str, list[str]] = {}
    for program in programs:
        by_md5.setdefault(program.md5, []).append(program.name)
    for first in battery.solvers:
        md5, known = battery.program(first).md5, battery.names[first]
        more = [*by_md5.get(md5, ()), *(() if store is None else store.names(md5))]
        known.extend(dict.fromkeys(name for name in more if name not in known))
