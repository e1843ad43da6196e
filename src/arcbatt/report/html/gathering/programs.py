"""The programs that a page names, with what they were bred from, back to the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from arcbatt.program.explanation import explained
from arcbatt.report.html.gathering.found import KnownProgram, Sums
from arcbatt.report.html.gathering.reading import ReadPrograms
from arcbatt.report.html.gathering.texts import bounded, one_line
from arcbatt.report.html.page_data import ParentData, ProgramData
from arcbatt.store import LineageRecord

__all__ = ["Lineage", "program_data"]

_MOST_ANCESTORS: Final = 5_000
_MOST_PARENTS: Final = 20
_MOST_WORDS: Final = 12


class Lineage:
    """What programs were bred from.

    Args:
        records: the whole lineage of a store.
    """

    def __init__(self, records: Iterable[LineageRecord]) -> None:
        self._parents: dict[str, list[ParentData]] = {}
        for record in records:
            parents = self._parents.setdefault(record.child, [])
            if len(parents) < _MOST_PARENTS:
                parents.append(ParentData(record.parent, one_line(record.mutation)))

    def parents(self, md5: str) -> tuple[ParentData, ...]:
        """The parents of a program, by MD5 and mutation; empty where none is known."""
        return tuple(self._parents.get(md5, ()))

    def with_ancestors(self, md5s: Iterable[str]) -> list[str]:
        """These programs and their ancestors, the nearer ones first, each once; at most some thousands."""
        found = dict.fromkeys(md5s)
        level, left = list(found), _MOST_ANCESTORS
        while level and left > 0:
            fresh = dict.fromkeys(
                parent.md5 for md5 in level for parent in self.parents(md5) if parent.md5 not in found
            )  # fmt: skip
            level = list(fresh)[:left]
            left -= len(level)
            found.update(dict.fromkeys(level))
        return list(found)


def program_data(
    md5s: Sequence[str], known: Mapping[str, KnownProgram], sums: Mapping[str, Sums], lineage: Lineage,
    read: ReadPrograms, explained_md5s: Iterable[str],
) -> tuple[ProgramData, ...]:  # fmt: skip
    """The data of programs, in the order of :class:`~arcbatt.report.html.page_data.ReportData`.

    Args:
        md5s: of the programs, each once.
        known: those of which the text is known; of another there is the MD5 alone.
        sums: over the tasks of the page.
        lineage: for their parents.
        read: reads them.
        explained_md5s: those that are told in words too.
    """
    worded = set(explained_md5s)
    found = []
    for md5 in md5s:
        of_one = sums.get(md5, Sums())
        item = known.get(md5) or KnownProgram(md5, f"program {md5[:8]}", 0, "")
        data = ProgramData(
            md5, one_line(item.name), item.size, bounded(item.text), _words(md5, read) if md5 in worded else (),
            of_one.tasks, of_one.solved, of_one.near, of_one.fuel, of_one.seconds, lineage.parents(md5),
        )  # fmt: skip
        found.append((-of_one.solved, -of_one.demo_right, -(of_one.near or 0.0), data.name, md5, data))
    return tuple(item[-1] for item in sorted(found, key=lambda item: item[:-1]))


def _words(md5: str, read: ReadPrograms) -> tuple[str, ...]:
    program = read.read(md5)
    return () if program is None else tuple(map(one_line, explained(program)[:_MOST_WORDS]))
