"""Sound files of every kind that arcbatt reads, the readers themselves, and the commands that use them."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import arcbatt.library
from arcbatt.arc import load_set, task_to_json
from arcbatt.arc.files import load_tasks
from arcbatt.arc.submission import read_solutions, read_submission, score_submission
from arcbatt.arc.taskset import FaultyTasksError
from arcbatt.battery import Battery
from arcbatt.battery.files import battery_text, parse_battery
from arcbatt.battery.load import load_file, load_programs
from arcbatt.compare.sides import side_of_file
from arcbatt.errors import InputError
from arcbatt.library import starter_programs
from arcbatt.pipeline.record import program_record
from arcbatt.program import Program, parse_programs
from arcbatt.program.reading.aliases import read_aliases
from arcbatt.store import ListQuery, open_store
from arcbatt.store.exchange.importing import import_records, program_paths
from trust_parts.processes import command

__all__ = ["KINDS", "Kind", "make_seeds", "parse_file"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    Attributes:
        name: what it is called.
        share: how many of 10,000 files are of it.
        suffixes: what names of its files end with: the first where they are sound, for a text of lines the last.
        read: reads a file, looks at all that came out, and raises an error of arcbatt where it is refused.
        commands: words of commands that read it, FILE standing for it.
    """

    name: str
    share: int
    suffixes: tuple[str, ...]
    read: Callable[[Path], None]
    commands: tuple[tuple[str, ...], ...]


def parse_file(path: Path) -> list[Program]:
    """The programs of a file, each written and read again, alone and together.

    Raises:
        InputError: nothing of it is left.
    """
    programs, refusals = load_file(path)
    told = list(refusals.lines())
    for program in programs:
        (again,) = parse_programs(program.text)
        if again.md5 != program.md5:
            raise AssertionError(f"{program.name} reads back as another program")
    if not programs:
        raise InputError(told[0] if told else "no program in it")
    battery = Battery.of(programs)
    again_read = parse_battery(battery_text(battery))
    if [program.md5 for program in again_read.programs()] != [program.md5 for program in battery.programs()]:
        raise AssertionError("the battery reads back as another")
    return programs


def _read_programs(path: Path) -> None:
    """Also stores them beside what is stored."""
    _stored(path, [program_record(program) for program in parse_file(path)], [])


def _stored(path: Path, records: Sequence[Any], folders: Sequence[Path]) -> None:
    with open_store(path.parent / "stored", create=True) as store:
        import_records(store, records, folders)
        store.programs()


def _read_tasks(path: Path) -> None:
    tasks = load_tasks(data=[path], skips_bad=True)
    try:
        tasks = tasks.slice()
    except FaultyTasksError as error:
        str(error)
        raise
    for task in tasks.values():
        assert task.digest
        json.dumps(task_to_json(task))
        assert len(task.challenge.test) == len(task.test)
    assert tasks.revision


def _read_submission(path: Path) -> None:
    submission, _ = read_submission(path)
    solutions = {task_id: ((((0,),),) * len(entries)) for task_id, entries in submission.items()}
    score_submission(submission, solutions)


def _read_solutions(path: Path) -> None:
    read_solutions(path)


def _read_aliases(path: Path) -> None:
    aliases = read_aliases(path)
    load_programs(path.parent / "few.py", aliases)


def _read_results(path: Path) -> None:
    side_of_file(path)


def _read_export(path: Path) -> None:
    """A manifest, beside the programs that it speaks of."""
    shutil.copy(path, path.parent / "export" / "arcbatt-export.jsonl")
    folder = path.parent / "export"
    programs, _ = load_programs(program_paths([folder]))
    _stored(path, [program_record(program) for program in programs], [folder])
    with open_store(path.parent / "stored", create=False) as store:
        for listing in (store.scores, store.differ_scores, store.tasks, store.lineage, store.best_scores):
            listing()


def _read_database(path: Path) -> None:
    """Reads all of it, first as listings do, which must leave its bytes alone, then open for writing."""
    workspace = path.parent
    before = path.read_bytes()
    errors = []
    for read_only in (True, False):
        try:
            with open_store(workspace, create=False, read_only=read_only) as store:
                errors += _listed(store)
        except arcbatt.ArcbattError as error:
            errors.append(error)
        if read_only and path.read_bytes() != before and not path.with_name(path.name + "-wal").exists():
            raise AssertionError("the database was changed by reading")
    for error in errors:
        if "\n" in str(error) or len(str(error)) > 2000:
            raise AssertionError(f"a long message: {error!r:.300}")
    if errors:
        raise errors[0]


def _listed(store: Any) -> list[arcbatt.ArcbattError]:
    query = ListQuery()
    errors = []
    for listing in (
        store.programs, store.scores, store.differ_scores, store.best_scores, store.runs, store.tasks, store.lineage,
        store.counts, store.evolutions, lambda: store.list_scores(query), lambda: store.list_tasks(query),
        lambda: store.list_programs(query),
        lambda: [(store.run_programs(run.id), store.task_times(run.id), list(store.tables(run.id)),
                  store.done_tasks(run.key)) for run in store.runs()],
        lambda: [(store.populations(one.series), store.generations(one.series), store.evolution_pool(one.series))
                 for one in store.evolutions()],
    ):  # fmt: skip
        try:
            listing()
        except arcbatt.ArcbattError as error:
            errors.append(error)
    return errors


