"""A program as ``arcbatt show`` shows it: its text, its scores, its outputs beside the expected ones, its steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from arcbatt.arc import Grid, Task
from arcbatt.drawing.palette import DEFAULT_PALETTE
from arcbatt.engine import Outcome
from arcbatt.pipeline.outcomes import step_outcomes
from arcbatt.program.explanation import explained
from arcbatt.program.inline_text import inlined_text
from arcbatt.program.program import Program
from arcbatt.report.grids import Block, differing_cells, side_by_side
from arcbatt.report.printing import print_text
from arcbatt.report.steps import failure_in_words, show_steps, step_values, value_in_words
from arcbatt.report.words import broken, counted, percent, printable, samples_right

if TYPE_CHECKING:
    from rich.console import Console

    from arcbatt.drawing.shapes import Picture
    from arcbatt.report.pictures.program_pictures import ShownSample
    from arcbatt.store import LineageRecord, ScoreRecord

__all__ = ["ProgramView"]

_MOST_SCORES = 20
"""Most scores that a picture tells."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A program run on a sample."""

    name: str
    input: Grid
    expected: Grid | None
    steps: Sequence[Outcome]

    @property
    def outcome(self) -> Outcome:
        """The program's own: that of its last step."""
        return self.steps[-1]

    @property
    def is_wrong(self) -> bool:
        """Whether it failed, or gave something else than what is expected."""
        return self.outcome.failure is not None or (self.expected is not None and self.outcome.value != self.expected)


@dataclass(frozen=True, slots=True)
class ProgramView:
    """A program with what is known of it.

    A differ is run with each demo input as ``I`` and the demo output as ``C``.

    Attributes:
        program: the program.
        scores: its stored scores.
        task: what to run it on; None for nothing.
        lineage: its stored lineage.
        others: number of further programs that go by the name that was asked for.
        names: what its author called the values of its calls, by node; where known.
        sample: the place of the sample whose steps are shown; None for the first that it gets wrong, or else the first.
    """

    program: Program
    scores: Sequence[ScoreRecord]
    task: Task | None
    lineage: Sequence[LineageRecord] = ()
    others: int = 0
    names: Mapping[int, str] = field(default_factory=dict)
    sample: int | None = None

    def data(self, *, steps: bool = False) -> dict[str, Any]:
        """The view as JSON data; an output that is no grid is given as its Python text."""
        from arcbatt.report.run_json import program_json

        program, runs = self.program, self._runs()
        data: dict[str, Any] = {
            "name": program.name,
            "md5": program.md5,
            "kind": program.kind,
            "direction": program.direction,
            "size": program.size,
            "text": program.text,
            "inlined": inlined_text(program.graph, program.root),
            "explanation": list(explained(program)),
            "others_of_this_name": self.others,
            "scores": [
                {"task": score.task.id, "digest": score.task.digest, **program_json(score.result)}
                for score in self.scores
            ],
            "parents": [{"md5": record.parent, "mutation": record.mutation} for record in self._parents()],
            "children": len(self._children()),
            "task": self.task.id if self.task is not None else None,
            "samples": [_sample_data(run, self._failure_words(run)) for run in runs],
        }
        if steps and runs:
            run = self._stepped(runs)
            data["steps"] = {"sample": run.name, "statements": [
                {"text": step.text, "is_failing": step.is_failing, "value": _step_value(step.outcome)}
                for step in step_values(program, run.steps, self.names)
            ]}  # fmt: skip
        return data

    def show(self, *, steps: bool = False) -> None:
        """Prints the view; with ``steps`` the values of the statements on one sample instead of all outputs."""
        from rich.console import Console

        console = Console(highlight=False, emoji=False)
        console.soft_wrap = not console.is_terminal  # a terminal's lines are broken between words
        program = self.program
        print_text(console, f"{program.name}  {program.md5}  {counted(program.size, 'call')}")
        if self.others:
            more = counted(self.others, "more program")
            print_text(console, f"({more} of this name: arcbatt list programs --name {program.name})")
        console.print()
        print_text(console, program.text)
        print_text(console, "inlined: " + inlined_text(program.graph, program.root, limit=2000))
        self._show_explanation(console)
        self._show_origin(console)
        runs = self._runs()
        if steps and runs:
            run = self._stepped(runs)
            console.print()
            print_text(console, f"{run.name}, step by step")
            show_steps(console, step_values(program, run.steps, self.names))
            runs = [run]
        for run in runs:
            console.print()
            _show_outcome(console, run, self._failure_words(run))

    def pictures(self, *, steps: bool = False, palette: str = DEFAULT_PALETTE) -> list[tuple[str, Picture]]:
        """The view as the parts of a picture, each with its heading.

        Args:
            steps: whether the values of the statements on one sample are drawn instead of all outputs.
            palette: ``arc`` or ``colorblind``.
        """
        from arcbatt.report.pictures.program_pictures import program_text_picture, sample_picture, steps_picture

        parts = [("program text", self._described(program_text_picture(self.program)))]
        runs = self._runs()
        if steps and runs:
            run = self._stepped(runs)
            shown = self._shown(run)
            drawn = steps_picture(step_values(self.program, run.steps, self.names), shown, palette=palette)
            parts.append((f"{run.name}, step by step", drawn))
            runs = [run]
        return parts + [(run.name, sample_picture(self._shown(run), palette=palette)) for run in runs]

    def _described(self, text: Picture) -> Picture:
        """The program's text below its name, with what it does in words and its scores."""
        from arcbatt.drawing.layout import below, text_picture

        program = self.program
        title = text_picture([f"{printable(program.name)}  {program.md5}"], is_bold=True)
        explanation = [part for line in explained(program) for part in broken(printable(line), 120)]
        scores = [printable(self._score_line(score)) for score in self.scores[:_MOST_SCORES]]
        return below([title, text, *(text_picture(lines) for lines in (explanation, scores) if lines)])

    def _shown(self, run: _Run) -> ShownSample:
        from arcbatt.report.pictures.program_pictures import ShownSample

        return ShownSample(run.name, run.input, run.expected, run.outcome, self._failure_words(run))

    def _show_explanation(self, console: Console) -> None:
        lines = explained(self.program)
        if lines:
            print_text(console, "in words:")
        for line in lines:
            print_text(console, f"    {line}")

    def _show_origin(self, console: Console) -> None:
        for record in self._parents():
            print_text(console, f"from {record.parent} by {record.mutation}")
        if self._children():
            console.print(f"{counted(len(self._children()), 'program')} made from it", markup=False)
        for score in self.scores:
            print_text(console, self._score_line(score))

    def _score_line(self, score: ScoreRecord) -> str:
        result = score.result
        failures = ", ".join(f"{count} {kind}" for kind, count in result.failures.items())
        return (
            f"{score.task.id}  {samples_right(result.demo_right, result.demo_count, 'demo')}  "
            f"{samples_right(result.test_right, result.test_count, 'test')}  {percent(result.near)} of cells  "
            f"{result.fuel:,} fuel{f'  failures: {failures}' if failures else ''}{self._other_samples(score)}"
        )

    def _other_samples(self, score: ScoreRecord) -> str:
        """A note where a score belongs to other samples than those that the program is shown on."""
        if self.task is None or score.task.id != self.task.id or score.task.digest == self.task.digest:
            return ""
        return "  (on other samples of this id than those below)"

    def _parents(self) -> list[LineageRecord]:
        return [record for record in self.lineage if record.child == self.program.md5]

    def _children(self) -> set[str]:
        return {record.child for record in self.lineage if record.parent == self.program.md5}

    def _failure_words(self, run: _Run) -> str | None:
        """How a run failed; None when it did not."""
        failure = run.outcome.failure
        return None if failure is None else failure_in_words(self.program, failure, self.names)

    def _stepped(self, runs: Sequence[_Run]) -> _Run:
        if self.sample is not None:
            return runs[self.sample]
        return next((run for run in runs if run.is_wrong), runs[0])

    def _runs(self) -> list[_Run]:
        """The program on each sample that it can be run on."""
        if self.task is None:
            return []
        is_differ = self.program.kind == "differ"
        outcomes = step_outcomes(self.program, self.task)
        samples = self.task.demo if is_differ else self.task.samples
        return [
            _Run(
                f"{self.task.id} {self.task.sample_name(index)}", sample.input, None if is_differ else sample.output,
                steps,
            )
            for index, (sample, steps) in enumerate(zip(samples, outcomes, strict=True))
        ]


