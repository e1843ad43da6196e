"""``arcbatt report`` after real jobs: what it writes, where the grids come from, and what it refuses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from arcbatt.store import RunStart, open_store
from support.command import arcbatt, tree
from support.evolution import POOL, task_of
from support.tasks import PROGRAMS, mirror_task, shifted, write_task

OLD = Path(__file__).parents[1] / "store" / "data"
JOBS = (
    ("run", "--data", "tasks", "-b", "programs.py", "--min-score", 0),
    ("solve", "--data", "tasks", "-b", "programs.py", "--time-per-task", 0.2, "-o", "submission.json"),
    ("evolve", "--data", "tasks", "-b", "pool.py", "--tasks", "hard", "--no-store", "--generations", 2,
     "--children", 16),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a run of each kind on three tasks."""
    made = tmp_path_factory.mktemp("report")
    for task in (mirror_task("aa"), shifted(mirror_task("ab"), 1),
                 task_of("fill(rot180(vmirror(replace(I, ONE, TWO))), SEVEN, ofcolor(I, ONE))", "hard")):  # fmt: skip
        write_task(made / "tasks", task)
    (made / "programs.py").write_text(PROGRAMS)
    (made / "pool.py").write_text(POOL)
    for job in JOBS:
        done = arcbatt(*job, cwd=made)
        assert done.returncode == 0, done.stderr
    return made


def data(folder: Path, *arguments: object) -> dict[str, Any]:
    done = arcbatt("report", *arguments, "-o", "made.html", "--json", "-", cwd=folder)
    assert done.returncode == 0, done.stderr
    text = done.stdout
    found: dict[str, Any] = json.loads(text[: text.index("\n")])
    return found


def by_id(found: dict[str, Any]) -> dict[str, Any]:
    return {task["id"]: task for task in found["tasks"]}


class TestJobs:
    def test_of_run(self, folder: Path) -> None:
        found = data(folder, 1, "--data", "tasks")
        assert (found["format"], found["title"]) == (1, "run 1: arcbatt run")
        assert [(task["id"], task["standing"]) for task in found["tasks"]] == [
            ("aa", "solved"), ("ab", "solved"), ("hard", "near"),
        ]  # fmt: skip
        assert (found["totals"]["solved"], found["totals"]["programs"]) == (2, 7)
        first = by_id(found)["aa"]["programs"][0]
        outputs = [sample["output"] for sample in by_id(found)["aa"]["samples"]]
        assert [run["output"] for run in first["samples"]] == outputs
        assert first["samples"][0]["steps"][-1]["grid"] == outputs[0]

    def test_of_solve(self, folder: Path) -> None:
        found = data(folder, 2, "--data", "tasks")
        task = by_id(found)["aa"]
        first, second = task["attempts"][:2]
        assert (first["test"], first["place"], first["is_right"]) == (1, 1, True)
        assert (second["place"], second["is_right"]) == (2, False)
        assert first["grid"] == task["samples"][2]["output"]
        assert first["evidence"]
        assert {line[0] for attempt in task["attempts"] for line in attempt["evidence"]} <= set("+-=")
        assert "given" in task["families"]
        assert any("all demo samples" in note for note in task["notes"])
        assert sum(row["count"] for row in found["calibration"]) > 0
        answers = json.loads((folder / "submission.json").read_text())["aa"][0]
        grids = [[[int(cell) for cell in row] for row in attempt["grid"].split("/")] for attempt in (first, second)]
        assert grids == [answers["attempt_1"], answers["attempt_2"]]

    def test_of_evolve(self, folder: Path) -> None:
        found = data(folder, 3, "--data", "tasks")
        assert [task["id"] for task in found["tasks"]] == ["hard"]
        assert [generation["number"] for generation in found["generations"]] == [0, 1, 2]
        (log,) = (folder / ".arcbatt").glob("evolve-*.jsonl")
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        assert [generation["programs"] for generation in found["generations"]] == [line["programs"] for line in lines]
        assert {span["name"] for span in found["work"]["spans"]} == {"generation 0", "generation 1", "generation 2"}
        best = found["tasks"][0]["programs"][0]
        assert best["samples"]
        assert best["near"] == pytest.approx(found["tasks"][0]["near"])
        programs = {program["md5"]: program for program in found["programs"]}
        bred = [program for program in found["programs"] if program["parents"]]
        assert bred
        assert all(parent["md5"] in programs for program in bred for parent in program["parents"])

    def test_the_newest_where_none_is_named_and_the_whole_workspace(self, folder: Path) -> None:
        assert data(folder, "--data", "tasks")["run"]["id"] == 3
        whole = data(folder, "--whole", "--data", "tasks")
        assert (whole["run"], whole["title"]) == (None, "workspace")
        assert {"aa", "ab"} <= set(by_id(whole))


