from __future__ import annotations

from pathlib import Path

import pytest
from store_samples import begin, differ, score, solver

from arcbatt.errors import InputError, StoreError
from arcbatt.store import DifferScoreRecord, Store, TaskRecord
from arcbatt.store.export import MARKER, ExportCount, export

IZ, ZO = differ(1), differ(2, "zo")
ONE, TWO = solver(1), solver(2)


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_programs([solver(3), differ(3)])
    scores = (score("007bbfb7", ONE, 3, t_log=17), score("007bbfb7", TWO, 0, t_log=12))
    differ_scores = (
        DifferScoreRecord("007bbfb7", ONE.md5, IZ.md5, 4, None, 16),
        DifferScoreRecord("007bbfb7", TWO.md5, IZ.md5, 4, None, 15),
        DifferScoreRecord("007bbfb7", TWO.md5, ZO.md5, None, 0),
    )
    run = begin(store)
    store.save_task(run, TaskRecord("007bbfb7", (ONE, TWO, IZ, ZO), scores, differ_scores, {}))
    store.save_task(run, TaskRecord("../a/b", (ONE,), (score("../a/b", ONE, 1),), (), {}))
    return store


def tree(directory: Path) -> dict[str, str]:
    return {
        str(path.relative_to(directory)): path.read_text(encoding="utf-8")
        for path in directory.rglob("*")
        if path.is_file() and path.name != MARKER
    }


EXPECTED = {
    f"solver_dir/solve_007bbfb7/3/17/{ONE.md5}.py": ONE.text,
    f"solver_dir/solve_007bbfb7/0/12/{TWO.md5}.py": TWO.text,
    f"solver_dir/solve_..%2Fa%2Fb/1/17/{ONE.md5}.py": ONE.text,
    f"differ_dir/iz/solve_007bbfb7/4/15/{IZ.md5}.py": IZ.text,
    f"differ_dir/zo/solve_007bbfb7/0/none/{ZO.md5}.py": ZO.text,
}


def test_the_tree_is_that_of_the_design(filled: Store, tmp_path: Path) -> None:
    assert export(filled, tmp_path / "new" / "out") == ExportCount(solvers=3, differs=2)
    assert tree(tmp_path / "new" / "out") == EXPECTED
    assert {path.name for path in (tmp_path / "new" / "out").iterdir()} == {"solver_dir", "differ_dir", MARKER}


def test_an_earlier_export_is_replaced_and_the_users_own_files_stay(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for _ in range(2):
        export(filled, out)
        (out / "solver_dir" / "stale.py").touch()
        (out / "notes.txt").write_text("mine", encoding="utf-8")
        (out / ".arcbatt-export.tmp").mkdir()
    export(filled, out)
    assert tree(out) == {**EXPECTED, "notes.txt": "mine"}


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
    out = tmp_path / "out"
    export(filled, out)
    (out / ".arcbatt-export.tmp").symlink_to(mine)
    (out / "solver_dir").rename(tmp_path / "old")
    (out / "solver_dir").symlink_to(mine)
    export(filled, out)
    assert tree(out) == EXPECTED
    assert (mine / "deep").is_dir()


def test_an_empty_store_gives_empty_trees(store: Store, tmp_path: Path) -> None:
    assert export(store, tmp_path / "out") == ExportCount(0, 0)
    assert tree(tmp_path / "out") == {}
