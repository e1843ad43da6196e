"""How large a report page is, how soon it shows, and how quick its filter is.

    python benchmarks/pages.py [--tasks 1000] [--programs 10000] [--seed 0] [--kind run|solve|evolve] [-o report.html]

Makes the data of a report on so many tasks of arc2-train, with the starter programs and changed copies of them, draws
it, and prints how long that took and how large the page is. With Chromium (Playwright) it opens the page and prints
when something was first seen, and how long the table takes to show another choice of tasks. With ``--workspace FOLDER``
the page is of the newest run in that workspace, on arc2-train, and the seconds are those of gathering it.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import arcbatt
from arcbatt.arc import Grid, Task, load_set
from arcbatt.library import starter_solvers
from arcbatt.report.html.page_data import (
    FORMAT,
    AttemptData,
    CalibrationRow,
    CurvePoint,
    FailureData,
    GainData,
    GenerationData,
    ParentData,
    PhaseData,
    ProgramData,
    ProgramOnTask,
    ReportData,
    RunData,
    SampleData,
    SampleRun,
    SpanData,
    Standing,
    StepData,
    TaskData,
    TotalsData,
    WorkData,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

COLORS = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
FAMILIES = ("exact", "given", "store", "recolor", "layers", "choose", "cells", "objects", "panels", "evolution")
KINDS = ("error", "limit", "timeout", "memory")
EVALUATED, LISTED = 3, 10


def made_report(tasks: int = 1000, programs: int = 10_000, seed: int = 0, kind: str = "run") -> ReportData:
    """The data of a report, the same for the same arguments.

    Args:
        tasks: number of tasks; further ones than arc2-train has are copies under other ids.
        programs: number of programs; further ones than the starter programs are changed copies of them.
        seed: of everything that is random.
        kind: ``run``, ``solve`` or ``evolve``.
    """
    rng = random.Random(seed)
    made = _programs(programs, rng)
    found = [_task(task, made, rng, kind) for task in _tasks(tasks)]
    failures = tuple(
        FailureData(rng.choice(KINDS), f"primitive_{n}", "no element meets the condition", 5000 // (n + 1), made[n].md5)
        for n in range(60)
    )
    standings = [task.standing for task in found]
    solved, demo, near, failed = (standings.count(name) for name in ("solved", "demo", "near", "failed"))
    return ReportData(
        FORMAT, arcbatt.__version__, f"run 1: arcbatt {kind}",
        RunData(1, kind, ("--set", "arc2-train"), "finished", "2026-01-01T00:00:00Z", "2026-01-01T00:10:00Z", "native",
                "arc2-train", (("arcbatt", arcbatt.__version__),)),
        TotalsData(len(found), solved, solved + demo, near, failed, len(made)),
        tuple(sorted(found, key=lambda task: (task.id, task.digest))), tuple(made), failures, _work(found, rng),
        tuple(CurvePoint(n * 1.3, n) for n in range(solved + demo)),
        tuple(CurvePoint(n * 2.1, n) for n in range(solved)) if kind == "solve" else (),
        _generations(found, rng) if kind == "evolve" else (),
        tuple(CalibrationRow(n / 10, (n + 1) / 10, 50, 5 * n, n / 10 + 0.05) for n in range(10))
        if kind == "solve" else (),
    )  # fmt: skip


def _tasks(count: int) -> Iterator[Task]:
    tasks = load_set("arc2-train")
    for number in range(count):
        task = tasks[tasks.ids[number % len(tasks)]]
        yield task if number < len(tasks) else replace(task, id=f"{task.id}-{number // len(tasks)}")


def _programs(count: int, rng: random.Random) -> list[ProgramData]:
    starters = starter_solvers()
    found: dict[str, ProgramData] = {}
    while len(found) < count:
        program = starters[len(found) % len(starters)]
        text = program.text
        if len(found) >= len(starters):
            text = " ".join(rng.choice(COLORS) if word in COLORS else word for word in text.split(" "))
            text = text.replace(rng.choice(COLORS), rng.choice(COLORS))
            text = text.replace("(I)", f"({rng.choice(('rot90', 'rot180', 'vmirror', 'hmirror', 'trim'))}(I))", 1)
        md5 = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
        if md5 in found:
            text += f"# {rng.randrange(10**9)}\n"
            md5 = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
        parents = tuple(ParentData(parent, rng.choice(("swap", "constant", "graft")))
                        for parent in rng.sample(list(found), 1 if len(found) > len(starters) else 0))  # fmt: skip
        found[md5] = ProgramData(
            md5, program.name if len(found) < len(starters) else f"{program.name}_{len(found)}", program.size, text,
            (), rng.randrange(1000), rng.randrange(3), rng.random(), rng.randrange(10**7), rng.random(), parents,
        )  # fmt: skip
    return sorted(found.values(), key=lambda program: (-program.solved, -(program.near or 0), program.name))


def _task(task: Task, programs: Sequence[ProgramData], rng: random.Random, kind: str) -> TaskData:
    standing: Standing = rng.choices(("solved", "demo", "near", "none", "failed"), (25, 5, 45, 20, 5))[0]
    chosen = [] if standing in ("none", "failed") else rng.sample(programs, LISTED)
    near = None if not chosen else 1.0 if standing in ("solved", "demo") else rng.random()
    return TaskData(
        task.id, task.digest, "arc2-train", standing, near, tuple(sorted(rng.sample(FAMILIES, 2))), _samples(task),
        tuple(_on_task(task, program, place, standing, rng) for place, program in enumerate(chosen)),
        len(programs), tuple(_attempts(task, chosen, rng)) if kind == "solve" else (),
        tuple(FailureData("error", f"primitive_{n}", "the container is empty", 300 - n, programs[n].md5)
              for n in range(10)),
        ("given up: its work hung twice",) if standing == "failed" else (), rng.random(),
    )  # fmt: skip


def _samples(task: Task) -> tuple[SampleData, ...]:
    return tuple(
        SampleData(
            task.sample_name(place), _text(sample.input), None if sample.output is None else _text(sample.output)
        )
        for place, sample in enumerate(task.samples)
    )


def _on_task(task: Task, program: ProgramData, place: int, standing: Standing, rng: random.Random) -> ProgramOnTask:
    is_right = standing in ("solved", "demo") and place < 2
    demo_right = len(task.demo) if is_right else rng.randrange(len(task.demo))
    runs = []
    for number, sample in enumerate(task.samples if place < EVALUATED else ()):
        expected = sample.output or sample.input
        output = expected if is_right or number < demo_right else _spoilt(expected, rng)
        steps = _steps(program, sample.input, output, rng) if place == 0 else ()
        runs.append(SampleRun(_text(output), "", output == expected, rng.randrange(10_000), steps))
    return ProgramOnTask(
        program.md5, demo_right, 1.0 if is_right else rng.random(), len(task.test) if is_right else 0,
        rng.randrange(10**5), rng.random() / 1000, tuple(runs), "" if runs else "not among the best 3",
    )  # fmt: skip


def _steps(program: ProgramData, before: Grid, after: Grid, rng: random.Random) -> tuple[StepData, ...]:
    lines = [line.strip() for line in program.text.splitlines() if " = " in line]
    found = []
    for line in lines:
        match rng.randrange(3):
            case 0:
                grid = _spoilt(before, rng)
                found.append(StepData(line, f"grid of {len(grid)} x {len(grid[0])}", _text(grid)))
            case 1:
                cells = tuple(
                    (i, j, color) for i, row in enumerate(after[:5]) for j, color in enumerate(row[:5]) if color
                )
                found.append(StepData(line, "set of 1 element", None, (cells,)))
            case _:
                found.append(StepData(line, str(rng.randrange(10))))
    return (*found[:-1], StepData(lines[-1], f"grid of {len(after)} x {len(after[0])}", _text(after))) if found else ()


def _attempts(task: Task, programs: Sequence[ProgramData], rng: random.Random) -> Iterator[AttemptData]:
    for number, sample in enumerate(task.test, 1):
        expected = sample.output or sample.input
        for place in range(1, 5):
            grid = expected if rng.random() < 0.2 else _spoilt(expected, rng)
            md5s = tuple(program.md5 for program in programs[:3])
            yield AttemptData(
                number, place, _text(grid), rng.random(), "right" if md5s else "largest object",
                tuple(sorted(rng.sample(FAMILIES, 2))), md5s,
                ("+ found by 3 programs", "+ colors stay", "- costs 60 bits", "= the search ended early"),
                grid == sample.output,
            )  # fmt: skip


def _work(tasks: Sequence[TaskData], rng: random.Random) -> WorkData:
    clocks = [0.0] * 4
    spans = []
    for task in tasks:
        worker = min(range(len(clocks)), key=clocks.__getitem__)
        wall = 0.1 + rng.random()
        spans.append(SpanData(worker + 1, task.id, "", clocks[worker], wall, wall * 0.9))
        clocks[worker] += wall
    names = ("main.run_batt", "run_batt.check_batt", "run_batt.phase4_demo_cpu", "run_batt.phase1_filter")
    return WorkData(tuple(PhaseData(name, rng.random() * 100, rng.random() * 100) for name in names), tuple(spans))


def _generations(tasks: Sequence[TaskData], rng: random.Random) -> tuple[GenerationData, ...]:
    return tuple(
        GenerationData(number, 20_000, 900 - 10 * number, 10 + 2 * number, 5000 + rng.random() * 1000,
                       tuple(GainData(rng.choice(tasks).id, 0.5, 0.5 + rng.random() / 2) for _ in range(20)))
        for number in range(60)
    )  # fmt: skip


def _spoilt(grid: Grid, rng: random.Random) -> Grid:
    """The grid with a tenth of its cells changed."""
    rows = [list(row) for row in grid]
    for _ in range(1 + len(rows) * len(rows[0]) // 10):
        rows[rng.randrange(len(rows))][rng.randrange(len(rows[0]))] = rng.randrange(10)
    return tuple(map(tuple, rows))


def _text(grid: Grid) -> str:
    return "/".join("".join(map(str, row)) for row in grid)


def gathered_report(workspace: Path) -> ReportData:
    """The data of a report on the newest run of a workspace."""
    from arcbatt.report.html.gathering import gather_report
    from arcbatt.store import open_store

    with open_store(workspace, create=False, read_only=True) as store:
        return gather_report(store, load_set("arc2-train"))


def measure(path: Path, repeats: int) -> None:
    """Opens a page in Chromium and prints what it took; says so where there is none."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
    from support.browser import browser_program, opened_browser

    program = browser_program()
    if program is None:
        print("no browser: first paint and filter are not measured")
        return
    with opened_browser(program) as browser:
        for _ in range(repeats):
            page = browser.new_page()
            page.goto(path.resolve().as_uri())
            page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
            paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            print(f"first paint {paint:.0f} ms, loaded {_loaded(page):.0f} ms, filter {_filtered(page)}")
            page.close()


