"""What the invariants ask of an input and an output together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from arcbatt.search.evidence.invariants.grid_facts import GridFacts
from arcbatt.search.evidence.invariants.panels import panels_of

__all__ = ["PairFacts"]


@dataclass(frozen=True)
class PairFacts:
    """An input and an output, a demo's or a candidate's, and what is known of both together."""

    input: GridFacts
    output: GridFacts

    @cached_property
    def same_shape(self) -> bool:
        """Whether both have the same shape."""
        return self.input.shape == self.output.shape

    @cached_property
    def changed(self) -> int:
        """The cells whose color differs; all of the input's where the shapes differ."""
        if not self.same_shape:
            return self.input.all_cells
        kept = 0
        for color, cells in self.input.masks.items():
            kept |= cells & self.output.masks.get(color, 0)
        return self.input.all_cells ^ kept

    @cached_property
    def changed_from(self) -> frozenset[int]:
        """The colors that changed cells have in the input."""
        return frozenset(color for color, cells in self.input.masks.items() if cells & self.changed)

    @cached_property
    def changed_to(self) -> frozenset[int]:
        """The colors that changed cells have in the output."""
        return frozenset(color for color, cells in self.output.masks.items() if cells & self.changed)

    @cached_property
    def new_colors(self) -> frozenset[int]:
        """The colors that only the output has."""
        return self.output.colors - self.input.colors

    @cached_property
    def lost_colors(self) -> frozenset[int]:
        """The colors that only the input has."""
        return self.input.colors - self.output.colors

    @cached_property
    def filled(self) -> int:
        """The output's cells that are not of the input's background, as cells."""
        return self.output.all_cells ^ self.output.masks.get(self.input.background, 0)

    @cached_property
    def panels(self) -> tuple[GridFacts, ...]:
        """The input cut into equal parts, at full lines or else by the output's shape; none where it is not."""
        return panels_of(self.input, self.output.shape)
