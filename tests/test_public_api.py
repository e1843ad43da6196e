"""The public surface: what is named is there, what is there is named, and importing it is light."""

from __future__ import annotations

import subprocess
import sys

import arcbatt

SURFACE = {
    "Aliases", "ArcbattError", "Battery", "Challenge", "Drawing", "EngineError", "Evaluated", "Evaluation",
    "ExecutorError", "Failure", "FailureKind", "Graph", "InputError", "Limits", "Outcome", "Program", "ProgramResult",
    "PythonEngine", "RunOptions", "RunReport", "Sample", "StoreError", "Task", "TaskKey", "TaskSet", "__version__",
    "battery_text", "constant", "draw", "draw_program", "evaluate", "load_path", "load_programs", "load_set",
    "open_store", "parse_battery", "parse_programs", "primitive", "read_aliases", "run_battery", "run_task",
    "scores_frame", "select_engine", "starter_programs",
}  # fmt: skip


def test_the_surface_is_this_one() -> None:
    assert set(arcbatt.__all__) == SURFACE
    assert all(getattr(arcbatt, name) is not None for name in SURFACE)
    assert set(dir(arcbatt)) == SURFACE


def test_programs_can_be_run_without_a_store_or_a_pool() -> None:
    task = arcbatt.load_set("arc1-train")["007bbfb7"]
    battery = arcbatt.Battery.of(arcbatt.parse_programs("def solve_same(I):\n    return I\n"))
    scope = arcbatt.select_engine().open(battery.graph).bind(S=task.pairs)
    (outcome,) = scope.bind(I=task.demo[0].input).run(list(battery.solvers.values()))
    assert outcome.value == task.demo[0].input


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom arcbatt.cli.group import cli\n"
        "cli.main(['--help'], prog_name='arcbatt', standalone_mode=False)\n"
        "print([name for name in ('arcbatt.dsl', 'sqlalchemy', 'rich', 'pebble', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
