"""What ``benchmarks/generalization.py`` prints: of one run, and of two beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from arcbatt.errors import InputError
from generalization_results import AttemptResult, ProgramGroup, Results, TaskResult, Totals, totals_of

__all__ = ["comparison", "report"]

_TOTALS = ("tasks", "fitted", "whole", "outputs", "one", "two", "found", "precision")
_CPU = ("median s", "90 % s", "sum s", "cut off")
_MOST_NAMED, _MOST_OWN = 200, 20


def report(results: Results) -> Iterator[str]:
    """The lines of a report: totals by budget, then, for each budget, whatever tells them apart.

    Names are in it only where the results have some.
    """
    left_out = ", each task without the programs named for it" if results.leaves_out else ""
    yield f"{results.set} ({results.revision}; {results.part}){left_out}; seed {results.seed}, {results.jobs} jobs"
    if results.malformed:
        yield f"malformed tasks left out of the set: {results.malformed}"
    yield "fitted: a program right on all demo samples; one, two: outputs right within so many attempts; found: outputs"
    yield "that a fitting program gives; precision: outputs right within two, of those for which a program fits"
    yield from _table(("budget", *_TOTALS, *_CPU), (
        (f"{one.seconds:g} s", *_cells(total), f"{total.cpu_median_s:.2f}", f"{total.cpu_90_s:.2f}",
         f"{total.cpu_sum_s:.1f}", str(total.cut_off))
        for one in results.budgets for total in (totals_of(one.tasks),)
    ))  # fmt: skip
    yield from _own(results)
    for budget in results.budgets:
        yield ""
        yield f"at {budget.seconds:g} s a task ({budget.wall_s:.0f} s in all)"
        yield from _by_group(budget.tasks)
        yield from _by_demos(budget.tasks)
        yield from _calibration(budget.tasks)
        if results.has_names:
            yield f"wholly right: {_names(task.key for task in budget.tasks if task.is_wholly_right)}"


def comparison(first: Results, second: Results) -> Iterator[str]:
    """The lines that tell what changed from one run to another, at each budget that both have, on the tasks of both.

    Raises:
        InputError: they are of different sets, or have no budget or no task in common.
    """
    if (first.set, first.has_names) != (second.set, second.has_names):
        raise InputError(f"results of two sets cannot be compared: {first.set} and {second.set}")
    later = {budget.seconds: budget.tasks for budget in second.budgets}
    common = [budget for budget in first.budgets if budget.seconds in later]
    if not common:
        raise InputError("the two results have no budget in common")
    for name in ("revision", "part", "leaves_out", "seed", "jobs", "arcbatt"):
        one, other = getattr(first, name), getattr(second, name)
        if one != other:
            yield f"{name}: {one} in the first, {other} in the second"
    for budget in common:
        before = {task.key: task for task in budget.tasks}
        after = {task.key: task for task in later[budget.seconds]}
        yield from _changes(f"{budget.seconds:g} s", before, after, first.has_names)


def _changes(
    title: str, before: dict[str, TaskResult], after: dict[str, TaskResult], has_names: bool
) -> Iterator[str]:
    """What changed at one budget."""
    keys = sorted(before.keys() & after.keys())
    if not keys:
        raise InputError("the two results have no task in common")
    alone = len(before.keys() ^ after.keys())
    yield f"{title}: {len(keys)} tasks" + (f", and {alone} that only one of the results has" if alone else "")
    old, new = (totals_of(found[key] for key in keys) for found in (before, after))
    yield from _table(("", *_TOTALS, *_CPU[:3]), (
        (name, *_cells(total), f"{total.cpu_median_s:.2f}", f"{total.cpu_90_s:.2f}", f"{total.cpu_sum_s:.1f}")
        for name, total in (("first", old), ("second", new))
    ))  # fmt: skip
    won = [key for key in keys if after[key].is_wholly_right and not before[key].is_wholly_right]
    lost = [key for key in keys if before[key].is_wholly_right and not after[key].is_wholly_right]
    pairs = [
        (one.is_right(), other.is_right())
        for key in keys for one, other in zip(before[key].outputs, after[key].outputs, strict=True)
    ]  # fmt: skip
    yield f"outputs won {pairs.count((False, True))}, lost {pairs.count((True, False))}"
    for word, found in (("won", won), ("lost", lost)):
        yield f"tasks {word}: {_names(found) if has_names else len(found)}"


def _own(results: Results) -> Iterator[str]:
    """The tasks that equal one that the library has a program for, and both parts of the set apart."""
    tasks = results.budgets[0].tasks
    own = [task.key for task in tasks if task.is_own]
    if not own:
        return
    yield ""
    told = _names(own) if results.has_names and len(own) <= _MOST_OWN else len(own)
    yield f"tasks with the demo samples of a library program's own task: {told}"
    if len(own) < len(tasks):
        yield from _table(("budget", "task", *_TOTALS), (
            (f"{budget.seconds:g} s", name, *_cells(totals_of(t for t in budget.tasks if t.is_own is is_own)))
            for budget in results.budgets for is_own, name in ((True, "own"), (False, "other"))
        ))  # fmt: skip


def _by_group(tasks: Sequence[TaskResult]) -> Iterator[str]:
    """What each source gives, and each family of a source that has several."""
    groups = sorted({(group.source, group.family) for task in tasks for group in task.groups})
    sources = sorted({source for source, _ in groups})
    rows: list[tuple[str, ...]] = []
    for source in sources:
        families = [family for of, family in groups if of == source]
        rows.append((source, *_of_group(tasks, source, families)))
        if len(families) > 1:
            rows.extend((f"  {family}", *_of_group(tasks, source, [family])) for family in families)
    if rows:
        yield from _table(("source, family", "fitted", "alone", "programs", "found", "attempts", "right"), rows)


def _of_group(tasks: Sequence[TaskResult], source: str, families: Sequence[str]) -> tuple[str, ...]:
    """Tasks fitted, those that nothing else fits, programs, outputs given, attempts that rest on it, right ones."""

    def is_one(item: AttemptResult | ProgramGroup) -> bool:
        return item.source == source and item.family in families

    fitted = alone = programs = found = 0
    for task in tasks:
        members = [group for group in task.groups if is_one(group)]
        fitted += bool(members)
        alone += bool(members) and len(members) == len(task.groups)
        programs += sum(group.programs for group in members)
        found += sum(any(rights) for rights in zip(*(group.right for group in members), strict=True))
    attempts = [
        attempt for task in tasks for output in task.outputs for attempt in output.attempts if is_one(attempt)
    ]
    right = sum(attempt.is_right for attempt in attempts)
    return tuple(map(str, (fitted, alone, programs, found, len(attempts), right)))


def _by_demos(tasks: Sequence[TaskResult]) -> Iterator[str]:
    counts = sorted({task.demo_count for task in tasks})
    yield from _table(("demo samples", *_TOTALS), (
        (str(count), *_cells(totals_of(task for task in tasks if task.demo_count == count))) for count in counts
    ))  # fmt: skip


def _calibration(tasks: Sequence[TaskResult]) -> Iterator[str]:
    """Attempts by the decile of their probability, how many were expected to be right and how many are."""
    attempts = [
        (attempt.probability, attempt.is_right)
        for task in tasks for output in task.outputs for attempt in output.attempts if attempt.probability is not None
    ]  # fmt: skip
    rows = []
    for decile in range(10):
        members = [one for one in attempts if min(int(one[0] * 10), 9) == decile]
        if members:
            expected = sum(probability for probability, _ in members)
            right = sum(is_right for _, is_right in members)
            rows.append((f"{decile / 10:.1f} to {(decile + 1) / 10:.1f}", str(len(members)), f"{expected:.1f}",
                         str(right), f"{expected / len(members):.3f}", f"{right / len(members):.3f}"))  # fmt: skip
    if rows:
        yield from _table(("probability", "attempts", "expected", "right", "mean", "share"), rows)


def _cells(total: Totals) -> tuple[str, ...]:
    """A row of :data:`_TOTALS`."""
    precision = "-" if total.precision is None else f"{total.precision:.3f}"
    numbers = (total.tasks, total.fitted, total.whole, total.outputs, total.one, total.two, total.found)
    return (*map(str, numbers), precision)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines of a table, its first column left, the others right."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        rest = "".join(f"  {cell:>{width}}" for cell, width in zip(line[1:], widths[1:], strict=True))
        yield f"{line[0]:<{widths[0]}}{rest}"


def _names(keys: Iterable[str]) -> str:
    """How many, and which."""
    found = sorted(keys)
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return f"{len(found)}" + (f" ({' '.join(found[:_MOST_NAMED])}{more})" if found else "")
