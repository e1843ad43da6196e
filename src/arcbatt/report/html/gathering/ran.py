"""What a run of ``run`` found: the tables of its tasks, by columns, and their summaries."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from operator import add

from arcbatt.engine.outcome import FailureKind
from arcbatt.errors import InputError
from arcbatt.pipeline.task_summary import TaskSummary
from arcbatt.report.html.gathering.found import Found, FoundTask, KnownProgram, Progress, Sums
from arcbatt.report.html.gathering.summaries import summaries_of
from arcbatt.report.html.page_data import ProgramOnTask
from arcbatt.report.words import counted
from arcbatt.results import FULL_SHARE, Nearness, TaskKey, TaskTable, failure_groups, rank_of
from arcbatt.results.json_form import from_json
from arcbatt.results.task_table import RunProgram
from arcbatt.store import RunRecord, Store

__all__ = ["found_in_run"]


def found_in_run(store: Store, run: RunRecord, listed: int, on_progress: Progress) -> Found:
    """What a run kept of its tasks.

    Args:
        store: open.
        run: one of its runs.
        listed: most programs of a task.
        on_progress: told of each table; there may be very many programs in one.

    Raises:
        InputError, StoreError: a table is damaged.
    """
    programs = store.run_programs(run.id)
    texts, notes = summaries_of(store, run)
    summaries = {digest: summary for digest, text in texts.items() if (summary := _summary(text, digest)) is not None}
    columns = _Columns(len(programs))
    tasks: list[FoundTask] = []
    count = len(store.task_times(run.id)) or len(texts)
    for key, table in store.tables(run.id):
        table.check(key, len(programs))
        tasks.append(_with_summary(_task(key, table, programs, columns, listed), summaries.pop(key.digest, None)))
        if not tasks[-1].failures:
            tasks[-1].failures = failure_groups(table, [program.name for program in programs], key.id)
        on_progress(len(tasks), max(count, len(tasks)))
    keys = {key.digest: key for key in store.tasks()} if summaries else {}
    for digest, summary in summaries.items():
        key = keys.get(digest) or TaskKey(digest, summary.task, summary.demo_count, summary.test_count)
        tasks.append(_with_summary(FoundTask(key), summary))
    known = {item.md5: KnownProgram(item.md5, item.name, item.size, item.text) for item in programs}
    return Found(tasks, known, columns.sums(programs), notes=notes)


def _summary(text: str, digest: str) -> TaskSummary | None:
    """The summary that a text stands for; None where it is none: a store may come from a stranger."""
    try:
        summary = from_json(TaskSummary, text, "summary")
        TaskKey(digest, summary.task, summary.demo_count, summary.test_count)
    except InputError:
        return None
    return summary


def _with_summary(task: FoundTask, summary: TaskSummary | None) -> FoundTask:
    """The task with what its summary says beyond the table."""
    if summary is None:
        return task
    if (summary.demo_count, summary.test_count) != (task.key.demo_count, task.key.test_count):
        task.notes.append("what is kept of it is of other samples")
        return task
    task.key = TaskKey(task.key.digest, summary.task, summary.demo_count, summary.test_count)
    task.failures = summary.failures
    if summary.failure is not None:
        task.is_given_up = True
        task.notes.append(f"given up: {_kind(summary.failure.kind)}: {summary.failure.message}")
    if summary.cut_off:
        task.notes.append(f"time or memory ran out for {counted(summary.cut_off, 'program')}: depends on the machine")
    if summary.no_grid:
        task.notes.append(f"{counted(summary.no_grid, 'program')} gave a value that is no grid")
    task.notes += [f"bug in arcbatt: {bug}" for bug in summary.bugs]
    return task


def _kind(kind: FailureKind) -> str:
    return str(kind)


def _task(
    key: TaskKey, table: TaskTable, programs: Sequence[RunProgram], columns: _Columns, listed: int
) -> FoundTask:
    nearness, fuel = table.nearness(), table.fuel()
    columns.add(nearness, fuel, table.seconds, key.demo_count)
    # The few that can be among the best: those of the highest nearness, in which the rank begins.
    least = max((0, 1), min(nlargest(listed, nearness), default=(0, 1)))
    places = [place for place, near in enumerate(nearness) if near >= least]
    places.sort(key=lambda place: rank_of(nearness[place], programs[place].size, fuel[place], programs[place].md5))
    best = max(nearness, default=(0, 0))
    solves_demo = best[0] == key.demo_count
    return FoundTask(
        key, [_on_task(key, table, programs[place].md5, place, nearness[place], fuel[place])
              for place in places[:listed]],
        program_count=len(nearness), solves_demo=solves_demo,
        solves_all=_solves_all(key, table, nearness) if solves_demo else False,
        near=best[1] / (FULL_SHARE * key.demo_count) if nearness else None,
        seconds=sum(table.seconds) if table.seconds else None,
    )  # fmt: skip


def _solves_all(key: TaskKey, table: TaskTable, nearness: Sequence[Nearness]) -> bool | None:
    """Whether a program solves all samples; None where test outputs are unknown."""
    rights = table.test_right()
    solvers = [rights[place] for place, near in enumerate(nearness) if near[0] == key.demo_count]
    return None if None in solvers else key.test_count in solvers


def _on_task(key: TaskKey, table: TaskTable, md5: str, place: int, near: Nearness, fuel: int) -> ProgramOnTask:
    test = [table.verdict(place, sample).is_right for sample in range(key.demo_count, len(table.samples))]
    return ProgramOnTask(
        md5, near[0], near[1] / (FULL_SHARE * key.demo_count), None if None in test else sum(map(bool, test)), fuel,
        table.seconds[place] if table.seconds else None,
    )  # fmt: skip


class _Columns:
    """Sums over the tables of a run for each program by its place: by columns, since there may be very many."""

    def __init__(self, count: int) -> None:
        self.tables = 0
        self.solved, self.right, self.fuel = [0] * count, [0] * count, [0] * count
        self.near = [0.0] * count
        self.seconds: list[float] | None = [0.0] * count

    def add(self, nearness: Sequence[Nearness], fuel: Sequence[int], seconds: Sequence[float], demos: int) -> None:
        """Adds the columns of a table; where one has no seconds, those of all are unknown."""
        whole = FULL_SHARE * demos
        self.tables += 1
        self.right = list(map(add, self.right, [right for right, _ in nearness]))
        self.solved = list(map(add, self.solved, [right == demos for right, _ in nearness]))
        self.near = list(map(max, self.near, [share / whole for _, share in nearness]))
        self.fuel = list(map(add, self.fuel, fuel))
        if not seconds:
            self.seconds = None
        elif self.seconds is not None:
            self.seconds = list(map(add, self.seconds, seconds))

    def sums(self, programs: Sequence[RunProgram]) -> dict[str, Sums]:
        """The sums by MD5; empty where there was no table."""
        if not self.tables:
            return {}
        return {
            program.md5: Sums(
                self.tables, self.solved[place], self.right[place], self.near[place], self.fuel[place],
                None if self.seconds is None else self.seconds[place],
            )
            for place, program in enumerate(programs)
        }  # fmt: skip
