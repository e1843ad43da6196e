"""What an export's manifest brings back, and what of a stranger's is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store_samples import begin, differ, key, result, solver, task_record
from test_export import IZ, ONE, TASK, TWO, UNSCORED, fill

from arcbatt.errors import InputError
from arcbatt.store import ListQuery, ProgramRecord, Store, TaskRecord, open_store
from arcbatt.store.exchange.export import MARKER, export
from arcbatt.store.exchange.importing import ImportCount, export_folders, import_records, program_paths
from arcbatt.store.exchange.manifest_lines import MANIFEST
from support.command import arcbatt, tree

PROGRAMS = """\
def solve_mirror(I):
    return vmirror(I)


def solve_rotated(I):
    return rot90(I)


def solve_failing(I):
    return fill(I, ZERO, ofcolor(I, size(I)))


def differ_iz(S, I, C):
    x1 = difference(palette(I), palette(C))
    return astuple(size(x1), x1)
"""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An export, with the programs of ``fill``."""
    with open_store(tmp_path / "ws", create=True) as store:
        export(fill(store), tmp_path / "out")
    return tmp_path / "out"


def records(out: Path) -> list[ProgramRecord]:
    """The programs as they are read from files, where names are lost."""
    found = (ONE, TWO, UNSCORED, IZ, differ(2, "zo"), differ(3))
    there = [program for program in found if (out / f"{program.kind}_md5" / f"{program.md5}.py").exists()]
    return [replace(program, name=f"{program.kind}_{program.md5[:8]}") for program in there]


def imported(out: Path, workspace: Path) -> ImportCount:
    with open_store(workspace, create=True) as store:
        return import_records(store, records(out), export_folders([out]))


def test_export_import_export_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    count = imported(out, tmp_path / "new")
    assert count == ImportCount(new=6, known=0, tasks=2, scores=3, differ_scores=3, lineage=1)
    with open_store(tmp_path / "ws", create=False) as old, open_store(tmp_path / "new", create=False) as new:
        assert new.programs() == old.programs()
        assert [new.names(p.md5) for p in new.programs()] == [old.names(p.md5) for p in old.programs()]
        assert new.scores() == old.scores()
        assert new.differ_scores() == old.differ_scores()
        assert (new.lineage(), new.tasks()) == (old.lineage(), old.tasks())
        assert new.task_ids(TASK.digest) == old.task_ids(TASK.digest) == ["007bbfb7", "another id"]
        export(new, tmp_path / "again")
    assert tree(tmp_path / "again") == tree(out)


def test_what_is_stored_stays(out: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "new", create=True) as store:
        store.save_task(begin(store), TaskRecord(TASK, (ONE,), (result(ONE, 1, 7),), (), "{}"))
    count = imported(out, tmp_path / "new")
    assert (count.new, count.known, count.scores) == (5, 1, 2)
    again = imported(out, tmp_path / "new")
    assert (again.new, again.known, again.scores) == (0, 6, 0)
    with open_store(tmp_path / "new", create=False) as store:
        assert [score.result.fuel for score in store.scores(TASK.digest, ONE.md5)] == [7]
        assert len(store.differ_scores(TASK.digest)) == 3


def test_imported_scores_compete_when_a_run_saves_the_task(out: Path, tmp_path: Path) -> None:
    imported(out, tmp_path / "new")
    with open_store(tmp_path / "new", create=False) as store:
        kept = store.save_task(begin(store), task_record(TASK, [solver(9)], right=2), keep=2)
        assert kept == {solver(9).md5}
        assert [score.result.md5 for score in store.scores(TASK.digest)] == [ONE.md5, solver(9).md5]
        assert TWO in [replace(program, name=TWO.name) for program in store.programs()]  # the user's own


def test_copies_in_one_import_are_not_known(store: Store) -> None:
    """They are the same as another of the import."""
    count = import_records(store, [ONE, TWO, ONE, replace(ONE, name="solve_other")], [])
    assert (count.new, count.known, count.repeated) == (2, 0, 2)
    assert store.names(ONE.md5) == ["solve_1", "solve_other"]


def test_each_program_is_read_once(out: Path, tmp_path: Path) -> None:
    other = tmp_path / "mine.py"
    assert program_paths([other, out]) == [other, out / "solver_md5", out / "differ_md5"]
    for path in (out / "differ_md5").iterdir():
        path.unlink()
    assert program_paths([out]) == [out / "solver_md5"]
    (out / MANIFEST).unlink()
    assert program_paths([out]) == [out]
    assert export_folders([out, other, tmp_path / ("x" * 300), tmp_path / "\0"]) == []


