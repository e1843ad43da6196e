"""``arcbatt score``: what a submission is worth."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.lines import say
from arcbatt.cli.next_steps import again, say_next, typed
from arcbatt.cli.options import DataChoice, data_options, json_option, select_tasks
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.arc.submission import Score, Solutions

__all__ = ["command"]

_MOST_NAMED = 5
_MOST_MALFORMED = 10


@click.command("score")
@click.argument("submission", type=click.Path(path_type=Path))
@click.option("--solutions", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="Kaggle's solutions: the output grids by task id; repeatable.")
@data_options
@click.option("-v", "--verbose", is_flag=True, help="Print a line for each task of the submission.")
@json_option
def command(
    submission: Path, solutions: tuple[Path, ...], data: DataChoice, verbose: bool, as_json: bool,
) -> None:  # fmt: skip
    """Score a submission: test outputs right within two attempts, as Kaggle counts, and tasks wholly right.

    The ARC Prize's own scorer takes the mean over the tasks of the share of their outputs that are right; it is
    printed too. Tasks that the submission lacks and malformed attempts count as wrong; tasks without a solution are
    left out.

    \b
    arcbatt score submission.json --solutions arc-agi_evaluation_solutions.json
    arcbatt score submission.json --set arc1-eval -v
    """
    from arcbatt.arc.submission import read_submission, score_submission

    attempts, malformed = read_submission(submission)
    score = score_submission(attempts, _solutions(solutions, data))
    if as_json:
        click.echo(json.dumps(_data(score, malformed), indent=1))
        return
    if verbose:
        _print_tasks(score)
    _print_totals(score)
    _print_malformed(malformed)
    wrong = next((task_id for task_id, outputs in score.right.items() if not all(outputs)), None)
    commands = [] if verbose else [again("-v")]
    if wrong is not None and data.is_named:
        commands.append(typed("show", wrong, *data.words))
    say_next(commands)


def _solutions(solutions: tuple[Path, ...], data: DataChoice) -> Solutions:
    """The test outputs that the options name."""
    from arcbatt.arc.submission import joined_solutions, read_solutions, solutions_of

    if solutions:
        if data.is_named:
            raise InputError("--solutions excludes --set and --data; give one")
        return joined_solutions([(str(path), read_solutions(path)) for path in solutions])
    if not data.is_named:
        raise InputError("score against what? Name Kaggle's file with --solutions, or the tasks with --set or --data")
    return solutions_of(select_tasks(data.load().slice))


def _print_tasks(score: Score) -> None:
    missing = frozenset(score.missing)
    for task_id, outputs in score.right.items():
        if task_id not in missing:
            say(f"{task_id}  {sum(outputs)}/{len(outputs)} right")


def _print_totals(score: Score) -> None:
    say(f"{_percent(score.outputs_right / score.outputs)}: Kaggle's score; {score.outputs_right} of "
               f"{score.outputs} test outputs right within two attempts")  # fmt: skip
    say(f"{_percent(score.mean)}: the score of the ARC Prize's own scorer; mean over the tasks of the share of "
               "their outputs right")  # fmt: skip
    say(f"{score.tasks_right} of {len(score.right)} tasks wholly right "
               f"({_percent(score.tasks_right / len(score.right))})")  # fmt: skip
    if score.missing:
        say(f"not in the submission, counted as wrong: {_named(score.missing)}")
    if score.extra:
        say(f"without a solution, left aside: {_named(score.extra)}")


def _print_malformed(malformed: Sequence[str]) -> None:
    if malformed:
        attempts = "attempt" if len(malformed) == 1 else "attempts"
        say(f"malformed, counted as wrong: {len(malformed):,} {attempts}")
    for reason in malformed[:_MOST_MALFORMED]:
        say(f"  {reason}")
    if len(malformed) > _MOST_MALFORMED:
        say(f"  and {len(malformed) - _MOST_MALFORMED:,} more")


def _named(ids: tuple[str, ...]) -> str:
    from arcbatt.arc._shown import listed, shown_path

    return f"{len(ids)} task{'s' if len(ids) > 1 else ''} ({listed(map(shown_path, ids), _MOST_NAMED)})"


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def _data(score: Score, malformed: Sequence[str]) -> dict[str, object]:
    return {
        "score": score.mean,
        "outputs": score.outputs,
        "outputs_right": score.outputs_right,
        "outputs_share": score.outputs_right / score.outputs,
        "tasks": len(score.right),
        "tasks_right": score.tasks_right,
        "tasks_share": score.tasks_right / len(score.right),
        "missing": list(score.missing),
        "extra": list(score.extra),
        "malformed": list(malformed),
        "right": {task_id: list(outputs) for task_id, outputs in score.right.items()},
    }
