"""``--cluster``: the same bytes as without, what is refused, and what is left behind."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from support.command import arcbatt, started
from support.hanging import write_hanging

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")

WAYS = (("-j", "1"), ("-j", "2"), ("--cluster", "local:2"))
SOURCE = "def solve_a(I): return vmirror(I)\n\ndef solve_b(I): return hmirror(I)\n\ndef solve_c(I): return rot90(I)\n"


@pytest.mark.slow
def test_a_run_gives_the_same_bytes(tmp_path: Path) -> None:
    found = set()
    for number, way in enumerate(WAYS):
        words = ("--set", "arc1-train", "-s", 0, "-c", 24, "--min-score", 0, "--workspace", f"w{number}")
        done = arcbatt("run", *words, "--json", "-", "-q", *way, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        found.add(done.stdout)
    assert len(found) == 1


@pytest.mark.slow
def test_an_evolution_gives_the_same_bytes(tmp_path: Path) -> None:
    found = set()
    for number, way in enumerate(WAYS):
        words = ("--tasks", "007bbfb7,017c7c7b", "--generations", 2, "--seed", 3, "--workspace", f"w{number}")
        done = arcbatt("evolve", *words, "--json", "-", "-q", *way, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        found.add(done.stdout)
    assert len(found) == 1


@pytest.mark.slow
def test_a_submission_has_the_same_bytes(tmp_path: Path) -> None:
    found = set()
    for way in WAYS:
        words = ("--set", "arc1-train", "-s", 3, "-c", 4, "--time-per-task", 0.05, "--no-save")
        done = arcbatt("solve", *words, "-o", "-", "-q", *way, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        found.add(done.stdout)
    assert len(found) == 1


def test_verify_works_on_a_cluster(tmp_path: Path) -> None:
    (tmp_path / "some.py").write_text(SOURCE)
    done = arcbatt("verify", "67a3c6ac", "-b", "some.py", "--cluster", "local:1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "alone and shared agree" in done.stdout


@pytest.mark.slow
def test_a_users_primitives_are_sent_along_and_bounded(tmp_path: Path) -> None:
    """What hangs is killed in a process under the worker, named, and not called again."""
    file = write_hanging(tmp_path)
    (tmp_path / "some.py").write_text(
        "def solve_a(I): return vmirror(fine(I))\n\ndef solve_b(I): return vmirror(blocks(I))\n"
    )
    words = ("-b", "some.py", "--no-store", "--primitives", file.name, "-t", 1, "-q")
    results = []
    for number, way in enumerate(WAYS[1:]):
        more = ("--workspace", f"w{number}", "--json", "-", *way)
        done = arcbatt("run", "67a3c6ac", "68b16354", *words, *more, cwd=tmp_path)
        assert "blocks did not return" in done.stderr
        results.append(done.stdout)
    assert results[0] == results[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--cluster", "local:0"), "expected tcp://HOST:PORT"),
        (("--cluster", "tcp://host"), "expected tcp://HOST:PORT"),
        (("--cluster", "http://host:1"), "expected tcp://HOST:PORT"),
        (("--cluster", "tcp://host:99999"), "expected tcp://HOST:PORT"),
        (("--cluster", "local:2", "-j", "2"), "leave out -j"),
    ],
)
def test_what_is_no_cluster_is_refused_before_anything_is_made(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    done = arcbatt("run", "007bbfb7", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    hiding = tmp_path / "hiding"
    hiding.mkdir()
    (hiding / "sitecustomize.py").write_text(
        "import importlib.util as u\nfind = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'distributed' else find(name, *more)\n"
    )
    done = arcbatt("run", "007bbfb7", "--cluster", "local:2", cwd=tmp_path, env={"PYTHONPATH": str(hiding)})
    assert done.returncode == 2
    assert 'pip install "arcbatt[cluster]"' in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left_behind(tmp_path: Path, number: signal.Signals) -> None:
    words = ("--set", "arc1-train", "-s", 0, "-c", 300, "--cluster", "local:2", "--workspace", "w")
    process = started("run", *words, cwd=tmp_path, env={"TMPDIR": str(tmp_path)})
    try:
        assert process.stdout is not None
        process.stdout.readline()  # the first task is done
        nodes = _nodes(tmp_path)
        assert len(nodes) == 2
        process.send_signal(number)
        _, error = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert "Traceback" not in error
    assert process.returncode == (130 if number is signal.SIGINT else -number)
    end = time.monotonic() + 30
    while _nodes(tmp_path):
        assert time.monotonic() < end, "workers are still there"
        time.sleep(0.1)
    if number is signal.SIGINT:
        assert not list(tmp_path.glob("arcbatt-cluster-*"))
        again = arcbatt("run", "--set", "arc1-train", "-s", 0, "-c", 2, "--resume", "--workspace", "w", cwd=tmp_path)
        assert again.returncode == 0


def _nodes(folder: Path) -> list[str]:
    """Ids of the workers of a local cluster that keep their files below a folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"arcbatt.execute.cluster.node" in words and any(word.startswith(bytes(folder)) for word in words):
            found.append(path.parent.name)
    return found
