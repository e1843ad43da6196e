"""The summaries of the tasks of a run, as JSON texts."""

from __future__ import annotations

from arcbatt.store import RunRecord, Store

__all__ = ["summaries_of"]

_LATER = "a later run of the same kind stands in the place of this one: what is kept of its tasks alone is not shown"


def summaries_of(store: Store, run: RunRecord) -> tuple[dict[str, str], list[str]]:
    """The summaries of the tasks of a run by digest, and notes.

    The store has those of the newest runs of a kind; of an earlier one that was not resumed there are none.
    """
    newest = store.runs(run.key)[-1]
    if newest.series != run.series:
        return {}, [_LATER]
    return store.done_tasks(run.key), []
