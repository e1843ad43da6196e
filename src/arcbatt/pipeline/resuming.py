"""Which run a new one goes on with, and the battery that it had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arcbatt.battery.battery import Battery
from arcbatt.program.parse import collect_programs
from arcbatt.results.task_table import RunProgram
from arcbatt.runs.fingerprint import Fingerprint, digest_of
from arcbatt.runs.options import RunOptions
from arcbatt.store import Store

__all__ = ["battery_to_resume", "run_fingerprint"]

_COMMAND = "run"
_LOOKED_AT = 10
"""Newest kinds of runs that one which goes on may be of."""


def run_fingerprint(battery: Battery, options: RunOptions) -> Fingerprint:
    """What names a run of a battery: its programs in their order, and the options that decide results."""
    # The tables of a run name its programs by their place, so a run that goes on has them in the same order.
    order = digest_of(program.md5 for program in battery.programs())
    return Fingerprint.of(_COMMAND, options, battery.programs(), {"order": order})


def battery_to_resume(battery: Battery, options: RunOptions, store: Store) -> Battery:
    """The battery of the run that ``resume`` goes on with: this one, or it with solvers that are gone from the store.

    A run removes stored solvers whose last score better ones push out, perhaps some of its own battery. What a store
    got since, the run did not have: then there is nothing to go on with.

    Args:
        battery: made of what was handed in and of what the store has now.
        options: of the run.
        store: open.
    """
    if not options.resume or not options.joins_store:
        return battery
    there = {battery.program(name).md5: name for name in battery.solvers}
    own_key = run_fingerprint(battery, options).key
    newest = {run.key: run for run in store.runs() if run.command == _COMMAND}
    for run in sorted(newest.values(), key=lambda run: -run.id)[:_LOOKED_AT]:
        if run.key == own_key:
            return battery
        recorded = store.run_programs(run.id)
        if there.keys() < {program.md5 for program in recorded}:
            whole = _with_gone(battery, there, recorded)
            if whole is not None and run.key == run_fingerprint(whole, options).key:
                return whole
    return battery


def _with_gone(battery: Battery, there: Mapping[str, str], recorded: Sequence[RunProgram]) -> Battery | None:
    """A battery with the solvers that a run recorded, in its order and under its names; None where one is unreadable.

    Args:
        battery: has some of them, and the differs.
        there: the names of its solvers by MD5.
        recorded: the run's solvers.
    """
    programs = []
    for solver in recorded:
        name = there.get(solver.md5)
        if name is not None:
            programs += [battery.program(name).renamed(known) for known in (solver.name, *battery.names[name][1:])]
            continue
        found, _ = collect_programs(solver.text, f"recorded program {solver.name}")
        if len(found) != 1:
            return None
        programs.append(found[0].renamed(solver.name))
    return Battery.of([*programs, *(program for program in battery.programs(all_names=True) if program.direction)])
