"""Programs out of a store, and batteries made with them."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from random import Random

from arcbatt.battery.battery import Battery
from arcbatt.battery.draw import draw
from arcbatt.errors import InputError
from arcbatt.library import starter_differs
from arcbatt.program.parse import Collected, collect_programs
from arcbatt.program.program import Program
from arcbatt.program.refusals import ProgramError
from arcbatt.store import Store

__all__ = ["battery_with_store", "drawn_battery", "stored_programs"]


def stored_programs(store: Store, but: Container[str] = ()) -> Collected:
    """The programs of a store under their first names, sorted by MD5, and those that cannot be read here.

    A program that calls a user's own primitive can be read only where that primitive is loaded.

    Args:
        store: open.
        but: MD5s of programs to leave out.
    """
    found = Collected([], [])
    for record in store.programs():
        if record.md5 not in but:
            programs, refusals = collect_programs(record.text, f"stored program {record.name} ({record.md5})")
            found.programs.extend(program.renamed(record.name) for program in programs)
            found.refusals.extend(refusals)
    return found


def battery_with_store(
    programs: Sequence[Program], store: Store | None, but: Collection[str] = ()
) -> tuple[Battery, list[ProgramError]]:
    """The battery of some programs and of those in the store (None: of none), and what of the store cannot be read.

    Args:
        programs: they come first.
        store: open.
        but: MD5s of stored programs to leave out.
    """
    known = {program.md5 for program in programs}.union(but)
    joining = Collected([], []) if store is None else stored_programs(store, known)
    return Battery.of([*programs, *joining.programs]), joining.refusals


def drawn_battery(store: Store, count: int, rng: Random) -> tuple[Battery, list[ProgramError]]:
    """A battery of solvers drawn from a store, and what of the store cannot be read.

    The weight of a solver is 1 plus its o_score over all tasks. The stored differs go in too; where there is none,
    the starter differs.

    Raises:
        InputError: there is no solver to draw.
    """
    weights = {total.md5: 1 + total.o_score for total in store.best_scores()}
    programs, refusals = stored_programs(store)
    solvers = [(program, weights[program.md5]) for program in programs if program.kind == "solver"]
    if not solvers:
        raise InputError("no solver is stored yet; run 'arcbatt import' or 'arcbatt run' first")
    differs = [program for program in programs if program.kind == "differ"] or starter_differs()
    return Battery.of([*draw(solvers, count, rng), *differs]), refusals
