"""The scores of a workspace as a data frame, in one call."""

from __future__ import annotations

import os
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from arcbatt.frames import frame_of

if TYPE_CHECKING:
    from arcbatt.store import ListQuery, PostgresAddress, Store

__all__ = ["scores_frame"]


def scores_frame(
    workspace: str | os.PathLike[str] | PostgresAddress | Store, query: ListQuery | None = None, *,
    library: str | None = None,
) -> Any:  # fmt: skip
    """The scores that a workspace keeps, a row each: what ``arcbatt list scores`` shows.

    The columns are the fields of :class:`arcbatt.store.ScoreRow`: task, digest, name, md5, size, demo_right,
    demo_count, near, test_right, test_count, fuel, seconds, t_log, failed. Rows come sorted by task, the better
    program first, unless the query says otherwise. The workspace is only read.

    Args:
        workspace: the folder, the address of a database (``postgresql://...``), or a store that is open.
        query: which scores, and in which order; None for all.
        library: ``pandas`` or ``polars``; None for the first of them that is installed.

    Raises:
        StoreError: there is no such workspace, or it cannot be read.
        InputError: the query or the library is wrong.
        ImportError: the library is not installed, or neither is.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, open_store(folder, create=True) as store:
        ...     scores_frame(store, library="polars").shape
        (0, 14)
    """
    from arcbatt.store import ListQuery, PostgresAddress, ScoreRow, Store, open_store, place_of

    wanted = query or ListQuery()
    if isinstance(workspace, Store):
        rows = workspace.list_scores(wanted)
    else:
        place = workspace if isinstance(workspace, PostgresAddress) else place_of(os.fsdecode(workspace))
        with open_store(place, create=False, read_only=True) as store:
            rows = store.list_scores(wanted)
    columns = [field.name for field in fields(ScoreRow)]
    return frame_of([{name: getattr(row, name) for name in columns} for row in rows], columns, library)
