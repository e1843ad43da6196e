"""``arcbatt export``: the store as a tree of files."""

from __future__ import annotations

from pathlib import Path

import click

from arcbatt.cli.options import workspace_option

__all__ = ["command"]


@click.command("export")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@workspace_option
def command(directory: Path, workspace: Path) -> None:
    """Write the stored programs as a tree of files by task and score.

    \b
    DIR/solver_dir/solve_<task>/<o_score>/<t_log>/<md5>.py
    DIR/differ_dir/{iz,zo}/solve_<task>/<s_score>/<t_log>/<md5>.py
    """
    from arcbatt.store import open_store
    from arcbatt.store.export import export

    with open_store(workspace, create=False, read_only=True) as store:
        count = export(store, directory)
    click.echo(f"{directory}: {count.solvers} files of solvers and {count.differs} of differs, one a task and program")
