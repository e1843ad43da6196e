"""Values of the DSL on a page: as a grid, as objects to be drawn, or in words; bounded, whatever their size."""

from __future__ import annotations

from itertools import chain
from typing import Any, Final, TypeAlias

from arcbatt.arc import MAX_SIDE, is_grid
from arcbatt.dsl.values import ordered
from arcbatt.report.html.gathering.texts import grid_digits, one_line
from arcbatt.report.html.page_data import StepData
from arcbatt.report.steps import Step, value_in_words
from arcbatt.report.words import counted

__all__ = ["output_of", "step_data"]

Cell: TypeAlias = tuple[int, int, int | None]

_MOST_GRID_CELLS: Final = 1_600
"""A larger grid on the way is told in words."""
_MOST_CELLS: Final = 900
"""Cells of all objects of a value that are drawn."""
_MOST_PARTS: Final = 400
"""A value that holds more is told by its size alone: its text would be cut anyway, and takes long to write."""


def output_of(value: Any) -> tuple[str | None, str]:
    """What a program gave: the digits of a grid of ARC and no words, or no grid and its words on one line."""
    return (grid_digits(value), "") if is_grid(value) else (None, _in_words(value))


def step_data(step: Step) -> StepData:
    """A step as a page shows it."""
    text = one_line(step.text)
    if step.outcome is None:
        return StepData(text, "", is_failing=step.is_failing)
    if step.outcome.failure is not None:
        failure = step.outcome.failure
        return StepData(text, one_line(f"{failure.kind}: {failure.message}"), is_failing=step.is_failing)
    value = step.outcome.value
    if _is_drawn(value):
        return StepData(text, f"grid of {len(value)} x {len(value[0])}", grid_digits(value))
    objects = _objects(value)
    return StepData(text, _object_words(value, objects) if objects else _in_words(value), None, objects)


def _is_drawn(value: Any) -> bool:
    """Whether a value is a grid of colors that is small enough; a pair of numbers in a tuple is more likely none."""
    if type(value) is not tuple or not value or not all(type(row) is tuple and row for row in value):
        return False
    if len(set(map(len, value))) != 1 or (len(value), len(value[0])) == (1, 2):
        return False
    if len(value) * len(value[0]) > _MOST_GRID_CELLS:
        return False
    return all(type(cell) is int and 0 <= cell <= 9 for row in value for cell in row)


def _objects(value: Any) -> tuple[tuple[Cell, ...], ...]:
    """The cells of an object or a patch, or of each in a collection; empty for every other value, and a large one."""
    if type(value) not in (frozenset, tuple) or not value or len(value) > _MOST_CELLS:
        return ()
    alone = _cells(value)
    if alone is not None:
        return (alone,)
    if any(type(item) is not frozenset for item in value):
        return ()
    found: list[tuple[Cell, ...]] = []
    left = _MOST_CELLS
    for item in ordered(value) if type(value) is frozenset else value:
        cells = _cells(item) if len(item) <= left else None
        if cells is None:
            return ()
        left -= len(cells)
        found.append(cells)
    return tuple(found)


def _cells(value: Any) -> tuple[Cell, ...] | None:
    """The cells of an object or a patch, sorted; None where the value is neither, or none lies where a grid can be."""
    if type(value) is not frozenset:
        return None
    found: list[Cell] = []
    for item in value:
        if type(item) is not tuple or len(item) != 2:
            return None
        first, second = item
        if type(second) is tuple:
            color, (i, j) = first, second if len(second) == 2 else (None, None)
            if type(color) is not int or not 0 <= color <= 9:
                return None
        else:
            color, i, j = None, first, second
        if type(i) is not int or type(j) is not int:
            return None
        if 0 <= i < MAX_SIDE and 0 <= j < MAX_SIDE:
            found.append((i, j, color))
    if len({cell[2] is None for cell in found}) != 1:
        return None
    found.sort()
    return tuple(found)


def _object_words(value: Any, objects: tuple[tuple[Cell, ...], ...]) -> str:
    cells = sum(map(len, objects))
    what = "patch" if objects[0][0][2] is None else "object"
    if type(next(iter(value))) is not frozenset:
        return f"{what} of {counted(cells, 'cell')}"
    kind = "set" if type(value) is frozenset else "tuple"
    many = "patches" if what == "patch" else "objects"
    return f"{kind} of {counted(len(objects), what, many)}, {counted(cells, 'cell')}"


def _in_words(value: Any) -> str:
    if type(value) in (tuple, frozenset) and not _is_small(value):
        return f"{'set' if type(value) is frozenset else 'tuple'} of {counted(len(value), 'element')}"
    return one_line(value_in_words(value))


def _is_small(value: Any) -> bool:
    """Whether a container holds few parts, at all depths together; looks at no more than a few."""
    left, level = _MOST_PARTS, [value]
    while level:
        left -= sum(map(len, level))
        if left < 0:
            return False
        level = [item for item in chain.from_iterable(level) if type(item) in (tuple, frozenset)]
    return True
