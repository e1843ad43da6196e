"""Pictures written as files: SVG, PNG, or a page of HTML, as the name of the file says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from arcbatt.drawing.layout import below, framed
from arcbatt.drawing.shapes import Picture
from arcbatt.drawing.svg import svg_text
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SUFFIXES", "picture_bytes", "picture_suffix"]

SUFFIXES: Final = (".svg", ".png", ".html")


def picture_suffix(path: str) -> str:
    """The suffix that says how a picture is written, in small letters.

    Raises:
        InputError: it is none of :data:`SUFFIXES`.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(f"-o {path}: expected a name that ends with {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}")
    return suffix


def picture_bytes(parts: Sequence[tuple[str, Picture]], title: str, suffix: str) -> bytes:
    """A picture as the bytes of a file; the same for the same picture.

    Args:
        parts: what it is made of, one below the other, each with a heading that a page gives it.
        title: of the whole.
        suffix: one of :data:`SUFFIXES`.

    Raises:
        InputError: it is too large for a PNG file.
    """
    if suffix == ".html":
        return _page(parts, title).encode()
    picture = framed(below((part for _, part in parts), gap=22))
    if suffix == ".svg":
        return f"{svg_text(picture, title)}\n".encode()
    from arcbatt.drawing.png import TooLargeError, png_bytes

    try:
        return png_bytes(picture)
    except TooLargeError as error:
        raise InputError(f"{error}: write it as .svg or .html") from None


def _page(parts: Sequence[tuple[str, Picture]], title: str) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("arcbatt.report.pictures"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    drawn = [(heading, Markup(svg_text(framed(part), f"{title}: {heading}"))) for heading, part in parts]
    return environment.get_template("picture.html.j2").render(title=title, parts=drawn)
