"""What the work of a run took: its phases, and when each task was done by which worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from arcbatt.report.html.page_data import PhaseData, SpanData
from arcbatt.store import RunRecord, Store

__all__ = ["MOST_SPANS", "Piece", "phases_of", "pieces_of", "seconds_by_task", "spans_of"]

MOST_SPANS: Final = 20_000
"""Spans of a page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work on a task.

    Attributes:
        digest: of the task's samples.
        step: of an evolution, from 0; None of other jobs.
        worker: from 1.
        start_s: seconds since the run began; of a run that was resumed, since the first did, with the pauses left out.
        wall_s: elapsed seconds.
        cpu_s: CPU seconds; None where not measured.
    """

    digest: str
    step: int | None
    worker: int
    start_s: float
    wall_s: float
    cpu_s: float | None

    @property
    def end_s(self) -> float:
        """When it ended, as ``start_s``."""
        return self.start_s + self.wall_s


def pieces_of(store: Store, run: RunRecord) -> list[Piece]:
    """The pieces of work of a run and of those that it resumed, in the order of their beginning; empty if not kept."""
    found: list[Piece] = []
    before_s = 0.0
    for _, times in groupby(store.task_times(run.id), lambda time: time.run_id):
        fresh = [
            Piece(time.digest, time.step if run.command == "evolve" else None, time.worker, before_s + time.start_s,
                  time.wall_s, time.cpu_s)
            for time in times
        ]  # fmt: skip
        found += fresh
        before_s = max(piece.end_s for piece in fresh)
    return found


def phases_of(run: RunRecord) -> tuple[PhaseData, ...]:
    """The phases of a run in their order, without those that took nothing."""
    return tuple(
        PhaseData(name, phase.wall_s, phase.cpu_s) for name, phase in run.phases.items()
        if phase.wall_s is not None or phase.cpu_s is not None
    )  # fmt: skip


def spans_of(pieces: Sequence[Piece], ids: Mapping[str, str]) -> tuple[SpanData, ...]:
    """The first so many pieces as spans of the timeline.

    Args:
        pieces: in their order.
        ids: of the tasks by digest; others are left out.
    """
    return tuple(
        SpanData(
            piece.worker, ids[piece.digest], "" if piece.step is None else f"generation {piece.step}",
            round(piece.start_s, 6), round(piece.wall_s, 6), None if piece.cpu_s is None else round(piece.cpu_s, 6),
        )
        for piece in pieces if piece.digest in ids
    )[:MOST_SPANS]  # fmt: skip


def seconds_by_task(pieces: Iterable[Piece]) -> dict[str, float]:
    """The CPU seconds of each task by digest; a task with a piece that was not measured is absent."""
    found: dict[str, float | None] = {}
    for piece in pieces:
        known = found.get(piece.digest, 0.0)
        found[piece.digest] = None if known is None or piece.cpu_s is None else known + piece.cpu_s
    return {digest: round(seconds, 6) for digest, seconds in found.items() if seconds is not None}
