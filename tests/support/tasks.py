"""Small tasks and batteries for tests of the pipeline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from arcbatt.arc import Sample, Task, task_to_json
from arcbatt.battery.battery import Battery
from arcbatt.program.parse import parse_programs

PROGRAMS = """
def solve_mirror(I):
    return vmirror(I)

def solve_mirror_again(I):
    x1 = vmirror(I)
    return x1

def solve_turn(I):
    return rot90(rot270(vmirror(I)))

def solve_same(I):
    return I

def solve_half(I):
    return hconcat(lefthalf(I), vmirror(lefthalf(I)))

def solve_fails(I):
    return first(ofcolor(I, NINE))

def solve_number(I):
    return height(I)

def solve_from_pairs(S, I):
    return last(first(S))

def differ_palette_iz(S, I, C):
    x1 = difference(palette(I), palette(C))
    return astuple(size(x1), x1)

def differ_cells_zo(S, I, C):
    x1 = difference(asobject(C), asobject(I))
    return astuple(size(x1), x1)
"""


def battery(text: str = PROGRAMS) -> Battery:
    """The battery of a text's programs."""
    return Battery.of(parse_programs(text))


def mirror_task(task_id: str = "mirrored", test_known: bool = True) -> Task:
    """A task whose outputs are its inputs mirrored left to right."""
    inputs = (((0, 1), (2, 0)), ((3, 0, 0), (0, 4, 0)), ((5, 6, 0), (1, 1, 2), (0, 0, 3)))
    samples = [Sample(grid, tuple(row[::-1] for row in grid)) for grid in inputs]
    test = samples[2] if test_known else Sample(samples[2].input, None)
    return Task(task_id, tuple(samples[:2]), (test,))


def shifted(task: Task, by: int) -> Task:
    """The task with every color but 0 moved on: other samples that the same programs solve."""
    turn = lambda grid: tuple(tuple(cell and (cell - 1 + by) % 9 + 1 for cell in row) for row in grid)  # noqa: E731
    samples = [Sample(turn(sample.input), None if sample.output is None else turn(sample.output))
               for sample in task.samples]  # fmt: skip
    return Task(task.id, tuple(samples[: len(task.demo)]), tuple(samples[len(task.demo) :]))


def write_task(folder: Path, task: Task) -> Path:
    """Writes a task file and gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{task.id}.json"
    path.write_text(json.dumps(task_to_json(task)))
    return path


def without(data: Any, *keys: str) -> Any:
    """JSON data without some keys, at any depth."""
    if isinstance(data, dict):
        return {key: without(value, *keys) for key, value in data.items() if key not in keys}
    return [without(value, *keys) for value in data] if isinstance(data, list) else data
