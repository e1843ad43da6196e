"""The server's own pages, from its templates and those that all pages share."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Final

import arcbatt
from arcbatt.report.html.assembly import assembled

__all__ = ["framed_policy", "live_page", "message_page"]

_META: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


@cache
def live_page() -> str:
    """The page that shows the overview; what it shows comes as events."""
    return _page("live.html.j2", ("live",), directives="; connect-src 'self'")


def message_page(status: int, words: str) -> str:
    """A plain page that says a thing.

    Args:
        status: of HTTP.
        words: what there is to say; escaped.
    """
    return _page("message.html.j2", status=status, words=words)


def framed_policy(page: str) -> str:
    """The content security policy that a page of ours states, for the header, which alone can forbid frames."""
    found = _META.search(page)
    stated = "default-src 'none'" if found is None else html.unescape(found[1])
    return f"{stated}; frame-ancestors 'none'"


def _page(template: str, scripts: tuple[str, ...] = (), *, directives: str = "", **values: object) -> str:
    return assembled(
        template, ("live",), scripts, home="arcbatt.web", directives=f"form-action 'self'{directives}",
        version=arcbatt.__version__, **values,
    )  # fmt: skip
