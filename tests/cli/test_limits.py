"""Little memory, few files, full disks, no rights: one line and status 2, whatever the command."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from support.tasks import mirror_task, write_task

COMMANDS = {
    "run": ["run", "--all", "--data", "tasks", "-b", "mine.py", "-q"],
    "run in processes": ["run", "--all", "--data", "tasks", "-b", "mine.py", "-q", "--engine", "python"],
    "solve": ["solve", "--data", "tasks", "-b", "mine.py", "-q", "--time-per-task", "0"],
    "evolve": ["evolve", "--data", "tasks", "--tasks", "all", "-b", "mine.py", "-q", "--generations", "0"],
    "import": ["import", "mine.py"],
    "list": ["list"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_task(tmp_path / "tasks", mirror_task("mirrored"))
    (tmp_path / "mine.py").write_text("def solve_mirror(I):\n    return vmirror(I)\n")
    return tmp_path


def run(
    command: str, folder: Path, limits: dict[int, int] | None = None, *more: str
) -> subprocess.CompletedProcess[str]:
    """Runs a command within limits of the system; no traceback may appear."""

    def limit() -> None:
        for kind, most in (limits or {}).items():
            resource.setrlimit(kind, (most, most))

    done = subprocess.run(
        [sys.executable, "-m", "arcbatt", *COMMANDS[command], *more], cwd=folder, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, preexec_fn=limit, timeout=100,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a command that could not do its work."""
    assert done.returncode == 2, (done.returncode, done.stderr)
    (line,) = done.stderr.splitlines()
    assert line.startswith("arcbatt: ")
    return line


@pytest.mark.parametrize("kilobytes", [200_000, 180_000, 100_000, 60_000, 30_000])
def test_too_little_memory_for_the_engine(folder: Path, kilobytes: int) -> None:
    told = refusal(run("run", folder, {resource.RLIMIT_AS: kilobytes * 1024}))
    assert f"{kilobytes:,} kB of memory (ulimit -v), and this command needs" in told


@pytest.mark.parametrize("command", ["import", "list"])
def test_too_little_memory_for_anything(folder: Path, command: str) -> None:
    assert "ulimit -v" in refusal(run(command, folder, {resource.RLIMIT_AS: 40_000 * 1024}))


def test_many_threads_fit_into_little_memory(folder: Path) -> None:
    done = run("run", folder, {resource.RLIMIT_AS: 300_000 * 1024}, "-j", "64")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("command", "files"), [("run", 8), ("run", 20), ("import", 12), ("list", 20)])
def test_too_few_files(folder: Path, command: str, files: int) -> None:
    told = refusal(run(command, folder, {resource.RLIMIT_NOFILE: files}))
    assert told == f"arcbatt: this process may have {files} files open (ulimit -n), and arcbatt needs 64"


def test_a_limit_on_files_that_may_be_raised_is_raised(folder: Path) -> None:
    soft = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (16, 4096)); "
    code = soft + "from arcbatt.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *COMMANDS["run in processes"]], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_more_workers_than_there_are_files_for(folder: Path) -> None:
    told = refusal(run("run in processes", folder, {resource.RLIMIT_NOFILE: 64}, "-j", "64"))
    assert "Too many open files" in told


@pytest.mark.parametrize("command", ["run", "solve", "evolve", "import"])
def test_a_full_disk(folder: Path, command: str) -> None:
    assert "the disk may be full" in refusal(run(command, folder, {resource.RLIMIT_FSIZE: 30_000}))


@pytest.mark.parametrize("command", ["run", "solve", "evolve"])
def test_a_reader_that_had_enough_costs_no_file(folder: Path, command: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "arcbatt", *COMMANDS[command], "--json", "results.json"], cwd=folder, stdout=writer,
        stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL, timeout=100,
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads((folder / "results.json").read_text())


@pytest.mark.parametrize("command", ["run", "solve", "evolve", "import", "list"])
def test_a_workspace_that_cannot_be_written(folder: Path, command: str) -> None:
    told = refusal(run(command, folder, None, "--workspace", "/proc/arcbatt"))
    assert "/proc/arcbatt" in told


def test_a_home_folder_in_the_variable_of_the_workspace(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("ARCBATT_WORKSPACE", "~/store")
    assert run("import", folder).returncode == 0
    assert (folder / "home" / "store" / "arcbatt.db").exists()
    assert not (folder / "~").exists()
