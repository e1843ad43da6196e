"""Help texts that fit a terminal: examples that are too long go on behind a backslash, as shells read them."""

from __future__ import annotations

import click

__all__ = ["FittingContext"]


class _Formatter(click.HelpFormatter):
    def write_text(self, text: str) -> None:
        """Writes paragraphs; the lines of those that begin with ``\\b`` stay, unless they are too long."""
        super().write_text("\n\n".join(self._fitted(part) for part in text.split("\n\n")))

    def _fitted(self, paragraph: str) -> str:
        from arcbatt.report.terminal import command_lines
        from arcbatt.report.words import broken

        mark, _, rest = paragraph.partition("\n")
        if mark.strip() != "\b":
            return paragraph
        width = self.width - self.current_indent
        lines = [
            part for line in rest.split("\n")
            for part in (command_lines(line, width) if line.startswith("arcbatt ") else broken(line, width))
        ]  # fmt: skip
        return "\n".join([mark, *lines])


class FittingContext(click.Context):
    """A context whose help fits the terminal."""

    formatter_class = _Formatter
