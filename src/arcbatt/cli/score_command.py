"""``arcbatt score``: what a submission is worth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.options import data_options, json_option, load_tasks
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.arc.submission import Score, Solutions

__all__ = ["command"]

_MOST_NAMED = 5


@click.command("score")
@click.argument("submission", type=click.Path(path_type=Path))
@click.option("--solutions", type=click.Path(path_type=Path), metavar="FILE",
              help="Kaggle's solutions: the output grids by task id.")
@data_options
@click.option("-v", "--verbose", is_flag=True, help="Print a line for each task.")
@json_option
def command(
    submission: Path, solutions: Path | None, set_name: str | None, data: Path | None, verbose: bool, as_json: bool
) -> None:
    """Score a submission: test outputs right within two attempts, tasks wholly right.

    Tasks of the solutions that the submission lacks count as wrong; tasks without a solution are left aside.

    \b
    arcbatt score submission.json --solutions arc-agi_evaluation_solutions.json
    arcbatt score submission.json --set arc1-eval -v
    """
    from arcbatt.arc.submission import read_submission, score_submission

    score = score_submission(read_submission(submission), _solutions(solutions, set_name, data))
    if as_json:
        click.echo(json.dumps(_data(score), indent=1))
        return
    if verbose:
        for task_id, outputs in score.right.items():
            lacks = "  not in the submission" if task_id in score.missing else ""
            click.echo(f"{task_id}  {sum(outputs)}/{len(outputs)} right{lacks}")
    click.echo(f"{score.outputs_right} of {score.outputs} test outputs right within two attempts "
               f"({_percent(score.outputs_right / score.outputs)})")  # fmt: skip
    click.echo(f"{score.tasks_right} of {len(score.right)} tasks wholly right "
               f"({_percent(score.tasks_right / len(score.right))})")  # fmt: skip
    click.echo(f"score {_percent(score.mean)} (mean over tasks of the share of their outputs)")
    if score.missing:
        click.echo(f"not in the submission, counted as wrong: {_named(score.missing)}")
    if score.extra:
        click.echo(f"without a solution, left aside: {_named(score.extra)}")


def _solutions(solutions: Path | None, set_name: str | None, data: Path | None) -> Solutions:
    """The test outputs that the options name."""
    from arcbatt.arc.submission import read_solutions, solutions_of

    if solutions is not None:
        if set_name is not None or data is not None:
            raise InputError("--solutions excludes --set and --data; give one")
        return read_solutions(solutions)
    if set_name is None and data is None:
        raise InputError("score against what? Name Kaggle's file with --solutions, or the tasks with --set or --data")
    return solutions_of(load_tasks(set_name, data))


def _named(ids: tuple[str, ...]) -> str:
    more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    return f"{len(ids)} task{'s' if len(ids) > 1 else ''} ({', '.join(ids[:_MOST_NAMED])}{more})"


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def _data(score: Score) -> dict[str, object]:
    return {
        "outputs": score.outputs,
        "outputs_right": score.outputs_right,
        "outputs_share": score.outputs_right / score.outputs,
        "tasks": len(score.right),
        "tasks_right": score.tasks_right,
        "tasks_share": score.tasks_right / len(score.right),
        "score": score.mean,
        "missing": list(score.missing),
        "extra": list(score.extra),
        "right": {task_id: list(outputs) for task_id, outputs in score.right.items()},
    }
