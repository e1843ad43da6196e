"""Where a store is: a folder of this machine, or a PostgreSQL database."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

__all__ = ["PostgresAddress", "StorePlace", "place_of"]

_SCHEMES: Final = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """The address of a PostgreSQL database, as libpq reads it; shown to people without its password.

    Attributes:
        url: ``postgresql://...``, perhaps with a password.
    """

    url: str = field(repr=False)

    def __str__(self) -> str:
        scheme, _, rest = self.url.partition("://")
        credentials, at, where = rest.rpartition("@")
        user, _, _ = credentials.partition(":")
        return f"{scheme}://{user}{at}{where}"


StorePlace: TypeAlias = Path | PostgresAddress
"""What a store can be opened at."""


def place_of(text: str) -> StorePlace:
    """The place that a word names: an address when it begins with ``postgresql://``, else a folder.

    Example:
        >>> str(place_of("postgresql://ada:secret@db.lab/arc"))
        'postgresql://ada@db.lab/arc'
        >>> place_of(".arcbatt").name
        '.arcbatt'
    """
    return PostgresAddress(text) if text.startswith(_SCHEMES) else Path(text)
