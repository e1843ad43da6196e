"""The files that pages load: a fixed table, read from the package; nothing in an address names a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from arcbatt.report.html.assembly import style_text

__all__ = ["assets"]


@cache
def assets() -> Mapping[str, tuple[str, str]]:
    """Type and text of each file, by the last part of its address."""
    home, own = files("arcbatt.report.html") / "scripts", files("arcbatt.web")
    parts = [(home / f"{name}.js").read_text(encoding="utf-8") for name in ("base", "grids")]
    parts += [(own / "scripts" / f"{name}.js").read_text(encoding="utf-8") for name in ("live", "connection")]
    shared, live = "\n".join(parts[:2]), "\n".join(parts)
    style = style_text() + (own / "styles" / "site.css").read_text(encoding="utf-8")
    return {
        "site.css": ("text/css", style),
        "site.js": ("text/javascript", _scoped(shared)),
        "live.js": ("text/javascript", _scoped(live)),
    }


def _scoped(text: str) -> str:
    return f'"use strict";\n(() => {{\n{text}\n}})();\n'
