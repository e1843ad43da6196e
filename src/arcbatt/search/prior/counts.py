"""What a prior is made of: how often something stands at a place in known programs; its file and how it is fitted.

The file ``counts.json`` of this package is written by ``tools/fit_prior.py``. It holds whole numbers only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from arcbatt.arc._shown import listed, shown
from arcbatt.arc.samples import Samples
from arcbatt.errors import InputError
from arcbatt.program.program import Program
from arcbatt.results.json_form import from_json
from arcbatt.search.prior.choices import COLOR, LITERALS, REFERENCE, choices
from arcbatt.search.prior.color_roles import ROLES, color_roles

__all__ = ["FORMAT", "PriorCounts", "count_programs", "load_counts", "read_counts"]

FORMAT: Final = 1
"""Version of the file that this version of arcbatt reads."""
_AGAIN: Final = "python tools/fit_prior.py makes one"
_MOST: Final = 10**6
"""No count in a file is larger."""


@dataclass(frozen=True, slots=True)
class PriorCounts:
    """Counts with where they come from.

    Attributes:
        format: version of the file, :data:`FORMAT`.
        command: what counted them.
        data: what they were counted on.
        date: when, as ``2026-11-29``.
        programs: how many programs.
        references: places at which a call stands that stands at an earlier place too; they are in no other count.
        colors: literal colors by their role in the program's own task (:mod:`.color_roles`).
        literals: how often a literal was seen, by its symbol and its spelling.
        places: by place how often which symbol stands there (:mod:`.choices`).
    """

    format: int
    command: str
    data: str
    date: str
    programs: int
    references: int
    colors: Mapping[str, int]
    literals: Mapping[str, Mapping[str, int]]
    places: Mapping[str, Mapping[str, int]]

    def symbol(self, symbol: str) -> int:
        """How often a symbol occurs, at whatever place."""
        return sum(counts.get(symbol, 0) for counts in self.places.values())


def count_programs(
    programs: Iterable[Program], tasks: Mapping[str, Samples], command: str = "", data: str = "", date: str = ""
) -> PriorCounts:
    """Counts what stands at the places of programs.

    Args:
        programs: each counts alike.
        tasks: by id; the literal colors of ``solve_<id>`` are looked at where the task is there. No test output enters.
        command: for the file, like the next two.
        data: what the programs and tasks are.
        date: when.
    """
    places: dict[str, Counter[str]] = {}
    literals: dict[str, Counter[str]] = {symbol: Counter() for symbol in LITERALS}
    colors: Counter[str] = Counter()
    references = total = 0
    for program in programs:
        total += 1
        task = tasks.get(program.name.removeprefix("solve_"))
        roles = None if task is None else color_roles(task)
        for place, symbol, _, value in choices(program):
            if symbol == REFERENCE:
                references += 1
                continue
            places.setdefault(place, Counter())[symbol] += 1
            if symbol in literals:
                literals[symbol][repr(value)] += 1
            if symbol == COLOR and roles is not None:
                colors[roles[value]] += 1
    return PriorCounts(FORMAT, command, data, date, total, references, dict(colors), literals, places)


def read_counts(text: str | bytes, where: str) -> PriorCounts:
    """The counts that a file holds.

    Args:
        text: the file's text.
        where: its name, for messages.

    Raises:
        InputError: it is no such file, is of another version, or has a number that is no count.
    """
    counts = from_json(PriorCounts, text, where)
    if counts.format != FORMAT:
        raise InputError(f"{where}: expected counts of format {FORMAT}, got format {counts.format}; {_AGAIN}")
    tables = [counts.colors, *counts.literals.values(), *counts.places.values()]
    numbers = [counts.programs, counts.references, *(number for table in tables for number in table.values())]
    wrong = next((number for number in numbers if not 0 <= number <= _MOST), None)
    if wrong is not None:
        raise InputError(f"{where}: expected counts from 0 to {_MOST}, got {shown(wrong)}; {_AGAIN}")
    unknown = sorted({*counts.colors} - {*ROLES} | {*counts.literals} - {*LITERALS})
    if unknown or not counts.places:
        told = f"got {listed(map(shown, unknown))}" if unknown else "got no places"
        raise InputError(f"{where}: expected counts of known roles and literals at places, {told}; {_AGAIN}")
    return counts


@cache
def load_counts() -> PriorCounts:
    """The counts that come with the package, read once.

    Raises:
        InputError: their file cannot be read, or is of another version.
    """
    file = files("arcbatt.search.prior") / "counts.json"
    try:
        text = file.read_bytes()
    except OSError as error:
        told = error.strerror or error
        raise InputError(f"{file}: expected the counts of the prior, got {told}; install arcbatt again") from error
    return read_counts(text, str(file))