class TestPage:
    def test_says_what_it_wrote_and_what_to_do_next(self, folder: Path) -> None:
        before = tree(folder / ".arcbatt")
        done = arcbatt("report", 1, "--data", "tasks", cwd=folder)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("report.html: run 1: arcbatt run, 3 tasks, ")
        assert done.stdout.endswith("MB; open it in a browser\n")
        assert done.stdout.count("\n") == 1
        assert done.stderr == ""
        page = (folder / "report.html").read_text()
        assert page.lower().startswith("<!doctype html>")
        assert "solve_mirror" in page
        again = arcbatt("report", 1, "--data", "tasks", "-o", "-", cwd=folder)
        assert again.stdout == page
        assert again.stderr.startswith("standard output: run 1")
        after = tree(folder / ".arcbatt")
        assert {name: content for name, content in after.items() if not name.endswith(("-wal", "-shm"))} == {
            name: content for name, content in before.items() if not name.endswith(("-wal", "-shm"))
        }

    def test_a_path_that_a_run_recorded_is_not_opened(self, folder: Path) -> None:
        done = arcbatt("report", 1, cwd=folder)
        assert done.returncode == 0
        assert "no grids for 3 of 3 tasks (aa, ab, hard): --set NAME or --data PATH" in done.stderr

    def test_named_sets_that_a_run_recorded_are(self, tmp_path: Path) -> None:
        assert arcbatt("run", "67a3c6ac", "--set", "arc1-train", "--set", "arc2-train", cwd=tmp_path).returncode == 0
        found = data(tmp_path)
        assert [task["set"] for task in found["tasks"]] == ["arc1-train"]

    def test_an_old_workspace_is_read_and_stays_as_it_is(self, tmp_path: Path) -> None:
        for name in ("schema_1.db", "schema_2_run.db"):
            (tmp_path / name / ".arcbatt").mkdir(parents=True)
            place = tmp_path / name / ".arcbatt" / "arcbatt.db"
            shutil.copy(OLD / name, place)
            done = arcbatt("report", cwd=tmp_path / name)
            assert done.returncode == 0, done.stderr
            assert place.read_bytes() == (OLD / name).read_bytes()


class TestRefusals:
    @pytest.mark.parametrize(("arguments", "told"), [
        (["9"], "run 9: no such run"),
        (["1", "--whole"], "not both"),
        (["-o", "-", "--json", "-"], "expected one of them on standard output"),
        (["-o", "nowhere/report.html"], "does not exist"),
        (["--data", "tasks", "-o", "tasks/aa.json"], "is the file of the tasks"),
        (["--data", "nowhere"], "nowhere"),
        (["--workspace", "nowhere"], "nowhere"),
    ])  # fmt: skip
    def test_are_told_and_nothing_is_written(self, folder: Path, arguments: list[str], told: str) -> None:
        before = set(folder.rglob("*.html"))
        done = arcbatt("report", *arguments, cwd=folder)
        assert done.returncode == 2, done.stdout
        assert told in done.stderr
        assert set(folder.rglob("*.html")) == before

    def test_a_damaged_store_is_told_in_a_line(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "arcbatt.db").write_bytes(b"SQLite format 3\0" + b"\x07" * 5000)
        done = arcbatt("report", "--workspace", tmp_path, cwd=folder)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1


