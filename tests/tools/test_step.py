"""How the Makefile shows that something is going on."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import threading
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture(scope="module", autouse=True)
def on_path():
    """The tools import each other as scripts do."""
    sys.path.insert(0, str(TOOLS))
    yield
    sys.path.remove(str(TOOLS))


def tool(name: str) -> ModuleType:
    spec = util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(code: str, title: str = "working", **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, TOOLS / "step.py", title, sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **options)


def test_without_a_terminal_it_is_a_line_at_each_end():
    done = run("print('many words')")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"working\n  done in \d+ s\n", done.stdout)


def test_what_a_command_that_fails_has_printed_is_shown():
    done = run("import sys; print('out'); sys.exit('err')")
    assert done.returncode == 1
    assert re.fullmatch(r"working\n  stopped after \d+ s\n", done.stdout)
    assert re.fullmatch(r"out\nerr\nfailed: .*\n", done.stderr, re.DOTALL)


def test_a_command_that_is_not_there_is_told():
    done = subprocess.run(
        [sys.executable, TOOLS / "step.py", "working", "/nowhere/tool"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (127, "/nowhere/tool: No such file or directory\n")


def test_a_command_that_asks_gets_no_answer():
    assert run("import sys; sys.exit(sys.stdin.read() != '')").returncode == 0


def test_on_a_terminal_it_is_one_line():
    master, slave = pty.openpty()
    code = "import sys; print('hidden')"
    process = subprocess.Popen(
        [sys.executable, TOOLS / "step.py", "working", sys.executable, "-c", code],
        stdout=slave, stderr=slave, stdin=subprocess.DEVNULL, env={**os.environ, "COLUMNS": "60"},
    )  # fmt: skip
    os.close(slave)
    shown = b""
    try:
        while chunk := os.read(master, 1000):
            shown += chunk
    except OSError:  # what a terminal says when nobody writes to it any more
        pass
    os.close(master)
    assert process.wait(60) == 0
    assert shown.count(b"\n") == 1
    assert re.search(rb"\r\x1b\[Kworking: done in \d+ s\r\n$", shown)
    assert b"hidden" not in shown


def test_ctrl_c_ends_both():
    code = "import time; print('up', flush=True); time.sleep(600)"
    process = subprocess.Popen(
        [sys.executable, TOOLS / "step.py", "working", sys.executable, "-c", code],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "working\n"
    os.killpg(process.pid, signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGINT)
    assert "Traceback" not in out


def test_where_it_is_no_terminal_a_line_comes_now_and_then(monkeypatch):
    step = tool("step")
    told = threading.Event()

    class Stream:
        text = ""

        def isatty(self):
            return False

        def flush(self):
            pass

        def write(self, text):
            self.text += text
            if "halfway" in self.text:
                told.set()

    stream = Stream()
    monkeypatch.setattr(step, "_QUIET_S", 0.01)
    monkeypatch.setattr(sys, "stdout", stream)
    with step.Step("working") as shown:
        shown.detail, shown.expected_s = "halfway", 300.0
        assert told.wait(30)
    assert re.search(r"  halfway, 0 s, about 5 min left\n", stream.text)


@pytest.mark.parametrize(("left", "told"), [(5, "10 s"), (14, "10 s"), (94, "90 s"), (95, "2 min"), (400, "7 min")])
def test_estimates_are_rough(left, told):
    assert tool("step")._rough(left) == told


class FakeStep:
    def __init__(self):
        self.detail, self.expected_s, self.elapsed_s = "", None, 0.0


def test_crates_are_counted_and_the_time_is_estimated():
    cargo, step = tool("cargo"), FakeStep()
    progress = cargo.CargoProgress(step, "engine", 4)
    for step.elapsed_s, line in [(10, " Downloading crates"), (20, "   Compiling a v1"), (21, "   Compiling b v1")]:
        progress.read(line)
    assert step.expected_s is None
    step.elapsed_s = 24
    progress.read("   Compiling c v1")
    assert step.detail == "c, crate 3 of 4"
    assert step.expected_s == pytest.approx(20 + 4 / (0.5 * cargo.DEPENDENCIES_SHARE))
    step.elapsed_s = 26
    progress.read("   Compiling engine v0.1.0 (/somewhere)")
    assert step.detail == "engine, crate 4 of 4"
    assert step.expected_s == pytest.approx(20 + 6 / cargo.DEPENDENCIES_SHARE)


def test_nothing_is_estimated_where_only_the_engine_is_built():
    cargo, step = tool("cargo"), FakeStep()
    cargo.CargoProgress(step, "engine", 4).read("   Compiling engine v0.1.0 (/somewhere)")
    assert step.detail == "engine"
    assert step.expected_s is None


def test_where_the_number_is_unknown_the_crates_are_named():
    cargo, step = tool("cargo"), FakeStep()
    progress = cargo.CargoProgress(step, "engine", None)
    progress.read("   Compiling a v1")
    progress.read("warning: unused")
    assert (step.detail, step.expected_s) == ("a", None)
