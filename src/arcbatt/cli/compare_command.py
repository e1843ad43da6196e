"""``arcbatt compare``: what changed from one run, or one submission, to another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.lines import say
from arcbatt.cli.next_steps import say_next
from arcbatt.cli.options import (
    DataChoice,
    data_options,
    json_option,
    load_primitive_files,
    primitives_option,
    workspace_option,
)
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.cli.output import OutputFile
    from arcbatt.store.place import StorePlace

__all__ = ["command"]


@click.command("compare")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("-o", "--output", "page", metavar="FILE",
              help="Write a page (.html) with the grids, outputs and programs behind it too.")
@data_options
@primitives_option
@workspace_option
@json_option
def command(
    before: str, after: str, page: str | None, data: DataChoice, primitive_files: tuple[Path, ...],
    workspace: StorePlace, as_json: bool,
) -> None:  # fmt: skip
    """Compare two runs, workspaces, result files or submissions.

    A and B are each the number of a run of the workspace (see 'arcbatt list runs'), another workspace or database, a
    run of it (FOLDER:NUMBER), or a file that --json wrote: tasks won, lost and nearer, programs new and gone, phases.

    Two submissions, or a submission and a file of solve --json, are compared attempt by attempt; with --set or --data
    it is told which are right.

    -o writes a page. Its grids are those of --set and --data, of arc1-train where neither is given; the best programs
    of both sides run again on the tasks that changed.

    \b
    arcbatt compare 3 4
    arcbatt compare .arcbatt ../other/.arcbatt -o changes.html
    arcbatt compare before.json after.json
    arcbatt compare old_submission.json submission.json --set arc1-eval
    """
    from arcbatt.cli.compared import FORMAT, compared_answers, compared_runs, names_answers
    from arcbatt.report.words import printable
    from arcbatt.results.json_form import plain

    load_primitive_files(primitive_files)
    file = _page_file(page, data, as_json)
    found = compared_answers(before, after, data) if names_answers(before, after) else compared_runs(
        before, after, data, workspace
    )
    if file is not None:
        from arcbatt.report.html.comparison_page import comparison_page

        file.write(comparison_page(found.page()))
        if file.path is None:
            return
    if as_json:
        click.echo(json.dumps({"format": FORMAT, "kind": found.kind, **plain(found.comparison)}, indent=1))
        return
    for line in found.lines():
        say(printable(line))
    if file is not None:
        say(f"page: {printable(str(file.path))}")
    say_next(found.next_steps)


def _page_file(page: str | None, data: DataChoice, as_json: bool) -> OutputFile | None:
    """Where the page goes; None where none is asked for.

    Raises:
        InputError: it cannot be written there.
    """
    if page is None:
        return None
    from arcbatt.cli.output import OutputFile, check_places

    if as_json and page == "-":
        raise InputError("-o - and --json both write to standard output: give one of them a file")
    if page != "-" and not page.lower().endswith((".html", ".htm")):
        raise InputError(f"-o {page!r:.80}: expected a file .html, or - for standard output")
    check_places({"-o": page}, data.data)
    return OutputFile(page, "-o")
