"""The server's own pages, from its templates and those that all pages share."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import arcbatt
from arcbatt.report.html.assembly import embedded_json, palette_data, style_text

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["framed_policy", "live_page", "message_page"]

_META: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


@cache
def live_page() -> str:
    """The page that shows the overview; what it shows comes as events."""
    return _page("live.html.j2", ("base", "grids", "live"), connects=True)


def message_page(status: int, words: str) -> str:
    """A plain page that says a thing.

    Args:
        status: of HTTP.
        words: what there is to say; escaped.
    """
    return _page("message.html.j2", ("base", "grids"), status=status, words=words)


def framed_policy(page: str) -> str:
    """The content security policy that a page of ours states, for the header, which alone can forbid frames."""
    found = _META.search(page)
    stated = "default-src 'none'" if found is None else html.unescape(found[1])
    return f"{stated}; frame-ancestors 'none'"


def _page(template: str, scripts: tuple[str, ...], *, connects: bool = False, **values: object) -> str:
    style = style_text() + "\n" + _read("arcbatt.web", "styles", "live.css")
    homes = {"live": "arcbatt.web"}
    texts = [_read(homes.get(name, "arcbatt.report.html"), "scripts", f"{name}.js") for name in scripts]
    script = '\n"use strict";\n(() => {\n' + "\n".join(texts) + "})();\n"
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        f"base-uri 'none'; form-action 'self'{'; connect-src ' + chr(39) + 'self' + chr(39) if connects else ''}"
    )
    return _environment().get_template(template).render(
        style=style, script=script, policy=policy, palettes=embedded_json(palette_data()),
        version=arcbatt.__version__, **values,
    )  # fmt: skip


@cache
def _environment() -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=ChoiceLoader([PackageLoader("arcbatt.web"), PackageLoader("arcbatt.report.html")]), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@cache
def _read(home: str, folder: str, name: str) -> str:
    return (files(home) / folder / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
