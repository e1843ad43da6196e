"""``arcbatt list``: what the store holds."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from arcbatt.cli.options import json_option, workspace_option

if TYPE_CHECKING:
    from arcbatt.store import Store

__all__ = ["command"]


@click.command("list")
@click.argument("what", type=click.Choice(["programs", "differs", "tasks", "scores", "runs"]), default="programs")
@click.option("--task", help="Scores of this task only.")
@workspace_option
@json_option
def command(what: str, task: str | None, workspace: Path, as_json: bool) -> None:
    """List what the store holds: programs (solvers), differs, tasks, scores or runs."""
    from arcbatt.report.listing import table_of
    from arcbatt.store import open_store

    with open_store(workspace, create=False, read_only=True) as store:
        rows = _ROWS[what](store, task)
    if as_json:
        click.echo(json.dumps(rows, indent=1))
    elif rows:
        from rich.console import Console

        # A file or a pipe has no width of its own; 80 columns would cut what scripts look for.
        width = None if sys.stdout.isatty() else 200
        Console(highlight=False, width=width).print(table_of(rows))
    else:
        click.echo(f"no {what}{f' of task {task}' if task else ''} in {workspace}")


def _programs(store: Store, task: str | None) -> list[dict[str, Any]]:
    totals = {total.md5: total for total in store.best_scores()}
    wanted = None if task is None else {score.md5 for score in store.scores(task)}
    return [
        {"md5": program.md5, "name": program.name, "size": program.size, "o_score": totals[program.md5].o_score,
         "tasks": totals[program.md5].tasks, "solved": totals[program.md5].solved}
        for program in store.programs("solver")
        if wanted is None or program.md5 in wanted
    ]  # fmt: skip


def _differs(store: Store, task: str | None) -> list[dict[str, Any]]:
    return [
        {"md5": program.md5, "name": program.name, "direction": program.direction, "size": program.size}
        for program in store.programs("differ")
    ]


def _tasks(store: Store, task: str | None) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for score in store.scores(task):
        row = rows.setdefault(score.task, {"task": score.task, "programs": 0, "best_demo": score.demo_right,
                                           "demo_count": score.demo_count, "best": score.md5})  # fmt: skip
        row["programs"] += 1
    return list(rows.values())


def _scores(store: Store, task: str | None) -> list[dict[str, Any]]:
    return [asdict(score) for score in store.scores(task)]


def _runs(store: Store, task: str | None) -> list[dict[str, Any]]:
    rows = []
    for run in store.runs():
        words = run.arguments.get("command") or [None]
        rows.append({"id": run.id, "command": words[0], **asdict(run)})
    return rows


_ROWS: dict[str, Callable[[Store, str | None], list[dict[str, Any]]]] = {
    "programs": _programs, "differs": _differs, "tasks": _tasks, "scores": _scores, "runs": _runs,
}  # fmt: skip
