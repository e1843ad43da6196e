"""The list of all invariants. A new one goes into the module of its theme; its name never changes."""

from __future__ import annotations

from arcbatt.search.evidence.invariants.cells import CELLS
from arcbatt.search.evidence.invariants.changes import CHANGES
from arcbatt.search.evidence.invariants.colors import PALETTES
from arcbatt.search.evidence.invariants.containment import CONTAINMENT
from arcbatt.search.evidence.invariants.counts import COUNTED
from arcbatt.search.evidence.invariants.dependencies import DEPENDENCIES
from arcbatt.search.evidence.invariants.invariant import Invariant
from arcbatt.search.evidence.invariants.objects import OBJECTS
from arcbatt.search.evidence.invariants.roles import ROLES
from arcbatt.search.evidence.invariants.samples import AMONG_SAMPLES
from arcbatt.search.evidence.invariants.shapes import SHAPES
from arcbatt.search.evidence.invariants.symmetries import REGULAR
from arcbatt.search.evidence.invariants.vocabulary import KNOWN_PARTS

__all__ = ["ALL", "invariant_names"]

ALL: tuple[Invariant, ...] = (
    *SHAPES, *PALETTES, *CELLS, *CHANGES, *COUNTED, *OBJECTS, *CONTAINMENT, *REGULAR, *DEPENDENCIES,
    *KNOWN_PARTS, *ROLES, *AMONG_SAMPLES,
)  # fmt: skip
"""Every invariant, by theme; the order in which those that hold are told."""


def invariant_names() -> tuple[str, ...]:
    """The names of all invariants, in the order in which they are told: the keys that a file of weights may have."""
    return tuple([invariant.name for invariant in ALL])
