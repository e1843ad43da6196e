"""Signals to real processes: at any moment, repeated, ignored; what was asked for is written all the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.command import arcbatt
from support.tasks import mirror_task, write_task

COUNT = 16
SOLVE = ["solve", "--data", "tasks", "-b", "mine.py", "--time-per-task", "0", "-o", "out.json", "-q"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(COUNT):
        write_task(tmp_path / "tasks", mirror_task(f"mirror{number:02}"))
    (tmp_path / "mine.py").write_text("def solve_mirror(I):\n    return vmirror(I)\n")
    return tmp_path


def start(*arguments: str, cwd: Path, before: str = "") -> subprocess.Popen[str]:
    """Starts the command line; ``before`` is run in the process first."""
    code = f"import signal, sys\n{before}\nfrom arcbatt.cli.main import main\nmain()\n"
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def ended(process: subprocess.Popen[str]) -> str:
    """What a process that ends says on standard error; no traceback."""
    try:
        _, told = process.communicate(timeout=60)
    finally:
        process.kill()
    assert "Traceback" not in told, told
    return told


def check_submission(folder: Path) -> int:
    """Checks that every task has its attempts; gives the number of tasks that are answered rightly."""
    submission = json.loads((folder / "out.json").read_text())
    assert len(submission) == COUNT
    right = [list(row) for row in mirror_task().test[0].output or ()]
    return sum(right in attempts[0].values() for attempts in submission.values())


PLACES = {
    "tasks are loaded": "arcbatt.cli.solve_command:handed_in_programs:1",
    "store opens": "arcbatt.store:open_store:1",
    "run begins": "arcbatt.store.sqlite:SqliteStore.begin_run:1",
    "first task is saved": "arcbatt.store.sqlite:SqliteStore.save_task:1",
    "last task is saved": f"arcbatt.store.sqlite:SqliteStore.save_task:{COUNT}",
    "run ends": "arcbatt.store.sqlite:SqliteStore.finish_run:1",
    "store closes": "arcbatt.store.sqlite:SqliteStore.close:1",
    "submission is written": "arcbatt.cli.output:OutputFile.write:1",
}
"""A function, and the number of its call that is to be interrupted before and after."""

INTERRUPT_AT = """
import importlib, os
place, signals = {place!r}, {signals!r}
module, path, count = place.split(":")
owner = importlib.import_module(module)
*outer, name = path.split(".")
for part in outer:
    owner = getattr(owner, part)
inner, left = getattr(owner, name), [int(count)]
def interrupted(*arguments, **named):
    left[0] -= 1
    if left[0]:
        return inner(*arguments, **named)
    for number in signals:
        os.kill(os.getpid(), number)
    try:
        return inner(*arguments, **named)
    finally:
        for number in signals:
            os.kill(os.getpid(), number)
setattr(owner, name, interrupted)
"""


@pytest.mark.parametrize("place", PLACES)
def test_a_submission_is_written_wherever_signals_come(folder: Path, place: str) -> None:
    signals = [signal.SIGINT, signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
    before = INTERRUPT_AT.format(place=PLACES[place], signals=[int(number) for number in signals])
    process = start(*SOLVE, cwd=folder, before=before)
    told = ended(process)
    assert process.returncode == 130, told
    answered = check_submission(folder)
    if place in ("last task is saved", "run ends", "store closes", "submission is written"):
        assert answered == COUNT


@pytest.mark.slow
def test_a_submission_is_written_at_whatever_moment_a_signal_comes(folder: Path) -> None:
    for number in range(5):
        for name in ("out.json", ".arcbatt/arcbatt.db"):
            (folder / name).unlink(missing_ok=True)
        process = start(*SOLVE, "--workspace", f"w{number}", cwd=folder)
        while not (folder / f"w{number}").exists() and process.poll() is None:
            time.sleep(0.001)
        time.sleep(0.08 * number)
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.03)
        os.killpg(process.pid, signal.SIGINT)
        assert ended(process) is not None
        assert process.returncode in (0, 130)
        check_submission(folder)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_that_was_ignored_at_the_start_stays_ignored(folder: Path, number: signal.Signals) -> None:
    before = f"signal.signal({int(number)}, signal.SIG_IGN)\n" + INTERRUPT_AT.format(
        place=PLACES["first task is saved"], signals=[int(number)]
    )
    process = start(*SOLVE, cwd=folder, before=before)
    told = ended(process)
    assert process.returncode == 0, told
    assert check_submission(folder) == COUNT


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_a_run_keeps_what_is_saved_when_a_signal_comes_while_it_saves(folder: Path, number: signal.Signals) -> None:
    before = INTERRUPT_AT.format(place="arcbatt.store.sqlite:SqliteStore.save_task:2", signals=[int(number)])
    process = start("run", "--all", "--data", "tasks", "-b", "mine.py", "-q", cwd=folder, before=before)
    told = ended(process)
    assert process.returncode == 130, told
    assert len(json.loads(arcbatt("list", "scores", "--json", cwd=folder).stdout)) >= 1
    (run,) = json.loads(arcbatt("list", "runs", "--json", cwd=folder).stdout)
    assert run["status"] == "interrupted"


def test_an_interrupt_before_anything_is_loaded_is_one_line(tmp_path: Path) -> None:
    before = INTERRUPT_AT.format(place="arcbatt.interrupts:install_handlers:1", signals=[int(signal.SIGINT)])
    process = start("list", cwd=tmp_path, before=before)
    assert ended(process) == "arcbatt: interrupted\n"
    assert process.returncode == 130


def test_what_was_answered_is_written_when_the_store_fails(folder: Path) -> None:
    before = (
        "from arcbatt.store.sqlite import SqliteStore\nfrom arcbatt.errors import StoreError\n"
        "save, done = SqliteStore.save_task, []\n"
        "def fail(self, *arguments, **named):\n"
        "    done.append(1)\n"
        "    if len(done) > 8: raise StoreError('no space left')\n"
        "    return save(self, *arguments, **named)\n"
        "SqliteStore.save_task = fail\n"
    )
    process = start(*SOLVE, cwd=folder, before=before)
    assert ended(process).splitlines()[-1] == "arcbatt: no space left"
    assert process.returncode == 2
    assert check_submission(folder) >= 8
