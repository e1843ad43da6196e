"""An outcome as HTML: its value drawn, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arcbatt.drawing.markup import Markup, drawn, element, joined
from arcbatt.dsl.closures import text_of
from arcbatt.dsl.pictures import is_drawn_as_grid, value_picture

if TYPE_CHECKING:
    from arcbatt.engine.outcome import Outcome

__all__ = ["outcome_html"]

_LONGEST: Final = 1000


def outcome_html(outcome: Outcome) -> Markup:
    """The value of an outcome as a picture where it is a grid, an object or the like, else as text; or its failure."""
    fuel = element("p", f"{outcome.fuel:,} fuel")
    if outcome.failure is not None:
        return joined(element("p", element("strong", "failed: "), str(outcome.failure)), fuel)
    picture = value_picture(outcome.value)
    if picture is not None:
        return joined(drawn(picture, "grid" if is_drawn_as_grid(outcome.value) else "patches"), fuel)
    text = text_of(outcome.value)
    return joined(element("pre", text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."), fuel)
