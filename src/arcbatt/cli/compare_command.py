"""``arcbatt compare``: what changed from one run, or one submission, to another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.options import DataChoice, data_options, json_option, workspace_option

if TYPE_CHECKING:
    from arcbatt.compare import AnswerComparison, Comparison

__all__ = ["command"]


@click.command("compare")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@data_options
@workspace_option
@json_option
def command(before: str, after: str, data: DataChoice, workspace: Path, as_json: bool) -> None:
    """Compare two runs, workspaces, result files or submissions.

    A and B are each the number of a run of the workspace (see 'arcbatt list runs'), another workspace, a run of it
    (FOLDER:NUMBER), or a file that --json wrote: tasks won, lost and nearer, programs new and gone, phases.

    Two submissions, or a submission and a file of solve --json, are compared attempt by attempt; with --set or --data
    it is told which are right.

    \b
    arcbatt compare 3 4
    arcbatt compare .arcbatt ../other/.arcbatt
    arcbatt compare before.json after.json
    arcbatt compare old_submission.json submission.json --set arc1-eval
    """
    from arcbatt.report.words import printable
    from arcbatt.results.json_form import plain

    found: Comparison | AnswerComparison
    found = _answers(before, after, data) if _are_answers(before, after) else _runs(before, after, workspace)
    if as_json:
        click.echo(json.dumps(plain(found), indent=1))
        return
    for line in _lines(found):
        click.echo(printable(line))


def _lines(found: Comparison | AnswerComparison) -> list[str]:
    from arcbatt.compare import Comparison
    from arcbatt.report.compare import comparison_lines
    from arcbatt.report.compare_answers import answer_lines

    return list(comparison_lines(found) if isinstance(found, Comparison) else answer_lines(found))


def _are_answers(before: str, after: str) -> bool:
    """Whether answers are compared.

    Raises:
        InputError: one word names a submission and the other nothing that has answers.
    """
    from arcbatt.cli.compared import check_has_answers, names_submission

    is_before, is_after = names_submission(before), names_submission(after)
    if is_before and not is_after:
        check_has_answers(after, before)
    if is_after and not is_before:
        check_has_answers(before, after)
    return is_before or is_after


def _answers(before: str, after: str, data: DataChoice) -> AnswerComparison:
    from arcbatt.cli.options import skip_bad_hint
    from arcbatt.compare import answers_of_file, compare_answers, known_outputs

    sides = answers_of_file(Path(before)), answers_of_file(Path(after))
    if not data.is_named:
        return compare_answers(*sides)
    tasks = data.load()
    with skip_bad_hint():
        return compare_answers(*sides, known_outputs(tasks, *sides))


def _runs(before: str, after: str, workspace: Path) -> Comparison:
    from arcbatt.cli.compared import named_side
    from arcbatt.compare import compare

    return compare(named_side(before, workspace), named_side(after, workspace))
