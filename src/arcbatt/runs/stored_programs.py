"""Programs out of a store, and batteries made with them."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from arcbatt.battery.battery import Battery
from arcbatt.program.parse import Collected, collect_programs
from arcbatt.program.program import Program
from arcbatt.program.refusals import ProgramError, Refusals
from arcbatt.store import Store

__all__ = ["battery_with_store", "stored_programs"]


def stored_programs(
    store: Store, but: Container[str] = (), on_program: Callable[[int, int], None] = lambda done, total: None
) -> Collected:
    """The programs of a store under their first names, sorted by MD5, and those that cannot be read here.

    A program that calls a user's own primitive can be read only where that primitive is loaded.

    Args:
        store: open.
        but: MD5s of programs to leave out; looked at only once all are read.
        on_program: called before each program with the number of those that were read, and of all.
    """
    found = Collected([], Refusals())
    records = store.programs()
    for number, record in enumerate(records):
        on_program(number, len(records))
        if record.md5 not in but:
            programs, refusals = collect_programs(record.text, f"stored program {record.name} ({record.md5})")
            found.programs.extend(program.renamed(record.name) for program in programs)
            found.refusals.extend(refusals)
    return found


def battery_with_store(
    programs: Sequence[Program], store: Store | None, but: Container[str] = (),
    on_program: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Battery, Sequence[ProgramError]]:  # fmt: skip
    """The battery of some programs and of those in the store (None: of none), and what of the store cannot be read.

    Args:
        programs: they come first.
        store: open.
        but: MD5s of stored programs to leave out; looked at only once all are read.
        on_program: called before each stored program with the number of those that were read, and of all.
    """
    known = _Either({program.md5 for program in programs}, but)
    joining = Collected([], Refusals()) if store is None else stored_programs(store, known, on_program)
    return Battery.of([*programs, *joining.programs]), joining.refusals


class _Either:
    """What is in one of two containers; the second is looked at last."""

    def __init__(self, first: Container[str], second: Container[str]) -> None:
        self._first, self._second = first, second

    def __contains__(self, md5: object) -> bool:
        return md5 in self._first or md5 in self._second
