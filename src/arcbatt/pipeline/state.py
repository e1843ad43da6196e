"""What a process needs to work on tasks: an engine and the battery, with all that is evaluated once kept ready."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.dsl.user import load_primitives
from arcbatt.engine import Scope, select_engine
from arcbatt.pipeline.settings import Settings

__all__ = ["State", "state_maker"]

S = TypeVar("S", bound="State")


class State:
    """An engine with a battery opened in it.

    Args:
        battery: the battery; not changed while the state is in use.
        settings: names the engine and its limits.
    """

    def __init__(self, battery: Battery, settings: Settings) -> None:
        self.battery = battery
        self.settings = settings
        self.engine = select_engine(settings.engine, settings.limits)
        self._scope = self.engine.open(battery.graph)
        self._task: tuple[Task, Scope] | None = None

    def scope(self, task: Task) -> Scope:
        """The battery's scope with ``S`` bound to the task's demo pairs; kept until another task is asked for."""
        if self._task is None or self._task[0] != task:
            self._task = (task, self._scope.bind(S=task.pairs))
        return self._task[1]

    def stop(self) -> None:
        """Ends soon what runs with it in another thread; see :meth:`arcbatt.engine.Engine.stop`."""
        self.engine.stop()


def state_maker(kind: type[S], battery: Battery, settings: Settings) -> partial[S]:
    """A picklable function that makes the state in another process.

    Args:
        kind: :class:`State`, or a class of states that has more in it.
        battery: see :class:`State`.
        settings: see :class:`State`.
    """
    return partial(_make_state, kind, battery, settings)


def _make_state(kind: type[S], battery: Battery, settings: Settings) -> S:
    for path in settings.primitive_files:
        load_primitives(path)
    return kind(battery, settings)