def _sample_data(run: _Run, failure: str | None) -> dict[str, Any]:
    outcome, expected = run.outcome, run.expected
    is_shown = failure is None
    differing = sorted(differing_cells(outcome.value, expected)) if _is_rows(outcome.value) and expected else None
    return {
        "sample": run.name,
        "output": outcome.value if _is_rows(outcome.value) else repr(outcome.value) if is_shown else None,
        "expected": expected,
        "differing": differing,
        "failure": failure,
        "fuel": outcome.fuel,
    }


def _step_value(outcome: Outcome | None) -> str | None:
    if outcome is None:
        return None
    return str(outcome.failure) if outcome.failure is not None else value_in_words(outcome.value)


def _show_outcome(console: Console, run: _Run, failure: str | None) -> None:
    outcome, expected, name = run.outcome, run.expected, run.name
    if failure is not None:
        print_text(console, printable(f"{name}: {failure}"))
    elif not _is_rows(outcome.value):
        print_text(console, printable(f"{name}: {outcome.value!r:.1000}"))
    elif expected is None:
        console.print(side_by_side([(f"{name}: the right output is unknown", outcome.value, None)]))
    else:
        marks = differing_cells(outcome.value, expected)
        verdict = "right" if not marks else f"{counted(len(marks), 'cell differs', 'cells differ')}"
        blocks: list[Block] = [(f"{name}: {verdict}", outcome.value, marks or None), ("expected", expected, None)]
        console.print(side_by_side(blocks))


def _is_rows(value: Any) -> bool:
    """Whether a value can be drawn as a grid: a tuple of tuples."""
    return isinstance(value, tuple) and bool(value) and all(isinstance(row, tuple) for row in value)
