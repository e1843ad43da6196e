"""A task as a search may see it."""

from __future__ import annotations

from collections.abc import Iterable

from arcbatt.arc.grid import Grid
from arcbatt.arc.samples import Sample, Samples

__all__ = ["Challenge"]


class Challenge(Samples):
    """A task without the outputs of its test samples: what every search gets, so that no search can look at them.

    It is read as a :class:`Task` is; the output of each of its test samples is None. :attr:`Task.challenge` makes one.

    Raises:
        ValueError: a test sample has an output.
        InputError: there is no demo sample, or one without its output.

    Example:
        >>> challenge = Challenge.of("tiny", [(((1, 2),), ((2, 1),))], [((3, 4),)])
        >>> challenge.inputs
        (((3, 4),),)
        >>> challenge.test[0].output is None
        True
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(sample.output is not None for sample in self.test):
            raise ValueError(f"task {self.id}: a challenge has no test outputs; Task.challenge leaves them out")

    @classmethod
    def of(cls, task_id: str, pairs: Iterable[tuple[Grid, Grid]], inputs: Iterable[Grid]) -> Challenge:
        """The challenge of some demo pairs and the inputs of the test samples, in their order."""
        return cls(task_id, tuple(Sample(*pair) for pair in pairs), tuple(map(Sample, inputs)))

    @property
    def inputs(self) -> tuple[Grid, ...]:
        """The inputs of the test samples, in their order."""
        return tuple(sample.input for sample in self.test)
