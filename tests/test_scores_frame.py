"""Scores of a workspace as a frame, of both libraries."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import arcbatt
from arcbatt.store import ListQuery
from arcbatt.store.records.list_rows import SCORE_COLUMNS
from support.tasks import PROGRAMS

every_library = pytest.mark.parametrize("library", ["pandas", "polars"])


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frame") / "w"
    battery = arcbatt.Battery.of(arcbatt.parse_programs(PROGRAMS))
    tasks = arcbatt.load_set("arc1-train").select(["67a3c6ac", "007bbfb7"])
    with arcbatt.open_store(folder, create=True) as store:
        arcbatt.run_battery(battery, tasks, arcbatt.RunOptions(engine="python", jobs=1, min_score=0), store)
    return folder


@every_library
def test_a_frame_has_a_row_a_score(workspace: Path, library: str) -> None:
    pytest.importorskip(library)
    frame = arcbatt.scores_frame(workspace, library=library)
    assert type(frame).__module__.partition(".")[0] == library
    assert tuple(frame.columns) == SCORE_COLUMNS
    with arcbatt.open_store(workspace, create=False, read_only=True) as store:
        rows = store.list_scores(ListQuery())
        assert len(arcbatt.scores_frame(store, library=library)) == len(rows) > 3
    for column in ("task", "name", "near", "demo_right"):
        assert list(frame[column]) == [getattr(row, column) for row in rows]


@every_library
def test_a_query_chooses_rows(workspace: Path, library: str) -> None:
    pytest.importorskip(library)
    frame = arcbatt.scores_frame(str(workspace), ListQuery(is_solved=True), library=library)
    assert set(frame["task"]) == {"67a3c6ac"}
    none = arcbatt.scores_frame(workspace, ListQuery(task="nothing"), library=library)
    assert (tuple(none.columns), len(none)) == (SCORE_COLUMNS, 0)


def test_polars_where_pandas_is_missing(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    polars = pytest.importorskip("polars")
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert isinstance(arcbatt.scores_frame(workspace), polars.DataFrame)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ImportError, match="pandas or polars"):
        arcbatt.scores_frame(workspace)
    with pytest.raises(ImportError, match="pip install polars"):
        arcbatt.scores_frame(workspace, library="polars")


def test_what_is_wrong_is_told_in_a_line(workspace: Path, tmp_path: Path) -> None:
    with pytest.raises(arcbatt.InputError, match="pandas or polars"):
        arcbatt.scores_frame(workspace, library="numpy")
    with pytest.raises(arcbatt.StoreError):
        arcbatt.scores_frame(tmp_path / "none")
