"""arcbatt evaluates batteries of candidate programs on ARC-AGI tasks, keeps what works, and does it exactly.

The names below are the public API; each is imported when it is first used. A small job:

>>> import arcbatt
>>> programs = arcbatt.parse_programs("def solve_mirrored(I):\\n    return vmirror(I)\\n")
>>> found = arcbatt.evaluate(programs, arcbatt.load_set("arc1-train").select(["67a3c6ac"]))
>>> found.solved
[<solve_mirrored on 67a3c6ac: 3/3 demo, 100.0% of cells>]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arcbatt.arc import Challenge, Sample, Task, TaskSet, load_path, load_set
    from arcbatt.battery import Battery, battery_text, load_programs, parse_battery
    from arcbatt.dsl.pictures import Drawing, draw
    from arcbatt.dsl.registry import primitive
    from arcbatt.dsl.user import constant
    from arcbatt.engine import Failure, FailureKind, Limits, Outcome, select_engine
    from arcbatt.engine.python import PythonEngine
    from arcbatt.errors import ArcbattError, EngineError, ExecutorError, InputError, StoreError
    from arcbatt.evaluation import Evaluated, Evaluation, evaluate
    from arcbatt.library import starter_programs
    from arcbatt.pipeline import RunReport, run_battery, run_task
    from arcbatt.program import Aliases, Graph, Program, parse_programs, read_aliases
    from arcbatt.report.pictures.drawings import draw_program
    from arcbatt.results import ProgramResult, TaskKey
    from arcbatt.runs import RunOptions
    from arcbatt.scores_frame import scores_frame
    from arcbatt.store import open_store

__version__ = "0.1.0"

_HOMES = {
    "arcbatt.arc": ("Challenge", "Sample", "Task", "TaskSet", "load_path", "load_set"),
    "arcbatt.battery": ("Battery", "battery_text", "load_programs", "parse_battery"),
    "arcbatt.dsl.pictures": ("Drawing", "draw"),
    "arcbatt.dsl.registry": ("primitive",),
    "arcbatt.dsl.user": ("constant",),
    "arcbatt.engine": ("Failure", "FailureKind", "Limits", "Outcome", "select_engine"),
    "arcbatt.engine.python": ("PythonEngine",),
    "arcbatt.errors": ("ArcbattError", "EngineError", "ExecutorError", "InputError", "StoreError"),
    "arcbatt.evaluation": ("Evaluated", "Evaluation", "evaluate"),
    "arcbatt.library": ("starter_programs",),
    "arcbatt.pipeline": ("RunReport", "run_battery", "run_task"),
    "arcbatt.program": ("Aliases", "Graph", "Program", "parse_programs", "read_aliases"),
    "arcbatt.report.pictures.drawings": ("draw_program",),
    "arcbatt.results": ("ProgramResult", "TaskKey"),
    "arcbatt.runs": ("RunOptions",),
    "arcbatt.scores_frame": ("scores_frame",),
    "arcbatt.store": ("open_store",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Aliases", "ArcbattError", "Battery", "Challenge", "Drawing", "EngineError", "Evaluated", "Evaluation",
    "ExecutorError", "Failure", "FailureKind", "Graph", "InputError", "Limits", "Outcome", "Program", "ProgramResult",
    "PythonEngine", "RunOptions", "RunReport", "Sample", "StoreError", "Task", "TaskKey", "TaskSet", "__version__",
    "battery_text", "constant", "draw", "draw_program", "evaluate", "load_path", "load_programs", "load_set",
    "open_store", "parse_battery", "parse_programs", "primitive", "read_aliases", "run_battery", "run_task",
    "scores_frame", "select_engine", "starter_programs",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
