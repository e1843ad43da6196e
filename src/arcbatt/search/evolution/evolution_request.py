"""What an evolution is asked for, and what names it, so that exactly the same one is resumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

from arcbatt.arc import Task, TaskSet
from arcbatt.errors import InputError
from arcbatt.program.program import Program
from arcbatt.runs.fingerprint import Fingerprint, digest_of
from arcbatt.runs.options import RunOptions
from arcbatt.search.evolution.breeding import EvolutionPlan
from arcbatt.store import EvolutionRecord, Store

__all__ = ["EvolutionRequest", "ResumeError", "evolution_to_resume"]


class ResumeError(InputError):
    """There is no evolution with these settings to go on with."""


@dataclass(frozen=True)
class EvolutionRequest:
    """An evolution as it is asked for. When it ends, and with how many workers, is no part of it.

    Attributes:
        tasks: what to work on.
        leave_solved: whether tasks are left once their demo samples are solved.
        tasks_per_generation: how many tasks a generation works on, at least 1.
        plan: seed and settings.
        options: engine, limits, and what the store keeps; where its programs join, they are in the pool too.
        programs: solvers and differs that are handed in.
    """

    tasks: TaskSet
    leave_solved: bool
    tasks_per_generation: int
    plan: EvolutionPlan
    options: RunOptions
    programs: Sequence[Program]

    @cached_property
    def distinct_tasks(self) -> list[Task]:
        """The tasks in their order; where several have the same samples, the first of them."""
        found: dict[str, Task] = {}
        for task in self.tasks.values():
            found.setdefault(task.digest, task)
        return list(found.values())

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """Everything that decides the outcome."""
        settings, mutation = asdict(self.plan.settings), asdict(self.plan.mutation)
        weights = mutation.pop("weights")
        more = {
            "tasks": digest_of(task.digest for task in self.distinct_tasks),
            "leave solved": self.leave_solved,
            "tasks per generation": self.tasks_per_generation,
            "seed": self.plan.seed,
            "members": settings.pop("keep"),
            **{name.replace("_", " "): value for name, value in settings.items()},
            **{f"mutation {name}": value for name, value in sorted({**mutation, **weights}.items())},
        }
        return Fingerprint.of("evolve", self.options, self.programs, more)


def evolution_to_resume(store: Store, fingerprint: Fingerprint) -> EvolutionRecord | None:
    """The newest evolution that was asked for in the same way; None when there is none that has begun.

    Raises:
        ResumeError: no run has these settings, and there are evolutions with others; the message says where the
            newest one differs.
    """
    evolutions = store.evolutions()
    runs = store.runs(fingerprint.key)
    if runs:
        # A run that was killed before its evolution was noted has none: it begins in the same series.
        return next((evolution for evolution in evolutions if evolution.series == runs[-1].series), None)
    if not evolutions:
        return None
    try:
        newest = Fingerprint.of_json(evolutions[-1].settings)
    except InputError:
        raise ResumeError(
            "no evolution with these settings to go on with; the newest one is of another version of arcbatt"
        ) from None
    differences = "; ".join(fingerprint.differences(newest))
    raise ResumeError(f"no evolution with these settings to go on with; the newest one has {differences}")


