"""``arcbatt import``: program files into the store."""

from __future__ import annotations

from pathlib import Path

import click

from arcbatt.cli.options import aliases_option, load_primitive_files, primitives_option, workspace_option

__all__ = ["command"]


@click.command("import")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@primitives_option
@aliases_option
@workspace_option
def command(
    paths: tuple[Path, ...], primitive_files: tuple[Path, ...], aliases_file: Path | None, workspace: Path
) -> int:
    """Put program files, or folders of them, into the store.

    The files are parsed, never executed. Refused programs are listed with file, line and reason, many of them counted
    by reason; the others are imported. Exit status 2 when there is no program to store.
    """
    from arcbatt.battery.load import load_programs
    from arcbatt.pipeline.record import program_record
    from arcbatt.program.aliases import read_aliases
    from arcbatt.store import open_store

    load_primitive_files(primitive_files)
    programs, refusals = load_programs(paths, read_aliases(aliases_file) if aliases_file else None)
    new: list[bool] = []
    if programs:
        with open_store(workspace, create=True) as store:
            new = store.add_programs([program_record(program) for program in programs])
    for line in refusals.lines():
        click.echo(line, err=True)
    click.echo(f"{sum(new)} new, {len(new) - sum(new)} known, {len(refusals)} refused")
    return 0 if programs else 2
