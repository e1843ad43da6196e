"""What ``arcbatt evolve --json`` writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import arcbatt
from arcbatt.results import Nearness

if TYPE_CHECKING:
    from arcbatt.results import TaskKey
    from arcbatt.search.evolution.evolution_request import EvolutionRequest
    from arcbatt.search.evolution.evolve import EvolutionReport
    from arcbatt.store import Store

__all__ = ["EvolveResults", "SolvedByEvolution", "evolve_results"]


@dataclass(frozen=True, slots=True)
class SolvedByEvolution:
    """A task whose demo samples are solved.

    Attributes:
        task: its id.
        generation: in which a program first solved them.
        test: whether one of the stored solvers that solve them is right on the test too; None where a test output is
            unknown.
    """

    task: str
    generation: int
    test: bool | None


@dataclass(frozen=True, slots=True)
class EvolveResults:
    """The results; the same bytes for the same work. Tasks are named by their ids.

    Attributes:
        arcbatt: version.
        set: name of the task set.
        revision: of the task set.
        seed: of the evolution.
        reason: why it ended.
        series: its number in the store.
        generations: whole generations.
        programs: distinct programs evaluated: in each generation and on each task anew.
        tasks: number of tasks with different samples.
        evaluated: tasks that generation 0 is done with.
        solved: tasks whose demo samples are solved.
        nearness: of the best program of each task: demo samples solved, sum of the shares of right cells in 1/10,000.
        bugs: outcomes that a program did not reproduce alone.
    """

    arcbatt: str
    set: str
    revision: str
    seed: int
    reason: str
    series: int
    generations: int
    programs: int
    tasks: int
    evaluated: int
    solved: tuple[SolvedByEvolution, ...]
    nearness: Mapping[str, Nearness]
    bugs: tuple[str, ...]


def evolve_results(request: EvolutionRequest, report: EvolutionReport, store: Store) -> EvolveResults:
    """The results of an evolution."""
    state = report.state
    return EvolveResults(
        arcbatt=arcbatt.__version__,
        set=request.tasks.name,
        revision=request.tasks.revision,
        seed=request.plan.seed,
        reason=str(report.reason),
        series=report.series,
        generations=state.generation + 1,
        programs=state.programs,
        tasks=len(report.tasks),
        evaluated=len(state.nearness),
        solved=tuple(
            SolvedByEvolution(task.id, state.solved[task.digest], _is_right_on_test(store, request, task))
            for task in report.tasks if task.digest in state.solved
        ),
        nearness={task.id: state.nearness[task.digest] for task in report.tasks if task.digest in state.nearness},
        bugs=report.bugs,
    )  # fmt: skip


def _is_right_on_test(store: Store, request: EvolutionRequest, task: TaskKey) -> bool | None:
    if any(sample.output is None for sample in request.tasks[task.id].test):
        return None
    return any(score.result.solves_all for score in store.scores(task.digest))
