"""``arcbatt build``: a battery file drawn from the store."""

from __future__ import annotations

import random
from pathlib import Path

import click

from arcbatt.cli.options import workspace_option
from arcbatt.cli.output import OutputFile
from arcbatt.errors import InputError

__all__ = ["command"]


@click.command("build")
@click.option("-c", "--count", type=click.IntRange(1), default=32, show_default=True, help="Number of solvers to draw.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the draw.")
@click.option("-o", "--output", required=True, metavar="FILE", help="The battery file; - is standard output.")
@workspace_option
def command(count: int, seed: int, output: str, workspace: Path) -> None:
    """Draw programs from the store into a battery file.

    The weight of a solver is 1 plus its o_score over all tasks. The stored differs go in too; where there is none,
    the starter differs.
    """
    from arcbatt.battery.battery import Battery
    from arcbatt.battery.draw import draw
    from arcbatt.battery.files import battery_text
    from arcbatt.library import starter_differs
    from arcbatt.program.parse import parse_programs
    from arcbatt.store import open_store

    file = OutputFile(output, "-o")
    with open_store(workspace, create=False, read_only=True) as store:
        weights = {total.md5: 1 + total.o_score for total in store.best_scores()}
        programs = [
            program.renamed(record.name)
            for record in store.programs()
            for program in parse_programs(record.text, f"{record.md5}.py")
        ]
    solvers = [(program, weights[program.md5]) for program in programs if program.kind == "solver"]
    if not solvers:
        raise InputError(f"{workspace}: no solver is stored yet; run 'arcbatt import' or 'arcbatt run' first")
    drawn = draw(solvers, count, random.Random(seed))
    differs = [program for program in programs if program.kind == "differ"] or starter_differs()
    battery = Battery.of([*drawn, *differs])
    file.write(battery_text(battery))
    if output != "-":
        click.echo(f"{len(battery.solvers)} solvers, {len(battery.differs)} differs in {output}")
