"""Signals to real processes: at any moment, repeated, ignored; what was asked for is written all the same."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from support.command import arcbatt, tree
from support.interrupting import ended, signals_at, start
from support.tasks import mirror_task, shifted, write_task

COUNT = 16
SOLVE = ["solve", "--data", "tasks", "-b", "mine.py", "--time-per-task", "0", "-o", "out.json", "-q"]
ALL = [signal.SIGINT, signal.SIGTERM, signal.SIGINT, signal.SIGHUP]

PLACES = {
    "tasks are loaded": "arcbatt.cli.options:ProgramChoice.handed_in:1",
    "store opens": "arcbatt.store:open_store:1",
    "run begins": "arcbatt.store.sqlite.store:SqliteStore.begin_run:1",
    "last task is saved": f"arcbatt.store.sqlite.store:SqliteStore.save_task:{COUNT}",
    "run ends": "arcbatt.store.sqlite.store:SqliteStore.finish_run:1",
    "store closes": "arcbatt.store.sqlite.store:SqliteStore.close:1",
    "submission is written": "arcbatt.cli.output:OutputFile.write:1",
}
"""A function, and the number of its call that is to be interrupted before and after."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(COUNT):
        write_task(tmp_path / "tasks", mirror_task(f"mirror{number:02}"))
    (tmp_path / "mine.py").write_text("def solve_mirror(I):\n    return vmirror(I)\n")
    return tmp_path


def check_submission(folder: Path) -> int:
    """Checks that every task has its attempts; gives the number of tasks that are answered rightly."""
    submission = json.loads((folder / "out.json").read_text())
    assert len(submission) == COUNT
    right = [list(row) for row in mirror_task().test[0].output or ()]
    return sum(right in attempts[0].values() for attempts in submission.values())


@pytest.mark.parametrize("place", PLACES)
def test_a_submission_is_written_wherever_signals_come(folder: Path, place: str) -> None:
    process = start(*SOLVE, cwd=folder, first=signals_at(PLACES[place], ALL, ALL))
    told = ended(process)
    assert process.returncode == 130, told
    answered = check_submission(folder)
    if place in ("last task is saved", "run ends", "store closes", "submission is written"):
        assert answered == COUNT


@pytest.mark.slow
def test_a_submission_is_written_at_whatever_moment_a_signal_comes(folder: Path) -> None:
    for number in range(5):
        (folder / "out.json").unlink(missing_ok=True)
        process = start(*SOLVE, "--workspace", f"w{number}", cwd=folder)
        while not (folder / f"w{number}").exists() and process.poll() is None:
            time.sleep(0.001)
        time.sleep(0.1 * number)
        for _ in range(2):
            os.killpg(process.pid, [signal.SIGINT, signal.SIGHUP][number % 2])
            time.sleep(0.03)
        told = ended(process)
        # While Python itself ends, after all is written, a signal does what it does to any process.
        assert process.returncode in (0, 130, -signal.SIGINT, -signal.SIGHUP), told
        check_submission(folder)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_that_was_ignored_at_the_start_stays_ignored(folder: Path, number: signal.Signals) -> None:
    ignored = f"signal.signal({int(number)}, signal.SIG_IGN)\n"
    process = start(*SOLVE, cwd=folder, first=ignored + signals_at(PLACES["run begins"], [number], [number]))
    told = ended(process)
    assert process.returncode == 0, told
    assert check_submission(folder) == COUNT


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_run_keeps_what_is_saved_when_a_signal_comes_while_it_saves(folder: Path, number: signal.Signals) -> None:
    for place in range(COUNT):  # other samples each, or they would be one task
        write_task(folder / "tasks", shifted(mirror_task(f"mirror{place:02}"), place % 9))
    commits = signals_at("arcbatt.store.sql.run_queries:mark_done:2", [number], [number])
    process = start("run", "--all", "--data", "tasks", "-b", "mine.py", "-q", cwd=folder, first=commits)
    told = ended(process)
    assert process.returncode == 130, told
    assert len(json.loads(arcbatt("list", "scores", "--json", cwd=folder).stdout)) >= 2
    (run,) = json.loads(arcbatt("list", "runs", "--json", cwd=folder).stdout)
    assert run["status"] == "interrupted"


def test_an_interrupt_before_anything_is_loaded_is_one_line(tmp_path: Path) -> None:
    process = start("list", cwd=tmp_path, first=signals_at("arcbatt.interrupts:install_handlers:1", [signal.SIGINT]))
    assert ended(process) == "arcbatt: interrupted\n"
    assert process.returncode == 130


def test_what_was_answered_is_written_when_the_store_fails(folder: Path) -> None:
    failing = (
        "from arcbatt.store.sqlite.store import SqliteStore\nfrom arcbatt.errors import StoreError\n"
        "save, done = SqliteStore.save_task, []\n"
        "def fail(self, *arguments, **named):\n"
        "    done.append(1)\n"
        "    if len(done) > 8: raise StoreError('no space left')\n"
        "    return save(self, *arguments, **named)\n"
        "SqliteStore.save_task = fail\n"
    )
    process = start(*SOLVE, cwd=folder, first=failing)
    assert ended(process).splitlines()[-1] == "arcbatt: no space left"
    assert process.returncode == 2
    assert check_submission(folder) >= 8


def test_an_evolution_that_was_killed_before_it_was_noted_is_as_if_it_had_not_been(folder: Path) -> None:
    evolve = ["evolve", "--data", "tasks", "--tasks", "mirror00", "-b", "mine.py", "-q", "--generations", "0",
              "--no-store", "--json", "out.json"]  # fmt: skip
    whole, broken = folder / "whole", folder / "broken"
    assert arcbatt(*evolve, "--workspace", whole, cwd=folder).returncode == 0
    expected = (folder / "out.json").read_bytes()
    (folder / "out.json").unlink()
    killed = signals_at("arcbatt.store.sqlite.store:SqliteStore.begin_evolution:1", [signal.SIGKILL])
    process = start(*evolve, "--workspace", broken, cwd=folder, first=killed)
    ended(process)
    assert process.returncode == -signal.SIGKILL
    assert arcbatt(*evolve, "--workspace", broken, "--resume", cwd=folder).returncode == 0
    assert (folder / "out.json").read_bytes() == expected
    assert sorted(name for name in tree(broken) if "jsonl" in name) == ["evolve-1.jsonl"]


def test_a_log_that_is_a_link_is_not_followed(folder: Path) -> None:
    (folder / ".arcbatt").mkdir()
    victim = folder / "victim"
    for name in ("evolve-1.jsonl", ".evolve-1.jsonl.1.tmp"):
        (folder / ".arcbatt" / name).symlink_to(victim)
    evolve = ["evolve", "--data", "tasks", "--tasks", "mirror00", "-b", "mine.py", "-q", "--generations", "0"]
    done = arcbatt(*evolve, cwd=folder)
    assert done.returncode == 2
    assert "no regular file; name another" in done.stderr
    assert not victim.exists()
    assert arcbatt(*evolve, "--log", "mine.jsonl", cwd=folder).returncode == 0
    assert not victim.exists()
    assert (folder / "mine.jsonl").read_text().count("\n") == 1
