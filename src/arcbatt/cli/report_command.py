"""``arcbatt report``: a run, or a whole workspace, as one HTML file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.next_steps import options_text, workspace_words
from arcbatt.cli.options import (
    DataChoice,
    data_options,
    load_primitive_files,
    primitives_option,
    workspace_option,
)
from arcbatt.cli.output import OutputFile, check_places
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.report.html.gathering.at_hand import Source
    from arcbatt.report.html.page_data import ReportData
    from arcbatt.store import RunRecord, Store
    from arcbatt.store.place import StorePlace

__all__ = ["command"]


@click.command("report")
@click.argument("run_id", metavar="[RUN]", type=click.IntRange(1, 2**31), required=False)
@click.option("-o", "--output", "output_path", default="report.html", show_default=True, metavar="FILE",
              help="The page; - is standard output.")
@click.option("--json", "json_path", metavar="FILE",
              help="Write the data of the page as JSON too; - is standard output.")
@click.option("--whole", "is_whole", is_flag=True, help="Report on all that the workspace keeps, instead of a run.")
@click.option("--best", type=click.IntRange(0, 50), default=3, show_default=True, metavar="N",
              help="Programs of a task that are run again, to show their outputs.")
@click.option("--steps", "stepped", type=click.IntRange(0, 50), default=1, show_default=True, metavar="N",
              help="Of which the first N with the value of every step.")
@click.option("--engine", type=click.Choice(["auto", "native", "python", "cuda"]), default="auto", show_default=True,
              help="Engine that runs them.")
@primitives_option
@data_options
@workspace_option
def command(
    run_id: int | None, output_path: str, json_path: str | None, is_whole: bool, best: int, stepped: int, engine: str,
    primitive_files: tuple[Path, ...], data: DataChoice, workspace: StorePlace,
) -> None:  # fmt: skip
    """Write a page about a run of 'run', 'solve' or 'evolve': one HTML file that needs no network.

    RUN is its number (see 'arcbatt list runs'), the newest that kept results where none is given. The page has the
    tasks with their grids, the outputs of the best programs, their steps and lineage, what failed, and what took the
    time. The grids come from --set and --data; without these from the named sets that the run was on.

    \b
    arcbatt report
    arcbatt report 3 -o third.html --data training
    arcbatt report --whole --json report.json
    """
    if run_id is not None and is_whole:
        raise InputError("name a run, or take --whole; not both")
    if output_path == json_path == "-":
        raise InputError("-o and --json: expected one of them on standard output")
    check_places({"-o": output_path, "--json": json_path}, data.data)
    page_file, json_file = OutputFile(output_path, "-o"), OutputFile.for_option("--json", json_path)
    load_primitive_files(primitive_files)
    report = _gathered(run_id, is_whole, best, stepped, engine, data, workspace)
    from arcbatt.report.html.report_page import report_page

    page = report_page(report)
    page_file.write(page)
    if json_file is not None:
        from arcbatt.results.json_form import to_json

        json_file.write(f"{to_json(report)}\n")
    _tell(report, page, output_path, workspace)


def _gathered(
    run_id: int | None, is_whole: bool, best: int, stepped: int, engine: str, data: DataChoice, workspace: StorePlace
) -> ReportData:
    from arcbatt.report.html.gathering import gather_report, gather_workspace
    from arcbatt.store import open_store

    with open_store(workspace, create=False, read_only=True) as store, ExitStack() as shown:
        tasks: Sequence[Source] = data.sources() if data.is_named else _recorded_sets(store, run_id, is_whole)
        on_progress = _progress(shown)
        if is_whole:
            return gather_workspace(
                store, tasks, best=best, stepped=stepped, engine=engine, on_progress=on_progress
            )  # fmt: skip
        return gather_report(
            store, tasks, run_id=run_id, best=best, stepped=stepped, engine=engine, on_progress=on_progress
        )  # fmt: skip


def _progress(shown: ExitStack) -> Callable[[int, int], None]:
    """What shows on standard error how far each stage is: it begins with its first task."""
    from arcbatt.report.progress import JobView

    views: list[JobView] = []

    def on_progress(done: int, count: int) -> None:
        if done == 1:
            shown.close()
            views[:] = [shown.enter_context(JobView(count, to_stderr=True))]
        views[0].advance()

    return on_progress


def _recorded_sets(store: Store, run_id: int | None, is_whole: bool) -> list[Source]:
    """The named sets that the run was on, or every run of the workspace."""
    from arcbatt.report.html.gathering import newest_with_results
    from arcbatt.report.html.gathering.recorded_sets import recorded_sets

    runs: Sequence[RunRecord] = store.runs()
    if run_id is not None:
        runs = [run for run in runs if run.id == run_id]
    elif not is_whole:
        newest = newest_with_results(store)
        runs = runs if newest is None else [newest]
    return recorded_sets(runs)


def _tell(report: ReportData, page: str, path: str, workspace: StorePlace) -> None:
    """Says what was written and what to open next; on standard error where the page goes to standard output."""
    from arcbatt.report.words import counted

    is_piped = path == "-"
    for line in _hints(report, workspace):
        click.echo(f"arcbatt: {line}", err=True)
    name = "standard output" if is_piped else path
    size = len(page.encode()) / 1e6
    what = f"{counted(len(report.tasks), 'task')}, {counted(len(report.programs), 'program')}, {size:.1f} MB"
    click.echo(f"{name}: {report.title}, {what}{'' if is_piped else '; open it in a browser'}", err=is_piped)


def _hints(report: ReportData, workspace: StorePlace) -> Iterable[str]:
    """What would make the page better."""
    missing = [task.id for task in report.tasks if not task.samples]
    if missing:
        more = ", ..." if len(missing) > 3 else ""
        yield f"no grids for {len(missing)} of {len(report.tasks)} tasks ({', '.join(missing[:3])}{more}): " \
              "--set NAME or --data PATH names where they are"
    if not report.tasks:
        where = options_text(workspace_words(workspace))
        yield f"nothing is stored yet: 'arcbatt run{where}' makes results"