def rewritten(out: Path, change: Callable[[dict[str, Any]], object], kind: str) -> int:
    """Changes the first line of a kind; returns its number."""
    lines = [json.loads(line) for line in (out / MANIFEST).read_text(encoding="utf-8").splitlines()]
    number = next(number for number, line in enumerate(lines) if kind in line)
    change(lines[number][kind])
    (out / MANIFEST).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return number + 1


@pytest.mark.parametrize(
    ("kind", "field", "wrong", "reason"),
    [
        ("program", "md5", "0" * 32, "no differ with the MD5"),
        ("program", "md5", "../../x", "no differ with the MD5"),
        ("program", "kind", "solver", "no solver with the MD5"),
        ("program", "size", 7, "another direction or size"),
        ("program", "direction", "other", "another direction or size"),
        ("program", "names", [], "expected a name"),
        ("program", "names", ["a\x1b[2J"], "printable"),
        ("program", "names", "solve_x", "Expected `array`"),
        ("task", "digest", "x", "digest of 32"),
        ("task", "ids", [], "expected an id"),
        ("task", "ids", ["ok", "a\n"], "printable"),
        ("task", "demo_count", 0, "number of samples"),
        ("task", "demo_count", 2, None),
        ("score", "digest", "0" * 32, "no line before says what it is"),
        ("score", "result", {}, "missing required field"),
        ("score", "result", None, "Expected `object`"),
        ("differ_score", "digest", "0" * 32, "no line before says what it is"),
        ("differ_score", "iz", -1, "expected an integer from 0"),
        ("differ_score", "solver_md5", UNSCORED.md5, "has no score on the task"),
        ("differ_score", "differ_md5", ONE.md5, "no differ with the MD5"),
        ("lineage", "child", "..", "expected an MD5"),
        ("lineage", "mutation", "\n", "printable"),
    ],
)
def test_a_wrong_line_is_refused_and_the_rest_goes_in(
    out: Path, tmp_path: Path, kind: str, field: str, wrong: object, reason: str | None
) -> None:
    number = rewritten(out, lambda line: line.update({field: wrong}), kind)
    count = imported(out, tmp_path / "new")
    assert count.new == 6
    if reason is not None:
        assert count.refusals[0].startswith(f"{out / MANIFEST}:{number}: ")
        assert reason in count.refusals[0]
    assert 1 <= count.refused == len(count.refusals) <= 6
    with open_store(tmp_path / "new", create=False) as store:
        for listing in (store.programs, store.scores, store.differ_scores, store.lineage, store.tasks):
            listing()


