"""What every engine promises."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from arcbatt.arc import Grid, Sample
from arcbatt.engine.limits import Limits
from arcbatt.engine.outcome import Outcome
from arcbatt.engine.tally import Verdicts
from arcbatt.engine.verdict import Verdict
from arcbatt.program.graph import Graph

if TYPE_CHECKING:
    from arcbatt.engine.cuda.enumeration.queue import DeviceQueues

__all__ = ["Engine", "Scope", "check_unbound"]

_VARIABLES = ("S", "I", "C")


def check_unbound(names: Iterable[str], bound: Container[str]) -> None:
    """Checks that variables can be bound in a scope that has some bound already.

    Raises:
        ValueError: a variable has another name than ``S``, ``I`` and ``C``, or is bound already.
    """
    for name in names:
        if name in bound or name not in _VARIABLES:
            raise ValueError(f"cannot bind {name!r}: the variables are S, I and C, each bound once")


class Scope(Protocol):
    """A graph under a binding of some of its variables; what was evaluated is kept and shared by inner scopes."""

    def bind(self, **variables: Any) -> Scope:
        """A scope inside this one: ``S`` bound to the demo pairs, ``I`` or ``C`` to a grid."""
        ...

    def run(self, roots: Sequence[int], cautious: bool = False) -> list[Outcome]:
        """One outcome for each root, in order; never raises for what a program does.

        ``cautious`` runs light programs only: those that need more than a thousandth of the fuel fail with
        ``timeout``. It is for a second try after the evaluation took its process down.
        """
        ...

    def judge(self, roots: Sequence[int], expected: Grid | None, cautious: bool = False) -> Verdicts:
        """One verdict for each root, in order: what :meth:`run` returns, compared with a grid (None: unknown)."""
        ...

    def judge_samples(
        self, roots: Sequence[int], samples: Sequence[Sample], cautious: bool = False
    ) -> Sequence[tuple[Verdicts, float]]:
        """For each sample, bound as ``I``, the verdicts on the roots and the seconds that it took.

        The time limit holds for each sample anew.
        """
        ...

    def judge_one(self, root: int, expected: Grid | None) -> tuple[Verdict, Grid | None]:
        """The verdict on one root, and the grid that it gave; None when it gave none of ARC."""
        ...

    def measure(self, roots: Sequence[int]) -> list[int | None]:
        """What each root measures as a differ: the size of its pair ``(size, example)``, None where it has none."""
        ...


class Engine(Protocol):
    """Evaluates graphs. Values, failures and fuel are the python engine's, whichever engine it is."""

    @property
    def name(self) -> str:
        """``python``, ``native`` or ``cuda``."""
        ...

    @property
    def version(self) -> str:
        """The engine's version."""
        ...

    @property
    def is_threaded(self) -> bool:
        """Whether it works without Python's lock and keeps its limits of time and memory itself."""
        ...

    @property
    def limits(self) -> Limits:
        """What each program may spend."""
        ...

    @property
    def searches(self) -> DeviceQueues | None:
        """Devices that work for enumerations; None where there are none."""
        ...

    def open(self, graph: Graph) -> Scope:
        """A scope for a graph, with no variable bound."""
        ...

    def stop(self) -> None:
        """Ends what other threads run, soon, where the engine can; called once nothing is wanted any more."""
        ...
