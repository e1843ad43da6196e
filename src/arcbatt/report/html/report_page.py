"""A report as one HTML text that needs nothing else.

What the tables need is in the page as JSON. What only an opened task or program needs lies beside it in compressed
parts, which a browser unpacks when they are asked for: so a page of 1,000 tasks and 10,000 programs stays small and is
there at once. The same data give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any, Final

from arcbatt.report.html.assembly import assembled, embedded_json, packed_json
from arcbatt.report.html.page_data import ProgramData, ReportData, TaskData
from arcbatt.report.html.report_charts import report_charts
from arcbatt.report.html.timeline import timeline
from arcbatt.results.json_form import plain

__all__ = ["report_page"]

_TASKS_A_PART: Final = 16
_PROGRAMS_A_PART: Final = 256
_MOST_FAILURES: Final = 200
_SCRIPTS: Final = (
    "listing", "address", "index", "program_text", "lineage", "steps", "attempts", "task_programs", "task_detail",
    "program_detail", "task_table", "program_table", "keyboard", "report",
)  # fmt: skip


def report_page(report: ReportData) -> str:
    """The page of a report."""
    places = {program.md5: place for place, program in enumerate(report.programs)}
    tasks = [packed_json([plain(task) for task in part]) for part in _parts(report.tasks, _TASKS_A_PART)]
    programs = [
        packed_json([[item.text, item.words] for item in part]) for part in _parts(report.programs, _PROGRAMS_A_PART)
    ]
    return assembled(
        "report.html.j2", ("report",), _SCRIPTS, version=report.arcbatt, report=report,
        index=embedded_json(_index(report, places)), task_parts=tasks, program_parts=programs,
        charts=report_charts(report), timeline=timeline(report.work.spans),
        failures=report.failures[:_MOST_FAILURES], names={item.md5: item.name for item in report.programs},
    )  # fmt: skip


def _parts(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _index(report: ReportData, places: dict[str, int]) -> dict[str, Any]:
    """What the tables show and are filtered by, in columns without names: see ``scripts/index.js``."""
    sets = sorted({task.set for task in report.tasks})
    families = sorted({family for task in report.tasks for family in task.families})
    mutations: dict[str, int] = {}
    numbers = count()
    for program in report.programs:
        for parent in program.parents:
            if parent.mutation not in mutations:
                mutations[parent.mutation] = next(numbers)
    return {
        "format": report.format,
        "sizes": [_TASKS_A_PART, _PROGRAMS_A_PART],
        "sets": sets,
        "families": families,
        "mutations": list(mutations),
        "tasks": [_task_row(task, sets, families, places) for task in report.tasks],
        "programs": [_program_row(program, mutations, places) for program in report.programs],
    }


def _task_row(task: TaskData, sets: list[str], families: list[str], places: dict[str, int]) -> list[Any]:
    first = task.samples[0] if task.samples else None
    listed = [places[item.md5] for item in task.programs if item.md5 in places]
    answers = {places[md5] for attempt in task.attempts for md5 in attempt.md5s if md5 in places}
    return [
        task.id, task.digest, sets.index(task.set), task.standing, _rounded(task.near),
        [families.index(family) for family in task.families], listed + sorted(answers - set(listed)),
        task.program_count, _rounded(task.seconds), first and first.input, first and first.output,
    ]  # fmt: skip


def _program_row(program: ProgramData, mutations: dict[str, int], places: dict[str, int]) -> list[Any]:
    parents = [[places.get(parent.md5, parent.md5), mutations[parent.mutation]] for parent in program.parents]
    return [
        program.md5, program.name, program.size, program.tasks, program.solved, _rounded(program.near), program.fuel,
        _rounded(program.seconds), parents,
    ]  # fmt: skip


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 6)
