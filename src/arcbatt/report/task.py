"""A task as ``arcbatt show`` shows it: its grids, and the best programs for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from arcbatt.arc import Task, task_to_json
from arcbatt.drawing.palette import DEFAULT_PALETTE
from arcbatt.report.grids import Block, side_by_side
from arcbatt.report.printing import print_text
from arcbatt.report.words import counted, percent, samples_right

if TYPE_CHECKING:
    from rich.console import Console

    from arcbatt.drawing.shapes import Picture
    from arcbatt.search.evidence.invariants import HeldInvariant
    from arcbatt.store import ScoreRecord

__all__ = ["TaskView"]

_BEST = 10


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with the scores of stored programs on it, best first.

    Attributes:
        task: the task.
        scores: of stored programs on it.
        invariants: the likely invariants of its demo samples; None where nobody asked for them.
    """

    task: Task
    scores: Sequence[ScoreRecord]
    invariants: Sequence[HeldInvariant] | None = None

    def data(self) -> dict[str, Any]:
        """The view as JSON data."""
        from arcbatt.report.run_json import program_json

        scores = [program_json(score.result) for score in self.scores]
        data = {"task": self.task.id, "digest": self.task.digest, **task_to_json(self.task), "scores": scores}
        if self.invariants is not None:
            data["invariants"] = [asdict(invariant) for invariant in self.invariants]
        return data

    def pictures(self, *, palette: str = DEFAULT_PALETTE) -> list[tuple[str, Picture]]:
        """The view as the parts of a picture, each with its heading, in a palette: ``arc`` or ``colorblind``."""
        from arcbatt.arc.pictures import samples_picture
        from arcbatt.report.pictures.texts import text_part

        parts = [(f"task {self.task.id}", samples_picture(self.task, palette=palette))]
        if self.invariants:
            parts.append(text_part("likely invariants", [f"{held.name}  {held.text}" for held in self.invariants]))
        if self.scores:
            parts.append(text_part("the best stored programs", list(map(_score_line, self.scores[:_BEST]))))
        return parts

    def show(self) -> None:
        """Prints the view."""
        from rich.console import Console

        console = Console(highlight=False, emoji=False)
        task = self.task
        print_text(console, f"task {task.id}: samples: {len(task.demo)} demo, {len(task.test)} test")
        for index, sample in enumerate(task.samples):
            blocks: list[Block] = [(f"{task.sample_name(index)} input", sample.input, None)]
            if sample.output is not None:
                blocks.append(("output", sample.output, None))
            console.print()
            console.print(side_by_side(blocks, " -> "))
        if self.invariants is not None:
            self._show_invariants(console)
        console.print()
        if not self.scores:
            print_text(console, f"no stored program has a score on it; 'arcbatt run {task.id}' finds some")
            return
        console.print("the best stored programs:")
        for score in self.scores[:_BEST]:
            print_text(console, _score_line(score))
        if len(self.scores) > _BEST:
            more = counted(len(self.scores) - _BEST, "more program")
            print_text(console, f"and {more}: arcbatt list scores --task {task.id}")

    def _show_invariants(self, console: Console) -> None:
        """Prints a line for each invariant: its name and what holds."""
        held = self.invariants or ()
        print_text(console, f"\nlikely invariants, which hold on all demo samples: {len(held)}")
        longest = max((len(invariant.name) for invariant in held), default=0)
        for invariant in held:
            print_text(console, f"{invariant.name:{longest}}  {invariant.text}")


def _score_line(score: ScoreRecord) -> str:
    result = score.result
    return (
        f"{result.md5[:12]}  {samples_right(result.demo_right, result.demo_count, 'demo')}  "
        f"{samples_right(result.test_right, result.test_count, 'test')}  {percent(result.near)} of cells  "
        f"{result.name}"
    )
