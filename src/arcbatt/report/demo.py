"""What ``arcbatt demo`` shows: an answer beside the expected output, what came near, and what to try next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arcbatt.arc import Grid, Sample, Task
from arcbatt.battery.battery import Battery
from arcbatt.engine import Engine, Outcome
from arcbatt.engine.verdict import Verdict, judge
from arcbatt.report.grids import differing_cells, side_by_side

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Nearest", "nearest_program", "show_next", "show_task"]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The solver of a battery that is nearest to a task, by the demo samples alone.

    Attributes:
        name: of the solver.
        task: the task.
        outcomes: one a sample, demo samples first.
        verdicts: likewise.
    """

    name: str
    task: Task
    outcomes: tuple[Outcome, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def demo_right(self) -> int:
        """Number of demo samples solved."""
        return sum(verdict.is_right is True for verdict in self.verdicts[: len(self.task.demo)])

    @property
    def demo_share(self) -> float:
        """Share of the cells of the demo outputs that are right, from 0 to 1."""
        outputs = [sample.output or () for sample in self.task.demo]
        right = sum(verdict.right_cells for verdict in self.verdicts[: len(outputs)])
        return right / sum(len(row) for output in outputs for row in output)

    @property
    def test_right(self) -> int:
        """Number of test samples solved."""
        return sum(verdict.is_right is True for verdict in self.verdicts[len(self.task.demo) :])


def nearest_program(battery: Battery, task: Task, engine: Engine) -> Nearest:
    """The solver with the most demo samples solved, then the most cells right; the battery's order breaks ties."""
    scope = engine.open(battery.graph).bind(S=task.pairs)
    roots = list(battery.solvers.values())
    rows = [scope.bind(I=sample.input).run(roots) for sample in task.samples]
    columns = [
        Nearest(name, task, outcomes, tuple(map(_judged, outcomes, task.samples)))
        for name, outcomes in zip(battery.solvers, zip(*rows, strict=True), strict=True)
    ]
    return max(columns, key=lambda found: (found.demo_right, found.demo_share))


def show_task(console: Console, found: Nearest, count: int) -> None:
    """Prints a task's nearest program, and its output on the sample that says most beside the expected one.

    That is the first test sample where the program solves all demo samples, else the first demo sample that it fails.

    Args:
        console: where to print.
        found: the program.
        count: number of solvers that were evaluated.
    """
    task, demo = found.task, len(found.task.demo)
    score = f"{found.demo_right} of {demo} demo samples"
    if found.demo_right == demo:
        index = demo
        told = f"{found.name} solves {score} and {found.test_right} of {len(task.test)} test samples"
    else:
        index = next(place for place, verdict in enumerate(found.verdicts) if not verdict.is_right)
        share = f"{found.demo_share * 100:.1f} % of the demo cells"
        told = f"no program solves it; nearest is {found.name}: {score}, {share}"
    _print(console, f"Task {task.id}, {count} programs: {told}.")
    _print(console, f"On {task.sample_name(index)} it gives:\n")
    _show_sample(console, task.samples[index], found.outcomes[index])


def show_next(console: Console, commands: Sequence[tuple[str, str]]) -> None:
    """Prints commands to try, each with what it does."""
    width = max(len(command) for command, _ in commands)
    _print(console, "Next, try:")
    for command, purpose in commands:
        _print(console, f"  {command:<{width}}  {purpose}")


def _judged(outcome: Outcome, sample: Sample) -> Verdict:
    return judge(outcome, sample.output)


def _show_sample(console: Console, sample: Sample, outcome: Outcome) -> None:
    given, expected = ("input", sample.input, None), sample.output or ()
    if outcome.failure is not None or not _is_rows(outcome.value):
        console.print(side_by_side([given, ("expected", expected, None)]))
        _print(console, f"no grid: {outcome.failure or 'another kind of value'}\n")
        return
    wrong = differing_cells(outcome.value, expected)
    title = f"answer, {len(wrong)} {'cell' if len(wrong) == 1 else 'cells'} wrong" if wrong else "answer, right"
    console.print(side_by_side([given, ("expected", expected, None), (title, outcome.value, wrong)]))


def _is_rows(value: Grid | object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(row, tuple) for row in value)


def _print(console: Console, line: str) -> None:
    console.print(line, markup=False)
