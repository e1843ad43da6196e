"""What ``arcbatt compare`` shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from arcbatt.compare import Comparison
from arcbatt.compare.difference import Change
from arcbatt.compare.sides import TaskStanding
from arcbatt.report.words import counted, percent, some_names

__all__ = ["comparison_lines", "standing_in_words"]

_MOST = 20


def comparison_lines(found: Comparison, most: int = _MOST) -> Iterator[str]:
    """The lines of a comparison: at most so many tasks and programs of each kind, then how many more there are."""
    yield f"{found.before}  ->  {found.after}: {counted(found.common, 'task')} on both sides"
    for tasks, side in ((found.only_before, found.before), (found.only_after, found.after)):
        if tasks:
            yield f"{counted(len(tasks), 'task')} only in {side}: {some_names(tasks)}"
    for title, changes, line in (
        ("won", found.won, _solved), ("lost", found.lost, _solved), ("nearer", found.nearer, _near),
        ("farther", found.farther, _near),
    ):  # fmt: skip
        yield from _section(title, changes, line, most)
    for title, programs in (("new", found.new), ("gone", found.gone)):
        if programs:
            yield f"{counted(len(programs), 'program')} {title}: {some_names([name for name, _ in programs])}"
    if found.phases:
        yield "phases, in CPU seconds, or elapsed ones where there are no others:"
    for phase in found.phases:
        ratio = f"{phase.after_s / phase.before_s:.2f} times" if phase.before_s > 0 else "-"
        yield f"  {phase.phase:<32} {phase.before_s:>10.4f} s {phase.after_s:>10.4f} s  {ratio}"


def _section(title: str, changes: Sequence[Change], line: Callable[[Change], str], most: int) -> Iterator[str]:
    yield f"{title}: {len(changes)}"
    for change in changes[:most]:
        yield f"  {change.task}  {line(change)}"
    if len(changes) > most:
        yield f"  and {len(changes) - most} more"


def standing_in_words(standing: TaskStanding) -> str:
    """How a task stands on a side: ``solved by solve_a``, ``97 % of cells``, ``unsolved``."""
    if standing.is_solved:
        test = {True: "", False: ", wrong on the test", None: ""}[standing.is_right]
        return f"solved by {standing.program or 'some program'}{test}"
    return "unsolved" if standing.near is None else f"{percent(standing.near)} of cells"


def _solved(change: Change) -> str:
    return f"{standing_in_words(change.before)} -> {standing_in_words(change.after)}"


def _near(change: Change) -> str:
    before, after = change.before.near or 0.0, change.after.near or 0.0
    return f"{percent(before)} -> {percent(after)} of cells, {change.after.program}"
