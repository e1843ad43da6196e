"""Suggestions for names that are not known."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["nearest"]


def nearest(name: str, known: Iterable[str]) -> str:
    """A suggestion such as ``; did you mean fill?``, or nothing, when no known name is near."""
    from difflib import get_close_matches

    if not name or len(name) > 40:
        return ""
    # Same first letter only: comparing with all names would take a millisecond for each unknown name of a hostile file.
    near = get_close_matches(name, [word for word in known if word[:1] == name[0]], n=1)
    return f"; did you mean {near[0]}?" if near else ""
