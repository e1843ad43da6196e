"""What ``arcbatt demo`` shows: an answer beside the expected output, what came near, and what to try next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from arcbatt.arc import Sample, Task
from arcbatt.battery.battery import Battery
from arcbatt.engine import Engine, Outcome
from arcbatt.pipeline.task_summary import TaskSummary
from arcbatt.report.grids import differing_cells, side_by_side
from arcbatt.report.printing import print_text
from arcbatt.report.terminal import command_lines
from arcbatt.report.words import counted, percent

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["show_next", "show_task"]


def show_task(console: Console, task: Task, summary: TaskSummary, battery: Battery, engine: Engine) -> None:
    """Prints which program solves a task, or is nearest, and one of its outputs beside the expected one.

    The output is that on the first test sample where the program solves all demo samples, else that on the first demo
    sample that it fails.

    Args:
        console: where to print.
        task: the task.
        summary: what a run of the battery found out about it.
        battery: the battery.
        engine: runs the program once more, for its output.
    """
    name, standing = _standing(summary)
    print_text(console, f"Task {task.id}, {counted(summary.solvers, 'program')}: {standing}.")
    if name is None:
        return
    outcomes = _outcomes(battery, name, task, engine)
    places = [place for place, (sample, outcome) in enumerate(zip(task.samples, outcomes, strict=True))
              if outcome.value != sample.output]  # fmt: skip
    place = places[0] if places and places[0] < len(task.demo) else len(task.demo)
    print_text(console, f"On {task.sample_name(place)} it gives:\n")
    _show_sample(console, task.samples[place], outcomes[place])


def show_next(console: Console, commands: Sequence[tuple[str, str]]) -> None:
    """Prints commands to try, each with what it does."""
    width = max(len(command) for command, _ in commands)
    print_text(console, "Next, try:")
    is_wide = not console.is_terminal or all(width + 4 + len(purpose) <= console.width for _, purpose in commands)
    for command, purpose in commands:
        if is_wide:
            print_text(console, f"  {command:<{width}}  {purpose}")
            continue
        print_text(console, f"  {purpose}:")
        for line in command_lines(command, console.width, "    "):
            print_text(console, line)


def _standing(summary: TaskSummary) -> tuple[str | None, str]:
    """The name of the program that solves a task or is nearest, None where there is none, and a sentence on it."""
    best, nearest, demo = summary.best, summary.nearest, summary.demo_count
    if best is not None and best.solves_demo:
        test = f"{best.test_right} of {summary.test_count} test samples"
        return best.name, f"{best.name} solves {best.demo_right} of {demo} demo samples and {test}"
    if nearest is not None:
        near = f"{nearest.demo_right} of {demo} demo samples, {percent(nearest.near)} of the cells"
        return nearest.name, f"no program solves it; nearest is {nearest.name}: {near}"
    return None, "no program gives a grid"


def _outcomes(battery: Battery, name: str, task: Task, engine: Engine) -> list[Outcome]:
    root = next(root for first, root in battery.solvers.items() if name in battery.names[first])
    scope = engine.open(battery.graph).bind(S=task.pairs)
    return [scope.bind(I=sample.input).run([root])[0] for sample in task.samples]


def _show_sample(console: Console, sample: Sample, outcome: Outcome) -> None:
    given, expected = ("input", sample.input, None), sample.output or ()
    if outcome.failure is not None or not _is_rows(outcome.value):
        console.print(side_by_side([given, ("expected", expected, None)]))
        print_text(console, f"no grid: {outcome.failure or 'another kind of value'}\n")
        return
    wrong = differing_cells(outcome.value, expected)
    title = f"answer, {counted(len(wrong), 'cell')} wrong" if wrong else "answer, right"
    console.print(side_by_side([given, ("expected", expected, None), (title, outcome.value, wrong)]))


def _is_rows(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(row, tuple) for row in value)
