"""The verdicts on many programs on a sample, put together out of those on parts of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from arcbatt.engine.native import NativeVerdicts, VerdictReader
from arcbatt.engine.native_module import native_module
from arcbatt.engine.tally import VerdictList, Verdicts
from arcbatt.engine.verdict import Verdict
from arcbatt.program.graph import Graph

__all__ = ["Gathering"]


class Gathering:
    """Takes the verdicts on parts and gives those on the whole: the same as if all had been evaluated together.

    Parts that are native stay so. A part may be forgotten once it was added.
    """

    def __init__(self, graph: Graph, count: int) -> None:
        """Nothing gathered yet.

        Args:
            graph: of the whole.
            count: number of all programs.
        """
        self._graph = graph
        self._count = count
        self._native: Any = None
        self._verdicts: dict[int, Verdict] = {}
        self._nanoseconds: dict[int, int] = {}

    def add(self, part: Verdicts, places: Sequence[int], nodes: Sequence[int]) -> None:
        """Adds the verdicts on some of the programs.

        Args:
            part: the verdicts. All parts are of one engine.
            places: of each of them the place among all programs.
            nodes: for each node of the part's graph the node that it is in the whole.
        """
        if isinstance(part, NativeVerdicts) and not self._verdicts:
            if self._native is None:
                self._native = native_module().Gathering(self._count)
            self._native.add(part.native, places, nodes)
            return
        self._verdicts.update(zip(places, (part[index] for index in range(len(part))), strict=True))
        if isinstance(part, VerdictList) and part.nanoseconds:
            self._nanoseconds.update(zip(places, part.nanoseconds, strict=True))

    def verdicts(self) -> Verdicts:
        """One verdict for each program; to be called once, when all parts were added.

        Raises:
            ValueError: there is a program of which no part told.
        """
        if not self._verdicts and self._native is not None:
            return NativeVerdicts(VerdictReader(self._graph), self._native.finish())
        if self._native is not None:  # a user's primitive was refused on the way, and with it the native form
            for place, verdict in self._native.known():
                self._verdicts[place] = VerdictReader(self._graph).verdict(*verdict)
        missing = self._count - len(self._verdicts)
        if missing:
            raise ValueError(f"no verdict on {missing} of {self._count} programs")
        nanoseconds = [self._nanoseconds.get(place, 0) for place in range(self._count)] if self._nanoseconds else []
        return VerdictList([self._verdicts[place] for place in range(self._count)], nanoseconds)
