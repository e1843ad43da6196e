"""The commands around the main job, as a user runs them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.command import arcbatt, started, tree
from support.tasks import PROGRAMS, mirror_task, write_task


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a task, programs, and a workspace in which they ran."""
    made = tmp_path_factory.mktemp("commands")
    write_task(made / "tasks", mirror_task("mirror"))
    (made / "programs.py").write_text(PROGRAMS)
    done = arcbatt("run", "mirror", "--data", "tasks", "-b", "programs.py", "--min-score", "0", cwd=made)
    assert done.returncode == 0, done.stderr
    return made


class TestImport:
    def test_tells_new_known_and_refused_with_file_line_and_reason(self, tmp_path: Path) -> None:
        good = "def solve_a(I):\n    return rot90(I)\ndef solve_b(I):\n    return rot180(I)\n"
        (tmp_path / "good.py").write_text(good)
        (tmp_path / "bad.py").write_text(
            "def solve_c(I):\n    x = 1 + 1\n    return I\n\ndef solve_d(I):\n    return hmirror(I)\n"
        )
        done = arcbatt("import", "good.py", "bad.py", cwd=tmp_path)
        assert done.returncode == 0
        assert done.stdout == "3 new, 0 known, 1 refused\n"
        assert "bad.py:2: " in done.stderr
        assert arcbatt("import", "good.py", cwd=tmp_path).stdout == "0 new, 2 known, 0 refused\n"
        listed = json.loads(arcbatt("list", "--json", cwd=tmp_path).stdout)
        assert {row["name"] for row in listed} == {"solve_a", "solve_b", "solve_d"}

    def test_many_refusals_are_counted_by_reason(self, tmp_path: Path) -> None:
        (tmp_path / "mine").mkdir()
        for i in range(400):
            (tmp_path / "mine" / f"p{i:03}.py").write_text(f"def solve_{i}(I):\n    return get_color(I, {i})\n")
        (tmp_path / "mine" / "z.py").write_text("def solve_z(I):\n    return rot90(I)\n")
        done = arcbatt("import", "mine", cwd=tmp_path)
        assert done.returncode == 0
        assert done.stdout == "1 new, 0 known, 400 refused\n"
        *lines, counts, _, _ = done.stderr.splitlines()  # then two commands to go on with
        assert [line.split(":")[0] for line in lines] == [f"mine/p{i:03}.py" for i in range(5)]
        assert counts == "400 refused: 400 unknown name (get_color 400)"

    def test_takes_other_names_from_a_table(self, tmp_path: Path) -> None:
        (tmp_path / "a.py").write_text("def verify_a(I):\n    return turn(I)\n")
        (tmp_path / "names.toml").write_text('[primitives]\nturn = "rot90"\n')
        done = arcbatt("import", "a.py", "--aliases", "names.toml", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "1 new, 0 known, 0 refused\n")
        assert "rot90" in arcbatt("show", "verify_a", cwd=tmp_path).stdout
        (tmp_path / "names.toml").write_text('[primitives]\nturn = "rott90"\n')
        done = arcbatt("import", "a.py", "--aliases", "names.toml", cwd=tmp_path)
        assert done.returncode == 2
        assert "names.toml: turn: there is no primitive named rott90; did you mean rot90?" in done.stderr

    def test_constants_of_ones_own(self, tmp_path: Path) -> None:
        (tmp_path / "a.py").write_text("def solve_a(I):\n    return canvas(MY_COLOR, shape(I))\n")
        (tmp_path / "mine.py").write_text("from arcbatt import constant\n\nconstant('MY_COLOR', 42)\n")
        assert arcbatt("import", "a.py", "--primitives", "mine.py", cwd=tmp_path).returncode == 0
        assert "canvas(42, x1)" in arcbatt("show", "solve_a", cwd=tmp_path).stdout

    def test_executes_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "evil.py").write_text(
            "import os\nos.system('touch executed')\ndef solve_a(I, x=os.system('touch executed')):\n    return I\n"
        )
        done = arcbatt("import", "evil.py", cwd=tmp_path)
        assert done.returncode == 2
        assert not (tmp_path / "executed").exists()
        assert not (tmp_path / ".arcbatt").exists()

    def test_takes_its_own_export_again(self, folder: Path, tmp_path: Path) -> None:
        assert arcbatt("export", tmp_path / "out", cwd=folder).returncode == 0
        done = arcbatt("import", "out/solver_dir", cwd=tmp_path)
        assert done.returncode == 0
        names = {path.name for path in (tmp_path / ".arcbatt/solver_md5").iterdir()}
        assert names == {path.name for path in (folder / ".arcbatt/solver_md5").iterdir()}


