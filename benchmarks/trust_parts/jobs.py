"""The jobs that are disturbed: `run`, `evolve` and `solve`, each small enough for hundreds of trials."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import arcbatt.library
from trust_parts.places import Place, place_options

__all__ = ["JOBS", "Job", "clear", "lay_out", "results_of", "words_of"]

_RESUMED = re.compile(rb'"resumed": ?\d+')
"""How much was there already; the one thing that a run that was killed says otherwise."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job that is done in a folder; `lay_out` puts there what it reads.

    Attributes:
        name: the command.
        words: after it; files are relative to the folder.
        results: the files that it writes.
    """

    name: str
    words: tuple[str, ...]
    results: tuple[str, ...]


_LONG = ("--timeout", "600")
"""No clock may cut anything off on a busy machine: what a clock cut off is another result, and is told as one."""

JOBS = (
    Job("run", ("--set", "arc1-train", "-c", "24", "-b", "programs", "--min-score", "0", "--keep", "8", "-q",
                "--json", "results.json", *_LONG), ("results.json",)),
    Job("run, python engine", ("--set", "arc1-train", "-c", "8", "-b", "few.py", "--engine", "python", "-q",
                               "--json", "results.json", *_LONG), ("results.json",)),
    Job("evolve", ("--set", "arc1-train", "--tasks", "0520fde7,05f2a901,017c7c7b,025d127b", "--generations", "4",
                   "--tasks-per-generation", "3", "--children", "32", "--rounds", "2", "--seed", "1",
                   "--min-score", "0", "-b", "programs", "-q", "--json", "results.json", *_LONG), ("results.json",)),
    Job("solve", ("--set", "arc1-train", "-c", "8", "--time-per-task", "0.1", "-b", "few.py", "-q",
                  "-o", "submission.json", "--json", "results.json", *_LONG), ("submission.json", "results.json")),
)  # fmt: skip

_NAMESAKES = """\
def solve_5582e5ca(I):
    return vmirror(I)

def solve_namesake(I):
    return hmirror(I)

def solve_namesake_2(I):
    return rot90(I)

def solve_another_namesake(I):
    return hmirror(I)
"""
"""Beside those of the library: names that other programs have, and programs under several names."""
_NAMESAKES_AGAIN = """\
def solve_namesake(I):
    return rot180(I)

def solve_namesake_2(I):
    return hmirror(I)
"""
_FEW = """\
def solve_namesake(I):
    return lefthalf(I)

def solve_mirrored(I):
    return vmirror(I)

def solve_filled(I):
    x1 = objects(I, True, False, True)
    x2 = argmax(x1, size)
    return paint(I, recolor(2, x2))
"""


def lay_out(folder: Path) -> None:
    """Writes the program files that the jobs read into a folder."""
    programs = folder / "programs"
    programs.mkdir(parents=True)
    root = Path(arcbatt.library.__file__).parent
    for path in sorted([*(root / "solvers").glob("*.py"), root / "differs.py"]):
        shutil.copy(path, programs / path.name)
    (programs / "namesakes.py").write_text(_NAMESAKES)
    (programs / "namesakes_again.py").write_text(_NAMESAKES_AGAIN)
    (folder / "few.py").write_text(_FEW)


def clear(folder: Path) -> None:
    """Removes what jobs wrote beside their store."""
    for pattern in ("*.json", "evolve-*.jsonl"):
        for path in folder.glob(pattern):
            path.unlink()


def words_of(job: Job, place: Place, jobs: int, *, resume: bool) -> list[str]:
    """The words of the command for a job."""
    name = job.name.partition(",")[0]
    return [name, *job.words, *place_options(place), "-j", str(jobs), *(["--resume"] if resume else [])]


def results_of(job: Job, folder: Path, on_missing: Callable[[str], None] = lambda name: None) -> dict[str, bytes]:
    """The bytes of what a job wrote, without how much of it was resumed."""
    found = {}
    for name in job.results:
        try:
            found[name] = _RESUMED.sub(b'"resumed": _', (folder / name).read_bytes())
        except OSError:
            on_missing(name)
    return found
