"""``arcbatt store``: copy, check and vacuum a store as a whole."""

from __future__ import annotations

import shlex

import click

from arcbatt.cli.help_text import FittingContext
from arcbatt.cli.lines import say
from arcbatt.cli.next_steps import say_next
from arcbatt.cli.store_option import DEFAULT_WORKSPACE, PLACE
from arcbatt.cli.waiting import measured, quiet_option
from arcbatt.errors import InputError
from arcbatt.store.place import StorePlace, place_of

__all__ = ["command"]


@click.group("store", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Copy a store to another place, check it, give its space back."""


@command.command("copy")
@click.argument("source", metavar="FROM", type=PLACE)
@click.argument("target", metavar="TO", type=PLACE)
@quiet_option
def copy(source: StorePlace, target: StorePlace) -> None:
    """Copy everything in a store to another place, where there is none yet or an empty one.

    A place is a folder or postgresql://USER@HOST/DATABASE. Programs, tasks, scores, runs with their results, lineage
    and evolutions: `list`, `report` and `--resume` do on the copy what they do here. It is one transaction: when it is
    interrupted, or killed, the copy is empty and may be begun again.

    \b
    arcbatt store copy .arcbatt postgresql://ada@db.lab/arc
    arcbatt store copy postgresql://ada@db.lab/arc backup
    """
    from arcbatt.report.words import counted
    from arcbatt.store import open_store
    from arcbatt.store.exchange.copying import copy_store
    from arcbatt.store.sql.sql_store import SqlStore

    if source == target:
        raise InputError(f"{source}: a store cannot be copied onto itself. Name another place")
    with open_store(source, create=False, read_only=True) as old, open_store(target, create=True) as new:
        assert isinstance(old, SqlStore)
        assert isinstance(new, SqlStore)
        with measured("copying rows") as meter:
            rows = copy_store(old, new, on_row=meter.reach)
        counts = new.counts()
    say(
        f"{target}: {counted(counts['solvers'], 'solver')} and {counted(counts['differs'], 'differ')}, "
        f"{counted(counts['scores'], 'score')} on {counted(counts['tasks'], 'task')}, "
        f"{counted(counts['runs'], 'run')}; {counted(rows, 'row')} copied"
    )
    say_next([f"arcbatt store check {shlex.quote(str(target))}"])


@command.command("check")
@click.argument("place", metavar="[PLACE]", type=PLACE, required=False)
@click.option("--most", type=click.IntRange(1), default=100, show_default=True, help="Most problems that are printed.")
@quiet_option
def check(place: StorePlace | None, most: int) -> int:
    """Look through a store for what is wrong in it, and say what can be done; nothing is changed.

    PLACE is a folder or postgresql://USER@HOST/DATABASE; .arcbatt where none is given. Every row is read, and held
    against the rows and files that it needs. Status 1: something is wrong.
    """
    from arcbatt.report.words import counted, printable
    from arcbatt.store import open_store
    from arcbatt.store.checking import problems
    from arcbatt.store.sql.sql_store import SqlStore

    chosen = place or place_of(DEFAULT_WORKSPACE)
    count = 0
    with open_store(chosen, create=False, read_only=True) as store, measured("looking through the store") as meter:
        assert isinstance(store, SqlStore)
        for problem in problems(store, on_table=meter.reach):
            count += 1
            if count <= most:
                meter.write(printable(f"{problem.what}; {problem.remedy}"))
        counts = store.counts()
    if count > most:
        say(f"and {count - most} more (--most {count} prints all)")
    told = counted(count, "problem") if count else "nothing is wrong"
    content = ", ".join(counted(counts[name], name.removesuffix("s")) for name in ("solvers", "scores", "runs"))
    say(f"{chosen}: {told}; {content}")
    return 1 if count else 0


@command.command("vacuum")
@click.argument("place", metavar="[PLACE]", type=PLACE, required=False)
@quiet_option
def vacuum_(place: StorePlace | None) -> None:
    """Remove what nothing in a store refers to any more, and give its space back to the disk.

    PLACE is a folder or postgresql://USER@HOST/DATABASE; .arcbatt where none is given. What goes: solvers of runs that
    have no score left, summaries of tasks that newer runs of the same kind replaced, and parts of what is not there.
    Programs of yours, scores, runs and their results stay. Nobody may share work on the store meanwhile.
    """
    from arcbatt.report.words import counted
    from arcbatt.store import open_store
    from arcbatt.store.sql.sql_store import SqlStore
    from arcbatt.store.vacuuming import vacuum

    chosen = place or place_of(DEFAULT_WORKSPACE)
    with open_store(chosen, create=False) as store:
        assert isinstance(store, SqlStore)
        done = vacuum(
            store, on_wait=lambda: say("arcbatt: waiting for processes that share work, unless they are dead", err=True)
        )
    for table, count in sorted(done.rows.items()):
        say(f"{table}: {counted(count, 'row')} removed")
    say(f"{chosen}: {done.before:,} bytes before, {done.after:,} after")


for _command in command.commands.values():
    _command.context_class = FittingContext
