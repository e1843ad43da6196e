"""The timeline of a run: which worker worked on which task when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from arcbatt.report.html.page_data import SpanData

__all__ = ["Timeline", "TimelineBar", "TimelineRow", "timeline"]

_MOST_BARS: Final = 3000
WIDTH: Final = 1000
"""Units from the beginning of the first span to the end of the last."""


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """A bar: where it begins and how wide it is, in units of the timeline, and what it is, in words."""

    x: float
    width: float
    words: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A worker.

    Attributes:
        worker: its number, from 1.
        bars: in order.
        pieces: number of spans; neighbours may share a bar.
        wall_s: seconds in spans.
        cpu_s: CPU seconds in spans; None where not measured.
        busy: share of the whole time that it was at work, 0 to 1.
    """

    worker: int
    bars: tuple[TimelineBar, ...]
    pieces: int
    wall_s: float
    cpu_s: float | None
    busy: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """A timeline of so many seconds, a row for each worker, by number."""

    seconds: float
    rows: tuple[TimelineRow, ...]


def timeline(spans: Sequence[SpanData]) -> Timeline | None:
    """The timeline of spans; None where there are none. Of very many, close neighbours share a bar."""
    if not spans:
        return None
    whole = max(span.start_s + span.wall_s for span in spans) or 1e-9
    workers = sorted({span.worker for span in spans})
    least = whole * len(workers) / _MOST_BARS if len(spans) > _MOST_BARS else 0.0
    return Timeline(whole, tuple(_row(worker, spans, whole, least) for worker in workers))


def _row(worker: int, spans: Sequence[SpanData], whole: float, least: float) -> TimelineRow:
    own = sorted((span for span in spans if span.worker == worker), key=lambda span: (span.start_s, span.task))
    groups: list[list[SpanData]] = []
    for span in own:
        if groups and span.start_s + span.wall_s - groups[-1][0].start_s < least:
            groups[-1].append(span)
        else:
            groups.append([span])
    wall = sum(span.wall_s for span in own)
    cpu = None if any(span.cpu_s is None for span in own) else sum(span.cpu_s or 0.0 for span in own)
    return TimelineRow(
        worker, tuple(_bar(group, whole) for group in groups), len(own), wall, cpu, min(1.0, wall / whole)
    )


def _bar(group: Sequence[SpanData], whole: float) -> TimelineBar:
    start = group[0].start_s
    end = max(span.start_s + span.wall_s for span in group)
    first = group[0]
    what = f"{first.task} {first.name}".strip() if len(group) == 1 else f"{len(group)} pieces of work from {first.task}"
    cpu = "" if len(group) > 1 or first.cpu_s is None else f", {first.cpu_s:.3f} CPU s"
    words = f"{what}: {start:.3f} to {end:.3f} s{cpu}"
    return TimelineBar(round(WIDTH * start / whole, 2), max(0.6, round(WIDTH * (end - start) / whole, 2)), words)
