"""arcbatt evaluates batteries of candidate programs on ARC-AGI tasks, keeps what works, and does it exactly.

The names below are the public API; each is imported when it is first used. A small job::

    from arcbatt import Battery, load_set, parse_programs, select_engine

    task = load_set("arc1-train")["007bbfb7"]
    battery = Battery.of(parse_programs("def solve_same(I):\\n    return I\\n"))
    scope = select_engine().open(battery.graph).bind(S=task.pairs)
    outcomes = scope.bind(I=task.demo[0].input).run(list(battery.solvers.values()))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arcbatt.arc import Sample, Task, TaskSet, load_path, load_set
    from arcbatt.battery import Battery, battery_text, load_programs, parse_battery
    from arcbatt.dsl.registry import primitive
    from arcbatt.dsl.user import constant
    from arcbatt.engine import Failure, FailureKind, Limits, Outcome, select_engine
    from arcbatt.engine.python import PythonEngine
    from arcbatt.errors import ArcbattError, EngineError, ExecutorError, InputError, StoreError
    from arcbatt.library import starter_programs
    from arcbatt.pipeline import Settings, run_task
    from arcbatt.pipeline.job import run_job
    from arcbatt.program import Aliases, Graph, Program, parse_programs, read_aliases
    from arcbatt.store import open_store

__version__ = "0.1.0"

_HOMES = {
    "arcbatt.arc": ("Sample", "Task", "TaskSet", "load_path", "load_set"),
    "arcbatt.battery": ("Battery", "battery_text", "load_programs", "parse_battery"),
    "arcbatt.dsl.registry": ("primitive",),
    "arcbatt.dsl.user": ("constant",),
    "arcbatt.engine": ("Failure", "FailureKind", "Limits", "Outcome", "select_engine"),
    "arcbatt.engine.python": ("PythonEngine",),
    "arcbatt.errors": ("ArcbattError", "EngineError", "ExecutorError", "InputError", "StoreError"),
    "arcbatt.library": ("starter_programs",),
    "arcbatt.pipeline": ("Settings", "run_task"),
    "arcbatt.pipeline.job": ("run_job",),
    "arcbatt.program": ("Aliases", "Graph", "Program", "parse_programs", "read_aliases"),
    "arcbatt.store": ("open_store",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Aliases", "ArcbattError", "Battery", "EngineError", "ExecutorError", "Failure", "FailureKind", "Graph",
    "InputError", "Limits", "Outcome", "Program", "PythonEngine", "Sample", "Settings", "StoreError", "Task",
    "TaskSet", "__version__", "battery_text", "constant", "load_path", "load_programs", "load_set", "open_store",
    "parse_battery", "parse_programs", "primitive", "read_aliases", "run_job", "run_task", "select_engine",
    "starter_programs",
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
