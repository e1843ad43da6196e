"""A battery opened in an engine: what a worker has, with all that is evaluated once kept ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from arcbatt.arc import Challenge, Sample, Task
from arcbatt.battery.battery import Battery
from arcbatt.dsl.user import load_primitives
from arcbatt.engine import Scope, select_engine
from arcbatt.engine.gathering import Gathering
from arcbatt.engine.tally import Verdicts
from arcbatt.program.flat_graph import FlatGraph
from arcbatt.runs.options import RunOptions
from arcbatt.runs.pieces import is_big, pieces_of

__all__ = ["OpenedBattery", "battery_opener"]

B = TypeVar("B", bound="OpenedBattery")


class OpenedBattery:
    """An engine with a battery opened in it: the whole graph, or of a big one a piece at a time.

    Args:
        battery: the battery; not changed while it is in use.
        options: names the engine and its limits.
    """

    def __init__(self, battery: Battery, options: RunOptions) -> None:
        self.battery = battery
        self.options = options
        self.engine = select_engine(options.engine, options.limits)
        self._is_big = is_big(battery, options)
        self._scope: Scope | None = None if self._is_big else self.engine.open(battery.graph)
        self._task: tuple[Task | Challenge, Scope] | None = None
        self._of_differs: tuple[Scope, list[int]] | None = None

    def scope(self, task: Task | Challenge) -> Scope:
        """The battery's scope with ``S`` bound to the task's demo pairs; kept until another task is asked for.

        A big battery is opened whole for that, the first time.
        """
        if self._task is None or self._task[0] != task:
            if self._scope is None:
                self._scope = self.engine.open(self.battery.graph)
            self._task = (task, self._scope.bind(S=task.pairs))
        return self._task[1]

    def judge_samples(
        self, task: Task, samples: Sequence[Sample], cautious: bool = False
    ) -> list[tuple[Verdicts, float]]:
        """For each sample of a task the verdicts on all solvers, in order, and the seconds that it took.

        The same with any size of pieces, but for what depends on the machine: the time limit of a sample holds for each
        piece anew, so that a battery is not cut off for being big.

        Args:
            task: the task.
            samples: some of its samples.
            cautious: see :meth:`arcbatt.engine.Scope.run`.
        """
        if not self._is_big:
            return list(self.scope(task).judge_samples(list(self.battery.solvers.values()), samples, cautious))
        gathered = [Gathering(self.battery.graph, len(self.battery.solvers)) for _ in samples]
        seconds = [0.0] * len(samples)
        for piece in pieces_of(self.battery, self.options):
            scope = self.engine.open(piece.graph.graph()).bind(S=task.pairs)
            roots = piece.graph.roots.tolist()
            for number, sample in enumerate(samples):
                # One at a time, so that the values of one sample are gone before those of the next come.
                ((verdicts, took_s),) = scope.judge_samples(roots, [sample], cautious)
                gathered[number].add(verdicts, piece.places, piece.graph.nodes)
                seconds[number] += took_s
        return [(all_of.verdicts(), took_s) for all_of, took_s in zip(gathered, seconds, strict=True)]

    def differ_scope(self, task: Task | Challenge) -> tuple[Scope, list[int]]:
        """A scope with ``S`` bound to the task's demo pairs, and the roots of the battery's differs in it."""
        roots = [differ.root for differ in self.battery.differs.values()]
        if not self._is_big:
            return self.scope(task), roots
        if self._of_differs is None:
            part = FlatGraph(self.battery.graph, roots)
            self._of_differs = self.engine.open(part.graph()), part.roots.tolist()
        whole, roots = self._of_differs
        return whole.bind(S=task.pairs), roots

    def stop(self) -> None:
        """Ends soon what runs with it in another thread; see :meth:`arcbatt.engine.Engine.stop`."""
        self.engine.stop()


def battery_opener(kind: type[B], battery: Battery) -> Callable[[RunOptions], Callable[[], B]]:
    """What opens a battery in a worker, for :func:`arcbatt.runs.workers.open_workers`.

    Args:
        kind: :class:`OpenedBattery`, or a class that has more in it.
        battery: the battery.
    """
    return partial(_opener, kind, battery)


def _opener(kind: type[B], battery: Battery, options: RunOptions) -> Callable[[], B]:
    return partial(_open, kind, battery, options)


def _open(kind: type[B], battery: Battery, options: RunOptions) -> B:
    for path in options.primitive_files:
        load_primitives(path)
    return kind(battery, options)
