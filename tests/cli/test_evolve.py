"""``arcbatt evolve`` in processes of its own, some of which are killed."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import load_set
from arcbatt.search.evolution.generation import PART
from arcbatt.store import open_store
from support.command import arcbatt, started
from support.evolution import POOL, task_of
from support.tasks import without, write_task
from support.twins import needs_native

BODIES = {"t1": "vmirror(replace(I, ONE, TWO))", "t2": "fill(rot180(I), SEVEN, ofcolor(I, ONE))", "t3": "vmirror(I)"}
OPTIONS = (
    "evolve", "--data", "tasks", "-b", "pool.py", "--tasks", "all", "--tasks-per-generation", 2, "--children", 16,
    "--rounds", 2, "--keep", 8,
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for task_id, body in BODIES.items():
        write_task(tmp_path / "tasks", task_of(body, task_id))
    (tmp_path / "pool.py").write_text(POOL)
    return tmp_path


def content(workspace: Path) -> dict[str, Any]:
    """What is left in the store and the log, but what depends on the machine."""
    with open_store(workspace, create=False) as store:
        (evolution,) = store.evolutions()
        log = [json.loads(line) for line in (workspace / f"evolve-{evolution.series}.jsonl").read_text().splitlines()]
        assert evolution.series == 1
        return {
            "state": evolution.state,
            "populations": store.populations(evolution.series),
            "programs": [program.md5 for program in store.programs()],
            "lineage": store.lineage(),
            "scores": [(score.task, replace(score.result, seconds=None)) for score in store.scores()],
            "log": without(log, "timing"),
        }


def test_killed_at_any_moment_it_resumes_to_the_same(folder: Path) -> None:
    command = (*OPTIONS, "--generations", 16, "--resume")
    done = arcbatt(*command, "-j", 2, "--workspace", "whole", cwd=folder, env={"PYTHONHASHSEED": "1"})
    assert done.returncode == 0, done.stderr
    chance = random.Random(0)
    kills = 0
    while True:
        process = started(*command, "-j", 1, "--workspace", "killed", cwd=folder, env={"PYTHONHASHSEED": "2"})
        # from before the store is there to the middle of later generations
        assert process.stdout is not None
        lines = chance.choice([0, 1, 3])
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(chance.uniform(0, 0.1 if lines else 0.6))  # too short for all that is left
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        if process.returncode != -signal.SIGKILL:
            break
        kills += 1
    assert process.returncode == 0
    assert kills >= 2
    assert content(folder / "killed") == content(folder / "whole")


@needs_native
def test_killed_within_generation_0_it_goes_on_behind_the_last_whole_part(tmp_path: Path) -> None:
    tasks = ",".join(load_set("arc1-train").ids[: PART + 2])
    command = ("evolve", "--tasks", tasks, "--generations", 0, "--resume", "-j", 1)
    done = arcbatt(*command, "--workspace", "whole", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    process = started(*command, "--workspace", "killed", cwd=tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("generation 0, part 1 of 2")
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    if process.returncode == -signal.SIGKILL:
        with open_store(tmp_path / "killed", create=False) as store:
            assert len(store.generations(1)) >= 1
    done = arcbatt(*command, "--workspace", "killed", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "generation 0, part 1 of 2" not in done.stdout
    assert content(tmp_path / "killed") == content(tmp_path / "whole")


def test_it_reports_each_generation_and_the_end(folder: Path) -> None:
    done = arcbatt(*OPTIONS, "--generations", 2, "--json", "out.json", "--log", "my.log", cwd=folder)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split(":")[0] for line in lines[:3]] == ["generation 0", "generation 1", "generation 2"]
    assert "1 of 3 tasks solved" in lines[0]
    assert lines[3].startswith("ended: generations, after generation 2; ")
    results = json.loads((folder / "out.json").read_text())
    assert results["reason"] == "generations"
    count = len(results["solved"])
    assert f"{count} of {count} right" in lines[4]
    assert {"task": "t3", "generation": 0, "test": True} in results["solved"]
    assert len((folder / "my.log").read_text().splitlines()) == 3
    (run,) = json.loads(arcbatt("list", "runs", "--json", cwd=folder).stdout)
    assert run["status"] == "finished"


def test_quiet_leaves_the_end_alone(folder: Path) -> None:
    done = arcbatt(*OPTIONS, "--generations", 1, "-q", cwd=folder)
    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == ["ended:", "on"]
    assert done.stderr == ""


def test_ctrl_c_ends_it_and_it_goes_on(folder: Path) -> None:
    process = started(*OPTIONS, "--generations", 100_000, cwd=folder)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("generation 0")
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert "--resume goes on" in out
    done = arcbatt(*OPTIONS, "--time", 0, "--resume", cwd=folder)
    assert done.returncode == 0
    assert "ended: time, after generation" in done.stdout


def test_a_time_that_is_too_short_is_reported_and_loses_nothing(folder: Path) -> None:
    done = arcbatt(*OPTIONS, "--time", 0, "--json", "-", cwd=folder)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert (results["reason"], results["generations"], results["evaluated"]) == ("time", 0, 0)
    assert "within generation 0 (0 of 3 tasks evaluated)" in done.stderr
    assert "--resume and more --time" in done.stderr
    done = arcbatt(*OPTIONS, "--generations", 1, "--resume", "--json", "-", cwd=folder)
    assert json.loads(done.stdout)["series"] == results["series"] == 1


def test_a_task_with_the_samples_of_another_is_left_out_and_named(folder: Path) -> None:
    write_task(folder / "tasks", task_of(BODIES["t1"], "t9"))
    done = arcbatt(*OPTIONS, "--generations", 0, "--json", "-", cwd=folder)
    assert "left out: task t9 has the samples of t1" in done.stderr
    assert json.loads(done.stdout)["tasks"] == 3


def test_what_was_handed_in_keeps_its_name(folder: Path) -> None:
    (folder / "pool.py").write_text("def solve_mine(I):\n    return vmirror(I)\n")
    arcbatt(*OPTIONS, "--generations", 0, cwd=folder)
    with open_store(folder / ".arcbatt", create=False) as store:
        assert [program.name for program in store.programs() if program.kind == "solver"] == ["solve_mine"]


def test_found_programs_are_told_apart_by_their_names(folder: Path) -> None:
    assert arcbatt(*OPTIONS, "--generations", 3, "--min-score", 0, cwd=folder).returncode == 0
    with open_store(folder / ".arcbatt", create=False) as store:
        names = [program.name for program in store.programs("solver")]
    assert len(names) > 5
    assert len(set(names)) == len(names)
    found = [name for name in names if name.startswith("solve_t")]
    assert json.loads(arcbatt("show", found[0], "--json", cwd=folder).stdout)["name"] == found[0]


@pytest.mark.parametrize(("options", "told"), [
    (("--tasks", "nothere"), "unknown task"),
    (("--mutation", "wrp=1"), "neither an operator"),
    (("--log", "pool.py"), "is there already"),
    (("--log", "nowhere/log"), "cannot write"),
    (("--json", "nowhere/x.json"), "does not exist"),
    (("-b", "nowhere.py"), "nowhere.py"),
])  # fmt: skip
def test_what_is_wrong_is_reported_in_a_line(folder: Path, options: tuple[str, ...], told: str) -> None:
    done = arcbatt(*OPTIONS, "--generations", 0, *options, cwd=folder)
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_resume_with_other_settings_is_refused(folder: Path) -> None:
    assert arcbatt(*OPTIONS, "--generations", 0, cwd=folder).returncode == 0
    done = arcbatt(*OPTIONS, "--generations", 0, "--resume", "--seed", 5, cwd=folder)
    assert done.returncode == 2
    assert "--resume: no evolution with these settings" in done.stderr
    assert "seed 0 (now 5). Without --resume a new one begins" in done.stderr
