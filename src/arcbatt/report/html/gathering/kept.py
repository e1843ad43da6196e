"""What a workspace keeps, whatever runs it is from: the scores of its programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from arcbatt.report.html.gathering.found import Found, FoundTask, KnownProgram, Sums, result_on_task
from arcbatt.results import FailureGroup, ProgramResult, TaskKey, merged_groups
from arcbatt.store import ProgramRecord, Store

__all__ = ["found_in_workspace", "known_programs", "scored_task"]


def found_in_workspace(store: Store, listed: int) -> Found:
    """The tasks that some program has a score on.

    Args:
        store: open.
        listed: most programs of a task.
    """
    sums: dict[str, Sums] = {}
    tasks = []
    for key, scores in groupby(store.scores(), lambda score: score.task):
        results = [score.result for score in scores]
        tasks.append(scored_task(key, results, listed))
        for result in results:
            sums.setdefault(result.md5, Sums()).add(result_on_task(result), key.demo_count)
    return Found(tasks, known_programs(store.programs("solver")), sums)


def known_programs(records: Iterable[ProgramRecord]) -> dict[str, KnownProgram]:
    """Stored programs by MD5."""
    return {item.md5: KnownProgram(item.md5, item.name, item.size, item.text) for item in records}


def scored_task(key: TaskKey, results: Sequence[ProgramResult], listed: int) -> FoundTask:
    """A task with results, best first, of which so many are listed."""
    solving = [result.test_right for result in results if result.solves_demo]
    return FoundTask(
        key, [result_on_task(result) for result in results[:listed]],
        program_count=len(results), solves_demo=bool(solving),
        solves_all=None if None in solving else key.test_count in solving,
        near=max((result.near for result in results), default=None),
        failures=_failures(key, results),
    )  # fmt: skip


def _failures(key: TaskKey, results: Iterable[ProgramResult]) -> tuple[FailureGroup, ...]:
    groups = []
    for result in results:
        for place, verdict in enumerate(result.verdicts):
            if verdict.failure is not None:
                failure = verdict.failure
                groups.append(FailureGroup(
                    failure.kind, failure.call, 1, result.name, key.id, place, failure.step, failure.message
                ))  # fmt: skip
                break
    return merged_groups(groups)
