"""What can go wrong with a workspace, said in one clear line."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arcbatt.errors import InputError, StoreError
from arcbatt.store.sql.damage import DamagedRow

__all__ = ["damaged", "refused", "translated"]

_MOST_REASON = 300
_MISSING_RIGHTS = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)


@contextmanager
def translated(database: Path) -> Iterator[None]:
    """Turns what the database and the file system raise into :class:`StoreError`; other errors pass."""
    try:
        yield
    except (StoreError, InputError):
        raise
    except DamagedRow as error:
        raise damaged(database, str(error)) from error
    except sqlite3.Error as error:
        raise _of_sqlite(database, error) from error
    except UnicodeDecodeError as error:  # what the sqlite3 module makes of a message that quotes damaged bytes
        raise damaged(database, "text that is not UTF-8") from error
    except OSError as error:
        raise refused(Path(error.filename or database), error) from error


def damaged(database: Path, reason: str) -> StoreError:
    """The error for a database whose content cannot be trusted; of a long reason, which may quote it, the beginning."""
    reason = " ".join(reason[: 2 * _MOST_REASON].split())
    if len(reason) > _MOST_REASON:
        reason = f"{reason[:_MOST_REASON]}..."
    return StoreError(
        f"{database}: the database is damaged or not of arcbatt's making ({reason}). "
        "Move it away and start anew: "
        "`arcbatt import` takes the programs in solver_md5 and differ_md5 beside it again"
    )


def refused(path: Path, error: OSError) -> StoreError:
    """The error for a file or folder that the system did not let us use."""
    reason = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreError(f"{path}: no space left ({reason}). Make room and repeat; what was stored before is unharmed")
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return StoreError(f"{path}: expected a folder, got something else ({reason}). Name another workspace")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StoreError(f"{path}: missing rights ({reason}). Change them or name another workspace")
    return StoreError(f"{path}: {reason}")


def _of_sqlite(database: Path, error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreError(f"{database}: locked by another process for too long. Wait for it or end it, then repeat")
    if primary in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return StoreError(
            f"{database}: reading or writing failed ({error}), the disk may be full. "
            "Make room and repeat; what was stored before is unharmed"
        )
    if primary in _MISSING_RIGHTS:
        return StoreError(f"{database}: missing rights ({error}). Change them or name another workspace")
    if primary == sqlite3.SQLITE_TOOBIG:
        return StoreError(f"{database}: a value is too large for the database ({error})")
    if primary == sqlite3.SQLITE_NOMEM:
        return StoreError(f"{database}: out of memory")
    return damaged(database, str(error))
