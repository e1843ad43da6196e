"""Counts what the prior is made of: ``src/arcbatt/search/prior/counts.json``.

    python tools/fit_prior.py [--date 2026-11-29] [--check] [--held-out]

It counts on the library's solvers but for the accidental ones (:func:`arcbatt.library.general_solvers`), and the roles
of their literal colors on the demo samples of their own tasks, arc1-train. ``--check`` writes nothing and fails where
the file's counts are not those of the library. ``--held-out`` tells what a program costs by the counts of all others,
mean over the programs: with places, with kinds of places alone, and with frequencies alone.
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from arcbatt.arc import Challenge, load_set
from arcbatt.errors import InputError
from arcbatt.library import general_solvers
from arcbatt.program.program import Program
from arcbatt.results.json_form import to_json
from arcbatt.search.prior import UNITS_PER_BIT, Prior, PriorCounts, count_programs, read_counts

PATH = Path(__file__).resolve().parents[1] / "src" / "arcbatt" / "search" / "prior" / "counts.json"
DATA = "the library's solvers without the accidental ones; color roles on the demo samples of their tasks (arc1-train)"


def fitted(date: str) -> str:
    """The file's text for the library as it is, with that date."""
    tasks = {task.id: task.challenge for task in load_set().values()}
    counts = count_programs(general_solvers(), tasks, "python tools/fit_prior.py", DATA, date)
    # One place a line, so that a change of the library can be read.
    return msgspec.json.format(to_json(counts).encode(), indent=1).decode() + "\n"


def stored() -> tuple[str, PriorCounts]:
    """The file's text and what it says.

    Raises:
        InputError: it cannot be read, or is of another version.
    """
    try:
        text = PATH.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputError(f"{PATH}: expected the counts of the prior, got {error}") from error
    return text, read_counts(text, str(PATH))


def held_out(programs: list[Program], tasks: Mapping[str, Challenge]) -> dict[str, float]:
    """Mean bits of a program by the counts of all others, for each way to price."""
    sums = dict.fromkeys(("uniform", "unigram", "kinds", "places"), 0)
    for left_out in programs:
        counts = count_programs([program for program in programs if program is not left_out], tasks)
        task = tasks.get(left_out.name.removeprefix("solve_"))
        for name in sums:
            sums[name] += Narrowed(counts, name).program_bits(left_out, task)
    return {name: units / UNITS_PER_BIT / len(programs) for name, units in sums.items()}


class Narrowed(Prior):
    """A prior that leaves out the narrower counts."""

    def __init__(self, counts: PriorCounts, name: str) -> None:
        super().__init__(counts)
        if name != "places":
            self._counts = replace(counts, places={})
        if name in ("unigram", "uniform"):
            self._kinds.clear()
        if name == "uniform":
            self._all.clear()


def main() -> int:
    """Writes or checks the file, or prints the table of held-out bits; 1 where a check fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--date", default=datetime.date.today().isoformat())
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--held-out", action="store_true")
    options = parser.parse_args()
    if options.held_out:
        tasks = {task.id: task.challenge for task in load_set().values()}
        for name, bits in held_out(general_solvers(), tasks).items():
            print(f"{name:8} {bits:7.1f} bits a program")
        return 0
    if options.check:
        text, counts = stored()
        is_same = text == fitted(counts.date)
        print("as fitted" if is_same else f"{PATH} is not what the library gives: run python tools/fit_prior.py")
        return not is_same
    PATH.write_text(fitted(options.date), encoding="utf-8")
    print(f"{PATH}: {read_counts(PATH.read_bytes(), str(PATH)).programs} programs")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
