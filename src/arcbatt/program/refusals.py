"""Why a text is no program: one error that says file, line and reason, and a bounded collection of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, overload

from arcbatt.errors import InputError

__all__ = ["KEPT_EACH", "ProgramError", "Refusals", "quote"]

KEPT_EACH: Final = 5
"""Refusals of one kind that are kept in full; the others are counted."""
_KINDS: Final = 100
_NAMES: Final = 1_000
_SHOWN: Final = 60
_SHOWN_NAMES: Final = 3
_LINES: Final = 10
_OTHER: Final = "other reasons"


class ProgramError(InputError):
    """A program file, or one function in it, is refused.

    Attributes:
        path: the file as it was named, or what stands for it.
        line: counted from 1; None when the file could not be read at all.
        reason: what was found and what is accepted, without path and line.
        kind: what refusals are counted by: the reason without names and numbers, such as ``unknown name``.
        name: what the refusal is about, such as the unknown name; empty when there is no such name.
    """

    def __init__(self, path: str, line: int | None, reason: str, kind: str = _OTHER, name: str = "") -> None:
        super().__init__(path, line, reason, kind, name)
        self.path = path
        self.line = line
        self.reason = reason
        self.kind = kind
        self.name = name

    def __str__(self) -> str:
        where = quote(self.path, 1000) if self.line is None else f"{quote(self.path, 1000)}:{self.line}"
        return f"{where}: {self.reason}"


@dataclass(slots=True)
class _Kind:
    """Refusals of one kind: how many, by name, and how many of them are kept."""

    count: int = 0
    kept: int = 0
    names: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, count: int = 1) -> None:
        self.count += count
        if name and (name in self.names or len(self.names) < _NAMES):
            self.names[name] = self.names.get(name, 0) + count

    def __str__(self) -> str:
        """The most frequent names in brackets; equally frequent ones in the order in which they came."""
        if not self.names:
            return ""
        ranked = sorted(self.names.items(), key=lambda item: -item[1])
        words = [f"{name} {count:,}" if count > 1 else name for name, count in ranked[:_SHOWN_NAMES]]
        left = len(ranked) - _SHOWN_NAMES
        more = "more" if len(ranked) < _NAMES else "or more others"
        return f" ({', '.join(words)}{f', {left:,} {more}' if left > 0 else ''})"


class Refusals(Sequence[ProgramError]):
    """Refusals, however many, in bounded memory: the first five of each kind in full, all of them as counts.

    ``len`` counts all of them. Iterating, indexing and slicing give those that are kept, in the order in which they
    came. Equal to a list of the same kept refusals when no other was counted.
    """

    __slots__ = ("_count", "_kept", "_kinds")

    def __init__(self, refusals: Iterable[ProgramError] = ()) -> None:
        self._count = 0
        self._kept: list[ProgramError] = []
        self._kinds: dict[str, _Kind] = {}
        self.extend(refusals)

    def append(self, refusal: ProgramError) -> None:
        """Counts a refusal, and keeps it when it is among the first of its kind."""
        kind = self._kind(refusal.kind)
        kind.add(refusal.name)
        self._count += 1
        self._keep(kind, refusal)

    def extend(self, refusals: Iterable[ProgramError]) -> None:
        """Adds refusals, those that another collection has only counted included."""
        if not isinstance(refusals, Refusals):
            for refusal in refusals:
                self.append(refusal)
            return
        for word, theirs in refusals._kinds.items():
            kind = self._kind(word)
            kind.count += theirs.count
            for name, count in theirs.names.items():
                kind.count -= count
                kind.add(name, count)
        self._count += len(refusals)
        for refusal in refusals:
            self._keep(self._kind(refusal.kind), refusal)

    @property
    def counts(self) -> dict[str, int]:
        """Number of refusals by kind, the most frequent first; of equally frequent ones, the one that came first."""
        ranked = sorted(self._kinds.items(), key=lambda item: -item[1].count)
        return {word: kind.count for word, kind in ranked}

    def by_line(self) -> Refusals:
        """Itself, those that are kept in the order of their lines: for the refusals of one file."""
        self._kept.sort(key=lambda refusal: refusal.line or 0)
        return self

    def summary(self) -> str:
        """One line: ``12 refused: 9 unknown name (get_color 5, rot 4), 3 no return``; empty when there are none."""
        parts = [f"{count:,} {word}{self._kinds[word]}" for word, count in self.counts.items()]
        return f"{len(self):,} refused: {', '.join(parts)}" if parts else ""

    def lines(self) -> list[str]:
        """What to print: up to ten refusals in full, and the counts by reason when there are more."""
        shown = [str(refusal) for refusal in self._kept[:_LINES]]
        return shown if len(shown) == len(self) else [*shown, self.summary()]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[ProgramError]:
        return iter(self._kept)

    @overload
    def __getitem__(self, index: int) -> ProgramError: ...
    @overload
    def __getitem__(self, index: slice) -> list[ProgramError]: ...
    def __getitem__(self, index: int | slice) -> ProgramError | list[ProgramError]:
        return self._kept[index]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Refusals):
            return self._kept == other._kept and self.counts == other.counts
        return isinstance(other, list) and len(self) == len(other) and self._kept == other

    __hash__: Any = None

    def __repr__(self) -> str:
        return f"<Refusals {self.summary() or 'none'}>"

    def _kind(self, word: str) -> _Kind:
        if word not in self._kinds and len(self._kinds) >= _KINDS:
            word = _OTHER
        return self._kinds.setdefault(word, _Kind())

    def _keep(self, kind: _Kind, refusal: ProgramError) -> None:
        if kind.kept < KEPT_EACH:
            kind.kept += 1
            self._kept.append(refusal)


def quote(text: str, longest: int = _SHOWN) -> str:
    """Text that is safe to print: one line, no control characters, cut when it is longer than that."""
    cut = text if len(text) <= longest else text[: longest - 3] + "..."
    if cut.isascii() and cut.isprintable():
        return cut
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
