"""The starter programs that ship with the package: solvers of ARC-AGI-1 training tasks, and differs.

They lie beside this module as data: `solvers/*.py`, written by hand, by theme; `found/*.py`, what the search found,
each with the command that found it; and `differs.py`. Those files are parsed like any program file; they are never
imported or executed. What parsing gave is kept in a cache of the user's (:mod:`arcbatt.library.cache`).
`accidental.txt` marks solvers that are right on their task by accident (:mod:`arcbatt.library.marks`).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from arcbatt.library.cache import load, save
from arcbatt.library.files import read_files, read_marks
from arcbatt.library.marks import parse_marks
from arcbatt.program import Graph, Program, parse_programs

__all__ = ["accidental_solvers", "general_solvers", "starter_differs", "starter_programs", "starter_solvers"]


def starter_solvers() -> list[Program]:
    """Every starter solver, those written by hand first, by file name and then as the files have them.

    ``solve_<id>`` solves the task ``<id>`` of arc1-train; no two have the same name.
    """
    return [program for program in _programs() if program.kind == "solver"]


@functools.cache
def accidental_solvers() -> Mapping[str, str]:
    """For each starter solver that is right on its own task by accident, by name: why it is not right in general.

    In the order of the file. The mapping cannot be changed.

    Raises:
        InputError: the file is malformed.
    """
    path, text = read_marks()
    return MappingProxyType(parse_marks(text, path))


def general_solvers() -> list[Program]:
    """The starter solvers without the accidental ones, in the order of :func:`starter_solvers`.

    These are what a prior is fitted on, and whose parts a search builds with.

    Raises:
        InputError: the file of the marks is malformed.

    Example:
        >>> len(general_solvers()) + len(accidental_solvers()) == len(starter_solvers())
        True
    """
    marked = accidental_solvers()
    return [program for program in starter_solvers() if program.name not in marked]


def starter_differs() -> list[Program]:
    """Every starter differ, in the order of their file: for each measure the iz differ, then the zo differ."""
    return [program for program in _programs() if program.kind == "differ"]


def starter_programs() -> list[Program]:
    """The solvers, then the differs, all in one graph. The list is the caller's own, the programs are shared.

    Example:
        >>> [program.name for program in starter_programs() if program.name == "solve_007bbfb7"]
        ['solve_007bbfb7']
    """
    return list(_programs())


@functools.cache
def _programs() -> tuple[Program, ...]:
    sources = read_files()
    programs = load(sources)
    if programs is None:
        programs = _parsed(sources)
        save(sources, programs)
    return tuple(programs)


def _parsed(sources: list[tuple[str, bytes]]) -> list[Program]:
    graph = Graph()
    return [
        program for path, source in sources for program in parse_programs(source.decode("utf-8"), path, graph)
    ]
