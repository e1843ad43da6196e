"""The README and the pages of docs/ as texts, and what they say to type."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXTS = {str(page.relative_to(ROOT)): page.read_text(encoding="utf-8") for page in PAGES}

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
"""A block of code: how far it is indented, its language, its text."""
INLINE = re.compile(r"`([^`\n]+)`")
ADDRESS = "postgresql://ada@db.lab/arc"
"""Stands for a database in the pages; the fixture ``documented_address`` gives one in its place."""
SHELLS = ("", "console", "sh")
"""Languages of blocks that may hold commands."""


def blocks(page: str, *languages: str) -> list[str]:
    """The blocks of code of a page in one of these languages, not indented."""
    return [textwrap.dedent(text) for _, found, text in FENCE.findall(TEXTS[page]) if found in languages]


def block_commands(page: str) -> list[str]:
    """The lines of its blocks that begin with ``arcbatt``, each command of a line by itself."""
    return _commands(line for block in blocks(page, *SHELLS) for line in block.split("\n"))


def commands(page: str) -> list[str]:
    """What a page says to type that begins with ``arcbatt``, in blocks and between backquotes."""
    quoted = [match.replace("\\|", "|") for match in INLINE.findall(FENCE.sub("", TEXTS[page]))]
    return block_commands(page) + _commands(quoted)


def _commands(lines: Iterable[str]) -> list[str]:
    parts = (part.strip() for line in lines for part in line.split("&&"))
    return [line for part in parts if (line := re.sub(r"^\$ |(?<![/\w])\.venv/bin/", "", part)).startswith("arcbatt ")]
