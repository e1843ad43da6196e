"""Pages made from templates: the live page, the list of runs, and what went wrong. Every text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse

import arcbatt
from arcbatt.report.html.assembly import embedded_json, palette_data
from arcbatt.report.words import printable

if TYPE_CHECKING:
    from jinja2 import Environment

    from arcbatt.store import RunRecord

__all__ = ["error_page", "live_page", "runs_page"]

_TITLES = {400: "Not understood", 403: "Not allowed", 404: "Not found", 405: "Not allowed", 421: "Another name",
           500: "An error", 503: "Too much at once"}  # fmt: skip


def live_page(workspace: str) -> HTMLResponse:
    """The page that shows what goes on; a script fills it with what is pushed."""
    return _page("live.html.j2", workspace=printable(workspace))


def runs_page(workspace: str, runs: Sequence[RunRecord], note: str) -> HTMLResponse:
    """The list of runs, newest first.

    Args:
        workspace: what it is called.
        runs: in their order.
        note: why there are none; "" where it needs no words.
    """
    return _page("runs.html.j2", workspace=printable(workspace), runs=list(reversed(runs)), note=note)


def error_page(status: int, words: str) -> HTMLResponse:
    """What went wrong, in words."""
    return _page("error.html.j2", status=status, title=_TITLES.get(status, "An error"), words=words)


def _page(template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    text = _environment().get_template(template).render(
        version=arcbatt.__version__, palettes=embedded_json(palette_data()), **values
    )
    return HTMLResponse(text, status)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("arcbatt.web", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    found.filters["printable"] = printable
    return found
