"""Leave-one-out: a task is solved without what is named for it, and every other task as before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Sample, Task, TaskSet
from arcbatt.battery.battery import Battery
from arcbatt.engine import select_engine
from arcbatt.pipeline.record import program_record
from arcbatt.program.parse import parse_programs
from arcbatt.runs import RunOptions
from arcbatt.search.solving import Allowance, Budget, Solution, SolveReport, SolveSettings, solve_task
from arcbatt.search.solving.solve import solve, solve_fingerprint
from arcbatt.search.solving.solving_battery import SolvingBattery, without_programs_of
from arcbatt.store import open_store
from support.tasks import mirror_task
from support.twins import ENGINES, needs_native

DEEP = """def solve_deep(I):
    x1 = objects(I, T, F, T)
    x2 = sfilter(x1, compose(flip, rbind(bordering, I)))
    x3 = mapply(delta, x2)
    x4 = shift(x3, DOWN)
    x5 = mapply(dneighbors, x4)
    return underfill(I, FOUR, x5)


"""
OTHER = "def solve_other(I):\n    return tophalf(I)\n\n\n"
MIRROR = "def solve_mirrored(I):\n    return vmirror(I)\n\n\n"
ALLOWANCE = Allowance(99.0, 12_000, 10**9, 0)


def ringed(height: int, width: int, top: int, left: int) -> tuple[tuple[int, ...], ...]:
    """A grid of zeros with a ring of threes around one free cell, off the border."""
    rows = [[0] * width for _ in range(height)]
    for row in range(3):
        for column in range(3):
            rows[top + row][left + column] = 0 if (row, column) == (1, 1) else 3
    return tuple(map(tuple, rows))


def deep_task(task_id: str = "deep") -> Task:
    """The task of which the deep program gives the outputs; no search finds it without that program's fragments."""
    (program,) = parse_programs(DEEP)
    scope = select_engine("auto").open(program.graph)
    grids = [ringed(8, 9, 1, 2), ringed(9, 8, 3, 1), ringed(10, 10, 4, 5)]
    samples = [Sample(grid, scope.bind(I=grid).run([program.root])[0].value) for grid in grids]
    return Task(task_id, tuple(samples[:-1]), tuple(samples[-1:]))


def solved(task: Task, text: str, engine: str = "python", allowance: Allowance = ALLOWANCE, **changes: Any) -> Solution:
    opened = SolvingBattery(Battery.of(parse_programs(text)), RunOptions(engine))
    settings = SolveSettings(len(opened.battery.solvers), **changes)
    return solve_task(opened, task.challenge, settings, allowance)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_task_whose_only_program_is_its_own_is_not_given(engine: str) -> None:
    task, spend = mirror_task(), Allowance.of(0.0)
    given = solved(task, OTHER + MIRROR, engine, spend)
    assert [program.source for program in given.solved.programs] == ["given"]
    left_out = solved(task, OTHER + MIRROR, engine, spend, leaves_out=True)
    assert left_out.solved == solved(task, OTHER, engine, spend).solved
    assert left_out.solved.programs == ()
    assert left_out.solved.attempts[0][0].basis == "near"


@needs_native
def test_its_fragments_are_gone() -> None:
    task = deep_task()
    settings = {"engine": "native", "searches": ("enumeration",)}
    part = DEEP.replace("underfill(I, FOUR, x5)", "underfill(I, SIX, x5)")
    known = solved(task, OTHER + part.replace("solve_deep", "solve_further"), leaves_out=True, **settings)
    assert {program.source for program in known.solved.programs} == {"enumeration"}
    assert "layers" in known.solved.found
    own = solved(task, OTHER + part, **settings)
    assert {program.source for program in own.solved.programs} == {"enumeration"}
    assert "layers" in own.solved.found
    assert solved(task, OTHER + part, leaves_out=True, **settings).solved == solved(task, OTHER, **settings).solved
    # Without the fragments nothing but rules for cells fits.
    assert set(solved(task, OTHER, **settings).solved.found) == {"cells"}


def test_what_another_program_has_too_stays_in() -> None:
    text = OTHER + MIRROR.replace("vmirror(I)", "vmirror(tophalf(I))")
    whole = SolvingBattery(Battery.of(parse_programs(text)), RunOptions("python"))
    part, given = without_programs_of("mirrored", whole, 2)
    assert given == 1
    assert list(part.battery.solvers) == ["solve_other"]
    assert len(part.fragments.roots) == 1
    assert len(whole.fragments.roots) == 2
    assert without_programs_of("unknown", whole, 2) == (whole, 2)