class TestExport:
    def test_writes_the_tree_of_the_design(self, folder: Path, tmp_path: Path) -> None:
        done = arcbatt("export", tmp_path / "out", cwd=folder)
        assert done.returncode == 0, done.stderr
        files = tree(tmp_path / "out")
        scores = json.loads(arcbatt("list", "scores", "--json", cwd=folder).stdout)
        for score in scores:
            path = f"solver_dir/solve_mirror/{score['demo_right']}/{score['t_log']}/{score['md5']}.py"
            assert hashlib.md5(files[path]).hexdigest() == score["md5"]
        assert any(name.startswith("differ_dir/zo/solve_mirror/2/") for name in files)

    def test_refuses_a_folder_with_other_things(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "mine").write_text("mine")
        done = arcbatt("export", tmp_path, cwd=folder)
        assert done.returncode == 2
        assert (tmp_path / "mine").read_text() == "mine"


class TestList:
    @pytest.mark.parametrize("what", ["programs", "differs", "tasks", "scores", "runs"])
    def test_lists_in_both_forms(self, folder: Path, what: str) -> None:
        rows = json.loads(arcbatt("list", what, "--json", cwd=folder).stdout)
        assert rows
        text = arcbatt("list", what, cwd=folder).stdout
        assert all(str(rows[0][key])[:8] in text for key in ("md5", "task", "name", "best") if key in rows[0])

    def test_programs_have_their_totals(self, folder: Path) -> None:
        rows = {row["name"]: row for row in json.loads(arcbatt("list", "--json", cwd=folder).stdout)}
        assert (rows["solve_mirror"]["demo_right"], rows["solve_mirror"]["solved"]) == (2, 1)
        assert (rows["solve_same"]["demo_right"], rows["solve_same"]["solved"]) == (0, 0)

    def test_says_that_there_is_no_workspace(self, tmp_path: Path) -> None:
        done = arcbatt("list", cwd=tmp_path)
        assert done.returncode == 2
        assert ".arcbatt" in done.stderr


