"""``arcbatt build``: a battery file drawn from the store."""

from __future__ import annotations

import random
from pathlib import Path

import click

from arcbatt.cli.options import load_primitive_files, primitives_option, tell_left_out, workspace_option
from arcbatt.cli.output import OutputFile

__all__ = ["command"]


@click.command("build")
@click.option("-c", "--count", type=click.IntRange(1), default=32, show_default=True, help="Number of solvers to draw.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the draw.")
@click.option("-o", "--output", required=True, metavar="FILE", help="The battery file; - is standard output.")
@primitives_option
@workspace_option
def command(count: int, seed: int, output: str, primitive_files: tuple[Path, ...], workspace: Path) -> None:
    """Draw programs from the store into a battery file.

    The weight of a solver is 1 plus its o_score over all tasks. The stored differs go in too; where there is none,
    the starter differs.
    """
    load_primitive_files(primitive_files)

    from arcbatt.battery.files import battery_text
    from arcbatt.pipeline.stored import drawn_battery
    from arcbatt.store import open_store

    file = OutputFile(output, "-o")
    with open_store(workspace, create=False, read_only=True) as store:
        battery, refusals = drawn_battery(store, count, random.Random(seed))
    tell_left_out(refusals)
    file.write(battery_text(battery))
    if output != "-":
        click.echo(f"{len(battery.solvers)} solvers, {len(battery.differs)} differs in {output}")
