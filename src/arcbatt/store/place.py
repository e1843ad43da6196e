"""Where a store is: a folder of this machine, or a PostgreSQL database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import unquote

from arcbatt.errors import InputError

__all__ = ["PostgresAddress", "StorePlace", "place_of", "without_passwords"]

_SCHEMES: Final = ("postgresql://", "postgres://")

# as libpq takes an address apart; its special characters are written as %XX inside of a part
_ADDRESS: Final = re.compile(
    r"(?P<scheme>postgres(?:ql)?://)(?:(?P<user>[^:@/]*)(?::(?P<password>[^@/]*))?@)?"
    r"(?P<where>[^@/?]*(?:/[^@?]*)?)(?:\?(?P<query>[^@]*))?",
    re.DOTALL,
)
_IN_WORD: Final = re.compile(r"(?P<scheme>postgres(?:ql)?://).*", re.DOTALL)
_SECRET: Final = ("password", "secret", "client_key", "server_key")


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """The address of a PostgreSQL database, as libpq reads it; shown to people without its password.

    Attributes:
        url: ``postgresql://...``, perhaps with a password.

    Raises:
        InputError: it is none; the message does not show it, since it may hold a password.

    Example:
        >>> str(PostgresAddress("postgresql://ada:secret@db.lab/arc?sslmode=require"))
        'postgresql://ada@db.lab/arc?sslmode=require'
    """

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        if _ADDRESS.fullmatch(self.url) is None or not self.url.isprintable():
            raise InputError(
                "address of a store: expected postgresql://USER@HOST:PORT/DATABASE, got something else. "
                "Write special characters of a part, as / and @ in a password, as %2F and %40"
            )

    def __str__(self) -> str:
        parts = self._parts()
        user = f"{parts['user']}@" if parts["user"] else ""
        shown = [word for word in self._options() if not _is_secret(word)]
        return f"{parts['scheme']}{user}{parts['where']}{'?' if shown else ''}{'&'.join(shown)}"

    @property
    def has_password(self) -> bool:
        """Whether a password stands in it."""
        return bool(self.secrets())

    def secrets(self) -> list[str]:
        """What must not be shown of it, as it is written and as it is meant."""
        written = [self._parts()["password"] or "", *(w.partition("=")[2] for w in self._options() if _is_secret(w))]
        return sorted({text for word in written if word for text in (word, unquote(word))}, key=len, reverse=True)

    def _parts(self) -> re.Match[str]:
        found = _ADDRESS.fullmatch(self.url)
        assert found is not None
        return found

    def _options(self) -> list[str]:
        return [word for word in (self._parts()["query"] or "").split("&") if word]


StorePlace: TypeAlias = Path | PostgresAddress
"""What a store can be opened at."""


def place_of(text: str) -> StorePlace:
    """The place that a word names: an address when it begins with ``postgresql://``, else a folder.

    Raises:
        InputError: the address is malformed.

    Example:
        >>> str(place_of("postgresql://ada:secret@db.lab/arc"))
        'postgresql://ada@db.lab/arc'
        >>> place_of(".arcbatt").name
        '.arcbatt'
    """
    return PostgresAddress(text) if text.startswith(_SCHEMES) else Path(text)


def without_passwords(words: Iterable[str]) -> list[str]:
    """Words as they may be shown and recorded: of an address in one, without its password.

    Example:
        >>> without_passwords(["list", "--store=postgresql://ada:secret@db.lab/arc"])
        ['list', '--store=postgresql://ada@db.lab/arc']
    """
    return [_IN_WORD.sub(_shown, word) for word in words]


def _shown(found: re.Match[str]) -> str:
    try:
        return str(PostgresAddress(found[0]))
    except InputError:
        return f"{found['scheme']}..."


def _is_secret(option: str) -> bool:
    name = unquote(option.partition("=")[0]).lower()
    return any(word in name for word in _SECRET)
