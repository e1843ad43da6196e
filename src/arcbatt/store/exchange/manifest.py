"""A store as a manifest: names, scores and lineage, which program files alone do not hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from arcbatt.results.task_key import TaskKey
from arcbatt.store.base import Store
from arcbatt.store.exchange.manifest_lines import ProgramLine, ScoreLine, TaskLine, header, written
from arcbatt.store.records.task_records import ProgramRecord

__all__ = ["ManifestCount", "keys_of", "manifest_of"]


@dataclass(slots=True)
class ManifestCount:
    """Lines of a manifest by what they are, counted as they are written."""

    tasks: int = 0
    scores: int = 0
    differ_scores: int = 0
    lineage: int = 0


def manifest_of(store: Store, programs: Collection[ProgramRecord], count: ManifestCount) -> Iterator[str]:
    """The lines of the manifest of a store; see :mod:`arcbatt.store.exchange.manifest_lines`.

    Args:
        store: the store.
        programs: its programs, sorted by md5. Scores of others, which were added meanwhile, are left out.
        count: is counted up.
    """
    yield header()
    for program in programs:
        names = tuple(store.names(program.md5)) or (program.name,)
        line = ProgramLine(program.md5, program.kind, program.direction, program.size, names)
        yield written("program", line)
    tasks = _tasks(store)
    for task in tasks.values():
        count.tasks += 1
        yield written("task", task)
    known = {program.md5 for program in programs}
    yield from _scores(store, list(tasks), known, count)
    for lineage in store.lineage():
        count.lineage += 1
        yield written("lineage", lineage)


def _tasks(store: Store) -> dict[str, TaskLine]:
    """The tasks by digest, sorted by first id, digest."""
    found = {}
    for key in store.tasks():
        ids = tuple(store.task_ids(key.digest))
        found[key.digest] = TaskLine(key.digest, ids, key.demo_count, key.test_count)
    return found


def _scores(store: Store, digests: list[str], known: set[str], count: ManifestCount) -> Iterator[str]:
    for digest in digests:
        for score in store.scores(digest):
            if score.result.md5 in known:
                count.scores += 1
                yield written("score", ScoreLine(digest, score.result))
    for differ_score in store.differ_scores():
        if {differ_score.solver_md5, differ_score.differ_md5} <= known:
            count.differ_scores += 1
            yield written("differ_score", differ_score)


def keys_of(line: TaskLine) -> list[TaskKey]:
    """The keys of a task under all its ids, the first one first.

    Raises:
        InputError: it has no id, or a field is out of bounds.
    """
    return [TaskKey(line.digest, task_id, line.demo_count, line.test_count) for task_id in line.ids]
