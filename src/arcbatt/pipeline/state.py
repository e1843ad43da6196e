"""What a process needs to work on tasks: an engine and the battery, with all that is evaluated once kept ready."""

from __future__ import annotations

from functools import partial

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.dsl.user import load_primitives
from arcbatt.engine import Scope, select_engine
from arcbatt.pipeline.settings import Settings

__all__ = ["State", "state_maker"]


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


def state_maker(battery: Battery, settings: Settings) -> partial[State]:
    """A picklable function that makes the state in another process."""
    return partial(_make_state, battery, settings)


def _make_state(battery: Battery, settings: Settings) -> State:
    for path in settings.primitive_files:
        load_primitives(path)
    return State(battery, settings)
