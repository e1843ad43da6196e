"""What ``arcbatt compare`` shows of two submissions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arcbatt.arc.submission import ReadAttempts
from arcbatt.compare import AnswerComparison, ComparedOutput
from arcbatt.report.words import counted, some_names

__all__ = ["answer_lines", "attempts_in_words", "sums_in_words"]

_MOST = 20


def answer_lines(found: AnswerComparison, most: int = _MOST) -> Iterator[str]:
    """The lines of a comparison of answers: at most so many outputs of each kind, then how many more there are."""
    yield f"{found.before}  ->  {found.after}: {counted(found.common, 'task')} on both sides"
    for tasks, side in ((found.only_before, found.before), (found.only_after, found.after)):
        if tasks:
            yield f"{counted(len(tasks), 'task')} only in {side}: {some_names(tasks)}"
    for count, side in ((found.malformed_before, found.before), (found.malformed_after, found.after)):
        if count:
            yield f"malformed in {side}: {counted(count, 'attempt')}"
    yield from sums_in_words(found)
    if found.totals.known:
        yield from _section("won", found.won, most)
        yield from _section("lost", found.lost, most)
    yield from _section("different", found.different, most)


def sums_in_words(found: AnswerComparison) -> Iterator[str]:
    """How many outputs have the same attempts, and how many are right on both sides, a line each."""
    totals = found.totals
    yield (
        f"{counted(totals.outputs, 'test output')}: {totals.same:,} with the same attempts, {totals.swapped:,} with "
        f"the same in the other order, {totals.different:,} with others"
    )
    if totals.known:
        yield (
            f"right within two attempts: {totals.right_before:,} -> {totals.right_after:,} of "
            f"{counted(totals.known, 'known output')}"
        )
    else:
        yield "right or wrong: unknown; --set or --data names the tasks with their outputs"


def attempts_in_words(attempts: ReadAttempts | None, is_right: bool | None) -> str:
    """The attempts of a side at an output, by their sizes: ``3x3, 3x4 (right)``."""
    if attempts is None:
        return "no entry"
    sizes = ["malformed" if grid is None else f"{len(grid)}x{len(grid[0])}" for grid in attempts]
    verdict = {True: " (right)", False: " (wrong)", None: ""}[is_right]
    return ", ".join(sizes) + verdict


def _section(title: str, outputs: Sequence[ComparedOutput], most: int) -> Iterator[str]:
    yield f"{title}: {len(outputs)}"
    for output in outputs[:most]:
        before = attempts_in_words(output.before, output.right_before)
        after = attempts_in_words(output.after, output.right_after)
        yield f"  {output.task} test {output.test}  {before} -> {after}"
    if len(outputs) > most:
        yield f"  and {len(outputs) - most} more"
