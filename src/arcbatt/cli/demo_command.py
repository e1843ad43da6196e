"""``arcbatt demo``: the starter programs on two tasks, one that they solve and one that they come near."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.next_steps import options_text
from arcbatt.cli.store_option import demo_store_option

if TYPE_CHECKING:
    from arcbatt.arc import TaskSet
    from arcbatt.battery.battery import Battery
    from arcbatt.pipeline import RunReport
    from arcbatt.store.place import StorePlace

__all__ = ["command"]

_SOLVED = "007bbfb7"
_NEAR = "82819916"
"""A task that no starter program is for, and where one has nine cells of ten right."""
_WIDTH = 100
"""Columns where there is no terminal."""


@click.command("demo")
@demo_store_option
def command(workspace: StorePlace | None) -> None:
    """Evaluate the starter programs on two tasks, and show an answer and a near miss.

    It takes about a second and writes nothing but the workspace.
    """
    if workspace is not None:
        _show(workspace, options_text(["--workspace" if isinstance(workspace, Path) else "--store", str(workspace)]))
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="arcbatt-demo-") as folder:
        _show(Path(folder), "")


def _show(workspace: StorePlace, option: str) -> None:
    from rich.console import Console

    from arcbatt.arc import load_set
    from arcbatt.battery.battery import Battery
    from arcbatt.engine import on_cpu, select_engine
    from arcbatt.library import starter_programs
    from arcbatt.report.demo import show_next, show_task

    tasks = load_set().select([_SOLVED, _NEAR])
    battery = Battery.of(starter_programs())
    report = _evaluated(battery, tasks, workspace)
    engine = select_engine(on_cpu("auto"))
    console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _WIDTH)
    for task in tasks.values():
        show_task(console, task, report.summaries[task.id], battery, engine)
    arcbatt = _called()
    show_next(console, [
        (f"{arcbatt} show solve_{_SOLVED} --task {_SOLVED}{option}", "the program, and its output on every sample"),
        (f"{arcbatt} run --set arc1-eval -c 20{option}", "the same programs on 20 other tasks"),
        (f"{arcbatt} evolve --tasks {_NEAR} --time 20{option}", "breed better programs for the second task"),
    ])  # fmt: skip


def _called() -> str:
    """How the command is called from here: its bare name where the shell finds it, else as it was called now."""
    if shutil.which("arcbatt") is not None:
        return "arcbatt"
    path = sys.argv[0]
    return shlex.quote(os.path.relpath(path)) if os.path.basename(path) == "arcbatt" else "python -m arcbatt"


def _evaluated(battery: Battery, tasks: TaskSet, workspace: StorePlace) -> RunReport:
    """The job of ``arcbatt run``: what works on the tasks goes into the workspace's store."""
    from arcbatt.pipeline import run_battery
    from arcbatt.runs import RunOptions
    from arcbatt.store import open_store
    from arcbatt.store.place import without_passwords

    with open_store(workspace, create=True) as store:
        report = run_battery(battery, tasks, RunOptions(arguments=tuple(without_passwords(sys.argv[1:]))), store)
    if report.is_interrupted:
        raise KeyboardInterrupt
    return report
