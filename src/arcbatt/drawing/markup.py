"""HTML put together from elements, so that no text gets into a page unescaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from arcbatt.drawing.shapes import Picture
from arcbatt.drawing.svg import svg_text, xml_text

__all__ = ["Markup", "Part", "drawn", "element", "joined", "listed", "table"]

_VOID = {"br", "hr", "img"}


class Markup(str):
    """Text that is HTML already; any other text is data, and escaped where it is put into an element."""

    __slots__ = ()


Part = str
"""A child of an element: markup, or a text."""


def element(tag: str, *children: Part, **attributes: str) -> Markup:
    """An element.

    Args:
        tag: its name.
        children: in order; what is no :class:`Markup` is escaped.
        attributes: by name, a ``_`` at the end of a name that Python keeps for itself left out (``class_``); values
            are escaped.
    """
    words = "".join(f' {name.rstrip("_").replace("_", "-")}="{xml_text(value)}"' for name, value in attributes.items())
    if tag in _VOID:
        return Markup(f"<{tag}{words}>")
    return Markup(f"<{tag}{words}>{joined(*children)}</{tag}>")


def joined(*parts: Part) -> Markup:
    """Parts after each other; what is no :class:`Markup` is escaped, its lines kept."""
    return Markup("".join(part if isinstance(part, Markup) else _escaped(part) for part in parts))


def drawn(picture: Picture, title: str) -> Markup:
    """A picture as an SVG element."""
    return Markup(svg_text(picture, title))


def table(heads: Sequence[Part], rows: Iterable[Sequence[Part]], caption: Part = "") -> Markup:
    """A table with a row of heads."""
    head = element("tr", *(element("th", cell, scope="col", style=_CELL) for cell in heads))
    body = [element("tr", *(element("td", cell, style=_CELL) for cell in row)) for row in rows]
    parts = [element("caption", caption, style=f"{_CELL};caption-side:top")] if caption else []
    return element("table", *parts, element("thead", head), element("tbody", *body))


def listed(heading: Part, *parts: Part) -> Markup:
    """A heading in bold, and what is below it."""
    return element("div", element("p", element("strong", heading)), *parts)


_CELL = "text-align:left;vertical-align:top"


def _escaped(text: str) -> str:
    return "\n".join(map(xml_text, text.split("\n")))
