"""``arcbatt list``: what the store holds, and what a run gave."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, Final

import click

from arcbatt.cli.lines import say
from arcbatt.cli.next_steps import say_next, typed, workspace_words
from arcbatt.cli.options import json_option, workspace_option
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.store import ListQuery, Store
    from arcbatt.store.place import StorePlace

__all__ = ["command"]

_WHAT: Final = ("programs", "differs", "tasks", "scores", "failures", "runs")
_IDLE: Final[Mapping[str, tuple[str, ...]]] = {
    "programs": ("--run",),
    "differs": ("--run", "--task", "--solved or --unsolved", "--near"),
    "failures": ("--solved or --unsolved", "--near"),
    "runs": ("--task", "--name", "--solved or --unsolved", "--near", "--sort"),
}
"""Options that say nothing about rows of a kind."""


@click.command("list")
@click.argument("what", type=click.Choice(_WHAT), default="programs")
@click.option("--task", metavar="TASK", help="Of this task; * stands for any characters.")
@click.option("--name", metavar="NAME", help="Of programs of this name or MD5; * stands for any characters.")
@click.option("--solved", "is_solved", flag_value=True, type=bool, default=None, help="All demo samples solved.")
@click.option("--unsolved", "is_solved", flag_value=False, type=bool, help="Not all demo samples solved.")
@click.option("--near", type=click.FloatRange(0, 1), metavar="SHARE",
              help="At least this share of right cells, 0.9 say; tasks by their best program.")
@click.option("--run", "run_id", type=click.IntRange(1, 2**31), metavar="N",
              help="What run N gave, all its programs, kept or not. [default: what the store keeps]")
@click.option("--sort", "sort", metavar="COLUMN,...", help="Sort by these columns of the JSON form; -COLUMN descends.")
@click.option("--limit", type=click.IntRange(1, 2**31), metavar="N",
              help="Most rows; of runs the newest.")
@workspace_option
@json_option
def command(
    what: str, task: str | None, name: str | None, is_solved: bool | None, near: float | None, run_id: int | None,
    sort: str | None, limit: int | None, workspace: StorePlace, as_json: bool,
) -> None:  # fmt: skip
    """List programs (solvers), differs, tasks, scores, failures or runs.

    By default it lists what the store keeps. With --run N, scores and tasks are those of all programs that this run
    evaluated. Failures are those of the newest run, or of --run N, grouped by kind and primitive; with --task or --name
    each program has a line of its own.

    \b
    arcbatt list tasks --unsolved --near 0.9 --sort=-near
    arcbatt list scores --task 007bbfb7 --limit 10
    arcbatt list failures --name 'solve_*' --run 3
    """
    from arcbatt.report.listing import DIFFERS, LISTINGS, listing_text
    from arcbatt.store import open_store

    _refuse_idle_options(what, {
        "--task": task, "--name": name, "--solved or --unsolved": is_solved, "--near": near, "--sort": sort,
        "--run": run_id,
    })  # fmt: skip
    query = _query(what, task, name, is_solved, near, sort, limit)
    with open_store(workspace, create=False, read_only=True) as store:
        rows = _ROWS[what](store, query, run_id)
    if as_json:
        from arcbatt.results.json_form import plain

        click.echo(json.dumps(plain(rows), indent=1))
    elif rows:
        listing = DIFFERS if what == "differs" else LISTINGS[type(rows[0])]
        # A file or a pipe has no width; cutting would take away what scripts look for.
        width = get_terminal_size().columns if sys.stdout.isatty() else None
        sys.stdout.write("".join(f"{line}\n" for line in listing_text(listing, rows, width)))
    else:
        say(f"no {what} found in {workspace}")
        is_filtered = any(value is not None for value in (task, name, is_solved, near, run_id))
        of_store = workspace_words(workspace)
        say_next([typed("list", what, *of_store) if is_filtered else typed("run", "--set", "arc1-train", *of_store)])


def _refuse_idle_options(what: str, given: Mapping[str, object]) -> None:
    """Refuses options that say nothing about the rows asked for, so that none is passed over in silence."""
    for option in _IDLE.get(what, ()):
        if given[option] is not None:
            hint = "; 'list scores --run N' has the programs of a run" if option == "--run" else ""
            raise InputError(f"list {what} takes no {option}{hint}")


def _query(
    what: str, task: str | None, name: str | None, is_solved: bool | None, near: float | None, sort: str | None,
    limit: int | None,
) -> ListQuery:  # fmt: skip
    from arcbatt.store import ListQuery, SortKey

    is_md5 = name is not None and len(name) >= 6 and set(name.lower()) <= set("0123456789abcdef")
    words = (sort or "").replace(" ", "").split(",")
    keys = [SortKey(word.removeprefix("-"), word.startswith("-")) for word in words if word]
    kind = {"programs": "solver", "differs": "differ"}.get(what)
    return ListQuery(
        task=task, name=None if is_md5 else name, md5=name.lower() if name is not None and is_md5 else None, near=near,
        is_solved=is_solved, kind=kind, sort=tuple(keys), limit=limit,
    )  # fmt: skip


def _programs(store: Store, query: ListQuery, run_id: int | None) -> list[Any]:
    return list(store.list_programs(query))


def _tasks(store: Store, query: ListQuery, run_id: int | None) -> list[Any]:
    if run_id is None:
        return list(store.list_tasks(query))
    from arcbatt.report.run_rows import run_tasks

    return list(run_tasks(store, run_id, query))


def _scores(store: Store, query: ListQuery, run_id: int | None) -> list[Any]:
    if run_id is None:
        return list(store.list_scores(query))
    from arcbatt.report.run_rows import run_scores

    return list(run_scores(store, run_id, query))


def _failures(store: Store, query: ListQuery, run_id: int | None) -> list[Any]:
    from arcbatt.report.run_rows import failure_rows, newest_run

    return list(failure_rows(store, run_id or newest_run(store), query))


def _runs(store: Store, query: ListQuery, run_id: int | None) -> list[Any]:
    runs = [run for run in store.runs() if run_id is None or run.id == run_id]
    return runs if query.limit is None else runs[-query.limit :]


_ROWS: Final[dict[str, Callable[[Store, ListQuery, int | None], list[Any]]]] = {
    "programs": _programs, "differs": _programs, "tasks": _tasks, "scores": _scores, "failures": _failures,
    "runs": _runs,
}  # fmt: skip
