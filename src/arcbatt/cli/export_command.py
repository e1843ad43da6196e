"""``arcbatt export``: the store as a tree of files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.lines import say
from arcbatt.cli.next_steps import say_next, typed
from arcbatt.cli.options import workspace_option
from arcbatt.cli.waiting import measured, quiet_option

if TYPE_CHECKING:
    from arcbatt.store.place import StorePlace

__all__ = ["command"]


@click.command("export")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@workspace_option
@quiet_option
def command(directory: Path, workspace: StorePlace) -> None:
    """Write the store into a folder: all programs, their scores, and the programs by task and score.

    \b
    DIR/solver_md5/<md5>.py, DIR/differ_md5/<md5>.py
    DIR/arcbatt-export.jsonl        names, scores and lineage
    DIR/solver_dir/solve_<task>/<o_score>/<t_log>/<md5>.py
    DIR/differ_dir/{iz,zo}/solve_<task>/<s_score>/<t_log>/<md5>.py

    `arcbatt import DIR` gives all of it back.
    """
    from arcbatt.report.words import counted
    from arcbatt.store import open_store
    from arcbatt.store.exchange.export import export

    with open_store(workspace, create=False, read_only=True) as store, measured("writing files") as meter:
        count = export(store, directory, on_file=meter.reach)
    unscored = f", {count.unscored} of them without a score" if count.unscored else ""
    say(f"{directory}: {counted(count.solvers, 'solver')} and {counted(count.differs, 'differ')}{unscored}")
    say(
        f"{counted(count.scores, 'score')} on {counted(count.tasks, 'task')}, "
        f"{counted(count.differ_scores, 'score')} of differs, {counted(count.lineage, 'line')} of lineage; "
        f"{counted(count.files, 'file')} by task and score"
    )
    say_next([typed("import", directory, "--workspace", f"{directory}.arcbatt")])
