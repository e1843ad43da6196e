"""What every store promises to several drivers: runs that work on the tasks of one series at the same time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from arcbatt.errors import ArcbattError

if TYPE_CHECKING:
    from arcbatt.store.records.claim_records import DriverRecord

__all__ = ["Claims", "LostClaimError"]


class LostClaimError(ArcbattError):
    """A task that a driver wants to save was claimed, or done, by another one meanwhile: nothing was stored."""


class Claims(ABC):
    """Who does which task of a series.

    A *driver* is a run that has joined its series. Drivers that are there at one time make a *session*: what they find
    out is one result, whoever of them did which task. A driver claims tasks before it does them; a claim is given to
    one driver alone. It says again and again that it lives; one that does not for long enough is dropped by another,
    and its tasks are free again. One that was dropped and lives after all is there again with its next beat, and what
    it saves of a task that was not its own any more is refused, see :meth:`arcbatt.store.Store.save_task`.

    No clock enters: machines' clocks differ and may be set back. Each method is one transaction. Each raises
    :class:`~arcbatt.errors.StoreError`, and :class:`~arcbatt.errors.InputError` for a run that does not exist or has
    not joined.

    While drivers share a series, solvers without a score left stay in the store, so that one that comes later finds
    the programs that the others began with; they go when the last driver leaves.
    """

    @abstractmethod
    def join(self, run_id: int, *, alone: bool = False) -> int:
        """Makes a run a driver of its series; returns its session.

        Args:
            run_id: the run, which has not joined yet.
            alone: it has the series to itself: its session is 0, and it claims no tasks. Where another driver is there
                it is refused.
        """

    @abstractmethod
    def beat(self, run_id: int) -> None:
        """Says that a driver lives; where it was dropped, it is there again."""

    @abstractmethod
    def drivers(self, series: int | None = None) -> list[DriverRecord]:
        """The drivers that are there, of a series or all, sorted by run; some may be dead and not dropped yet."""

    @abstractmethod
    def drop(self, driver: DriverRecord) -> bool:
        """Takes a driver for dead, unless its beat has moved on since; returns whether it was dropped now.

        Its claims on tasks that are not done go, and its run counts as interrupted, until it beats again.
        """

    @abstractmethod
    def leave(self, run_id: int) -> None:
        """Ends a run's being a driver; its claims on tasks that are not done go. Harmless for one that has left."""

    @abstractmethod
    def claim(self, run_id: int, digests: Sequence[str], most: int) -> list[str]:
        """Claims tasks that no driver of the session has claimed or done.

        Args:
            run_id: the driver.
            digests: of the tasks in question, each once.
            most: how many to claim at most, from the first.

        Returns:
            those that are claimed now, in their order: when they are fewer than ``most``, all others are taken, else
            all others before the last of them.
        """

    @abstractmethod
    def give_up(self, run_id: int, digest: str, summary: str) -> None:
        """Notes that a driver's work on a task failed, so that nobody of the session tries again.

        Args:
            run_id: the driver.
            digest: of a task; where another driver has the claim meanwhile, nothing is noted.
            summary: JSON text for the others' reports.
        """

    @abstractmethod
    def settled(self, run_id: int) -> dict[str, int]:
        """The tasks that the driver's session has done or given up, by digest, with the run that did; sorted."""

    @abstractmethod
    def summaries(self, run_id: int) -> dict[str, str]:
        """The summaries (JSON text) of the tasks that the driver's session has done or given up, sorted by digest."""

    @abstractmethod
    def summaries_before(self, run_id: int) -> dict[str, str]:
        """The summaries of the tasks that runs of the series did which are not of the driver's session, by digest."""
