"""Candidates: the right programs of a task, gathered by what they give on its test inputs.

Many programs with one answer are one candidate, of which a few programs, one for each way of building, speak: its
voices. So a goal that is met in a thousand ways takes the room of one candidate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from arcbatt.arc import Grid
from arcbatt.program.graph import PRIMITIVE
from arcbatt.program.program import Program
from arcbatt.search.evidence.prequential import PartialFit
from arcbatt.search.ranking.leads import Lead

__all__ = ["Candidate", "Candidates"]

MOST_CANDIDATES: Final = 96
"""Different answers that are kept; later ones, which are the dearer ones, are left out."""
MOST_VOICES: Final = 8
"""Programs that are kept for an answer."""


@dataclass(slots=True)
class Candidate:
    """An answer to a task: what some programs, right on all demo samples, give on its test inputs.

    Attributes:
        outputs: one for each test input; None where they give no valid grid.
        voices: programs that give it, each built of other primitives, of which it is the smallest; in the order in
            which they were found; at most :data:`MOST_VOICES`, at least one.
        count: programs that were found to give it, voices included.
        families: which goals and sources found them.
    """

    outputs: tuple[Grid | None, ...]
    voices: list[Lead]
    count: int = 0
    families: set[str] = field(default_factory=set)

    def _repr_html_(self) -> str:
        from arcbatt.search.ranking.candidate_html import candidate_html

        return candidate_html(self)


class Candidates:
    """The candidates of a task. What they are depends on the leads and their order alone.

    Attributes:
        partial_fits: what an enumeration recorded of programs that are right on some demo samples.
        families: which goals and sources found how many programs.
    """

    def __init__(self) -> None:
        self.partial_fits: tuple[PartialFit, ...] = ()
        self.families: Counter[str] = Counter()
        self._by_outputs: dict[tuple[Grid | None, ...], Candidate] = {}
        self._ways: dict[tuple[object, ...], int] = {}

    def __len__(self) -> int:
        return len(self._by_outputs)

    def __iter__(self) -> Iterator[Candidate]:
        """In the order in which their first programs came."""
        return iter(self._by_outputs.values())

    def add(self, leads: Iterable[Lead]) -> None:
        """Takes up programs that are right on all demo samples."""
        for lead in leads:
            candidate = self._by_outputs.get(lead.outputs)
            if candidate is None:
                if len(self) >= MOST_CANDIDATES:
                    continue
                candidate = self._by_outputs[lead.outputs] = Candidate(lead.outputs, [])
            candidate.count += 1
            candidate.families.add(lead.family)
            self.families[lead.family] += 1
            self._hear(candidate, lead)

    def _hear(self, candidate: Candidate, lead: Lead) -> None:
        """Gives a program a voice, if it is built otherwise than those that have one, or smaller."""
        way = (lead.outputs, lead.is_known, primitives_of(lead.program))
        place = self._ways.get(way)
        if place is not None:
            if lead.program.size < candidate.voices[place].program.size:
                candidate.voices[place] = lead
        elif len(candidate.voices) < MOST_VOICES and not _is_among(lead, candidate.voices):
            self._ways[way] = len(candidate.voices)
            candidate.voices.append(lead)

    @property
    def answering(self) -> list[Candidate]:
        """Those that answer a test input."""
        return [candidate for candidate in self if any(output is not None for output in candidate.outputs)]

    @property
    def count(self) -> int:
        """Number of programs that were found to fit and answer a test input."""
        return sum(candidate.count for candidate in self.answering)

    @property
    def voices(self) -> list[Lead]:
        """The voices of all candidates."""
        return [lead for candidate in self for lead in candidate.voices]


def _is_among(lead: Lead, voices: Iterable[Lead]) -> bool:
    """Whether a program has a voice: one that is handed in may be found again."""
    return any(voice.program.md5 == lead.program.md5 for voice in voices)


def primitives_of(program: Program) -> frozenset[str]:
    """The primitives that a program is built of: programs with the same ones are near-copies, and no second opinion."""
    graph = program.graph
    return frozenset(graph.values[node] for node in graph.order(program.root) if graph.kinds[node] == PRIMITIVE)
