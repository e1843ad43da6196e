"""The statements of :mod:`arcbatt.store.sql` as PostgreSQL's driver has them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["spelled"]

# what is quoted stays as it is, but for the driver's own sign; `::` is a cast and no parameter
_PIECES: Final = re.compile(
    r"""(?P<quoted>'(?:[^']|'')*' | "(?:[^"]|"")*") | (?P<cast>::) | :(?P<name>[A-Za-z_][A-Za-z_0-9]*) | (?P<sign>%)""",
    re.VERBOSE,
)


@lru_cache(maxsize=1024)
def spelled(statement: str) -> str:
    """A statement with ``:name`` for parameters as one with ``%(name)s``.

    Example:
        >>> spelled("SELECT ':a', b::text FROM t WHERE c LIKE 'x%' AND d = :d")
        "SELECT ':a', b::text FROM t WHERE c LIKE 'x%%' AND d = %(d)s"
    """
    return _PIECES.sub(_spelled_piece, statement)


def _spelled_piece(piece: re.Match[str]) -> str:
    if piece["name"] is not None:
        return f"%({piece['name']})s"
    return piece[0].replace("%", "%%")
