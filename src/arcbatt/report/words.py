"""Numbers and results in words, the same in every report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from arcbatt.results import FailureGroup

__all__ = [
    "broken", "counted", "failure_line", "own_failure_lines", "percent", "printable", "probability_in_words",
    "samples_right", "seconds_in_words", "some_names",
]  # fmt: skip


def printable(text: str) -> str:
    """The text on one line, with ``?`` for what does not print: names and reasons come from strangers.

    Control characters, line breaks and marks that turn the direction of writing are among it.
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else "?" for c in text)


def broken(text: str, width: int) -> list[str]:
    """A line as lines that fit a width, broken between words, the further ones indented; a longer word stays whole."""
    if len(text) <= width:
        return [text]
    from textwrap import wrap

    indent = text[: len(text) - len(text.lstrip())]
    lines = wrap(text.lstrip(), max(20, width), initial_indent=indent, subsequent_indent=indent + "    ",
                 break_long_words=False, break_on_hyphens=False)  # fmt: skip
    return lines or [text]


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 task``, ``2 tasks``, ``1,200 tasks``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def some_names(names: Sequence[str], most: int = 5) -> str:
    """The first of some names with commas between; ``...`` where there are more."""
    return ", ".join(names[:most]) + (", ..." if len(names) > most else "")


def percent(share: float) -> str:
    """A share as a percentage: ``97.5 %``. Only what is whole is shown as 100 %."""
    return "100 %" if share >= 1 else f"{int(share * 1000) / 10:g} %"


def probability_in_words(probability: float) -> str:
    """A probability, 0 to 1, to two decimals: ``0.97``. None is shown as certain: ``<0.01``, ``>0.99``."""
    if probability < 0.005:
        return "<0.01"
    return ">0.99" if probability >= 0.995 else f"{probability:.2f}"


def samples_right(right: int | None, count: int, kind: str) -> str:
    """``2/3 demo``, ``?/1 test``."""
    return f"{'?' if right is None else right}/{count} {kind}"


def seconds_in_words(seconds: float) -> str:
    """Seconds as people say them: ``0.5 s``, ``45 s``, ``12 min``, ``3 h 20 min``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def failure_line(group: FailureGroup) -> str:
    """A group of failures on one line: how many, of which kind, in which primitive, and the first reason."""
    where = f" in {group.call}" if group.call else ""
    return f"{group.count:>7,} {group.kind}{where}: {group.message}  ({group.program} on {group.task})"


def own_failure_lines(groups: Iterable[FailureGroup]) -> list[str]:
    """What failed in primitives of the user's own: a heading, and a line for each of the five largest groups."""
    from arcbatt.results import merged_groups

    merged = merged_groups(groups)
    if not merged:
        return []
    heading = f"failed in primitives of your own: {counted(sum(group.count for group in merged), 'evaluation')}"
    return [heading, *map(failure_line, merged[:5])]