@pytest.mark.parametrize(
    "change",
    [
        lambda result: result.update(size=99),
        lambda result: result.update(md5="0" * 32),
        lambda result: result.update(cells=[10, 10]),
        lambda result: result.update(seconds=-1),
        lambda result: result["demo"].pop(),
        lambda result: result["demo"][0].update(right_cells=9),
        lambda result: result["demo"][0].update(fuel=2**70),
        lambda result: result["demo"][0].update(digest="../x"),
        lambda result: result["demo"][0].update(is_right="yes"),
        lambda result: result["demo"][0].update(failure={"kind": "magic", "step": 1, "call": "", "message": ""}),
    ],
)
def test_a_result_that_no_program_can_have_is_refused(
    out: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    number = rewritten(out, lambda line: change(line["result"]), "score")
    count = imported(out, tmp_path / "new")
    assert count.scores == 2
    assert any(refusal.startswith(f"{out / MANIFEST}:{number}: ") for refusal in count.refusals)


def test_lines_that_are_none_or_come_twice_are_counted(out: Path, tmp_path: Path) -> None:
    manifest = out / MANIFEST
    lines = manifest.read_bytes().splitlines(keepends=True)
    broken = [b"{\n", b"\n", b"[]\n", b'{"virus":{}}\n', b"\xff\n", b"[" * 100_000 + b"\n", b"{}\n", lines[0]]
    repeated = [line for line in lines if b'"score"' in line or b'"task"' in line]
    long = b'{"task":"' + b"x" * 17_000_000 + b'"}\n'
    manifest.write_bytes(b"".join([*lines, *broken, lines[1], long, *repeated]))
    count = imported(out, tmp_path / "new")
    assert (count.new, count.scores, count.differ_scores) == (6, 3, 3)
    assert count.refused == len(broken) + 2 + len(repeated)
    assert len(count.refusals) == 11
    assert count.refusals[-1].endswith("more lines are refused")
    assert all("\n" not in refusal and len(refusal) < 1000 for refusal in count.refusals)


def test_a_task_that_is_stored_with_other_numbers_of_samples_is_refused(out: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "new", create=True) as store:
        store.name_tasks([key("007bbfb7", demo_count=2)])
    count = imported(out, tmp_path / "new")
    assert "other numbers of samples" in count.refusals[0]
    assert count.scores == 1


@pytest.mark.parametrize("first", [b"", b"{}\n", b"x\n", b'{"arcbatt_export":"1"}\n', b'{"task":null}\n', b"a" * 1000])
def test_a_file_that_is_no_manifest_changes_nothing(out: Path, tmp_path: Path, first: bytes) -> None:
    (out / MANIFEST).write_bytes(first)
    with pytest.raises(InputError, match="no manifest"):
        imported(out, tmp_path / "new")
    with open_store(tmp_path / "new", create=False) as store:
        assert store.programs() == []


def test_a_manifest_of_a_later_version_says_so(out: Path, tmp_path: Path) -> None:
    (out / MANIFEST).write_text('{"arcbatt_export":2}\n', encoding="utf-8")
    with pytest.raises(InputError, match="version 2; this arcbatt reads version 1"):
        imported(out, tmp_path / "new")


def test_real_programs_keep_names_scores_and_lineage(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(PROGRAMS, encoding="utf-8")
    (tmp_path / "copy.py").write_text(PROGRAMS.replace("solve_mirror", "solve_other"), encoding="utf-8")
    done = arcbatt("import", "mine.py", "copy.py", "--workspace", "ws", cwd=tmp_path)
    assert done.stdout == "4 new, 0 known, 4 the same as another, 0 refused\n"
    with open_store(tmp_path / "ws", create=False) as store:
        programs = {program.name: program for program in store.programs()}
        solvers = tuple(program for program in programs.values() if program.kind == "solver")
        run = begin(store)
        store.save_task(run, replace(task_record("t", []), programs=solvers, results=tuple(map(result, solvers))))
    done = arcbatt("export", "out", "--workspace", "ws", cwd=tmp_path)
    assert "3 solvers and 1 differ, 1 of them without a score" in done.stdout
    assert "3 scores on 1 task" in done.stdout
    done = arcbatt("import", "out", "--workspace", "new", cwd=tmp_path)
    assert done.stdout.splitlines()[0] == "4 new, 0 known, 0 refused"
    arcbatt("export", "again", "--workspace", "new", cwd=tmp_path)
    assert tree(tmp_path / "again") == tree(tmp_path / "out")
    with open_store(tmp_path / "new", create=False) as store:
        assert [program.md5 for program in store.find_programs("solve_other")] == [programs["solve_mirror"].md5]
        assert len(store.list_scores(ListQuery(name="solve_failing"))) == 1


def test_a_changed_program_comes_in_as_another_and_its_lines_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(PROGRAMS, encoding="utf-8")
    arcbatt("import", "mine.py", "--workspace", "ws", cwd=tmp_path)
    with open_store(tmp_path / "ws", create=False) as store:
        (mirror,) = store.find_programs("solve_mirror")
    arcbatt("export", "out", "--workspace", "ws", cwd=tmp_path)
    path = tmp_path / "out" / "solver_md5" / f"{mirror.md5}.py"
    path.write_text(path.read_text(encoding="utf-8").replace("vmirror", "hmirror"), encoding="utf-8")
    done = arcbatt("import", "out", "--workspace", "new", cwd=tmp_path)
    assert done.returncode == 0
    assert f"no solver with the MD5 '{mirror.md5}' was read" in done.stderr
    with open_store(tmp_path / "new", create=False) as store:
        assert len(store.programs()) == 4
        assert mirror.md5 not in {program.md5 for program in store.programs()}


def test_the_marker_alone_makes_no_export(tmp_path: Path) -> None:
    (tmp_path / MARKER).touch()
    assert export_folders([tmp_path]) == []
