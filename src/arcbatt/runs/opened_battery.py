"""A battery opened in an engine: what a worker has, with all that is evaluated once kept ready."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from arcbatt.arc import Challenge, Task
from arcbatt.battery.battery import Battery
from arcbatt.dsl.user import load_primitives
from arcbatt.engine import Scope, select_engine
from arcbatt.runs.options import RunOptions

__all__ = ["OpenedBattery", "battery_opener"]

B = TypeVar("B", bound="OpenedBattery")


class OpenedBattery:
    """An engine with a battery opened in it.

    Args:
        battery: the battery; not changed while it is in use.
        options: names the engine and its limits.
    """

    def __init__(self, battery: Battery, options: RunOptions) -> None:
        self.battery = battery
        self.options = options
        self.engine = select_engine(options.engine, options.limits)
        self._scope = self.engine.open(battery.graph)
        self._task: tuple[Task | Challenge, Scope] | None = None

    def scope(self, task: Task | Challenge) -> Scope:
        """The battery's scope with ``S`` bound to the task's demo pairs; kept until another task is asked for."""
        if self._task is None or self._task[0] != task:
            self._task = (task, self._scope.bind(S=task.pairs))
        return self._task[1]

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
