"""What the battery's own programs, those handed in and those of the store, give on a challenge."""

from __future__ import annotations

from dataclasses import dataclass

from arcbatt.arc import Challenge
from arcbatt.results import FailureGroup, own_failures
from arcbatt.runs.opened_battery import OpenedBattery
from arcbatt.search.ranking.leads import Judged, Lead, judged, outputs_on

__all__ = ["BatteryLeads", "battery_leads"]

_MOST_RIGHT = 64
_MOST_NEAR = 256


@dataclass(frozen=True, slots=True)
class BatteryLeads:
    """What is known of a challenge before any search.

    Attributes:
        leads: programs right on all demo samples, the lightest first, then those that come nearest; at most 64 of
            the former and 256 of the latter.
        cut_off: number of programs that time or memory ran out for: not 0 means that another machine may know more.
        failures: in primitives of the user's own.
    """

    leads: tuple[Lead, ...]
    cut_off: int
    failures: tuple[FailureGroup, ...] = ()


def battery_leads(opened: OpenedBattery, task: Challenge, given: int, cautious: bool = False) -> BatteryLeads:
    """Evaluates the battery on a challenge; each node of its graph is evaluated once a sample.

    Args:
        opened: engine and battery.
        task: the challenge.
        given: number of solvers of the battery that were handed in; those behind them are the store's.
        cautious: light programs only; see :meth:`arcbatt.engine.Scope.run`.
    """
    solvers = opened.battery.solvers
    if not solvers:
        return BatteryLeads((), 0)
    names, roots = list(solvers), list(solvers.values())
    scope = opened.scope(task)
    found = judged(scope, task, roots, cautious)
    chosen = _chosen(found, len(task.demo))
    outputs = outputs_on(scope, task, [roots[column] for column in chosen])
    leads = tuple(
        Lead(opened.battery.program(names[column]), "given" if column < given else "store",
             found.nearness[column], found.tally.fuel[column], grids, found.verdicts(column))
        for column, grids in zip(chosen, outputs, strict=True)
    )  # fmt: skip
    failures = own_failures(((name, found.verdicts(column)) for column, name in enumerate(names)), task.id)
    return BatteryLeads(leads, sum(found.tally.is_cut_off), failures)


def _chosen(found: Judged, demo_count: int) -> list[int]:
    """Columns of the leads, in their order."""
    nearness, tally = found.nearness, found.tally
    columns = range(len(nearness))
    right = [column for column in columns if nearness[column][0] == demo_count]
    near = [column for column in columns if nearness[column][0] < demo_count and tally.gives_grid[column]]
    right.sort(key=lambda column: (tally.fuel[column], column))
    near.sort(key=lambda column: (-nearness[column][0], -nearness[column][1], tally.fuel[column], column))
    return [*right[:_MOST_RIGHT], *near[:_MOST_NEAR]]
