"""A program's steps on a sample: each statement, in its author's own names where they are known, with its value."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from arcbatt.dsl.closures import text_of
from arcbatt.dsl.pictures import is_drawn_as_grid
from arcbatt.engine import Failure, Outcome
from arcbatt.program.program import Program
from arcbatt.program.text import INDENT, statements
from arcbatt.report.printing import print_text
from arcbatt.report.words import counted, printable

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Step", "failure_in_words", "show_steps", "step_names", "step_values", "value_in_words"]

_LONGEST = 300
_WIDEST = 30
_MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class Step:
    """A statement of a program with what it gave on a sample.

    Attributes:
        text: the statement, without indentation.
        outcome: its value or failure; None where an earlier step had failed that it needs.
        is_failing: whether it is the step at which the program fails.
    """

    text: str
    outcome: Outcome | None
    is_failing: bool


def step_values(program: Program, outcomes: Sequence[Outcome], names: Mapping[int, str] | None = None) -> list[Step]:
    """The steps of a program in canonical order.

    Args:
        program: the program.
        outcomes: one for each call in canonical order, and the program's own.
        names: what its author called the value of a call, by node.
    """
    graph = program.graph
    lines, _ = statements(graph, program.root, names=step_names(program, names or {}))
    failure = outcomes[-1].failure
    failing = 0 if failure is None else failure.step
    steps = []
    for number, (line, node, outcome) in enumerate(zip(lines, graph.calls(program.root), outcomes, strict=False), 1):
        # A step is the last of the program that ends with it; one that fails earlier fails for what it needs.
        is_own = outcome.failure is None or outcome.failure.step == len(graph.calls(node))
        steps.append(Step(line.removeprefix(INDENT), outcome if is_own else None, number == failing))
    return steps


def step_names(program: Program, names: Mapping[int, str]) -> dict[int, str]:
    """A name of its own for each call of a program, by node: its author's where that is known.

    An author may use a name again, or have called another step ``x4`` than the canonical text does.
    """
    calls = program.graph.calls(program.root)
    found: dict[int, str] = {}
    taken: set[str] = set()
    for wanted in ({node: names[node] for node in calls if node in names}, dict.fromkeys(calls, "")):
        for number, node in enumerate(calls, 1):
            if node in wanted and node not in found:
                found[node] = _free(wanted[node] or f"x{number}", taken)
                taken.add(found[node])
    return found


def failure_in_words(program: Program, failure: Failure, names: Mapping[int, str]) -> str:
    """A failure with the failing step in the author's names where they are known."""
    calls = program.graph.calls(program.root)
    if not names or not 0 < failure.step <= len(calls):
        return str(failure)
    name = step_names(program, names)[calls[failure.step - 1]]
    return f"{failure.kind} at {name} = {failure.call}(...): {failure.message}"


def _free(name: str, taken: Collection[str]) -> str:
    """The name, or the first of ``name_2``, ``name_3`` ... that is not taken."""
    candidates = (name if number == 1 else f"{name}_{number}" for number in count(1))
    return next(candidate for candidate in candidates if candidate not in taken)


def show_steps(console: Console, steps: Sequence[Step]) -> None:
    """Prints steps: a line for each statement, its value below it, the failing one marked."""
    from arcbatt.report.grids import grid_text

    for step in steps:
        mark = ">>" if step.is_failing else "  "
        print_text(console, f"{mark} {step.text}", "bold red" if step.is_failing else None)
        if step.outcome is None:
            print_text(console, "      not computed: a step that it needs failed")
        elif step.outcome.failure is not None:
            failure = step.outcome.failure
            print_text(console, printable(f"      {failure.kind}: {failure.message}"))
        else:
            value = step.outcome.value
            print_text(console, printable(f"      {value_in_words(value)}"))
            if _is_small_grid(value):
                text = grid_text(value)
                for line in text.split("\n"):
                    console.print("      ", line, sep="")


def value_in_words(value: Any) -> str:
    """A value of the DSL on one line: what it is, and as much of it as fits."""
    if is_drawn_as_grid(value):
        return f"grid of {len(value)} x {len(value[0])}"
    text = text_of(value)
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
    if isinstance(value, frozenset):
        return f"set of {counted(len(value), 'element')}: {short}"
    if isinstance(value, tuple):
        return f"tuple of {counted(len(value), 'element')}: {short}"
    return short


def _is_small_grid(value: Any) -> bool:
    return is_drawn_as_grid(value) and len(value) <= _MOST_ROWS and len(value[0]) <= _WIDEST
