"""Programs of files into a store, and what an export's manifest says of them: names, scores, lineage.

A manifest is taken as a stranger's: a line that does not hold is refused with its number, and the rest goes in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Final

from arcbatt.errors import InputError
from arcbatt.results.task_key import TaskKey
from arcbatt.store.base import Store
from arcbatt.store.exchange.manifest import keys_of
from arcbatt.store.exchange.manifest_lines import MANIFEST, Line, ProgramLine, ScoreLine, TaskLine, read_lines
from arcbatt.store.records.task_records import DifferScoreRecord, LineageRecord, ProgramRecord, ScoreRecord
from arcbatt.store.workspace.files import FOLDERS

__all__ = ["ImportCount", "export_folders", "import_records", "program_paths"]

_AT_ONCE: Final = 2000
"""Lines that are stored in one transaction."""
_SHOWN: Final = 10
"""Refused lines that are reported one by one."""


@dataclass(slots=True)
class ImportCount:
    """What an import came to.

    Attributes:
        new: programs that were not stored.
        known: programs that were.
        repeated: programs in the files that are the same as another of the same import.
        tasks: tasks that manifests name.
        scores: scores that were not stored.
        differ_scores: differ scores in manifests.
        lineage: lines of lineage in manifests.
        refused: lines of manifests that were refused.
        refusals: the first of them, with file, line and reason.
    """

    new: int = 0
    known: int = 0
    repeated: int = 0
    tasks: int = 0
    scores: int = 0
    differ_scores: int = 0
    lineage: int = 0
    refused: int = 0
    refusals: list[str] = field(default_factory=list)

    def refuse(self, path: Path, number: int, error: InputError) -> None:
        """Counts a line that is refused."""
        self.refused += 1
        if self.refused <= _SHOWN:
            self.refusals.append(f"{path}:{number}: {error}")
        elif self.refused == _SHOWN + 1:
            self.refusals.append(f"{path}: more lines are refused")


def export_folders(paths: Iterable[Path]) -> list[Path]:
    """Those of the paths that are folders of an export with a manifest."""
    return [path for path in paths if _is_export(path)]


def program_paths(paths: Iterable[Path]) -> list[Path]:
    """The paths to read programs from: of an export with a manifest the folders that have each program once."""
    found: list[Path] = []
    for path in paths:
        if _is_export(path):
            below = [path / name for name in FOLDERS.values()]
            found += [folder for folder in below if folder.is_dir() and any(folder.glob("*.py"))]
        else:
            found.append(path)
    return found


def _is_export(path: Path) -> bool:
    try:
        return (path / MANIFEST).is_file()
    except (OSError, ValueError):  # reading the programs reports what is wrong
        return False


def import_records(store: Store, records: Sequence[ProgramRecord], folders: Iterable[Path]) -> ImportCount:
    """Adds programs to a store, with the names, scores and lineage in the manifests of exports.

    A program without a line in a manifest has the name of its record. What is stored already stays. Programs are
    added in one transaction, then some thousand lines in each: an import that is cut short can be repeated.

    Args:
        store: the store.
        records: the programs that were read, the same one perhaps several times.
        folders: of exports, see :func:`export_folders`; their programs are among the records.

    Raises:
        InputError: a manifest cannot be read or is of another version; then nothing has changed.
    """
    count = ImportCount()
    programs: dict[str, ProgramRecord] = {}
    for record in records:
        programs.setdefault(record.md5, record)
    count.repeated = len(records) - len(programs)
    manifests = [_Manifest(folder / MANIFEST, programs, count) for folder in folders]
    names: dict[str, tuple[str, ...]] = {}
    for manifest in manifests:
        for md5, found in manifest.names().items():
            names[md5] = tuple(dict.fromkeys((*names.get(md5, ()), *found)))
    _add_programs(store, [record for record in records if record.md5 not in names], programs, names, count)
    for manifest in manifests:
        manifest.store_rest(store)
    return count


def _add_programs(
    store: Store,
    records: Sequence[ProgramRecord],
    programs: Mapping[str, ProgramRecord],
    names: Mapping[str, tuple[str, ...]],
    count: ImportCount,
) -> None:
    named = [replace(programs[md5], name=name) for md5, found in names.items() for name in found]
    added = [*named, *records]
    is_new = store.add_programs(added)
    count.new = sum(is_new)
    count.known = len(programs) - count.new


class _Manifest:
    """A manifest as it is read, line by line, and what its later lines may speak of."""

    def __init__(self, path: Path, programs: Mapping[str, ProgramRecord], count: ImportCount) -> None:
        self._path = path
        self._programs = programs
        self._count = count
        self._lines: Iterator[tuple[int, Line | InputError]] = read_lines(path)
        self._keys: list[TaskKey] = []
        self._tasks: dict[str, TaskKey] = {}
        self._scores: list[ScoreRecord] = []
        self._differ_scores: list[DifferScoreRecord] = []
        self._lineage: list[LineageRecord] = []
        self._seen: set[tuple[str, ...]] = set()
        self._known: dict[str, tuple[int, int]] = {}

    def names(self) -> dict[str, tuple[str, ...]]:
        """The names of each program, from the lines at the beginning."""
        found: dict[str, tuple[str, ...]] = {}
        for number, line in self._lines:
            if isinstance(line, Line) and line.program is None:
                self._lines = chain([(number, line)], self._lines)
                break
            try:
                if isinstance(line, InputError):
                    raise line
                assert line.program is not None
                self._once(("program", line.program.md5))
                found[line.program.md5] = self._checked(line.program)
            except InputError as error:
                self._count.refuse(self._path, number, error)
        return found

    def store_rest(self, store: Store) -> None:
        """Stores what the other lines say."""
        self._known = {key.digest: (key.demo_count, key.test_count) for key in store.tasks()}
        for number, line in self._lines:
            try:
                if isinstance(line, InputError):
                    raise line
                self._take(line)
            except InputError as error:
                self._count.refuse(self._path, number, error)
            if len(self._keys) + len(self._scores) + len(self._differ_scores) + len(self._lineage) >= _AT_ONCE:
                self._flush(store)
        self._flush(store)

    def _take(self, line: Line) -> None:
        if line.task is not None:
            self._take_task(line.task)
        elif line.score is not None:
            self._take_score(line.score)
        elif line.differ_score is not None:
            self._take_differ_score(line.differ_score)
        elif line.lineage is not None:
            self._lineage.append(line.lineage)
        else:
            raise InputError("expected programs before everything else, and one first line")

    def _take_task(self, line: TaskLine) -> None:
        self._once(("task", line.digest))
        keys = keys_of(line)
        if not keys:
            raise InputError(f"task {line.digest}: expected an id")
        counts = line.demo_count, line.test_count
        if self._known.setdefault(line.digest, counts) != counts:
            raise InputError(f"task {keys[0].id}: stored with other numbers of samples under the same digest")
        self._tasks[line.digest] = keys[0]
        self._keys += keys
        self._count.tasks += 1

    def _take_score(self, line: ScoreLine) -> None:
        result = line.result
        program = self._program(result.md5, "solver")
        if result.size != program.size:
            raise InputError(f"score of {result.md5}: expected a size of {program.size}, got {result.size}")
        record = ScoreRecord(self._task(line.digest), result)
        self._once(("score", line.digest, result.md5))
        self._scores.append(record)

    def _take_differ_score(self, score: DifferScoreRecord) -> None:
        self._task(score.digest)
        self._program(score.solver_md5, "solver")
        self._program(score.differ_md5, "differ")
        if ("score", score.digest, score.solver_md5) not in self._seen:
            raise InputError(f"differ score: the solver {score.solver_md5} has no score on the task")
        self._once(("differ_score", score.digest, score.solver_md5, score.differ_md5))
        self._differ_scores.append(score)

    def _checked(self, line: ProgramLine) -> tuple[str, ...]:
        program = self._program(line.md5, line.kind)
        if (line.direction, line.size) != (program.direction, program.size):
            raise InputError(f"program {line.md5}: its file has another direction or size")
        if not line.names:
            raise InputError(f"program {line.md5}: expected a name")
        for name in line.names:
            replace(program, name=name)
        return line.names

    def _program(self, md5: str, kind: str) -> ProgramRecord:
        program = self._programs.get(md5)
        if program is None or program.kind != kind:
            raise InputError(f"no {kind!s:.20} with the MD5 {md5!r:.80} was read from the files beside it")
        return program

    def _task(self, digest: str) -> TaskKey:
        key = self._tasks.get(digest)
        if key is None:
            raise InputError(f"task {digest!r:.80}: no line before says what it is")
        return key

    def _once(self, what: tuple[str, ...]) -> None:
        if what in self._seen:
            raise InputError(f"{what[0]} {what[-1]}: given twice")
        self._seen.add(what)

    def _flush(self, store: Store) -> None:
        store.name_tasks(self._keys)
        self._count.scores += store.add_scores(self._scores, self._differ_scores)
        self._count.differ_scores += len(self._differ_scores)
        store.add_lineage(self._lineage)
        self._count.lineage += len(self._lineage)
        self._keys, self._scores, self._differ_scores, self._lineage = [], [], [], []
