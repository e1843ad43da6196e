"""What an evolution is asked for, and what names it, so that exactly the same one is resumed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import arcbatt
from arcbatt.arc import TaskSet
from arcbatt.errors import InputError
from arcbatt.program.program import Program
from arcbatt.search.evolution.work import Plan
from arcbatt.store import EvolutionRecord, Store

__all__ = ["Request", "evolution_to_resume"]


_DIGESTS = ("tasks", "programs", "primitives")
"""Settings that are kept as digests, which tell a reader nothing."""


@dataclass(frozen=True, slots=True)
class Request:
    """An evolution as it is asked for. When it ends, and with how many workers, is no part of it.

    Attributes:
        tasks: what to work on.
        leave_solved: whether tasks are left once their demo samples are solved.
        tasks_per_generation: how many tasks a generation works on, at least 1.
        plan: seed, settings, engine and limits.
        programs: solvers and differs that are handed in.
        joins_store: whether the programs of the store at the beginning are in the pool too.
    """

    tasks: TaskSet
    leave_solved: bool
    tasks_per_generation: int
    plan: Plan
    programs: Sequence[Program]
    joins_store: bool

    def settings(self) -> dict[str, Any]:
        """Everything that decides the outcome, as JSON data. The engine does not: results depend on none."""
        plan = self.plan
        return {
            "version": arcbatt.__version__,
            "data": self.tasks.revision,
            "tasks": hashlib.sha256("\n".join(self.tasks.ids).encode()).hexdigest()[:16],
            "leave solved": self.leave_solved,
            "tasks per generation": self.tasks_per_generation,
            "seed": plan.seed,
            "evolution": plan.settings.to_json(),
            "mutation": _plain(asdict(plan.mutation)),
            "fuel": plan.run.limits.fuel,
            "min score": plan.run.min_score,
            "programs": _digest(sorted((program.kind, program.md5) for program in self.programs)),
            "store": self.joins_store,
            "primitives": _digest([_digest_of_file(path) for path in plan.run.primitive_files]),
        }

    def key(self) -> str:
        """Names the settings."""
        return "evolve " + _digest(self.settings())


def evolution_to_resume(store: Store, request: Request) -> EvolutionRecord | None:
    """The newest evolution that was asked for in the same way; None where one is to begin.

    That is so when the store has no evolution at all, or a run that was ended before its evolution was noted.

    Raises:
        InputError: it has some, but none with these settings; the message says where the newest one differs.
    """
    evolutions = store.evolutions()
    key = request.key()
    same = [evolution for evolution in evolutions if evolution.key == key]
    if same:
        return same[-1]
    if not evolutions or store.runs(key):  # begun so, and killed before the evolution was noted: it begins again
        return None
    told = _told(evolutions[-1].settings, request.settings())
    raise InputError(f"--resume: no evolution with these settings to go on with; {told}")


def _told(there: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    """The settings in which the newest evolution differs."""
    differing = []
    for name, value in asked.items():
        other = there.get(name)
        if other != value:
            if name in _DIGESTS:
                differing.append(f"other {name}")
            elif isinstance(value, dict) and isinstance(other, dict):
                inner = [f"{key} {other.get(key)} (now {value[key]})" for key in value if other.get(key) != value[key]]
                differing.append(f"{name}: {', '.join(inner)}")
            else:
                differing.append(f"{name} {other} (now {value})")
    return f"the newest one has {'; '.join(differing)}. Without --resume a new one begins"


def _plain(value: Any) -> Any:
    """JSON data of equal meaning, as the store gives it back."""
    return json.loads(json.dumps(value, sort_keys=True, default=str))


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]


def _digest_of_file(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()
