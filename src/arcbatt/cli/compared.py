"""The two sides of a comparison that a person names: runs, workspaces, files; and what can be told of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from arcbatt.cli.next_steps import typed, workspace_words
from arcbatt.cli.options import DataChoice, skip_bad_hint
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.arc import Task
    from arcbatt.compare import AnswerComparison, Comparison, Side
    from arcbatt.report.html.comparison_data import ComparisonData
    from arcbatt.store.place import StorePlace

__all__ = ["FORMAT", "ComparedAnswers", "ComparedRuns", "compared_answers", "compared_runs", "names_answers"]

FORMAT: Final = 1
"""Version of what ``--json`` writes; a change that a reader would notice raises it."""


@dataclass(frozen=True, slots=True)
class ComparedRuns:
    """Two runs, workspaces or result files.

    Attributes:
        comparison: what differs.
        before: the first side.
        after: the second.
        data: where the tasks of the page come from.
        next_steps: commands to go on with.
    """

    kind = "runs"
    comparison: Comparison
    before: Side
    after: Side
    data: DataChoice
    next_steps: Sequence[str] = ()

    def lines(self) -> Iterable[str]:
        """The comparison as text."""
        from arcbatt.report.compare import comparison_lines

        return comparison_lines(self.comparison)

    def page(self) -> ComparisonData:
        """What its page shows; programs run for it."""
        from arcbatt.report.html.comparison_gathering import gather_comparison

        return gather_comparison(self.comparison, self.before, self.after, self.data.load())


@dataclass(frozen=True, slots=True)
class ComparedAnswers:
    """Two submissions.

    Attributes:
        comparison: what differs.
        tasks: those that are at hand; empty where no option names any.
        next_steps: commands to go on with.
    """

    kind = "answers"
    comparison: AnswerComparison
    tasks: Mapping[str, Task]
    next_steps: Sequence[str] = ()

    def lines(self) -> Iterable[str]:
        """The comparison as text."""
        from arcbatt.report.compare_answers import answer_lines

        return answer_lines(self.comparison)

    def page(self) -> ComparisonData:
        """What its page shows."""
        from arcbatt.report.html.answers_gathering import gather_answers

        return gather_answers(self.comparison, self.tasks)


def names_answers(before: str, after: str) -> bool:
    """Whether two words name answers to be compared: at least one a submission.

    Raises:
        InputError: one is a submission and the other nothing that can have answers; only a file can.
    """
    is_before, is_after = _names_submission(before), _names_submission(after)
    if is_before and not is_after:
        _check_has_answers(after, before)
    if is_after and not is_before:
        _check_has_answers(before, after)
    return is_before or is_after


def compared_answers(before: str, after: str, data: DataChoice) -> ComparedAnswers:
    """Two files of answers, compared; with the tasks that options name, it is known which are right.

    Raises:
        InputError: a file or a task is wrong, or the tasks are not those that are answered.
    """
    from arcbatt.compare import answers_of_file, compare_answers, known_outputs

    sides = answers_of_file(Path(before)), answers_of_file(Path(after))
    tasks: Mapping[str, Task] = data.load() if data.is_named else {}
    with skip_bad_hint():
        return ComparedAnswers(compare_answers(*sides, known_outputs(tasks, *sides)), tasks)


def compared_runs(before: str, after: str, data: DataChoice, workspace: StorePlace) -> ComparedRuns:
    """Two sides that have results, compared.

    Args:
        before: the number of a run, a workspace or the address of a database, one of these with ``:NUMBER`` behind
            it, or a file of ``--json``.
        after: likewise.
        data: where the tasks of a page come from.
        workspace: the store that a number alone is a run of.

    Raises:
        InputError: a word names nothing, or nothing that has results.
    """
    from arcbatt.compare import compare

    sides = _side(before, workspace), _side(after, workspace)
    found = compare(*sides)
    return ComparedRuns(found, *sides, data, _next(found, before, after, workspace))


def _next(found: Comparison, before: str, after: str, workspace: StorePlace) -> list[str]:
    """What to look at: what solved a task that was lost, else the tasks that are unsolved; nothing where files are
    compared."""
    of_before, of_after = _list_words(before, workspace), _list_words(after, workspace)
    if found.lost and of_before is not None:
        return [typed("list", "scores", "--task", found.lost[0].task, "--solved", *of_before)]
    if of_after is not None:
        return [typed("list", "tasks", "--unsolved", "--sort=-near", *of_after)]
    return []


def _list_words(side: str, workspace: StorePlace) -> list[str] | None:
    """What ``arcbatt list`` needs to find a side; None for a file."""
    if _is_number(side):
        return ["--run", side, *workspace_words(workspace)]
    named = _store_named(side)
    if named is None:
        return None
    place, number = named
    return [*([] if number is None else ["--run", number]), *workspace_words(place)]


def _side(word: str, workspace: StorePlace) -> Side:
    from arcbatt.compare import side_of_file, side_of_run, side_of_store
    from arcbatt.store import open_store

    if _is_number(word):
        with closing(open_store(workspace, create=False, read_only=True)) as store:
            return side_of_run(store, int(word), f"run {word}")
    named = _store_named(word)
    if named is not None:
        place, number = named
        with closing(open_store(place, create=False, read_only=True)) as store:
            if number is not None:
                return side_of_run(store, int(number), f"{place}:{number}")
            return side_of_store(store, str(place))
    if os.path.exists(word):
        return side_of_file(Path(word))
    raise InputError(
        f"{word!r:.80}: expected the number of a run, a workspace or postgresql://..., one of these with "
        ":NUMBER, a file of --json, or a submission"
    )


def _store_named(word: str) -> tuple[StorePlace, str | None] | None:
    """The store that a word names and the number of a run of it, if it names one; None where it names no store."""
    from arcbatt.store import place_of

    before, _, number = word.rpartition(":")
    # what follows the host of an address is its port
    is_run = _is_number(number) and (os.path.isdir(before) or before.count("/") > 2)
    place = place_of(before if is_run else word)
    if isinstance(place, Path) and not os.path.isdir(place):
        return None
    return place, number if is_run else None


def _names_submission(word: str) -> bool:
    from arcbatt.compare import is_submission

    return not _is_number(word) and os.path.isfile(word) and is_submission(Path(word))


def _check_has_answers(word: str, submission: str) -> None:
    if _is_number(word) or not os.path.isfile(word):
        raise InputError(
            f"{submission!r:.80} is a submission, and {word!r:.80} has no attempts to compare it with: name another "
            "submission, or a file of solve --json"
        )


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 10
