"""What may lie in a workspace under the names of SQLite's files: regular files, and never a link.

SQLite follows a link at the database's name, also to a file that is not there yet, and refuses one at the names of its
own files for a reason that misleads. A workspace may come from a stranger, so links are refused before it sees them.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from arcbatt.errors import StoreError

__all__ = ["check_no_links"]

_SUFFIXES = ("", "-wal", "-shm", "-journal")


def check_no_links(database: Path) -> None:
    """Checks the database and the files that SQLite keeps beside it.

    Raises:
        StoreError: one of them is a link; the message says where it leads.
    """
    for suffix in _SUFFIXES:
        path = database.with_name(database.name + suffix)
        try:
            is_link = stat.S_ISLNK(os.lstat(path).st_mode)
        except OSError:  # not there, or of no use: opening it says why
            continue
        if is_link:
            raise StoreError(
                f"{path}: expected a file, got a link to {os.readlink(path)!r:.200}. Remove the link, or name the "
                "workspace that it leads to"
            )
