"""Workers that run programs again for a page: bounded, and they can be killed.

What is bounded is fuel, so the same programs run on every machine; the clock and the memory are the second line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.dsl.user import loaded_files
from arcbatt.engine import Limits
from arcbatt.execute import Executor
from arcbatt.program.program import Program
from arcbatt.runs.options import RunOptions
from arcbatt.runs.workers import open_battery_workers

__all__ = ["FUEL", "FUEL_OF_ALL", "called", "open_page_workers", "task_limit_s"]

FUEL: Final = 5_000_000
"""Of a program on a sample: more than twice what the heaviest known right program needs."""
FUEL_OF_ALL: Final[Mapping[str, int]] = {"native": 400_000_000, "cuda": 400_000_000, "python": 20_000_000}
"""Units over all programs of a page, by engine: some ten seconds."""
_TIMEOUT_S: Final = 5.0
_GRACE_S: Final = 30.0
_MEMORY_BYTES: Final = 2 * 1024**3


def open_page_workers(programs: Iterable[Program], engine: str) -> Executor:
    """Workers with a battery of programs, each of which goes by :func:`called` there.

    Raises:
        EngineError: the engine is not installed.
    """
    battery = Battery.of(program.renamed(called(program.md5)) for program in programs)
    options = RunOptions(
        engine=engine, limits=Limits(FUEL, _TIMEOUT_S), primitive_files=tuple(map(str, loaded_files())),
        memory_bytes=_MEMORY_BYTES,
    )  # fmt: skip
    return open_battery_workers(battery, options)


def called(md5: str) -> str:
    """The name of a program in the workers' battery."""
    return f"solve_{md5}"


def task_limit_s(task: Task) -> float:
    """Seconds after which a worker that still has a task is killed."""
    return _GRACE_S + _TIMEOUT_S * len(task.samples)
