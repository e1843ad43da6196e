"""``arcbatt serve`` as a process of its own, with real jobs beside it and a real browser."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from arcbatt.arc import Sample, Task
from arcbatt.results import TaskKey
from arcbatt.store import GenerationRecord, RunStart, open_store
from support.browser import Watched
from support.command import arcbatt, started, tree
from support.tasks import mirror_task, shifted, write_task

EVIL = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
NEAR = "def solve_nearly(I):\n    return fill(vmirror(I), NINE, initset(ORIGIN))\n"


@contextmanager
def served(folder: Path, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server over ``ws`` in a folder: its address and its process, killed at the end."""
    process = started("serve", "--workspace", "ws", "--port", "0", *words, cwd=folder)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"serving at (\S+) \(Ctrl-C ends it\)\n", line)
        assert found is not None, line + (process.stderr.read() if process.stderr and not line else "")
        yield found[1], process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def evolving(folder: Path, *words: str) -> subprocess.Popen[str]:
    """A real evolution over a few tasks, from a program that is near; equal inputs with other outputs: none solves."""
    for number in range(3):
        grid = ((number, 1, 2, 3), (0, 0, 4, 5))
        samples = [Sample(grid, (grid[0][::-1], (*grid[1][::-1][:-1], corner))) for corner in (7, 8)]
        write_task(folder / "tasks", Task(f"t{number}", tuple(samples), (samples[0],)))
    (folder / "near.py").write_text(NEAR)
    return started("evolve", "--workspace", "ws", "--data", "tasks", "--tasks", "all", "-b", "near.py", "--children",
                   "8", "--rounds", "1", *words, cwd=folder)  # fmt: skip


@pytest.mark.browser
def test_a_page_follows_an_evolution_from_an_empty_folder_to_a_kill(tmp_path, page):
    with served(tmp_path, "--data", str(write_task(tmp_path / "other", mirror_task()).parent)) as (home, server):
        watched = Watched(page, home)
        page.goto(home)
        expect(page.locator("#message")).to_contain_text("waits for the first run")
        expect(page.locator("#connection")).to_have_text("live")
        run = evolving(tmp_path, "--generations", "100000")
        try:
            expect(page.locator("#job-heading")).to_contain_text("Run 1: arcbatt evolve running", timeout=30_000)
            expect(page.locator("#populations-rows tr")).to_have_count(3, timeout=30_000)
            generation = page.locator("#job-cards li", has_text="generation").locator("strong")
            generation.wait_for(timeout=30_000)
            before = generation.inner_text()
            expect(generation).not_to_have_text(before, timeout=30_000)
            expect(page.locator("#curve-drawing .line")).to_have_count(1)
        finally:
            os.killpg(run.pid, signal.SIGKILL)
            run.communicate()
        expect(page.locator("#job-heading")).to_contain_text("ended without a word", timeout=30_000)
        serious = [item["id"] for item in Axe().run(page).response["violations"]
                   if item["impact"] in ("serious", "critical")]  # fmt: skip
        assert serious == []
        page.get_by_role("link", name="Run 1", exact=True).click()
        expect(page.locator("h1")).to_contain_text("run 1: arcbatt evolve", timeout=30_000)
        page.go_back()
        expect(page.locator("#connection")).to_have_text("live")
        assert (watched.errors, watched.requests) == ([], [])
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 130
        assert server.stderr is not None
        assert server.stderr.read() == "arcbatt: interrupted\n"
        expect(page.locator("#connection")).to_contain_text("connection lost")


