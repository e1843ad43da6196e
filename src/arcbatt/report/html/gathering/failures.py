"""What failed, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from arcbatt.report.html.gathering.texts import one_line
from arcbatt.report.html.page_data import FailureData
from arcbatt.results import FailureGroup, merged_groups

__all__ = ["failure_data", "md5s_by_name"]


def md5s_by_name(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """MD5 by name, of pairs (name, MD5); of several programs of one name the first."""
    found: dict[str, str] = {}
    for name, md5 in named:
        found.setdefault(name, md5)
    return found


def failure_data(groups: Iterable[FailureGroup], md5s: Mapping[str, str], most: int) -> tuple[FailureData, ...]:
    """Groups of failures, those of one kind and primitive as one, the largest first; at most so many.

    Args:
        groups: of one task or of several.
        md5s: MD5 by the name of a program; a program that is not in it is shown by its name.
        most: of groups.
    """
    return tuple(
        FailureData(
            str(group.kind), one_line(group.call), one_line(group.message), group.count,
            md5s.get(group.program) or one_line(group.program),
        )
        for group in merged_groups(groups)[:most]
    )  # fmt: skip
