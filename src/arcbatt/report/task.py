"""A task as ``arcbatt show`` shows it: its grids, and the best programs for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from arcbatt.arc import Task, task_to_json
from arcbatt.report.grids import Block, side_by_side

if TYPE_CHECKING:
    from arcbatt.store import ScoreRecord

__all__ = ["TaskView"]

_BEST = 10


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with the scores of stored programs on it, best first, and the programs' names by MD5."""

    task: Task
    scores: Sequence[ScoreRecord]
    names: Mapping[str, str]

    def data(self) -> dict[str, Any]:
        """The view as JSON data."""
        scores = [{"name": self.names.get(score.md5), **asdict(score)} for score in self.scores]
        return {"task": self.task.id, **task_to_json(self.task), "scores": scores}

    def show(self) -> None:
        """Prints the view."""
        from rich.console import Console

        console = Console(highlight=False)
        console.print(f"task {self.task.id}: samples: {len(self.task.demo)} demo, {len(self.task.test)} test")
        for index, sample in enumerate(self.task.samples):
            blocks: list[Block] = [(f"{self.task.sample_name(index)} input", sample.input, None)]
            if sample.output is not None:
                blocks.append(("output", sample.output, None))
            console.print()
            console.print(side_by_side(blocks, " -> "))
        console.print()
        if not self.scores:
            console.print(f"no stored program has a score on it; 'arcbatt run {self.task.id}' finds some")
        else:
            console.print("the best stored programs:")
        for score in self.scores[:_BEST]:
            test = "?" if score.test_right is None else score.test_right
            line = f"{score.md5}  {score.demo_right}/{score.demo_count} demo  {test}/{score.test_count} test"
            console.print(f"{line}  {self.names.get(score.md5, '')}", markup=False)
        if len(self.scores) > _BEST:
            console.print(f"and {len(self.scores) - _BEST} more: arcbatt list scores --task {self.task.id}")