def hostile_store(folder: Path) -> None:
    task = TaskKey("a" * 32, EVIL[:60], 2, 1)
    line = {
        "generation": 0, "part": 1, "parts": 1, "tasks": [task.id], "programs": 3, "new": 1, "solved": 0,
        "newly_solved": [], "gains": [{"task": task.id, "before": [0, 1000], "after": [0, 5000]}], "given_up": [],
        "bugs": [EVIL], "timing": {"wall_s": 1.0, "cpu_s": 1.0, "programs_per_s": 3.0},
    }  # fmt: skip
    with open_store(folder / "ws", create=True) as store:
        for command in (EVIL[:60], "evolve"):
            run_id = store.begin_run(RunStart(f"{command}-key", command, (EVIL,), EVIL, EVIL, EVIL, {"x": EVIL}))
        store.begin_evolution(run_id, json.dumps({"x": EVIL}), [EVIL])
        store.name_tasks([task])
        store.save_generation(run_id, GenerationRecord(0, {task: (EVIL,)}, line=json.dumps(line)))


@pytest.mark.browser
def test_texts_of_strangers_are_shown_as_texts(tmp_path, page):
    hostile_store(tmp_path)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    with served(tmp_path) as (home, _):
        watched = Watched(page, home)
        page.goto(home)
        expect(page.locator("#newest-list li")).to_contain_text("<img src=x")
        expect(page.locator("#populations-rows pre")).to_have_text(EVIL)
        expect(page.locator("#runs-rows")).to_contain_text("<script>alert(2)")
        assert page.locator("img").count() == 0
        page.goto(f"{home}runs/2")
        expect(page.locator("h1")).to_contain_text("run 2", timeout=30_000)
        assert page.locator("img").count() == 0
        assert (watched.errors, watched.requests, dialogs) == ([], [], [])


@pytest.mark.browser
def test_another_host_wants_the_token_and_takes_it_from_the_address(tmp_path, page):
    with served(tmp_path, "--host", "0.0.0.0") as (address, _):
        found = re.fullmatch(r"http://[^/]+:(\d+)/\?token=([\w-]{20,})", address)
        assert found is not None, address
        home = f"http://127.0.0.1:{found[1]}/"
        page.goto(home)
        expect(page.locator("main")).to_contain_text("A token is needed")
        page.goto(f"{home}?token={found[2]}")
        expect(page.locator("#connection")).to_have_text("live")
        assert page.url == home


def kept(workspace: Path) -> dict[str, bytes]:
    """The files of a workspace without those that SQLite makes for reading."""
    return {name: content for name, content in tree(workspace).items() if not name.endswith("-shm") and content}


def test_sigterm_ends_it_and_reading_changed_nothing(tmp_path):
    for number in range(2):
        task = shifted(mirror_task(), number)
        write_task(tmp_path / "tasks", Task(f"t{number}", task.demo, task.test))
    assert arcbatt("run", "--workspace", "ws", "--data", "tasks", "--all", cwd=tmp_path).returncode == 0
    before = kept(tmp_path / "ws")
    with served(tmp_path) as (home, server):
        import urllib.request

        with urllib.request.urlopen(f"{home}events") as stream:
            lines = [stream.readline() for _ in range(3)]
        data = json.loads(lines[2].removeprefix(b"data: "))
        assert (data["job"]["done"], data["job"]["total"], data["job"]["solved"]) == (2, 2, 2)
        assert data["job"]["curve"][-1][1] == 2
        server.terminate()
        assert server.wait(20) == 130
    assert kept(tmp_path / "ws") == before


@pytest.mark.parametrize(("words", "told"), [
    (["--port", "70000"], "--port"), (["--token", "short"], "--token"), (["--host", "no.such.host.invalid"], "--host"),
])  # fmt: skip
def test_wrong_input_is_one_line(tmp_path, words, told):
    done = arcbatt("serve", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_damaged_store_is_told_in_a_line(tmp_path):
    (tmp_path / "ws").mkdir()
    (tmp_path / "ws" / "arcbatt.db").write_bytes(b"no database at all" * 100)
    done = arcbatt("serve", "--workspace", "ws", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_without_the_extra_it_names_the_extra(tmp_path):
    code = (
        "import sys, importlib.util as u; find = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'uvicorn' else find(name, *more)\n"
        "sys.argv = ['arcbatt', 'serve']\nfrom arcbatt.cli.main import main\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "arcbatt: serve needs uvicorn: pip install 'arcbatt[web]'\n"
