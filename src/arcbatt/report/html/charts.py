"""Charts as SVG, drawn by pygal, without its script, styles and date: a page's own styles color them.

Each chart has a title and a description in words for who does not see it, and its figures stand beside it as a table.
The same figures give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree import ElementTree

__all__ = ["Chart", "bars", "curve"]

_WIDTH, _HEIGHT = 640, 280
_LETTERS: Final = 12
_MOST_POINTS: Final = 200
"""Points of a curve that are drawn; more would be drawn over each other."""
_MOST: Final = 1e12
"""Of a figure that is drawn: beyond it neighbours fall together, and pygal cannot divide its axes."""
_OPTIONS: Final[dict[str, Any]] = {
    "js": (), "css": (), "no_prefix": True, "disable_xml_declaration": True, "show_legend": False, "title": None,
    "width": _WIDTH, "height": _HEIGHT, "explicit_size": False, "max_scale": 6, "margin": 8,
    "value_formatter": lambda value: _axis_number(value), "x_value_formatter": lambda value: _axis_number(value),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its figures.

    Attributes:
        name: identifies it in a page.
        title: what it shows.
        words: what there is to see, in a sentence.
        svg: the drawing, safe to put into a page.
        columns: heads of the table of its figures.
        rows: its figures as texts.
        series: names of its series, where there are several.
    """

    name: str
    title: str
    words: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    series: tuple[str, ...] = field(default=())


def curve(
    name: str, title: str, words: str, axes: tuple[str, str],
    series: Sequence[tuple[str, Sequence[tuple[float, float]]]],
) -> Chart:  # fmt: skip
    """Curves over a number, each thinned out to 200 points.

    Args:
        name: identifies it in a page.
        title: what it shows.
        words: what there is to see.
        axes: what stands on the horizontal and on the vertical axis.
        series: a name and (x, y) points in order each.
    """
    pygal = _pygal()
    shown = [
        (label, _thinned([point for point in points if all(map(_is_drawable, point))])) for label, points in series
    ]
    chart = pygal.XY(x_title=axes[0], y_title=axes[1], dots_size=2, style=_style(), **_OPTIONS)
    for label, points in shown:
        chart.add(label, list(points))
    first = 0 if len(shown) > 1 else 1
    rows = tuple((label, _number(x), _number(y))[first:] for label, points in shown for x, y in points)
    columns = ("series", *axes)[first:]
    return Chart(name, title, words, _svg(chart, name, title, words), columns, rows, _names(shown))


def bars(
    name: str, title: str, words: str, axis: tuple[str, str], labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
) -> Chart:  # fmt: skip
    """Horizontal bars, a group for each label; None for a bar that is not there.

    Args:
        name: identifies it in a page.
        title: what it shows.
        words: what there is to see.
        axis: what the labels are, and what the bars measure.
        labels: one a group.
        series: a name and a value for each label each.
    """
    pygal = _pygal()
    thickness = 18 * len(series) + 8
    options = {**_OPTIONS, "height": 60 + thickness * max(1, len(labels))}
    chart = pygal.HorizontalBar(x_title=axis[1], style=_style(), **options)
    chart.x_labels = [_short(label) for label in reversed(labels)]
    for label, values in series:
        chart.add(label, [value if value is None or _is_drawable(value) else None for value in reversed(values)])
    rows = tuple(
        (label, *("-" if values[place] is None else _number(values[place] or 0) for _, values in series))
        for place, label in enumerate(labels)
    )
    columns = (axis[0], *(label for label, _ in series))
    return Chart(name, title, words, _svg(chart, name, title, words), columns, rows, _names(series))


def _pygal() -> Any:
    """The library, without the finder that it adds for its plugins: its form is old, every later import would warn."""
    import sys

    import pygal

    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "PluginImportFixer"]
    return pygal


def _style() -> Any:
    """Sizes alone count: pygal leaves room by them. They are those of ``base.css``."""
    from pygal.style import Style

    return Style(label_font_size=_LETTERS, major_label_font_size=_LETTERS, title_font_size=_LETTERS)


def _names(series: Sequence[tuple[str, Any]]) -> tuple[str, ...]:
    return tuple(label for label, _ in series) if len(series) > 1 else ()


def _is_drawable(value: float) -> bool:
    return -_MOST <= value <= _MOST


def _short(label: str, longest: int = 24) -> str:
    return label if len(label) <= longest else f"{label[: longest - 1]}…"


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.3f}"


def _axis_number(value: float) -> str:
    """A number for an axis: ``200 M``, ``1.5 k``, ``0.25``."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g} {letter}"
    return f"{value:.3g}"


def _thinned(points: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    if len(points) <= _MOST_POINTS:
        return points
    last = len(points) - 1
    places = sorted({round(number * last / (_MOST_POINTS - 1)) for number in range(_MOST_POINTS)})
    return [points[place] for place in places]


def _svg(chart: Any, name: str, title: str, words: str) -> str:
    """The drawing without what pygal adds for a page of its own: script, styles, comments, the place of a tooltip."""
    root = chart.render_tree()
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or _is_left_out(child):
                parent.remove(child)
    ids = f"{name}-title", f"{name}-words"
    for place, (tag, words_of) in enumerate((("title", title), ("desc", words))):
        element = ElementTree.Element(tag, {"id": ids[place]})
        element.text = words_of
        root.insert(place, element)
    root.attrib.pop("id", None)
    root.attrib.update({"role": "img", "aria-labelledby": " ".join(ids), "class": "chart"})
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    return ElementTree.tostring(root, encoding="unicode")


def _is_left_out(element: Any) -> bool:
    tag = element.tag.rpartition("}")[2]
    classes = (element.get("class") or "").split()
    if tag == "title" and element.text == "Pygal":
        return True
    if tag == "desc":
        return "value" not in classes
    return tag in ("defs", "script", "style") or "tooltip-overlay" in classes