def test_what_a_run_is_said_to_be_on_names_sets_at_most(tmp_path: Path) -> None:
    from arcbatt.cli.report_command import _recorded_sets

    named = "../../etc/passwd + arc2-eval + /tmp/arc1-eval@nothing + http://x/arc9"
    with open_store(tmp_path, create=True) as store:
        run = store.begin_run(RunStart("key", "run", (), named, "", "auto", {}))
        assert [getattr(source, "name", "") for source in _recorded_sets(store, run, False)] == ["arc2-eval"]
        run = store.begin_run(RunStart("key", "run", (), "mine", "", "auto", {}))
        assert [getattr(source, "name", "") for source in _recorded_sets(store, run, False)] == ["arc1-train"]


MINE = (
    "from arcbatt import primitive\nfrom arcbatt.dsl.types import Grid\n\n\n"
    "@primitive\ndef mine_flip(grid: Grid) -> Grid:\n"
)


def test_primitives_of_a_users_own_are_needed_to_run_again(tmp_path: Path) -> None:
    write_task(tmp_path / "tasks", mirror_task("aa"))
    (tmp_path / "mine.py").write_text(f"{MINE}    return tuple(row[::-1] for row in grid)\n")
    (tmp_path / "programs.py").write_text("def solve_own(I):\n    return mine_flip(I)\n")
    own = ("--primitives", "mine.py")
    done = arcbatt("run", "--data", "tasks", "-b", "programs.py", "--no-store", *own, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (without,) = data(tmp_path, "--data", "tasks")["tasks"][0]["programs"]
    assert "mine_flip" in without["note"]
    assert (without["samples"], without["demo_right"]) == ([], 2)
    (with_own,) = data(tmp_path, "--data", "tasks", *own)["tasks"][0]["programs"]
    assert [run["is_right"] for run in with_own["samples"]] == [True, True, True]
    assert with_own["samples"][0]["steps"][0]["grid"] == "10/02"


class TestNothingIsLost:
    @pytest.mark.parametrize("name", ["arcbatt.db", "arcbatt.db-wal", "link"])
    @pytest.mark.parametrize("option", ["-o", "--json"])
    def test_no_page_over_a_database(self, folder: Path, tmp_path: Path, name: str, option: str) -> None:
        shutil.copytree(folder / ".arcbatt", tmp_path / ".arcbatt")
        (tmp_path / ".arcbatt" / "link").symlink_to("arcbatt.db")
        before = (tmp_path / ".arcbatt" / "arcbatt.db").read_bytes()
        done = arcbatt("report", option, f".arcbatt/{name}", cwd=tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert f"{option} .arcbatt/{name}: is a database" in done.stderr
        assert (tmp_path / ".arcbatt" / "arcbatt.db").read_bytes() == before

    def test_a_page_on_standard_output_is_the_file(self, folder: Path) -> None:
        arguments = ("report", 1, "--data", "tasks", "--best", 0)
        assert arcbatt(*arguments, "-o", "whole.html", cwd=folder).returncode == 0
        piped = subprocess.run(
            [sys.executable, "-m", "arcbatt", *map(str, arguments), "-o", "-"], cwd=folder, capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
        )  # fmt: skip
        assert piped.stdout == (folder / "whole.html").read_bytes()


def test_a_folder_whose_name_is_no_text(folder: Path, tmp_path: Path) -> None:
    """Linux takes any bytes as a name; a run on it is kept, and its page is UTF-8."""
    odd = os.fsdecode(b"odd\xff<b>")
    shutil.copytree(folder / "tasks", tmp_path / odd)
    done = arcbatt("run", "--data", odd, "-b", folder / "programs.py", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = arcbatt("report", "--data", odd, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "odd\\udcff&lt;b&gt;" in page
