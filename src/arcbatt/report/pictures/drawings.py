"""Programs drawn from Python: what ``arcbatt show PROGRAM -o`` draws, for a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from arcbatt.arc import Task
from arcbatt.drawing.layout import below, framed
from arcbatt.drawing.palette import DEFAULT_PALETTE, PALETTES
from arcbatt.dsl.pictures import Drawing
from arcbatt.errors import InputError
from arcbatt.program.program import Program

__all__ = ["draw_program"]


def draw_program(
    program: Program, task: Task, *, steps: bool = False, sample: str | None = None, palette: str = DEFAULT_PALETTE
) -> Drawing:
    """Runs a program on a task and draws its text, and its outputs beside the expected ones or each of its steps.

    Args:
        program: a solver or a differ.
        task: what to run it on.
        steps: draw the value of each step on one sample, the failing one marked, instead of all outputs.
        sample: the sample whose steps are drawn: ``demo 2``, ``test 1``; None for the first that it gets wrong, or
            else the first.
        palette: ``arc``, or ``colorblind`` with a symbol in each cell.

    Raises:
        InputError: the task has no such sample, or there is no such palette.

    Example:
        >>> (program,) = parse_programs("def solve_a(I): return vmirror(I)")
        >>> draw_program(program, load_set("arc1-train")["67a3c6ac"], steps=True)
        <Drawing of solve_a on 67a3c6ac>
    """
    from arcbatt.report.program import ProgramView

    if palette not in PALETTES:
        raise InputError(f"palette: expected {' or '.join(PALETTES)}, got {palette!r:.40}")
    place = None if sample is None else _place(program, task, sample)
    view = ProgramView(program, [], task, names=program.labels or {}, sample=place)
    with _limits_kept():
        parts = view.pictures(steps=steps or sample is not None, palette=palette)
    return Drawing(framed(below((part for _, part in parts), gap=22)), f"{program.name} on {task.id}")


def _place(program: Program, task: Task, name: str) -> int:
    count = len(task.demo if program.kind == "differ" else task.samples)
    names = [task.sample_name(index) for index in range(count)]
    if name not in names:
        raise InputError(f"sample: expected one of {', '.join(names)}, got {name!r:.40}")
    return names.index(name)


@contextmanager
def _limits_kept() -> Iterator[None]:
    """Bounds on memory that are set inside end with it: a notebook goes on."""
    try:
        import resource
    except ImportError:  # another system; there are no such bounds then
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
