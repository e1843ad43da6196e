"""The same work done twice, in two ways that share nothing but the meaning of a program, and compared.

Once one program at a time, each in a graph and an engine of its own, in this process; once with the whole battery in
one graph over a pool of workers. Same candidates, same scores, same files, or the first difference is reported.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias, Union

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.engine.guard import calls_users
from arcbatt.execute import Executor, InlineExecutor, Item, Result
from arcbatt.pipeline.evaluate import evaluate_samples, evaluate_samples_unshared
from arcbatt.pipeline.task_phases import TaskRun, run_task
from arcbatt.results.json_form import to_json
from arcbatt.runs.opened_battery import OpenedBattery
from arcbatt.runs.options import RunOptions
from arcbatt.runs.workers import open_battery_workers
from arcbatt.store import RunStart, open_store

__all__ = ["verify_task"]

_Json: TypeAlias = Union[bool, int, float, str, list["_Json"], dict[str, "_Json"], None]  # noqa: UP007 - quoted names


def verify_task(battery: Battery, task: Task, executor: Executor, options: RunOptions) -> str | None:
    """The first difference between both ways of working on a task, in words; None when there is none.

    Args:
        battery: the battery that the executor was opened with.
        task: the task.
        executor: a pool.
        options: as the executor's.
    """
    shared = run_task(battery, task, executor, options)
    if shared.summary.bugs:
        return f"validation: {shared.summary.bugs[0]}"
    with _one_by_one(battery, options) as inner:
        alone = run_task(battery, task, _UnsharedExecutor(inner), options)
    summaries = [json.loads(to_json(result.summary)) for result in (alone, shared)]
    return _difference("summary", *summaries) or _stored_difference(alone, shared)


def _one_by_one(battery: Battery, options: RunOptions) -> Executor:
    """Runs one item at a time: in this process, but in another where a user's primitive may hang or end it."""
    if calls_users(battery.graph):
        return open_battery_workers(battery, replace(options, jobs=1, cluster=None))
    return InlineExecutor(OpenedBattery(battery, options))


class _UnsharedExecutor(Executor):
    """Evaluates a sample's solvers one at a time, each in a graph of its own; the rest is the inner executor's."""

    jobs = 1

    def __init__(self, inner: Executor) -> None:
        self._inner = inner

    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        for item in items:
            # Each solver has the time of a sample to itself, so no limit is known for all of them.
            function = evaluate_samples_unshared if item.function is evaluate_samples else item.function
            yield from self._inner.run([replace(item, function=function, timeout_s=None, last_resort=None)])

    def close(self) -> None:
        self._inner.close()


def _stored_difference(alone: TaskRun, shared: TaskRun) -> str | None:
    """Saves both results into stores of their own and compares the files and the scores."""
    with tempfile.TemporaryDirectory() as folder:
        trees = []
        for name, result in (("alone", alone), ("shared", shared)):
            workspace = Path(folder, name)
            with open_store(workspace, create=True) as store:
                run_id = store.begin_run(RunStart("verify", "verify", (), "verify", "verify", "verify", {}))
                if result.record is not None:
                    store.save_task(run_id, result.record)
                scores = [to_json(replace(score.result, seconds=None)) for score in store.scores()]
                scores += [to_json(score) for score in store.differ_scores()]
            files = {str(p.relative_to(workspace)): p.read_text() for p in sorted(workspace.glob("*_md5/*.py"))}
            trees.append({"scores": scores, "files": files})
    return _difference("store", json.loads(json.dumps(trees[0])), json.loads(json.dumps(trees[1])))


def _difference(where: str, alone: _Json, shared: _Json) -> str | None:
    """The first place where two JSON values differ, with what stands there."""
    if isinstance(alone, dict) and isinstance(shared, dict):
        for key in [*alone, *(key for key in shared if key not in alone)]:
            if key not in alone or key not in shared:
                return f"{where}.{key}: only {'alone' if key in alone else 'in the battery'}"
            if (found := _difference(f"{where}.{key}", alone[key], shared[key])) is not None:
                return found
        return None
    if isinstance(alone, list) and isinstance(shared, list) and len(alone) == len(shared):
        pairs = enumerate(zip(alone, shared, strict=True))
        return next((d for i, (a, b) in pairs if (d := _difference(f"{where}[{i}]", a, b)) is not None), None)
    return None if alone == shared else f"{where}: alone {alone!r:.200}, in the battery {shared!r:.200}"
