"""The starter programs that ship with the package: solvers of ARC-AGI-1 training tasks, and differs.

They lie beside this module as data: `solvers/*.py`, written by hand, by theme; `found/*.py`, what the search found,
each with the command that found it; and `differs.py`. Those files are parsed like any program file; they are never
imported or executed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from arcbatt.program import Graph, Program, parse_programs

__all__ = ["starter_differs", "starter_programs", "starter_solvers"]


def starter_solvers() -> list[Program]:
    """Every starter solver, those written by hand first, by file name and then as the files have them.

    ``solve_<id>`` solves the task ``<id>`` of arc1-train; no two have the same name.
    """
    return [program for program in _programs() if program.kind == "solver"]


def starter_differs() -> list[Program]:
    """Every starter differ, in the order of their file: for each measure the iz differ, then the zo differ."""
    return [program for program in _programs() if program.kind == "differ"]


def starter_programs() -> list[Program]:
    """The solvers, then the differs, all in one graph. The list is the caller's own, the programs are shared."""
    return list(_programs())


@cache
def _programs() -> tuple[Program, ...]:
    graph = Graph()
    return tuple(
        program
        for file in _files()
        for program in parse_programs(file.read_text(encoding="utf-8"), str(file), graph)
    )


def _files() -> Iterator[Traversable]:
    """The files, also out of a zip, where directories have no order of their own."""
    root = files(__name__)
    for folder in (root / "solvers", root / "found"):
        yield from sorted((file for file in folder.iterdir() if _is_data(file)), key=lambda file: file.name)
    yield root / "differs.py"


def _is_data(file: Traversable) -> bool:
    return file.name.endswith(".py") and not file.name.startswith("_")
