"""A candidate as HTML: what it answers, and who speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcbatt.arc import Grid
from arcbatt.arc.pictures import fitting_cell
from arcbatt.drawing.grids import grid_picture
from arcbatt.drawing.markup import Markup, Part, drawn, element, listed, table

if TYPE_CHECKING:
    from arcbatt.search.ranking.candidates import Candidate

__all__ = ["candidate_html"]


def candidate_html(candidate: Candidate) -> Markup:
    """A candidate: its grid at each test input, and the programs that speak for it."""
    rows: list[tuple[Part, ...]] = [
        (f"test {number}", "no grid" if output is None else _drawn(output, f"test {number}"))
        for number, output in enumerate(candidate.outputs, 1)
    ]
    families = ", ".join(sorted(candidate.families))
    count = f"{candidate.count:,} program{'s' * (candidate.count != 1)}{f', found by {families}' if families else ''}"
    voices = [element("li", f"{lead.program.name}: {lead.program.size:,} calls") for lead in candidate.voices]
    return listed("candidate", element("p", count), table(("", "answer"), rows), element("ul", *voices))


def _drawn(output: Grid, name: str) -> Markup:
    return drawn(grid_picture(output, cell=fitting_cell(output, largest=160.0)), name)