def test_a_body_of_several_names_belongs_to_each_of_their_tasks() -> None:
    text = OTHER + MIRROR.replace("mirrored", "elsewhere") + MIRROR
    assert solved(mirror_task(), text, leaves_out=True, allowance=Allowance.of(0.0)).solved.programs == ()
    assert solved(mirror_task("elsewhere"), text, leaves_out=True, allowance=Allowance.of(0.0)).solved.programs == ()
    assert solved(mirror_task("third"), text, leaves_out=True, allowance=Allowance.of(0.0)).solved.programs != ()


def test_programs_behind_those_handed_in_are_still_the_stores() -> None:
    opened = SolvingBattery(Battery.of(parse_programs(MIRROR + OTHER + MIRROR.replace(
        "mirrored", "again").replace("vmirror(I)", "vmirror(vmirror(vmirror(I)))"))), RunOptions("python"))  # fmt: skip
    settings = SolveSettings(2, leaves_out=True)
    found = solve_task(opened, mirror_task().challenge, settings, Allowance.of(0.0)).solved
    assert [(program.name, program.source) for program in found.programs] == [("solve_again", "store")]


def task_set(*tasks: Task) -> TaskSet:
    by_id = {task.id: task for task in tasks}
    return TaskSet("made", list(by_id), by_id.__getitem__, lambda: "-")


class TestWholeRuns:
    TASKS = (mirror_task(), mirror_task("another"), deep_task(), deep_task("deeper"))

    def run(self, *, jobs: int = 1, text: str = OTHER + MIRROR + DEEP, seconds: float = 0.1, **changes: Any) -> Any:
        options = RunOptions(joins_store="store" in changes, jobs=jobs)
        store = changes.pop("store", None)
        return solve(parse_programs(text), task_set(*self.TASKS), options, Budget(seconds), store, **changes)

    def sources(self, report: SolveReport) -> dict[str, str | None]:
        return {key: task.programs[0].source if task.programs else None for key, task in report.solved.items()}

    def test_other_tasks_are_answered_as_before_with_any_number_of_jobs(self) -> None:
        whole = self.run()
        assert set(self.sources(whole).values()) == {"given"}
        reports = [self.run(leaves_out=True, jobs=jobs) for jobs in (1, 2)]
        assert reports[0].solved == reports[1].solved
        assert reports[0].submission == reports[1].submission
        for task_id in ("another", "deeper"):
            assert reports[0].solved[task_id] == whole.solved[task_id]
        for task_id in ("mirrored", "deep"):
            assert "given" not in {program.source for program in reports[0].solved[task_id].programs}

    def test_what_a_search_found_for_a_task_is_left_out_too(self, tmp_path: Path) -> None:
        """Also where the store has it under the name of another task first, and where it is handed in too."""
        (found,) = parse_programs(MIRROR)
        with open_store(tmp_path, create=True) as store:
            for name in ("solve_first_11111111", f"solve_mirrored_{found.md5[:8]}"):
                store.add_programs([program_record(found.renamed(name))])
            for text in (OTHER, OTHER + MIRROR.replace("mirrored", "something")):
                report = self.run(text=text, seconds=0.0, store=store, leaves_out=True, is_saving=False)
                assert self.sources(report)["mirrored"] is None
                assert self.sources(report)["another"] in ("given", "store")

    def test_a_name_that_another_body_has_too_counts(self) -> None:
        text = MIRROR.replace("vmirror", "hmirror") + MIRROR.replace("mirrored", "first") + OTHER
        programs = [*parse_programs(text), *parse_programs(MIRROR)]
        options, tasks = RunOptions(joins_store=False, jobs=1), task_set(*self.TASKS)
        report = solve(programs, tasks, options, Budget(0.0), None, leaves_out=True)
        assert self.sources(report)["mirrored"] is None
        assert self.sources(report)["another"] == "given"

    def test_is_part_of_the_fingerprint(self) -> None:
        settings = SolveSettings(1)
        keys = {
            solve_fingerprint(parse_programs(OTHER), RunOptions(), one, Budget(1.0)).key
            for one in (settings, replace(settings, leaves_out=True))
        }
        assert len(keys) == 2
