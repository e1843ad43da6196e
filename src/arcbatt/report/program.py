"""A program as ``arcbatt show`` shows it: its text, its scores, its outputs beside the expected ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from arcbatt.arc import Grid, Task
from arcbatt.engine import Outcome
from arcbatt.pipeline.outcomes import outcomes_on
from arcbatt.program.inline import inlined_text
from arcbatt.program.program import Program
from arcbatt.report.grids import Block, differing_cells, side_by_side

if TYPE_CHECKING:
    from rich.console import Console

    from arcbatt.store import LineageRecord, ScoreRecord

__all__ = ["ProgramView"]


@dataclass(frozen=True, slots=True)
class ProgramView:
    """A program with its stored scores, the task to run it on (None: on none) and its stored lineage.

    A differ is run with each demo input as ``I`` and the demo output as ``C``.
    """

    program: Program
    scores: Sequence[ScoreRecord]
    task: Task | None
    lineage: Sequence[LineageRecord] = ()

    def data(self) -> dict[str, Any]:
        """The view as JSON data; an output that is no grid is given as its Python text."""
        program = self.program
        return {
            "name": program.name,
            "md5": program.md5,
            "kind": program.kind,
            "direction": program.direction,
            "size": program.size,
            "text": program.text,
            "inlined": inlined_text(program.graph, program.root),
            "scores": [asdict(score) for score in self.scores],
            "parents": [{"md5": record.parent, "mutation": record.mutation} for record in self._parents()],
            "children": len(self._children()),
            "task": self.task.id if self.task is not None else None,
            "samples": [self._sample_data(*row) for row in self._outcomes()],
        }

    def show(self) -> None:
        """Prints the view."""
        from rich.console import Console

        console = Console(highlight=False, soft_wrap=True)
        program = self.program
        console.print(f"{program.name}  {program.md5}  {program.size} calls\n", markup=False)
        console.print(program.text, markup=False)
        console.print("inlined: " + inlined_text(program.graph, program.root, limit=2000), markup=False)
        for record in self._parents():
            console.print(f"from {record.parent} by {record.mutation}", markup=False)
        if self._children():
            console.print(f"{len(self._children())} programs were made from it", markup=False)
        for score in self.scores:
            test = "?" if score.test_right is None else score.test_right
            console.print(
                f"{score.task}  {score.demo_right}/{score.demo_count} demo  {test}/{score.test_count} test  "
                f"{score.fuel} fuel  t_log {score.t_log}  failures {dict(score.failures) or 'none'}",
                markup=False,
            )
        for name, _, expected, outcome in self._outcomes():
            console.print()
            _show_outcome(console, name, expected, outcome)

    def _parents(self) -> list[LineageRecord]:
        return [record for record in self.lineage if record.child == self.program.md5]

    def _children(self) -> set[str]:
        return {record.child for record in self.lineage if record.parent == self.program.md5}

    def _outcomes(self) -> list[tuple[str, Grid, Grid | None, Outcome]]:
        """(name, input, expected output or None, outcome) for each sample that the program can be run on."""
        task = self.task
        if task is None:
            return []
        is_differ = self.program.kind == "differ"
        samples = task.demo if is_differ else task.samples
        return [
            (f"{task.id} {task.sample_name(index)}", sample.input, None if is_differ else sample.output, outcome)
            for index, (sample, outcome) in enumerate(zip(samples, outcomes_on(self.program, task), strict=True))
        ]

    def _sample_data(self, name: str, given: Grid, expected: Grid | None, outcome: Outcome) -> dict[str, Any]:
        is_shown = outcome.failure is None
        differing = sorted(differing_cells(outcome.value, expected)) if _is_rows(outcome.value) and expected else None
        return {
            "sample": name,
            "output": outcome.value if _is_rows(outcome.value) else repr(outcome.value) if is_shown else None,
            "expected": expected,
            "differing": differing,
            "failure": None if is_shown else str(outcome.failure),
            "fuel": outcome.fuel,
        }


def _show_outcome(console: Console, name: str, expected: Grid | None, outcome: Outcome) -> None:
    if outcome.failure is not None:
        console.print(f"{name}: {outcome.failure}", markup=False)
    elif not _is_rows(outcome.value):
        console.print(f"{name}: {outcome.value!r:.1000}", markup=False)
    elif expected is None:
        console.print(side_by_side([(f"{name}: the right output is unknown", outcome.value, None)]))
    else:
        marks = differing_cells(outcome.value, expected)
        told = "right" if not marks else f"{len(marks)} cells differ"
        blocks: list[Block] = [(f"{name}: {told}", outcome.value, marks or None), ("expected", expected, None)]
        console.print(side_by_side(blocks))


def _is_rows(value: Any) -> bool:
    """Whether a value can be drawn as a grid: a tuple of tuples."""
    return isinstance(value, tuple) and bool(value) and all(isinstance(row, tuple) for row in value)
