"""What the battery's own programs, those handed in and those of the store, give on a task."""

from __future__ import annotations

from dataclasses import dataclass, replace

from arcbatt.arc import Task
from arcbatt.pipeline import State
from arcbatt.pipeline.evaluate import evaluate_samples
from arcbatt.pipeline.filter import distinct_bodies
from arcbatt.pipeline.score import Candidate, score
from arcbatt.search.solving.lead import Lead, leads_in

__all__ = ["Known", "known_leads"]

_MOST_RIGHT = 64
_MOST_NEAR = 64


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a task before any search.

    Attributes:
        leads: programs right on all demo samples, then the most promising others, at most 64 of each.
        cut_off: number of programs that time or memory ran out for: not 0 means that another machine may know more.
    """

    leads: tuple[Lead, ...]
    cut_off: int


def known_leads(state: State, task: Task, given: int, cautious: bool = False) -> Known:
    """Evaluates the battery on a task without test outputs; each node of its graph is evaluated once a sample.

    Args:
        state: engine and battery.
        task: the task.
        given: number of solvers of the battery that were handed in; those behind them are the store's.
        cautious: light programs only; see :meth:`arcbatt.engine.Scope.run`.
    """
    if not state.battery.solvers:
        return Known((), 0)
    reports = evaluate_samples(state, task, range(len(task.samples)), cautious)
    candidates, cut_off = score(state.battery, task, [report.verdicts for report in reports])
    distinct = distinct_bodies(candidates)
    chosen = [
        *sorted((item for item in distinct if item.solves_demo), key=_lighter)[:_MOST_RIGHT],
        *sorted((item for item in distinct if not item.solves_demo), key=_nearer)[:_MOST_NEAR],
    ]
    programs = [state.battery.program(item.name) for item in chosen]
    leads = leads_in(state.scope(task), task, programs, [item.root for item in chosen])
    sources = ["given" if item.column < given else "store" for item in chosen]
    return Known(tuple(replace(lead, source=source) for lead, source in zip(leads, sources, strict=True)), cut_off)


def _lighter(item: Candidate) -> tuple[int, int]:
    return item.fuel, item.root


def _nearer(item: Candidate) -> tuple[int, int, int]:
    return -item.demo_right, item.fuel, item.root
