"""Lines on a console that also draws grids: broken between words on a terminal, whole in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcbatt.report.words import broken

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["print_text"]


def print_text(console: Console, text: str, style: str | None = None) -> None:
    """Prints text, not markup; a word that is longer than a line stays whole."""
    for line in text.split("\n"):
        for part in broken(line, console.width) if console.is_terminal else [line]:
            console.print(part, markup=False, emoji=False, highlight=False, soft_wrap=True, style=style)
