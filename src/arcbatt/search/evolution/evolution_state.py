"""How an evolution stands, as the store keeps it beside the populations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from arcbatt.errors import InputError, StoreError
from arcbatt.results import Nearness
from arcbatt.results.json_form import from_json

__all__ = ["EvolutionState", "Populations", "read_state"]

Populations: TypeAlias = Mapping[str, tuple[str, ...]]
"""Canonical texts of a task's members, best first, by the digest of its samples."""


@dataclass(frozen=True, slots=True)
class EvolutionState:
    """How an evolution stands after a step that was saved: a generation, or a part of generation 0.

    With the populations it is all that the next step depends on, so an evolution that was killed goes on as if it
    had not been. Tasks are named by the digest of their samples.

    Attributes:
        steps: how many were saved.
        generation: number of the last whole generation; -1 before generation 0 is whole.
        parts: parts of generation 0 that were saved.
        programs: distinct programs evaluated so far: in each generation and on each task anew.
        progress: number of the last generation in which some task's best member came nearer.
        nearness: of the best member of each task.
        solved: number of the generation in which a program first solved all demo samples, by task.

    Raises:
        ValueError: a number is out of range.
    """

    steps: int = 0
    generation: int = -1
    parts: int = 0
    programs: int = 0
    progress: int = 0
    nearness: Mapping[str, Nearness] = field(default_factory=dict)
    solved: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if min(self.steps, self.generation + 1, self.parts, self.programs, self.progress) < 0:
            raise ValueError("expected counts of 0 or more")
        if self.steps != self.parts + max(0, self.generation):
            raise ValueError(f"{self.steps} steps, but generation {self.generation} after {self.parts} parts")


def read_state(text: str) -> EvolutionState:
    """The state that was stored as JSON text; an evolution that saved no step has a new one.

    Raises:
        StoreError: the text is none.
    """
    try:
        return from_json(EvolutionState, text, "state")
    except InputError as error:
        raise StoreError(f"the state of the evolution is damaged ({error}): begin a new one") from None
