"""The settings of the evolution of one task."""

from __future__ import annotations

from dataclasses import dataclass

from arcbatt.errors import InputError

__all__ = ["EvolutionSettings"]


@dataclass(frozen=True, slots=True)
class EvolutionSettings:
    """Settings of the evolution of one task; with seed, task and programs they decide everything.

    Attributes:
        keep: most members of a task's population, 1 to 1,000.
        same_outcomes: most members that give the same on all samples, at least 1.
        family: most members of one family of near-copies, at least 1; see :mod:`.families`.
        likeness: from which share of common primitives on two programs are near-copies, above 0 to 1.
        rounds: rounds of breeding in a generation, at least 1.
        children: children bred in a round, at least 1.
        donors: programs of the pool whose nodes children may take in, drawn anew for each generation, at least 0.
        migration: share of the children whose parent is a donor, 0 to 1.
        composition: share of the children that apply one whole program to what another gives, 0 to 1.

    Raises:
        InputError: a value is outside of these bounds.
    """

    keep: int = 32
    same_outcomes: int = 2
    family: int = 8
    likeness: float = 0.75
    rounds: int = 4
    children: int = 64
    donors: int = 24
    migration: float = 0.2
    composition: float = 0.1

    def __post_init__(self) -> None:
        for name, least, most in (
            ("keep", 1, 1_000), ("same_outcomes", 1, 1_000), ("family", 1, 1_000), ("likeness", 1e-9, 1),
            ("rounds", 1, 1_000), ("children", 1, 100_000), ("donors", 0, 100_000), ("migration", 0, 1),
            ("composition", 0, 1),
        ):  # fmt: skip
            value = getattr(self, name)
            if not least <= value <= most:
                raise InputError(f"evolution: expected {name} from {least:g} to {most:g}, got {value!r}")
