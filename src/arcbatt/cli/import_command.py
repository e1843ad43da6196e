"""``arcbatt import``: program files into the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.lines import say
from arcbatt.cli.next_steps import primitive_words, say_next, typed, workspace_words
from arcbatt.cli.options import aliases_option, load_primitive_files, primitives_option, workspace_option
from arcbatt.cli.waiting import measured, quiet_option

if TYPE_CHECKING:
    from arcbatt.store.place import StorePlace

__all__ = ["command"]


@click.command("import")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@primitives_option
@aliases_option
@workspace_option
@quiet_option
def command(
    paths: tuple[Path, ...], primitive_files: tuple[Path, ...], aliases_file: Path | None, workspace: StorePlace
) -> int:
    """Put program files, or folders of them, into the store.

    The files are parsed, never executed. Refused programs are listed with file, line and reason, many of them counted
    by reason; the others are imported. A folder of `arcbatt export` brings names, scores and lineage with it.
    Exit status 2 when there is no program to store.
    """
    from arcbatt.battery.load import load_programs
    from arcbatt.pipeline.record import program_record
    from arcbatt.program.reading.aliases import read_aliases
    from arcbatt.report.words import counted
    from arcbatt.store import open_store
    from arcbatt.store.exchange.importing import ImportCount, export_folders, import_records, program_paths

    load_primitive_files(primitive_files)
    folders = export_folders(paths)
    aliases = read_aliases(aliases_file) if aliases_file else None
    with measured("reading program files") as meter:
        programs, refusals = load_programs(program_paths(paths), aliases, on_file=meter.reach)
    count = ImportCount()
    if programs:
        with open_store(workspace, create=True) as store, measured("storing programs"):
            count = import_records(store, [program_record(program) for program in programs], folders)
    for line in (*refusals.lines(), *count.refusals):
        say(line, err=True)
    repeated = f", {count.repeated} the same as another" if count.repeated else ""
    say(f"{count.new} new, {count.known} known{repeated}, {len(refusals)} refused")
    if folders:
        refused = f"; {counted(count.refused, 'line')} refused" if count.refused else ""
        say(
            f"{counted(count.scores, 'new score')} on {counted(count.tasks, 'task')}, "
            f"{counted(count.differ_scores, 'score')} of differs, {counted(count.lineage, 'line')} of lineage{refused}"
        )
    if programs:
        of_store = workspace_words(workspace)
        say_next([
            typed("list", "programs", *of_store),
            typed("run", "--all", "--stored-only", *primitive_words(primitive_files), *of_store),
        ])  # fmt: skip
    return 0 if programs else 2
