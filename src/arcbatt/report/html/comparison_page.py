"""A comparison as one HTML file: whole in itself, without a request, under a content security policy."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from arcbatt.drawing.palette import DEFAULT_PALETTE, PALETTE, PALETTES
from arcbatt.report.html.comparison_data import ComparisonData
from arcbatt.results.json_form import plain

__all__ = ["comparison_page"]

_KINDS: Final = {
    "runs": ("won", "lost", "nearer", "farther"),
    "answers": ("won", "lost", "different", "swapped", "same"),
}


def comparison_page(comparison: ComparisonData) -> str:
    """The text of the page; the same for equal data.

    Args:
        comparison: what it shows. All its texts are escaped, wherever they come from.
    """
    style = f"{_palette_styles()}\n{_text('styles/comparison.css')}"
    script = _text("scripts/comparison.js")
    counts = Counter[str](task.change for task in comparison.tasks)
    kinds = [(name, counts[name]) for name in _KINDS[comparison.kind]]
    programs = [("new programs", comparison.new.count), ("gone programs", comparison.gone.count)]
    environment = Environment(
        loader=PackageLoader("arcbatt.report.html"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("comparison.html.j2").render(
        page=comparison, is_answers=comparison.kind == "answers", kinds=kinds,
        sums=kinds if comparison.kind == "answers" else kinds + programs,
        longest=max([1e-9, *(max(phase.before_s, phase.after_s) for phase in comparison.phases)]),
        data=_script_data(comparison), policy=_policy(style, script), style=Markup(style), script=Markup(script),
    )  # fmt: skip


def _script_data(comparison: ComparisonData) -> dict[str, Any]:
    """What the script reads: the grids of the tasks, and how cells look."""
    return {
        "format": comparison.format,
        "tasks": [
            {name: value for name, value in plain(task).items()
             if name in ("samples", "program_before", "program_after", "notes")}
            for task in comparison.tasks
        ],
        "symbols": [color.symbol for color in PALETTE],
        "light": [{name: palette[color].is_light for name, palette in PALETTES.items()} for color in range(10)],
    }  # fmt: skip


def _palette_styles() -> str:
    """The colors of cells as variables of CSS, in each palette."""
    rules = []
    for name, palette in PALETTES.items():
        where = ":root" if name == DEFAULT_PALETTE else f':root[data-palette="{name}"]'
        rules.append(f"{where} {{ {' '.join(f'--c{n}: {color.code};' for n, color in enumerate(palette))} }}")
    return "\n".join(rules)


def _policy(style: str, script: str) -> str:
    """Nothing is loaded from anywhere; of inline styles and scripts only ours count."""
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _text(name: str) -> str:
    return files("arcbatt.report.html").joinpath(name).read_text(encoding="utf-8")
