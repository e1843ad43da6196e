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
    """Write the store into a folder: all programs, their scores, and the programs by task and score.

    \b
    DIR/solver_md5/<md5>.py, DIR/differ_md5/<md5>.py
    DIR/arcbatt-export.jsonl        names, scores and lineage
    DIR/solver_dir/solve_<task>/<o_score>/<t_log>/<md5>.py
    DIR/differ_dir/{iz,zo}/solve_<task>/<s_score>/<t_log>/<md5>.py

    `arcbatt import DIR` gives all of it back.
    """
    from arcbatt.store import open_store
    from arcbatt.store.export import export

    with open_store(workspace, create=False, read_only=True) as store:
        count = export(store, directory)
    unscored = f", {count.unscored} of them without a score" if count.unscored else ""
    click.echo(f"{directory}: {count.solvers} solvers and {count.differs} differs{unscored}")
    click.echo(
        f"{count.scores} scores on {count.tasks} tasks, {count.differ_scores} scores of differs, "
        f"{count.lineage} lines of lineage; {count.files} files by task and score"
    )