KINDS = (
    Kind("program", 2500, (".py",), _read_programs, (
        ("import", "FILE", "-q"), ("run", "-c", "1", "-b", "FILE", "-q"),
    )),
    Kind("battery", 1000, (".py",), _read_programs, (("run", "-c", "1", "-b", "FILE", "-q"),)),
    Kind("task", 2000, (".json", "_challenges.json", ".JSON", ".jsonl"), _read_tasks, (
        ("run", "--all", "--data", "FILE", "-b", "few.py", "-q"),
        ("solve", "--data", "FILE", "-b", "few.py", "--time-per-task", "0", "--no-save", "-o", "-", "-q"),
    )),
    Kind("submission", 800, (".json",), _read_submission, (("score", "FILE", "--solutions", "solutions.json"),)),
    Kind("solutions", 500, (".json",), _read_solutions, (("score", "submission.json", "--solutions", "FILE"),)),
    Kind("alias", 500, (".toml",), _read_aliases, (("run", "-c", "1", "-b", "few.py", "--aliases", "FILE", "-q"),)),
    Kind("results", 1000, (".json",), _read_results, (("compare", "FILE", "results.json"),)),
    Kind("export", 700, (".jsonl",), _read_export, (("import", "export", "-q"),)),
    Kind("database", 1000, (".db",), _read_database, (
        ("list", "scores"), ("list", "runs"), ("list", "tasks", "--run", "1"),
        ("run", "-c", "1", "-b", "few.py", "-q", "--resume"), ("export", "exported"),
        ("evolve", "--tasks", "0520fde7", "-b", "few.py", "--generations", "1", "--children", "4", "-q", "--resume"),
    )),
)  # fmt: skip

_ALIASES = """\
primitives.flip = "vmirror"

[constants]
DARK = 0
UP_LEFT = [-1, -1]
YES = true
"""
_FEW = "def solve_mirrored(I):\n    return vmirror(I)\n\ndef solve_half(I):\n    return lefthalf(I)\n"


def make_seeds(folder: Path, rng: random.Random) -> dict[str, list[bytes]]:
    """Sound files by the name of their kind, and in the folder what the readers need beside them.

    Raises:
        CalledProcessError: a command that makes some of them failed.
    """
    folder.mkdir(parents=True)
    (folder / "few.py").write_text(_FEW)
    words = ["--set", "arc1-train", "-b", "few.py", "-q", "--min-score", "0"]
    for more in (
        ["run", "-c", "6", *words, "--json", "results.json"],
        ["run", "-c", "6", "-q", "--set", "arc1-train", "--json", "more_results.json"],
        ["evolve", *words, "--tasks", "0520fde7,05f2a901", "--generations", "1", "--children", "8",
         "--json", "bred.json"],
        ["solve", "-c", "4", "--set", "arc1-train", "-b", "few.py", "-q", "--time-per-task", "0",
         "-o", "submission.json", "--json", "solved.json"],
        ["export", "export", "-q"],
    ):  # fmt: skip
        subprocess.run(command(*more), cwd=folder, check=True, capture_output=True)
    tasks = list(load_set("arc1-train").slice(0, 40).values())
    solutions = {task.id: [sample.output for sample in task.test] for task in tasks[:4]}
    (folder / "solutions.json").write_text(json.dumps(solutions))
    programs = starter_programs()
    return {
        "program": _program_seeds(rng),
        "battery": [battery_text(Battery.of(rng.sample(programs, rng.randint(1, 8)))).encode() for _ in range(12)],
        "task": _task_seeds(tasks, rng),
        "submission": [(folder / "submission.json").read_bytes()],
        "solutions": [(folder / "solutions.json").read_bytes()],
        "alias": [_ALIASES.encode()],
        "results": [(folder / name).read_bytes()
                    for name in ("results.json", "more_results.json", "bred.json", "solved.json")],
        "export": [(folder / "export" / "arcbatt-export.jsonl").read_bytes()],
        "database": [(folder / ".arcbatt" / "arcbatt.db").read_bytes()],
    }  # fmt: skip


def _program_seeds(rng: random.Random) -> list[bytes]:
    """A few functions of each file of the library at a time, and the texts that the store has."""
    root = Path(arcbatt.library.__file__).parent
    seeds = []
    for path in sorted((root / "solvers").glob("*.py")):
        functions = path.read_bytes().split(b"\ndef ")
        for _ in range(3):
            seeds.append(b"\ndef ".join([b"", *rng.sample(functions[1:], min(3, len(functions) - 1))]))
    return seeds + [program.text.encode() for program in rng.sample(starter_programs(), 12)]


def _task_seeds(tasks: Sequence[Any], rng: random.Random) -> list[bytes]:
    plain = [task_to_json(task) for task in tasks]
    challenges = {
        task.id: {"train": one["train"], "test": [{"input": pair["input"]} for pair in one["test"]]}
        for task, one in zip(tasks, plain, strict=True)
    }
    several = dict(list(challenges.items())[:3])
    lines = [json.dumps({"id": task.id, **one}) for task, one in zip(tasks[:3], plain[:3], strict=True)]
    seeds = [json.dumps(one).encode() for one in rng.sample(plain, 10)]
    seeds += [json.dumps(several).encode(), "\n".join(lines).encode(), json.dumps(plain[:2]).encode()]
    return [*seeds, gzip.compress(seeds[0]), gzip.compress(seeds[11])]
