"""The summary of a task: the same bytes for the same task, battery and settings, however they were run.

It is what ``arcbatt run --json`` prints for a task and what ``--resume`` gives back for one that is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.execute import ItemFailure
from arcbatt.pipeline.differs import DifferReport
from arcbatt.pipeline.inline import Inlined
from arcbatt.pipeline.score import Candidate
from arcbatt.pipeline.validate import Validation

__all__ = ["Found", "failed_summary", "is_final", "summarize"]


@dataclass(frozen=True, slots=True)
class Found:
    """What the phases found out about a task.

    Attributes:
        candidates: number of candidates before the filter.
        distinct: those with a body of their own, in the battery's order.
        outcome_classes: how many of them differ in what they give.
        cut_off: number of solvers that time or memory ran out for on some sample.
        kept: the kept ones, best first, with their validation.
        differs: what the differs say of them.
        bugs: outcomes that were not reproduced, a line each.
    """

    candidates: int
    distinct: Sequence[Candidate]
    outcome_classes: int
    cut_off: int
    kept: Sequence[tuple[Inlined, Validation]]
    differs: DifferReport
    bugs: Sequence[str]


def summarize(battery: Battery, task: Task, found: Found) -> dict[str, Any]:
    """The summary of a task that went through all phases.

    Keys: ``task``, ``status`` (``done``), ``demo_count``, ``test_count``, ``solvers`` and ``differs`` in the battery,
    ``candidates`` (solvers that give a grid on a demo sample), ``filtered`` (those with a body of their own),
    ``outcome_classes`` (those that differ in what they give), ``cut_off`` (solvers that time or memory ran out for:
    where it is not 0 the result depends on the machine, and ``--resume`` does the task again), ``solve_demo`` and
    ``solve_all`` (how many of the filtered solve all demo samples, all samples; the latter null when a test output is
    unknown), ``best`` (the first of ``kept``, null when there is none), ``kept`` (best first, see below), ``bugs``.

    A kept solver has ``name``, ``names`` (all that this body has in the battery), ``md5``, ``size``, ``demo_right``,
    ``test_right`` (null when unknown), ``fuel``, ``failures`` by kind, and ``distances``: for each differ by name the
    sum of what it measures between the solver's grids and the outputs of the demo samples, null when it has no value.
    """
    known = all(sample.output is not None for sample in task.test)
    kept = [_kept(battery, item, found.differs) for item, _ in found.kept]
    return {
        **_head(battery, task, "done"),
        "candidates": found.candidates,
        "filtered": len(found.distinct),
        "outcome_classes": found.outcome_classes,
        "cut_off": found.cut_off,
        "solve_demo": sum(candidate.solves_demo for candidate in found.distinct),
        "solve_all": sum(candidate.solves_all for candidate in found.distinct) if known else None,
        "best": kept[0] if kept else None,
        "kept": kept,
        "bugs": list(found.bugs),
    }


def failed_summary(task: Task, battery: Battery, failure: ItemFailure) -> dict[str, Any]:
    """The summary of a task whose work hung or died twice: ``status`` is ``failed``, ``failure`` tells why."""
    return {**_head(battery, task, "failed"), "failure": {"kind": str(failure.kind), "message": failure.message}}


def is_final(summary: dict[str, Any]) -> bool:
    """Whether a summary that was stored tells of a task that need not be done again.

    One that is not whole, since a store may come from a stranger, and one of a task on which time or memory ran out
    are not final.
    """
    kinds = {"task": str, "candidates": int, "filtered": int, "cut_off": int, "solve_demo": int, "kept": list,
             "demo_count": int, "test_count": int}  # fmt: skip
    is_whole = all(type(summary.get(key)) is kind for key, kind in kinds.items())
    is_known = isinstance(summary.get("solve_all", ""), int | None) and isinstance(summary.get("best", ""), dict | None)
    return is_whole and is_known and summary.get("status") == "done" and summary["cut_off"] == 0


def _head(battery: Battery, task: Task, status: str) -> dict[str, Any]:
    return {
        "task": task.id,
        "status": status,
        "demo_count": len(task.demo),
        "test_count": len(task.test),
        "solvers": len(battery.solvers),
        "differs": len(battery.differs),
    }


def _kept(battery: Battery, item: Inlined, differs: DifferReport) -> dict[str, Any]:
    candidate, program = item.candidate, item.program
    return {
        "name": candidate.name,
        "names": list(battery.names[candidate.name]),
        "md5": program.md5,
        "size": program.size,
        "demo_right": candidate.demo_right,
        "test_right": candidate.test_right,
        "fuel": candidate.fuel,
        "failures": candidate.failures,
        "distances": dict(zip(battery.differs, differs.distances[program.md5], strict=True)),
    }