class TestShow:
    def test_shows_a_task_with_its_programs(self, folder: Path) -> None:
        done = arcbatt("show", "mirror", "--data", "tasks", cwd=folder)
        assert done.returncode == 0, done.stderr
        assert "demo 1 input" in done.stdout
        assert "solve_mirror" in done.stdout
        data = json.loads(arcbatt("show", "mirror", "--data", "tasks", "--json", cwd=folder).stdout)
        assert data["train"][0]["input"] == [[0, 1], [2, 0]]
        assert data["scores"][0]["name"] == "solve_mirror"

    def test_shows_what_holds_on_all_demo_samples(self, folder: Path) -> None:
        plain = arcbatt("show", "mirror", "--data", "tasks", cwd=folder).stdout
        assert "output-shape-of-input" not in plain
        done = arcbatt("show", "mirror", "--data", "tasks", "--invariants", cwd=folder)
        assert done.returncode == 0, done.stderr
        lines = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
        assert ["output-shape-of-input", "the output has the input's shape"] in lines
        assert "solve_mirror" in done.stdout
        common = ["show", "mirror", "--data", "tasks", "--json"]
        data = json.loads(arcbatt(*common, "--invariants", cwd=folder).stdout)
        assert data["invariants"][0] == {
            "name": "output-shape-of-input", "text": "the output has the input's shape",
            "breach": "the output has another shape than the input",
        }
        assert all([held["name"], held["text"]] in lines for held in data["invariants"])
        assert "invariants" not in json.loads(arcbatt(*common, cwd=folder).stdout)

    def test_a_program_has_no_invariants(self, folder: Path) -> None:
        done = arcbatt("show", "solve_same", "--data", "tasks", "--invariants", cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert "--invariants is for tasks" in done.stderr
        assert len(done.stderr.splitlines()) == 1

    def test_a_narrow_window_breaks_no_invariant_in_two(self, folder: Path) -> None:
        words = ["show", "mirror", "--data", "tasks", "--invariants"]
        done = arcbatt(*words, cwd=folder, env={"COLUMNS": "30"})
        assert any(line.endswith("as in the input") for line in done.stdout.splitlines() if "color-counts" in line)

    def test_shows_a_program_with_differing_cells_marked(self, folder: Path) -> None:
        done = arcbatt("show", "solve_same", "--data", "tasks", cwd=folder)
        assert done.returncode == 0, done.stderr
        assert "cells differ" in done.stdout
        assert "[0]" in done.stdout
        data = json.loads(arcbatt("show", "solve_same", "--data", "tasks", "--json", cwd=folder).stdout)
        assert data["samples"][0]["differing"] == [[0, 0], [0, 1], [1, 0], [1, 1]]

    def test_shows_a_program_in_words(self, folder: Path) -> None:
        done = arcbatt("show", "solve_mirror", "--data", "tasks", cwd=folder)
        words = "the output is the input mirrored left to right"
        assert f"in words:\n    {words}\n" in done.stdout
        data = json.loads(arcbatt("show", "solve_mirror", "--data", "tasks", "--json", cwd=folder).stdout)
        assert data["explanation"] == [words]

    def test_shows_a_program_by_the_start_of_its_md5(self, folder: Path) -> None:
        rows = json.loads(arcbatt("list", "--json", cwd=folder).stdout)
        (md5,) = [row["md5"] for row in rows if row["name"] == "solve_mirror"]
        done = arcbatt("show", md5[:10], "--data", "tasks", cwd=folder)
        assert "vmirror(I)" in done.stdout
        assert "right" in done.stdout

    def test_shows_starters_and_differs_without_a_workspace(self, tmp_path: Path) -> None:
        assert "right" in arcbatt("show", "solve_007bbfb7", cwd=tmp_path).stdout
        assert arcbatt("show", "differ_palette_iz", "--task", "007bbfb7", cwd=tmp_path).returncode == 0
        assert not (tmp_path / ".arcbatt").exists()

    def test_a_name_of_several_programs_shows_the_best_and_says_how_many_more(self, tmp_path: Path) -> None:
        for number, call in enumerate(("rot90", "vmirror")):
            (tmp_path / f"{number}.py").write_text(f"def solve_a(I):\n    return {call}(I)\n")
            assert arcbatt("import", f"{number}.py", cwd=tmp_path).returncode == 0
        write_task(tmp_path / "tasks", mirror_task("mirror"))
        assert arcbatt("run", "--data", "tasks", "--stored-only", cwd=tmp_path).returncode == 0
        done = arcbatt("show", "solve_a", "--data", "tasks", cwd=tmp_path)
        assert "vmirror(I)" in done.stdout
        assert "1 more program of this name: arcbatt list programs --name solve_a" in done.stdout

    def test_suggests_the_nearest_task(self, tmp_path: Path) -> None:
        done = arcbatt("show", "007bbfb8", cwd=tmp_path)
        assert done.returncode == 2
        assert "007bbfb7" in done.stderr


class TestVerify:
    def test_finds_alone_and_shared_the_same(self, folder: Path) -> None:
        done = arcbatt("verify", "mirror", "--data", "tasks", "--json", cwd=folder)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["differences"] == {"mirror": None}

    def test_tells_the_first_difference(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from arcbatt.execute import InlineExecutor
        from arcbatt.pipeline import verify, verify_task
        from arcbatt.runs import OpenedBattery, RunOptions
        from support.tasks import battery

        programs, options = battery(), RunOptions()
        honest = InlineExecutor(OpenedBattery(programs, options))
        assert verify_task(programs, mirror_task(), honest, options) is None
        forged = battery(PROGRAMS.replace("return rot90(rot270(vmirror(I)))\n", "return dmirror(I)\n"))
        monkeypatch.setattr(verify, "OpenedBattery", lambda given, options: OpenedBattery(forged, options))
        told = verify_task(programs, mirror_task(), honest, options)
        assert told is not None
        assert "alone" in told


class TestBuild:
    def test_draws_the_same_for_the_same_seed(self, folder: Path, tmp_path: Path) -> None:
        texts = []
        for name, seed in (("a.py", 0), ("b.py", 0)):
            done = arcbatt("build", "-c", "3", "--seed", seed, "-o", tmp_path / name, cwd=folder)
            assert done.returncode == 0, done.stderr
            texts.append((tmp_path / name).read_text())
        assert texts[0] == texts[1]
        done = arcbatt("run", "mirror", "--data", "tasks", "-b", tmp_path / "a.py", "--workspace", tmp_path / "w",
                       "--json", "-", cwd=folder)  # fmt: skip
        data = json.loads(done.stdout)
        assert data["battery"]["solvers"] == 3
        assert data["battery"]["differs"] == 2

    def test_needs_programs(self, tmp_path: Path) -> None:
        (tmp_path / ".arcbatt").mkdir()
        done = arcbatt("build", "-o", "x.py", cwd=tmp_path)
        assert done.returncode == 2
        assert not (tmp_path / "x.py").exists()


class TestDoctor:
    def test_reports_versions_engines_sets_and_workspace(self, folder: Path) -> None:
        data = json.loads(arcbatt("doctor", "--json", cwd=folder).stdout)
        assert data["ok"] is True
        assert "python" in data["engines"]["available"]
        assert data["sets"]["arc1-train"]["tasks"] == 400
        assert data["workspace"]["solvers"] == 5

    def test_runs_recorded_calls(self, tmp_path: Path) -> None:
        calls = [
            {"args": [{"g": ["012", "340"]}], "result": {"g": ["210", "043"]}},
            {"args": [{"s": []}], "fails": 1},
        ]
        (tmp_path / "v").mkdir()
        (tmp_path / "v" / "vmirror.json").write_text(json.dumps(calls))
        built = [{"call": 1, "args": [{"f": ["rbind", {"p": "add"}, 2]}, {"t": [1, 2]}], "result": {"t": [3, 4]}}]
        (tmp_path / "v" / "rbind.json").write_text(json.dumps(built))
        data = json.loads(arcbatt("doctor", "--vectors", "v", "--json", cwd=tmp_path).stdout)
        assert data["vectors"]["python"] == {"passed": 3, "failed": 0, "failures": []}

    def test_tells_of_a_recorded_call_that_fails(self, tmp_path: Path) -> None:
        (tmp_path / "vmirror.json").write_text(json.dumps([{"args": [{"g": ["01"]}], "result": {"g": ["01"]}}]))
        done = arcbatt("doctor", "--vectors", ".", cwd=tmp_path)
        assert done.returncode == 1
        assert "vmirror.json, call 1" in done.stderr

    def test_tells_of_a_broken_workspace(self, tmp_path: Path) -> None:
        (tmp_path / ".arcbatt").mkdir()
        (tmp_path / ".arcbatt" / "arcbatt.db").write_bytes(b"no database" * 100)
        done = arcbatt("doctor", cwd=tmp_path)
        assert done.returncode == 1
        assert "arcbatt.db" in done.stderr


def test_help_and_version() -> None:
    here = Path()
    text = arcbatt("--help", cwd=here).stdout
    for name in ("run", "import", "export", "list", "show", "verify", "build", "doctor"):
        assert f"  {name} " in text
        assert arcbatt(name, "--help", cwd=here).returncode == 0
    assert arcbatt("--version", cwd=here).stdout.startswith("arcbatt 0.")
    assert arcbatt("nonsense", cwd=here).returncode == 2


class TestOddSurroundings:
    """Streams that are closed or full, a folder that is gone: one line and a status, never a traceback."""

    def shell(self, line: str, folder: Path) -> subprocess.CompletedProcess[str]:
        command = line.replace("arcbatt", f"{sys.executable} -m arcbatt")
        done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr
        return done

    def test_closed_streams(self, folder: Path) -> None:
        assert self.shell("arcbatt list >&-", folder).returncode == 0
        assert self.shell("arcbatt list 2>&- <&-", folder).returncode == 0
        assert self.shell("arcbatt show nothing >&- 2>&-", folder).returncode == 2

    def test_a_full_device(self, folder: Path) -> None:
        done = self.shell("arcbatt list > /dev/full", folder)
        assert done.returncode == 2
        assert "No space left" in done.stderr

    def test_a_reader_that_had_enough(self, folder: Path) -> None:
        done = self.shell("arcbatt show mirror --data tasks | head -n 1", folder)
        assert done.stdout
        assert done.stderr == ""

    def test_a_reader_that_is_gone_is_no_failure(self, folder: Path) -> None:
        process = started("show", "mirror", "--data", "tasks", cwd=folder)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        process.stderr.close()
        assert process.wait() == 0

    def test_a_folder_that_is_gone(self, folder: Path, tmp_path: Path) -> None:
        gone = tmp_path / "gone"
        done = self.shell(f"mkdir {gone} && cd {gone} && rmdir {gone} && arcbatt list", folder)
        assert done.returncode == 2
        assert "no longer exists" in done.stderr

    def test_an_old_locale(self, folder: Path) -> None:
        done = arcbatt("run", "mirror", "--data", "tasks", "-b", "programs.py", "--timing", cwd=folder,
                       env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})  # fmt: skip
        assert done.returncode == 0
        assert "main.run_batt" in done.stdout
