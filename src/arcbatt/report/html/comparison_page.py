"""A comparison as one HTML text that needs nothing else; the same bytes for the same data."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from arcbatt.report.html.assembly import assembled, packed_json
from arcbatt.report.html.comparison_data import ComparedTask, ComparisonData
from arcbatt.results.json_form import plain

__all__ = ["comparison_page"]

_KINDS: Final = {
    "runs": ("won", "lost", "nearer", "farther"),
    "answers": ("won", "lost", "different", "swapped", "same"),
}


def comparison_page(comparison: ComparisonData) -> str:
    """The page of a comparison. All its texts are escaped, wherever they come from."""
    counts = Counter[str](task.change for task in comparison.tasks)
    kinds = [(name, counts[name]) for name in _KINDS[comparison.kind]]
    programs = [("programs new", comparison.new.count), ("programs gone", comparison.gone.count)]
    return assembled(
        "comparison.html.j2", ("comparison",), ("program_text", "comparison"), version=comparison.arcbatt,
        page=comparison, is_answers=comparison.kind == "answers", kinds=kinds,
        sums=kinds if comparison.kind == "answers" else kinds + programs,
        longest=max([1e-9, *(max(phase.before_s, phase.after_s) for phase in comparison.phases)]),
        details=packed_json([_detail(task) for task in comparison.tasks]),
    )  # fmt: skip


def _detail(task: ComparedTask) -> dict[str, Any]:
    """What the script needs of a task: the rest of it is in the table already."""
    names = ("samples", "program_before", "program_after", "notes")
    return {name: value for name, value in plain(task).items() if name in names}
