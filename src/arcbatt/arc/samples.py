"""Samples, and what a task and its challenge have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

from arcbatt.arc.grid import Grid
from arcbatt.errors import InputError

__all__ = ["Sample", "Samples"]

S = TypeVar("S", bound="Samples")


@dataclass(frozen=True, slots=True)
class Sample:
    """One input grid and, where known, its output grid (None: unknown).

    Example:
        >>> Sample(((1, 2),), ((2, 1),)).output
        ((2, 1),)
        >>> Sample(((1, 2),)).output is None
        True
    """

    input: Grid
    output: Grid | None = None

    def _repr_svg_(self) -> str:
        from arcbatt.arc.pictures import sample_picture
        from arcbatt.drawing.svg import svg_text

        return svg_text(sample_picture(self), "sample")

    def _repr_html_(self) -> str:
        return self._repr_svg_()


@dataclass(frozen=True)
class Samples:
    """Demo samples, whose outputs are known, and test samples, under an id: a task or its challenge.

    The classes below it are frozen dataclasses by inheritance; making each one anew would cost a millisecond at import.

    Attributes:
        id: the name of the task; it decides nothing.
        demo: one demo sample or more, each with its output.
        test: the test samples.

    Raises:
        InputError: there is no demo sample, or one without its output.
    """

    id: str
    demo: tuple[Sample, ...]
    test: tuple[Sample, ...]

    def __post_init__(self) -> None:
        if not self.demo or any(sample.output is None for sample in self.demo):
            raise InputError(f"task {self.id}: expected one demo sample or more, each with its output")

    @cached_property
    def pairs(self) -> tuple[tuple[Grid, Grid], ...]:
        """The (input, output) pairs of the demo samples, in their order: the value of a program's variable ``S``."""
        return tuple((sample.input, sample.output) for sample in self.demo if sample.output is not None)

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """All samples: demo, then test."""
        return self.demo + self.test

    def sample_name(self, index: int) -> str:
        """What people call the sample at a position in :attr:`samples`: ``demo 1``, ..., ``test 1``, ..."""
        count = len(self.demo)
        return f"demo {index + 1}" if index < count else f"test {index - count + 1}"

    @cached_property
    def digest(self) -> str:
        """32 hexadecimal digits that identify the samples, whatever the id and the file that they came from.

        They depend on the inputs and outputs of the demo samples and the inputs of the test samples, in their order,
        and, for a :class:`Task`, on the outputs of its test samples, known or unknown. Computed once.
        """
        from hashlib import sha256

        grids = self._digested()
        header = b"%d %d %d " % (len(self.demo), len(self.test), len(grids))
        return sha256(header + _packed(grids)).hexdigest()[:32]

    def _digested(self) -> list[Grid | None]:
        """The grids that :attr:`digest` depends on."""
        shown = [grid for sample in self.demo for grid in (sample.input, sample.output)]
        return shown + [sample.input for sample in self.test]

    def _repr_svg_(self) -> str:
        from arcbatt.arc.pictures import samples_picture
        from arcbatt.drawing.layout import framed
        from arcbatt.drawing.svg import svg_text

        return svg_text(framed(samples_picture(self)), f"task {self.id}")

    def _repr_html_(self) -> str:
        from arcbatt.arc.pictures import samples_html

        return samples_html(self)

    def __reduce__(self) -> tuple[Callable[..., Samples], tuple[Any, ...]]:
        # Workers get tasks by the thousand: bare grids are quicker than objects, and cached values stay behind.
        grids = tuple([grid for sample in self.samples for grid in (sample.input, sample.output)])
        return _unpickled, (type(self), self.id, len(self.demo), grids)


def _unpickled(kind: type[S], task_id: str, demo_count: int, grids: tuple[Any, ...]) -> S:
    samples = tuple(map(Sample, grids[::2], grids[1::2]))
    return kind(task_id, samples[:demo_count], samples[demo_count:])


def _packed(grids: Sequence[Grid | None]) -> bytes:
    """The grids as bytes: each one's rows and columns, then all cells in order; None has 0 rows and 0 columns.

    Two sequences of the same length give the same bytes only if they are equal.
    """
    shapes = bytes([side for grid in grids for side in ((len(grid), len(grid[0])) if grid is not None else (0, 0))])
    return shapes + b"".join(map(bytes, chain.from_iterable(grid for grid in grids if grid is not None)))