def _loaded(page: Page) -> float:
    page.wait_for_load_state("load")
    return float(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))


def _filtered(page: Page) -> str:
    """How long the first search field takes to take a text in and to draw the table again."""
    took = page.evaluate("""async () => {
        const field = document.querySelector('input[type=search]');
        if (!field) return null;
        const start = performance.now();
        field.value = '00';
        field.dispatchEvent(new Event('input', {bubbles: true}));
        await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - start;
    }""")
    return "has no field" if took is None else f"{took:.0f} ms"


def main() -> None:
    """Makes the page and prints its figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=1000)
    parser.add_argument("--programs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", choices=("run", "solve", "evolve"), default="run")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("-o", "--output", type=Path, default=Path("report.html"))
    parser.add_argument("--workspace", type=Path)
    options = parser.parse_args()
    start = time.perf_counter()
    if options.workspace is None:
        report = made_report(options.tasks, options.programs, options.seed, options.kind)
    else:
        report = gathered_report(options.workspace)
    print(f"{len(report.tasks)} tasks, {len(report.programs)} programs: made in {time.perf_counter() - start:.1f} s")
    from arcbatt.report.html.report_page import report_page

    start = time.perf_counter()
    page = report_page(report)
    options.output.write_text(page, encoding="utf-8")
    print(f"drawn in {time.perf_counter() - start:.1f} s, {options.output.stat().st_size / 1e6:.2f} MB")
    measure(options.output, options.repeats)


if __name__ == "__main__":
    main()
