"""A program as a picture: its text, its outputs beside the expected ones, each of its steps with its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

from arcbatt.arc import Grid
from arcbatt.arc.pictures import ARROW, fitting_cell
from arcbatt.drawing.grids import differing_cells, grid_picture
from arcbatt.drawing.layout import below, beside, text_picture, titled
from arcbatt.drawing.palette import DEFAULT_PALETTE
from arcbatt.drawing.shapes import FAINT, Box, Picture
from arcbatt.dsl.pictures import is_drawn_as_grid, patches_of, primitive_spans, value_picture
from arcbatt.engine import Outcome
from arcbatt.program.program import Program
from arcbatt.report.steps import Step, value_in_words
from arcbatt.report.words import counted, printable

__all__ = ["MOST_STEPS", "ShownSample", "program_text_picture", "sample_picture", "steps_picture"]

MOST_STEPS: Final = 200
"""Most steps, and most lines of a program's text, that are drawn."""

_WIDEST_TEXT: Final = 120
_LARGEST_VALUE: Final = 200.0
_ALERT: Final = "#b00020"
_ALERT_PAPER: Final = "#fdecec"


@dataclass(frozen=True, slots=True)
class ShownSample:
    """A program on a sample.

    Attributes:
        name: of the sample.
        input: its input.
        expected: its output; None where it is unknown.
        outcome: what the program gave.
        failure: how it failed, on one line; None where it did not.
    """

    name: str
    input: Grid
    expected: Grid | None
    outcome: Outcome
    failure: str | None


def program_text_picture(program: Program) -> Picture:
    """A program's canonical text, the names of primitives highlighted; a long one is cut, and says so."""
    lines = program.text.splitlines()
    spans = [primitive_spans(part) for line in lines[:MOST_STEPS] for part in _wrapped(line)]
    more = [] if len(lines) <= MOST_STEPS else [[(f"and {counted(len(lines) - MOST_STEPS, 'more line')}", False)]]
    return text_picture([*spans, *more])


def sample_picture(sample: ShownSample, *, palette: str = DEFAULT_PALETTE) -> Picture:
    """A sample's input, the program's output with the cells marked that differ, and the expected output."""
    value, expected = sample.outcome.value, sample.expected
    rows = value if sample.failure is None and _is_rows(value) else None
    cell = fitting_cell(sample.input, expected, rows)
    parts = [titled(grid_picture(sample.input, cell=cell, palette=palette), f"{sample.name}: input")]
    if rows is None:
        words = sample.failure if sample.failure is not None else f"no grid: {value_in_words(value)}"
        text = text_picture(_wrapped(printable(words), 50), color=_ALERT if sample.failure is not None else FAINT)
        parts.append(titled(text, "output"))
    else:
        marks = differing_cells(rows, expected) if expected is not None else set()
        drawn = grid_picture(rows, marks=marks, cell=cell, palette=palette)
        parts.append(titled(drawn, _verdict(expected, len(marks))))
    if expected is not None:
        parts.append(titled(grid_picture(expected, cell=cell, palette=palette), "expected"))
    return beside([beside(parts[:2], between=ARROW), *parts[2:]])


def steps_picture(steps: Sequence[Step], sample: ShownSample, *, palette: str = DEFAULT_PALETTE) -> Picture:
    """The input of a sample, then every step with its value; the failing one has a frame of its own and says so."""
    shape = (len(sample.input), len(sample.input[0]))
    cell = fitting_cell(sample.input, largest=_LARGEST_VALUE)
    parts = [titled(grid_picture(sample.input, cell=cell, palette=palette), "I")]
    parts += [_step_picture(step, shape, palette) for step in steps[:MOST_STEPS]]
    if len(steps) > MOST_STEPS:
        parts.append(text_picture([f"and {counted(len(steps) - MOST_STEPS, 'more step')}"], color=FAINT))
    return below(parts, gap=14)


def _step_picture(step: Step, shape: tuple[int, int], palette: str) -> Picture:
    text = text_picture([primitive_spans(part) for part in _wrapped(step.text)])
    if step.outcome is None:
        return below([text, text_picture(["not computed: a step that it needs failed"], color=FAINT)], gap=0)
    failure = step.outcome.failure
    if failure is not None:
        words = text_picture(_wrapped(printable(f"{failure.kind}: {failure.message}")), color=_ALERT)
        return _alert(below([text, words], gap=0)) if step.is_failing else below([text, words], gap=0)
    value = step.outcome.value
    drawn = value_picture(value, shape, cell=_value_cell(value, shape), palette=palette)
    said = value_in_words(value) if drawn is None else value_in_words(value).partition(":")[0]
    words = text_picture(_wrapped(printable(said)), color=FAINT)
    return below([text, words] if drawn is None else [text, words, drawn], gap=2)


def _alert(picture: Picture) -> Picture:
    """The picture in a red frame, with a word that says the same."""
    inner = titled(picture, ">> fails here")
    paper = Box(0, 0, inner.width + 20, inner.height + 14, _ALERT_PAPER, _ALERT, 2)
    return Picture(paper.width, paper.height, (paper, *inner.moved(10, 7)), inner.words)


def _value_cell(value: Any, shape: tuple[int, int]) -> float:
    """Units a cell, so that a value is no larger than the input beside it needs to be."""
    if is_drawn_as_grid(value):
        side = max(len(value), len(value[0]))
    else:
        cells = [cell for patch in patches_of(value) or () for cell in patch]
        side = max([*shape, *(max(abs(i), abs(j)) + 1 for i, j, _ in cells)])
    return float(max(4, min(20, int(_LARGEST_VALUE // side))))


def _verdict(expected: Grid | None, differing: int) -> str:
    if expected is None:
        return "output (the right one is unknown)"
    return "output: right" if not differing else f"output: {counted(differing, 'cell differs', 'cells differ')}"


def _is_rows(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(row, tuple) for row in value)


def _wrapped(line: str, width: int = _WIDEST_TEXT) -> list[str]:
    """A line as lines that fit, the further ones indented."""
    if len(line) <= width:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    return wrap(line.lstrip(), width, initial_indent=indent, subsequent_indent=f"{indent}    ")[:60]
