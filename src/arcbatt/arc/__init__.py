"""Tasks, samples and grids, and where they come from. Knows nothing of programs; standard library only."""

from __future__ import annotations

from arcbatt.arc.challenge import Challenge
from arcbatt.arc.datasets import DEFAULT_SET, SETS, load_set
from arcbatt.arc.files import load_path, load_tasks
from arcbatt.arc.grid import COLORS, MAX_SIDE, Grid, is_grid, parse_grid
from arcbatt.arc.samples import Sample, Samples
from arcbatt.arc.task import Task, parse_task, task_to_json
from arcbatt.arc.taskset import FaultyTasksError, TaskSet
from arcbatt.drawing.palette import PALETTE, Color

__all__ = [
    "COLORS", "DEFAULT_SET", "MAX_SIDE", "PALETTE", "SETS", "Challenge", "Color", "FaultyTasksError", "Grid", "Sample",
    "Samples", "Task", "TaskSet", "is_grid", "load_path", "load_set", "load_tasks", "parse_grid", "parse_task",
    "task_to_json",
]  # fmt: skip
