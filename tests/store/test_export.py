from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from store_samples import begin, differ, key, result, solver

from arcbatt.errors import InputError, StoreError
from arcbatt.store import DifferScoreRecord, LineageRecord, Store, TaskRecord, open_store
from arcbatt.store.exchange import export as module
from arcbatt.store.exchange.export import MARKER, ExportCount, export
from arcbatt.store.exchange.manifest_lines import MANIFEST

IZ, ZO = differ(1), differ(2, "zo")
ONE, TWO, UNSCORED = solver(1), solver(2), solver(3)
TASK = key("007bbfb7")


def fill(store: Store) -> Store:
    store.add_programs([UNSCORED, differ(3), replace(UNSCORED, name="solve_further")])
    results = (result(ONE, 3, seconds=0.002), result(TWO, 0, cells=7, seconds=None))
    differ_scores = (
        DifferScoreRecord(TASK.digest, ONE.md5, IZ.md5, 4, None, 16),
        DifferScoreRecord(TASK.digest, TWO.md5, IZ.md5, 4, None, 15),
        DifferScoreRecord(TASK.digest, TWO.md5, ZO.md5, None, 0),
    )
    run = begin(store)
    store.save_task(run, TaskRecord(TASK, (ONE, TWO, IZ, ZO), results, differ_scores, "{}"))
    strange = key("../a/b")
    store.save_task(run, TaskRecord(strange, (ONE,), (result(ONE, 1),), (), "{}"))
    store.name_tasks([key("another id", samples="007bbfb7")])
    store.add_lineage([LineageRecord(TWO.md5, ONE.md5, "swap")])
    return store


@pytest.fixture
def filled(store: Store) -> Store:
    return fill(store)


def tree(directory: Path) -> dict[str, str]:
    return {
        str(path.relative_to(directory)): path.read_text(encoding="utf-8")
        for path in directory.rglob("*")
        if path.is_file() and path.name not in (MARKER, MANIFEST)
    }


BY_SCORE = {
    f"solver_dir/solve_007bbfb7/3/17/{ONE.md5}.py": ONE.text,
    f"solver_dir/solve_007bbfb7/0/none/{TWO.md5}.py": TWO.text,
    f"solver_dir/solve_..%2Fa%2Fb/1/17/{ONE.md5}.py": ONE.text,
    f"differ_dir/iz/solve_007bbfb7/4/15/{IZ.md5}.py": IZ.text,
    f"differ_dir/zo/solve_007bbfb7/0/none/{ZO.md5}.py": ZO.text,
}
BY_MD5 = {
    f"{program.kind}_md5/{program.md5}.py": program.text for program in (ONE, TWO, UNSCORED, IZ, ZO, differ(3))
}
EXPECTED = BY_SCORE | BY_MD5
COUNT = ExportCount(
    solvers=3, differs=3, unscored=2, files=5, tasks=2, scores=3, differ_scores=3, lineage=1
)  # fmt: skip


def test_all_programs_go_out_and_those_with_a_score_by_task_too(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    assert export(filled, out) == COUNT
    assert tree(out) == EXPECTED
    names = {"solver_dir", "differ_dir", "solver_md5", "differ_md5", MANIFEST, MARKER}
    assert {path.name for path in out.iterdir()} == names


def test_a_program_takes_the_room_of_one_file(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(filled, out)
    numbers = {path: (out / path).stat().st_ino for path in EXPECTED}
    assert numbers[f"solver_md5/{ONE.md5}.py"] == numbers[f"solver_dir/solve_007bbfb7/3/17/{ONE.md5}.py"]
    assert len(set(numbers.values())) == len(BY_MD5)


def test_without_hard_links_there_are_copies(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: str, target: str) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(module.os, "link", refuse)
    assert export(filled, tmp_path / "out") == COUNT
    assert tree(tmp_path / "out") == EXPECTED


def test_two_tasks_with_one_id_have_folders_of_their_own(store: Store, tmp_path: Path) -> None:
    run = begin(store)
    tasks = [key("1", samples="A"), key("1", samples="B")]
    for task in tasks:
        store.save_task(run, TaskRecord(task, (ONE, IZ), (result(ONE, 1),), (
            DifferScoreRecord(task.digest, ONE.md5, IZ.md5, 1, None),
        ), "{}"))  # fmt: skip
    export(store, tmp_path / "out")
    expected = {f"solver_dir/solve_1+{task.digest[:8]}/1/17/{ONE.md5}.py" for task in tasks}
    expected |= {f"differ_dir/iz/solve_1+{task.digest[:8]}/1/none/{IZ.md5}.py" for task in tasks}
    assert {path for path in tree(tmp_path / "out") if "_md5" not in path} == expected


def test_an_earlier_export_is_replaced_and_the_users_own_files_stay(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for _ in range(2):
        export(filled, out)
        (out / "solver_dir" / "stale.py").touch()
        (out / "solver_md5" / "stale.py").touch()
        (out / "notes.txt").write_text("mine", encoding="utf-8")
        (out / ".arcbatt-export.tmp").mkdir()
    export(filled, out)
    assert tree(out) == {**EXPECTED, "notes.txt": "mine"}


def test_in_an_export_of_an_earlier_version_the_users_files_are_not_taken_for_its(
    filled: Store, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (out / "solver_dir").mkdir(parents=True)
    note = "Written by `arcbatt export`, which replaces solver_dir and differ_dir in this folder.\n"
    (out / MARKER).write_text(note, encoding="utf-8")
    (out / "solver_md5").mkdir()
    with pytest.raises(InputError, match="solver_md5 there is not of an earlier export"):
        export(filled, out)
    (out / "solver_md5").rename(out / "mine")
    export(filled, out)
    export(filled, out)
    assert tree(out) == EXPECTED


def test_another_folder_is_refused(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.tex").touch()
    with pytest.raises(InputError, match="one of an earlier export"):
        export(filled, out)
    with pytest.raises(InputError, match="got a file"):
        export(filled, out / "thesis.tex")
    with pytest.raises(StoreError, match="cannot export"):
        export(filled, out / "thesis.tex" / "below")
    assert [path.name for path in out.iterdir()] == ["thesis.tex"]


def test_links_in_an_earlier_export_are_not_followed(filled: Store, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "deep").mkdir(parents=True)
    (mine / "file").write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    export(filled, out)
    (out / ".arcbatt-export.tmp").symlink_to(mine)
    for name in ("solver_dir", "solver_md5"):
        (out / name).rename(tmp_path / f"old {name}")
        (out / name).symlink_to(mine)
    os.replace(out / MANIFEST, tmp_path / "old manifest")
    (out / MANIFEST).symlink_to(mine / "file")
    export(filled, out)
    assert tree(out) == EXPECTED
    assert (mine / "deep").is_dir()
    assert (mine / "file").read_text(encoding="utf-8") == "mine"


def test_a_program_of_the_workspace_is_no_part_of_its_export(tmp_path: Path) -> None:
    """A change to an exported file must not reach the workspace."""
    with open_store(tmp_path / "ws", create=True) as store:
        export(fill(store), tmp_path / "out")
    name = f"solver_md5/{ONE.md5}.py"
    assert (tmp_path / "ws" / name).stat().st_ino != (tmp_path / "out" / name).stat().st_ino


def test_an_empty_store_gives_empty_folders(store: Store, tmp_path: Path) -> None:
    assert export(store, tmp_path / "out") == ExportCount(0, 0, 0, 0, 0, 0, 0, 0)
    assert tree(tmp_path / "out") == {}
    assert (tmp_path / "out" / MANIFEST).read_text(encoding="utf-8") == '{"arcbatt_export":1}\n'
