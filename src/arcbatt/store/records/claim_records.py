"""The record of a driver: a run that works on a series, perhaps beside others."""

from __future__ import annotations

from dataclasses import dataclass

from arcbatt.store.records.checks import check_count

__all__ = ["DriverRecord"]


@dataclass(frozen=True, slots=True)
class DriverRecord:
    """A run that works on a series.

    Attributes:
        run_id: its number; a driver has no other name.
        series: the series that it works on.
        session: the run that was there first of those that were there at one time; 0 for one that has its series to
            itself.
        beat: how often it has said that it lives, 0 or more. No clock: who sees it stand still for long enough, by a
            clock of its own, takes the driver for dead.

    Raises:
        InputError: a field is no number of this kind.
    """

    run_id: int
    series: int
    session: int
    beat: int

    def __post_init__(self) -> None:
        for name in ("run_id", "series", "session", "beat"):
            check_count(getattr(self, name), f"driver: {name}", least=0 if name in ("session", "beat") else 1)
