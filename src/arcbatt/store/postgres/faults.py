"""What can go wrong with a PostgreSQL database, said in one clear line without any password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import psycopg

from arcbatt.errors import InputError, StoreError
from arcbatt.store.sql.damage import DamagedRow

if TYPE_CHECKING:
    from arcbatt.store.place import PostgresAddress

__all__ = ["Undone", "reason_of", "translated", "unreachable"]

_MOST_REASON: Final = 300

# by SQLSTATE, or its class of two letters
_WHAT_TO_DO: Final = {
    "42501": "missing rights ({reason}). The database's owner grants them, see docs/shared-store.md; or name another",
    "25006": "it takes no writes ({reason}): a read-only copy? Name the primary server",
    "57014": "the server ended a statement ({reason}). Raise its statement_timeout for this user, then repeat",
    "55P03": "locked by another process for too long. Wait for it or end it, then repeat",
    "54": "a value is too large for the database ({reason})",
    "53100": "no space left ({reason}). Make room and repeat; what was stored before is unharmed",
    "53": "the server is short of means ({reason}). Repeat later, or ask who runs it",
    "58": "reading or writing failed on the server ({reason}). What was stored before is unharmed: ask who runs it",
}
_AGAIN: Final = ("40001", "40P01")  # the server undid it, so that others can go on


class Undone(StoreError):  # noqa: N818 - what it says: repeat it
    """Nothing of a transaction was stored, for reasons that pass: it can be begun again."""


@contextmanager
def translated(address: PostgresAddress) -> Iterator[None]:
    """Turns what the driver raises into :class:`StoreError` and :class:`InputError`; other errors pass."""
    try:
        yield
    except (StoreError, InputError):
        raise
    except DamagedRow as error:
        raise _damaged(address, str(error)) from error
    except psycopg.Error as error:
        raise _of_psycopg(address, error) from error
    except UnicodeEncodeError as error:
        raise InputError(f"the text is no Unicode text: {error.reason}") from error
    except UnicodeDecodeError as error:
        raise _damaged(address, "text that is not UTF-8") from error


def unreachable(address: PostgresAddress, error: psycopg.Error) -> StoreError:
    """The error for a server that gave no connection."""
    reason = reason_of(address, error)
    if "authentication" in reason or "no password" in reason:
        advice = "Give the password in PGPASSWORD or in ~/.pgpass, or name another user"
    elif "role" in reason and "does not exist" in reason:
        advice = "Name a user of the database: postgresql://USER@..."
    elif "does not exist" in reason:
        advice = "Create it (`createdb`), or correct the address"
    elif "too many" in reason or "reserved" in reason:
        advice = "End some of its connections, or raise its max_connections"
    else:
        advice = "Start the server, or correct the address"
    return StoreError(f"{address}: no connection ({reason}). {advice}")


def _of_psycopg(address: PostgresAddress, error: psycopg.Error) -> StoreError | InputError:
    state = error.sqlstate or ""
    reason = reason_of(address, error)
    if state in _AGAIN:
        return Undone(f"{address}: the server undid a transaction ({reason}). Repeat it")
    if isinstance(error, psycopg.DataError) and not state:
        return InputError(f"a text that PostgreSQL does not take ({reason})")  # a NUL character
    for known in (state, state[:2]):
        if known in _WHAT_TO_DO:
            return StoreError(f"{address}: {_WHAT_TO_DO[known].format(reason=reason)}")
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) and not state.startswith("22"):
        return StoreError(f"{address}: the server failed ({reason}). What was stored before is unharmed: repeat")
    return _damaged(address, reason)


def _damaged(address: PostgresAddress, reason: str) -> StoreError:
    return StoreError(
        f"{address}: the database is damaged or not of arcbatt's making ({_cut(reason)}). "
        "Restore a copy, or name another database"
    )


def reason_of(address: PostgresAddress, error: psycopg.Error) -> str:
    """What the driver or the server says, in one line and without the address's passwords."""
    text = error.diag.message_primary or str(error)
    for secret in address.secrets():
        text = text.replace(secret, "***")
    return _cut(text)


def _cut(reason: str) -> str:
    reason = " ".join(reason[: 2 * _MOST_REASON].split())
    return f"{reason[:_MOST_REASON]}..." if len(reason) > _MOST_REASON else reason
