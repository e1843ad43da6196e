"""All that a report page shows, out of a store and of tasks whose grids are at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import arcbatt
from arcbatt.arc import Task
from arcbatt.errors import InputError
from arcbatt.report.html.gathering.answered import found_by_solve
from arcbatt.report.html.gathering.at_hand import Source, TasksAtHand
from arcbatt.report.html.gathering.curves import calibration_of, right_against_cpu, solved_over_time
from arcbatt.report.html.gathering.evaluated import evaluated
from arcbatt.report.html.gathering.evolved import found_by_evolution
from arcbatt.report.html.gathering.failures import failure_data, md5s_by_name
from arcbatt.report.html.gathering.found import Found, Progress, Sums
from arcbatt.report.html.gathering.kept import found_in_workspace
from arcbatt.report.html.gathering.programs import Lineage, program_data
from arcbatt.report.html.gathering.ran import found_in_run
from arcbatt.report.html.gathering.reading import ReadPrograms
from arcbatt.report.html.gathering.tasks import task_data
from arcbatt.report.html.gathering.texts import one_line
from arcbatt.report.html.gathering.totals import notes_of, totals_of
from arcbatt.report.html.gathering.work import Piece, phases_of, pieces_of, seconds_by_task, spans_of
from arcbatt.report.html.page_data import FORMAT, ReportData, RunData, TaskData, WorkData
from arcbatt.store import RunRecord, Store

__all__ = ["gather_report", "gather_workspace", "newest_with_results"]

_LISTED: Final = 10
"""Most programs of a task."""
_MOST_FAILURES: Final = 200
_MOST_PROGRAMS: Final = 10_000
"""Programs of which the page has a row, beyond those that its tasks name."""
_FINDERS: Final = {"run": found_in_run, "solve": found_by_solve, "evolve": found_by_evolution}
_JOBS: Final = tuple(_FINDERS)


def gather_report(
    store: Store, tasks: Source | Sequence[Source], *, run_id: int | None = None, best: int = 3, stepped: int = 1,
    engine: str = "auto", on_progress: Progress = lambda done, count: None,
) -> ReportData:  # fmt: skip
    """All that a report page shows of a run, or of a whole workspace.

    A run that kept no results of its own, as those of old versions, is shown with what the workspace keeps. The same
    store, tasks and version of arcbatt give equal data, with either engine; only a program that runs into the limits of
    time or memory here, which are far, depends on the machine.

    Args:
        store: open; reading is enough.
        tasks: by id, whose grids are at hand: one set or several. They may lack tasks, and have others.
        run_id: number of the run; None for the newest that kept results, or the whole workspace where none did.
        best: programs of a task that are evaluated again for their outputs, 0 or more.
        stepped: of which the first so many with the values of all steps.
        engine: name of an engine, or ``auto``.
        on_progress: told in turn of the tasks that were read, then of those whose programs were run again.

    Raises:
        InputError: no such run, or a table of results is damaged.
        StoreError: what is stored does not hold.
        EngineError: the engine is not installed.
    """
    run = newest_with_results(store) if run_id is None else _run_of(store, run_id)
    return _gathered(store, tasks, run, best, stepped, engine, on_progress)


def gather_workspace(
    store: Store, tasks: Source | Sequence[Source], *, best: int = 3, stepped: int = 1, engine: str = "auto",
    on_progress: Progress = lambda done, count: None,
) -> ReportData:  # fmt: skip
    """All that a report page shows of what a workspace keeps, whatever runs it is from.

    Arguments and errors are those of :func:`gather_report`.
    """
    return _gathered(store, tasks, None, best, stepped, engine, on_progress)


def newest_with_results(store: Store) -> RunRecord | None:
    """The newest run that kept results which a page can show; None where none did."""
    evolving = {record.series for record in store.evolutions()}
    for run in reversed(store.runs()):
        if run.command == "evolve" and run.series in evolving:
            return run
        if run.command in _JOBS and (store.run_programs(run.id) or store.done_tasks(run.key)):
            return run
    return None


def _gathered(
    store: Store, tasks: Source | Sequence[Source], run: RunRecord | None, best: int, stepped: int, engine: str,
    on_progress: Progress,
) -> ReportData:  # fmt: skip
    found = _found(store, run, max(_LISTED, best), on_progress)
    found.tasks.sort(key=lambda task: (task.key.id, task.key.digest))
    at_hand = TasksAtHand([tasks] if isinstance(tasks, Mapping) else tasks, store)
    grids = {task.key.digest: at_hand.find(task.key) for task in found.tasks}
    read = ReadPrograms(found.programs)
    runnable = [(task, pair[0]) for task in found.tasks if (pair := grids[task.key.digest]) is not None]
    evaluated(runnable, read, best=best, stepped=stepped, engine=engine, on_progress=on_progress)
    return _drawn_up(store, run, found, grids, read)


def _drawn_up(
    store: Store, run: RunRecord | None, found: Found, grids: Mapping[str, tuple[Task, str] | None],
    read: ReadPrograms,
) -> ReportData:  # fmt: skip
    """The data of the page, out of what was found and evaluated.

    Args:
        store: open.
        run: of which the page is; None for a workspace.
        found: the tasks in order, their programs evaluated.
        grids: by digest, the task and the name of its set.
        read: reads the programs.
    """
    lineage = Lineage(store.lineage())
    pieces = [] if run is None else pieces_of(store, run)
    seconds = seconds_by_task(pieces)
    md5s = md5s_by_name((item.name, item.md5) for item in found.programs.values())
    shown = tuple(
        task_data(task, grids[task.key.digest], md5s, lineage, seconds.get(task.key.digest, task.seconds))
        for task in found.tasks
    )
    sums = _sums(found, shown) if found.sums is None else found.sums
    steps = {task.key.digest: task.step for task in found.tasks if task.step is not None}
    named = [item.md5 for task in shown for item in task.programs]
    chosen = _chosen(named, found, sums, shown, lineage, is_whole=run is None or run.command == "run")
    return ReportData(
        FORMAT, arcbatt.__version__, _title(run), None if run is None else _run_data(run),
        totals_of(shown, run, len(chosen)), shown,
        program_data(chosen, found.programs, sums, lineage, read, _told(shown)),
        failure_data((group for task in found.tasks for group in task.failures), md5s, _MOST_FAILURES),
        _work(run, pieces, shown), solved_over_time(shown, pieces, steps), right_against_cpu(shown, pieces, steps),
        found.generations, calibration_of(shown),
        tuple(map(one_line, notes_of(found, run, shown, sums, chosen, len(pieces)))),
    )  # fmt: skip


def _work(run: RunRecord | None, pieces: Sequence[Piece], shown: Iterable[TaskData]) -> WorkData:
    ids = {task.digest: task.id for task in shown}
    return WorkData() if run is None else WorkData(phases_of(run), spans_of(pieces, ids))


def _run_of(store: Store, run_id: int) -> RunRecord:
    run = next((run for run in store.runs() if run.id == run_id), None)
    if run is None:
        raise InputError(f"run {run_id}: no such run in this store; 'arcbatt list runs' lists the runs")
    return run


def _found(store: Store, run: RunRecord | None, listed: int, on_progress: Progress) -> Found:
    """What the store has of a run, or what the workspace keeps where there is none, or it kept nothing."""
    if run is None:
        return found_in_workspace(store, listed)
    finder = _FINDERS.get(run.command)
    found = Found() if finder is None else finder(store, run, listed, on_progress)
    is_empty = run.status == "running" or (run.totals is not None and run.totals.done == 0)
    if found.tasks or (run.command in _JOBS and is_empty):
        return found
    kept = found_in_workspace(store, listed)
    kept.notes = [*found.notes, f"run {run.id} kept no results of its own: this is what the workspace keeps"]
    return kept


def _sums(found: Found, shown: Iterable[TaskData]) -> dict[str, Sums]:
    """Sums over what the tasks list."""
    demos = {task.key.digest: task.key.demo_count for task in found.tasks}
    sums: dict[str, Sums] = {}
    for task in shown:
        for item in task.programs:
            sums.setdefault(item.md5, Sums()).add(item, demos[task.digest])
    return sums


def _chosen(
    named: Iterable[str], found: Found, sums: Mapping[str, Sums], shown: Iterable[TaskData], lineage: Lineage, *,
    is_whole: bool,
) -> list[str]:  # fmt: skip
    """The programs of the page: those that are named, with their ancestors, and of a run its others, best first."""
    behind = [md5 for task in shown for attempt in task.attempts for md5 in attempt.md5s]
    failing = [failure.program for task in shown for failure in task.failures if failure.program in found.programs]
    chosen = dict.fromkeys(lineage.with_ancestors(dict.fromkeys([*named, *behind, *failing])))
    if is_whole:
        ranked = sorted(sums, key=lambda md5: (-sums[md5].solved, -sums[md5].demo_right, -(sums[md5].near or 0), md5))
        chosen.update(dict.fromkeys(ranked[:_MOST_PROGRAMS]))
    return list(chosen)


def _told(shown: Iterable[TaskData]) -> set[str]:
    """The programs that are told in words: those that were evaluated."""
    return {item.md5 for task in shown for item in task.programs if item.samples}


def _title(run: RunRecord | None) -> str:
    return "workspace" if run is None else f"run {run.id}: arcbatt {one_line(run.command, 40)}"


def _run_data(run: RunRecord) -> RunData:
    return RunData(
        run.id, one_line(run.command), tuple(map(one_line, run.arguments[:200])), run.status, run.started,
        run.finished, one_line(run.engine), one_line(run.data),
        tuple((one_line(name), one_line(version)) for name, version in sorted(run.versions.items())),
    )  # fmt: skip
