"""What every executor promises: items of work go in, results come out, and nothing that an item does harms the rest."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from arcbatt.engine.outcome import FailureKind

__all__ = ["Executor", "Item", "ItemFailure", "Result"]


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work: ``function(state, *arguments)``, where ``state`` is what the executor was opened with.

    Attributes:
        key: how the caller knows the result again; any hashable, unique within one call of ``run``.
        function: a function of a module, so that a process can find it by name.
        arguments: picklable.
        timeout_s: wall-clock seconds from its start, after which the process that runs it is killed; None for no limit.
        last_resort: run in the function's place once that hung, or died twice: something that does less and is
            safer. None: nothing.
    """

    key: Any
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    timeout_s: float | None = None
    last_resort: Callable[..., Any] | None = None


@dataclass(frozen=True, slots=True)
class ItemFailure:
    """An item that was given up: it hung or its process died, once among others and once more alone.

    Attributes:
        kind: ``timeout`` or ``memory``; ``error`` when the process ended in another way. Depends on the machine.
        message: one line for people.
    """

    kind: FailureKind
    message: str


@dataclass(frozen=True, slots=True)
class Result:
    """The result of an item, and what depends on the machine: who ran it, and when.

    Attributes:
        key: the item's.
        value: what its function returned; None when it failed.
        failure: why it was given up.
        cpu_s: CPU seconds that another thread or process spent on it; 0 when it ran in this one, or failed.
        worker: number of the thread or process that ran it, from 1, in the order in which they are first heard of; the
            same for as long as it lives. What takes the place of one that ended may have its number. 0 when it failed.
        start: when it began, by :func:`time.monotonic`, which all processes of a machine share; 0 when it failed.
        wall_s: elapsed seconds from there to its end; 0 when it failed.
    """

    key: Any
    value: Any
    failure: ItemFailure | None = None
    cpu_s: float = 0.0
    worker: int = 0
    start: float = 0.0
    wall_s: float = 0.0


class Executor(ABC):
    """Runs items; a context manager that leaves no process behind.

    An exception that a function raises is a bug of the caller's and comes out of :meth:`run` as it is.
    """

    jobs: int
    """How many items run at the same time."""

    is_remote: bool = False
    """Whether workers may be on other machines: items had better be whole tasks then, and the heaviest had better come
    first, since the last ones keep many workers waiting."""

    @abstractmethod
    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        """Runs the items and yields one result for each, in the order in which they finish.

        Items are drawn as they are needed. Closing the iterator, or an exception such as KeyboardInterrupt, stops what
        still runs.
        """

    @abstractmethod
    def close(self) -> None:
        """Stops and reaps whatever runs. Idempotent."""

    def __enter__(self) -> Executor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
