"""One HTML text from a template, styles and scripts: everything inside, nothing loaded, nothing else executed.

The page's content security policy names its scripts and styles by their digests, so that a text from a stranger that
got in as markup would still do nothing.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import isfinite
from typing import TYPE_CHECKING, Any

from arcbatt.drawing.palette import PALETTES

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["assembled", "embedded_json", "packed_json", "palette_data", "script_text", "style_text"]

_HOME = "arcbatt.report.html"


def assembled(
    template: str, styles: Sequence[str], scripts: Sequence[str], *, home: str = _HOME, directives: str = "",
    **values: Any,
) -> str:
    """A page.

    Args:
        template: its name in ``templates``; it extends ``base.html.j2``.
        styles: names in ``styles``, in order; ``base`` and ``palettes`` come first by themselves.
        scripts: names in ``scripts``, in order: each may use what those before it define.
        home: package whose ``templates``, ``styles`` and ``scripts`` are looked into before those that all pages share.
        directives: further ones of the content security policy.
        values: what the template shows; every text is escaped by it.
    """
    style, script = style_text(styles, home), script_text(scripts, home)
    stated = [
        "default-src 'none'", f"script-src '{_hash(script)}'", f"style-src '{_hash(style)}'", "img-src data: blob:",
        "base-uri 'none'", directives or "form-action 'none'",
    ]  # fmt: skip
    policy = "; ".join(stated)
    page = _environment(home).get_template(template)
    return page.render(style=style, script=script, policy=policy, palettes=embedded_json(palette_data()), **values)


def style_text(names: Sequence[str] = (), home: str = _HOME) -> str:
    """The styles of a page as one text."""
    return "\n" + "\n".join(_read(home, "styles", f"{name}.css") for name in dict.fromkeys(("base", *names)))


def script_text(names: Sequence[str], home: str = _HOME) -> str:
    """The scripts of a page as one text, in a scope of their own."""
    texts = [_read(home, "scripts", f"{name}.js") for name in dict.fromkeys(("base", "grids", *names))]
    return '\n"use strict";\n(() => {\n' + "\n".join(texts) + "})();\n"


def palette_data() -> dict[str, list[list[str]]]:
    """The palettes as a page's scripts take them: by name, for each color its code, the ink on it, symbol and name."""
    return {
        name: [[color.code, "#000" if color.is_light else "#fff", color.symbol, color.name] for color in palette]
        for name, palette in PALETTES.items()
    }


def embedded_json(value: Any) -> str:
    """A value as JSON text that can stand in a ``script`` element: no character in it is one of markup."""
    text = _json(value, is_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def packed_json(value: Any) -> str:
    """A value as JSON, compressed, as letters: a tenth of the text. The same bytes for the same value."""
    text = _json(value, is_ascii=False)
    packed = gzip.compress(text.encode("utf-8", "replace"), compresslevel=6, mtime=0)
    return base64.b64encode(packed).decode()


def _json(value: Any, *, is_ascii: bool) -> str:
    """A value as JSON, with null for numbers that JSON has no form for: one of them would leave the page empty."""
    options: dict[str, Any] = {"separators": (",", ":"), "ensure_ascii": is_ascii, "check_circular": False}
    try:
        return json.dumps(value, allow_nan=False, **options)
    except ValueError:
        return json.dumps(_finite(value), allow_nan=False, **options)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, (list, tuple)) else value


@cache
def _environment(home: str) -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in dict.fromkeys((home, _HOME))]), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@cache
def _read(home: str, folder: str, name: str) -> str:
    own = files(home) / folder / name
    return (own if own.is_file() else files(_HOME) / folder / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
